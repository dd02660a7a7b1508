//! Calls of the runtime's macros: tables that are laid out here, since rustfmt leaves the inside of braces as it is.

use crate::tokens::Tokens;

/// The columns of a line.
pub const WIDTH: usize = 100;

/// `head { rows } tail }`: on one line where that fits, else as many rows a line as fit.
///
/// The rows are separated by commas. `head` is all up to the brace of the rows, the macro and its opening brace
/// included: `rt::record! { Pet`.
pub fn table(head: &str, rows: &[String], tail: &str) -> Tokens {
    let inline = rows.join(", ");
    if rows.is_empty() {
        return Tokens::verbatim(&format!("{head} {{}}{tail} }}"));
    }
    let last = head.lines().last().unwrap_or_default();
    if columns(last) + columns(&inline) + columns(tail) + " {  } }".len() <= WIDTH {
        return Tokens::verbatim(&format!("{head} {{ {inline} }}{tail} }}"));
    }
    let mut text = format!("{head} {{\n");
    filled(&mut text, "    ", rows);
    text.push_str(&format!("}}{tail} }}"));
    Tokens::verbatim(&text)
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Writes rows with commas between, as many a line as fit.
pub fn filled(text: &mut String, indent: &str, rows: &[String]) {
    let mut column = 0;
    for (index, row) in rows.iter().enumerate() {
        let length = columns(row) + 1;
        if column > 0 && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
        }
        if column == 0 {
            text.push_str(indent);
            column = indent.len();
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(row);
        if index + 1 < rows.len() {
            text.push(',');
        }
        column += length;
    }
    text.push('\n');
}

/// Tokens on one line, as rustfmt would write a type or an expression.
pub fn inline(tokens: &Tokens) -> String {
    tokens.inline()
}

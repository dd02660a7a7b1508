//! Calls of the runtime's macros: tables that are laid out here, since rustfmt leaves the inside of braces as it is.

use crate::tokens::Tokens;

/// The columns of a line.
pub const WIDTH: usize = 100;

/// `head { rows }`: on one line where that fits, else as many rows a line as fit.
///
/// The rows are separated by commas. `head` is all up to the brace of the rows, the macro and its opening brace
/// included: `rt::record! { Pet`.
pub fn table(head: &str, rows: &[String]) -> Tokens {
    let inline = rows.join(", ");
    if head.len() + inline.len() + " {  } }".len() <= WIDTH {
        let text = if inline.is_empty() {
            format!("{head} {{}} }}")
        } else {
            format!("{head} {{ {inline} }} }}")
        };
        return Tokens::verbatim(&text);
    }
    let mut text = format!("{head} {{\n");
    filled(&mut text, "    ", rows);
    text.push_str("} }");
    Tokens::verbatim(&text)
}

/// Writes rows, each with a comma behind it, as many a line as fit.
pub fn filled(text: &mut String, indent: &str, rows: &[String]) {
    let mut column = 0;
    for row in rows {
        let length = row.chars().count() + 1;
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
        text.push(',');
        column += length;
    }
    text.push('\n');
}

/// Tokens on one line, as rustfmt would write a type or an expression.
pub fn inline(tokens: &Tokens) -> String {
    tokens.inline()
}

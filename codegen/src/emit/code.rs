//! Items of generated files: Rust, which prettyplease formats, and calls of the runtime's macros, which are formatted
//! here because no formatter touches the contents of their braces.

use crate::lower::model::Attributes;
use crate::names::Path;
use crate::unseen::{escaped, is_refused};
use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};
use quote::quote;

/// Maximum width of a line in columns.
pub const WIDTH: usize = 100;

/// An item of a module.
#[derive(Clone, Debug)]
pub enum Code {
    /// Rust tokens.
    Rust(TokenStream),
    /// A call of a runtime macro, formatted.
    MacroCall(String),
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        Self::Rust(tokens)
    }
}

impl Code {
    /// Creates a macro call. Characters that rustc rejects in source text are escaped.
    pub fn macro_call(text: &str) -> Self {
        Self::MacroCall(escaped(text, is_refused).into_owned())
    }

    /// Creates a macro call `head { rows }tail }`: on one line if it fits, else with as many rows on each line as fit.
    ///
    /// `head` is everything before the brace of the rows, including the macro and its opening brace: `rt::record! {
    /// Pet`.
    pub fn table(head: &str, rows: &[String], tail: &str) -> Self {
        let inline = rows.join(", ");
        if rows.is_empty() {
            return Self::macro_call(&format!("{head} {{}}{tail} }}"));
        }
        let last_line = head.lines().last().unwrap_or_default();
        if columns(last_line) + columns(&inline) + columns(tail) + " {  } }".len() <= WIDTH {
            return Self::macro_call(&format!("{head} {{ {inline} }}{tail} }}"));
        }
        let mut text = format!("{head} {{\n");
        fill(&mut text, "    ", rows);
        text.push_str(&format!("}}{tail} }}"));
        Self::macro_call(&text)
    }

    /// `true` if the item contains this identifier.
    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Rust(tokens) => mentions(tokens, name),
            Self::MacroCall(text) => text
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .any(|word| word == name),
        }
    }
}

/// `true` if the tokens contain this identifier.
pub fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Appends rows separated by commas, as many on each line as fit.
pub fn fill(text: &mut String, indent: &str, rows: &[String]) {
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

/// Formats a type, path or expression on one line with the spacing of rustfmt.
pub fn inline(tokens: &TokenStream) -> String {
    let mut line = Line::default();
    line.stream(tokens.clone());
    line.text
}

/// Class of a token, which determines the space before the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Lifetime,
    Operator,
    Open,
    Close,
}

/// A line being written.
#[derive(Default)]
struct Line {
    text: String,
    last: Option<(Class, String)>,
    /// `true` if the last punctuation character continues in the next one.
    is_joint: bool,
    /// `true` within the parameters of a closure.
    is_in_parameters: bool,
}

impl Line {
    fn stream(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(ident) if self.is_lifetime_quote() => {
                    self.extend(Class::Lifetime, &ident.to_string());
                }
                TokenTree::Ident(ident) => self.push(Class::Word, &ident.to_string()),
                TokenTree::Literal(literal) => self.push(Class::Word, &literal.to_string()),
                TokenTree::Punct(punct) => {
                    let text = punct.as_char().to_string();
                    if self.is_joint {
                        self.extend(Class::Operator, &text);
                    } else {
                        self.push(Class::Operator, &text);
                    }
                    self.is_joint = punct.spacing() == Spacing::Joint;
                }
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::None => ("", ""),
                    };
                    self.push(Class::Open, open);
                    self.stream(group.stream());
                    self.push(Class::Close, close);
                }
            }
        }
    }

    fn is_lifetime_quote(&self) -> bool {
        matches!(&self.last, Some((Class::Operator, text)) if text.ends_with('\''))
    }

    fn push(&mut self, class: Class, text: &str) {
        if self.needs_space(class, text) {
            self.text.push(' ');
        }
        self.is_in_parameters ^= text == "|";
        self.text.push_str(text);
        self.last = Some((class, text.to_owned()));
        self.is_joint = false;
    }

    /// Extends the last token.
    fn extend(&mut self, class: Class, text: &str) {
        self.text.push_str(text);
        let joined = self.last.take().map_or_else(String::new, |(_, last)| last + text);
        self.last = Some((class, joined));
        self.is_joint = false;
    }

    fn needs_space(&self, class: Class, text: &str) -> bool {
        const SPACED: [&str; 6] = ["=", "->", "=>", "+", "{", "}"];
        let Some((last_class, last)) = &self.last else {
            return false;
        };
        if text == "|" {
            return !self.is_in_parameters && *last_class != Class::Open;
        }
        if last == "|" {
            return !self.is_in_parameters;
        }
        let is_name = |class| matches!(class, Class::Word | Class::Lifetime);
        SPACED.contains(&last.as_str())
            || SPACED.contains(&text)
            || matches!(last.as_str(), "," | ":" | ";")
            || (is_name(*last_class) && is_name(class))
            || (is_name(class) && last == ">" && text != ":")
            || (*last_class == Class::Lifetime && class == Class::Open)
            || (last == "mut" && class != Class::Operator)
    }
}

/// Returns a raw string literal, which needs no escapes. A text with characters that rustc rejects there becomes an
/// ordinary literal.
pub fn raw_string(text: &str) -> Literal {
    let longest_run = text.split(|letter| letter != '#').map(str::len).max();
    let marks = "#".repeat(longest_run.unwrap_or_default() + 1);
    let raw = (!text.contains(is_refused)).then(|| format!("r{marks}\"{text}\"{marks}"));
    raw.and_then(|raw| raw.parse().ok()).unwrap_or_else(|| Literal::string(text))
}

/// Returns JSON as a raw string literal, with bidirectional overrides as JSON escapes.
pub fn raw_json(json: &str) -> Literal {
    raw_string(&escape_json(json))
}

/// Returns the same JSON with bidirectional overrides, which rustc rejects, as escapes.
pub fn escape_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => text.push(letter),
        }
    }
    text
}

/// Returns the doc comment, and `#[deprecated]` if set.
pub fn outer(attributes: &Attributes) -> TokenStream {
    let docs = docs(&attributes.docs);
    let deprecated = attributes.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// Returns a doc comment. Characters that rustc rejects in comments are escaped.
pub fn docs<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let line = escaped(line.as_ref(), is_refused);
        let space = if line.is_empty() { "" } else { " " };
        [space, &line].concat()
    });
    quote!(#(#[doc = #lines])*)
}

/// Returns the doc comment, or `line` if there is none.
pub fn outer_or(attributes: &Attributes, line: &str) -> TokenStream {
    match attributes.docs.is_empty() {
        true => outer(&Attributes { docs: vec![line.to_owned()], ..*attributes }),
        false => outer(attributes),
    }
}

/// Returns the attribute required by a derived `Hash`: the runtime implements `PartialEq` by the same members.
pub fn allow_hash(derives: &[Path]) -> Option<TokenStream> {
    let has_hash = derives.iter().any(|path| path.text() == "Hash");
    has_hash.then(|| quote!(#[allow(clippy::derived_hash_with_manual_eq)]))
}

/// Returns a fence for a block of code: longer than any run of backticks in it.
pub fn fence(text: &str) -> String {
    let runs = text.split(|letter| letter != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or_default().max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_strings_keep_their_quotes() {
        let text = |text: &str| raw_string(text).to_string();
        assert_eq!(text(r#"{"a":1}"#), r##"r#"{"a":1}"#"##);
        assert_eq!(text(r##""#5""##), r####"r##""#5""##"####);
        assert_eq!(text("a\\r"), r##"r#"a\r"#"##);
        assert_eq!(text("a\r"), r#""a\r""#);
        assert_eq!(text("a\u{202E}"), r#""a\u{202e}""#);
        let json = raw_json("\"\u{202e}\"").to_string();
        assert_eq!(json, r##"r#""\u202e""#"##);
    }

    #[test]
    fn tokens_are_spaced_as_rustfmt_spaces_them() {
        for text in [
            "Vec<Box<rt::Map<u8>>>",
            "<'a>",
            "&'a [String]",
            "impl Into<Body<'a>>",
            "rt::Prefix<(u8, rt::Value), Vec<()>>",
            "let Some(page) = page.list.into_value()",
            "&items.map(|value| rt::coded::<rt::Base64>(value))",
            "rt::Maybe::Value(-5)",
            "\"a b\".to_owned()",
        ] {
            assert_eq!(inline(&text.parse().unwrap()), text);
        }
    }

    #[test]
    fn tables_break_where_the_line_ends() {
        let rows: Vec<String> = (0..30).map(|number| format!("row{number}: \"row\"")).collect();
        let Code::MacroCall(text) = Code::table("rt::record! { Pet", &rows, "") else {
            panic!("no macro call");
        };
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        assert!(text.starts_with("rt::record! { Pet {\n    row0: \"row\", "));
        assert!(text.ends_with("row29: \"row\"\n} }"));
    }
}

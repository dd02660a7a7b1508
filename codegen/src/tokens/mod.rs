//! Rust as flat tokens: one text, and where each token stands in it. Made by templates, read by the printer.
//!
//! The templates are those of [`quote!`]; what stands for a variable in one is said by [`ToTokens`].

mod literal;
pub mod repetition;
mod rust;
mod to_tokens;

pub use literal::Literal;
pub use to_tokens::ToTokens;
pub use typewright_quote::quote;

use crate::unseen::{escaped, is_refused};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or a keyword.
    Word,
    /// A lifetime, its quote included.
    Lifetime,
    /// A literal of any kind.
    Literal,
    /// An operator such as `::`.
    Operator,
    /// A line of documentation, without its marker.
    Doc,
    /// A bracket that opens; the number is that of the token which closes it, once they are [paired](Tokens::pair).
    Open(usize),
    /// A bracket that closes.
    Close,
    /// A whole item that is laid out already: a call of one of the runtime's macros.
    Verbatim,
}

/// A token of a template.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// The bytes of its text.
    pub length: usize,
    /// Whether it is one operator with the next.
    pub joined: bool,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    joined: bool,
}

/// Tokens in order.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    text: String,
    tokens: Vec<Token>,
}

impl Tokens {
    /// No tokens yet, and space for some: bytes of text, and how many.
    pub fn with_capacity(text: usize, count: usize) -> Self {
        Self {
            text: String::with_capacity(text),
            tokens: Vec::with_capacity(count),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Adds tokens that follow each other in a text.
    pub fn run(&mut self, text: &str, pieces: &[Piece]) {
        let mut start = self.text.len();
        self.text.push_str(text);
        self.tokens.extend(pieces.iter().map(|piece| {
            let end = start + piece.length;
            let token = Token {
                kind: piece.kind,
                start,
                end,
                joined: piece.joined,
            };
            start = end;
            token
        }));
    }

    /// Adds a token. Where a text of the document can be in it, what the compiler refuses to see anywhere is escaped: as a
    /// string says it, and in a comment so that it is seen.
    pub fn push(&mut self, kind: Kind, text: &str) {
        let start = self.text.len();
        match kind {
            Kind::Doc | Kind::Literal | Kind::Verbatim => {
                self.text.push_str(&escaped(text, is_refused));
            }
            Kind::Word | Kind::Lifetime | Kind::Operator | Kind::Open(_) | Kind::Close => {
                self.text.push_str(text);
            }
        }
        self.end(kind, start);
    }

    /// Adds the token whose text was written from here on.
    fn end(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token {
            kind,
            start,
            end: self.text.len(),
            joined: false,
        });
    }

    /// Adds the tokens of others.
    pub fn append(&mut self, others: &Self) {
        let before = self.text.len();
        self.text.push_str(&others.text);
        self.tokens.extend(others.tokens.iter().map(|token| Token {
            start: token.start + before,
            end: token.end + before,
            ..*token
        }));
    }

    /// An item that is laid out already.
    pub fn verbatim(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.push(Kind::Verbatim, text);
        tokens
    }

    /// The text of an item that is laid out already.
    pub fn as_verbatim(&self) -> Option<&str> {
        match self.tokens.as_slice() {
            [only] if only.kind == Kind::Verbatim => Some(self.text_of(only)),
            _ => None,
        }
    }

    /// The identifiers and keywords.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let is_read = |token: &&Token| matches!(token.kind, Kind::Word | Kind::Verbatim);
        let words = self.tokens.iter().filter(is_read).flat_map(|token| {
            let text = self.text_of(token);
            text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        });
        words.filter(|word| !word.is_empty())
    }

    /// The same with these tokens before each word that is wanted.
    pub fn with_before(&self, before: &Self, wanted: impl Fn(&str) -> bool) -> Self {
        let mut all = Self::default();
        for token in &self.tokens {
            let text = self.text_of(token);
            if token.kind == Kind::Word && wanted(text) {
                all.append(before);
            }
            all.push(token.kind, text);
        }
        all
    }

    /// Tells each bracket which one closes it.
    pub fn pair(&mut self) {
        let mut open = Vec::new();
        for number in 0..self.tokens.len() {
            match self.kind(number) {
                Some(Kind::Open(_)) => open.push(number),
                Some(Kind::Close) => {
                    let token = open.pop().and_then(|opened| self.tokens.get_mut(opened));
                    if let Some(token) = token {
                        token.kind = Kind::Open(number);
                    }
                }
                _ => {}
            }
        }
    }

    /// The kind of a token and its text; `None` beyond the last.
    pub fn get(&self, number: usize) -> Option<(Kind, &str)> {
        let token = self.tokens.get(number)?;
        Some((token.kind, self.text_of(token)))
    }

    /// The kind of a token; `None` beyond the last.
    pub fn kind(&self, number: usize) -> Option<Kind> {
        self.tokens.get(number).map(|token| token.kind)
    }

    /// Whether a token is just this text, which is not empty.
    pub fn is(&self, number: usize, text: &str) -> bool {
        let token = self.tokens.get(number);
        token.is_some_and(|token| {
            let all = self.text.as_bytes();
            token.end - token.start == text.len()
                && all.get(token.start) == text.as_bytes().first()
                && all.get(token.start..token.end) == Some(text.as_bytes())
        })
    }

    /// The tokens on one line, spaced as rustfmt spaces types, paths and calls.
    pub fn inline(&self) -> String {
        let mut line = String::with_capacity(self.text.len() * 2);
        let mut before: Option<(Kind, &str)> = None;
        for token in &self.tokens {
            let text = self.text_of(token);
            if before.is_some_and(|before| is_spaced(before, (token.kind, text))) {
                line.push(' ');
            }
            line.push_str(text);
            before = Some((token.kind, text));
        }
        line
    }

    /// The tokens as text without any layout, for `syn` to read.
    pub fn source(&self) -> String {
        let mut source = String::with_capacity(self.text.len() * 2);
        for token in &self.tokens {
            let text = self.text_of(token);
            if token.kind == Kind::Doc {
                source.push_str(&format!("#[doc = {text:?}]"));
            } else {
                source.push_str(text);
            }
            source.push_str(if token.joined { "" } else { " " });
        }
        source
    }

    fn text_of(&self, token: &Token) -> &str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }
}

/// Whether a space stands between two tokens of a line.
fn is_spaced(before: (Kind, &str), after: (Kind, &str)) -> bool {
    const SPACED: [&str; 7] = ["=", "->", "=>", "+", "|", "{", "}"];
    let is_name = |kind| matches!(kind, Kind::Word | Kind::Literal | Kind::Lifetime);
    SPACED.contains(&before.1)
        || SPACED.contains(&after.1)
        || matches!(before.1, "," | ":" | ";")
        || (is_name(before.0) && is_name(after.0))
        || (is_name(after.0) && before.1 == ">" && after.1 != ":")
        || (before.0 == Kind::Lifetime && matches!(after.0, Kind::Open(_)))
        || (before.1 == "mut" && after.0 != Kind::Operator)
}

impl FromIterator<Tokens> for Tokens {
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        let mut tokens = Self::default();
        all.into_iter().for_each(|more| tokens.append(&more));
        tokens
    }
}

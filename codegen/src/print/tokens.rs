//! The tokens of an item, flat: one text, and where each of them stands in it.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::fmt::Write;

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
    /// A bracket that opens; the number is that of the token which closes it.
    Open(usize),
    /// A bracket that closes.
    Close,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    /// Whether it is one operator with the next.
    joined: bool,
}

/// The tokens of an item in order.
#[derive(Debug, Default)]
pub struct Tokens {
    text: String,
    tokens: Vec<Token>,
}

/// Operators of two characters that are one token here. `>>` is none: it closes two lists of types.
const PAIRS: [(char, char); 4] = [(':', ':'), ('-', '>'), ('=', '>'), ('.', '.')];

impl Tokens {
    /// Forgets what it holds and takes these tokens instead.
    pub fn read(&mut self, stream: TokenStream) {
        self.text.clear();
        self.tokens.clear();
        self.stream(stream);
    }

    /// The kind of a token and its text; `None` beyond the last.
    pub fn get(&self, number: usize) -> Option<(Kind, &str)> {
        let token = self.tokens.get(number)?;
        Some((token.kind, self.text.get(token.start..token.end)?))
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

    /// The item as text, without any layout.
    pub fn source(&self) -> String {
        let mut source = String::with_capacity(self.text.len() * 2);
        for (number, token) in self.tokens.iter().enumerate() {
            source.push_str(self.get(number).map_or("", |(_, text)| text));
            source.push_str(if token.joined { "" } else { " " });
        }
        source
    }

    fn stream(&mut self, stream: TokenStream) {
        let mut joined: Option<char> = None;
        for tree in stream {
            let before = joined.take();
            match tree {
                TokenTree::Ident(ident) if before == Some('\'') => {
                    let _ = write!(self.text, "{ident}");
                    self.widen(Kind::Lifetime);
                }
                TokenTree::Ident(ident) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{ident}");
                    self.push(Kind::Word, start);
                }
                TokenTree::Literal(literal) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{literal}");
                    self.push(Kind::Literal, start);
                }
                TokenTree::Punct(punct) => {
                    joined = self.operator(before, punct.as_char(), punct.spacing());
                }
                TokenTree::Group(group) => {
                    let (delimiter, inner) = (group.delimiter(), group.stream());
                    // the last to hold the tokens takes them, all others copy
                    drop(group);
                    self.group(delimiter, inner);
                }
            }
        }
    }

    /// Adds a character of an operator; gives it back where the next one may belong to the same.
    fn operator(&mut self, before: Option<char>, now: char, spacing: Spacing) -> Option<char> {
        let start = self.text.len();
        self.text.push(now);
        if before.is_some_and(|before| PAIRS.contains(&(before, now))) {
            self.widen(Kind::Operator);
            return None;
        }
        self.push(Kind::Operator, start);
        let joined = spacing == Spacing::Joint;
        if let Some(token) = self.tokens.last_mut() {
            token.joined = joined;
        }
        joined.then_some(now)
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Bracket => ('[', ']'),
            Delimiter::Brace => ('{', '}'),
            Delimiter::None => return self.stream(inner),
        };
        let number = self.tokens.len();
        let start = self.text.len();
        self.text.push(open);
        self.push(Kind::Open(number), start);
        self.stream(inner);
        let start = self.text.len();
        self.text.push(close);
        self.push(Kind::Close, start);
        let end = self.tokens.len() - 1;
        if let Some(token) = self.tokens.get_mut(number) {
            token.kind = Kind::Open(end);
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        let end = self.text.len();
        self.tokens.push(Token {
            kind,
            start,
            end,
            joined: false,
        });
    }

    /// Lets the last token end where the text does.
    fn widen(&mut self, kind: Kind) {
        let end = self.text.len();
        if let Some(token) = self.tokens.last_mut() {
            (token.kind, token.end, token.joined) = (kind, end, false);
        }
    }
}

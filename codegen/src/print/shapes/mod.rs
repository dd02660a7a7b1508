//! The shapes of Rust that `emit` uses, read from tokens straight into a [`Layout`].
//!
//! Each function takes one piece of syntax and lays it out as `prettyplease` does. It knows what `emit` writes often and
//! gives up (`None`) on everything else, which is then left to `syn` and `prettyplease`: so a shape that is not here is
//! printed as well, only later.

mod chains;
mod expressions;
mod items;
mod members;
mod paths;
mod statements;
mod types;

use super::layout::{Layout, INDENT};
use crate::tokens::{Kind, Tokens};

/// Lays an item out. `None` where a shape in it is not known here.
pub fn item(tokens: &Tokens, layout: &mut Layout) -> Option<()> {
    layout.clear();
    layout.begin(0);
    let mut reader = Reader {
        tokens,
        at: 0,
        layout,
    };
    while reader.tokens.kind(reader.at).is_some() {
        reader.item()?;
    }
    layout.end();
    Some(())
}

/// How far an item has been read and laid out.
struct Reader<'a> {
    tokens: &'a Tokens,
    at: usize,
    layout: &'a mut Layout,
}

/// Whether something is read: `None` ends the attempt.
type Known = Option<()>;

impl<'a> Reader<'a> {
    /// The next token's kind; brackets that close where nothing is left.
    fn kind(&self) -> Kind {
        self.tokens.kind(self.at).unwrap_or(Kind::Close)
    }

    /// The next token's text; empty where nothing is left.
    fn text(&self) -> &'a str {
        self.text_at(self.at)
    }

    fn text_at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |(_, text)| text)
    }

    /// Whether the next token is this word or operator. (No literal reads as one.)
    fn is(&self, text: &str) -> bool {
        self.tokens.is(self.at, text)
    }

    /// Whether nothing is left before the bracket that closes.
    fn is_end(&self) -> bool {
        self.kind() == Kind::Close
    }

    /// Reads this token, where it is the next, and leaves out saying it.
    fn skip(&mut self, text: &str) -> bool {
        let found = self.is(text);
        self.at += usize::from(found);
        found
    }

    /// The same, where it has to be the next.
    fn expect(&mut self, text: &str) -> Known {
        self.skip(text).then_some(())
    }

    /// Says a word that is no token, or one that is read elsewhere.
    fn say(&mut self, word: &str) {
        self.layout.word(word);
    }

    /// Reads and says the next token, which is of this kind.
    fn take(&mut self, kind: Kind) -> Known {
        if self.kind() != kind {
            return None;
        }
        self.say(self.text());
        self.at += 1;
        Some(())
    }

    /// Reads and says an identifier.
    fn name(&mut self) -> Known {
        self.take(Kind::Word)
    }

    /// Reads the comma after one of several, and says it or leaves it to the layout; a trailing one is optional.
    fn comma(&mut self, spaces: i64) -> Known {
        let found = self.skip(",");
        if !found && !self.is_end() {
            return None;
        }
        self.layout.comma(self.is_end(), spaces);
        Some(())
    }

    /// Reads what stands between two brackets: several of one kind, on a line or on one each.
    fn several(&mut self, each: impl Fn(&mut Self) -> Known) -> Known {
        let close = self.text_at(self.closing()?);
        self.say(self.text());
        self.at += 1;
        self.layout.begin(INDENT);
        self.layout.zero();
        while !self.is_end() {
            each(self)?;
            self.comma(0)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.at += 1;
        self.say(close);
        Some(())
    }

    /// Reads what stands between braces, each on lines of its own, and closes the box that holds them.
    fn body(&mut self, each: impl Fn(&mut Self) -> Known) -> Known {
        self.closing()?;
        self.say("{");
        self.at += 1;
        self.layout.line_inside();
        while !self.is_end() {
            each(self)?;
        }
        self.at += 1;
        self.layout.outdent();
        self.layout.end();
        self.say("}");
        Some(())
    }

    /// The bracket that closes the one that is next.
    fn closing(&self) -> Option<usize> {
        closing(self.kind())
    }
}

fn closing(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Open(close) => Some(close),
        Kind::Word
        | Kind::Lifetime
        | Kind::Literal
        | Kind::Operator
        | Kind::Doc
        | Kind::Close
        | Kind::Verbatim => None,
    }
}

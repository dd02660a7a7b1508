//! What stands where in an expression, found before it is laid out.

use super::{closing, Kind, Reader};

/// An expression of a first part and what is applied to it: calls, members, `?`.
pub(super) struct Chain {
    /// The token after the first part.
    pub first: usize,
    /// The dot of the last member.
    pub last_dot: Option<usize>,
    /// The token after the expression.
    pub end: usize,
    /// Whether it ends as the call of a function.
    pub is_call: bool,
}

impl Reader<'_> {
    fn kind_at(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Close, |(kind, _)| kind)
    }

    /// The chain that begins with the next token.
    pub(super) fn chain(&self) -> Option<Chain> {
        let first = self.after_first()?;
        let mut chain = Chain {
            first,
            last_dot: None,
            end: first,
            is_call: false,
        };
        loop {
            match self.text_at(chain.end) {
                "(" => {
                    chain.is_call = true;
                    chain.end = closing(self.kind_at(chain.end))? + 1;
                }
                "?" => {
                    chain.is_call = false;
                    chain.end += 1;
                }
                "." => {
                    chain.is_call = false;
                    chain.last_dot = Some(chain.end);
                    chain.end = self.after_member(chain.end)?;
                }
                _ => return Some(chain),
            }
        }
    }

    /// The token after a member, its arguments included; `at` is its dot.
    fn after_member(&self, at: usize) -> Option<usize> {
        let mut end = at + 2;
        if self.text_at(end) == "::" {
            end = self.after_angles(end + 1)?;
        }
        if self.text_at(end) == "(" {
            end = closing(self.kind_at(end))? + 1;
        }
        Some(end)
    }

    /// The token after a literal, a bracket or a path.
    fn after_first(&self) -> Option<usize> {
        match self.kind() {
            Kind::Literal => Some(self.at + 1),
            Kind::Open(close) => Some(close + 1),
            Kind::Word => self.after_path(self.at + 1),
            Kind::Operator if self.is("<") => self.after_path(self.after_angles(self.at)?),
            Kind::Operator | Kind::Lifetime | Kind::Doc | Kind::Close | Kind::Verbatim => None,
        }
    }

    fn after_path(&self, mut at: usize) -> Option<usize> {
        while self.text_at(at) == "::" {
            at = match self.text_at(at + 1) {
                "<" => self.after_angles(at + 1)?,
                _ => at + 2,
            };
        }
        Some(at)
    }

    /// The token after `<…>`.
    fn after_angles(&self, at: usize) -> Option<usize> {
        let mut depth = 0;
        let mut at = at;
        loop {
            match (self.kind_at(at), self.text_at(at)) {
                (Kind::Close | Kind::Verbatim, _) => return None,
                (Kind::Open(close), _) => at = close,
                (Kind::Operator, "<") => depth += 1,
                (Kind::Operator, ">") => depth -= 1,
                (Kind::Operator | Kind::Word | Kind::Lifetime | Kind::Literal | Kind::Doc, _) => {}
            }
            at += 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }

    /// Whether the next expression is a list, a closure or a struct, and ends at `close`: the only argument, it shares its
    /// brackets' lines.
    pub(super) fn is_block(&self, close: usize) -> bool {
        let whole = |end: usize| end == close || end + 1 == close && self.text_at(end) == ",";
        match self.kind() {
            Kind::Open(end) => whole(end + 1),
            Kind::Operator => self.is("|") && self.is_whole_closure(close),
            Kind::Word if self.is("match") => false,
            Kind::Word => {
                let struct_ = self.after_path(self.at + 1);
                let struct_ = struct_.filter(|at| self.text_at(*at) == "{");
                let end = struct_.and_then(|at| closing(self.kind_at(at)));
                end.is_some_and(|end| whole(end + 1))
            }
            Kind::Lifetime | Kind::Literal | Kind::Doc | Kind::Close | Kind::Verbatim => false,
        }
    }

    /// Whether nothing but a comma follows the next closure before `close`.
    fn is_whole_closure(&self, close: usize) -> bool {
        let mut bars = 0;
        let mut at = self.at;
        while at < close {
            match (self.kind_at(at), self.text_at(at)) {
                (Kind::Open(end), _) => at = end,
                (_, "|") => bars += 1,
                (_, ",") if bars > 1 => return at + 1 == close,
                _ => {}
            }
            at += 1;
        }
        bars == 2
    }

    /// Whether there is this operator before the next `=>`, outside brackets.
    pub(super) fn has_before_arrow(&self, operator: &str) -> bool {
        let mut at = self.at;
        loop {
            match (self.kind_at(at), self.text_at(at)) {
                (Kind::Close | Kind::Verbatim, _) | (Kind::Operator, "=>") => return false,
                (Kind::Operator, found) if found == operator => return true,
                (Kind::Open(close), _) => at = close,
                (Kind::Operator | Kind::Word | Kind::Lifetime | Kind::Literal | Kind::Doc, _) => {}
            }
            at += 1;
        }
    }
}

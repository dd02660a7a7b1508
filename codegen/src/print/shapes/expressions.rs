//! Expressions.

use super::chains::Chain;
use super::{Kind, Known, Reader, INDENT};
use crate::print::layout::{Break, Edge};

/// The columns of a name that a call may follow on the same line, however full it is.
const SHORT: usize = 4;

/// The columns within which a struct stands on one line.
const NARROW: i64 = 34;

impl Reader<'_> {
    pub(super) fn expression(&mut self) -> Known {
        self.expression_at(false)
    }

    /// An expression; whether it begins a line decides where a chain of calls is broken.
    pub(super) fn expression_at(&mut self, begins: bool) -> Known {
        match (self.kind(), self.text()) {
            (Kind::Operator, "&") => self.reference_to(),
            (Kind::Operator, "*") => {
                self.at += 1;
                self.say("*");
                self.expression()
            }
            (Kind::Operator, "|") => self.closure(),
            (Kind::Word, "match") => self.match_(),
            (
                Kind::Word,
                "if" | "return" | "unsafe" | "loop" | "while" | "for" | "let" | "move",
            ) => None,
            _ => self.chained(begins),
        }
    }

    fn reference_to(&mut self) -> Known {
        self.at += 1;
        self.say("&");
        if self.skip("mut") {
            self.say("mut ");
        }
        self.expression()
    }

    /// A struct, or a first part and what is applied to it.
    fn chained(&mut self, begins: bool) -> Known {
        let chain = self.chain()?;
        if self.kind() == Kind::Word && self.text_at(chain.first) == "{" {
            return self.struct_();
        }
        self.chain_value(&chain, begins)
    }

    pub(super) fn chain_value(&mut self, chain: &Chain, begins: bool) -> Known {
        let Some(last_dot) = chain.last_dot else {
            self.first()?;
            return self.applied(chain.end);
        };
        let is_name = chain.first == self.at + 1 && self.kind() == Kind::Word;
        let hugs = begins && is_name && self.text().len() <= SHORT;
        self.layout.begin(INDENT);
        self.layout.begin(-INDENT);
        self.first()?;
        self.layout.end();
        self.links(chain, last_dot, hugs)?;
        self.layout.end();
        self.applied(chain.end)
    }

    /// The links of a chain up to its last member.
    fn links(&mut self, chain: &Chain, last_dot: usize, hugs: bool) -> Known {
        while self.at <= last_dot {
            let is_first = self.at == chain.first;
            if !self.is(".") {
                self.apply()?;
                continue;
            }
            if !(is_first && hugs) {
                self.layout.zero();
            }
            let outdents = is_first && hugs && self.at == last_dot;
            self.member_of(if outdents { -INDENT } else { 0 })?;
        }
        Some(())
    }

    /// A dot, a member and its arguments.
    fn member_of(&mut self, indent: i64) -> Known {
        self.expect(".")?;
        self.say(".");
        if self.kind() == Kind::Literal {
            self.take(Kind::Literal)?;
        } else {
            self.name()?;
        }
        if self.skip("::") {
            self.say("::");
            self.type_arguments()?;
        }
        if self.is("(") {
            self.layout.begin(indent);
            self.arguments()?;
            self.layout.end();
        }
        Some(())
    }

    /// Calls and `?` up to the end of a chain.
    fn applied(&mut self, end: usize) -> Known {
        while self.at < end {
            self.apply()?;
        }
        Some(())
    }

    fn apply(&mut self) -> Known {
        if self.skip("?") {
            self.say("?");
            return Some(());
        }
        self.is("(").then_some(())?;
        self.arguments()
    }

    fn arguments(&mut self) -> Known {
        let close = self.closing()?;
        self.at += 1;
        let is_block = self.is_block(close);
        self.at -= 1;
        if !is_block {
            return self.several(Self::expression);
        }
        self.at += 1;
        self.say("(");
        self.expression()?;
        self.skip(",");
        self.expect(")")?;
        self.say(")");
        Some(())
    }

    fn first(&mut self) -> Known {
        match self.kind() {
            Kind::Literal => self.take(Kind::Literal),
            Kind::Open(_) if self.is("(") => self.tuple(Self::expression),
            Kind::Open(_) if self.is("[") => self.array(),
            Kind::Word | Kind::Operator => self.value_path(),
            Kind::Open(_) | Kind::Lifetime | Kind::Doc | Kind::Close | Kind::Verbatim => None,
        }
    }

    /// A list. (One of numbers alone is filled, which is not known here.)
    fn array(&mut self) -> Known {
        let first = self.text_at(self.at + 1);
        let is_number = first.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
        if is_number || ["true", "false"].contains(&first) {
            return None;
        }
        self.several(Self::expression)
    }

    fn struct_(&mut self) -> Known {
        self.layout.begin(INDENT);
        self.layout.begin_filled(-INDENT);
        self.value_path()?;
        self.layout.end();
        self.say(" {");
        self.at += 1;
        self.layout.space_inside();
        while !self.is_end() {
            if self.skip("..") {
                self.say("..");
                self.expression()?;
                self.layout.space();
                break;
            }
            self.field_value()?;
            self.field_comma()?;
        }
        self.layout.outdent();
        self.layout.end_within(NARROW);
        self.expect("}")?;
        self.say("}");
        Some(())
    }

    fn field_value(&mut self) -> Known {
        self.name()?;
        if self.skip(":") {
            self.say(": ");
            self.layout.begin_filled(0);
            self.expression()?;
            self.layout.end();
        }
        Some(())
    }

    /// The comma after a field, with a space before the brace.
    pub(super) fn field_comma(&mut self) -> Known {
        self.comma(1)
    }

    fn closure(&mut self) -> Known {
        self.expect("|")?;
        self.layout.begin_filled(0);
        self.layout.begin(INDENT);
        self.say("|");
        let mut is_first = true;
        while !self.is("|") {
            if is_first {
                self.layout.zero();
            } else {
                self.expect(",")?;
                self.say(",");
                self.layout.space();
            }
            is_first = false;
            self.parameter_of_closure()?;
        }
        self.at += 1;
        self.say("|");
        self.layout.space();
        self.layout.outdent();
        self.layout.end();
        self.layout.seam();
        self.closure_body()?;
        self.layout.end();
        Some(())
    }

    fn parameter_of_closure(&mut self) -> Known {
        self.name()?;
        if self.skip(":") {
            self.say(": ");
            self.type_()?;
        }
        Some(())
    }

    /// What a closure yields: in braces where it stands on a line of its own, unless it has brackets at its end.
    fn closure_body(&mut self) -> Known {
        if self.is("match") {
            return self.expression();
        }
        let chain = self.chain()?;
        if chain.is_call {
            return self.expression();
        }
        let is_struct = self.text_at(chain.first) == "{";
        if is_struct || chain.last_dot.is_none() && self.is_block(chain.end) {
            return None;
        }
        self.layout.begin(INDENT);
        self.layout.break_(Break {
            edge: Edge::Opens,
            ..Break::default()
        });
        self.expression()?;
        self.layout.break_(Break {
            indent: -INDENT,
            edge: Edge::Closes,
            ..Break::default()
        });
        self.layout.end();
        Some(())
    }
}

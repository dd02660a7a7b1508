//! Statements, `match` and patterns.

use super::{Kind, Known, Reader, INDENT};
use crate::print::layout::{Break, Edge};

impl Reader<'_> {
    /// A statement and the end of its line.
    pub(super) fn statement(&mut self) -> Known {
        self.layout.begin_filled(0);
        let is_block = self.is("if");
        match self.text() {
            "let" => self.let_(),
            "if" => self.if_(),
            "return" => self.return_(),
            _ => self.expression_at(true),
        }?;
        self.layout.end();
        if self.skip(";") {
            self.say(";");
        } else if !is_block && !self.is_end() {
            return None;
        }
        self.layout.line();
        Some(())
    }

    fn return_(&mut self) -> Known {
        self.expect("return")?;
        self.say("return ");
        self.expression()
    }

    /// `if` and `if let` without `else`.
    fn if_(&mut self) -> Known {
        self.expect("if")?;
        self.layout.begin(INDENT);
        self.say("if ");
        self.layout.begin(-INDENT);
        self.condition()?;
        self.layout.end();
        self.body(Self::statement)?;
        (!self.is("else") && !self.is(";")).then_some(())
    }

    /// What `if` asks for.
    fn condition(&mut self) -> Known {
        self.layout.begin(0);
        let is_let = self.skip("let");
        if is_let {
            self.layout.begin_filled(0);
            self.say("let ");
            self.layout.begin_filled(0);
            self.pattern()?;
            self.layout.end();
            self.expect("=")?;
            self.say(" = ");
            self.layout.seam();
            self.layout.begin_filled(0);
        }
        let wraps = self.matched_value()?;
        if is_let {
            self.layout.end();
            self.layout.end();
        }
        self.before_brace(wraps);
        Some(())
    }

    fn let_(&mut self) -> Known {
        self.expect("let")?;
        self.say("let ");
        if self.skip("mut") {
            self.say("mut ");
        }
        self.pattern()?;
        if self.skip(":") {
            self.say(": ");
            self.type_()?;
        }
        self.expect("=")?;
        self.say(" = ");
        self.layout.seam();
        self.expression()
    }

    pub(super) fn match_(&mut self) -> Known {
        self.expect("match")?;
        self.layout.begin_filled(0);
        self.say("match ");
        self.matched()?;
        self.closing()?;
        self.at += 1;
        self.say("{");
        self.layout.seam();
        self.layout.begin(INDENT);
        self.layout.line_inside();
        while !self.is_end() {
            self.arm()?;
            self.layout.line();
        }
        self.layout.outdent();
        self.layout.end();
        self.expect("}")?;
        self.say("}");
        self.layout.end();
        Some(())
    }

    fn matched(&mut self) -> Known {
        self.layout.begin(0);
        let wraps = self.matched_value()?;
        self.before_brace(wraps);
        Some(())
    }

    /// A chain before a brace, which is no struct's; whether it may be broken.
    fn matched_value(&mut self) -> Option<bool> {
        if self.skip("&") {
            self.say("&");
        }
        let chain = self.chain()?;
        let wraps = chain.last_dot.is_some();
        if chain.end == chain.first {
            self.value_path()?;
        } else {
            self.chain_value(&chain, false)?;
        }
        self.is("{").then_some(wraps)
    }

    /// Ends what stands before a brace, which stands on the next line behind a chain that fills its own.
    fn before_brace(&mut self, wraps: bool) {
        if wraps {
            self.layout.space();
        } else {
            self.say(" ");
        }
        self.layout.end();
    }

    fn arm(&mut self) -> Known {
        self.layout.begin_filled(0);
        self.patterns()?;
        self.expect("=>")?;
        self.say(" => ");
        if self.is("{") || self.is("match") {
            return None;
        }
        self.layout.seam();
        self.layout.begin(INDENT);
        self.layout.break_(Break {
            edge: Edge::Opens,
            ..Break::default()
        });
        self.expression_at(true)?;
        self.layout.break_(Break {
            indent: -INDENT,
            edge: Edge::ClosesArm,
            ..Break::default()
        });
        self.layout.end();
        self.layout.end();
        (self.skip(",") || self.is_end()).then_some(())
    }

    /// The patterns of an arm.
    fn patterns(&mut self) -> Known {
        if !self.has_before_arrow("|") {
            return self.pattern();
        }
        if self.kind() == Kind::Literal {
            self.layout.begin_filled(0);
        } else {
            self.layout.begin(0);
        }
        let kind = self.kind();
        self.pattern()?;
        while self.skip("|") {
            self.layout.space();
            self.say("| ");
            // all literals or none: else the box would be another
            (self.kind() == kind).then_some(())?;
            self.pattern()?;
        }
        self.layout.end();
        Some(())
    }

    fn pattern(&mut self) -> Known {
        match self.kind() {
            Kind::Literal => self.take(Kind::Literal),
            Kind::Word if ["ref", "mut", "box"].contains(&self.text()) => None,
            Kind::Word => self.named_pattern(),
            Kind::Open(_)
            | Kind::Operator
            | Kind::Lifetime
            | Kind::Doc
            | Kind::Close
            | Kind::Verbatim => None,
        }
    }

    fn named_pattern(&mut self) -> Known {
        let end = self.chain()?.first;
        match self.text_at(end) {
            "{" => self.struct_pattern(),
            "(" => {
                self.value_path()?;
                self.several(Self::pattern)
            }
            _ => self.value_path(),
        }
    }

    fn struct_pattern(&mut self) -> Known {
        self.layout.begin(INDENT);
        self.value_path()?;
        self.say(" {");
        self.at += 1;
        self.layout.space_inside();
        while !self.is_end() {
            self.name()?;
            self.field_comma()?;
        }
        self.layout.outdent();
        self.layout.end();
        self.at += 1;
        self.say("}");
        Some(())
    }
}

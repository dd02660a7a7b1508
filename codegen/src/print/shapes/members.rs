//! Attributes, impls and their members.

use super::{Kind, Known, Reader, INDENT};

impl Reader<'_> {
    /// Attributes and documentation, a line each.
    pub(super) fn attributes(&mut self) -> Known {
        loop {
            if self.kind() == Kind::Doc {
                self.documentation()?;
            } else if self.skip("#") {
                self.attribute()?;
            } else {
                return Some(());
            }
        }
    }

    fn documentation(&mut self) -> Known {
        let line = self.text();
        if line.starts_with('/') || line.contains(['\n', '\r']) {
            return None;
        }
        self.at += 1;
        self.say("///");
        self.say(line.trim_end_matches(' '));
        self.layout.line();
        Some(())
    }

    /// `#[word]`, `#[word(words, …)]` or `#[word = "text"]`.
    fn attribute(&mut self) -> Known {
        let close = self.closing()?;
        self.at += 1;
        self.say("#[");
        self.name()?;
        if self.is("(") {
            self.several(Self::name)?;
        } else if self.skip("=") {
            self.say(" = ");
            self.take(Kind::Literal)?;
        }
        if self.at != close {
            return None;
        }
        self.at += 1;
        self.say("]");
        self.layout.space();
        Some(())
    }

    pub(super) fn impl_(&mut self) -> Known {
        self.expect("impl")?;
        self.layout.begin(INDENT);
        self.layout.begin_filled(-INDENT);
        self.layout.begin(INDENT);
        self.say("impl");
        self.generics()?;
        self.layout.end();
        self.say(" ");
        self.type_path()?;
        if self.skip("for") {
            self.layout.space();
            self.say("for ");
            self.type_path()?;
        }
        self.layout.end();
        self.say(" ");
        self.body(Self::member)
    }

    /// A member of an impl; a blank line parts it from the next, unless that is a type or constant.
    fn member(&mut self) -> Known {
        self.attributes()?;
        let word = self.after_visibility()?;
        match word {
            "fn" => self.function(),
            "type" => self.alias(),
            "const" => self.value(word),
            _ => None,
        }?;
        self.layout.line();
        if !self.is_end() && !self.is("type") && !self.is("const") {
            self.layout.blank();
        }
        Some(())
    }

    fn function(&mut self) -> Known {
        self.layout.begin(INDENT);
        self.named("fn")?;
        self.generics()?;
        self.parameters()?;
        self.layout.begin(-INDENT);
        if self.skip("->") {
            self.say(" -> ");
            self.type_()?;
        }
        self.layout.end();
        self.say(" ");
        self.body(Self::statement)
    }

    fn parameters(&mut self) -> Known {
        self.is("(").then_some(())?;
        self.at += 1;
        self.say("(");
        self.layout.seam();
        self.layout.begin(0);
        self.layout.zero();
        while !self.is_end() {
            self.parameter_of_function()?;
            self.comma(0)?;
        }
        self.at += 1;
        self.layout.outdent();
        self.layout.end();
        self.say(")");
        Some(())
    }

    fn parameter_of_function(&mut self) -> Known {
        if self.skip("&") {
            self.say("&");
            if self.skip("mut") {
                self.say("mut ");
            }
            self.is("self").then_some(())?;
        } else if self.skip("mut") {
            self.say("mut ");
        }
        self.name()?;
        if self.skip(":") {
            self.say(": ");
            self.type_()?;
        }
        Some(())
    }
}

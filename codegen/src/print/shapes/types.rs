//! Types.

use super::{Kind, Known, Reader, INDENT};

impl Reader<'_> {
    /// A type.
    pub(super) fn type_(&mut self) -> Known {
        match self.kind() {
            Kind::Open(_) if self.is("(") => self.tuple(Self::type_),
            Kind::Open(_) if self.is("[") => self.slice(),
            Kind::Operator if self.skip("&") => self.reference(),
            Kind::Operator if self.is("<") => self.value_path(),
            Kind::Word => self.named_type(),
            Kind::Open(_)
            | Kind::Operator
            | Kind::Lifetime
            | Kind::Literal
            | Kind::Doc
            | Kind::Close
            | Kind::Verbatim => None,
        }
    }

    fn named_type(&mut self) -> Known {
        match self.text() {
            word @ ("dyn" | "impl") => {
                self.say(word);
                self.say(" ");
                self.at += 1;
                self.type_path()?;
                (!self.is("+")).then_some(())
            }
            "fn" | "unsafe" | "extern" | "for" => None,
            _ => self.type_path(),
        }
    }

    fn reference(&mut self) -> Known {
        self.say("&");
        if self.kind() == Kind::Lifetime {
            self.take(Kind::Lifetime)?;
            self.say(" ");
        }
        if self.skip("mut") {
            self.say("mut ");
        }
        self.type_()
    }

    fn slice(&mut self) -> Known {
        self.at += 1;
        self.say("[");
        self.type_()?;
        self.expect("]")?;
        self.say("]");
        Some(())
    }

    /// A tuple of types or expressions; a single one keeps its comma.
    pub(super) fn tuple(&mut self, each: fn(&mut Self) -> Known) -> Known {
        self.at += 1;
        self.say("(");
        self.layout.begin(INDENT);
        self.layout.zero();
        let mut count = 0;
        while !self.is_end() {
            each(self)?;
            count += 1;
            let comma = self.skip(",");
            if !comma && (!self.is_end() || count == 1) {
                return None;
            }
            if count == 1 && self.is_end() {
                self.say(",");
                self.layout.zero();
            } else {
                self.layout.comma(self.is_end(), 0);
            }
        }
        self.at += 1;
        self.layout.outdent();
        self.layout.end();
        self.say(")");
        Some(())
    }
}

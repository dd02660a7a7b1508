//! Items.

use super::{Kind, Known, Reader, INDENT};

impl Reader<'_> {
    /// An item with its attributes.
    pub(super) fn item(&mut self) -> Known {
        self.attributes()?;
        let word = self.after_visibility()?;
        match word {
            "impl" => self.impl_(),
            "use" => self.use_(),
            "struct" => self.type_item("struct", Self::struct_body),
            "enum" => self.type_item("enum", Self::enum_body),
            "type" => self.alias(),
            "const" | "static" => self.value(word),
            _ => None,
        }?;
        self.layout.line();
        Some(())
    }

    /// The word by which an item says what it is.
    pub(super) fn after_visibility(&self) -> Option<&'static str> {
        let is_public = self.is("pub");
        let restricted = usize::from(is_public && self.text_at(self.at + 1) == "(") * 3;
        let at = self.at + usize::from(is_public) + restricted;
        let known = [
            "impl", "use", "struct", "enum", "type", "const", "static", "fn",
        ];
        known.into_iter().find(|word| *word == self.text_at(at))
    }

    /// `pub`, `pub(super)` or nothing.
    pub(super) fn visibility(&mut self) -> Known {
        if !self.skip("pub") {
            return Some(());
        }
        self.say("pub");
        if self.skip("(") {
            ["super", "crate"].contains(&self.text()).then_some(())?;
            self.say("(");
            self.name()?;
            self.expect(")")?;
            self.say(")");
        }
        self.say(" ");
        Some(())
    }

    /// The visibility, the word that says what it is, and the name.
    pub(super) fn named(&mut self, word: &str) -> Known {
        self.visibility()?;
        self.expect(word)?;
        self.say(word);
        self.say(" ");
        self.name()
    }

    /// A constant or static, of an item or in an impl.
    pub(super) fn value(&mut self, word: &str) -> Known {
        self.layout.begin(0);
        self.named(word)?;
        self.expect(":")?;
        self.say(": ");
        self.type_()?;
        self.expect("=")?;
        self.say(" = ");
        self.layout.seam();
        self.expression()?;
        self.expect(";")?;
        self.say(";");
        self.layout.end();
        Some(())
    }

    /// `type …;`, of an item or in an impl.
    pub(super) fn alias(&mut self) -> Known {
        self.layout.begin(INDENT);
        self.named("type")?;
        self.generics()?;
        self.expect("=")?;
        self.say(" = ");
        self.layout.seam();
        self.layout.begin_filled(-INDENT);
        self.type_()?;
        self.layout.end();
        self.expect(";")?;
        self.say(";");
        self.layout.end();
        Some(())
    }

    fn type_item(&mut self, word: &str, body: fn(&mut Self) -> Known) -> Known {
        self.layout.begin(INDENT);
        self.named(word)?;
        self.generics()?;
        body(self)
    }

    /// What a struct holds, to the end of its box.
    fn struct_body(&mut self) -> Known {
        if self.is("{") {
            self.say(" ");
            return self.body(Self::field);
        }
        if self.is("(") {
            self.held()?;
        }
        self.expect(";")?;
        self.say(";");
        self.layout.end();
        Some(())
    }

    /// A field and the end of its line.
    fn field(&mut self) -> Known {
        self.attributes()?;
        self.visibility()?;
        self.name()?;
        self.expect(":")?;
        self.say(": ");
        self.type_()?;
        self.last_comma()
    }

    fn last_comma(&mut self) -> Known {
        (self.skip(",") || self.is_end()).then_some(())?;
        self.say(",");
        self.layout.line();
        Some(())
    }

    /// The fields of a tuple struct or variant.
    fn held(&mut self) -> Known {
        self.closing()?;
        self.at += 1;
        self.say("(");
        self.layout.zero();
        while !self.is_end() {
            self.visibility()?;
            self.type_()?;
            self.comma(0)?;
        }
        self.at += 1;
        self.layout.outdent();
        self.say(")");
        Some(())
    }

    fn enum_body(&mut self) -> Known {
        self.say(" ");
        self.body(Self::variant)
    }

    fn variant(&mut self) -> Known {
        self.attributes()?;
        self.name()?;
        if self.is("(") {
            self.layout.begin(INDENT);
            self.held()?;
            self.layout.end();
        }
        self.last_comma()
    }

    fn use_(&mut self) -> Known {
        self.visibility()?;
        self.expect("use")?;
        self.say("use ");
        while self.kind() == Kind::Word {
            self.name()?;
            if self.skip("as") {
                self.say(" as ");
            } else if !self.is(";") {
                self.expect("::")?;
                self.say("::");
            }
        }
        if self.skip("*") {
            self.say("*");
        } else if self.is("{") {
            self.used()?;
        }
        self.expect(";")?;
        self.say(";");
        Some(())
    }

    /// The names of a group; one alone stands without braces.
    fn used(&mut self) -> Known {
        let close = self.closing()?;
        self.at += 1;
        if close == self.at + 1 && !self.is("self") {
            self.name()?;
            return self.expect("}");
        }
        self.layout.begin(INDENT);
        self.say("{");
        self.layout.zero();
        self.layout.begin_filled(0);
        while self.at < close {
            self.name()?;
            if self.skip(",") && !self.is_end() {
                self.say(",");
                self.layout.space();
            }
        }
        self.layout.end();
        self.layout.comma(true, 0);
        self.layout.outdent();
        self.expect("}")?;
        self.say("}");
        self.layout.end();
        Some(())
    }
}

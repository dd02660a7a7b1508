//! Paths and what they are generic over.

use super::{Kind, Known, Reader, INDENT};

impl Reader<'_> {
    /// A path in a type: `v1::Map<String>`.
    pub(super) fn type_path(&mut self) -> Known {
        self.name()?;
        loop {
            if self.is("<") {
                self.type_arguments()?;
            }
            if !self.skip("::") {
                return Some(());
            }
            if !self.is("<") {
                self.say("::");
                self.name()?;
            }
        }
    }

    /// A path in an expression: `v1::Coded::<v1::Base64>::new`, or `<Codec as v1::Codec>::read`.
    pub(super) fn value_path(&mut self) -> Known {
        if self.skip("<") {
            self.qualified()?;
        } else {
            self.name()?;
        }
        while self.skip("::") {
            self.say("::");
            if self.is("<") {
                self.type_arguments()?;
            } else {
                self.name()?;
            }
        }
        Some(())
    }

    /// The type and the trait before a path, behind the bracket that opens.
    fn qualified(&mut self) -> Known {
        self.say("<");
        self.type_()?;
        if self.skip("as") {
            self.say(" as ");
            self.type_path()?;
        }
        self.expect(">")?;
        self.say(">");
        Some(())
    }

    /// `<…>` behind a part of a path.
    pub(super) fn type_arguments(&mut self) -> Known {
        self.angles(INDENT, Self::type_argument)
    }

    fn type_argument(&mut self) -> Known {
        match self.kind() {
            Kind::Lifetime => self.take(Kind::Lifetime),
            Kind::Word | Kind::Operator | Kind::Open(_) => self.type_(),
            Kind::Literal | Kind::Doc | Kind::Close | Kind::Verbatim => None,
        }
    }

    /// What an item is generic over.
    pub(super) fn generics(&mut self) -> Known {
        if self.is("<") {
            self.angles(0, Self::parameter)?;
        }
        Some(())
    }

    fn parameter(&mut self) -> Known {
        if self.kind() == Kind::Lifetime {
            return self.take(Kind::Lifetime);
        }
        self.name()?;
        self.layout.begin_filled(INDENT);
        if self.skip(":") {
            self.say(": ");
            self.type_path()?;
        }
        self.layout.end();
        Some(())
    }

    fn angles(&mut self, indent: i64, each: fn(&mut Self) -> Known) -> Known {
        self.expect("<")?;
        self.say("<");
        self.layout.begin(indent);
        self.layout.zero();
        while !self.is(">") {
            each(self)?;
            let found = self.skip(",");
            let is_last = self.is(">");
            if !found && !is_last {
                return None;
            }
            self.layout.comma(is_last, 0);
        }
        self.at += 1;
        self.layout.outdent();
        self.layout.end();
        self.say(">");
        Some(())
    }
}

use super::cursor::{fault, Cursor};
use super::members::{ItemsOf, MembersOf};
use super::number::Numeral;
use crate::codec::collections::Each;
use crate::codec::scalars::{Keep, Take};
use crate::codec::{CodecError, Decoder, Fields, Slot, Target, Value, Visit};

/// A value in a JSON text as a [`Decoder`].
///
/// One reader goes through the whole text: it is handed from a value to the values within.
pub(super) struct Reader<'j> {
    pub(super) cursor: Cursor<'j>,
    /// Whether the value that comes next may be read: once.
    ready: bool,
}

impl<'j> Reader<'j> {
    pub(super) fn new(bytes: &'j [u8]) -> Self {
        Self {
            cursor: Cursor::of_bytes(bytes),
            ready: true,
        }
    }

    /// Refuses anything but white space after the outermost value, which is passed over where nobody took it.
    pub(super) fn end(mut self) -> Result<(), CodecError> {
        self.skip_unread()?;
        self.cursor.end()
    }

    /// Takes the value that comes next, and gives its first byte.
    #[inline]
    pub(super) fn take(&mut self) -> Result<u8, CodecError> {
        if !std::mem::replace(&mut self.ready, false) {
            return Err(twice());
        }
        self.cursor.first_of_value()
    }

    /// Takes the value that comes next if it begins with this byte.
    #[inline]
    fn take_if(&mut self, first: u8) -> bool {
        let is_it = self.ready && self.cursor.next_token() == Some(first);
        self.ready &= !is_it;
        is_it
    }

    /// Takes the value that comes next if it is a number.
    #[inline]
    fn take_number(&mut self) -> bool {
        let is_it = self.ready && matches!(self.cursor.next_token(), Some(b'-' | b'0'..=b'9'));
        self.ready &= !is_it;
        is_it
    }

    /// Gives the value that comes next to the target, which may leave it.
    #[inline]
    pub(super) fn give(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.ready = true;
        match target.set(self) {
            Ok(()) => self.skip_unread(),
            Err(failure) => Err(self.cursor.placed(failure)),
        }
    }

    /// Gives the value of a member to its field, which may leave it.
    #[inline]
    pub(super) fn give_field(&mut self, field: &mut dyn Slot) -> Result<(), CodecError> {
        let given = if self.cursor.first_of_value()? == b'n' {
            self.cursor.word("null")?;
            field.set_null()
        } else {
            self.ready = true;
            field.set(self)
        };
        match given {
            Ok(()) => self.skip_unread(),
            Err(failure) => Err(self.cursor.placed(failure)),
        }
    }

    /// Gives the value that comes next to the target, null to its `null`.
    #[inline]
    pub(super) fn give_member(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if self.cursor.first_of_value()? != b'n' {
            return self.give(target);
        }
        self.ready = false;
        self.cursor.word("null")?;
        let given = target.null();
        given.map_err(|failure| self.cursor.placed(failure))
    }

    /// Passes over the value that comes next, unless it has been taken.
    #[inline]
    pub(super) fn skip_unread(&mut self) -> Result<(), CodecError> {
        if std::mem::replace(&mut self.ready, false) {
            self.cursor.skip_value()?;
        }
        Ok(())
    }

    /// Refuses a value that was taken: the visitor says what it expects.
    #[cold]
    fn keep_any<T>(&mut self) -> Result<T, CodecError>
    where
        Keep<T>: Visit,
    {
        let mut keep = Keep(None);
        self.visit(&mut keep)?;
        keep.taken()
    }

    fn visit_taken(&mut self, first: u8, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        let cursor = &mut self.cursor;
        match first {
            b'"' => visitor.text(cursor.string()?),
            b'-' | b'0'..=b'9' => visit_number(cursor, visitor),
            b'n' => {
                cursor.word("null")?;
                visitor.null()
            }
            b't' => {
                cursor.word("true")?;
                visitor.bool(true)
            }
            b'f' => {
                cursor.word("false")?;
                visitor.bool(false)
            }
            b'[' => {
                cursor.enter()?;
                let mut items = ItemsOf::new(self);
                visitor.list(&mut items)?;
                items.end()
            }
            b'{' => {
                cursor.enter()?;
                let mut members = MembersOf::new(self);
                visitor.object(&mut members)?;
                members.end()
            }
            _ => Err(cursor.fault(fault::NO_VALUE)),
        }
    }

    /// Reads an integer of another form, such as `3.0`.
    #[cold]
    fn other_integer(&self, text: &str) -> Result<i128, CodecError> {
        self.cursor.nearest(text)?;
        let mut keep = Keep(None);
        keep.number(text)?;
        keep.taken()
    }
}

#[cold]
fn twice() -> CodecError {
    CodecError::new("one reader a value", "a second one")
}

fn visit_number(cursor: &mut Cursor<'_>, visitor: &mut dyn Visit) -> Result<(), CodecError> {
    match cursor.numeral()? {
        Numeral::Unsigned(value) => visitor.u64(value),
        Numeral::Negative(value) => visitor.i64(value),
        Numeral::Other(text) => {
            cursor.nearest(text)?;
            visitor.number(text)
        }
    }
}

impl Decoder for Reader<'_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        let first = self.take()?;
        let visited = self.visit_taken(first, visitor);
        visited.map_err(|failure| self.cursor.placed(failure))
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if !self.ready {
            return Err(twice());
        }
        self.give_member(target)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        self.take()?;
        self.cursor.value()
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        if !self.take_if(b'{') {
            return self.visit(fields);
        }
        self.cursor.enter()?;
        self.fill(fields, true)
    }

    fn list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if !self.take_if(b'[') {
            return self.visit(&mut Each(target));
        }
        self.cursor.enter()?;
        self.fill_list(target)
    }

    fn bool(&mut self) -> Result<bool, CodecError> {
        if self.take_if(b't') {
            return self.cursor.word("true").map(|()| true);
        }
        if self.take_if(b'f') {
            return self.cursor.word("false").map(|()| false);
        }
        self.keep_any()
    }

    fn integer(&mut self) -> Result<i128, CodecError> {
        if !self.take_number() {
            return self.keep_any();
        }
        let read = match self.cursor.numeral()? {
            Numeral::Unsigned(value) => Ok(value.into()),
            Numeral::Negative(value) => Ok(value.into()),
            Numeral::Other(text) => self.other_integer(text),
        };
        read.map_err(|failure| self.cursor.placed(failure))
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "the nearest value is what is asked for"
    )]
    fn float(&mut self) -> Result<f64, CodecError> {
        if !self.take_number() {
            return self.keep_any();
        }
        match self.cursor.numeral()? {
            Numeral::Unsigned(value) => Ok(value as f64),
            Numeral::Negative(value) => Ok(value as f64),
            Numeral::Other(text) => self.cursor.nearest(text),
        }
    }

    fn string(&mut self) -> Result<String, CodecError> {
        if !self.take_if(b'"') {
            return self.keep_any();
        }
        self.cursor.string().map(str::to_owned)
    }

    fn text(&mut self, take: &mut dyn FnMut(&str)) -> Result<(), CodecError> {
        if !self.take_if(b'"') {
            return self.visit(&mut Take(take));
        }
        self.cursor.string().map(take)
    }
}

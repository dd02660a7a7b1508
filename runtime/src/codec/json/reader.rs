//! Reads JSON.

use crate::codec::collections::EachItem;
use crate::codec::json::cursor::{fault, Cursor};
use crate::codec::json::number::Numeral;
use crate::codec::object::{unknown_member, AdditionalMember, Place};
use crate::codec::scalars::{ReadText, Received};
use crate::codec::{
    CodecError, Decoder, Deviations, Fields, Items, Map, Members, Number, Rest, Slot, Target,
    Value, Visit,
};
use std::borrow::Cow;

/// A value in a JSON text as a [`Decoder`].
///
/// One reader goes through the whole text: it is handed from a value to the values within.
pub(super) struct Reader<'j> {
    pub(super) cursor: Cursor<'j>,
    /// `true` until the next value is read.
    ready: bool,
    deviations: Deviations,
}

impl<'j> Reader<'j> {
    pub(super) fn new(bytes: &'j [u8], deviations: Deviations) -> Self {
        Self { cursor: Cursor::of_bytes(bytes), ready: true, deviations }
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

    /// Decodes the next value into the target, which may leave it unread.
    #[inline]
    pub(super) fn read_into(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.ready = true;
        match target.set(self) {
            Ok(()) => self.skip_unread(),
            Err(failure) => Err(self.cursor.placed(failure)),
        }
    }

    /// Decodes a member's value into its field, which may leave it unread.
    #[inline]
    pub(super) fn read_field(&mut self, field: &mut dyn Slot) -> Result<(), CodecError> {
        let result = if self.cursor.first_of_value()? == b'n' {
            self.cursor.word("null")?;
            field.set_null(&self.deviations)
        } else {
            self.ready = true;
            field.set(self)
        };
        match result {
            Ok(()) => self.skip_unread(),
            Err(failure) => Err(self.cursor.placed(failure)),
        }
    }

    /// Decodes the next value into the target, null by its `null`.
    #[inline]
    pub(super) fn read_member(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if self.cursor.first_of_value()? != b'n' {
            return self.read_into(target);
        }
        self.ready = false;
        self.cursor.word("null")?;
        let result = target.null(&self.deviations);
        result.map_err(|failure| self.cursor.placed(failure))
    }

    /// Skips the next value, unless it has been read.
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
        Received<T>: Visit,
    {
        let mut received = Received(None);
        self.visit(&mut received)?;
        received.value()
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
    fn other_integer(text: &str) -> Result<i128, CodecError> {
        let mut received = Received(None);
        received.number(text)?;
        received.value()
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
        Numeral::Other(text) => visitor.number(text),
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
        self.read_member(target)
    }

    fn deviations(&self) -> &Deviations {
        &self.deviations
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
            return self.visit(&mut EachItem(target));
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
            Numeral::Other(text) => Self::other_integer(text),
        };
        read.map_err(|failure| self.cursor.placed(failure))
    }

    #[allow(clippy::cast_precision_loss, reason = "the nearest value is what is asked for")]
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
            return self.visit(&mut ReadText(take));
        }
        self.cursor.string().map(take)
    }
}

impl<'j> Reader<'j> {
    /// Gives the items of the list that was entered to the target.
    pub(super) fn fill_list(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        let mut index = 0;
        loop {
            match self.item(index == 0, target) {
                Ok(true) => index += 1,
                Ok(false) => return Ok(()),
                Err(failure) => return Err(failure.at_index(index)),
            }
        }
    }

    #[inline]
    fn item(&mut self, is_first: bool, target: &mut dyn Target) -> Result<bool, CodecError> {
        let is_item = self.cursor.next_item(is_first)?;
        if is_item {
            self.read_into(target)?;
        }
        Ok(is_item)
    }

    /// Decodes the members of the current object into their fields.
    pub(super) fn fill(
        &mut self,
        fields: &mut Fields<'_, '_>,
        mut is_first: bool,
    ) -> Result<(), CodecError> {
        while let Some(name) = self.cursor.next_member(is_first)? {
            is_first = false;
            let field = fields.find(&name);
            match fields.place(field) {
                Place::Field(name, target) => {
                    let result = self.read_field(target.0);
                    result.map_err(|failure| failure.in_member(name))?;
                }
                Place::Skipped => self.cursor.skip_value()?,
                Place::Additional(rest) => self.read_additional(&name, rest)?,
                Place::Refused => {
                    self.deviations
                        .accept_if_lenient(unknown_member(&name))
                        .map_err(|failure| self.cursor.placed(failure))?;
                    self.cursor.skip_value()?;
                }
            }
        }
        Ok(())
    }

    /// Decodes a member that is no field.
    fn read_additional(&mut self, name: &str, rest: &mut dyn Rest) -> Result<(), CodecError> {
        let result = self.read_into(&mut AdditionalMember { name, rest });
        result.map_err(|failure| failure.in_member(name))
    }
}

/// The items of a list, for a visitor.
pub(super) struct ItemsOf<'r, 'j> {
    reader: &'r mut Reader<'j>,
    is_first: bool,
    is_over: bool,
}

impl<'r, 'j> ItemsOf<'r, 'j> {
    pub(super) fn new(reader: &'r mut Reader<'j>) -> Self {
        Self { reader, is_first: true, is_over: false }
    }

    /// Leaves the list, whose items the visitor has all taken.
    pub(super) fn end(self) -> Result<(), CodecError> {
        if self.is_over {
            return Ok(());
        }
        let cursor = &mut self.reader.cursor;
        match cursor.next_token() {
            Some(b']') => {
                cursor.leave();
                Ok(())
            }
            Some(_) => Err(cursor.fault(fault::TRAILING)),
            None => Err(cursor.fault(fault::END_OF_LIST)),
        }
    }
}

impl Items for ItemsOf<'_, '_> {
    fn next(&mut self, target: &mut dyn Target) -> Result<bool, CodecError> {
        if !self.is_over {
            self.is_over = !self.reader.item(self.is_first, target)?;
            self.is_first = false;
        }
        Ok(!self.is_over)
    }
}

/// The members of an object, for a visitor.
pub(super) struct MembersOf<'r, 'j> {
    reader: &'r mut Reader<'j>,
    is_first: bool,
    is_over: bool,
}

impl<'r, 'j> MembersOf<'r, 'j> {
    pub(super) fn new(reader: &'r mut Reader<'j>) -> Self {
        Self { reader, is_first: true, is_over: false }
    }

    fn next_member(&mut self) -> Result<Option<Cow<'j, str>>, CodecError> {
        if self.is_over {
            return Ok(None);
        }
        let name = self.reader.cursor.next_member(self.is_first)?;
        self.is_first = false;
        self.is_over = name.is_none();
        Ok(name)
    }

    /// Leaves the object, whose members the visitor has all taken.
    pub(super) fn end(self) -> Result<(), CodecError> {
        if self.is_over {
            return Ok(());
        }
        let cursor = &mut self.reader.cursor;
        match cursor.next_token() {
            Some(b'}') => {
                cursor.leave();
                Ok(())
            }
            Some(_) => Err(cursor.fault(fault::TRAILING)),
            None => Err(cursor.fault(fault::END_OF_OBJECT)),
        }
    }
}

impl Members for MembersOf<'_, '_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        let name = self.next_member()?;
        Ok(name.map(|name| take(&name)).is_some())
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        self.reader.read_into(target)
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        if !self.is_over {
            self.reader.fill(fields, self.is_first)?;
        }
        self.is_over = true;
        Ok(())
    }
}

impl Cursor<'_> {
    /// Reads a value of any type, which keeps the text of its numbers.
    pub(super) fn value(&mut self) -> Result<Value, CodecError> {
        Ok(match self.first_of_value()? {
            b'"' => Value::Text(self.string()?.to_owned()),
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            b't' => self.word("true").map(|()| Value::Bool(true))?,
            b'f' => self.word("false").map(|()| Value::Bool(false))?,
            b'n' => self.word("null").map(|()| Value::Null)?,
            b'[' => self.items()?,
            b'{' => self.members()?,
            _ => return Err(self.fault(fault::NO_VALUE)),
        })
    }

    fn items(&mut self) -> Result<Value, CodecError> {
        self.enter()?;
        let mut items = Vec::new();
        while self.next_item(items.is_empty())? {
            items.push(self.value()?);
        }
        Ok(Value::List(items))
    }

    fn members(&mut self) -> Result<Value, CodecError> {
        self.enter()?;
        let mut members = Map::new();
        let mut is_first = true;
        while let Some(name) = self.next_member(is_first)? {
            is_first = false;
            let value = self.value()?;
            members.insert(name.into_owned(), value);
        }
        Ok(Value::Object(members))
    }

    fn number(&mut self) -> Result<Number, CodecError> {
        Ok(match self.numeral()? {
            Numeral::Unsigned(value) => value.into(),
            Numeral::Negative(value) => value.into(),
            Numeral::Other(text) => Number::from_checked(text),
        })
    }
}

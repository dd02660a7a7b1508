use std::borrow::Cow;

use super::cursor::fault;
use super::reader::Reader;
use crate::codec::drift;
use crate::codec::object::{refused, Place};
use crate::codec::{CodecError, Decoder, Fields, Items, Members, Rest, Target};

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
            self.give(target)?;
        }
        Ok(is_item)
    }

    /// Gives the members of the object that was entered to their fields.
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
                    let given = self.give_field(target.0);
                    given.map_err(|failure| failure.in_member(name))?;
                }
                Place::Skipped => self.cursor.skip_value()?,
                Place::Kept(rest) => self.keep(&name, rest)?,
                Place::Refused => {
                    drift::refuse(refused(&name)).map_err(|failure| self.cursor.placed(failure))?;
                    self.cursor.skip_value()?;
                }
            }
        }
        Ok(())
    }

    /// Gives a member that is no field to where such members are kept.
    fn keep(&mut self, name: &str, rest: &mut dyn Rest) -> Result<(), CodecError> {
        let given = self.give(&mut Keeping { name, rest });
        given.map_err(|failure| failure.in_member(name))
    }
}

/// A member on its way to where unknown members are kept.
struct Keeping<'a> {
    name: &'a str,
    rest: &'a mut dyn Rest,
}

impl Target for Keeping<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.rest.keep(self.name, decoder)
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
        Self {
            reader,
            is_first: true,
            is_over: false,
        }
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
        Self {
            reader,
            is_first: true,
            is_over: false,
        }
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
        self.reader.give(target)
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        if !self.is_over {
            self.reader.fill(fields, self.is_first)?;
        }
        self.is_over = true;
        Ok(())
    }
}

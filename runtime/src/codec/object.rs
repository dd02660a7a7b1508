use std::any::Any;

use super::lookup::Lookup;
use super::{CodecError, Decoder, FieldValue, Member, Members, Slot, SlotTarget, Visit};

/// A member of an object that is being read: its name on the wire, and where its value goes.
pub type Field<'a> = (&'static str, &'a mut dyn Slot);

/// Where the members go that are not fields of the type.
pub trait Rest {
    /// Keeps one member.
    ///
    /// # Errors
    /// The value is not what additional members may be.
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// The map itself, for copying another into it; `None` where none is ever copied.
    fn as_any_mut(&mut self) -> Option<&mut dyn Any> {
        None
    }
}

/// The fields of an object that is being read. Of a member that comes twice the last one counts, as in `serde_json`'s map.
pub struct Fields<'a, 'f> {
    fields: &'a mut [Field<'f>],
    rest: Unknown<'a>,
    lookup: Lookup,
    read: Positions,
    /// A member that is passed over where others are refused.
    passed: Option<&'static str>,
    /// Whether the member that was looked for last is that one.
    is_passed: bool,
}

/// What becomes of a member that is no field.
enum Unknown<'a> {
    Skipped,
    Refused,
    Kept(&'a mut dyn Rest),
}

/// Where the value of a member goes.
pub(super) enum Place<'p> {
    Field(&'static str, SlotTarget<'p>),
    Kept(&'p mut dyn Rest),
    Skipped,
    Refused,
}

impl Fields<'_, '_> {
    /// Finds a member by its name.
    #[inline]
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        let found = self.lookup.find(self.fields, name);
        self.is_passed = found.is_none() && self.passed == Some(name);
        found
    }

    /// Passes over members of this name where unknown members are refused: the discriminator of the union around.
    pub(super) fn pass_over(&mut self, name: &'static str) {
        self.passed = Some(name);
    }

    /// Where the value of the member goes that [`Fields::find`] found, or did not find.
    #[inline]
    pub(super) fn place(&mut self, found: Option<usize>) -> Place<'_> {
        if let Some(at) = found {
            self.read.insert(at);
        }
        match found.and_then(|at| self.fields.get_mut(at)) {
            Some((name, slot)) => Place::Field(name, SlotTarget(&mut **slot)),
            None => match &mut self.rest {
                Unknown::Skipped => Place::Skipped,
                Unknown::Refused if self.is_passed => Place::Skipped,
                Unknown::Refused => Place::Refused,
                Unknown::Kept(rest) => Place::Kept(&mut **rest),
            },
        }
    }

    /// Fills the fields with copies of what another record of the same type writes.
    pub(super) fn copy_from(&mut self, members: &[Member<'_>], rest: Option<&dyn FieldValue>) {
        for (at, ((_, slot), (_, value))) in self.fields.iter_mut().zip(members).enumerate() {
            value.copy_to(slot.as_any_mut());
            self.read.insert(at);
        }
        if let (Unknown::Kept(kept), Some(rest)) = (&mut self.rest, rest) {
            if let Some(kept) = kept.as_any_mut() {
                rest.copy_to(kept);
            }
        }
    }

    /// Checks that every required field has been read.
    fn finish(&mut self) -> Result<(), CodecError> {
        let read = &self.read;
        let mut fields = self.fields.iter_mut().enumerate();
        let missing = fields.find(|(at, (_, slot))| !read.contains(*at) && slot.is_required());
        match missing {
            Some((_, (name, slot))) => Err(missing_member(name, &mut **slot)),
            None => Ok(()),
        }
    }

    /// Whether a member that is no field needs its name kept until its value has been read.
    #[inline]
    pub(super) fn needs_names(&self) -> bool {
        !matches!(self.rest, Unknown::Skipped)
    }
}

/// The bits of a word.
const WORD: usize = 64;

/// The positions of the fields that have been read.
#[derive(Default)]
struct Positions {
    /// A bit each for the first 64.
    first: u64,
    /// The same for the others, 64 a word.
    others: Vec<u64>,
}

impl Positions {
    #[inline]
    fn insert(&mut self, at: usize) {
        match at.checked_sub(WORD) {
            None => self.first |= 1 << at,
            Some(at) => self.insert_other(at),
        }
    }

    fn insert_other(&mut self, at: usize) {
        let word = at / WORD;
        if self.others.len() <= word {
            self.others.resize(word + 1, 0);
        }
        if let Some(bits) = self.others.get_mut(word) {
            *bits |= 1 << (at % WORD);
        }
    }

    #[inline]
    fn contains(&self, at: usize) -> bool {
        let bits = match at.checked_sub(WORD) {
            None => self.first,
            Some(at) => self.others.get(at / WORD).copied().unwrap_or_default(),
        };
        bits & (1 << (at % WORD)) != 0
    }
}

/// The failure of a required member that is not there. Null is tried in its place, since the record is given up anyway.
#[cold]
fn missing_member(name: &str, slot: &mut dyn Slot) -> CodecError {
    match slot.set_null() {
        Ok(()) => CodecError::new("a value or null", "nothing").in_member(name),
        Err(_) => CodecError::missing(name),
    }
}

/// The failure of a member that the document does not allow.
#[cold]
pub(super) fn refused(name: &str) -> CodecError {
    CodecError::new("no member of this name", "a value").in_member(name)
}

impl Visit for Fields<'_, '_> {
    fn expected(&self) -> &'static str {
        "an object"
    }

    #[inline]
    fn object(&mut self, members: &mut dyn Members) -> Result<(), CodecError> {
        members.fill(self)
    }
}

/// Reads an object; members that are no field are checked to be well-formed and skipped.
///
/// # Errors
/// The value is not an object, or the value of a field is not of its type.
pub fn read_object(decoder: &mut dyn Decoder, fields: &mut [Field<'_>]) -> Result<(), CodecError> {
    read(decoder, fields, Unknown::Skipped)
}

/// Reads an object; members that are no field go to `rest`.
///
/// # Errors
/// The value is not an object, or the value of a field or of the rest is not of its type.
pub fn read_object_with_rest(
    decoder: &mut dyn Decoder,
    fields: &mut [Field<'_>],
    rest: &mut dyn Rest,
) -> Result<(), CodecError> {
    read(decoder, fields, Unknown::Kept(rest))
}

/// Reads an object; a member that is no field is a failure.
///
/// # Errors
/// The value is not an object, or has an unknown member, or the value of a field is not of its type.
pub fn read_closed_object(
    decoder: &mut dyn Decoder,
    fields: &mut [Field<'_>],
) -> Result<(), CodecError> {
    read(decoder, fields, Unknown::Refused)
}

fn read<'a>(
    decoder: &mut dyn Decoder,
    fields: &'a mut [Field<'_>],
    rest: Unknown<'a>,
) -> Result<(), CodecError> {
    let mut object = Fields {
        fields,
        rest,
        lookup: Lookup::default(),
        read: Positions::default(),
        passed: None,
        is_passed: false,
    };
    decoder.fields(&mut object)?;
    object.finish()
}

//! Objects that are read into fields.

use crate::codec::{
    CodecError, Decoder, Deviations, FieldValue, Member, Members, Slot, SlotTarget, Target, Visit,
};
use std::any::Any;

/// A field of an object that is being read: its name on the wire, and the slot of its value.
pub type Field<'a> = (&'static str, &'a mut dyn Slot);

/// The destination of members that are not fields of the type.
pub trait Rest {
    /// Adds a member.
    ///
    /// # Errors
    /// The value is not what additional members may be.
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError>;

    /// The map itself, for copying another into it; `None` if it cannot be copied.
    fn as_any_mut(&mut self) -> Option<&mut dyn Any> {
        None
    }
}

/// The fields of an object that is being read. The last of several members of one name counts, as in `serde_json`'s map.
pub struct Fields<'a, 'f> {
    fields: &'a mut [Field<'f>],
    rest: Unknown<'a>,
    lookup: Lookup,
    read: Positions,
    /// A member that is skipped even in closed objects.
    ignored: Option<&'static str>,
    /// `true` if the last member was that one.
    is_ignored: bool,
}

/// The treatment of members that are no fields.
enum Unknown<'a> {
    Skipped,
    Refused,
    Additional(&'a mut dyn Rest),
}

/// The destination of a member's value.
pub(super) enum Place<'p> {
    Field(&'static str, SlotTarget<'p>),
    Additional(&'p mut dyn Rest),
    Skipped,
    Refused,
}

/// The target of an additional member's value.
pub(super) struct AdditionalMember<'a> {
    pub(super) name: &'a str,
    pub(super) rest: &'a mut dyn Rest,
}

impl Target for AdditionalMember<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.rest.keep(self.name, decoder)
    }
}

impl Fields<'_, '_> {
    /// Finds a member by its name.
    #[inline]
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        let field = self.lookup.find(self.fields, name);
        self.is_ignored = field.is_none() && self.ignored == Some(name);
        field
    }

    /// Skips members of this name even in closed objects: the discriminator of the enclosing union.
    pub(super) fn ignore(&mut self, name: &'static str) {
        self.ignored = Some(name);
    }

    /// The destination of a member that is this field, or none.
    #[inline]
    pub(super) fn place(&mut self, field: Option<usize>) -> Place<'_> {
        if let Some(at) = field {
            self.read.insert(at);
        }
        match field.and_then(|at| self.fields.get_mut(at)) {
            Some((name, slot)) => Place::Field(name, SlotTarget(&mut **slot)),
            None => match &mut self.rest {
                Unknown::Skipped => Place::Skipped,
                Unknown::Refused if self.is_ignored => Place::Skipped,
                Unknown::Refused => Place::Refused,
                Unknown::Additional(rest) => Place::Additional(&mut **rest),
            },
        }
    }

    /// Fills the fields with copies of another record's members.
    pub(super) fn copy_from(&mut self, members: &[Member<'_>], rest: Option<&dyn FieldValue>) {
        for (at, ((_, slot), (_, value))) in self.fields.iter_mut().zip(members).enumerate() {
            value.copy_to(slot.as_any_mut());
            self.read.insert(at);
        }
        if let (Unknown::Additional(additional), Some(rest)) = (&mut self.rest, rest) {
            if let Some(map) = additional.as_any_mut() {
                rest.copy_to(map);
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

    /// `true` if members that are no fields are kept.
    #[cfg(feature = "server")]
    pub(super) fn keeps_others(&self) -> bool {
        matches!(self.rest, Unknown::Additional(_))
    }

    /// `true` if the name of a member that is no field is needed after its value.
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
    /// One bit for each of the first 64.
    first: u64,
    /// The others, 64 in each word.
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

/// The failure of a missing required member. It sets null to learn if that is allowed, as the record is discarded anyway.
#[cold]
fn missing_member(name: &str, slot: &mut dyn Slot) -> CodecError {
    match slot.set_null(&Deviations::default()) {
        Ok(()) => CodecError::new("a value or null", "nothing").in_member(name),
        Err(_) => CodecError::missing(name),
    }
}

/// The failure of an unknown member of a closed object.
#[cold]
pub(super) fn unknown_member(name: &str) -> CodecError {
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
    read(decoder, fields, Unknown::Additional(rest))
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
        ignored: None,
        is_ignored: false,
    };
    decoder.fields(&mut object)?;
    object.finish()
}

/// The state of the search for fields, from one member to the next.
#[derive(Default)]
pub(super) struct Lookup {
    /// The next field if the members are in the order of the fields.
    expected: usize,
    /// Number of fields compared in vain.
    effort: usize,
    index: Option<Index>,
}

impl Lookup {
    /// The position of the field of this name; the one expected next is compared first.
    #[inline]
    pub(super) fn find(&mut self, fields: &[Field<'_>], name: &str) -> Option<usize> {
        let field = match fields.get(self.expected) {
            Some((expected, _)) if *expected == name => Some(self.expected),
            Some(_) | None => self.search(fields, name),
        };
        if let Some(field) = field {
            self.expected = field + 1;
        }
        field
    }

    /// Searches after the expected field first, as absent members are more frequent than members out of order. If that takes
    /// long, it makes an index.
    fn search(&mut self, fields: &[Field<'_>], name: &str) -> Option<usize> {
        if self.effort > 3 * fields.len() && fields.len() > 12 {
            let index = self.index.get_or_insert_with(|| Index::new(fields));
            return index.find(fields, name);
        }
        let (before, after) = fields.split_at_checked(self.expected)?;
        let has_name = |field: &Field<'_>| field.0 == name;
        let field = match after.iter().position(has_name) {
            Some(at) => Some(at + before.len()),
            None => before.iter().position(has_name),
        };
        self.effort += match field {
            Some(at) if at >= self.expected => at - self.expected,
            Some(_) | None => fields.len(),
        };
        field
    }
}

/// A hash table of the fields' positions, for objects with many members in another order.
struct Index {
    /// A position plus one, or 0; a field whose slot is occupied is in the next free one.
    slots: Vec<u16>,
}

impl Index {
    fn new(fields: &[Field<'_>]) -> Self {
        let size = (fields.len() * 2).next_power_of_two();
        let mut index = Self { slots: vec![0; size] };
        for ((name, _), position) in fields.iter().zip(1..=u16::MAX) {
            let free = index.probe(name).find(|&slot| index.slots.get(slot) == Some(&0));
            if let Some(slot) = free.and_then(|slot| index.slots.get_mut(slot)) {
                *slot = position;
            }
        }
        index
    }

    /// The slots in which a name may be, in their order.
    fn probe(&self, name: &str) -> impl Iterator<Item = usize> {
        let (start, mask) = (hash(name), self.slots.len() - 1);
        (0..=mask).map(move |step| (start + step) & mask)
    }

    fn find(&self, fields: &[Field<'_>], name: &str) -> Option<usize> {
        for slot in self.probe(name) {
            let position = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            if fields.get(position)?.0 == name {
                return Some(position);
            }
        }
        None
    }
}

/// A weak hash suffices, as the names are the document's and not the server's.
fn hash(name: &str) -> usize {
    name.bytes().fold(name.len(), |hash, byte| {
        (hash.rotate_left(5) ^ usize::from(byte)).wrapping_mul(0x9E37_79B9)
    })
}

use super::lookup::Lookup;
use super::{CodecError, Members, Decoder, Target, Visit};

/// A member of an object that is being read: its name on the wire, and where its value goes.
pub type Field<'a> = (&'static str, &'a mut dyn Target);

/// Where the members go that are not fields of the type.
pub trait Rest {
    /// Keeps one member.
    ///
    /// # Errors
    /// The value is not what additional members may be.
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError>;
}

/// The fields of an object that is being read. Of a member that comes twice the last one counts, as in `serde_json`'s map.
pub struct Fields<'a, 'f> {
    fields: &'a mut [Field<'f>],
    rest: Unknown<'a>,
    lookup: Lookup,
}

/// What becomes of a member that is no field.
enum Unknown<'a> {
    Skipped,
    Refused,
    Kept(&'a mut dyn Rest),
}

/// Where the value of a member goes.
pub(super) enum Place<'p, 'f> {
    Field(&'static str, &'p mut (dyn Target + 'f)),
    Kept(&'p mut dyn Rest),
    Skipped,
    Refused,
}

impl<'f> Fields<'_, 'f> {
    /// Finds a member by its name.
    #[inline]
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        self.lookup.find(self.fields, name)
    }

    /// Where the value of the member goes that [`Fields::find`] found, or did not find.
    #[inline]
    pub(super) fn place(&mut self, found: Option<usize>) -> Place<'_, 'f> {
        match found.and_then(|at| self.fields.get_mut(at)) {
            Some((name, target)) => Place::Field(name, &mut **target),
            None => match &mut self.rest {
                Unknown::Skipped => Place::Skipped,
                Unknown::Refused => Place::Refused,
                Unknown::Kept(rest) => Place::Kept(&mut **rest),
            },
        }
    }

    /// Whether a member that is no field needs its name kept until its value has been read.
    #[inline]
    pub(super) fn needs_names(&self) -> bool {
        !matches!(self.rest, Unknown::Skipped)
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
    decoder.fields(&mut Fields {
        fields,
        rest,
        lookup: Lookup::default(),
    })
}

/// The value of a required field.
///
/// # Errors
/// The member was absent or null.
#[inline]
pub fn required<T>(name: &'static str, value: Option<T>) -> Result<T, CodecError> {
    match value {
        Some(value) => Ok(value),
        None => Err(CodecError::missing(name)),
    }
}

use super::{CodecError, Encode, Encoder, Entries, FieldValue, List, Member};

/// Writes a branch of a union with its discriminator before the other members, unless the branch has it itself.
///
/// # Errors
/// The branch is not written as an object, or one of its members fails.
pub fn write_tagged(
    encoder: &mut dyn Encoder,
    name: &str,
    tag: &'static str,
    value: &dyn Encode,
) -> Result<(), CodecError> {
    value.encode(&mut Tagging { encoder, name, tag })
}

/// A encoder that takes objects only, and adds a member.
struct Tagging<'a> {
    encoder: &'a mut dyn Encoder,
    name: &'a str,
    tag: &'static str,
}

fn refused(found: &'static str) -> Result<(), CodecError> {
    Err(CodecError::new("an object", found))
}

impl Encoder for Tagging<'_> {
    fn null(&mut self) -> Result<(), CodecError> {
        refused("null")
    }

    fn bool(&mut self, _: bool) -> Result<(), CodecError> {
        refused("a boolean")
    }

    fn i64(&mut self, _: i64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn u64(&mut self, _: u64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn f64(&mut self, _: f64) -> Result<(), CodecError> {
        refused("a number")
    }

    fn number(&mut self, _: &str) -> Result<(), CodecError> {
        refused("a number")
    }

    fn text(&mut self, _: &str) -> Result<(), CodecError> {
        refused("a text")
    }

    fn list(&mut self, _: &dyn List) -> Result<(), CodecError> {
        refused("a list")
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let is_tag = |name: &str, value: &dyn Encode| name == self.name && !value.is_absent();
        let mut extra = (0..rest.count()).filter_map(|at| rest.entry(at));
        let mut own = members.iter();
        if own.any(|(name, value)| is_tag(name, *value))
            || extra.any(|(name, value)| is_tag(name, value))
        {
            return self.encoder.object_with_rest(members, rest);
        }
        let tag = (self.name, &self.tag as &dyn FieldValue);
        self.encoder.object_with_tag(tag, members, rest)
    }
}

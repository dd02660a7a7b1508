use super::{Entries, Failure, List, Member, Sink, Write};

/// Writes a branch of a union with its discriminator before the other members, unless the branch has it itself.
///
/// # Errors
/// The branch is not written as an object, or one of its members fails.
pub fn write_tagged(
    sink: &mut dyn Sink,
    name: &str,
    tag: &str,
    value: &dyn Write,
) -> Result<(), Failure> {
    value.write(&mut Tagging { sink, name, tag })
}

/// A sink that takes objects only, and adds a member.
struct Tagging<'a> {
    sink: &'a mut dyn Sink,
    name: &'a str,
    tag: &'a str,
}

fn refused(found: &'static str) -> Result<(), Failure> {
    Err(Failure::new("an object", found))
}

impl Sink for Tagging<'_> {
    fn null(&mut self) -> Result<(), Failure> {
        refused("null")
    }

    fn bool(&mut self, _: bool) -> Result<(), Failure> {
        refused("a boolean")
    }

    fn i64(&mut self, _: i64) -> Result<(), Failure> {
        refused("a number")
    }

    fn u64(&mut self, _: u64) -> Result<(), Failure> {
        refused("a number")
    }

    fn f64(&mut self, _: f64) -> Result<(), Failure> {
        refused("a number")
    }

    fn number(&mut self, _: &str) -> Result<(), Failure> {
        refused("a number")
    }

    fn text(&mut self, _: &str) -> Result<(), Failure> {
        refused("a text")
    }

    fn list(&mut self, _: &dyn List) -> Result<(), Failure> {
        refused("a list")
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), Failure> {
        let is_tag = |member: &Member<'_>| member.0 == self.name && !member.1.is_absent();
        let mut extra = (0..rest.count()).filter_map(|at| rest.entry(at));
        if members.iter().any(is_tag) || extra.any(|member| is_tag(&member)) {
            return self.sink.object_with_rest(members, rest);
        }
        let mut tagged: Vec<Member<'_>> = Vec::with_capacity(members.len() + 1);
        tagged.push((self.name, &self.tag));
        tagged.extend(members.iter().filter(|member| member.0 != self.name));
        self.sink.object_with_rest(&tagged, rest)
    }
}

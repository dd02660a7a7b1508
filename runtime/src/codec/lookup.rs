//! Finds the field of a member by its name.

use super::Field;

/// What is remembered from one member to the next.
#[derive(Default)]
pub(super) struct Lookup {
    /// The field that comes next if the members come in the order of the fields.
    expected: usize,
    /// How many fields have been looked at in vain.
    effort: usize,
    index: Option<Index>,
}

impl Lookup {
    /// The position of the field of this name; the one expected next is compared first.
    #[inline]
    pub(super) fn find(&mut self, fields: &[Field<'_>], name: &str) -> Option<usize> {
        let found = match fields.get(self.expected) {
            Some((expected, _)) if *expected == name => Some(self.expected),
            Some(_) | None => self.search(fields, name),
        };
        if let Some(found) = found {
            self.expected = found + 1;
        }
        found
    }

    /// Looks behind the expected field first: members that are left out are more frequent than members out of order.
    /// Where that takes long, an index is made.
    fn search(&mut self, fields: &[Field<'_>], name: &str) -> Option<usize> {
        if self.effort > 3 * fields.len() && fields.len() > 12 {
            let index = self.index.get_or_insert_with(|| Index::new(fields));
            return index.find(fields, name);
        }
        let (before, after) = fields.split_at_checked(self.expected)?;
        let is_it = |field: &Field<'_>| field.0 == name;
        let found = match after.iter().position(is_it) {
            Some(at) => Some(at + before.len()),
            None => before.iter().position(is_it),
        };
        self.effort += match found {
            Some(at) if at >= self.expected => at - self.expected,
            Some(_) | None => fields.len(),
        };
        found
    }
}

/// A hash table of the fields' positions, for objects with many members in another order.
struct Index {
    /// A position plus one, or 0; a field that finds its slot taken goes into the next.
    slots: Vec<u16>,
}

impl Index {
    fn new(fields: &[Field<'_>]) -> Self {
        let size = (fields.len() * 2).next_power_of_two();
        let mut index = Self {
            slots: vec![0; size],
        };
        for ((name, _), position) in fields.iter().zip(1..=u16::MAX) {
            let free = index
                .probe(name)
                .find(|&slot| index.slots.get(slot) == Some(&0));
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

/// The names are the document's, not the server's: nobody gains by making them collide.
fn hash(name: &str) -> usize {
    name.bytes().fold(name.len(), |hash, byte| {
        (hash.rotate_left(5) ^ usize::from(byte)).wrapping_mul(0x9E37_79B9)
    })
}

//! Where every value of a YAML text stands, noted while its values are read.

use super::keys::{short, Keys};
use super::spans::Spot;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

/// The number of a value in the outline.
pub(super) type EntryId = u32;

/// What the root has in place of a value around it.
const NONE: EntryId = EntryId::MAX;

/// A part of the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub start: u32,
    pub end: u32,
}

impl Extent {
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: short(start),
            end: short(end),
        }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    parent: EntryId,
    name: u32,
    key: Option<Extent>,
    value: Extent,
    container: bool,
}

/// The spots of a file in the order of its text, each after what holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub(super) keys: Keys,
    entries: Vec<Entry>,
    /// Values by the one around them and their name: made when a spot is first asked for, which few runs do.
    index: OnceLock<IndexMap<(EntryId, u32), EntryId, FxBuildHasher>>,
}

impl Outline {
    /// Notes a value.
    pub(super) fn add(
        &mut self,
        parent: Option<EntryId>,
        (name, key): (u32, Option<Extent>),
        value: Extent,
        container: bool,
    ) -> EntryId {
        let id = short(self.entries.len());
        self.entries.push(Entry {
            parent: parent.unwrap_or(NONE),
            name,
            key,
            value,
            container,
        });
        id
    }

    /// Notes where a container that was open ends.
    pub(super) fn close(&mut self, id: EntryId, end: u32) {
        if let Some(entry) = self.entries.get_mut(id as usize) {
            entry.value.end = end.max(entry.value.start);
        }
    }

    /// The spot that steps from the root lead to, and whether it is exactly that one rather than its nearest ancestor. The
    /// last of equal keys is meant.
    pub(super) fn find<'a>(
        &self,
        steps: impl IntoIterator<Item = &'a str>,
    ) -> Option<(Spot, bool)> {
        let index = self.index.get_or_init(|| self.indexed());
        let mut at = 0;
        let mut steps = steps.into_iter();
        let gone = steps.any(|step| {
            let name = self.keys.find(step);
            match name.and_then(|name| index.get(&(at, name))) {
                Some(inner) => {
                    at = *inner;
                    false
                }
                None => true,
            }
        });
        let entry = self.entries.get(at as usize)?;
        let spot = Spot {
            key: entry.key.map(Extent::range),
            value: entry.value.range(),
            container: entry.container,
        };
        Some((spot, !gone))
    }

    fn indexed(&self) -> IndexMap<(EntryId, u32), EntryId, FxBuildHasher> {
        let named = self.entries.iter().zip(0..);
        named
            .map(|(entry, id)| ((entry.parent, entry.name), id))
            .collect()
    }
}

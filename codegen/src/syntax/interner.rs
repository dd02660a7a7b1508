//! The keys of one file, each stored once: documents repeat a few of them thousands of times.

use super::node::Key;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Keys by number, in the order of their first occurrence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Interner {
    keys: IndexSet<Key, FxBuildHasher>,
    /// The numbers of the keys of items: `0`, `1` and so on.
    indices: Vec<u32>,
}

impl Interner {
    /// The number of a key, which is added if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        let known = self.keys.get_index_of(text);
        to_u32(known.unwrap_or_else(|| self.keys.insert_full(Key::from(text)).0))
    }

    /// The number of the key of an item of a list.
    pub fn index(&mut self, index: usize) -> u32 {
        while self.indices.len() <= index {
            let number = self.number(&self.indices.len().to_string());
            self.indices.push(number);
        }
        self.indices.get(index).copied().unwrap_or(u32::MAX)
    }

    /// The number of a key that the file has.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.keys.get_index_of(text).map(to_u32)
    }

    /// The key with this number.
    pub fn get(&self, number: u32) -> Key {
        let key = usize::try_from(number).map(|number| self.keys.get_index(number));
        key.ok().flatten().cloned().unwrap_or_default()
    }
}

/// A count or an offset in half the space: no file has four billion keys, values or bytes.
pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

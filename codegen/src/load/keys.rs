//! The keys of one file, each once: documents repeat a few of them thousands of times.

use super::node::Key;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Keys by number, in the order in which they were first seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Keys {
    seen: IndexSet<Key, FxBuildHasher>,
    /// The keys of items: `0`, `1` and so on.
    items: Vec<u32>,
}

impl Keys {
    /// The number of a key, which is new to the file or not.
    pub fn number(&mut self, text: &str) -> u32 {
        let found = self.seen.get_index_of(text);
        short(found.unwrap_or_else(|| self.seen.insert_full(Key::from(text)).0))
    }

    /// The number of the key of an item of a list.
    pub fn item(&mut self, index: usize) -> u32 {
        while self.items.len() <= index {
            let number = self.number(&self.items.len().to_string());
            self.items.push(number);
        }
        self.items.get(index).copied().unwrap_or(u32::MAX)
    }

    /// The number of a key that the file has.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.seen.get_index_of(text).map(short)
    }

    /// The key with this number.
    pub fn get(&self, number: u32) -> Key {
        let key = usize::try_from(number).map(|number| self.seen.get_index(number));
        key.ok().flatten().cloned().unwrap_or_default()
    }
}

/// What counts keys, values or bytes of a file, in half the space: no file has four billion.
pub(super) fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! The origins of values, in twenty-four bytes a value.

use super::node::Key;
use super::pointer;

/// The number of a file that was loaded; 0 is the entry document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The origin of a value, by its number in [`OriginTable`]; by default the entry document as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginId(u32);

#[derive(Clone, Debug)]
struct Entry {
    parent: u32,
    file: FileId,
    key: Option<Key>,
}

/// Every origin: its file, its parent and its key in the parent.
#[derive(Clone, Debug, Default)]
pub struct OriginTable {
    entries: Vec<Entry>,
}

impl OriginTable {
    fn add(&mut self, entry: Entry) -> OriginId {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        OriginId(id)
    }

    /// The whole of a file.
    pub fn root(&mut self, file: FileId) -> OriginId {
        self.add(Entry { parent: u32::MAX, file, key: None })
    }

    /// A member or item of a value.
    pub fn child(&mut self, parent: OriginId, key: Key) -> OriginId {
        let file = self.file(parent);
        self.add(Entry { parent: parent.0, file, key: Some(key) })
    }

    /// `true` if a value is a member or item of another.
    pub fn is_child_of(&self, id: OriginId, parent: OriginId) -> bool {
        self.entry(id.0).is_some_and(|entry| entry.parent == parent.0)
    }

    fn entry(&self, id: u32) -> Option<&Entry> {
        self.entries.get(usize::try_from(id).ok()?)
    }

    /// The file of a value.
    pub fn file(&self, id: OriginId) -> FileId {
        self.entry(id.0).map_or(FileId(0), |entry| entry.file)
    }

    /// The steps from the file's root to a value.
    pub fn steps(&self, id: OriginId) -> Vec<&str> {
        let mut steps = Vec::new();
        let mut at = id.0;
        while let Some(entry) = self.entry(at) {
            steps.extend(entry.key.as_deref());
            at = entry.parent;
        }
        steps.reverse();
        steps
    }

    /// The JSON pointer of a value in its file.
    pub fn pointer(&self, id: OriginId) -> String {
        pointer::join(self.steps(id))
    }

    /// The number of origins.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// `true` if nothing was loaded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

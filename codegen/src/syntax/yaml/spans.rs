//! The spans of all values of a YAML text, recorded while the values are read.

use crate::syntax::interner::{to_u32, Interner};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

/// The number of a value in [`YamlSpans`].
pub(super) type SpanId = u32;

/// The parent of the root.
const NO_PARENT: SpanId = SpanId::MAX;

/// The part of a text that a member or item takes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSpan {
    /// The key; `None` for an item or the root.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
    /// `true` if the value is an object or array.
    pub is_container: bool,
}

/// A range of bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByteRange {
    pub start: u32,
    pub end: u32,
}

impl ByteRange {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: to_u32(start), end: to_u32(end) }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    parent: SpanId,
    name: u32,
    key: Option<ByteRange>,
    value: ByteRange,
    is_container: bool,
}

/// The spans of a file in the order of its text, each after that of its parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YamlSpans {
    pub(super) keys: Interner,
    entries: Vec<Entry>,
    /// Values by parent and name; made for the first look-up, since few runs need any.
    index: OnceLock<IndexMap<(SpanId, u32), SpanId, FxBuildHasher>>,
}

impl YamlSpans {
    /// Records a value.
    pub(super) fn add(
        &mut self,
        parent: Option<SpanId>,
        name: u32,
        key: Option<ByteRange>,
        value: ByteRange,
        is_container: bool,
    ) -> SpanId {
        let id = to_u32(self.entries.len());
        self.entries.push(Entry {
            parent: parent.unwrap_or(NO_PARENT),
            name,
            key,
            value,
            is_container,
        });
        id
    }

    /// Sets the end of a container.
    pub(super) fn close(&mut self, id: SpanId, end: u32) {
        if let Some(entry) = self.entries.get_mut(id as usize) {
            entry.value.end = end.max(entry.value.start);
        }
    }

    /// The span at the steps from the root, and `true` if it is exact rather than that of the nearest ancestor. Of equal
    /// keys the last counts.
    pub fn find<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<(NodeSpan, bool)> {
        let index = self.index.get_or_init(|| self.indexed());
        let mut at = 0;
        let is_exact = steps.into_iter().all(|step| {
            let name = self.keys.find(step);
            let inner = name.and_then(|name| index.get(&(at, name)));
            at = inner.copied().unwrap_or(at);
            inner.is_some()
        });
        let entry = self.entries.get(at as usize)?;
        let span = NodeSpan {
            key: entry.key.map(ByteRange::range),
            value: entry.value.range(),
            is_container: entry.is_container,
        };
        Some((span, is_exact))
    }

    fn indexed(&self) -> IndexMap<(SpanId, u32), SpanId, FxBuildHasher> {
        let named = self.entries.iter().zip(0..);
        named.map(|(entry, id)| ((entry.parent, entry.name), id)).collect()
    }
}

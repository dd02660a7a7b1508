//! The files that were loaded, and the spans of their values.

mod spans;

pub use crate::syntax::{FileId, NodeSpan};

use crate::syntax::YamlSpans;
use spans::Spans;
use std::sync::OnceLock;

/// One loaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name for messages: as the user wrote it, or relative to the document.
    pub name: String,
    /// The text, without a byte-order mark.
    pub text: String,
    spans: OnceLock<Spans>,
}

impl File {
    /// The span at the steps from the root, and `true` if it is exact rather than that of the nearest ancestor. Spans of
    /// JSON are read on the first look-up.
    pub fn find<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<(NodeSpan, bool)> {
        let spans = self.spans.get_or_init(|| Spans::new(&self.text));
        spans.find(&self.text, steps)
    }

    /// Stores the spans that were recorded while the text was read as YAML.
    pub(crate) fn set_spans(&self, spans: YamlSpans) {
        self.spans.get_or_init(|| Spans::Yaml(spans));
    }
}

/// All loaded files, the entry document first.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Adds a file; a byte-order mark at the start of its text is removed.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        self.files.push(File { name: name.into(), text, spans: OnceLock::new() });
        id
    }

    /// The file with this number.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// Every file with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0..).map(FileId).zip(&self.files)
    }
}

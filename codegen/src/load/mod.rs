//! Text and files in, values out: the only phase that knows JSON, YAML and other files.

/// A file that was loaded, by its number in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One loaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name to show, as the user gave it or relative to the document.
    pub name: String,
    /// The text as it was read, without a byte-order mark.
    pub text: String,
}

/// Every file that was loaded, the entry document first.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File {
            name: name.into(),
            text: text.into(),
        });
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

/// Hands the text of files to the generator, which reads none itself.
pub trait Loader {
    /// The text of the file at `path`: the entry document as the user named it, or a path relative to the entry's folder.
    ///
    /// # Errors
    /// A sentence that says why there is no text, such as `no such file` or `outside the document's folder`.
    fn load(&self, path: &str) -> Result<String, String>;
}

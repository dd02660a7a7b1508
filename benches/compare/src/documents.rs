//! The documents, and the operations that each declares.

use std::fs;
use std::path::{Path, PathBuf};

use typewright::host::disk::Disk;
use typewright_benches::repeat;

use crate::operations;

/// A document that is generated from.
pub struct Document {
    /// Its file name.
    pub name: String,
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
}

/// The documents in a folder, the smallest first.
pub fn documents(folder: &Path) -> Vec<Document> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let documents = files.filter_map(|file| {
        let metadata = file.metadata().ok()?;
        let name = file.file_name().to_string_lossy().into_owned();
        let document = Document { name, path: file.path(), length: metadata.len() };
        metadata.is_file().then_some(document)
    });
    let mut documents: Vec<_> = documents.collect();
    documents.sort_by_key(|document| document.length);
    documents
}

/// The operations below `paths`, in their common form.
///
/// # Panics
/// The document cannot be read.
pub fn declared(path: &Path) -> Vec<String> {
    let document = repeat::document(&path.to_string_lossy(), &Disk::new(path));
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let keys = item.as_object().into_iter().flatten().map(|(key, _)| key);
        let methods = keys.filter(|key| operations::is_method(key));
        methods.map(|method| operations::common(method, path)).collect::<Vec<_>>()
    });
    operations.collect()
}

//! Documents on disk.

#![expect(clippy::disallowed_methods, reason = "documents are read here only")]

use crate::load::{Loader, ReadError};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The size of the largest file, in bytes.
pub const MAX_BYTES: u64 = 256 << 20;

/// Reads a document and the files in its folder and below; others are rejected, also behind links.
///
/// ```
/// use typewright::host::disk::Disk;
/// use typewright::load::Loader;
///
/// let disk = Disk::new("no/such/openapi.yaml");
/// let error = disk.load_named("no/such/openapi.yaml").unwrap_err();
/// assert_eq!(error.to_string(), "no such file");
/// assert_eq!(disk.requested_files(), [std::path::Path::new("no/such/openapi.yaml")]);
/// ```
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    root: Option<PathBuf>,
    /// By their paths without links, if they exist.
    requested: RefCell<IndexMap<PathBuf, PathBuf>>,
}

impl Disk {
    /// A loader for the document at the path `entry`. References may refer to files in its folder and below.
    pub fn new(entry: impl AsRef<Path>) -> Self {
        let folder = entry.as_ref().parent().unwrap_or(Path::new("")).to_path_buf();
        Self { folder, root: None, requested: RefCell::default() }
    }

    /// Allows references to files in the folder `root` and below.
    #[must_use]
    pub fn with_root(self, root: impl Into<PathBuf>) -> Self {
        Self { root: Some(root.into()), ..self }
    }

    /// The files that were asked for, each once, in order: those that were read, and those that could not be, which may
    /// appear later. Files that are rejected are not among them.
    pub fn requested_files(&self) -> Vec<PathBuf> {
        self.requested.borrow().values().cloned().collect()
    }

    fn read(&self, path: &Path) -> Result<String, String> {
        let real = self.request(path)?;
        self.requested.borrow_mut().entry(real).or_insert_with(|| path.to_path_buf());
        read_text(path)
    }

    /// The path of a file without links. One that is missing counts as requested.
    fn request(&self, path: &Path) -> Result<PathBuf, String> {
        resolved(path).inspect_err(|_| {
            self.requested.borrow_mut().insert(path.to_path_buf(), path.to_path_buf());
        })
    }

    fn path_of(&self, path: &str) -> Result<PathBuf, String> {
        let full = self.folder.join(path);
        let allowed = self.root.as_deref().unwrap_or(&self.folder);
        let real = self.request(&full)?;
        if real.starts_with(resolved(allowed)?) {
            Ok(full)
        } else {
            Err("outside the document's folder".into())
        }
    }
}

impl Loader for Disk {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        refuse_url(path)?;
        Ok(self.read(&self.path_of(path)?)?)
    }

    /// The text of the file at the path `name`, in any folder.
    fn load_named(&self, name: &str) -> Result<String, ReadError> {
        refuse_url(name)?;
        Ok(self.read(Path::new(name))?)
    }

    fn is_confined(&self) -> bool {
        self.root.is_none()
    }
}

fn refuse_url(path: &str) -> Result<(), String> {
    if path.contains("://") {
        return Err("the network is not accessed; store a copy and name that".into());
    }
    Ok(())
}

/// The path without links and `..`; the empty path is the working directory.
fn resolved(path: &Path) -> Result<PathBuf, String> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).map_err(|error| reason(path, &error))
}

/// The text of a file.
///
/// # Errors
/// The reason: no such file, a folder, a pipe or a device, too long, not UTF-8 (with the place), or the error of the
/// system.
pub fn read_text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| reason(path, &error))?;
    // reading a pipe blocks until something writes to it, and a device may never end
    if !metadata.is_file() && !metadata.is_dir() {
        return Err("it is a pipe, a socket or a device, not a regular file".into());
    }
    if metadata.len() > MAX_BYTES {
        return Err(format!("it is longer than {} MB", MAX_BYTES >> 20));
    }
    decoded(fs::read(path).map_err(|error| reason(path, &error))?)
}

/// The text of the bytes of a file.
///
/// # Errors
/// They are not UTF-8, with the place.
pub fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| encoding_error(error.as_bytes(), &error.utf8_error()))
}

/// Every file below `folder` whose name ends in one of `extensions`, sorted. Links to folders are not followed.
///
/// # Errors
/// The error of the system if a folder cannot be listed.
pub fn files_below(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut pending = vec![folder.to_path_buf()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| reason(&folder, &error))? {
            let entry = entry.map_err(|error| error.to_string())?;
            let path = entry.path();
            let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                pending.push(path);
            } else if extensions.iter().any(|allowed| extension == *allowed) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn reason(path: &Path, error: &std::io::Error) -> String {
    if error.kind() == ErrorKind::NotFound {
        let hint = only_document(path).map(|name| format!("; is `{name}` meant?"));
        return format!("no such file{}", hint.unwrap_or_default());
    }
    if path.is_dir() {
        return "it is a folder, not a file".into();
    }
    error.to_string()
}

/// The YAML or JSON file in the folder of a file that does not exist, if there is exactly one.
fn only_document(path: &Path) -> Option<String> {
    let folder = path.parent()?;
    let listed =
        fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
    let mut names =
        listed.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(|name| {
            let (_, extension) = name.rsplit_once('.').unwrap_or_default();
            matches!(extension, "yaml" | "yml" | "json")
        });
    let only = names.next()?;
    names.next().is_none().then_some(only)
}

fn encoding_error(bytes: &[u8], error: &std::str::Utf8Error) -> String {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return "it is UTF-16; save it as UTF-8".into();
    }
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column =
        String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
    format!("it is not UTF-8: line {line}, column {column} holds other bytes")
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;

//! Shared by all tests: paths, loaders of documents, expectations, and packages to compile.

pub mod golden;
pub mod package;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use typewright::host::disk;
use typewright::Loader;

/// The repository's root folder.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap().to_path_buf()
}

/// A scratch folder below the target folder; created where it is missing.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The target folder of the repository: crates that tests write share with it what they depend on.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_path_buf()
}

/// A file or folder of the input material in `../shared`; `None`, after a printed line, where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let base = std::env::var_os("TYPEWRIGHT_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from);
    let full = base.join(path);
    if !full.exists() {
        print_always(&format!("skipped: ../shared/{path} does not exist"));
        return None;
    }
    Some(full)
}

/// Prints a line to stderr. The test harness hides what `println!` writes in tests that pass.
pub fn print_always(line: &str) {
    // a closed stderr is no reason to fail
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The documents below a folder, by path.
pub fn documents_below(folder: &Path) -> Vec<PathBuf> {
    disk::files_below(folder, &["json", "yaml", "yml"]).unwrap()
}

/// The time that this thread has spent on a processor, since other tests run at the same time; the time of day where
/// the system does not tell.
pub fn cpu_time() -> Duration {
    let schedstat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = schedstat.split(' ').next().and_then(|number| number.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    nanoseconds.map_or_else(clock, Duration::from_nanos)
}

/// `true` if expectations are to be renewed: the one switch of all tests.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Compares a text with a committed file, as [`difference`]. With `UPDATE=1` the file is written first, or removed where
/// the text is empty.
pub fn compare(file: &Path, actual: &str) -> String {
    if is_update() && actual.is_empty() {
        // it may never have existed
        let _ = fs::remove_file(file);
    } else if is_update() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, actual).unwrap();
    }
    difference(file, actual)
}

/// The difference between a committed file and a text; empty if they are equal.
pub fn difference(file: &Path, actual: &str) -> String {
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return String::new();
    }
    let lines = similar::TextDiff::from_lines(expected.as_str(), actual);
    let diff = lines.unified_diff().context_radius(2).to_string();
    format!("--- {}\n{diff}\n", file.display())
}

/// Compares a text with the file at `path`, which is relative to the folder of the tests.
pub fn assert_file(path: &str, actual: &str) {
    let difference = compare(&root().join("tests").join(path), actual);
    assert!(difference.is_empty(), "UPDATE=1 accepts the difference:\n{difference}");
}

/// A loader of texts in memory, by file name.
#[derive(Clone)]
pub struct Memory(BTreeMap<String, String>);

impl Memory {
    /// A loader of these files.
    pub fn new<N: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (N, T)>) -> Self {
        let files = files.into_iter();
        Self(files.map(|(name, text)| (name.into(), text.into())).collect())
    }

    /// A loader of one document, called `openapi.yaml`.
    pub fn document(text: impl Into<String>) -> Self {
        Self::new([("openapi.yaml", text)])
    }
}

impl Loader for Memory {
    fn load(&self, path: &str) -> Result<String, typewright::ReadError> {
        let text = self.0.get(path).cloned();
        text.ok_or_else(|| "no such file".into())
    }

    fn load_named(&self, name: &str) -> Result<String, typewright::ReadError> {
        let file = name.rsplit('/').next().unwrap_or_default();
        self.load(name).or_else(|_| self.load(file))
    }
}

//! The list of copies with their hashes: `typewright-documents/lock.toml`.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::host::disk::read_text;
use typewright::host::output_dir::{escape_reason, is_equal_text, is_plain, Change};

/// Folder of the copies, in the folder of the configuration.
pub const FOLDER: &str = "typewright-documents";
/// File name of the list, in that folder.
const NAME: &str = "lock.toml";
const HEAD: &str =
    "# Copies of documents, and their SHA-256. Written by `typewright update`; commit this folder.\n\n";

/// The documents that have copies.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    #[serde(default)]
    document: Vec<ExclusiveLock>,
}

/// A document that has a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusiveLock {
    /// Its URL without user and query.
    url: String,
    /// Path of its copy.
    copy: String,
    /// Hashes of the copy and of the files that it refers to, by path.
    sha256: BTreeMap<String, String>,
}

/// The SHA-256 of a text in hexadecimal digits. Line ends count as line feeds: version control may change them.
pub fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n"));
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Lock {
    /// The path of the list.
    pub fn path(base: &Path) -> PathBuf {
        base.join(FOLDER).join(NAME)
    }

    /// Reads the list of a configuration's folder; empty if there is none.
    ///
    /// The list comes with a repository, which may be anybody's, and files are read, replaced and removed by it. So it is
    /// refused as a whole if an entry names a path outside of the folder of the copies.
    ///
    /// # Errors
    /// Returns the reason why it cannot be read or is refused.
    pub fn read(base: &Path) -> Result<Self, String> {
        let path = Self::path(base);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = read_text(&path)?;
        let lock: Self = toml::from_str(&text).map_err(|error| error.message().to_owned())?;
        lock.document.iter().try_for_each(ExclusiveLock::check)?;
        Ok(lock)
    }

    /// The entry of a document by the path of its copy.
    pub fn find(&self, copy: &str) -> Option<&ExclusiveLock> {
        self.document.iter().find(|locked| locked.copy == copy)
    }

    fn files(&self) -> BTreeSet<&String> {
        let all = self.document.iter();
        all.flat_map(|locked| locked.sha256.keys()).collect()
    }

    /// The list with the fetched files of a document in place of its earlier entry.
    pub fn with(&self, url: String, copy: String, files: &BTreeMap<String, String>) -> Self {
        let sha256 = files.iter().map(|(path, text)| (path.clone(), hash(text))).collect();
        let others = self.document.iter().filter(|locked| locked.copy != copy);
        let mut document: Vec<ExclusiveLock> = others.cloned().collect();
        document.push(ExclusiveLock { url, copy, sha256 });
        document.sort_by(|a, b| a.copy.cmp(&b.copy));
        Self { document }
    }

    /// The changes in the folder of the copies that store this list and these files.
    pub fn changes(
        &self,
        old: &Self,
        base: &Path,
        files: &BTreeMap<String, String>,
    ) -> Vec<Change> {
        let folder = base.join(FOLDER);
        let present = |path: &str| read_text(&folder.join(path)).ok();
        let text = toml::to_string(self).unwrap_or_default();
        let list = (NAME.to_owned(), format!("{HEAD}{text}"));
        let copies = files.iter().map(|(path, text)| (path.clone(), text.clone()));
        let written = copies.chain([list]).filter_map(|(path, new)| {
            let old = present(&path);
            let current = old.as_deref().is_some_and(|old| is_equal_text(old, &new));
            (!current).then_some(Change { path, old, new: Some(new) })
        });
        let retained = self.files();
        let obsolete = old.files().into_iter().filter(|path| !retained.contains(path));
        let removed = obsolete.filter_map(|path| {
            let old = Some(present(path)?);
            Some(Change { path: path.clone(), old, new: None })
        });
        written.chain(removed).collect()
    }
}

impl ExclusiveLock {
    /// Checks that all paths are below the folder of the copies, and that the copy and its files have hashes.
    fn check(&self) -> Result<(), String> {
        for path in self.sha256.keys().chain([&self.copy]) {
            if !is_plain(path) || path.eq_ignore_ascii_case(NAME) {
                let path = path.escape_default();
                return Err(format!("`{path}` is no path of a copy below `{FOLDER}`"));
            }
        }
        if !self.sha256.contains_key(&self.copy) {
            let copy = self.copy.escape_default();
            return Err(format!("there is no hash of the copy `{copy}`"));
        }
        let digits = |hash: &str| hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unfit = |hash: &&String| hash.len() != 64 || !digits(hash);
        match self.sha256.values().find(unfit) {
            None => Ok(()),
            Some(hash) => Err(format!("`{}` is no SHA-256", hash.escape_default())),
        }
    }

    /// Checks that all copies are those that were fetched.
    ///
    /// # Errors
    /// Returns the first copy that is not, and the reason.
    pub fn verify(&self, base: &Path) -> Result<(), String> {
        for (path, expected) in &self.sha256 {
            let full = base.join(FOLDER).join(path);
            let copy = full.display();
            if let Some(reason) = escape_reason(&base.join(FOLDER), path) {
                return Err(format!("the copy `{copy}` is not read: {reason}"));
            }
            let text = read_text(&full)
                .map_err(|reason| format!("the copy `{copy}` cannot be read: {reason}"))?;
            if hash(&text) != *expected {
                return Err(format!(
                    "the copy `{copy}` is not what was fetched: it has another hash"
                ));
            }
        }
        Ok(())
    }
}

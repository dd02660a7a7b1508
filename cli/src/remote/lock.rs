//! Which copies there are, and the hash of each: `typewright-documents/lock.toml`.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::host::disk::read_text;
use typewright::host::output_dir::{escape_reason, is_equal_text, is_plain, Change};

/// The folder of the copies, beside the configuration.
pub const FOLDER: &str = "typewright-documents";
/// The list, in that folder.
const NAME: &str = "lock.toml";
const HEAD: &str =
    "# Copies of documents, and their SHA-256. Written by `typewright update`; commit this folder.\n\n";

/// Every document of which there is a copy.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    #[serde(default)]
    document: Vec<Locked>,
}

/// A document of which there is a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// Its URL without user and query.
    url: String,
    /// The path of its copy.
    copy: String,
    /// The hashes of the copy and of what it refers to, by their paths.
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
    /// Where the list is.
    pub fn path(base: &Path) -> PathBuf {
        base.join(FOLDER).join(NAME)
    }

    /// The list beside a configuration; empty where there is none yet.
    ///
    /// The list comes with the repository, which may be anybody's: files are read, replaced and removed after it, so that
    /// an entry that names any other place than one below the folder of the copies makes it useless as a whole.
    ///
    /// # Errors
    /// Why it cannot be read, or what in it is refused.
    pub fn read(base: &Path) -> Result<Self, String> {
        let path = Self::path(base);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = read_text(&path)?;
        let lock: Self = toml::from_str(&text).map_err(|error| error.message().to_owned())?;
        lock.document.iter().try_for_each(Locked::check)?;
        Ok(lock)
    }

    /// The entry of a document by the path of its copy.
    pub fn find(&self, copy: &str) -> Option<&Locked> {
        self.document.iter().find(|locked| locked.copy == copy)
    }

    fn files(&self) -> BTreeSet<&String> {
        let all = self.document.iter();
        all.flat_map(|locked| locked.sha256.keys()).collect()
    }

    /// The list with what was fetched of a document in place of what was known of it.
    pub fn with(&self, url: String, copy: String, files: &BTreeMap<String, String>) -> Self {
        let sha256 = files
            .iter()
            .map(|(path, text)| (path.clone(), hash(text)))
            .collect();
        let others = self.document.iter().filter(|locked| locked.copy != copy);
        let mut document: Vec<Locked> = others.cloned().collect();
        document.push(Locked { url, copy, sha256 });
        document.sort_by(|a, b| a.copy.cmp(&b.copy));
        Self { document }
    }

    /// What has to change in the folder of the copies for it to hold this list and these files.
    pub fn changes(
        &self,
        old: &Self,
        base: &Path,
        files: &BTreeMap<String, String>,
    ) -> Vec<Change> {
        let folder = base.join(FOLDER);
        let present = |path: &str| read_text(&folder.join(path)).ok();
        let own = toml::to_string(self).unwrap_or_default();
        let list = (NAME.to_owned(), format!("{HEAD}{own}"));
        let wanted = files
            .iter()
            .map(|(path, text)| (path.clone(), text.clone()));
        let written = wanted.chain([list]).filter_map(|(path, new)| {
            let old = present(&path);
            let current = old.as_deref().is_some_and(|old| is_equal_text(old, &new));
            (!current).then_some(Change {
                path,
                old,
                new: Some(new),
            })
        });
        let kept = self.files();
        let gone = old.files().into_iter().filter(|path| !kept.contains(path));
        let removed = gone.filter_map(|path| {
            let old = Some(present(path)?);
            Some(Change {
                path: path.clone(),
                old,
                new: None,
            })
        });
        written.chain(removed).collect()
    }
}

impl Locked {
    /// Whether every path leads below the folder of the copies, and everything has a hash.
    fn check(&self) -> Result<(), String> {
        for path in self.sha256.keys().chain([&self.copy]) {
            if !is_plain(path) || path.eq_ignore_ascii_case(NAME) {
                let shown = path.escape_default();
                return Err(format!("`{shown}` is no path of a copy below `{FOLDER}`"));
            }
        }
        if !self.sha256.contains_key(&self.copy) {
            let shown = self.copy.escape_default();
            return Err(format!("there is no hash of the copy `{shown}`"));
        }
        let digits = |hash: &str| hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unfit = |hash: &&String| hash.len() != 64 || !digits(hash);
        match self.sha256.values().find(unfit) {
            None => Ok(()),
            Some(hash) => Err(format!("`{}` is no SHA-256", hash.escape_default())),
        }
    }

    /// Whether every copy is what was fetched.
    ///
    /// # Errors
    /// Which is not, and why.
    pub fn verify(&self, base: &Path) -> Result<(), String> {
        for (path, expected) in &self.sha256 {
            let full = base.join(FOLDER).join(path);
            let shown = full.display();
            if let Some(reason) = escape_reason(&base.join(FOLDER), path) {
                return Err(format!("the copy `{shown}` is not read: {reason}"));
            }
            let text = read_text(&full)
                .map_err(|reason| format!("the copy `{shown}` cannot be read: {reason}"))?;
            if hash(&text) != *expected {
                return Err(format!(
                    "the copy `{shown}` is not what was fetched: it has another hash"
                ));
            }
        }
        Ok(())
    }
}

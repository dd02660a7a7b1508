//! One run at a time in a folder: an advisory lock, which the system releases when a run ends, however it ends.
//!
//! The lock is on the folder itself, so that no file of it is left. Where the system has no locks on folders (Windows,
//! some network file systems) it is on a file in the folder for temporary files, called after the output folder.

#![expect(
    clippy::disallowed_types,
    reason = "this is where the fronts lock output folders"
)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How the name of a staging folder begins.
pub(super) const STAGING: &str = ".typewright-staging-";

/// How often a folder is made anew that another run has removed before it was locked.
const MOST_TRIES: usize = 1000;

/// A folder that no other run of the generator writes to while this value lives.
///
/// What a run that was killed has left in it is gone once it is locked.
#[derive(Debug)]
pub struct Locked {
    folder: PathBuf,
    /// The outermost folder that was made for it.
    made: Option<PathBuf>,
    /// Released when it is closed.
    _file: File,
}

/// A folder that no run of the generator changes while this value lives.
#[derive(Debug)]
pub struct Shared {
    _file: File,
}

impl Locked {
    /// Locks a folder for writing, and makes it where there is none; a folder that stays empty is removed again.
    ///
    /// `waiting` is called where another run holds the lock, before this one waits for it.
    ///
    /// # Errors
    /// The system's words for why the folder cannot be made or locked.
    pub fn new(folder: &Path, mut waiting: impl FnMut()) -> io::Result<Self> {
        let mut made = None;
        for _ in 0..MOST_TRIES {
            made = missing(folder).map(Path::to_path_buf).or(made);
            match locked(folder, &mut waiting) {
                // The run before may have removed the folder that it had made.
                Ok(file) if !is_that(folder, &file) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    remove_leftovers(folder);
                    return Ok(Self {
                        folder: folder.to_path_buf(),
                        made,
                        _file: file,
                    });
                }
            }
        }
        Err(io::Error::other(
            "other runs make and remove it all the time",
        ))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let Some(made) = &self.made else { return };
        let mut folder = self.folder.as_path();
        // Fails where something is in it, which is then what was wanted.
        while folder.starts_with(made) && fs::remove_dir(folder).is_ok() {
            let Some(parent) = folder.parent() else {
                return;
            };
            folder = parent;
        }
    }
}

/// The outermost folder of those that do not exist yet.
fn missing(folder: &Path) -> Option<&Path> {
    let named = |above: &&Path| !above.as_os_str().is_empty();
    let missing = folder.ancestors().take_while(|above| !above.exists());
    missing.filter(named).last()
}

/// Makes the folder and waits for its lock.
fn locked(folder: &Path, waiting: &mut impl FnMut()) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = opened(folder)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    Ok(file)
}

impl Shared {
    /// Waits until no run writes to the folder, and keeps others from it; `None` where there is no such folder, or the
    /// system cannot say: reading does no harm.
    pub fn new(folder: &Path) -> Option<Self> {
        let file = folder.is_dir().then(|| opened(folder).ok()).flatten()?;
        file.lock_shared().ok()?;
        Some(Self { _file: file })
    }
}

#[cfg(unix)]
fn opened(folder: &Path) -> io::Result<File> {
    let file = File::open(folder)?;
    match file.try_lock_shared() {
        Err(TryLockError::Error(_)) => beside(folder),
        Ok(()) => file.unlock().map(|()| file),
        Err(TryLockError::WouldBlock) => Ok(file),
    }
}

#[cfg(not(unix))]
fn opened(folder: &Path) -> io::Result<File> {
    beside(folder)
}

/// A file that stands for the folder; it stays, since another run may be about to lock it.
fn beside(folder: &Path) -> io::Result<File> {
    let real = fs::canonicalize(folder)?;
    let name = format!("typewright-{:016x}.lock", fingerprint(&real));
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    options.open(std::env::temp_dir().join(name))
}

/// FNV-1a, which is the same for every version of this program. Folders that share one wait for each other.
fn fingerprint(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether what is locked is still what has this path.
#[cfg(unix)]
fn is_that(folder: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |of: io::Result<fs::Metadata>| of.map(|of| (of.dev(), of.ino())).ok();
    let (ours, there) = (file.metadata(), fs::metadata(folder));
    let is_beside = ours.as_ref().is_ok_and(fs::Metadata::is_file);
    is_beside && there.is_ok() || key(ours) == key(there)
}

#[cfg(not(unix))]
fn is_that(folder: &Path, _: &File) -> bool {
    folder.is_dir()
}

/// Removes what a run that was killed has left.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

//! One run at a time in a folder: an advisory lock, which the system releases when a process ends for any reason.
//!
//! The lock is on the folder itself, so that no lock file remains. Where the system has no locks on folders (Windows, some
//! network file systems) it is on a file in the folder for temporary files, named after the output folder.

#![expect(clippy::disallowed_types, reason = "output folders are locked here only")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The prefix of the names of staging folders.
pub(super) const STAGING: &str = ".typewright-staging-";

/// The attempts to create a folder that other runs remove before it is locked.
const MAX_ATTEMPTS: usize = 1000;

/// A lock that keeps all other runs out of a folder while the value lives.
///
/// Leftovers of a killed run are removed once the folder is locked.
#[derive(Debug)]
pub struct ExclusiveLock {
    folder: PathBuf,
    /// The outermost folder that was created for it.
    created: Option<PathBuf>,
    /// Released when it is closed.
    _file: File,
}

/// A lock that keeps writers out of a folder while the value lives.
#[derive(Debug)]
pub struct SharedLock {
    _file: File,
}

impl ExclusiveLock {
    /// Locks a folder for writing, and creates it if necessary; a folder that stays empty is removed again.
    ///
    /// `waiting` is called before it waits for a lock of another run.
    ///
    /// # Errors
    /// The error of the system if the folder cannot be created or locked.
    pub fn new(folder: &Path, mut waiting: impl FnMut()) -> io::Result<Self> {
        let mut created = None;
        for _ in 0..MAX_ATTEMPTS {
            created = missing(folder).map(Path::to_path_buf).or(created);
            match create_and_lock(folder, &mut waiting) {
                // the previous run may have removed the folder that it had created
                Ok(file) if !is_current(folder, &file) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    remove_leftovers(folder);
                    return Ok(Self { folder: folder.to_path_buf(), created, _file: file });
                }
            }
        }
        Err(io::Error::other("other runs make and remove it all the time"))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for ExclusiveLock {
    fn drop(&mut self) {
        let Some(created) = &self.created else { return };
        let mut folder = self.folder.as_path();
        // fails for a folder with output in it, as intended
        while folder.starts_with(created) && fs::remove_dir(folder).is_ok() {
            let Some(parent) = folder.parent() else {
                return;
            };
            folder = parent;
        }
    }
}

/// The outermost ancestor that does not exist.
fn missing(folder: &Path) -> Option<&Path> {
    let named = |above: &&Path| !above.as_os_str().is_empty();
    let missing = folder.ancestors().take_while(|above| !above.exists());
    missing.filter(named).last()
}

/// Creates the folder and waits for its lock.
fn create_and_lock(folder: &Path, waiting: &mut impl FnMut()) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = open(folder)?;
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

impl SharedLock {
    /// Waits until no run writes to the folder, and keeps writers out; `None` if there is no such folder or the system has
    /// no locks, since reading does no harm.
    pub fn new(folder: &Path) -> Option<Self> {
        let file = folder.is_dir().then(|| open(folder).ok()).flatten()?;
        file.lock_shared().ok()?;
        Some(Self { _file: file })
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    let file = File::open(folder)?;
    match file.try_lock_shared() {
        Err(TryLockError::Error(_)) => lock_file(folder),
        Ok(()) => file.unlock().map(|()| file),
        Err(TryLockError::WouldBlock) => Ok(file),
    }
}

#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    lock_file(folder)
}

/// The file that represents the folder; it is never removed, since another run may be about to lock it.
fn lock_file(folder: &Path) -> io::Result<File> {
    let real = fs::canonicalize(folder)?;
    let name = format!("typewright-{:016x}.lock", fingerprint(&real));
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    options.open(std::env::temp_dir().join(name))
}

/// FNV-1a, which is the same in all versions of this program. Folders with equal hashes only wait for each other.
fn fingerprint(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// `true` if the locked file still has this path.
#[cfg(unix)]
fn is_current(folder: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |metadata: io::Result<fs::Metadata>| {
        let metadata = metadata.ok()?;
        Some((metadata.dev(), metadata.ino()))
    };
    let (locked, present) = (file.metadata(), fs::metadata(folder));
    let is_lock_file = locked.as_ref().is_ok_and(fs::Metadata::is_file);
    is_lock_file && present.is_ok() || key(locked) == key(present)
}

#[cfg(not(unix))]
fn is_current(folder: &Path, _: &File) -> bool {
    folder.is_dir()
}

/// Removes the staging folders of killed runs.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

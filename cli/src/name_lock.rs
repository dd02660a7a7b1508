//! The lock of a generated crate, `typewright.lock` in its folder.

use crate::report::Reporter;
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::lock::{Lock, FILE};
use typewright::source::Files;

/// Reads the lock in the folder of a crate; empty if there is none. `None`, after the problem has been reported, if it cannot
/// be used.
pub fn read(folder: &Path, reporter: &Reporter) -> Option<Lock> {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let lock = load(folder, &mut files, &mut diagnostics);
    reporter.detail_files(&files);
    reporter.report(&files, &diagnostics);
    lock
}

/// Reads the public API in the lock of a crate, without the names, for a run that names everything anew; empty if the lock
/// cannot be used.
pub fn public_api(folder: &Path) -> Lock {
    let lock = load(folder, &mut Files::default(), &mut Diagnostics::new());
    Lock { api: lock.map(|lock| lock.api).unwrap_or_default(), ..Lock::default() }
}

fn load(folder: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Lock> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Some(Lock::default());
    }
    match read_text(&path) {
        Ok(text) => {
            let file = files.add(path.to_string_lossy(), text);
            Lock::read(file, files, diagnostics)
        }
        Err(reason) => {
            let message = format!("`{}` cannot be read: {reason}", path.display());
            diagnostics.lost(codes::LOCK_UNREADABLE, Place::Nowhere, message, None)
        }
    }
}

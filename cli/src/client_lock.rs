//! The lock of a generated crate, on the disk.

use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::lock::{Lock, FILE};
use typewright::source::Files;

/// The lock in the folder of a crate; empty if there is none. `None`, after a diagnostic, if it cannot be used.
pub fn read(out: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Lock> {
    let path = out.join(FILE);
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

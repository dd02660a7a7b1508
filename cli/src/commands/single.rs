//! Commands that write one file.

use super::generate::waiting;
use crate::report::Reporter;
use crate::Status;
use std::path::Path;
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change};
use typewright::source::Files;

/// Writes the file that the user named, whole or not at all; leaves it alone where it says the same already.
pub fn put(path: &Path, text: &str, reporter: &Reporter) -> Status {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut found = Diagnostics::new();
    let Some(locked) = output_dir::lock(folder, || waiting(folder, reporter), &mut found) else {
        reporter.report(&Files::default(), &found);
        return Status::Failed;
    };
    let old = read_text(path).ok();
    if old
        .as_deref()
        .is_some_and(|old| output_dir::is_equal_text(old, text))
    {
        reporter.status(&format!("{}: current", path.display()));
        return Status::Done;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let change = Change {
        path: name.into_owned(),
        old,
        new: Some(text.to_owned()),
    };
    output_dir::apply(&locked, &[change], &mut found);
    if reporter.report(&Files::default(), &found) {
        return Status::Failed;
    }
    reporter.status(&format!("{}: written", path.display()));
    Status::Done
}

//! The subcommands.

pub mod bundle;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod fix;
pub mod generate;
pub mod import;
pub mod init;
pub mod inspect;
pub mod man;
pub mod mock;
pub mod new;
pub mod update;

use crate::report::{Reporter, Status};
use std::path::Path;
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change};
use typewright::source::Files;

/// Writes one file, whole or not at all; leaves a file alone that has this text already.
fn write_file(path: &Path, text: &str, reporter: &Reporter) -> Status {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut diagnostics = Diagnostics::new();
    let Some(locked) =
        output_dir::lock(folder, || report_waiting(folder, reporter), &mut diagnostics)
    else {
        reporter.report(&Files::default(), &diagnostics);
        return Status::Failed;
    };
    let old = read_text(path).ok();
    if old.as_deref().is_some_and(|old| output_dir::is_equal_text(old, text)) {
        reporter.status(&format!("{}: current", path.display()));
        return Status::Done;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let change = Change { path: name.into_owned(), old, new: Some(text.to_owned()) };
    let changes = [change];
    output_dir::apply(&locked, &changes, &mut diagnostics);
    if reporter.report(&Files::default(), &diagnostics) {
        return Status::Failed;
    }
    reporter.detail_changes(path.parent().unwrap_or(Path::new("")), &changes);
    reporter.status(&format!("{}: written", path.display()));
    Status::Done
}

/// Reports that another run has locked the folder.
fn report_waiting(folder: &Path, reporter: &Reporter) {
    let folder = folder.display();
    reporter.note(&format!("{folder}: waiting for another run that writes there"));
}

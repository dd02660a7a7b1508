//! `typewright man`: the command's man pages.

use crate::args::{Arguments, Man};
use crate::report::{Reporter, Status};
use clap::CommandFactory;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::source::Files;

/// Writes a page for the command and for each subcommand.
pub fn run(arguments: &Man, reporter: &Reporter) -> Status {
    let folder = arguments.folder.display();
    if let Err(error) = clap_mangen::generate_to(Arguments::command(), &arguments.folder) {
        let mut diagnostics = Diagnostics::new();
        let message = format!("`{folder}` cannot be written: {error}");
        diagnostics.push(codes::UNWRITABLE, Place::Nowhere, message);
        reporter.report(&Files::default(), &diagnostics);
        return Status::Failed;
    }
    reporter.status(&format!("{folder}: man pages written"));
    Status::Done
}

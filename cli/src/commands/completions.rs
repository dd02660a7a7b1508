//! `typewright completions`: what shells know of the command.

use crate::args::{Arguments, Completions};
use crate::report::{Reporter, Status};
use clap::CommandFactory;

/// Prints the script.
pub fn run(arguments: &Completions, reporter: &Reporter) -> Status {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "typewright", &mut script);
    reporter.print(&String::from_utf8_lossy(&script));
    Status::Done
}

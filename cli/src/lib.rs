//! The `typewright` command: what its arguments mean, and what it reads and writes.

mod args;
mod boundary;
mod client;
mod commands;
mod config;
mod diff;
mod edition;
mod format;
mod inspect;
mod licence;
mod manifest;
mod normal;
mod package;
mod paths;
mod remote;
mod report;
mod wishes;
mod workspace;

use args::{Arguments, Command};
use clap::Parser;
use report::Reporter;
use std::ffi::OsString;
use std::process::ExitCode;

/// A run allocates millions of small values and frees most of them at its end, at which the system's allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// All is done.
    Done,
    /// `--check` found output that is not current.
    Stale,
    /// `diff` found a change that `-D` denies.
    Denied,
    /// The input is at fault.
    Failed,
    /// The arguments make no sense.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => ExitCode::SUCCESS,
            Status::Failed => ExitCode::from(1),
            Status::Usage => ExitCode::from(2),
            Status::Stale => ExitCode::from(3),
            Status::Denied => ExitCode::from(4),
        }
    }
}

/// Runs the command with its arguments, the program's own name first.
///
/// The exit status is 0 where all is done, 1 where the input is at fault, 2 where the arguments are, and 3 where
/// `--check` found that output is not current.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                Status::Usage.into()
            } else {
                Status::Done.into()
            };
        }
    };
    let reporter = Reporter::new(arguments.message_format, arguments.denies_warnings());
    match &arguments.command {
        Command::Generate(options) => commands::generate::run(options, &reporter),
        Command::Bundle(options) => commands::bundle::run(options, &reporter),
        Command::Import(options) => commands::import::run(options, &reporter),
        Command::Update(options) => commands::update::run(options, &reporter),
        Command::Diff(options) => commands::diff::run(options, arguments.denied_level(), &reporter),
        Command::Inspect(options) => commands::inspect::run(options, &reporter),
        Command::Explain(options) => commands::explain::run(options, &reporter),
    }
    .into()
}

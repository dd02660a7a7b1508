//! The `typewright` command.

mod api_changes;
mod args;
mod canonical_rust;
mod changelog;
mod checkout;
mod checksum;
mod client;
mod clock;
mod commands;
mod config;
mod crate_name;
mod file_diff;
mod fix;
mod guide;
mod licence;
mod manifest;
mod name_lock;
mod package;
mod paths;
mod progress;
mod remote;
mod report;
mod rustfmt;
mod starter;
mod type_options;
mod workspace;

use args::Command;
use report::{Reporter, Status};
use std::ffi::OsString;
use std::process::ExitCode;

/// A run allocates millions of small values and frees most of them at its end, at which the system's allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the command with its arguments, the program's name first.
///
/// The exit status is 0 for success, 1 for an error in the input, 2 for wrong arguments, 3 if `--check` found output that is
/// not current, 4 if `diff` found a denied change, and 5 if `fix` left something to do.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match args::parse(arguments.collect()) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Status::Usage.into() } else { Status::Done.into() };
        }
    };
    let reporter = Reporter::new(&arguments);
    let status = match &arguments.command {
        Command::Generate(options) => commands::generate::run(options, &reporter),
        Command::New(options) => commands::new::run(options, &reporter),
        Command::Init(options) => commands::init::run(options, &reporter),
        Command::Completions(options) => commands::completions::run(options, &reporter),
        Command::Man(options) => commands::man::run(options, &reporter),
        Command::Bundle(options) => commands::bundle::run(options, &reporter),
        Command::Mock(options) => commands::mock::run(options, &reporter),
        Command::Import(options) => commands::import::run(options, &reporter),
        Command::Update(options) => commands::update::run(options, &reporter),
        Command::Diff(options) => commands::diff::run(options, arguments.denied_level(), &reporter),
        Command::Fix(options) => commands::fix::run(options, &reporter),
        Command::Inspect(options) => commands::inspect::run(options, &reporter),
        Command::Explain(options) => commands::explain::run(options, &reporter),
    };
    reporter.finish();
    status.into()
}

//! The `typewright` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    typewright_cli::run(std::env::args_os())
}

//! The same command as `cargo typewright`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo hands over its own word for the command as the first argument.
    let mut arguments = std::env::args_os().peekable();
    let program = arguments.next();
    arguments.next_if(|first| first == "typewright");
    typewright_cli::run(program.into_iter().chain(arguments))
}

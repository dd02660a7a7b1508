//! The cost of a run of another program.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::measure::{spent, Cost};

/// Set where this program only runs another and says what that cost.
const PROXY: &str = "TYPEWRIGHT_PROCESS_PROXY";

/// Where this program was started to run another: runs it, prints its cost, and returns its exit status.
#[must_use]
pub fn proxied() -> Option<u8> {
    std::env::var_os(PROXY)?;
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (program, rest) = arguments.split_first()?;
    let status = Command::new(program).args(rest).stdout(Stdio::null()).status().ok()?;
    let cost = spent();
    println!("{} {}", cost.seconds, cost.mebibytes);
    Some(u8::from(!status.success()))
}

/// A run of a program.
pub struct Run {
    /// CPU time and peak memory.
    pub cost: Cost,
    /// `true` if its status is 0.
    pub succeeds: bool,
    /// Its standard error.
    pub errors: String,
}

/// Runs a program, with its output thrown away; `None` where it fails.
///
/// # Panics
/// This program cannot start itself.
#[must_use]
pub fn cost(program: &OsStr, arguments: &[&OsStr]) -> Option<Cost> {
    run(program, arguments).filter(|run| run.succeeds).map(|run| run.cost)
}

/// The same with whether it succeeds and why not; `None` where it cannot be started.
///
/// A process of its own stands between, since the peak of memory is that of all children.
///
/// # Panics
/// This program cannot start itself.
#[must_use]
pub fn run(program: &OsStr, arguments: &[&OsStr]) -> Option<Run> {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg(program)
        .args(arguments)
        .env(PROXY, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (seconds, mebibytes) = text.trim().split_once(' ')?;
    let cost = Cost { seconds: seconds.parse().ok()?, mebibytes: mebibytes.parse().ok()? };
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(Run { cost, succeeds: output.status.success(), errors })
}

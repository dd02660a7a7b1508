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
    let status = Command::new(program)
        .args(rest)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    let cost = spent();
    println!("{} {}", cost.seconds, cost.mebibytes);
    Some(u8::from(!status.success()))
}

/// Runs a program, with its output thrown away; `None` where it fails.
///
/// # Panics
/// This program cannot start itself.
#[must_use]
pub fn cost(program: &OsStr, arguments: &[&OsStr]) -> Option<Cost> {
    let (cost, succeeds) = cost_in_any_case(program, arguments)?;
    succeeds.then_some(cost)
}

/// The same with whether it succeeds; `None` where it cannot be started.
///
/// A process of its own stands between, since the peak of memory is that of all children.
///
/// # Panics
/// This program cannot start itself.
#[must_use]
pub fn cost_in_any_case(program: &OsStr, arguments: &[&OsStr]) -> Option<(Cost, bool)> {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg(program)
        .args(arguments)
        .env(PROXY, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (seconds, mebibytes) = text.trim().split_once(' ')?;
    let cost = Cost { seconds: seconds.parse().ok()?, mebibytes: mebibytes.parse().ok()? };
    Some((cost, output.status.success()))
}

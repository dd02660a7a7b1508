//! The day, the machine and the compiler of a measurement.

use std::fs;
use std::process::Command;

/// The first line that a command prints.
pub fn line(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default().lines().next().unwrap_or_default().trim().to_owned()
}

/// The day, as `2026-01-31`.
pub fn date() -> String {
    line("date", &["-u", "+%F"])
}

/// The version of rustc.
pub fn rustc() -> String {
    line("rustc", &["--version"]).split(' ').nth(1).unwrap_or_default().to_owned()
}

/// The processor, its cores and the memory.
pub fn machine() -> String {
    let value = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let processor = value("/proc/cpuinfo", "model name");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = value("/proc/meminfo", "MemTotal");
    let kibibytes: f64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let gibibytes = (kibibytes / f64::from(1 << 20)).round();
    format!("{processor}, {cores} cores, {gibibytes} GiB")
}

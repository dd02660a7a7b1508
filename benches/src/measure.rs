//! Runs cargo on the written crates, and reads what each run of rustc cost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::sys::resource::{getrusage, UsageWho};

/// Set where this program stands in for rustc: the file that it appends to.
const LOG: &str = "TYPEWRIGHT_COST_LOG";

/// The cost of compiling one crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// CPU seconds, the linker's included.
    pub seconds: f64,
    /// The largest resident size of rustc or the linker, in MiB.
    pub mebibytes: f64,
}

/// Where cargo calls this program as `RUSTC_WRAPPER`: runs rustc, notes its cost, and returns its exit status.
#[must_use]
pub fn wrapped() -> Option<u8> {
    let log = std::env::var_os(LOG)?;
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (rustc, rest) = arguments.split_first()?;
    let status = Command::new(rustc).args(rest).status().ok()?;
    let name = rest
        .windows(2)
        .find(|pair| pair[0] == "--crate-name")
        .map(|pair| pair[1].to_string_lossy());
    let cost = spent();
    let (seconds, kibibytes) = (cost.seconds, cost.mebibytes * 1024.0);
    let line = format!("{} {seconds} {kibibytes}\n", name.unwrap_or_default());
    append(Path::new(&log), &line);
    Some(u8::from(!status.success()))
}

/// The cost of the programs that this one has run so far: their CPU time together, and the memory of the largest.
///
/// # Panics
/// The system does not say.
#[must_use]
pub fn spent() -> Cost {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Cost {
        seconds: seconds(usage.user_time()) + seconds(usage.system_time()),
        mebibytes: usage.max_rss() as f64 / 1024.0,
    }
}

fn append(path: &Path, line: &str) {
    use std::io::Write;
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    file.unwrap().write_all(line.as_bytes()).unwrap();
}

/// A run of cargo.
pub struct Run {
    /// `true` if its status is 0.
    pub succeeds: bool,
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub errors: String,
    /// The cost of each crate that it compiled, by crate name.
    pub costs: BTreeMap<String, Cost>,
}

/// Runs cargo in a folder, with this program between cargo and rustc (see [`wrapped`]).
///
/// # Panics
/// Cargo cannot be started.
#[must_use]
pub fn cargo(
    folder: &Path,
    target: &Path,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Run {
    let log = folder.join("cost.log");
    let _ = fs::remove_file(&log);
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTC_WRAPPER", std::env::current_exe().unwrap())
        .env(LOG, &log)
        // the same choices whatever the machine's owner prefers
        .env_remove("CARGO_BUILD_BUILD_DIR")
        .env_remove("CARGO_PROFILE_DEV_DEBUG")
        .env_remove("RUSTFLAGS")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run {
        succeeds: output.status.success(),
        output: text(&output.stdout),
        errors: text(&output.stderr),
        costs: costs(&fs::read_to_string(&log).unwrap_or_default()),
    }
}

/// The cost of each crate, from the lines that [`wrapped`] appends.
fn costs(log: &str) -> BTreeMap<String, Cost> {
    let lines = log.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let name = fields.next()?.to_owned();
        let mut number = || fields.next()?.parse::<f64>().ok();
        let cost = Cost { seconds: number()?, mebibytes: number()? / 1024.0 };
        Some((name, cost))
    });
    lines.collect()
}

/// A workspace that was written to be measured.
pub struct Ground {
    pub folder: PathBuf,
    pub target: PathBuf,
    /// `true` if rustc keeps what it may use again: dearer at first, cheaper after a change.
    pub incremental: bool,
}

impl Ground {
    /// Runs cargo and gives the cost of each crate it compiled, by crate name.
    ///
    /// # Panics
    /// Cargo fails.
    #[must_use]
    pub fn cargo(&self, arguments: &[&str]) -> BTreeMap<String, Cost> {
        let incremental = if self.incremental { "1" } else { "0" };
        let environment = [("CARGO_INCREMENTAL", incremental), ("RUSTFLAGS", "--cap-lints=allow")];
        let run = cargo(&self.folder, &self.target, arguments, &environment);
        let folder = self.folder.display();
        assert!(run.succeeds, "cargo {arguments:?} failed in {folder}:\n{}", run.errors);
        run.costs
    }

    /// Forgets what cargo built of these packages, in every profile.
    pub fn forget(&self, packages: &[String]) {
        for package in packages {
            for profile in [&[][..], &["--release"]] {
                let arguments = [&["clean", "--quiet", "--package", package][..], profile].concat();
                let _ = self.cargo(&arguments);
            }
        }
    }

    /// Writes a file, where it differs.
    ///
    /// # Panics
    /// The file cannot be written.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

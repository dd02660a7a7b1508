//! Builds and runs the load: many calls at once under faults, by the generated client and others.
//!
//! The program is a package of its own, since it depends on crates that are generated for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::documents::documents;
use crate::package;
use crate::peers::{Peer, OURS, PEERS};
use crate::programs::DOCUMENT;
use crate::stages::Workshop;

#[derive(Args)]
pub struct Options {
    /// Rounds of each client
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Calls of each of the 64 tasks
    #[arg(long, default_value_t = 2_000)]
    calls: usize,
    /// Folder of the program and what it is built in
    #[arg(long, default_value_os_t = crate::root().join("target/compare-load"))]
    folder: PathBuf,
}

/// The sources of the program.
const SOURCES: [(&str, &str); 4] = [
    ("main.rs", include_str!("../load/main.rs")),
    ("clients.rs", include_str!("../load/clients.rs")),
    ("retry.rs", include_str!("../load/retry.rs")),
    ("server.rs", include_str!("../load/server.rs")),
];

const MANIFEST: &str = r#"[package]
name = "load"
version = "0.0.0"
edition = "2024"

[dependencies]
fastrand = "2"
nix = { version = "0.30", default-features = false, features = ["resource"] }
reqwest = { version = "0.13", default-features = false, features = ["rustls"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["io-util", "macros", "net", "rt-multi-thread", "time"] }
ours = { path = "OURS" }
"#;

/// Builds the program, and runs it.
///
/// # Errors
/// The corpus is absent, the program cannot be built, or ours is slower than it may be.
pub fn load(options: &Options, tools: &Path) -> Result<(), String> {
    fs::create_dir_all(&options.folder).map_err(|error| error.to_string())?;
    let folder = options.folder.canonicalize().map_err(|error| error.to_string())?;
    let workshop = Workshop { tools: tools.to_path_buf(), folder: folder.clone(), runs: 1 };
    let corpus = crate::corpus().ok_or("the corpus is absent")?;
    let document = documents(&corpus).into_iter().find(|document| document.name == DOCUMENT);
    let document = document.ok_or_else(|| format!("{DOCUMENT} is absent"))?;
    let named = |peer: &Peer, name: &str| {
        workshop.generate(&document, peer)?;
        let out = workshop.out(&document, peer);
        package::rename(&out, name)?;
        Ok::<_, String>(out.display().to_string())
    };
    let find = |name: &str| PEERS.iter().find(|peer| peer.name == name);
    let ours = named(find(OURS).ok_or("no such generator")?, "ours")?;
    let mut manifest = MANIFEST.replace("OURS", &ours);
    match find("openapi-to-rust").filter(|peer| peer.is_there(tools)) {
        Some(peer) => {
            let path = named(peer, "peer")?;
            manifest += &format!(
                "peer = {{ path = {path:?} }}\n\n[features]\ndefault = [\"peer\"]\npeer = []\n"
            );
        }
        None => {
            println!("openapi-to-rust: not installed");
            manifest += "\n[features]\npeer = []\n";
        }
    }
    let write = |path: &str, text: &str| {
        fs::write(folder.join(path), text).map_err(|error| format!("{path}: {error}"))
    };
    fs::create_dir_all(folder.join("src")).map_err(|error| error.to_string())?;
    write("Cargo.toml", &manifest)?;
    for (name, text) in SOURCES {
        write(&format!("src/{name}"), text)?;
    }
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--"]);
    command.args([options.rounds, options.calls].map(|number| number.to_string()));
    command.current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target"));
    let status = command.status().map_err(|error| error.to_string())?;
    status.success().then_some(()).ok_or_else(|| "the load fails".to_owned())
}

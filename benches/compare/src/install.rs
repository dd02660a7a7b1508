//! Installs the generators from their registries, one after the other.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::peers::{Peer, Source};

/// Installs a generator below a folder, unless it is there.
///
/// # Errors
/// The reason why it cannot be installed.
pub fn install(peer: &Peer, tools: &Path) -> Result<(), String> {
    if peer.is_there(tools) {
        return Ok(());
    }
    let version = format!("{}=={}", peer.package(), peer.version);
    let mut command = match peer.source {
        Source::Here => {
            return Err("build it first: cargo build --profile dist -p typewright-cli".to_owned())
        }
        Source::Crates => {
            let mut command = cargo(tools);
            command.args(["--locked", peer.package(), "--version", peer.version]);
            command
        }
        Source::Library { driver } => {
            let mut command = cargo(tools);
            command.arg("--path").arg(driver_package(peer, driver, tools)?);
            command
        }
        Source::Python => {
            let mut command = Command::new("python3");
            command.args(["-m", "pip", "install", "--quiet", "--target"]);
            command.arg(tools.join("python")).arg(version);
            command
        }
    };
    let status = command.status().map_err(|error| error.to_string())?;
    match peer.is_there(tools) {
        true => Ok(()),
        false if status.success() => Err("it is installed, but cannot be called".to_owned()),
        false => Err(format!("{command:?} fails")),
    }
}

fn cargo(tools: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(["install", "--quiet", "--root"]).arg(tools);
    command.env("CARGO_TARGET_DIR", tools.join("target"));
    command
}

/// The package of a program that calls a library.
fn driver_package(peer: &Peer, driver: &str, tools: &Path) -> Result<std::path::PathBuf, String> {
    let folder = tools.join("drivers").join(peer.name);
    let dependency = format!("{} = \"={}\"", peer.package(), peer.version);
    let manifest = format!(
        "[package]\nname = \"{}-driver\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependency}\n\n[workspace]\n",
        peer.name
    );
    let write = |path: &str, text: &str| fs::write(folder.join(path), text);
    fs::create_dir_all(folder.join("src"))
        .and_then(|()| write("Cargo.toml", &manifest))
        .and_then(|()| write("src/main.rs", driver))
        .map_err(|error| error.to_string())?;
    Ok(folder)
}

//! Makes packages of what generators write that write only modules.

use std::fs;
use std::process::Command;

use crate::peers::{Call, PACKAGE};

fn manifest(dependencies: &str) -> String {
    format!("[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}")
}

fn write(call: &Call, path: &str, text: &str) -> Result<(), String> {
    fs::write(call.out.join(path), text).map_err(|error| format!("{path}: {error}"))
}

/// A module `generated`, with the dependencies in a file beside it.
pub fn openapi_to_rust(call: &Call) -> Result<(), String> {
    let path = call.out.join("src/generated/REQUIRED_DEPS.toml");
    let dependencies = fs::read_to_string(path).map_err(|error| error.to_string())?;
    write(call, "src/lib.rs", "pub mod generated;\n")?;
    write(call, "Cargo.toml", &manifest(&dependencies))
}

/// A module `api`; the driver prints its dependencies.
pub fn spargen(call: &Call) -> Result<(), String> {
    let words = call.words(&["{tools}/bin/spargen-driver", "requirements", "{document}"]);
    let output = Command::new(&words[0]).args(&words[1..]).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("its dependencies are unknown".to_owned());
    }
    write(call, "src/lib.rs", "pub mod api;\n")?;
    write(call, "Cargo.toml", &manifest(&String::from_utf8_lossy(&output.stdout)))
}

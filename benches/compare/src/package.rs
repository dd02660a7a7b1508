//! Completes what generators write to packages of one name.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::peers::{Call, PACKAGE};

fn manifest(dependencies: &str) -> String {
    format!("[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}")
}

fn write(call: &Call, path: &str, text: &str) -> Result<(), String> {
    fs::write(call.out.join(path), text).map_err(|error| format!("{path}: {error}"))
}

/// Gives a generated package another name, which is the first in its manifest.
pub fn rename(package: &Path, name: &str) -> Result<(), String> {
    let path = package.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let line = |line: &&str| line.starts_with("name = ");
    let line = text.lines().find(line).ok_or("a package without a name")?;
    let text = text.replacen(line, &format!("name = {name:?}"), 1);
    fs::write(path, text).map_err(|error| error.to_string())
}

/// A package with a name of the document's.
pub fn oas3_gen(call: &Call) -> Result<(), String> {
    rename(call.out, PACKAGE)
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

#[cfg(test)]
mod tests {
    use super::rename;

    #[test]
    fn a_package_has_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Cargo.toml");
        std::fs::write(&file, "# a\n[package]\nname = \"a-b\"\n\n[lib]\nname = \"c\"\n").unwrap();
        rename(folder.path(), "measured").unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text, "# a\n[package]\nname = \"measured\"\n\n[lib]\nname = \"c\"\n");
        std::fs::write(&file, "").unwrap();
        assert!(rename(folder.path(), "measured").is_err());
    }
}

//! Packages of generated code in a scratch folder, and cargo run over them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::Output;

/// Clients of several documents as the modules of one package.
#[derive(Debug)]
pub struct Package<'a> {
    /// The name of the package.
    pub name: &'a str,
    /// The edition of Rust.
    pub edition: &'a str,
    /// Each client under the name of its module.
    pub clients: &'a [(String, Output)],
    /// What else its manifest says.
    pub manifest: &'a str,
}

/// Writes a file unless it has this text already, so that nothing is compiled again.
///
/// # Panics
/// The file cannot be written.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Writes a workspace of these packages, each in a folder of its name, with the lock file of the repository.
///
/// # Panics
/// A file cannot be written.
pub fn workspace(folder: &Path, packages: &[Package<'_>]) {
    let members: Vec<_> = packages.iter().map(|package| package.name).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"2\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    fs::copy(crate::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for package in packages {
        package.write(&folder.join(package.name));
    }
}

impl Package<'_> {
    /// Writes each client twice: as committed code, and by `include!` in a module within a module.
    fn write(&self, folder: &Path) {
        let mut included = String::new();
        let mut committed = String::new();
        let _ = fs::remove_dir_all(folder.join("src"));
        for (module, output) in self.clients {
            let path = format!("include/{module}.rs");
            write(&folder.join(&path), &output.include());
            let include = format!("include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"));");
            writeln!(
                included,
                "        /// Included.\n        mod {module} {{\n            {include}\n        }}"
            )
            .unwrap();
            writeln!(committed, "pub mod {module};").unwrap();
            for file in &output.modules {
                let path = file.path.replace("lib.rs", "mod.rs");
                write(&folder.join("src").join(module).join(path), &file.text);
            }
        }
        let library = format!(
            "//! Clients.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\n\
            /// By `include!`, where nobody else sees it.\nmod included {{\n    /// In a module within a module.\n    mod deeper {{\n\
            {included}    }}\n}}\n{committed}"
        );
        write(&folder.join("src/lib.rs"), &library);
        write(&folder.join("Cargo.toml"), &self.manifest());
    }

    fn manifest(&self) -> String {
        let (name, edition, more) = (self.name, self.edition, self.manifest);
        let clients = self.clients.iter();
        let features: BTreeSet<_> = clients
            .flat_map(|(_, output)| &output.runtime_features)
            .collect();
        let features: Vec<_> = features.into_iter().collect();
        let runtime = crate::root().join("runtime");
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\nrust-version = \"1.89\"\n\n\
            [dependencies.typewright-runtime]\npath = {runtime:?}\ndefault-features = false\nfeatures = {features:?}\n{more}"
        )
    }
}

/// Runs cargo there without the network, and shows what it said when it fails.
///
/// # Panics
/// It fails.
pub fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    let start: String = format!("{wrong}{said}").chars().take(20_000).collect();
    assert!(
        output.status.success(),
        "cargo {}:\n{start}",
        arguments.join(" ")
    );
}

/// A folder below one for the files of tests.
///
/// # Panics
/// It cannot be made.
#[must_use]
pub fn scratch(tests: &str, name: &str) -> PathBuf {
    let folder = Path::new(tests).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

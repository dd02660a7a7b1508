//! Lays out a workspace to be measured: the API's crate, and programs that use it.

use std::path::Path;

use crate::measure::Ground;
use crate::model::Api;
use crate::write::program::{program, Client};
use crate::write::{derive, ours, File};

/// One of the designs that are compared.
#[derive(Clone, Copy)]
pub struct Design {
    pub name: &'static str,
    pub client: Client,
}

/// The designs of the main table.
pub const DESIGNS: [Design; 2] = [
    Design { name: "derive", client: Client::Derive },
    Design { name: "this design", client: Client::Ours },
];

/// Writes the workspace of a design.
#[must_use]
pub fn lay(api: &Api, root: &Path, design: Design, runtime: &Path) -> Ground {
    let ground = Ground {
        folder: root.join(design.name.replace(' ', "-")),
        target: root.join("target"),
        incremental: false,
    };
    let calls = [3, 50, api.operations.len()];
    let members: Vec<_> = calls.iter().map(|calls| format!("\"program{calls}\"")).collect();
    ground.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"2\"\nmembers = [\"api\", {}]\n", members.join(", ")),
    );
    let dependencies = match design.client {
        Client::Ours => format!("typewright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"reqwest\"] }}\n"),
        Client::Derive => DERIVE_DEPENDENCIES.to_owned(),
    };
    ground.write("api/Cargo.toml", &format!("{}{dependencies}", manifest("bench_api")));
    let files: Vec<File> = match design.client {
        Client::Ours => ours::files(api),
        Client::Derive => derive::files(api),
    };
    for (path, text) in files {
        ground.write(&format!("api/src/{path}"), &text);
    }
    for calls in calls {
        let package = format!("program{calls}");
        let text = format!(
            "{}bench_api = {{ path = \"../api\" }}\n{dependencies}{TOKIO}",
            manifest(&package)
        );
        ground.write(&format!("{package}/Cargo.toml"), &text);
        ground
            .write(&format!("{package}/src/main.rs"), &program(api, design.client, calls, "begin"));
    }
    ground
}

impl Ground {
    /// Changes one line of a program.
    pub fn change(&self, package: &str) {
        let path = self.folder.join(package).join("src/main.rs");
        let text = std::fs::read_to_string(path).unwrap();
        self.write(&format!("{package}/src/main.rs"), &text.replace("\"begin\"", "\"began\""));
    }
}

/// The beginning of a manifest, up to its dependencies.
#[must_use]
pub fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n"
    )
}

const TOKIO: &str = "tokio = { version = \"1\", features = [\"rt\", \"macros\"] }\n";

/// The dependencies of the usual design.
pub const DERIVE_DEPENDENCIES: &str = r#"chrono = { version = "0.4.40", default-features = false, features = ["alloc", "serde"] }
indexmap = { version = "2", features = ["serde"] }
reqwest = { version = "0.13", default-features = false }
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["float_roundtrip"] }
"#;

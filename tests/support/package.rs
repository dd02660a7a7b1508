//! Packages of generated code in scratch folders, and the tools of Cargo run on them.

use super::{root, scratch, target};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::host::disk::files_below;
use typewright::Output;

/// A package to write.
#[derive(Clone, Default)]
pub struct Package {
    name: String,
    edition: &'static str,
    files: BTreeMap<String, String>,
    runtime_features: Option<BTreeSet<String>>,
    /// Cargo features of the package, which are on: each enables the runtime's of its name.
    own_features: BTreeSet<String>,
    /// Cargo features of the package that select operations, with those that they need.
    selecting: BTreeMap<String, Vec<String>>,
    manifest: String,
}

impl Package {
    /// A package of edition 2021 that depends on the runtime without its default features.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            edition: "2021",
            runtime_features: Some(BTreeSet::new()),
            ..Self::default()
        }
    }

    /// Sets the edition.
    #[must_use]
    pub fn edition(mut self, edition: &'static str) -> Self {
        self.edition = edition;
        self
    }

    /// Removes the dependency on the runtime.
    #[must_use]
    pub fn without_runtime(mut self) -> Self {
        self.runtime_features = None;
        self
    }

    /// Enables features of the runtime.
    #[must_use]
    pub fn features<'f>(mut self, features: impl IntoIterator<Item = &'f str>) -> Self {
        let features = features.into_iter().map(str::to_owned);
        self.runtime_features.get_or_insert_default().extend(features);
        self
    }

    /// Adds text to the end of the manifest, of which the last table is `[dependencies]`.
    #[must_use]
    pub fn dependencies(mut self, text: &str) -> Self {
        self.manifest.push_str(text);
        self
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    /// Makes a client and its tests the package's library and tests.
    #[must_use]
    pub fn client(mut self, output: &Output) -> Self {
        for module in &output.modules {
            self = self.file(format!("src/{}", module.path), &module.text);
        }
        for test in &output.tests {
            self = self
                .file(format!("tests/{}.rs", test.name), &test.text)
                .features(test.runtime_features.iter().map(String::as_str));
        }
        self.with_features(output)
    }

    /// Enables the features that a client needs, and declares those that its parts need.
    fn with_features(mut self, output: &Output) -> Self {
        self.own_features.extend(output.optional_features.iter().cloned());
        self.selecting.extend(output.features.clone());
        self.features(output.runtime_features.iter().map(String::as_str))
    }

    /// Makes several clients, as they are committed, the modules of the package's library.
    #[must_use]
    pub fn modules(mut self, clients: &[(String, Output)]) -> Self {
        let mut library =
            String::from("//! Clients.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n");
        for (name, output) in clients {
            writeln!(library, "pub mod {name};").unwrap();
            for module in &output.modules {
                let path = module.path.replace("lib.rs", "mod.rs");
                self = self.file(format!("src/{name}/{path}"), &module.text);
            }
            self = self.with_features(output);
        }
        self.file("src/lib.rs", library)
    }

    /// The same, and each client once more by `include!`, in a module within a module.
    #[must_use]
    pub fn modules_and_includes(mut self, clients: &[(String, Output)]) -> Self {
        let mut included = String::new();
        for (name, output) in clients {
            let path = format!("include/{name}.rs");
            writeln!(
                included,
                "        /// Included.\n        mod {name} {{\n            \
                include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"));\n        }}"
            )
            .unwrap();
            self = self.file(path, output.include());
        }
        self = self.modules(clients);
        let library = self.files.entry("src/lib.rs".to_owned()).or_default();
        write!(
            library,
            "\n/// Clients by `include!`, private.\nmod included {{\n    /// A module within a module.\n    \
            mod deeper {{\n{included}    }}\n}}\n"
        )
        .unwrap();
        self
    }

    /// Writes the package, and removes files of an earlier run that it no longer has.
    fn write(&self, folder: &Path) {
        for path in files_below(folder, &["rs"]).unwrap_or_default() {
            let relative = path.strip_prefix(folder).unwrap().to_str().unwrap();
            if !self.files.contains_key(&relative.replace('\\', "/")) {
                fs::remove_file(path).unwrap();
            }
        }
        for (path, text) in &self.files {
            write(&folder.join(path), text);
        }
        write(&folder.join("Cargo.toml"), &self.whole_manifest());
    }

    fn whole_manifest(&self) -> String {
        let (name, edition, more) = (&self.name, self.edition, &self.manifest);
        let runtime = self.runtime_features.as_ref().map(|features| {
            let path = root().join("runtime");
            let features: Vec<_> = features.iter().collect();
            format!(
                "typewright-runtime = {{ path = {path:?}, default-features = false, features = {features:?} }}\n"
            )
        });
        let default: Vec<_> = self.own_features.iter().collect();
        let mut features = match default.is_empty() && self.selecting.is_empty() {
            true => String::new(),
            false => format!("\n[features]\ndefault = {default:?}\n"),
        };
        for (feature, needs) in &self.selecting {
            writeln!(features, "{feature} = {needs:?}").unwrap();
        }
        for feature in default {
            writeln!(features, "{feature} = [\"typewright-runtime/{feature}\"]").unwrap();
        }
        format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = {edition:?}\nrust-version = \"1.89\"\n\n[dependencies]\n{}{more}{features}",
            runtime.unwrap_or_default()
        )
    }
}

/// A workspace in a scratch folder, with the repository's lock file.
pub struct Workspace {
    /// The folder; each member is in a folder of its name.
    pub folder: PathBuf,
}

impl Workspace {
    /// Writes a workspace of these packages.
    pub fn write(name: &str, packages: &[Package]) -> Self {
        let members: Vec<_> = packages.iter().map(|package| &*package.name).collect();
        let workspace = Self::of_members(name, &members);
        for package in packages {
            package.write(&workspace.folder.join(&package.name));
        }
        workspace
    }

    /// Writes a workspace whose members are yet to be written.
    pub fn of_members(name: &str, members: &[&str]) -> Self {
        let folder = scratch(name);
        let manifest = format!(
            "[workspace]\nresolver = \"2\"\nmembers = {members:?}\n\n\
            [profile.dev]\ndebug = false\nincremental = false\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// A call of Cargo in the workspace, without the network.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).env("CARGO_NET_OFFLINE", "true").current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", target());
        command
    }

    /// Runs Cargo, which has to succeed; returns its stdout.
    pub fn cargo(&self, arguments: &[&str]) -> String {
        run(&mut self.command(arguments))
    }

    /// Runs clippy on all packages; any warning fails.
    pub fn clippy(&self) {
        self.cargo(&["clippy", "--workspace", "--keep-going", "--", "-D", "warnings"]);
    }
}

/// Runs a command, which has to succeed; returns its stdout.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let start: String = format!("{stderr}{stdout}").chars().take(20_000).collect();
    assert!(output.status.success(), "{command:?}:\n{start}");
    stdout
}

/// Writes a file unless it has this text already: Cargo compiles again what has a newer time.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

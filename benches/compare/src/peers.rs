//! The generators that are compared: how each is installed and called, and where its operations are.

use std::path::{Path, PathBuf};

use crate::package;

/// The name of every generated package.
pub const PACKAGE: &str = "measured";

/// A generator.
pub struct Peer {
    pub name: &'static str,
    /// The version that is installed; that of this repository where it is empty.
    pub version: &'static str,
    pub source: Source,
    /// The command, with `{tools}`, `{document}` and `{out}` to be replaced.
    pub command: &'static [&'static str],
    /// The path below the generated crate with which files that have operations begin.
    pub operations: &'static str,
    /// Matches an operation: its groups are the method and the path, in either order.
    pub pattern: &'static str,
    /// Makes a crate of what the generator wrote.
    pub complete: fn(&Call) -> Result<(), String>,
    /// The feature of the crate with which it has rustls, where it is not the default: all others come with it.
    pub tls: Option<&'static str>,
}

/// Where a generator comes from.
#[derive(Clone, Copy)]
pub enum Source {
    /// This repository: the command that was built beside this program.
    Here,
    /// A package of crates.io with a command.
    Crates,
    /// A package of crates.io without one, which a program of ours calls.
    Library { driver: &'static str },
    /// A package of PyPI which has the generator as a Java archive.
    Python,
}

/// One document and one generator.
pub struct Call<'c> {
    pub tools: &'c Path,
    pub document: &'c Path,
    pub out: &'c Path,
}

impl Call<'_> {
    /// The words of a command.
    pub fn words(&self, command: &[&str]) -> Vec<String> {
        let text = |path: &Path| path.display().to_string();
        let replacements = [
            ("{tools}", text(self.tools)),
            ("{document}", text(self.document)),
            ("{out}", text(self.out)),
            ("{typewright}", text(&typewright())),
            ("{runtime}", text(&crate::root().join("runtime"))),
        ];
        let word = |word: &&str| {
            replacements
                .iter()
                .fold((*word).to_owned(), |word, (key, value)| word.replace(key, value))
        };
        command.iter().map(word).collect()
    }
}

/// The command of this repository: the one that `TYPEWRIGHT` names, or that was built beside this program.
pub fn typewright() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().with_file_name("typewright");
    std::env::var_os("TYPEWRIGHT").map_or_else(beside, PathBuf::from)
}

/// An operation in a line of its own of a doc comment.
const LINE: &str = r"(?m)^\s*/// `(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY) ([^`]*)`$";

/// The generators, this one first.
pub const PEERS: [Peer; 7] = [
    Peer {
        name: OURS,
        version: "",
        source: Source::Here,
        command: &[
            "{typewright}",
            "generate",
            "{document}",
            "--out",
            "{out}",
            "--name",
            PACKAGE,
            "--runtime-path",
            "{runtime}",
        ],
        operations: "src/operations/",
        pattern: LINE,
        complete: |_| Ok(()),
        tls: None,
    },
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        source: Source::Crates,
        command: &[
            "{tools}/bin/openapi-to-rust",
            "generate",
            "{document}",
            "--output-dir",
            "{out}/src/generated",
        ],
        operations: "src/generated/client.rs",
        pattern: LINE,
        complete: package::openapi_to_rust,
        tls: None,
    },
    Peer {
        name: "ploidy",
        version: "0.15.0",
        source: Source::Crates,
        command: &[
            "{tools}/bin/ploidy",
            "generate",
            "rust",
            "{document}",
            "-o",
            "{out}",
            "--name",
            PACKAGE,
        ],
        operations: "src/client/",
        pattern: r#"otel\.name = "(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) ([^"]*)""#,
        complete: |_| Ok(()),
        tls: None,
    },
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        source: Source::Crates,
        command: &[
            "{tools}/bin/oas3-gen",
            "generate",
            "client-mod",
            "-i",
            "{document}",
            "-o",
            "{out}",
            "--workspace",
        ],
        operations: "src/client.rs",
        pattern: r"/// \* Path: `(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) ([^`]*)`",
        complete: package::oas3_gen,
        tls: None,
    },
    Peer {
        name: "progenitor",
        version: "0.15.1",
        source: Source::Crates,
        command: &[
            "{tools}/bin/cargo-progenitor",
            "progenitor",
            "-i",
            "{document}",
            "-o",
            "{out}",
            "-n",
            PACKAGE,
            "-v",
            "0.1.0",
        ],
        operations: "src/lib.rs",
        pattern: r"///\s*Sends a `(\w+)`\s+(?:///\s*)?request\s+(?:///\s*)?to\s+(?:///\s*)?`([^`]*)`",
        complete: |_| Ok(()),
        tls: None,
    },
    Peer {
        name: "spargen",
        version: "0.5.0",
        source: Source::Library { driver: include_str!("../drivers/spargen.rs") },
        command: &["{tools}/bin/spargen-driver", "generate", "{document}", "{out}/src/api.rs"],
        operations: "src/api.rs",
        pattern: r#"let mut path = "([^"]*)"[\s\S]*?reqwest::Method::(\w+), url"#,
        complete: package::spargen,
        tls: None,
    },
    Peer {
        name: "openapi-generator",
        version: "7.26.0",
        source: Source::Python,
        // the first option lifts the limit on the size of YAML; the last spares a version that cargo refuses
        command: &[
            "java",
            "-DmaxYamlCodePoints=99999999",
            "-jar",
            "{tools}/python/openapi_generator_cli/openapi-generator.jar",
            "generate",
            "--skip-validate-spec",
            "-g",
            "rust",
            "-i",
            "{document}",
            "-o",
            "{out}",
            "--additional-properties=packageName=measured,packageVersion=0.1.0",
        ],
        operations: "src/apis/",
        pattern: r#"format!\("\{\}([^"]*)".*\n.*reqwest::Method::(\w+)"#,
        complete: |_| Ok(()),
        tls: Some("rustls"),
    },
];

/// The name of this generator.
pub const OURS: &str = "typewright";

impl Peer {
    /// The package at its registry.
    pub fn package(&self) -> &'static str {
        match self.name {
            "progenitor" => "cargo-progenitor",
            "openapi-generator" => "openapi-generator-cli",
            name => name,
        }
    }

    /// `true` if it can be called.
    pub fn is_there(&self, tools: &Path) -> bool {
        let path = match self.source {
            Source::Here => typewright(),
            Source::Crates => tools.join("bin").join(self.package()),
            Source::Library { .. } => tools.join("bin").join(format!("{}-driver", self.name)),
            Source::Python => tools.join("python/openapi_generator_cli/openapi-generator.jar"),
        };
        path.exists() && (!matches!(self.source, Source::Python) || has_java())
    }
}

fn has_java() -> bool {
    let run = std::process::Command::new("java").arg("-version").output();
    run.is_ok_and(|output| output.status.success())
}

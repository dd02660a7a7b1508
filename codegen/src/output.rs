//! Output of the generator: the files of a crate and the properties of its manifest.

use crate::diagnostics::Diagnostics;
use crate::diff::Change;
use crate::lock::Lock;
use crate::print::{Module, Printed};
use crate::source::Files;
use indexmap::IndexMap;

/// A test of the generated crate: a file in its `tests` folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestFile {
    /// Name of the test: `examples` for `tests/examples.rs`.
    pub name: String,
    /// Text of the file, formatted.
    pub text: String,
    /// `true` if the test has a `main` of its own and needs `harness = false` in the manifest.
    pub has_main: bool,
    /// Features of the runtime that the test needs in addition to those of the crate.
    pub runtime_features: Vec<String>,
    /// Packages that the test needs in addition to those of the crate, with their version requirements.
    pub dependencies: IndexMap<String, String>,
}

/// Metadata of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// `info.title`.
    pub title: String,
    /// `info.license`: its SPDX expression if declared, else its name, which can be any text.
    pub license: Option<String>,
}

/// The README and the reference of a generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// Text of `README.md`.
    pub readme: String,
    /// Text of `reference.md`, which lists the operations; empty without a client.
    pub reference: String,
}

/// A generated crate.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Source files, sorted by path. Each begins with [`HEADER`](crate::HEADER).
    pub modules: Vec<Module>,
    /// Features of the runtime that the code needs.
    pub runtime_features: Vec<String>,
    /// Cargo features of the crate that select operations, each with those that it needs, `all-tags` among them, which needs all;
    /// none unless [`Options::features`](crate::Options::features) asks for them.
    pub features: IndexMap<String, Vec<String>>,
    /// Features of the runtime that parts of the code need. A crate has these parts behind Cargo features of the same names;
    /// code that is included has them in any case.
    pub optional_features: Vec<String>,
    /// Metadata of the document, for the manifest.
    pub about: About,
    /// Packages that the code needs, with their version requirements.
    pub dependencies: IndexMap<String, String>,
    /// Tests, if [`Options::tests`](crate::Options::tests) is set.
    pub tests: Vec<TestFile>,
    /// The guide, if [`Options::guide`](crate::Options::guide) is set.
    pub guide: Option<Guide>,
    /// Names and order of arguments of the crate, for [`Options::lock`](crate::Options::lock) of the next run.
    pub lock: Lock,
    /// Changes of the public API since the run that wrote the lock of the options; none without one.
    pub changes: Vec<Change>,
    pub(crate) printed: Printed,
}

impl Output {
    /// Features of the runtime that code which is included needs.
    pub fn included_features(&self) -> Vec<&str> {
        let features = self.runtime_features.iter().chain(&self.optional_features);
        features.map(String::as_str).collect()
    }

    /// The whole crate as one text, for `include!` in a module.
    pub fn include(&self) -> String {
        self.printed.include()
    }
}

/// Result of a run of the generator.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// Files that were read, to locate diagnostics and for `rerun-if-changed`.
    pub files: Files,
    /// Problems of the document.
    pub diagnostics: Diagnostics,
    /// The crate; `None` if a diagnostic is an error.
    pub output: Option<Output>,
}

//! Output of the generator: the files of a crate and the properties of its manifest.

use crate::diagnostics::Diagnostics;
use crate::print::{Module, Printed};
use crate::source::Files;
use indexmap::IndexMap;

/// A test of the generated crate, a file of its `tests/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestFile {
    /// What the test is called: `examples` for `tests/examples.rs`.
    pub name: String,
    /// Its text, formatted.
    pub text: String,
    /// Whether it has a `main` of its own, so that its manifest entry says `harness = false`.
    pub has_main: bool,
    /// The features of the runtime that it needs beside those of the crate.
    pub runtime_features: Vec<String>,
    /// The packages that it needs beside those of the crate, with their version requirements.
    pub dependencies: IndexMap<String, String>,
}

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// `info.title`.
    pub title: String,
    /// `info.license`: its SPDX expression where there is one, else its name, which can be anything.
    pub license: Option<String>,
}

/// What was generated.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The files of a crate, sorted by path. Each begins with [`HEADER`].
    pub modules: Vec<Module>,
    /// The features of the runtime that the code needs.
    pub runtime_features: Vec<String>,
    /// What the document says of itself, for the manifest of a crate.
    pub about: About,
    /// Further dependencies that the code needs: the crate's name and its version requirement.
    pub dependencies: IndexMap<String, String>,
    /// The tests, where [`Options::tests`] asks for them.
    pub tests: Vec<TestFile>,
    pub(crate) printed: Printed,
}

impl Output {
    /// The same items as one text, for `include!` in any module.
    pub fn include(&self) -> String {
        self.printed.include()
    }
}

/// Everything that one run of the generator yields.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// The files that were read, for showing diagnostics and for `rerun-if-changed`.
    pub files: Files,
    /// What there is to say of the document.
    pub diagnostics: Diagnostics,
    /// The output; `None` where a diagnostic is an error.
    pub output: Option<Output>,
}

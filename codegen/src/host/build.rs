//! Clients that a build script generates: one line in `build.rs`.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), typewright::build::Error> {
//!     typewright::build::compile("specs/pets.yaml")
//! }
//! ```
//! ```ignore
//! // src/main.rs
//! mod pets {
//!     include!(concat!(env!("OUT_DIR"), "/pets.rs"));
//! }
//! ```
//!
//! Cargo runs the script again when the document, or a file that it refers to, has changed, and at no other time.
//! Output that is the same is not written again, so that nothing is compiled again.

mod error;

pub use error::Error;

use crate::diagnostics::codes::front as codes;
use crate::diagnostics::{Diagnostics, Place, Severity};
use crate::host::disk::Disk;
use crate::host::tree::{self, Wanted};
use crate::{DateTimeTypes, Generated, Grouping, Options, Output, OwnType, Responses, HEADER};
use error::one_line;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// So many warnings are shown by Cargo; a document of thousands of lines can have as many findings.
const SHOWN_WARNINGS: usize = 20;

/// Generates a client from the document at `document`, relative to the package, into the folder that Cargo names in
/// `OUT_DIR`. The file is called after the document: `specs/pets.yaml` becomes `pets.rs`.
///
/// # Errors
/// What is wrong with the document, with places. Return it from `main` to have it shown; the build fails either way.
pub fn compile(document: impl AsRef<Path>) -> Result<(), Error> {
    Builder::new(document).compile()
}

/// A client that a build script generates, with options.
///
/// ```no_run
/// typewright::build::Builder::new("specs/openapi.yaml")
///     .file("pets.rs")
///     .include(["tag:pets", "GET /owners/*"])
///     .compile()?;
/// # Ok::<(), typewright::build::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is generated until `compile` is called"]
pub struct Builder {
    document: PathBuf,
    file: Option<String>,
    out_dir: Option<PathBuf>,
    root: Option<PathBuf>,
    options: Options,
}

impl Builder {
    /// A client of the API that `document` describes, a path relative to the package.
    pub fn new(document: impl AsRef<Path>) -> Self {
        let document = document.as_ref().to_path_buf();
        let stem = document.file_stem().unwrap_or_default();
        let options = Options {
            name: stem.to_string_lossy().into_owned(),
            ..Options::default()
        };
        Self {
            document,
            file: None,
            out_dir: None,
            root: None,
            options,
        }
    }

    /// Calls the output file `name` in place of the document's name with `.rs`.
    pub fn file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// Writes to `folder` in place of `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Lets references lead to files in `folder` and below, in place of the document's own folder.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Generates these operations alone: an `operationId`, `tag:NAME` or `METHOD /path`, with globs.
    pub fn include<T: Into<String>>(mut self, selectors: impl IntoIterator<Item = T>) -> Self {
        let selectors = selectors.into_iter().map(Into::into);
        self.options.include.extend(selectors);
        self
    }

    /// Leaves these operations out, in the same forms.
    pub fn exclude<T: Into<String>>(mut self, selectors: impl IntoIterator<Item = T>) -> Self {
        let selectors = selectors.into_iter().map(Into::into);
        self.options.exclude.extend(selectors);
        self
    }

    /// Applies the overlay at `path`, relative to the package, to the document first; the first overlay before the next.
    ///
    /// Cargo runs the script again when it has changed.
    pub fn overlay(mut self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_string_lossy().into_owned();
        self.options.overlays.push(path);
        self
    }

    /// Generates only types, no client.
    pub fn types_only(mut self, types_only: bool) -> Self {
        self.options.types_only = types_only;
        self
    }

    /// Gives the types a `validate` method, which checks lengths, bounds and patterns. Patterns need the runtime's
    /// feature `pattern`.
    pub fn validate(mut self, validate: bool) -> Self {
        self.options.validate = validate;
        self
    }

    /// Refuses values that an enum does not list when they are read.
    pub fn closed_enums(mut self, closed_enums: bool) -> Self {
        self.options.closed_enums = closed_enums;
        self
    }

    /// Keeps in every object the members that its schema does not list.
    pub fn preserve_unknown(mut self, preserve_unknown: bool) -> Self {
        self.options.preserve_unknown = preserve_unknown;
        self
    }

    /// Takes schemas at their word: without `type` they allow every JSON type.
    pub fn strict_schemas(mut self, strict_schemas: bool) -> Self {
        self.options.strict_schemas = strict_schemas;
        self
    }

    /// Whether operations are methods of the client, or of groups after their tags.
    pub fn grouping(mut self, grouping: Grouping) -> Self {
        self.options.calls.grouping = grouping;
        self
    }

    /// Lets types of this crate hold instants and days, chrono's unless said otherwise.
    pub fn date_time_types(mut self, types: DateTimeTypes) -> Self {
        self.options.date_time_types = types;
        self
    }

    /// Keeps texts that are not of their `format`, in place of failing.
    pub fn lenient_formats(mut self, lenient: bool) -> Self {
        self.options.lenient_formats = lenient;
        self
    }

    /// How responses that lack what the document requires are decoded; many servers leave required members out.
    pub fn responses(mut self, responses: Responses) -> Self {
        self.options.responses = responses;
        self
    }

    /// Lets replies lack what the document requires of these: components with what is written in them (`Container*`), members of
    /// one (`Volume.labels`), or what stands at a `#/pointer`. Whatever [`Self::responses`] says, these may.
    pub fn lenient<T: Into<String>>(mut self, selectors: impl IntoIterator<Item = T>) -> Self {
        let selectors = selectors.into_iter().map(Into::into);
        self.options.lenient.extend(selectors);
        self
    }

    /// Calls something so in Rust: a component, `Pet.property`, an operation, `operation.parameter` or `#/pointer`.
    pub fn rename(mut self, key: impl Into<String>, name: impl Into<String>) -> Self {
        self.options.rename.insert(key.into(), name.into());
        self
    }

    /// Calls types without these beginnings of their components' names: `etcdserverpbMember` is `Member`.
    pub fn strip_prefix<T: Into<String>>(mut self, prefixes: impl IntoIterator<Item = T>) -> Self {
        let prefixes = prefixes.into_iter().map(Into::into);
        self.options.strip_prefix.extend(prefixes);
        self
    }

    /// Calls operations by their whole `operationId`, even where it ends in their path and method.
    pub fn full_operation_ids(mut self, full: bool) -> Self {
        self.options.calls.full_operation_ids = full;
        self
    }

    /// Uses a type of your own for a component, `#/pointer` or `format:NAME`. Code that is included may say `crate::`.
    ///
    /// ```no_run
    /// use typewright::{build::Builder, OwnType, Via};
    /// let decimal = OwnType { path: "rust_decimal::Decimal".into(), via: Via::Text };
    /// Builder::new("specs/shop.yaml")
    ///     .use_type("Money", "crate::Money")
    ///     .use_type("format:decimal", decimal)
    ///     .compile()?;
    /// # Ok::<(), typewright::build::Error>(())
    /// ```
    pub fn use_type(mut self, key: impl Into<String>, own: impl Into<OwnType>) -> Self {
        self.options.types.insert(key.into(), own.into());
        self
    }

    /// Derives further traits for a component, `#/pointer`, Rust type, or `*` for all that can.
    pub fn derive<T: Into<String>>(
        mut self,
        key: impl Into<String>,
        traits: impl IntoIterator<Item = T>,
    ) -> Self {
        let derives = self.options.derive.entry(key.into()).or_default();
        derives.extend(traits.into_iter().map(Into::into));
        self
    }

    /// Replaces every option of the generator itself.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Generates the client.
    ///
    /// # Errors
    /// What is wrong with the document or the output folder. The output of an earlier run stays as it was.
    pub fn compile(self) -> Result<(), Error> {
        let mut instructions = String::new();
        let done = self.run(&mut instructions);
        // Cargo hangs up only when it ends the build itself.
        let _ = io::stdout().write_all(instructions.as_bytes());
        done
    }

    fn run(&self, instructions: &mut String) -> Result<(), Error> {
        let mut entry = self.document.to_string_lossy().into_owned();
        if std::path::MAIN_SEPARATOR == '\\' {
            entry = entry.replace('\\', "/");
        }
        let mut disk = Disk::new(&entry);
        if let Some(root) = &self.root {
            disk = disk.with_root(root);
        }
        let mut generated = crate::generate(&entry, &disk, &self.options);
        for path in disk.read_files() {
            let _ = writeln!(instructions, "cargo:rerun-if-changed={}", path.display());
        }
        self.write(&mut generated);
        tell(&entry, &generated, instructions);
        if generated.diagnostics.has_errors() {
            return Err(Error {
                files: generated.files,
                diagnostics: generated.diagnostics,
            });
        }
        Ok(())
    }

    fn write(&self, generated: &mut Generated) {
        let Some(output) = &generated.output else {
            return;
        };
        let diagnostics = &mut generated.diagnostics;
        let Some(folder) = self.folder(diagnostics) else {
            return;
        };
        let wanted = included(self.file_name(), output);
        let Some(locked) = tree::lock(&folder, || (), diagnostics) else {
            return;
        };
        if let Some(changes) = tree::plan_files(&folder, wanted, diagnostics) {
            tree::apply(&locked, &changes, diagnostics);
        }
    }

    fn file_name(&self) -> String {
        let stem = self.document.file_stem().unwrap_or_default();
        let own = || format!("{}.rs", stem.to_string_lossy());
        self.file.clone().unwrap_or_else(own)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is where Cargo says where output goes"
    )]
    fn folder(&self, diagnostics: &mut Diagnostics) -> Option<PathBuf> {
        let folder = self.out_dir.clone();
        let folder = folder.or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        folder.or_else(|| {
            let message = "`OUT_DIR` is not set";
            diagnostics.lost(codes::BUILD_SCRIPT, Place::Nowhere, message, None)
        })
    }
}

/// The file to include. Where the code needs features of the runtime, which the manifest of whoever includes it has to name,
/// the code stands in a file beside it, which is included where the runtime has them: without one there is one error then,
/// which names the line for the manifest.
fn included(path: String, output: &Output) -> Vec<Wanted> {
    if output.runtime_features.is_empty() {
        let text = output.include();
        return vec![Wanted { path, text }];
    }
    let features = output.runtime_features.join(" ");
    let quoted = output.runtime_features.iter();
    let quoted: Vec<_> = quoted.map(|feature| format!("{feature:?}")).collect();
    let beside = format!("{}.items.rs", path.strip_suffix(".rs").unwrap_or(&path));
    let name = beside.rsplit('/').next().unwrap_or(&beside);
    let text = format!(
        "{HEADER}\n\n::typewright_runtime::codegen::v1::require! {{\n    [{features}] {:?}\n    include!({name:?});\n}}\n",
        quoted.join(", ")
    );
    let items = Wanted {
        path: beside.clone(),
        text: output.include(),
    };
    vec![Wanted { path, text }, items]
}

/// Has Cargo show what was found. An error fails the build even where the script drops the result.
fn tell(entry: &str, generated: &Generated, instructions: &mut String) {
    let of = |severity| {
        let all = generated.diagnostics.iter();
        all.filter(move |found| found.code.severity == severity)
    };
    for found in of(Severity::Error) {
        let line = one_line(&generated.files, found);
        let _ = writeln!(instructions, "cargo::error={line}");
    }
    for found in of(Severity::Warning).take(SHOWN_WARNINGS) {
        let line = one_line(&generated.files, found);
        let _ = writeln!(instructions, "cargo:warning={line}");
    }
    let more = of(Severity::Warning).count().saturating_sub(SHOWN_WARNINGS);
    if more > 0 {
        let advice = format!("`typewright inspect {entry}` shows all");
        let _ = writeln!(instructions, "cargo:warning={more} more; {advice}");
    }
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;

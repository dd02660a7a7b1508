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
//! # When a client is generated
//!
//! Cargo runs the script again when the document, an overlay or a file that they refer to has another time of modification. It
//! then generates only if contents have changed: of these files, of the options, of the generator, or of the output itself. A
//! run that is skipped takes milliseconds and prints the warnings of the last one. What it knows of that is in a file beside
//! the output in `OUT_DIR`; nothing else is written, and nothing is fetched.
//!
//! The output depends on nothing but what is named above: the machine, its locale and the number of its processors change
//! nothing.
//!
//! A failure is printed once, with its places. It leaves the output of an earlier run, and is never taken for a result: the
//! next build runs the script again.

use crate::diagnostics::codes::host as codes;
use crate::diagnostics::{self, Diagnostic, Diagnostics, Locator, Place, Severity, Style};
use crate::host::disk::{self, Disk};
use crate::host::fingerprint::{Fingerprint, Recorder};
use crate::host::output_dir::{self, OutputFile};
#[cfg(feature = "lock-file")]
use crate::lock::Lock;
use crate::source::Files;
use crate::unseen::{escaped, is_unseen};
use crate::{
    DateTimeTypes, Generated, Grouping, Loader, Options, Output, OwnType, Responses,
    ServerFramework, HEADER,
};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The warnings that Cargo prints; a document of thousands of lines can have as many.
const MAX_WARNINGS: usize = 20;

/// Generates a client from the document at `document`, relative to the package, into the folder that Cargo names in
/// `OUT_DIR`. The file is called after the document: `specs/pets.yaml` becomes `pets.rs`.
///
/// # Errors
/// The errors of the document, with their places. Return the value from `main` to print them; the build fails in any case.
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
    #[cfg(feature = "lock-file")]
    lock: Option<String>,
    options: Options,
}

impl Builder {
    /// A client of the API that `document` describes, a path relative to the package.
    pub fn new(document: impl AsRef<Path>) -> Self {
        let stem = document.as_ref().file_stem().unwrap_or_default();
        let name = stem.to_string_lossy().into_owned();
        Self::with_options(document, Options::new(|options| options.name = name))
    }

    /// The same with these options of the generator, which further calls change.
    pub fn with_options(document: impl AsRef<Path>, options: Options) -> Self {
        let document = document.as_ref().to_path_buf();
        Self {
            document,
            file: None,
            out_dir: None,
            root: None,
            #[cfg(feature = "lock-file")]
            lock: None,
            options,
        }
    }

    /// Keeps the names and the order of arguments in the lock at `path`, relative to the package.
    ///
    /// A build script reads the lock and never writes it, since the sources of a package may be read-only. `typewright generate`
    /// writes it, as `typewright.lock` in the folder of the crate that it generates; copy it when the document changes.
    #[cfg(feature = "lock-file")]
    pub fn lock(mut self, path: impl AsRef<Path>) -> Self {
        self.lock = Some(path.as_ref().to_string_lossy().into_owned());
        self
    }

    /// Sets the name of the output file; by default that of the document with `.rs`.
    pub fn file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// Sets the output folder; by default `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Sets the folder below which references may refer to files; by default that of the document.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Generates only these operations: an `operationId`, `tag:NAME` or `METHOD /path`, with globs.
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

    /// Applies the overlay at `path`, relative to the package, to the document. Overlays are applied in the order of calls.
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

    /// Adds a `validate` method to the types, which checks lengths, bounds and patterns. Patterns need the runtime's
    /// feature `pattern`.
    pub fn validate(mut self, validate: bool) -> Self {
        self.options.validate = validate;
        self
    }

    /// Rejects values that an enum does not list when they are decoded.
    pub fn closed_enums(mut self, closed_enums: bool) -> Self {
        self.options.closed_enums = closed_enums;
        self
    }

    /// Keeps in every object the members that its schema does not list.
    pub fn preserve_unknown(mut self, preserve_unknown: bool) -> Self {
        self.options.preserve_unknown = preserve_unknown;
        self
    }

    /// Interprets schemas strictly: without `type` they allow every JSON type.
    pub fn strict_schemas(mut self, strict_schemas: bool) -> Self {
        self.options.strict_schemas = strict_schemas;
        self
    }

    /// Sets whether operations are methods of the client or of one group per tag.
    pub fn grouping(mut self, grouping: Grouping) -> Self {
        self.options.calls.grouping = grouping;
        self
    }

    /// Generates a server of the API as well: the module `server`, which needs the runtime's feature `server`.
    pub fn server(mut self, framework: ServerFramework) -> Self {
        self.options.server = Some(framework);
        self
    }

    /// Sets the crate whose types represent instants and days; by default chrono.
    pub fn date_time_types(mut self, types: DateTimeTypes) -> Self {
        self.options.date_time_types = types;
        self
    }

    /// Keeps texts that violate their `format` instead of failing.
    pub fn lenient_formats(mut self, lenient: bool) -> Self {
        self.options.lenient_formats = lenient;
        self
    }

    /// Sets whether responses must have the properties that the document requires; servers often omit some.
    pub fn responses(mut self, responses: Responses) -> Self {
        self.options.responses = responses;
        self
    }

    /// Makes required properties optional in responses for these: components with their inline schemas (`Container*`),
    /// members of one (`Volume.labels`), or a `#/pointer`. Applies whatever [`Self::responses`] is set to.
    pub fn lenient<T: Into<String>>(mut self, selectors: impl IntoIterator<Item = T>) -> Self {
        let selectors = selectors.into_iter().map(Into::into);
        self.options.lenient.extend(selectors);
        self
    }

    /// Sets a name in the generated code: for a component, `Pet.property`, an operation, `operation.parameter` or `#/pointer`.
    pub fn rename(mut self, key: impl Into<String>, name: impl Into<String>) -> Self {
        self.options.rename.insert(key.into(), name.into());
        self
    }

    /// Removes prefixes from the names of components: `etcdserverpbMember` becomes `Member`.
    pub fn strip_prefix<T: Into<String>>(mut self, prefixes: impl IntoIterator<Item = T>) -> Self {
        let prefixes = prefixes.into_iter().map(Into::into);
        self.options.strip_prefix.extend(prefixes);
        self
    }

    /// Names operations by their whole `operationId`, even if it ends in their path and method.
    pub fn full_operation_ids(mut self, full: bool) -> Self {
        self.options.calls.full_operation_ids = full;
        self
    }

    /// Sets the newest version of versioned media types to use: `2023-01-01`, `v2`, `preview`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.options.calls.version = Some(version.into());
        self
    }

    /// Adds further versions that a call can choose; `all` stands for every version of the document.
    pub fn versions<T: Into<String>>(mut self, versions: impl IntoIterator<Item = T>) -> Self {
        self.options.calls.versions.extend(versions.into_iter().map(Into::into));
        self
    }

    /// Declares the pagination of an operation, in the form of `x-typewright-pagination`.
    pub fn pagination(mut self, operation: impl Into<String>, declared: Value) -> Self {
        self.options.calls.pagination.insert(operation.into(), declared);
        self
    }

    /// Declares a long-running operation, in the form of `x-typewright-operation`.
    pub fn long_running(mut self, operation: impl Into<String>, declared: Value) -> Self {
        self.options.calls.long_running.insert(operation.into(), declared);
        self
    }

    /// Declares a response that arrives item by item, in the form of `x-typewright-stream`.
    pub fn streams(mut self, operation: impl Into<String>, declared: Value) -> Self {
        self.options.calls.streams.insert(operation.into(), declared);
        self
    }

    /// Allows path parameters to be empty: `getContents.path`.
    pub fn empty_path<T: Into<String>>(mut self, parameters: impl IntoIterator<Item = T>) -> Self {
        self.options.calls.empty_path.extend(parameters.into_iter().map(Into::into));
        self
    }

    /// Uses an existing type for a component, `#/pointer` or `format:NAME`. Its path may begin with `crate::`.
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
    pub fn use_type(mut self, key: impl Into<String>, replacement: impl Into<OwnType>) -> Self {
        self.options.types.insert(key.into(), replacement.into());
        self
    }

    /// Derives further traits for a component, `#/pointer` or Rust type, or with `*` for every type that supports them.
    pub fn derive<T: Into<String>>(
        mut self,
        key: impl Into<String>,
        traits: impl IntoIterator<Item = T>,
    ) -> Self {
        let derives = self.options.derive.entry(key.into()).or_default();
        derives.extend(traits.into_iter().map(Into::into));
        self
    }

    /// Generates the client, unless an earlier run did so from the same contents.
    ///
    /// # Errors
    /// The errors of the document or the output folder. The output of an earlier run stays unchanged.
    pub fn compile(self) -> Result<(), Error> {
        let mut instructions = String::new();
        let result = self.run(out_dir().as_deref(), &mut instructions);
        // The pipe is closed only when Cargo itself ends the build.
        let _ = io::stdout().write_all(instructions.as_bytes());
        result
    }

    fn run(&self, out_dir: Option<&Path>, instructions: &mut String) -> Result<(), Error> {
        let entry = self.entry();
        let folder = self.out_dir.as_deref().or(out_dir);
        let configuration = self.configuration();
        let name = format!("{}.fingerprint", self.file_name());
        let earlier = out_dir.and_then(|out_dir| Fingerprint::read(&out_dir.join(&name)));
        let earlier = earlier.zip(folder).and_then(|(earlier, folder)| {
            earlier.fresh(&configuration, &self.disk(&entry), folder)
        });
        if let Some(earlier) = earlier {
            instructions.push_str(&earlier);
            return Ok(());
        }
        let disk = self.disk(&entry);
        let recorder = Recorder::new(&disk);
        let mut generated = match self.locked_options(&recorder) {
            Ok(options) => crate::generate(&entry, &recorder, &options),
            Err(failed) => *failed,
        };
        let output = generated.output.as_ref();
        let files = output.map(|output| included_files(self.file_name(), output));
        let files = files.unwrap_or_default();
        write(folder, out_dir, files.clone(), &mut generated.diagnostics);
        watch(&disk, instructions);
        if generated.diagnostics.has_errors() {
            return Err(Error::new(generated));
        }
        warn(&entry, &generated, instructions);
        let fingerprint = Fingerprint::new(&configuration, recorder, &files, instructions);
        let file = OutputFile { path: name, text: fingerprint.text() };
        // If that fails, the next run generates again.
        write(out_dir, out_dir, vec![file], &mut Diagnostics::new());
        Ok(())
    }

    #[cfg(not(feature = "lock-file"))]
    fn locked_options(&self, _: &dyn Loader) -> Result<Cow<'_, Options>, Box<Generated>> {
        Ok(Cow::Borrowed(&self.options))
    }

    /// The options with the lock. It is read through the loader, so that the fingerprint covers it.
    ///
    /// # Errors
    /// Nothing is generated, because the lock cannot be used.
    #[cfg(feature = "lock-file")]
    fn locked_options(&self, loader: &dyn Loader) -> Result<Cow<'_, Options>, Box<Generated>> {
        let Some(path) = &self.lock else {
            return Ok(Cow::Borrowed(&self.options));
        };
        let mut failed = Generated::default();
        let lock = match loader.load_named(path) {
            Ok(text) => {
                let file = failed.files.add(path, text);
                Lock::read(file, &failed.files, &mut failed.diagnostics)
            }
            Err(error) => {
                let message = format!("`{path}` cannot be read: {error}");
                let diagnostics = &mut failed.diagnostics;
                diagnostics.lost(codes::LOCK_UNREADABLE, Place::Nowhere, message, None)
            }
        };
        match lock {
            Some(lock) => Ok(Cow::Owned(Options { lock, ..self.options.clone() })),
            None => Err(Box::new(failed)),
        }
    }

    /// The path of the document, with `/` between folders.
    fn entry(&self) -> String {
        let entry = self.document.to_string_lossy().into_owned();
        match std::path::MAIN_SEPARATOR {
            '\\' => entry.replace('\\', "/"),
            _ => entry,
        }
    }

    fn disk(&self, entry: &str) -> Disk {
        let disk = Disk::new(entry);
        match &self.root {
            Some(root) => disk.with_root(root),
            None => disk,
        }
    }

    /// The generator and all options as text.
    ///
    /// The version alone does not identify a generator that is built from a checkout, the file of the script does: Cargo
    /// links it again after every change of its dependencies.
    fn configuration(&self) -> String {
        let script = std::env::current_exe().and_then(fs::metadata);
        let script = script.and_then(|script| Ok((script.len(), script.modified()?))).ok();
        format!("{} {script:?} {self:?}", env!("CARGO_PKG_VERSION"))
    }

    fn file_name(&self) -> String {
        let stem = self.document.file_stem().unwrap_or_default();
        let name = || format!("{}.rs", stem.to_string_lossy());
        self.file.clone().unwrap_or_else(name)
    }
}

/// The folder for the output of a build script.
#[expect(clippy::disallowed_methods, reason = "Cargo names the output folder in the environment")]
fn out_dir() -> Option<PathBuf> {
    std::env::var_os("OUT_DIR").map(PathBuf::from)
}

/// Writes files of the output, all of them or none; reports what prevents that.
fn write(
    folder: Option<&Path>,
    out_dir: Option<&Path>,
    files: Vec<OutputFile>,
    diagnostics: &mut Diagnostics,
) {
    if files.is_empty() {
        return;
    }
    let Some(folder) = folder else {
        let message = "`OUT_DIR` is not set";
        return diagnostics.push(codes::BUILD_SCRIPT, Place::Nowhere, message);
    };
    let Some(locked) = output_dir::lock(folder, || (), diagnostics) else {
        return;
    };
    if Some(folder) == out_dir {
        remove_damaged(folder, &files);
    }
    if let Some(changes) = output_dir::plan_files(folder, files, diagnostics) {
        output_dir::apply(&locked, &changes, diagnostics);
    }
}

/// Removes files that have lost their header. In the folder that Cargo provides they can only be damaged output.
fn remove_damaged(folder: &Path, files: &[OutputFile]) {
    for file in files {
        let path = folder.join(&file.path);
        if !disk::read_text(&path).is_ok_and(|text| text.starts_with(HEADER)) {
            // It may not exist.
            let _ = fs::remove_file(path);
        }
    }
}

/// The file to include. Code that needs features of the runtime is in a second file, which the first includes only if the
/// runtime has them. A missing feature is then one error, which quotes the line for the manifest, rather than hundreds.
fn included_files(path: String, output: &Output) -> Vec<OutputFile> {
    let features = output.included_features();
    if features.is_empty() {
        let text = output.include();
        return vec![OutputFile { path, text }];
    }
    let quoted = features.iter();
    let quoted: Vec<_> = quoted.map(|feature| format!("{feature:?}")).collect();
    let features = features.join(" ");
    let second = format!("{}.items.rs", path.strip_suffix(".rs").unwrap_or(&path));
    let name = second.rsplit('/').next().unwrap_or(&second);
    let text = format!(
        "{HEADER}\n\n::typewright_runtime::codegen::v1::require! {{\n    [{features}] {:?}\n    include!({name:?});\n}}\n",
        quoted.join(", ")
    );
    let items = OutputFile { path: second.clone(), text: output.include() };
    vec![OutputFile { path, text }, items]
}

/// Names the files on which the output depends.
fn watch(disk: &Disk, instructions: &mut String) {
    for path in disk.requested_files() {
        let path = path.display().to_string();
        // A reference can contain line ends. No further instruction must come of them.
        if !path.contains(['\n', '\r']) {
            let _ = writeln!(instructions, "cargo:rerun-if-changed={path}");
        }
    }
}

/// Prints the warnings. Those of a failure are printed with its errors.
fn warn(entry: &str, generated: &Generated, instructions: &mut String) {
    let warnings: Vec<_> = of_severity(&generated.diagnostics, Severity::Warning).collect();
    for diagnostic in warnings.iter().take(MAX_WARNINGS) {
        let line = one_line(&generated.files, diagnostic);
        let _ = writeln!(instructions, "cargo:warning={line}");
    }
    let more = warnings.len().saturating_sub(MAX_WARNINGS);
    if more > 0 {
        let advice = format!("`typewright inspect {entry}` shows all");
        let _ = writeln!(instructions, "cargo:warning={more} more; {advice}");
    }
}

fn of_severity(diagnostics: &Diagnostics, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(move |diagnostic| diagnostic.code.severity == severity)
}

/// The errors because of which no client was generated. Its `Debug` form, which Rust prints when `main` returns it, lists
/// all diagnostics with excerpts of the document.
///
/// One that is dropped without having been printed in that form hands its lines to Cargo, which then fails the build.
pub struct Error {
    files: Files,
    diagnostics: Diagnostics,
    /// `true` once the `Debug` form was printed.
    is_printed: AtomicBool,
}

impl Error {
    fn new(generated: Generated) -> Self {
        let Generated { files, diagnostics, .. } = generated;
        Self { files, diagnostics, is_printed: AtomicBool::new(false) }
    }

    /// Instructions by which Cargo prints the errors and fails the build; empty if they were printed.
    fn instructions(&self) -> String {
        if self.is_printed.load(Ordering::Relaxed) {
            return String::new();
        }
        self.to_string().lines().map(|line| format!("cargo::error={line}\n")).collect()
    }

    /// The diagnostics.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The files that were read.
    pub fn files(&self) -> &Files {
        &self.files
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = of_severity(&self.diagnostics, Severity::Error);
        for (number, diagnostic) in errors.enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            write!(f, "{gap}{}", one_line(&self.files, diagnostic))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.is_printed.store(true, Ordering::Relaxed);
        let text = diagnostics::human(&self.diagnostics, &self.files, Style::Plain);
        write!(f, "no client was generated\n\n{}", text.trim_end())
    }
}

impl std::error::Error for Error {}

impl Drop for Error {
    fn drop(&mut self) {
        // The pipe is closed only when Cargo itself ends the build.
        let _ = io::stdout().write_all(self.instructions().as_bytes());
    }
}

/// A diagnostic with its place in one line.
fn one_line(files: &Files, diagnostic: &Diagnostic) -> String {
    let located = Locator::new(files).locate(&diagnostic.place);
    let place = located.map(|at| format!("{}:{}:{}: ", at.file.name, at.line, at.column));
    let message = diagnostic.message.replace(['\n', '\r'], " ");
    let line = format!("{}{message} [{}]", place.unwrap_or_default(), diagnostic.code.id);
    escaped(&line, is_unseen).into_owned()
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;

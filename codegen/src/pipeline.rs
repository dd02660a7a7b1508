//! The phases from end to end.

use crate::api::formats;
use crate::api::model::{Api, SchemeKind};
use crate::diagnostics::Diagnostics;
use crate::diff::{self, Diff, Model, Surface};
use crate::load::Loader;
use crate::lock::Lock;
use crate::lower::model::{Crate, ALL_TAGS};
use crate::lower::TypeOptions;
use crate::names::Names;
use crate::options::DateTimeTypes;
use crate::output::{About, Guide};
use crate::source::Files;
use crate::{
    api, emit, generated_tests, load, lower, names, normalize, print, Generated, Options, Output,
};
use indexmap::IndexMap;

/// Meaning of a document, with its diagnostics.
#[derive(Clone, Debug, Default)]
pub struct Analysed {
    /// Files that were read.
    pub files: Files,
    /// Problems of the document.
    pub diagnostics: Diagnostics,
    /// Specification and version of the document, such as `OpenAPI 3.1` or `Swagger 2.0`; empty if it is neither.
    pub format: String,
    /// Its meaning; `None` if a diagnostic is an error.
    pub api: Option<Api>,
}

impl Analysed {
    /// Without a meaning if a diagnostic is an error.
    fn without_faulty_api(mut self) -> Self {
        self.api = self.api.filter(|_| !self.diagnostics.has_errors());
        self
    }
}

/// Analyses the document that `loader` knows as `entry`, up to its meaning.
pub fn analyse(entry: &str, loader: &dyn Loader, options: &Options) -> Analysed {
    read(entry, loader, options).without_faulty_api()
}

/// Analyses a document for a server: its meaning has every media type, also those that a client does not need.
#[doc(hidden)]
pub fn analyse_for_server(entry: &str, loader: &dyn Loader, options: &Options) -> Analysed {
    let settings = api::Options { every_media_type: true, ..api_options(options) };
    read_with(entry, loader, (options, &settings)).without_faulty_api()
}

/// Analyses a document; its meaning is there despite errors, as far as it could be read.
fn read(entry: &str, loader: &dyn Loader, options: &Options) -> Analysed {
    read_with(entry, loader, (options, &api_options(options)))
}

fn api_options(options: &Options) -> api::Options {
    api::Options {
        include: options.include.clone(),
        exclude: options.exclude.clone(),
        literal: options.strict_schemas,
        version: options.calls.version.clone(),
        versions: options.calls.versions.clone(),
        every_media_type: false,
        pagination: options.calls.pagination.clone(),
        long_running: options.calls.long_running.clone(),
        streams: options.calls.streams.clone(),
        empty_path: options.calls.empty_path.clone(),
    }
}

fn read_with(
    entry: &str,
    loader: &dyn Loader,
    (options, selection): (&Options, &api::Options),
) -> Analysed {
    let mut diagnostics = Diagnostics::new();
    let overlays: Vec<&str> = options.overlays.iter().map(String::as_str).collect();
    let loaded = load::load_with(entry, &overlays, loader, &mut diagnostics);
    let document =
        loaded.as_ref().ok().and_then(|loaded| normalize::normalize(loaded, &mut diagnostics));
    let format =
        document.as_ref().map(|document| document.version.name().to_owned()).unwrap_or_default();
    let api = document.map(|document| api::lower(&document, selection, &mut diagnostics));
    if let (Some(api), true) = (&api, selection.is_selective()) {
        api::retain_selected(api, &mut diagnostics);
    }
    Analysed {
        files: loaded.map_or_else(|error| error.files, |loaded| loaded.files),
        diagnostics,
        format,
        api,
    }
}

/// Analyses the document that `loader` knows as `entry`, with all diagnostics that [`generate`] reports for the same
/// options.
pub fn inspect(entry: &str, loader: &dyn Loader, options: &Options) -> Analysed {
    lowered(analyse(entry, loader, options), options).0
}

/// Analyses a document as [`inspect`] does, and returns its Rust model: of a document with errors as much as could be read.
#[doc(hidden)]
pub fn inspect_model(
    entry: &str,
    loader: &dyn Loader,
    options: &Options,
) -> (Analysed, Option<Model>) {
    let (analysed, model) = lowered(read(entry, loader, options), options);
    (analysed.without_faulty_api(), model)
}

/// Lowers the meaning of a document. What this reports after an error is a consequence of it, and is dropped.
fn lowered(mut analysed: Analysed, options: &Options) -> (Analysed, Option<Model>) {
    let mut diagnostics = analysed.diagnostics.clone();
    let model = analysed.api.clone().map(|api| {
        let (api, names, type_options) = settled(api, options, &mut diagnostics);
        let krate = lower::lower(&api, &names, &type_options, &mut diagnostics);
        Model { api, names, krate }
    });
    if !analysed.diagnostics.has_errors() {
        analysed.diagnostics = diagnostics;
    }
    (analysed, model)
}

/// Generates a client from the document that `loader` knows as `entry`.
///
/// Reads through the loader alone, and writes nothing: the output is returned as text.
///
/// ```
/// struct Memory;
/// impl typewright::Loader for Memory {
///     fn load(&self, _path: &str) -> Result<String, typewright::ReadError> {
///         Ok("openapi: 3.0.3\ninfo: { title: Clock, version: '1' }\npaths: {}\n".to_owned())
///     }
/// }
/// let generated = typewright::generate("clock.yaml", &Memory, &typewright::Options::default());
/// let output = generated.output.expect("the document is sound");
/// assert!(output.modules.iter().any(|module| module.path == "lib.rs"));
/// ```
pub fn generate(entry: &str, loader: &dyn Loader, options: &Options) -> Generated {
    analyse(entry, loader, options).generate(options)
}

impl Analysed {
    /// Generates the client of the document, with the options by which it was analysed.
    pub fn generate(self, options: &Options) -> Generated {
        let Self { files, mut diagnostics, api, .. } = self;
        let output = api.map(|api| output(api, options, &mut diagnostics));
        let output = output.filter(|_| !diagnostics.has_errors());
        Generated { files, diagnostics, output }
    }
}

/// A document: the name by which its loader knows it, and the loader.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// Name of the entry file.
    pub entry: &'a str,
    /// Reads the entry file and the files that it refers to.
    pub loader: &'a dyn Loader,
}

/// Comparison of two documents.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The old document with its diagnostics.
    pub old: Analysed,
    /// The new document with its diagnostics.
    pub new: Analysed,
    /// The differences; `None` if a diagnostic of either document is an error.
    pub diff: Option<Diff>,
    /// The public APIs of both clients, the old one first; `None` if there are no differences to tell.
    pub surfaces: Option<(Surface, Surface)>,
}

/// Compares the clients that two documents generate with the same options.
pub fn compare(old: Document<'_>, new: Document<'_>, options: &Options) -> Comparison {
    let read = |document: Document<'_>| {
        lowered(analyse(document.entry, document.loader, options), options)
    };
    let ((old, old_model), (new, new_model)) = (read(old), read(new));
    let models = old_model.zip(new_model);
    let compared = models
        .map(|(old, new)| (diff::diff(&old, &new), (diff::surface(&old), diff::surface(&new))));
    let (diff, surfaces) = compared.unzip();
    Comparison { old, new, diff, surfaces }
}

/// Compares the client of an earlier run, by its lock, with the one that a document generates now.
///
/// Names are kept by the lock of the options, which may be another one, or none. The lock holds the public API alone, so
/// changes on the wire remain unknown: [`Diff::behaviour`] is empty, and so is the old document of the result.
pub fn compare_with_lock(old: &Lock, new: Document<'_>, options: &Options) -> Comparison {
    let (new, model) = lowered(analyse(new.entry, new.loader, options), options);
    let compared = model.map(|model| {
        let surfaces = (diff::locked_surface(old), diff::surface(&model));
        (diff::diff_with_lock(old, &model), surfaces)
    });
    let (diff, surfaces) = compared.unzip();
    Comparison { old: Analysed::default(), new, diff, surfaces }
}

/// Applies the options to an API: prefixes, names, leniency; and assigns its names.
fn settled(
    api: Api,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> (Api, Names, TypeOptions) {
    let api = names::rename::strip_prefixes(api, &options.strip_prefix, diagnostics);
    let api = names::rename::apply(api, &options.rename, diagnostics);
    let type_options = TypeOptions::new(&api, options, diagnostics);
    let api = lower::lenient::apply(api, options, &type_options, diagnostics);
    let names = names::assign(&api, options, diagnostics);
    (api, names, type_options)
}

fn output(api: Api, options: &Options, diagnostics: &mut Diagnostics) -> Output {
    let (api, names, type_options) = settled(api, options, diagnostics);
    let krate = lower::lower(&api, &names, &type_options, diagnostics);
    let model = Model { api, names, krate };
    let Model { api, names, krate } = &model;
    let tree = emit::emit(krate);
    let printed = print::print(if options.extension { tree.with_extension() } else { tree });
    let about = About { title: api.info.title.clone(), license: api.info.license.clone() };
    Output {
        modules: printed.files(),
        printed,
        runtime_features: runtime_features(api, options)
            .into_iter()
            .chain(krate.has_patterns().then(|| "pattern".to_owned()))
            .collect(),
        optional_features: krate.service.iter().map(|_| emit::SERVER.to_owned()).collect(),
        features: crate_features(krate),
        guide: options.guide.then(|| guide(krate, &options.name, &about)),
        about,
        dependencies: IndexMap::new(),
        tests: generated_tests::all(api, names, (options, &type_options)),
        lock: diff::lock(&model),
        changes: match options.lock.api.is_empty() {
            true => Vec::new(),
            false => diff::diff_with_lock(&options.lock, &model).changes,
        },
    }
}

/// Cargo features that select operations, with those that they need.
fn crate_features(krate: &Crate) -> IndexMap<String, Vec<String>> {
    let names = krate.features.iter().map(|feature| feature.name.clone());
    let all = (!krate.features.is_empty()).then(|| (ALL_TAGS.to_owned(), names.collect()));
    let features = krate.features.iter();
    let features =
        features.map(|feature| (feature.name.clone(), feature.needs.iter().cloned().collect()));
    all.into_iter().chain(features).collect()
}

/// The README and the reference of a crate.
fn guide(krate: &Crate, name: &str, about: &About) -> Guide {
    Guide {
        readme: emit::guide::readme(krate, name, about.license.as_deref()),
        reference: emit::guide::reference(krate, name),
    }
}

/// Features of the runtime that the types of the document need.
fn runtime_features(api: &Api, options: &Options) -> Vec<String> {
    let has = |format: &str| {
        let mut schemas = api.schemas.iter();
        schemas.any(|(_, schema)| formats::is_of(&schema.shape, format))
    };
    let mut schemes = api.security_schemes.values();
    let digest = schemes.any(|scheme| scheme.kind == SchemeKind::Digest);
    let dates = has("date-time") || has("date");
    let features = [
        ("digest", digest && !options.types_only),
        ("uuid", has("uuid")),
        ("chrono", dates && options.date_time_types == DateTimeTypes::Chrono),
        ("time", dates && options.date_time_types == DateTimeTypes::Time),
        ("xml", !api.xml.roots.is_empty() && !options.types_only),
        ("jiff", dates && options.date_time_types == DateTimeTypes::Jiff),
    ];
    let features = features.into_iter().filter(|(_, is_needed)| *is_needed);
    features.map(|(feature, _)| feature.to_owned()).collect()
}

//! The pipeline from end to end.

use crate::api::ir::{Api, SchemeKind};
use crate::diagnostics::Diagnostics;
use crate::load::{Files, Loader};
use crate::{api, dialect, emit, load, names, print, rust, Generated, Options, Output};
use indexmap::IndexMap;

/// What a document means, and what there is to say of it.
#[derive(Clone, Debug, Default)]
pub struct Analysed {
    /// The files that were read.
    pub files: Files,
    /// What there is to say of the document.
    pub diagnostics: Diagnostics,
    /// What the document is written in, such as `OpenAPI 3.1` or `Swagger 2.0`; empty where it is neither.
    pub format: String,
    /// Its meaning; `None` where a diagnostic is an error.
    pub api: Option<Api>,
}

/// Reads the document that `loader` calls `entry` as far as its meaning.
pub fn analyse(entry: &str, loader: &dyn Loader, options: &Options) -> Analysed {
    let mut diagnostics = Diagnostics::new();
    let loaded = load::load(entry, loader, &mut diagnostics);
    let document = loaded
        .as_ref()
        .and_then(|loaded| dialect::normalise(loaded, &mut diagnostics));
    let format = document
        .as_ref()
        .map(|document| document.version.name().to_owned())
        .unwrap_or_default();
    let selection = api::Options {
        include: options.include.clone(),
        exclude: options.exclude.clone(),
        literal: options.literal,
    };
    let api = document.map(|document| api::lower(&document, &selection, &mut diagnostics));
    let api = api.filter(|_| !diagnostics.has_errors());
    let files = match loaded {
        Some(loaded) => loaded.files,
        None => entry_alone(entry, loader),
    };
    Analysed {
        files,
        diagnostics,
        format,
        api,
    }
}

/// The files of a document that could not be parsed, so that its findings can be shown in its text.
fn entry_alone(entry: &str, loader: &dyn Loader) -> Files {
    let mut files = Files::default();
    if let Ok(text) = loader.load(entry) {
        files.add(entry, text);
    }
    files
}

/// Generates a client from the document that `loader` calls `entry`.
///
/// Nothing is read but through the loader, and nothing is written: the output is handed back as text.
///
/// ```
/// struct Memory;
/// impl typewright::Loader for Memory {
///     fn load(&self, _path: &str) -> Result<String, String> {
///         Ok("openapi: 3.0.3\ninfo: { title: Clock, version: '1' }\npaths: {}\n".to_owned())
///     }
/// }
/// let generated = typewright::generate("clock.yaml", &Memory, &typewright::Options::default());
/// let output = generated.output.expect("the document is sound");
/// assert!(output.modules.iter().any(|module| module.path == "lib.rs"));
/// ```
pub fn generate(entry: &str, loader: &dyn Loader, options: &Options) -> Generated {
    let Analysed {
        files,
        mut diagnostics,
        api,
        ..
    } = analyse(entry, loader, options);
    let output = api.map(|api| output(&api, options, &mut diagnostics));
    Generated {
        files,
        diagnostics,
        output,
    }
}

fn output(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Output {
    let names = names::assign(api, diagnostics);
    let krate = rust::lower(api, &names, options);
    let tree = emit::emit(&krate);
    let printed = print::print(&tree);
    let (modules, include) = (printed.files(), printed.include());
    let mut runtime_features = if options.types_only {
        Vec::new()
    } else {
        runtime_features(api)
    };
    if krate.has_patterns() {
        runtime_features.push("pattern".to_owned());
    }
    Output {
        modules,
        include,
        runtime_features,
        dependencies: IndexMap::new(),
    }
}

/// The parts of the runtime that only some documents need.
fn runtime_features(api: &Api) -> Vec<String> {
    let digest = api
        .schemes
        .values()
        .any(|scheme| scheme.kind == SchemeKind::Digest);
    digest.then(|| "digest".to_owned()).into_iter().collect()
}

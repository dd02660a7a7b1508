//! The pipeline from end to end.

use crate::api::ir::{Api, SchemeKind};
use crate::diagnostics::Diagnostics;
use crate::load::{Files, Loader};
use crate::{api, dialect, emit, load, names, print, rust, test_files, Generated, Options, Output};
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
    let overlays: Vec<&str> = options.overlays.iter().map(String::as_str).collect();
    let loaded = load::load_with(entry, &overlays, loader, &mut diagnostics);
    let document = loaded
        .as_ref()
        .ok()
        .and_then(|loaded| dialect::normalise(loaded, &mut diagnostics));
    let format = document
        .as_ref()
        .map(|document| document.version.name().to_owned())
        .unwrap_or_default();
    let selection = api::Options {
        include: options.include.clone(),
        exclude: options.exclude.clone(),
    };
    let api = document.map(|document| api::lower(&document, &selection, &mut diagnostics));
    let api = api.filter(|_| !diagnostics.has_errors());
    Analysed {
        files: loaded.map_or_else(|files| files, |loaded| loaded.files),
        diagnostics,
        format,
        api,
    }
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
    let names = names::assign(api, options.calls.grouping, diagnostics);
    let krate = rust::lower(api, &names, options.types_only);
    let tree = emit::emit(&krate);
    let printed = print::print(tree);
    let runtime_features = if options.types_only {
        Vec::new()
    } else {
        runtime_features(api)
    };
    Output {
        modules: printed.files(),
        printed,
        runtime_features,
        dependencies: IndexMap::new(),
        tests: test_files::all(api, &names, options),
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

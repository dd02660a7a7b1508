//! Stands in for the pipeline until its phases meet: two modules that hold nothing of the document.

use crate::api::ir::{Api, Info, Schemas};
use crate::diagnostics::{Code, Diagnostics, Place, Severity};
use crate::load::Files;
use crate::{Generated, Loader, Module, Options, Output, HEADER};
use indexmap::IndexMap;

const UNREADABLE: Code = Code {
    id: "TW0101",
    severity: Severity::Error,
    title: "the document cannot be read",
    explanation: "",
};
const SYNTAX: Code = Code {
    id: "TW0103",
    title: "the file is not valid YAML",
    ..UNREADABLE
};

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
    let generated = generate(entry, loader, options);
    let api = generated.output.map(|_| Api {
        info: Info {
            title: options.name.clone(),
            ..Info::default()
        },
        servers: Vec::new(),
        schemes: IndexMap::new(),
        tags: Vec::new(),
        operations: Vec::new(),
        schemas: Schemas::default(),
    });
    Analysed {
        files: generated.files,
        diagnostics: generated.diagnostics,
        format: "OpenAPI 3.0".into(),
        api,
    }
}

/// Generates a client from the document that `loader` calls `entry`.
pub fn generate(entry: &str, loader: &dyn Loader, options: &Options) -> Generated {
    let mut generated = Generated::default();
    let text = match loader.load(entry) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("`{entry}` cannot be read: {reason}");
            generated
                .diagnostics
                .push(UNREADABLE, Place::Nowhere, message);
            return generated;
        }
    };
    let file = generated.files.add(entry, text.clone());
    let document = serde_yaml::from_str::<serde_json::Value>(&text);
    let Ok(serde_json::Value::Object(document)) = document else {
        let message = "this is no OpenAPI document";
        generated
            .diagnostics
            .push(SYNTAX, Place::File(file), message);
        return generated;
    };
    if !document.contains_key("openapi") {
        let message = "this is no OpenAPI document";
        generated
            .diagnostics
            .push(SYNTAX, Place::File(file), message);
        return generated;
    }
    let title = document
        .get("info")
        .and_then(|info| info.get("title")?.as_str())
        .unwrap_or(&options.name);
    let schemas = document
        .get("components")
        .and_then(|components| components.get("schemas")?.as_object());
    let mut modules = vec![
        module("lib.rs", "//! A client.\nmod types;\npub use types::TITLE;"),
        module(
            "types/mod.rs",
            &format!("/// The title.\npub const TITLE: &str = {title:?};\n"),
        ),
    ];
    if schemas.is_some_and(|schemas| !schemas.is_empty()) {
        modules.push(module("types/schemas.rs", ""));
    }
    generated.output = Some(Output {
        include: format!("{HEADER}\n/// The title.\npub const TITLE: &str = {title:?};\n"),
        modules,
        ..Output::default()
    });
    generated
}

fn module(path: &str, text: &str) -> Module {
    Module {
        path: path.to_owned(),
        text: format!("{HEADER}\n\n{text}\n"),
    }
}

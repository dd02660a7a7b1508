//! The version that a document declares.

use crate::diagnostics::codes::normalize as codes;
use crate::diagnostics::Diagnostics;
use crate::load::Loaded;
use crate::syntax::{Node, Value};

/// A version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

impl Version {
    /// The common name.
    pub fn name(self) -> &'static str {
        match self {
            Self::V2_0 => "Swagger 2.0",
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }
}

fn scalar(node: &Node) -> Option<&str> {
    node.as_text().or_else(|| node.as_number())
}

/// Reads the version; a newer 3.x counts as the newest supported one, with a warning.
pub(super) fn detect(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = &loaded.root;
    if let Some(node) = root.get("openapi") {
        let text = scalar(node).unwrap_or_default();
        let mut parts = text.trim().split('.');
        let version = match (parts.next(), parts.next().unwrap_or("0")) {
            (Some("3"), "0") => Version::V3_0,
            (Some("3"), "1") => Version::V3_1,
            (Some("3"), "2") => Version::V3_2,
            (Some("3"), _) => {
                let message =
                    format!("`{text}` is newer than all supported versions; the document is read as OpenAPI 3.2");
                let place = loaded.place(node.origin);
                diagnostics.lost(codes::VERSION_NEWER, place, message, Version::V3_2)
            }
            _ => return unknown(loaded, node, diagnostics),
        };
        return Some(version);
    }
    match root.get("swagger") {
        Some(node) if scalar(node).is_some_and(|text| matches!(text.trim(), "2" | "2.0")) => {
            Some(Version::V2_0)
        }
        Some(node) => unknown(loaded, node, diagnostics),
        None => missing(loaded, diagnostics),
    }
}

fn unknown(loaded: &Loaded, node: &Node, diagnostics: &mut Diagnostics) -> Option<Version> {
    let text = scalar(node).unwrap_or("this");
    let message = format!("`{text}` is not a supported version");
    diagnostics.lost(codes::VERSION_UNKNOWN, loaded.place(node.origin), message, None)
}

fn missing(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = &loaded.root;
    let place = loaded.place(root.origin);
    if let Some((message, help)) = foreign(root) {
        diagnostics.push_with_help(codes::NOT_OPENAPI, place, message, help);
        return None;
    }
    let message = match &root.value {
        Value::Object(_) => "the top level has neither `openapi` nor `swagger`".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
            format!("an API description has to be an object; this is {}", root.described())
        }
    };
    diagnostics.lost(codes::NOT_OPENAPI, place, message, None)
}

/// The message and the help for a document in another format.
fn foreign(root: &Node) -> Option<(&'static str, &'static str)> {
    let has = |key: &str| root.has(key);
    let kinds = [
        (
            has("asyncapi"),
            "this is an AsyncAPI document, which describes messages; only OpenAPI is supported",
            "if the service has an HTTP API too, ask for its OpenAPI document",
        ),
        (
            has("arazzo"),
            "this is an Arazzo document, which describes workflows over APIs",
            "name the OpenAPI document that its `sourceDescriptions` lists",
        ),
        (
            has("overlay") && has("actions"),
            "this is an overlay, which changes an OpenAPI document",
            "name the document, and this file with `--overlay`",
        ),
        (
            is_postman(root),
            "this is a Postman collection",
            "Postman exports it as OpenAPI, and `npx postman-to-openapi FILE -f openapi.yaml` converts it",
        ),
        (
            is_discovery(root),
            "this is a Google Discovery document",
            "`npx google-discovery-to-swagger` or `npx api-spec-converter --from=google --to=openapi_3` converts it to OpenAPI",
        ),
        (
            root.get("log").is_some_and(|log| log.has("entries")),
            "this is a recording of HTTP traffic (HAR)",
            "`npx har-to-openapi` converts the recording to OpenAPI",
        ),
        (
            is_json_schema(root),
            "this is a JSON Schema, which describes values, not operations",
            "put it into `components.schemas` of an OpenAPI 3.1 document; `--types-only` generates only its types",
        ),
    ];
    let mut kinds = kinds.into_iter();
    let (_, message, help) = kinds.find(|(is_match, ..)| *is_match)?;
    Some((message, help))
}

fn is_postman(root: &Node) -> bool {
    root.get("info").is_some_and(|info| {
        let schema = info.text_of("schema").unwrap_or_default();
        info.has("_postman_id") || schema.contains("getpostman.com")
    })
}

fn is_discovery(root: &Node) -> bool {
    let kind = root.text_of("kind").unwrap_or_default();
    kind.starts_with("discovery#") || root.has("discoveryVersion")
}

fn is_json_schema(root: &Node) -> bool {
    let schema = root.text_of("$schema").unwrap_or_default();
    schema.contains("json-schema.org") || root.has("$defs")
}

#[cfg(test)]
mod tests {
    use crate::load::{load, Loader, ReadError};

    struct One(&'static str);

    impl Loader for One {
        fn load(&self, _: &str) -> Result<String, ReadError> {
            Ok(self.0.to_owned())
        }
    }

    #[test]
    fn documents_of_other_kinds_are_known() {
        let kinds = [
            ("asyncapi: 2.6.0", "AsyncAPI"),
            ("arazzo: 1.0.0", "Arazzo"),
            ("overlay: 1.0.0\nactions: []", "overlay"),
            ("info: {_postman_id: x, name: n}", "Postman"),
            ("kind: discovery#restDescription", "Discovery"),
            ("log: {version: '1.2', entries: []}", "HAR"),
            ("$schema: https://json-schema.org/draft/2020-12/schema", "JSON Schema"),
        ];
        for (text, kind) in kinds {
            let mut diagnostics = crate::diagnostics::Diagnostics::new();
            let loaded = load("x.yaml", &One(text), &mut diagnostics).unwrap();
            assert!(crate::normalize::normalize(&loaded, &mut diagnostics).is_none());
            let all: Vec<_> = diagnostics.iter().collect();
            assert_eq!(all.len(), 1, "{text}");
            assert!(all[0].message.contains(kind) && all[0].help.is_some(), "{text}");
        }
    }
}

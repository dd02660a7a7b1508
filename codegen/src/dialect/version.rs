//! Which version of OpenAPI a document says it is written in.

use crate::diagnostics::codes::dialect as codes;
use crate::diagnostics::Diagnostics;
use crate::load::{Loaded, Node, Value};

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
    /// The name that people use.
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

/// Reads the version; a newer 3.x is read as the newest known one, with a warning.
pub(super) fn detect(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = &loaded.root;
    if let Some(node) = root.get("openapi") {
        let text = scalar(node).unwrap_or_default();
        let mut parts = text.trim().split('.');
        let known = match (parts.next(), parts.next().unwrap_or("0")) {
            (Some("3"), "0") => Version::V3_0,
            (Some("3"), "1") => Version::V3_1,
            (Some("3"), "2") => Version::V3_2,
            (Some("3"), _) => {
                let message =
                    format!("`{text}` is newer than what is known; it is read as OpenAPI 3.2");
                let place = loaded.table.place(node.origin);
                diagnostics.lost(codes::VERSION_NEWER, place, message, Version::V3_2)
            }
            _ => return unknown(loaded, node, diagnostics),
        };
        return Some(known);
    }
    match root.get("swagger") {
        Some(node) if scalar(node).is_some_and(|text| matches!(text.trim(), "2" | "2.0")) => {
            Some(Version::V2_0)
        }
        Some(node) => unknown(loaded, node, diagnostics),
        None => nothing(loaded, diagnostics),
    }
}

fn unknown(loaded: &Loaded, node: &Node, diagnostics: &mut Diagnostics) -> Option<Version> {
    let shown = scalar(node).unwrap_or("this");
    let message = format!("`{shown}` is no version that can be read");
    diagnostics.lost(
        codes::VERSION_UNKNOWN,
        loaded.table.place(node.origin),
        message,
        None,
    )
}

fn nothing(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = &loaded.root;
    let message = match &root.value {
        Value::Object(members) if members.contains_key("asyncapi") => {
            "this is an AsyncAPI document; only OpenAPI can be read".to_owned()
        }
        Value::Object(_) => "there is neither `openapi` nor `swagger` at the top".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
            format!(
                "an API description is an object; this is {}",
                root.described()
            )
        }
    };
    let place = loaded.table.place(root.origin);
    diagnostics.lost(codes::NOT_OPENAPI, place, message, None)
}

//! The state that all steps of the rewriting share.

use super::keys;
use super::version::Version;
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Loaded;
use crate::syntax::{pointer, Node, OriginId};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// The state of the rewriting of one document.
pub(super) struct Context<'a> {
    pub loaded: &'a Loaded,
    pub version: Version,
    pub diagnostics: &'a mut Diagnostics,
    /// Schemas without a place in 3.0, by their reserved names in `components.schemas`.
    pub hoisted: IndexMap<String, Node>,
    /// The servers of a document of 2.0, after they were rewritten.
    pub servers: Vec<Node>,
    /// Operations without an `operationId`.
    pub without_id: Vec<OriginId>,
    /// Unknown formats that have been reported.
    pub reported_formats: BTreeSet<String>,
}

impl Context<'_> {
    /// Reports a problem of a value.
    pub fn report(&mut self, code: Code, origin: OriginId, message: impl Into<String>) {
        let place = self.loaded.place(origin);
        self.diagnostics.push(code, place, message);
    }

    /// Reports a problem of a key.
    pub fn report_key(&mut self, code: Code, origin: OriginId, message: impl Into<String>) {
        let place = self.loaded.key_place(origin);
        self.diagnostics.push(code, place, message);
    }

    /// Reports a problem of a value with a specific remedy.
    pub fn report_with_help(
        &mut self,
        code: Code,
        origin: OriginId,
        message: String,
        help: String,
    ) {
        let place = self.loaded.place(origin);
        self.diagnostics.push_with_help(code, place, message, help);
    }

    /// The text of a plain scalar in the source file; `None` for quoted and block scalars.
    pub fn source_text(&self, node: &Node) -> Option<String> {
        let text = self.loaded.source_text(node.origin)?;
        let is_plain = !text.starts_with(['"', '\'', '|', '>', '*', '&', '!']);
        is_plain.then(|| text.to_owned())
    }

    /// Moves a schema to the components under a reserved name; returns the pointer to it.
    pub fn hoist(&mut self, schema: Node) -> String {
        let steps = self.loaded.table.steps(schema.origin);
        let stem = format!("{}{}", keys::HOISTED, descriptive_name(&steps));
        let mut name = stem.clone();
        let mut count = 2;
        while self.hoisted.contains_key(&name) {
            name = format!("{stem}.{count}");
            count += 1;
        }
        let target = format!("#/components/schemas/{}", pointer::escape(&name));
        self.hoisted.insert(name, schema);
        target
    }
}

/// A name of letters, digits, underscores and dots from the steps to a schema.
fn descriptive_name(steps: &[&str]) -> String {
    let significant = steps
        .strip_prefix(&["components", "schemas"])
        .or_else(|| steps.strip_prefix(&["definitions"]))
        .unwrap_or(steps);
    let parts: Vec<String> = significant
        .iter()
        .map(|step| {
            step.split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join("_")
        })
        .filter(|word| !word.is_empty())
        .collect();
    parts.join(".")
}

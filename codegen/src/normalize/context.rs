//! What every step of the phase shares: where to report, and what was moved to the components.

use super::keys;
use super::version::Version;
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Loaded;
use crate::syntax::{pointer, Node, OriginId};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// What is at hand while a document is rewritten.
pub(super) struct Context<'a> {
    pub loaded: &'a Loaded,
    pub version: Version,
    pub diagnostics: &'a mut Diagnostics,
    /// Schemas that 3.0 has no place for, by their reserved names in `components.schemas`.
    pub hoisted: IndexMap<String, Node>,
    /// The servers of a document of 2.0, once they are known.
    pub servers: Vec<Node>,
    /// Operations without an id.
    pub nameless: Vec<OriginId>,
    /// Formats that were called unknown.
    pub formats: BTreeSet<String>,
}

impl Context<'_> {
    /// Reports a value.
    pub fn report(&mut self, code: Code, origin: OriginId, message: impl Into<String>) {
        let place = self.loaded.place(origin);
        self.diagnostics.push(code, place, message);
    }

    /// Reports the key of a member.
    pub fn report_key(&mut self, code: Code, origin: OriginId, message: impl Into<String>) {
        let place = self.loaded.key_place(origin);
        self.diagnostics.push(code, place, message);
    }

    /// Reports a value with a remedy of its own.
    pub fn report_help(&mut self, code: Code, origin: OriginId, message: String, help: String) {
        let place = self.loaded.place(origin);
        self.diagnostics.push_with_help(code, place, message, help);
    }

    /// The text of a scalar as the user wrote it.
    pub fn written(&self, node: &Node) -> Option<String> {
        let text = self.loaded.source_text(node.origin)?;
        let plain = !text.starts_with(['"', '\'', '|', '>', '*', '&', '!']);
        plain.then(|| text.to_owned())
    }

    /// Moves a schema to the components under a reserved name; hands back the pointer to it.
    pub fn hoist(&mut self, schema: Node) -> String {
        let steps = self.loaded.table.steps(schema.origin);
        let stem = format!("{}{}", keys::HOISTED, speaking(&steps));
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

/// The steps to a schema as a name of letters, digits and dots.
fn speaking(steps: &[&str]) -> String {
    let kept = steps
        .strip_prefix(&["components", "schemas"])
        .or_else(|| steps.strip_prefix(&["definitions"]))
        .unwrap_or(steps);
    let words: Vec<String> = kept
        .iter()
        .map(|step| {
            step.split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join("_")
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.join(".")
}

//! Doc comments of schemas and use sites: their documentation, and constraints and defaults as sentences.

use super::model::Attributes;
use super::Context;
use crate::api::model::{Constraints, Docs, Json, SchemaId, Use};
use crate::rustdoc;

/// A default with a longer text is not documented.
const MAX_DEFAULT_LENGTH: usize = 80;

impl From<&Docs> for Attributes {
    fn from(docs: &Docs) -> Self {
        Self { docs: rustdoc::summary(docs), deprecated: docs.deprecated }
    }
}

impl Attributes {
    /// Appends a paragraph.
    pub fn paragraph(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if !self.docs.is_empty() && lines.peek().is_some() {
            self.docs.push(String::new());
        }
        self.docs.extend(lines);
    }
}

impl Context<'_> {
    /// Returns documentation and attributes of a schema.
    pub(super) fn attributes(&self, id: SchemaId) -> Attributes {
        let Some(schema) = self.schema(id) else {
            return Attributes::default();
        };
        let mut attributes = Attributes::from(&schema.docs);
        attributes.paragraph(sentences(&schema.constraints));
        attributes
    }

    /// Returns documentation and attributes of a use site; those of an inline schema if the site has none.
    pub(super) fn use_attributes(&self, usage: &Use, required: bool) -> Attributes {
        let inline =
            self.schema(usage.schema).filter(|_| !self.names.types.contains_key(&usage.schema));
        let mut attributes = Attributes::from(&usage.docs);
        if let Some(schema) = inline {
            if attributes.docs.is_empty() {
                attributes.docs = rustdoc::summary(&schema.docs);
            }
            attributes.deprecated |= schema.docs.deprecated;
            attributes.paragraph(sentences(&schema.constraints));
        }
        let default = usage.default.as_ref();
        let default = default.or(inline.and_then(|schema| schema.default.as_ref()));
        attributes.paragraph(default.and_then(|default| default_sentence(default, required)));
        attributes
    }
}

/// Returns a sentence for each constraint.
pub fn sentences(limits: &Constraints) -> Vec<String> {
    let multiples = limits.multiples_of.iter();
    let patterns = limits.patterns.iter();
    let unique = limits.unique_items.then(|| "No two items are equal.".to_owned());
    bounds(limits)
        .into_iter()
        .chain(multiples.map(|step| format!("A multiple of {step}.")))
        .chain(range(limits.min_length, limits.max_length, "character"))
        .chain(patterns.map(|pattern| format!("Matches {}.", code(pattern))))
        .chain(range(limits.min_items, limits.max_items, "item"))
        .chain(unique)
        .chain(range(limits.min_properties, limits.max_properties, "member"))
        .chain(limits.dependent.iter().map(|(name, required)| {
            format!("If {} is set, so must be {}.", code(name), codes(required, ", "))
        }))
        .chain(limits.name_patterns.iter().map(|names| {
            format!("Names of additional members match {}.", codes(&names.patterns, " or "))
        }))
        .collect()
}

/// Describes a default. No server assumes the default of a required value.
fn default_sentence(value: &Json, required: bool) -> Option<String> {
    let text = value.to_string();
    (text.chars().count() <= MAX_DEFAULT_LENGTH).then(|| match required {
        true => format!("The documented default is {}, but a value is required.", code(&text)),
        false => format!("Defaults to {}.", code(&text)),
    })
}

fn bounds(limits: &Constraints) -> Option<String> {
    let lower = if limits.exclusive_minimum { "More than" } else { "At least" };
    let upper = if limits.exclusive_maximum { "less than" } else { "at most" };
    match (&limits.minimum, &limits.maximum) {
        (Some(low), Some(high)) if !limits.exclusive_minimum && !limits.exclusive_maximum => {
            Some(format!("{low} to {high}."))
        }
        (Some(low), Some(high)) => Some(format!("{lower} {low}, {upper} {high}.")),
        (Some(low), None) => Some(format!("{lower} {low}.")),
        (None, Some(high)) if limits.exclusive_maximum => Some(format!("Less than {high}.")),
        (None, Some(high)) => Some(format!("At most {high}.")),
        (None, None) => None,
    }
}

fn range(low: Option<u64>, high: Option<u64>, noun: &str) -> Option<String> {
    let counted = |count: u64| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    match (low.filter(|low| *low > 0), high) {
        (Some(low), Some(high)) if low == high => Some(format!("Exactly {}.", counted(low))),
        (Some(low), Some(high)) => Some(format!("{low} to {}.", counted(high))),
        (Some(low), None) => Some(format!("At least {}.", counted(low))),
        (None, Some(high)) => Some(format!("At most {}.", counted(high))),
        (None, None) => None,
    }
}

fn codes(texts: &[String], separator: &str) -> String {
    let texts: Vec<_> = texts.iter().map(|text| code(text)).collect();
    texts.join(separator)
}

/// Returns a code span.
fn code(text: &str) -> String {
    let line = text.replace(char::is_control, " ");
    let runs = line.split(|letter| letter != '`');
    let fence = "`".repeat(runs.map(str::len).max().unwrap_or_default() + 1);
    let touches = line.starts_with('`') || line.ends_with('`') || line.is_empty();
    let padding = if touches { " " } else { "" };
    format!("{fence}{padding}{line}{padding}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_optional_values_have_an_assumed_default() {
        let value = Json::from(5);
        assert_eq!(default_sentence(&value, false).unwrap(), "Defaults to `5`.");
        assert_eq!(
            default_sentence(&value, true).unwrap(),
            "The documented default is `5`, but a value is required."
        );
    }

    #[test]
    fn constraints_become_sentences() {
        let limits = Constraints {
            minimum: Some("0".to_owned()),
            maximum: Some("59".to_owned()),
            min_length: Some(1),
            max_length: Some(63),
            max_properties: Some(1),
            ..Constraints::default()
        };
        assert_eq!(sentences(&limits), ["0 to 59.", "1 to 63 characters.", "At most 1 member."]);
        let limits = Constraints {
            minimum: Some("0".to_owned()),
            exclusive_minimum: true,
            ..Constraints::default()
        };
        assert_eq!(sentences(&limits), ["More than 0."]);
        assert_eq!(
            sentences(&Constraints {
                patterns: vec!["a`b".to_owned(), "c".to_owned()],
                ..Constraints::default()
            }),
            ["Matches ``a`b``.", "Matches `c`."]
        );
        assert_eq!(sentences(&Constraints::default()), [""; 0]);
    }
}

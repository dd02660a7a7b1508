//! Reads the vendor's playground from a page's front matter: a JSON schema of path, query and body.
//!
//! Keywords and fields are distinguished by their place, since fields can be called `properties` or `required`, too.

use crate::page::{Bounds, TextLimits, Verb};
use crate::page_reporter::PageReporter;
use indexmap::IndexMap;
use std::ops::Range;
use typewright::diagnostics::codes::import::IMPORT_FRONT_MATTER;
use typewright::syntax::{parse_text, Node};

/// One request of the playground.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// As under `## HTTP request`.
    pub url: String,
    /// As under `## HTTP request`.
    pub verb: Option<Verb>,
    /// The parameters in the path.
    pub path: Option<FrontType>,
    /// The parameters in the query.
    pub query: Option<FrontType>,
    /// The request's body.
    pub body: Option<FrontType>,
    /// The messages, by their short names.
    pub definitions: IndexMap<String, FrontType>,
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontType {
    /// Its fields, in order.
    pub fields: IndexMap<String, FrontField>,
    /// The names of its required fields.
    pub required: Vec<String>,
    /// `true` if it has no other fields.
    pub closed: bool,
    /// Groups of fields of which one may be set.
    pub groups: Vec<Vec<String>>,
    /// `true` if fields outside of groups are absent, as in the first version of the playground.
    pub partial: bool,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontField {
    /// Description; its first line is the type.
    pub description: String,
    /// JSON type such as `string`; empty for a reference.
    pub base: String,
    /// `true` for a list.
    pub repeated: bool,
    /// The values of an enum.
    pub values: Vec<String>,
    /// A regular expression.
    pub pattern: Option<String>,
    /// `true` if the elements of a list are distinct.
    pub unique: bool,
    /// `true` if it is deprecated.
    pub deprecated: bool,
    /// The limits of a map's values.
    pub each: TextLimits,
    /// The limits of a map's keys.
    pub key: TextLimits,
    /// Maximum number of entries of a map.
    pub most: Option<u64>,
}

/// The bytes of the front matter without its `---` lines, and the text after it.
pub fn split(text: &str) -> (Option<Range<usize>>, &str) {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = text.get(bom..).unwrap_or_default();
    let Some(inside) = body.strip_prefix("---\n").or_else(|| body.strip_prefix("---\r\n")) else {
        return (None, body);
    };
    let start = text.len() - inside.len();
    let mut at = start;
    for line in inside.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return (Some(start..at), text.get(at + line.len()..).unwrap_or_default());
        }
        at += line.len();
    }
    (Some(start..text.len()), "")
}

/// The requests of a front matter; `None` without a playground.
pub fn read(
    text: &str,
    range: &Range<usize>,
    reporter: &mut PageReporter<'_>,
) -> Option<Vec<Item>> {
    let yaml = text.get(range.clone())?;
    if !yaml.contains("apiPlayground") {
        return None;
    }
    let value = match parse_text(yaml) {
        Ok(value) => value,
        Err(error) => {
            let at = range.start + error.offset;
            let message = format!("the front matter is no YAML: {error}");
            reporter.at(IMPORT_FRONT_MATTER, &(at..at), message);
            return None;
        }
    };
    let Some(items) = value.get("apiPlayground").and_then(Node::as_list) else {
        reporter.at(IMPORT_FRONT_MATTER, range, "`apiPlayground` is no list of requests");
        return None;
    };
    Some(items.iter().map(item).collect())
}

fn item(value: &Node) -> Item {
    let object =
        |key: &str| value.get(key).filter(|value| value.as_object().is_some()).map(front_type);
    Item {
        url: text(value, "url"),
        verb: Verb::read(&text(value, "method")),
        path: object("path"),
        query: object("query"),
        body: object("body"),
        definitions: entries(value.get("definitions"))
            .map(|(name, value)| (name, front_type(value)))
            .collect(),
    }
}

fn text(value: &Node, key: &str) -> String {
    value.text_of(key).unwrap_or_default().to_owned()
}

fn entries(value: Option<&Node>) -> impl Iterator<Item = (String, &Node)> {
    value.into_iter().flat_map(Node::members).map(|(key, member)| (key.to_string(), member))
}

fn list<'v>(value: &'v Node, key: &str) -> &'v [Node] {
    value.get(key).and_then(Node::as_list).unwrap_or_default()
}

fn count(value: &Node, key: &str) -> Option<u64> {
    value.get(key)?.as_number()?.parse().ok()
}

fn strings(value: &Node, key: &str) -> Vec<String> {
    let texts = list(value, key).iter().filter_map(Node::as_text);
    texts.map(str::to_owned).collect()
}

fn front_type(value: &Node) -> FrontType {
    let choices = list(value, "oneOf");
    let inline = choices.iter().any(|choice| choice.get("properties").is_some());
    let mut groups = Vec::new();
    let mut fields: IndexMap<String, FrontField> = fields(value).collect();
    if inline {
        // The first version of the playground: each choice is a whole group, and other fields are missing.
        for choice in choices {
            groups.push(self::fields(choice).map(|(name, _)| name).collect());
            fields.extend(self::fields(choice));
        }
    } else {
        groups.extend(group(value));
        groups.extend(list(value, "allOf").iter().filter_map(group));
    }
    FrontType {
        fields,
        required: strings(value, "required"),
        closed: value.get("additionalProperties").and_then(Node::as_bool) == Some(false),
        groups,
        partial: inline,
    }
}

fn fields(value: &Node) -> impl Iterator<Item = (String, FrontField)> + '_ {
    entries(value.get("properties")).map(|(name, value)| (name, field(value)))
}

/// `oneOf: [{required: [a]}, {required: [b]}]`
fn group(value: &Node) -> Option<Vec<String>> {
    let members: Vec<String> =
        list(value, "oneOf").iter().flat_map(|choice| strings(choice, "required")).collect();
    (!members.is_empty()).then_some(members)
}

fn field(value: &Node) -> FrontField {
    let element = value.get("items").unwrap_or(value);
    let flag = |key: &str| value.get(key).and_then(Node::as_bool) == Some(true);
    let pattern = value.get("pattern").or_else(|| element.get("pattern"));
    FrontField {
        description: text(value, "description"),
        base: text(element, "type"),
        repeated: text(value, "type") == "array",
        values: strings(element, "enum"),
        pattern: pattern.and_then(Node::as_text).map(str::to_owned),
        unique: flag("uniqueItems"),
        deprecated: flag("deprecated"),
        each: text_limits(value.get("additionalProperties")),
        key: text_limits(value.get("propertyNames")),
        most: count(value, "maxProperties"),
    }
}

fn text_limits(value: Option<&Node>) -> TextLimits {
    let Some(value) = value.filter(|value| value.as_object().is_some()) else {
        return TextLimits::default();
    };
    TextLimits {
        length: Bounds { min: count(value, "minLength"), max: count(value, "maxLength") },
        pattern: value.get("pattern").and_then(Node::as_text).map(str::to_owned),
    }
}

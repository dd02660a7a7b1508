//! A document several times over: the same operations and components under other names.

use serde_json::{Map, Value};
use typewright::diagnostics::Diagnostics;
use typewright::{load, normalize, Loader};

/// A document of one file, in JSON, from one of any version and form.
///
/// # Panics
/// It cannot be read.
#[must_use]
pub fn document(entry: &str, loader: &dyn Loader) -> Value {
    let mut diagnostics = Diagnostics::new();
    let loaded = load::load(entry, loader, &mut diagnostics).unwrap();
    let normal = normalize::normalize(&loaded, &mut diagnostics).unwrap();
    serde_json::from_str(&normalize::bundle_json(&normal)).unwrap()
}

/// The document `times` times over: every path, operation, tag and component with a number of its own.
///
/// # Panics
/// It has no paths, or is no document in OpenAPI's normal form.
#[must_use]
pub fn repeated(document: &Value, times: usize) -> Value {
    let mut whole = document.clone();
    let numbered = |at: &[&str]| {
        let rounds = 0..times;
        rounds.flat_map(|round| copies(document, at, round)).collect()
    };
    whole["paths"] = Value::Object(numbered(&["paths"]));
    let sections = document["components"].as_object().into_iter().flatten();
    for (section, _) in sections.filter(|(section, _)| is_renamed(section)) {
        whole["components"][section] = Value::Object(numbered(&["components", section]));
    }
    let rounds = 0..times;
    let tags = rounds.flat_map(|round| {
        let tags = document["tags"].as_array().into_iter().flatten();
        tags.map(move |tag| renamed(tag, "tags", round))
    });
    whole["tags"] = tags.collect();
    whole
}

/// Security requirements name their schemes without a reference: these stay as they are.
fn is_renamed(section: &str) -> bool {
    section != "securitySchemes"
}

/// The members of one part of the document, for one round.
fn copies(document: &Value, at: &[&str], round: usize) -> Map<String, Value> {
    let part = at.iter().fold(document, |value, key| &value[key]);
    let members = part.as_object().into_iter().flatten();
    let name = |key: &str| match at {
        ["paths"] => format!("/r{round}{key}"),
        _ => format!("{key}R{round}"),
    };
    members.map(|(key, value)| (name(key), renamed(value, "", round))).collect()
}

/// A value with its references, operations and tags renamed; `key` is the member that holds it.
fn renamed(value: &Value, key: &str, round: usize) -> Value {
    match value {
        Value::String(text) => Value::String(match (reference(text), key) {
            (Some((head, rest)), _) => format!("{head}R{round}{rest}"),
            (None, "operationId" | "tags") => format!("{text}R{round}"),
            (None, _) => text.clone(),
        }),
        Value::Array(items) => items.iter().map(|item| renamed(item, key, round)).collect(),
        Value::Object(members) => {
            // a tag is an object with a name
            let key_of = |member: &str| match (key, member) {
                ("tags", "name") => "tags".to_owned(),
                _ => member.to_owned(),
            };
            let members = members.iter();
            Value::Object(
                members
                    .map(|(member, value)| (member.clone(), renamed(value, &key_of(member), round)))
                    .collect(),
            )
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// A pointer into a component, split before the rest of what follows the component's name.
fn reference(text: &str) -> Option<(String, String)> {
    let (section, path) = text.strip_prefix("#/components/")?.split_once('/')?;
    let (name, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
    let head = format!("#/components/{section}/{name}");
    is_renamed(section).then(|| (head, rest.to_owned()))
}

/// The exponent with which costs grow: the slope of the line through the points when both axes are logarithms.
#[must_use]
pub fn exponent(points: &[(usize, f64)]) -> f64 {
    let logarithms = points.iter().map(|(size, cost)| ((*size as f64).ln(), cost.ln()));
    let logarithms: Vec<_> = logarithms.collect();
    let count = points.len() as f64;
    let mean = |axis: &dyn Fn(&(f64, f64)) -> f64| logarithms.iter().map(axis).sum::<f64>() / count;
    let (size, cost) = (mean(&|point| point.0), mean(&|point| point.1));
    let covariance: f64 = logarithms.iter().map(|point| (point.0 - size) * (point.1 - cost)).sum();
    let variance: f64 = logarithms.iter().map(|point| (point.0 - size).powi(2)).sum();
    covariance / variance
}

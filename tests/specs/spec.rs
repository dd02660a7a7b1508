//! A description, the facts about it, and how the two are compared.

use crate::support::root;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The folder of an API's description.
fn folder(api: &str) -> PathBuf {
    root().join("specs").join(api)
}

/// The texts of an API's files of one kind, by name without `ending`, in order.
pub fn files(api: &str, kind: &str, ending: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder(api).join(kind))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(ending)?.to_owned();
            Some((stem, fs::read_to_string(entry.path()).unwrap()))
        })
        .collect();
    files.sort();
    files
}

/// The value at a JSON pointer.
pub fn at<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(value, |value, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Mapping(members) => members.get(step.as_str()),
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    })
}

/// A key as a step of a JSON pointer.
pub fn step(key: &Value) -> String {
    let key = key.as_str().expect("keys of a description are strings");
    key.replace('~', "~0").replace('/', "~1")
}

/// The description of an API and its text.
pub struct Spec(pub Value, String);

impl Spec {
    pub fn read(api: &str) -> Self {
        let text = fs::read_to_string(folder(api).join("openapi.yaml")).unwrap();
        Self(serde_yaml::from_str(&text).unwrap(), text)
    }

    pub fn text(&self) -> &str {
        &self.1
    }

    pub fn component(&self, name: &str) -> &Value {
        at(&self.0, &format!("/components/schemas/{name}"))
            .unwrap_or_else(|| panic!("no component {name}"))
    }

    pub fn required(&self, component: &str) -> Vec<String> {
        let required = self.component(component).get("required").cloned();
        required.map_or_else(Vec::new, |names| serde_yaml::from_value(names).unwrap())
    }

    /// The pointers of all members of all components, and whether each is its component's only one.
    pub fn members(&self) -> Vec<(String, bool)> {
        let schemas = at(&self.0, "/components/schemas").and_then(Value::as_mapping);
        let of_component = |(name, schema): (&Value, &Value)| {
            let members = schema.get("properties").and_then(Value::as_mapping);
            let members = members.cloned().unwrap_or_else(Mapping::new);
            let base = format!("/components/schemas/{}/properties", step(name));
            let alone = members.len() == 1;
            let pointer = move |key: &Value| (format!("{base}/{}", step(key)), alone);
            members.keys().map(pointer).collect::<Vec<_>>()
        };
        schemas.unwrap().iter().flat_map(of_component).collect()
    }
}

/// Contents of an API's `facts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactTable {
    pub fact: Vec<Row>,
    pub inference: Vec<Inference>,
}

/// One fact and its source. Exactly one of the four expectations is set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub pointer: String,
    expected: Option<toml::Value>,
    keys: Option<Vec<String>>,
    #[serde(default)]
    present: bool,
    #[serde(default)]
    absent: bool,
    pub document: String,
    pub line: usize,
    pub quote: String,
}

/// A place that no document states, and the reason for its value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inference {
    pub pointer: String,
    pub why: String,
}

impl Row {
    /// `true` if the row holds in a description.
    fn holds(&self, spec: &Value) -> bool {
        let value = at(spec, &self.pointer);
        let keys = |value: &Value| {
            let members = value.as_mapping()?;
            members.keys().map(|key| key.as_str().map(str::to_owned)).collect()
        };
        match (&self.expected, &self.keys, self.present, self.absent) {
            (Some(expected), None, false, false) => {
                value == Some(&serde_yaml::to_value(expected).unwrap())
            }
            (None, Some(expected), false, false) => value.and_then(keys).as_ref() == Some(expected),
            (None, None, true, false) => value.is_some(),
            (None, None, false, true) => value.is_none(),
            _ => panic!("{self:?} has not exactly one expectation"),
        }
    }
}

impl FactTable {
    pub fn read(api: &str) -> Self {
        let text = fs::read_to_string(folder(api).join("facts.toml")).unwrap();
        toml::from_str(&text).unwrap()
    }

    pub fn failures(&self, spec: &Value) -> Vec<&Row> {
        self.fact.iter().filter(|row| !row.holds(spec)).collect()
    }

    pub fn all_hold(&self, spec: &Value) -> bool {
        self.fact.iter().all(|row| row.holds(spec))
    }

    /// `true` if a place is within an inference; an inference around a fact covers only itself.
    pub fn is_inference(&self, place: &str) -> bool {
        let within = |outer: &str, inner: &str| {
            let rest = inner.strip_prefix(outer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let holds_fact = self.fact.iter().any(|row| within(place, &row.pointer));
        !holds_fact && self.inference.iter().any(|entry| within(&entry.pointer, place))
    }

    pub fn by_document(&self) -> BTreeMap<&str, Vec<&Row>> {
        let mut rows: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &self.fact {
            rows.entry(&row.document).or_default().push(row);
        }
        rows
    }
}

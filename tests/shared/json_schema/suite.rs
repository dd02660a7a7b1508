//! The groups of the suite: a schema each, and instances that are valid or are not.

use serde_json::Value;
use std::path::Path;

/// The drafts, and the version of OpenAPI whose schemas are nearest to each.
pub const DRAFTS: [(&str, &str); 2] = [("draft2020-12", "3.1.0"), ("draft4", "3.0.3")];

/// A schema and its instances.
pub struct Group {
    /// The file's name, which is the keyword it is about.
    pub keyword: String,
    pub description: String,
    pub schema: Value,
    pub instances: Vec<Instance>,
}

/// A value that a schema allows, or does not.
pub struct Instance {
    pub description: String,
    pub value: Value,
    pub valid: bool,
}

/// Every group of a draft, in the order of file names.
pub fn groups(suite: &Path, draft: &str) -> Vec<Group> {
    let entries = std::fs::read_dir(suite.join(draft)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut groups = Vec::new();
    for path in paths {
        let keyword = path.file_stem().unwrap().to_str().unwrap();
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let list = file.as_array().unwrap();
        groups.extend(list.iter().map(|entry| group(keyword, entry)));
    }
    groups
}

fn group(keyword: &str, entry: &Value) -> Group {
    let text = |value: &Value| value["description"].as_str().unwrap().to_owned();
    let tests = entry["tests"].as_array().unwrap().iter();
    Group {
        keyword: keyword.to_owned(),
        description: text(entry),
        schema: entry["schema"].clone(),
        instances: tests
            .map(|test| Instance {
                description: text(test),
                value: test["data"].clone(),
                valid: test["valid"].as_bool().unwrap(),
            })
            .collect(),
    }
}

//! The documents, and what a reader of their text alone knows of them.

use crate::support::documents_below;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A document of the corpus.
pub struct Document {
    /// Its path below the corpus.
    pub name: String,
    /// Its path on this machine.
    pub path: PathBuf,
    /// The folder that holds all its files.
    pub root: PathBuf,
}

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Every document below `real`, `features` and `split`, by name.
pub fn all(corpus: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    for path in documents_below(&corpus.join("real"))
        .into_iter()
        .chain(documents_below(&corpus.join("features")))
    {
        let root = path.parent().unwrap().to_path_buf();
        documents.push(document(corpus, path, root));
    }
    for entry in fs::read_dir(corpus.join("split")).unwrap() {
        let root = entry.unwrap().path();
        for path in documents_below(&root) {
            if is_entry(&path) {
                documents.push(document(corpus, path, root.clone()));
            }
        }
    }
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    documents
}

fn document(corpus: &Path, path: PathBuf, root: PathBuf) -> Document {
    let name = path.strip_prefix(corpus).unwrap();
    let name = name.to_str().unwrap().replace('\\', "/");
    Document { name, path, root }
}

fn read(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn is_entry(path: &Path) -> bool {
    let value = read(path);
    value.get("openapi").is_some() || value.get("swagger").is_some()
}

impl Document {
    /// Its operations as `METHOD /path`, read from the text alone.
    pub fn operations(&self) -> BTreeSet<String> {
        let value = read(&self.path);
        let mut operations = BTreeSet::new();
        let paths = value.get("paths").and_then(Value::as_mapping);
        for (path, item) in paths.into_iter().flatten() {
            let path = path.as_str().unwrap();
            for method in self.methods(&value, item) {
                operations.insert(format!("{method} {path}"));
            }
        }
        operations
    }

    fn methods(&self, document: &Value, item: &Value) -> Vec<String> {
        let Some(reference) = item.get("$ref").and_then(Value::as_str) else {
            return METHODS
                .iter()
                .filter(|method| item.get(**method).is_some())
                .map(|method| method.to_uppercase())
                .collect();
        };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let other = match file {
            "" => document.clone(),
            file => read(&self.path.parent().unwrap().join(file)),
        };
        let mut steps = pointer.split('/').skip(1);
        let target = steps
            .try_fold(&other, |value, step| value.get(step.replace("~1", "/").replace("~0", "~")));
        self.methods(&other, target.unwrap())
    }
}

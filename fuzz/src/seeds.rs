//! The documents that are mutated: the goldens, and the small ones of the corpus where it lies beside the repository.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Longer documents are left out: each run has to be short.
const LONGEST: u64 = 20_000;

/// Every document below the folders of `root`, the repository.
pub fn documents(root: &Path) -> Vec<Value> {
    let mut paths = Vec::new();
    for folder in ["tests/golden", "tests/documents", "../shared/corpus/features"] {
        below(&root.join(folder), &mut paths);
    }
    let texts = paths.iter().filter_map(|path| fs::read_to_string(path).ok());
    let values = texts.filter_map(|text| serde_yaml::from_str(&text).ok());
    values.filter(Value::is_object).collect()
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let extension = path.extension().unwrap_or_default();
        let short = fs::metadata(&path).is_ok_and(|data| data.len() < LONGEST);
        if path.is_dir() {
            below(&path, files);
        } else if short && (extension == "yaml" || extension == "json") {
            files.push(path);
        }
    }
}

//! Locks: names and argument order that survive changes of a document.

mod cases;
mod changes;
mod file;

use crate::support::Memory;
use typewright::diagnostics::codes::names::NAME_UNLOCKED;
use typewright::diff::{Change, Level};
use typewright::{Options, Output};

/// The client of a document.
fn generate(document: &str, options: &Options) -> Output {
    let generated = typewright::generate("openapi.yaml", &Memory::document(document), options);
    generated.output.unwrap_or_else(|| panic!("{:?}", generated.diagnostics))
}

/// The changes that break callers, as lines.
fn breaking(changes: &[Change]) -> Vec<String> {
    let changes = changes.iter().filter(|change| change.level == Level::Major);
    changes.map(line).collect()
}

fn line(change: &Change) -> String {
    let action = &change.action;
    format!("{action:?} {} {} → {}", change.kind.noun(), change.old_path, change.new_path)
}

/// The messages about names that the lock could not keep.
fn unlocked(document: &str, options: &Options) -> Vec<String> {
    let generated = typewright::generate("openapi.yaml", &Memory::document(document), options);
    let diagnostics = generated.diagnostics.iter();
    let unlocked = diagnostics.filter(|diagnostic| diagnostic.code == NAME_UNLOCKED);
    unlocked.map(|diagnostic| diagnostic.message.clone()).collect()
}

//! `typewright bundle`.

use super::generate::disk;
use super::single;
use crate::args::Bundle;
use crate::report::Reporter;
use crate::Status;
use typewright::diagnostics::Diagnostics;
use typewright::dialect;
use typewright::load::{self, Files, Loader};

/// Writes the document in its normal form, with every file that it refers to.
pub fn run(arguments: &Bundle, reporter: &Reporter) -> Status {
    let document = &arguments.document;
    let disk = disk(document, arguments.root.as_deref());
    let mut found = Diagnostics::new();
    let loaded = load::load(document, &disk, &mut found);
    let bundled = loaded
        .as_ref()
        .and_then(|loaded| dialect::normalise(loaded, &mut found));
    let files = loaded.map_or_else(|| entry_alone(document, &disk), |loaded| loaded.files);
    if reporter.report_in_short(document, &files, &found) {
        return Status::Failed;
    }
    let json = bundled.and_then(|bundled| serde_json::to_string_pretty(&bundled.openapi).ok());
    let Some(json) = json else {
        return Status::Failed;
    };
    let to_json = arguments
        .out
        .extension()
        .is_some_and(|extension| extension == "json");
    let text = if to_json {
        Some(format!("{json}\n"))
    } else {
        yaml(json)
    };
    text.map_or(Status::Failed, |text| {
        single::put(&arguments.out, &text, reporter)
    })
}

/// The files of a document that could not be parsed, so that its findings can be shown in its text.
fn entry_alone(entry: &str, loader: &dyn Loader) -> Files {
    let mut files = Files::default();
    if let Ok(text) = loader.load(entry) {
        files.add(entry, text);
    }
    files
}

/// JSON as YAML: read as any document is, and printed.
fn yaml(json: String) -> Option<String> {
    struct Memory(String);
    impl Loader for Memory {
        fn load(&self, _path: &str) -> Result<String, String> {
            Ok(self.0.clone())
        }
    }
    let loaded = load::load("bundle.json", &Memory(json), &mut Diagnostics::new())?;
    load::print_yaml(&loaded.root).ok()
}

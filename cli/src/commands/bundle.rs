//! `typewright bundle`.

use super::write_file;
use crate::args::Bundle;
use crate::paths::configuration_folder;
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use typewright::diagnostics::Diagnostics;
use typewright::{load, normalize};

/// Writes the document in its normal form, which includes every file that it refers to.
pub fn run(arguments: &Bundle, reporter: &Reporter) -> Status {
    let document = &arguments.document;
    let request = Request {
        document,
        root: arguments.root.as_deref(),
        base: &configuration_folder(None),
        fetch: true,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let overlays: Vec<&str> = arguments.overlay.iter().map(String::as_str).collect();
    let mut diagnostics = Diagnostics::new();
    let loader = reporter.observed(opened.loader.as_ref());
    let loaded = load::load_with(&opened.entry, &overlays, &loader, &mut diagnostics);
    let bundled =
        loaded.as_ref().ok().and_then(|loaded| normalize::normalize(loaded, &mut diagnostics));
    let files = loaded.map_or_else(|error| error.files, |loaded| loaded.files);
    if reporter.report_in_short(&opened.entry, &files, &diagnostics) {
        return Status::Failed;
    }
    let Some(bundled) = bundled else {
        return Status::Failed;
    };
    let extension = arguments.out.extension();
    let text = if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        Ok(normalize::bundle_json(&bundled))
    } else {
        normalize::bundle(&bundled)
    };
    match text {
        Ok(text) => write_file(&arguments.out, &text, reporter),
        Err(reason) => {
            reporter.failure(&format!("the bundle cannot be written: {reason}"));
            Status::Failed
        }
    }
}

//! `typewright inspect`.

use crate::args::Inspect;
use crate::client::default_name;
use crate::config;
use crate::inspect::{inspect, text, Source};
use crate::remote::{self, Request};
use crate::report::Reporter;
use crate::Status;
use typewright::diagnostics::{escape_invisible, printable};
use typewright::Options;

/// Prints what a document holds. Findings go to stderr, as with the other commands.
pub fn run(arguments: &Inspect, reporter: &Reporter) -> Status {
    let document = &arguments.document;
    let options = Options {
        name: default_name(document),
        overlays: arguments.overlay.clone(),
        ..Options::default()
    };
    let request = Request {
        document,
        root: arguments.root.as_deref(),
        base: &config::base(None),
        fetch: true,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let analysed = typewright::inspect(&opened.entry, opened.loader.as_ref(), &options);
    let failed = reporter.report(&analysed.files, &analysed.diagnostics);
    let Some(api) = &analysed.api else {
        return Status::Failed;
    };
    let source = Source {
        document: &opened.entry,
        format: &analysed.format,
        files: &analysed.files,
        diagnostics: &analysed.diagnostics,
    };
    let inspection = inspect(api, &source);
    if !arguments.json {
        reporter.print(&printable(&text(&inspection)));
    } else if let Ok(json) = serde_json::to_string_pretty(&inspection) {
        reporter.print(&format!("{}\n", escape_invisible(&json)));
    }
    if failed {
        Status::Failed
    } else {
        Status::Done
    }
}

//! `typewright explain CODE`.

use crate::args::Explain;
use crate::report::Reporter;
use crate::Status;
use std::fmt::Write as _;
use typewright::diagnostics::{codes, explain, Severity};

/// Prints what a code means, or the table of all.
pub fn run(arguments: &Explain, reporter: &Reporter) -> Status {
    let Some(id) = &arguments.code else {
        reporter.print(&table());
        return Status::Done;
    };
    let Some(text) = explain(id) else {
        reporter.usage(&unknown(id));
        return Status::Usage;
    };
    reporter.print(&text);
    Status::Done
}

fn unknown(id: &str) -> String {
    let nearest = codes::all()
        .map(|code| (strsim::levenshtein(&id.to_uppercase(), code.id), code))
        .min_by_key(|(distance, _)| *distance);
    let hint = nearest
        .filter(|(distance, _)| *distance <= 2)
        .map(|(_, code)| format!("; {} is: {}", code.id, code.title));
    format!("there is no code `{id}`{}", hint.unwrap_or_default())
}

/// The word for a severity.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Every code as a row of a Markdown table.
pub fn table() -> String {
    let mut text = String::from("| code | | what is found |\n|---|---|---|\n");
    for code in codes::all() {
        let title = code.title.replace('|', "\\|");
        let _ = writeln!(text, "| {} | {} | {title} |", code.id, word(code.severity));
    }
    text
}

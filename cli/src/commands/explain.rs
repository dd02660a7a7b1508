//! `typewright explain CODE`.

use crate::args::Explain;
use crate::report::{severity_name, Reporter, Status};
use std::fmt::Write as _;
use typewright::diagnostics::{codes, explain};

/// Prints the explanation of a code, or the table of all codes.
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

/// Every code as a row of a Markdown table.
fn table() -> String {
    let mut text = String::from("| code | | what is found |\n|---|---|---|\n");
    for code in codes::all() {
        let title = code.title.replace('|', "\\|");
        let _ = writeln!(text, "| {} | {} | {title} |", code.id, severity_name(code.severity));
    }
    text
}

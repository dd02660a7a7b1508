//! Detects the format of a page before it is parsed.

use crate::front_matter;
use typewright::diagnostics::codes::import::{IMPORT_FOREIGN, IMPORT_OLD, IMPORT_SKIPPED};
use typewright::diagnostics::Code;

/// Format of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFormat {
    /// A page with `#| … |#` tables, with a playground or without.
    Tables,
    /// MongoDB's reStructuredText.
    Rst,
    /// The one-line Markdown that Bump.sh makes of a reference page.
    Bump,
    /// A page that is not imported: the code to report, and a description.
    Refused(Code, &'static str),
}

/// Detects the format by name and content.
pub fn detect(name: &str, text: &str) -> PageFormat {
    let (_, body) = front_matter::split(text);
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = body.lines().find(|line| line.starts_with("# ")).unwrap_or_default();
    if body.trim().is_empty() {
        return PageFormat::Refused(IMPORT_SKIPPED, "an empty page");
    }
    if file.ends_with(".rst") || is_rst(body) {
        return PageFormat::Rst;
    }
    if is_bump(body) {
        return PageFormat::Bump;
    }
    refused(file, title, body)
        .map_or(PageFormat::Tables, |(code, what)| PageFormat::Refused(code, what))
}

/// `true` if a line is a directive of reStructuredText.
fn is_rst(body: &str) -> bool {
    let directive = |line: &str| line.starts_with(".. ") && line.trim_end().ends_with("::");
    body.lines().any(directive)
}

/// One line with a method and path in bold after the title.
fn is_bump(body: &str) -> bool {
    let first = body.trim_start().lines().next().unwrap_or_default();
    let bold = ["**GET /", "**PUT /", "**POST /", "**DELETE /", "**PATCH /"];
    first.starts_with("# ") && bold.iter().any(|mark| body.contains(mark))
}

fn refused(file: &str, title: &str, body: &str) -> Option<(Code, &'static str)> {
    let has = |mark: &str| body.contains(mark);
    if title.contains("gRPC:") || has("\n## gRPC request") {
        return Some((IMPORT_FOREIGN, "a gRPC page; its REST twin lies one folder up"));
    }
    if title.contains("DataLens API") {
        return Some((IMPORT_FOREIGN, "a page of the DataLens API, whose grammar is its own"));
    }
    if has("interface ") && has("Copy endpoint") {
        return Some((IMPORT_FOREIGN, "the text of a rendered page; take its Markdown form"));
    }
    if file == "authentication.md" || title.to_ascii_lowercase().contains("authentication") {
        return Some((IMPORT_SKIPPED, "a page on authentication"));
    }
    if has("## HTTP request") && (has("\n#|") || !has("Description")) && title.contains("REST:") {
        return None;
    }
    if is_list(file, title, body) {
        return Some((IMPORT_SKIPPED, "a list of services or methods"));
    }
    if has("| Field | Description |") {
        return Some((IMPORT_FOREIGN, "a scraped copy of a page"));
    }
    if has("Field | Description") || has("Parameter | Description") || has("{#https-request}") {
        return Some((
            IMPORT_OLD,
            "a page from before 2025, with pipe tables and without full type names",
        ));
    }
    if title.contains("REST:") {
        return None;
    }
    Some((IMPORT_FOREIGN, "no REST reference page"))
}

fn is_list(file: &str, title: &str, body: &str) -> bool {
    let marks = ["||Method | Description", "||Service | Description", "**Service URL**"];
    let rows = ["Method | Description", "JSON Representation", "Resource | Description"];
    file == "index.md"
        || marks.iter().any(|mark| body.contains(mark))
        || !title.contains('.')
            && !body.contains("HTTP request")
            && rows.iter().any(|row| body.contains(row))
}

//! `typewright import`.

use super::write_file;
use crate::args::Import;
use crate::report::{counted, Reporter, Status};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{printable, Code, Diagnostics, Place};
use typewright::host::disk::{files_below, read_text};
use typewright::host::output_dir::is_plain;
use typewright::source::Files;
use typewright_import::{best_match, compare, Document};

/// File extensions of pages.
const PAGES: [&str; 4] = ["md", "mdx", "markdown", "rst"];

/// Writes the documents that the pages describe, or compares one with them.
pub fn run(arguments: &Import, reporter: &Reporter) -> Status {
    let mut diagnostics = Diagnostics::new();
    reporter.phase("reading the pages".to_owned());
    let files = read(&arguments.pages, &mut diagnostics);
    reporter.phase(format!("importing {}", counted(files.iter().count(), "page")));
    let documents = if diagnostics.has_errors() {
        Vec::new()
    } else {
        typewright_import::import(&files, &mut diagnostics)
    };
    if reporter.report(&files, &diagnostics) {
        return Status::Failed;
    }
    match (&arguments.check, &arguments.out) {
        (Some(spec), _) => check(spec, &documents, reporter),
        (None, Some(out)) => write(out, &documents, reporter),
        (None, None) => Status::Usage,
    }
}

fn read(paths: &[PathBuf], diagnostics: &mut Diagnostics) -> Files {
    let mut files = Files::default();
    for path in paths {
        let pages = if path.is_dir() { files_below(path, &PAGES) } else { Ok(vec![path.clone()]) };
        let pages = pages.unwrap_or_else(|reason| unreadable(path, &reason, diagnostics));
        for page in pages {
            match read_text(&page) {
                Ok(text) => {
                    files.add(page.to_string_lossy(), text);
                }
                Err(reason) => unreadable(&page, &reason, diagnostics),
            }
        }
    }
    files
}

fn unreadable<T: Default>(path: &Path, reason: &str, diagnostics: &mut Diagnostics) -> T {
    let message = format!("`{}` cannot be read: {reason}", path.display());
    diagnostics.lost(codes::PAGE_UNREADABLE, Place::Nowhere, message, T::default())
}

fn write(out: &Path, documents: &[Document], reporter: &Reporter) -> Status {
    let to_folder = out.is_dir() || out.extension().is_none();
    if let (false, [_, _, ..]) = (to_folder, documents) {
        let services: Vec<_> = documents.iter().map(|document| &*document.service).collect();
        let message = format!("the pages describe {}", services.join(", "));
        return failed(codes::SEVERAL_SERVICES, message, reporter);
    }
    // the name comes from the pages, which may be anybody's
    let is_unusable =
        |document: &&Document| !document.service.is_empty() && !is_plain(&document.service);
    if let Some(document) = documents.iter().find(is_unusable) {
        let message = format!("a service is called `{}`", document.service.escape_default());
        return failed(codes::UNWRITABLE, message, reporter);
    }
    let paths = documents.iter().map(|document| {
        if to_folder {
            out.join(&document.service).join("openapi.yaml")
        } else {
            out.to_path_buf()
        }
    });
    let each =
        paths.zip(documents).map(|(path, document)| write_file(&path, &document.yaml, reporter));
    each.max().unwrap_or(Status::Done)
}

fn failed(code: Code, message: String, reporter: &Reporter) -> Status {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(code, Place::Nowhere, message);
    reporter.report(&Files::default(), &diagnostics);
    Status::Failed
}

fn check(spec: &Path, documents: &[Document], reporter: &Reporter) -> Status {
    let text = match read_text(spec) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("`{}` cannot be read: {reason}", spec.display());
            return failed(codes::PAGE_UNREADABLE, message, reporter);
        }
    };
    let Some(document) = best_match(&text, documents) else {
        let message = format!("no page describes an operation of `{}`", spec.display());
        return failed(codes::NOT_THE_PAGES, message, reporter);
    };
    let differences = compare(&text, document);
    if differences.is_empty() {
        reporter.status(&format!("{}: agrees with the pages", spec.display()));
        return Status::Done;
    }
    let mut lines = String::new();
    for difference in &differences {
        let _ = writeln!(lines, "{difference}");
    }
    reporter.print(&printable(&lines));
    Status::Failed
}

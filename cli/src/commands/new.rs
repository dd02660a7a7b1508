//! `typewright new`: a crate that makes a first call.

use super::report_waiting;
use crate::args::{New, DOC_EXAMPLES};
use crate::checkout;
use crate::client::Client;
use crate::crate_name;
use crate::package;
use crate::paths::{absolute, configuration_folder};
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use crate::starter;
use std::path::Path;
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::output_dir::{self, Change};
use typewright::source::Files;
use typewright::Options;

/// Writes the crate, whole or not at all.
pub fn run(arguments: &New, reporter: &Reporter) -> Status {
    let out = &arguments.path;
    let name = absolute(out).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut diagnostics = Diagnostics::new();
    if crate_name::check(&name, &mut diagnostics) {
        check_empty(out, &mut diagnostics);
    }
    if reporter.report(&Files::default(), &diagnostics) {
        return Status::Failed;
    }
    let client = Client {
        document: arguments.document.clone(),
        out: out.clone(),
        runtime_path: arguments.runtime_path.clone(),
        root: arguments.root.clone(),
        base: configuration_folder(None),
        fetch: true,
        rustfmt: true,
        options: Options::new(|options| {
            options.name.clone_from(&name);
            options.doc_examples = DOC_EXAMPLES;
            options.guide = true;
        }),
        ..Client::default()
    };
    write(&client, reporter)
}

/// Reports a folder that is not empty.
fn check_empty(folder: &Path, diagnostics: &mut Diagnostics) {
    #[expect(clippy::disallowed_methods, reason = "the command looks for files of the user's")]
    let is_empty = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if folder.exists() && !is_empty {
        let message = format!("`{}` exists and is not an empty folder", folder.display());
        let help = "`typewright init` adds a document to an existing crate";
        diagnostics.push_with_help(codes::UNWRITABLE, Place::Nowhere, message, help);
    }
}

fn write(client: &Client, reporter: &Reporter) -> Status {
    let request = Request {
        document: &client.document,
        root: client.root.as_deref(),
        base: &client.base,
        fetch: client.fetch,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let loader = reporter.observed(opened.loader.as_ref());
    let (entry, options) = (&opened.entry, &client.options);
    let analysed = typewright::analyse(entry, &loader, options);
    reporter.phase(format!("emitting {}", options.name));
    let mut generated = analysed.generate(options);
    reporter.phase(format!("choosing the first call of {}", options.name));
    let model = generated.output.as_ref();
    let model = model.and_then(|_| typewright::inspect_model(entry, &loader, options).1);
    let files = model.map(|model| starter::files(&model, &options.name)).unwrap_or_default();
    let (files, variables) = files;

    let output = generated.output.take();
    let diagnostics = &mut generated.diagnostics;
    let locked = output.as_ref().and_then(|_| {
        output_dir::lock(&client.out, || report_waiting(&client.out, reporter), diagnostics)
    });
    reporter.phase(format!("formatting {}", options.name));
    let changes = output.filter(|_| locked.is_some());
    let changes = changes.and_then(|output| package::plan(client, output, diagnostics));
    if reporter.report_in_short(entry, &generated.files, diagnostics) {
        return Status::Failed;
    }
    let (Some(locked), Some(mut changes)) = (locked, changes) else {
        return Status::Failed;
    };
    let has_example = !files.is_empty();
    changes.iter_mut().for_each(|change| with_tokio(change, has_example));
    let new = |path: &str, text| Change { path: path.to_owned(), old: None, new: Some(text) };
    changes.extend(files.into_iter().map(|file| new(&file.path, file.text)));
    changes.push(new(".gitignore", "/target\n".to_owned()));
    let mut diagnostics = Diagnostics::new();
    let written = output_dir::apply(&locked, &changes, &mut diagnostics);
    reporter.report(&Files::default(), &diagnostics);
    if !written {
        return Status::Failed;
    }
    reporter.detail_changes(&client.out, &changes);
    reporter.status(&format!("{}: {} written", client.out.display(), changes.len()));
    if client.runtime_path.is_none() {
        reporter.status(&checkout::remark(&client.out));
    }
    if has_example {
        reporter.status(&next(&client.out, &variables));
    }
    Status::Done
}

/// Adds to a manifest what the example and its test need.
fn with_tokio(change: &mut Change, has_example: bool) {
    let Some(text) = change.new.as_ref().filter(|_| change.path == "Cargo.toml" && has_example)
    else {
        return;
    };
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return;
    };
    let mut tokio = InlineTable::new();
    tokio.insert("version", "1".into());
    tokio.insert("features", Value::from_iter(["macros", "rt"]));
    let tables = document.entry("dev-dependencies").or_insert_with(|| Item::Table(Table::new()));
    if let Some(table) = tables.as_table_like_mut() {
        table.insert("tokio", Item::Value(tokio.into()));
    }
    change.new = Some(document.to_string());
}

/// The commands that follow: the test, which needs nothing, and the call.
fn next(out: &Path, variables: &[String]) -> String {
    let manifest = out.join("Cargo.toml");
    let manifest = manifest.display();
    let variables: String = variables.iter().map(|name| format!("{name}=… ")).collect();
    let example = starter::FIRST_CALL;
    format!(
        "\nnext, its test and its first call:\n    cargo test --manifest-path {manifest}\n    {variables}cargo run --manifest-path {manifest} --example {example}"
    )
}

//! `typewright generate`.

use super::report_waiting;
use crate::args::Generate;
use crate::client::Client;
use crate::config;
use crate::crate_name;
use crate::file_diff;
use crate::package;
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use typewright::diagnostics::{printable, Diagnostics};
use typewright::host::output_dir::{self, Change, SharedLock};
use typewright::source::Files;
use typewright::Generated;

/// Generates one client, or all clients of the configuration.
pub fn run(arguments: &Generate, reporter: &Reporter) -> Status {
    let clients = match Client::from_arguments(arguments) {
        Some(client) => vec![client],
        None => {
            match config::clients(arguments.config.as_deref(), arguments.allow_outside, reporter) {
                Ok(clients) => clients,
                Err(status) => return status,
            }
        }
    };
    let each = clients.iter().map(|client| one(client, arguments.check, reporter));
    each.max().unwrap_or(Status::Done)
}

fn one(client: &Client, check: bool, reporter: &Reporter) -> Status {
    let mut diagnostics = Diagnostics::new();
    crate_name::check(&client.options.name, &mut diagnostics);
    if diagnostics.has_errors() {
        reporter.report(&Files::default(), &diagnostics);
        return Status::Failed;
    }
    let request = Request {
        document: &client.document,
        root: client.root.as_deref(),
        base: &client.base,
        fetch: client.fetch,
    };
    let Some(opened) = remote::open(request, reporter) else {
        return Status::Failed;
    };
    let mut generated =
        typewright::generate(&opened.entry, opened.loader.as_ref(), &client.options);
    if check {
        compare(client, &opened.entry, &mut generated, reporter)
    } else {
        write(client, &opened.entry, &mut generated, reporter)
    }
}

/// Reports all diagnostics, and returns the changes to make in the folder of the client; `None` if there are errors.
fn changes(
    client: &Client,
    entry: &str,
    generated: &mut Generated,
    reporter: &Reporter,
) -> Option<Vec<Change>> {
    let output = generated.output.take();
    let changes =
        output.and_then(|output| package::plan(client, output, &mut generated.diagnostics));
    let (files, diagnostics) = (&generated.files, &generated.diagnostics);
    let stops = reporter.report_in_short(entry, files, diagnostics);
    changes.filter(|_| !stops)
}

/// Locks the folder before it is read, so that the plan still holds when it is carried out. Without output no folder is
/// needed.
fn write(client: &Client, entry: &str, generated: &mut Generated, reporter: &Reporter) -> Status {
    let mut locked = None;
    if generated.output.is_some() {
        let waiting = || report_waiting(&client.out, reporter);
        locked = output_dir::lock(&client.out, waiting, &mut generated.diagnostics);
        if locked.is_none() {
            generated.output = None;
        }
    }
    let changes = changes(client, entry, generated, reporter);
    let (Some(locked), Some(changes)) = (locked, changes) else {
        return Status::Failed;
    };
    let mut diagnostics = Diagnostics::new();
    let written = output_dir::apply(&locked, &changes, &mut diagnostics);
    reporter.report(&Files::default(), &diagnostics);
    if !written {
        return Status::Failed;
    }
    let removed = changes.iter().filter(|change| change.new.is_none()).count();
    let out = client.out.display();
    reporter.status(&match (changes.len() - removed, removed) {
        (0, 0) => format!("{out}: current"),
        (files, 0) => format!("{out}: {files} written"),
        (files, _) => format!("{out}: {files} written, {removed} removed"),
    });
    Status::Done
}

fn compare(client: &Client, entry: &str, generated: &mut Generated, reporter: &Reporter) -> Status {
    let _shared = SharedLock::new(&client.out);
    let Some(changes) = changes(client, entry, generated, reporter) else {
        return Status::Failed;
    };
    let differences = file_diff::summary(&client.out, &changes);
    if differences.is_empty() {
        reporter.status(&format!("{}: current", client.out.display()));
        return Status::Done;
    }
    reporter.print(&printable(&differences));
    Status::Stale
}

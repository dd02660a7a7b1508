//! `typewright generate`.

use super::report_waiting;
use crate::args::Generate;
use crate::checksum::is_edited;
use crate::client::Client;
use crate::config;
use crate::crate_name;
use crate::file_diff;
use crate::package;
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{printable, Diagnostics, Place};
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
    let each = clients.iter().map(|client| one(client, arguments, reporter));
    each.max().unwrap_or(Status::Done)
}

fn one(client: &Client, arguments: &Generate, reporter: &Reporter) -> Status {
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
    let mut options = client.options.clone();
    options.extension = package::has_extension(&client.out);
    let loader = reporter.observed(opened.loader.as_ref());
    let analysed = typewright::analyse(&opened.entry, &loader, &options);
    reporter.phase(format!("emitting {}", client.options.name));
    let mut generated = analysed.generate(&options);
    if arguments.check {
        compare(client, &opened.entry, &mut generated, reporter)
    } else {
        write(client, &opened.entry, &mut generated, arguments.force, reporter)
    }
}

/// The changes to make in the folder of the client; `None`, after a diagnostic, if there is no output.
fn plan(client: &Client, generated: &mut Generated, reporter: &Reporter) -> Option<Vec<Change>> {
    let output = generated.output.take()?;
    reporter.phase(format!("formatting {}", client.options.name));
    package::plan(client, output, &mut generated.diagnostics)
}

/// Locks the folder before it is read, so that the plan still holds when it is carried out. Without output no folder is
/// needed.
fn write(
    client: &Client,
    entry: &str,
    generated: &mut Generated,
    force: bool,
    reporter: &Reporter,
) -> Status {
    let mut locked = None;
    if generated.output.is_some() {
        let waiting = || report_waiting(&client.out, reporter);
        locked = output_dir::lock(&client.out, waiting, &mut generated.diagnostics);
        if locked.is_none() {
            generated.output = None;
        }
    }
    let changes = plan(client, generated, reporter);
    let edited = if force { Vec::new() } else { edited(changes.as_deref().unwrap_or_default()) };
    report_edited(client, &edited, &mut generated.diagnostics);
    if reporter.report_in_short(entry, &generated.files, &generated.diagnostics) {
        reporter.explain_error(&file_diff::summary(&client.out, &edited));
        return Status::Failed;
    }
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

/// The changes that would replace or remove a file that was edited by hand.
fn edited(changes: &[Change]) -> Vec<Change> {
    let is_edited = |change: &&Change| change.old.as_deref().is_some_and(is_edited);
    changes.iter().filter(is_edited).cloned().collect()
}

fn report_edited(client: &Client, edited: &[Change], diagnostics: &mut Diagnostics) {
    for change in edited {
        let path = client.out.join(&change.path);
        let message = format!("`{}` was edited by hand", path.display());
        let help = "`--force` replaces it; code of your own can be in `src/ext/`";
        diagnostics.push_with_help(codes::EDITED_FILE, Place::Nowhere, message, help);
    }
}

fn compare(client: &Client, entry: &str, generated: &mut Generated, reporter: &Reporter) -> Status {
    let _shared = SharedLock::new(&client.out);
    let changes = plan(client, generated, reporter);
    let stops = reporter.report_in_short(entry, &generated.files, &generated.diagnostics);
    let Some(changes) = changes.filter(|_| !stops) else {
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

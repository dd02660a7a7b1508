//! `typewright generate`.

use crate::args::Generate;
use crate::client::{self, Client};
use crate::config;
use crate::diff;
use crate::package;
use crate::remote::{self, Request};
use crate::report::Reporter;
use crate::Status;
use typewright::diagnostics::Diagnostics;
use typewright::front::tree::{self, Change};
use typewright::load::Files;
use typewright::Generated;

/// Generates one client, or all that the configuration lists.
pub fn run(arguments: &Generate, reporter: &Reporter) -> Status {
    let clients = match Client::from_arguments(arguments) {
        Some(client) => vec![client],
        None => match config::clients(arguments.config.as_deref(), reporter) {
            Ok(clients) => clients,
            Err(status) => return status,
        },
    };
    let each = clients
        .iter()
        .map(|client| one(client, arguments.check, reporter));
    each.max().unwrap_or(Status::Done)
}

fn one(client: &Client, check: bool, reporter: &Reporter) -> Status {
    let mut found = Diagnostics::new();
    client::check_name(&client.options.name, &mut found);
    if found.has_errors() {
        reporter.report(&Files::default(), &found);
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
    let changes = changes(client, &mut generated);
    let (files, found) = (&generated.files, &generated.diagnostics);
    if reporter.report_in_short(&opened.entry, files, found) {
        return Status::Failed;
    }
    match changes {
        None => Status::Failed,
        Some(changes) if check => compare(client, &changes, reporter),
        Some(changes) => write(client, &changes, reporter),
    }
}

fn changes(client: &Client, generated: &mut Generated) -> Option<Vec<Change>> {
    let output = generated.output.as_ref()?;
    package::plan(client, output, &mut generated.diagnostics)
}

fn write(client: &Client, changes: &[Change], reporter: &Reporter) -> Status {
    let mut found = Diagnostics::new();
    let written = tree::apply(&client.out, changes, &mut found);
    reporter.report(&Files::default(), &found);
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

fn compare(client: &Client, changes: &[Change], reporter: &Reporter) -> Status {
    let differences = diff::short(&client.out, changes);
    if differences.is_empty() {
        reporter.status(&format!("{}: current", client.out.display()));
        return Status::Done;
    }
    reporter.print(&differences);
    Status::Stale
}

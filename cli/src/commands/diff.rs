//! `typewright diff`.

use crate::api_changes::Report;
use crate::args::{Diff, DiffFormat};
use crate::client::Client;
use crate::config;
use crate::name_lock;
use crate::paths::{absolute, configuration, configuration_folder};
use crate::remote::{self, is_stdin, refuse, Opened, Request};
use crate::report::{Reporter, Status};
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::printable;
use typewright::diff::Level;
use typewright::lock::{Lock, FILE};
use typewright::{Comparison, Document, Options};

/// Prints what a release with the new document changes for callers of the client.
pub fn run(arguments: &Diff, denied: Option<Level>, reporter: &Reporter) -> Status {
    let comparison = match compare(arguments, reporter) {
        Ok(comparison) => comparison,
        Err(status) => return status,
    };
    let Comparison { old, new, diff: Some(diff), .. } = &comparison else {
        return Status::Failed;
    };
    let report = Report::new(diff, &old.files, &new.files);
    match arguments.format {
        DiffFormat::Human => reporter.print(&printable(&report.human())),
        DiffFormat::Markdown => reporter.print(&report.markdown()),
        DiffFormat::Json => {
            if let Ok(json) = serde_json::to_string_pretty(&report) {
                reporter.print(&format!("{json}\n"));
            }
        }
    }
    if denied.is_some_and(|denied| diff.level() >= denied && !diff.changes.is_empty()) {
        Status::Denied
    } else {
        Status::Done
    }
}

/// Compares what the arguments name, with the options of its client in the configuration.
///
/// # Errors
/// The status with which the command ends, after the problem has been reported.
pub fn compare(arguments: &Diff, reporter: &Reporter) -> Result<Comparison, Status> {
    if [Some(&arguments.old), arguments.new.as_ref()]
        .map(|side| side.is_some_and(|side| is_stdin(side)))
        == [true; 2]
    {
        reporter.usage("both documents are `-`, and standard input can be read once");
        return Err(Status::Usage);
    }
    let clients = clients(arguments, reporter)?;
    let old = Path::new(&arguments.old);
    if old.is_dir() {
        return with_crate(old, arguments, &clients, reporter);
    }
    let Some(new) = &arguments.new else {
        reporter.usage("a new document is missing; only the folder of a crate goes without one");
        return Err(Status::Usage);
    };
    let client = of_document(new, &clients).or_else(|| of_document(&arguments.old, &clients));
    let options = client.map_or_else(Options::default, |client| client.options.clone());
    let (old, new) = (
        open(&arguments.old, arguments, client, reporter)?,
        open(new, arguments, client, reporter)?,
    );
    let [old_loader, new_loader] =
        [&old, &new].map(|opened| reporter.observed(opened.loader.as_ref()));
    let document = |opened, loader| Document { entry: opened, loader };
    let comparison = typewright::compare(
        document(&old.entry, &old_loader),
        document(&new.entry, &new_loader),
        &options,
    );
    let sides = [(&old.entry, &comparison.old), (&new.entry, &comparison.new)];
    let failed =
        sides.map(|(entry, side)| reporter.report_in_short(entry, &side.files, &side.diagnostics));
    if failed.contains(&true) {
        return Err(Status::Failed);
    }
    Ok(comparison)
}

/// Compares a generated crate, by its lock, with a document.
fn with_crate(
    folder: &Path,
    arguments: &Diff,
    clients: &[Client],
    reporter: &Reporter,
) -> Result<Comparison, Status> {
    let client = clients.iter().find(|client| absolute(&client.out) == absolute(folder));
    let client = client.or_else(|| of_document(arguments.new.as_deref()?, clients));
    let configured = client.map(|client| client.document.as_str());
    let Some(new) = arguments.new.as_deref().or(configured) else {
        let message = format!(
            "`{}` is the folder of no client of a typewright.toml: name its document as well",
            folder.display()
        );
        reporter.usage(&message);
        return Err(Status::Usage);
    };
    let mut options = client.map_or_else(Options::default, |client| client.options.clone());
    options.lock = lock(folder, new, reporter)?;
    let new = open(new, arguments, client, reporter)?;
    let loader = reporter.observed(new.loader.as_ref());
    let document = Document { entry: &new.entry, loader: &loader };
    let comparison = typewright::compare_with_lock(&options.lock, document, &options);
    let side = &comparison.new;
    if reporter.report_in_short(&new.entry, &side.files, &side.diagnostics) {
        return Err(Status::Failed);
    }
    Ok(comparison)
}

/// The lock of a crate, with its public API.
fn lock(folder: &Path, document: &str, reporter: &Reporter) -> Result<Lock, Status> {
    let lock = name_lock::read(folder, reporter).ok_or(Status::Failed)?;
    if lock.api.is_empty() {
        let path = folder.join(FILE);
        let message = format!("`{}` does not state the public API of a crate", path.display());
        let help = format!("`typewright generate {document} --out {}` writes it", folder.display());
        return refuse(codes::LOCK_UNREADABLE, message, Some(&help), reporter)
            .ok_or(Status::Failed);
    }
    Ok(lock)
}

/// The clients of the configuration; none if there is none.
fn clients(arguments: &Diff, reporter: &Reporter) -> Result<Vec<Client>, Status> {
    let path = configuration(arguments.config.as_deref());
    path.map_or(Ok(Vec::new()), |path| {
        config::clients(Some(&path), arguments.allow_outside, reporter)
    })
}

/// The client that is generated from a document; `None` if there are several, since their options may differ.
fn of_document<'c>(document: &str, clients: &'c [Client]) -> Option<&'c Client> {
    let mut clients = clients.iter().filter(|client| is_of(client, document));
    clients.next().filter(|_| clients.next().is_none())
}

fn is_of(client: &Client, document: &str) -> bool {
    if is_stdin(document) {
        return false;
    }
    let path = |document: &str| absolute(Path::new(document));
    match document.contains("://") {
        true => client.document == document,
        false => path(&client.document) == path(document),
    }
}

fn open(
    document: &str,
    arguments: &Diff,
    client: Option<&Client>,
    reporter: &Reporter,
) -> Result<Opened, Status> {
    let client = client.filter(|client| is_of(client, document));
    let root = client.and_then(|client| client.root.as_deref());
    let request = Request {
        document,
        root: arguments.root.as_deref().or(root),
        base: &configuration_folder(arguments.config.as_deref()),
        fetch: true,
    };
    remote::open(request, reporter).ok_or(Status::Failed)
}

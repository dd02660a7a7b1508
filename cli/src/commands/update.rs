//! `typewright update`.

use super::report_waiting;
use crate::args::Update;
use crate::config;
use crate::paths::configuration_folder;
use crate::remote::{refuse, Address, Lock, Network, FOLDER};
use crate::report::{counted, Reporter, Status};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::output_dir::{self, Change, ExclusiveLock};
use typewright::normalize;
use typewright::source::Files;

/// Documents to fetch, each with the lists of overlays that its clients apply: overlays can add references.
type Requested = IndexMap<String, Vec<Vec<String>>>;

/// Fetches documents and stores copies, each whole or not at all.
pub fn run(arguments: &Update, reporter: &Reporter) -> Status {
    let (base, requested) = match requested(arguments, reporter) {
        Ok(requested) => requested,
        Err(status) => return status,
    };
    if requested.is_empty() {
        reporter.status("no document is on the network: nothing to fetch");
    }
    let each =
        requested.iter().map(|(document, overlays)| one(document, overlays, &base, reporter));
    each.max().unwrap_or(Status::Done)
}

fn requested(
    arguments: &Update,
    reporter: &Reporter,
) -> Result<(std::path::PathBuf, Requested), Status> {
    let mut requested = Requested::new();
    if !arguments.documents.is_empty() {
        for document in &arguments.documents {
            requested.insert(document.clone(), vec![Vec::new()]);
        }
        return Ok((configuration_folder(arguments.config.as_deref()), requested));
    }
    let clients = config::clients(arguments.config.as_deref(), arguments.allow_outside, reporter)?;
    for client in clients.into_iter().filter(|client| client.document.contains("://")) {
        requested.entry(client.document).or_default().push(client.options.overlays);
    }
    Ok((configuration_folder(arguments.config.as_deref()), requested))
}

fn one(document: &str, overlays: &[Vec<String>], base: &Path, reporter: &Reporter) -> Status {
    let address = match Address::parse_document(document) {
        Some(Ok(address)) => address,
        Some(Err(reason)) => {
            return refuse(codes::URL_REFUSED, reason, None, reporter).unwrap_or(Status::Failed)
        }
        None => {
            let reason = format!("`{document}` is a file, not a URL");
            return refuse(codes::URL_REFUSED, reason, None, reporter).unwrap_or(Status::Failed);
        }
    };
    let network = Network::new(address.clone());
    for overlays in overlays {
        if !load(&address, overlays, &network, reporter) {
            return Status::Failed;
        }
    }
    store(&address, network, base, reporter)
}

/// Reads the document as a client does, which fetches every file of it. Returns `false` if it has errors: such a document
/// is not stored.
fn load(address: &Address, overlays: &[String], network: &Network, reporter: &Reporter) -> bool {
    let overlays: Vec<&str> = overlays.iter().map(String::as_str).collect();
    let mut diagnostics = Diagnostics::new();
    let loader = reporter.observed(network);
    let loaded =
        typewright::load::load_with(&address.display(), &overlays, &loader, &mut diagnostics);
    if let Ok(loaded) = &loaded {
        normalize::normalize(loaded, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        let files = loaded.map_or_else(|error| error.files, |loaded| loaded.files);
        reporter.report_in_short(&address.display(), &files, &diagnostics);
        return false;
    }
    true
}

fn store(address: &Address, network: Network, base: &Path, reporter: &Reporter) -> Status {
    let folder = base.join(FOLDER);
    let mut diagnostics = Diagnostics::new();
    let locked = output_dir::lock(&folder, || report_waiting(&folder, reporter), &mut diagnostics);
    let changed =
        locked.and_then(|locked| write(address, &network, &locked, base, &mut diagnostics));
    reporter.detail_changes(&folder, changed.as_deref().unwrap_or_default());
    reporter.report(&Files::default(), &diagnostics);
    let url = address.display();
    match changed.as_deref() {
        None => return Status::Failed,
        Some([]) => reporter.status(&format!("{url}: current")),
        Some(_) => {
            let files = counted(network.fetched().len(), "file");
            reporter.status(&format!("{url}: stored, {files}"));
        }
    }
    Status::Done
}

/// Stores the fetched files; returns the changes, or `None`, after a diagnostic, if it fails.
fn write(
    address: &Address,
    network: &Network,
    locked: &ExclusiveLock,
    base: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Change>> {
    let old = match Lock::read(base) {
        Ok(old) => old,
        Err(reason) => {
            let list = Lock::path(base);
            let message = format!("`{}` cannot be used: {reason}", list.display());
            return diagnostics.lost(codes::BAD_LOCK, Place::Nowhere, message, None);
        }
    };
    let files: BTreeMap<String, String> = network.fetched().into_iter().collect();
    let new = old.with(address.display(), address.file(), &files);
    let changes = new.changes(&old, base, &files);
    output_dir::apply(locked, &changes, diagnostics).then_some(changes)
}

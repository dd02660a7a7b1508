//! `typewright update`.

use super::generate::waiting;
use crate::args::Update;
use crate::config;
use crate::remote::{refuse, Address, Lock, Network, FOLDER};
use crate::report::Reporter;
use crate::Status;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::output_dir::{self, ExclusiveLock};
use typewright::source::Files;
use typewright::{load, normalize};

/// One document to fetch, and the lists of overlays that its clients apply: these can add references.
type Wanted = IndexMap<String, Vec<Vec<String>>>;

/// Fetches documents and stores them, each whole or not at all.
pub fn run(arguments: &Update, reporter: &Reporter) -> Status {
    let (base, wanted) = match wanted(arguments, reporter) {
        Ok(found) => found,
        Err(status) => return status,
    };
    if wanted.is_empty() {
        reporter.status("no document is on the network: nothing to fetch");
    }
    let each = wanted
        .iter()
        .map(|(document, overlays)| one(document, overlays, &base, reporter));
    each.max().unwrap_or(Status::Done)
}

fn wanted(arguments: &Update, reporter: &Reporter) -> Result<(std::path::PathBuf, Wanted), Status> {
    let mut wanted = Wanted::new();
    if !arguments.documents.is_empty() {
        for document in &arguments.documents {
            wanted.insert(document.clone(), vec![Vec::new()]);
        }
        return Ok((config::base(arguments.config.as_deref()), wanted));
    }
    let clients = config::clients(
        arguments.config.as_deref(),
        arguments.allow_outside,
        reporter,
    )?;
    for client in clients
        .into_iter()
        .filter(|client| client.document.contains("://"))
    {
        wanted
            .entry(client.document)
            .or_default()
            .push(client.options.overlays);
    }
    Ok((config::base(arguments.config.as_deref()), wanted))
}

fn one(document: &str, overlays: &[Vec<String>], base: &Path, reporter: &Reporter) -> Status {
    let address = match Address::of(document) {
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
        if !sound(&address, overlays, &network, reporter) {
            return Status::Failed;
        }
    }
    store(&address, network, base, reporter)
}

/// Reads the document as a client would, which fetches all that belongs to it. Only what can be read is stored.
fn sound(address: &Address, overlays: &[String], network: &Network, reporter: &Reporter) -> bool {
    let overlays: Vec<&str> = overlays.iter().map(String::as_str).collect();
    let mut found = Diagnostics::new();
    let loaded = load::load_with(&address.shown(), &overlays, network, &mut found);
    if let Ok(loaded) = &loaded {
        normalize::normalise(loaded, &mut found);
    }
    if found.has_errors() {
        let files = loaded.map_or_else(|error| error.files, |loaded| loaded.files);
        reporter.report_in_short(&address.shown(), &files, &found);
        return false;
    }
    true
}

fn store(address: &Address, network: Network, base: &Path, reporter: &Reporter) -> Status {
    let folder = base.join(FOLDER);
    let mut found = Diagnostics::new();
    let locked = output_dir::lock(&folder, || waiting(&folder, reporter), &mut found);
    let changed = locked.and_then(|locked| changed(address, &network, &locked, base, &mut found));
    reporter.report(&Files::default(), &found);
    let shown = address.shown();
    match changed {
        None => return Status::Failed,
        Some(0) => reporter.status(&format!("{shown}: current")),
        Some(_) => {
            let files = network.fetched().len();
            reporter.status(&format!("{shown}: stored, {files} files"));
        }
    }
    Status::Done
}

/// Stores what was fetched; gives how many files that changed. `None`, with a diagnostic, where nothing was changed.
fn changed(
    address: &Address,
    network: &Network,
    locked: &ExclusiveLock,
    base: &Path,
    found: &mut Diagnostics,
) -> Option<usize> {
    let old = match Lock::read(base) {
        Ok(old) => old,
        Err(reason) => {
            let list = Lock::path(base);
            let message = format!("`{}` cannot be used: {reason}", list.display());
            return found.lost(codes::BAD_LOCK, Place::Nowhere, message, None);
        }
    };
    let files: BTreeMap<String, String> = network.fetched().into_iter().collect();
    let new = old.with(address.shown(), address.file(), &files);
    let changes = new.changes(&old, base, &files);
    output_dir::apply(locked, &changes, found).then_some(changes.len())
}

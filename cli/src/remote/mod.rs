//! Documents: files, standard input, and those on the network.
//!
//! Only `typewright update` stores copies of them, with their hashes, in the folder of the configuration; the other
//! commands read these copies. A URL on the command line that has no copy is fetched but not stored.

mod address;
mod lock;
mod network;
mod stdin;

pub use address::Address;
pub use lock::{Lock, FOLDER};
pub use network::Network;

use crate::clock::timed;
use crate::report::{Reporter, STDIN};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use stdin::Stdin;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Code, Diagnostics, Place};
use typewright::host::disk::Disk;
use typewright::load::Loader;
use typewright::source::Files;

/// A document to read.
pub struct Opened {
    /// Its name for the loader.
    pub entry: String,
    /// Reads the document and the files that it refers to.
    pub loader: Box<dyn Loader>,
}

/// A document to open.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Its path or URL, as the user gave it, or `-` for standard input.
    pub document: &'a str,
    /// The folder that references may reach, if the user set one.
    pub root: Option<&'a Path>,
    /// The folder of the configuration, which has the copies.
    pub base: &'a Path,
    /// `true` for a document of the command line: it is fetched if it has no copy, and may be standard input.
    pub fetch: bool,
}

/// `true` for the argument that stands for standard input.
pub fn is_stdin(document: &str) -> bool {
    document == "-"
}

/// Opens a file, standard input or a document on the network. Returns `None` after the problem has been reported.
pub fn open(request: Request<'_>, reporter: &Reporter) -> Option<Opened> {
    if request.fetch && is_stdin(request.document) {
        return Some(on_stdin(request.root, reporter));
    }
    let address = match Address::parse_document(request.document) {
        None => return Some(on_disk(request.document.to_owned(), request.root)),
        Some(Ok(address)) => address,
        Some(Err(reason)) => return refuse(codes::URL_REFUSED, reason, None, reporter),
    };
    if request.root.is_some() {
        let reason = "`root` names a folder on this machine; a URL's own folder is its root";
        return refuse(codes::URL_REFUSED, reason.to_owned(), None, reporter);
    }
    if let Err(reason) = Lock::read(request.base) {
        let list = Lock::path(request.base);
        let message = format!("`{}` cannot be used: {reason}", list.display());
        return refuse(codes::BAD_LOCK, message, None, reporter);
    }
    match stored(&address, request.base) {
        Ok(Some(path)) => Some(on_disk(path.to_string_lossy().into_owned(), None)),
        Ok(None) if request.fetch => {
            let url = address.display();
            let network = Network::new(address);
            // one that cannot be fetched is reported by who reads it
            let (text, time) = timed(|| network.load_named(&url));
            if text.is_ok() {
                reporter.detail(|| format!("fetched {url}: {time}"));
                reporter.note(&format!(
                    "{url}: fetched, not kept; `typewright update` with the URL keeps a copy"
                ));
            }
            Some(Opened { entry: url, loader: Box::new(network) })
        }
        Ok(None) => {
            let message = format!("there is no copy of `{}`", address.display());
            let help = "`typewright update` fetches it";
            refuse(codes::NO_COPY, message, Some(help), reporter)
        }
        Err(message) => {
            let help =
                "`typewright update` fetches it anew; `git diff` shows what was changed by hand";
            refuse(codes::OTHER_COPY, message, Some(help), reporter)
        }
    }
}

fn on_stdin(root: Option<&Path>, reporter: &Reporter) -> Opened {
    if io::stdin().is_terminal() {
        reporter.note("reading the document from standard input, to its end");
    }
    Opened { entry: STDIN.to_owned(), loader: Box::new(Stdin::read(root)) }
}

fn on_disk(entry: String, root: Option<&Path>) -> Opened {
    let disk = Disk::new(&entry);
    let disk = match root {
        Some(root) => disk.with_root(root),
        None => disk,
    };
    Opened { entry, loader: Box::new(disk) }
}

/// The path of the verified copy; `None` if there is no copy.
fn stored(address: &Address, base: &Path) -> Result<Option<PathBuf>, String> {
    let lock = Lock::read(base)?;
    let copy = address.file();
    let Some(locked) = lock.find(&copy) else {
        return Ok(None);
    };
    locked.verify(base)?;
    Ok(Some(base.join(FOLDER).join(copy)))
}

/// Reports why a document is not read.
pub fn refuse<T>(
    code: Code,
    message: String,
    help: Option<&str>,
    reporter: &Reporter,
) -> Option<T> {
    let mut diagnostics = Diagnostics::new();
    match help {
        Some(help) => diagnostics.push_with_help(code, Place::Nowhere, message, help),
        None => diagnostics.push(code, Place::Nowhere, message),
    }
    reporter.report(&Files::default(), &diagnostics);
    None
}

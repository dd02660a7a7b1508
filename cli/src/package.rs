//! The files of a generated crate.

use crate::checksum::stamped;
use crate::client::Client;
use crate::guide;
use crate::manifest;
use crate::rustfmt;
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Code, Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change, OutputFile};
use typewright::{lock, Module, Output};

/// The changes to make in the client's folder; `None`, after a diagnostic, if that is impossible.
pub fn plan(
    client: &Client,
    mut output: Output,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Change>> {
    let modules = std::mem::take(&mut output.modules);
    let files = files(client, modules, &output, diagnostics);
    // all run before one fails, so that all problems are reported at once
    let sources = output_dir::plan(&client.out, files, diagnostics);
    let manifest = manifest(client, &output, diagnostics);
    let lock = lock(client, &output, diagnostics);
    let guide = guide::plan(&client.out, output.guide.as_ref(), diagnostics);
    let mut changes = sources?;
    changes.extend(guide?);
    changes.extend(manifest?);
    changes.extend(lock?);
    Some(changes)
}

/// The module of a crate that its author writes, in either of its places.
const EXTENSION: [&str; 2] = ["src/ext/mod.rs", "src/ext.rs"];

/// `true` if the folder of a crate has a module `ext` that its author wrote.
pub fn has_extension(out: &Path) -> bool {
    EXTENSION.iter().any(|path| out.join(path).is_file())
}

/// The source files of the crate.
fn files(
    client: &Client,
    modules: Vec<Module>,
    output: &Output,
    diagnostics: &mut Diagnostics,
) -> Vec<OutputFile> {
    let sources = modules
        .into_iter()
        .map(|module| Module { path: format!("src/{}", module.path), text: module.text });
    let tests = output
        .tests
        .iter()
        .map(|test| Module { path: format!("tests/{}.rs", test.name), text: test.text.clone() });
    let mut files: Vec<_> = sources.chain(tests).collect();
    if client.rustfmt {
        files = rustfmt::formatted(&files, &client.out, diagnostics);
    }
    let file = |Module { path, text }| OutputFile { path, text: stamped(&text) };
    files.into_iter().map(file).collect()
}

/// The change of the lock, if any. Packages contain it, so that what is generated from their sources keeps the names, too.
fn lock(client: &Client, output: &Output, diagnostics: &mut Diagnostics) -> Option<Option<Change>> {
    let path = client.out.join(lock::FILE);
    let old = existing(&path, codes::LOCK_UNREADABLE, diagnostics)?;
    Some(change(&path, old, output.lock.to_toml()))
}

/// The change of `Cargo.toml`, if any.
fn manifest(
    client: &Client,
    output: &Output,
    diagnostics: &mut Diagnostics,
) -> Option<Option<Change>> {
    let path = client.out.join("Cargo.toml");
    let old = existing(&path, codes::MANIFEST, diagnostics)?;
    let needs = manifest::Needs::new(client, output, diagnostics)?;
    let new = match &old {
        Some(old) => manifest::renew(old, &needs, &path, diagnostics)?,
        None => manifest::first(client, &needs, diagnostics)?,
    };
    Some(change(&path, old, new))
}

/// `true` if the change is the manifest of a new crate.
pub fn is_first_manifest(change: &Change) -> bool {
    change.path == "Cargo.toml" && change.old.is_none()
}

/// The text of a file, which may not exist; `None`, after a diagnostic, if it cannot be read.
fn existing(path: &Path, code: Code, diagnostics: &mut Diagnostics) -> Option<Option<String>> {
    if !path.exists() {
        return Some(None);
    }
    match read_text(path) {
        Ok(text) => Some(Some(text)),
        Err(reason) => {
            let message = format!("`{}` cannot be read: {reason}", path.display());
            diagnostics.lost(code, Place::Nowhere, message, None)
        }
    }
}

fn change(path: &Path, old: Option<String>, new: String) -> Option<Change> {
    let current = old.as_deref().is_some_and(|old| output_dir::is_equal_text(old, &new));
    let name = path.file_name().unwrap_or_default();
    (!current).then(|| Change { path: name.to_string_lossy().into_owned(), old, new: Some(new) })
}

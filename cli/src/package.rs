//! The files of a generated crate.

use crate::client::Client;
use crate::format;
use crate::manifest;
use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change, OutputFile};
use typewright::{Module, Output};

/// What has to change in the client's folder. `None`, with a diagnostic, where that cannot be.
pub fn plan(client: &Client, mut output: Output, found: &mut Diagnostics) -> Option<Vec<Change>> {
    let modules = std::mem::take(&mut output.modules);
    let wanted = wanted(client, modules, &output, found);
    // Both are asked, so that all that is wrong is said at once.
    let sources = output_dir::plan(&client.out, wanted, found);
    let manifest = manifest(client, &output, found);
    let mut changes = sources?;
    changes.extend(manifest?);
    Some(changes)
}

/// The files of the crate as they should be, `Cargo.toml` aside.
fn wanted(
    client: &Client,
    modules: Vec<Module>,
    output: &Output,
    found: &mut Diagnostics,
) -> Vec<OutputFile> {
    let sources = modules.into_iter().map(|module| Module {
        path: format!("src/{}", module.path),
        text: module.text,
    });
    let tests = output.tests.iter().map(|test| Module {
        path: format!("tests/{}.rs", test.name),
        text: test.text.clone(),
    });
    let mut files: Vec<_> = sources.chain(tests).collect();
    if client.rustfmt {
        files = format::laid_out(&files, &client.out, found);
    }
    let file = |Module { path, text }| OutputFile { path, text };
    files.into_iter().map(file).collect()
}

/// The change of `Cargo.toml`, where there is one.
fn manifest(client: &Client, output: &Output, found: &mut Diagnostics) -> Option<Option<Change>> {
    let path = client.out.join("Cargo.toml");
    let old = if path.exists() {
        match read_text(&path) {
            Ok(text) => Some(text),
            Err(reason) => {
                let message = format!("`{}` cannot be read: {reason}", path.display());
                return found.lost(codes::MANIFEST, Place::Nowhere, message, None);
            }
        }
    } else {
        None
    };
    let needs = manifest::Needs::new(client, output, found)?;
    let new = match &old {
        Some(old) => manifest::renew(old, &needs, &path, found)?,
        None => manifest::first(client, &needs, found)?,
    };
    Some(change(&path, old, new))
}

fn change(path: &Path, old: Option<String>, new: String) -> Option<Change> {
    let current = old
        .as_deref()
        .is_some_and(|old| output_dir::is_equal_text(old, &new));
    let name = path.file_name().unwrap_or_default();
    (!current).then(|| Change {
        path: name.to_string_lossy().into_owned(),
        old,
        new: Some(new),
    })
}

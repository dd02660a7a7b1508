//! The files of a generated crate.

use crate::client::Client;
use crate::format;
use crate::manifest;
use std::path::Path;
use typewright::diagnostics::codes::front as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::front::disk::read_text;
use typewright::front::tree::{self, Change, Wanted};
use typewright::Output;

/// What has to change in the client's folder. `None`, with a diagnostic, where that cannot be.
pub fn plan(client: &Client, output: &Output, found: &mut Diagnostics) -> Option<Vec<Change>> {
    let modules = if client.format {
        format::laid_out(&output.modules, found)
    } else {
        output.modules.clone()
    };
    let wanted: Vec<Wanted> = modules
        .into_iter()
        .map(|module| Wanted {
            path: format!("src/{}", module.path),
            text: module.text,
        })
        .collect();
    // Both are asked, so that all that is wrong is said at once.
    let sources = tree::plan(&client.out, &wanted, found);
    let manifest = manifest(client, output, found);
    let mut changes = sources?;
    changes.extend(manifest?);
    Some(changes)
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
    let current = old.as_deref().is_some_and(|old| tree::same(old, &new));
    let name = path.file_name().unwrap_or_default();
    (!current).then(|| Change {
        path: name.to_string_lossy().into_owned(),
        old,
        new: Some(new),
    })
}

//! Workspaces above a crate.

use crate::paths::{absolute, normalized};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item};
use typewright::host::disk::read_text;

/// The manifest of a workspace above `folder` that neither includes nor excludes a crate there: Cargo refuses to build
/// such a crate. A crate that a member depends on by path is included.
pub fn enclosing_workspace(folder: &Path) -> Option<PathBuf> {
    let folder = absolute(folder);
    for above in folder.ancestors().skip(1) {
        let path = above.join("Cargo.toml");
        let Some(manifest) = manifest(&path) else {
            continue;
        };
        let Some(workspace) = manifest.get("workspace") else {
            continue;
        };
        let members = patterns(workspace, "members", above);
        let listed = members.iter().any(|member| member.matches_path(&folder));
        if !listed && excluded(workspace, above, &folder) {
            continue;
        }
        return (!listed && !depended_on(above, &members, &folder)).then_some(path);
    }
    None
}

fn manifest(path: &Path) -> Option<DocumentMut> {
    read_text(path).ok()?.parse().ok()
}

fn strings(workspace: &Item, key: &str) -> Vec<String> {
    let list = workspace.get(key).and_then(Item::as_array);
    let texts = list.into_iter().flatten().filter_map(|value| value.as_str());
    texts.map(str::to_owned).collect()
}

fn patterns(workspace: &Item, key: &str, root: &Path) -> Vec<glob::Pattern> {
    let root = glob::Pattern::escape(&root.to_string_lossy());
    strings(workspace, key)
        .iter()
        .map(|member| normalized(&Path::new(&root).join(member)))
        .filter_map(|member| glob::Pattern::new(&member.to_string_lossy()).ok())
        .collect()
}

fn excluded(workspace: &Item, root: &Path, folder: &Path) -> bool {
    let excluded = strings(workspace, "exclude");
    excluded.iter().any(|path| folder.starts_with(normalized(&root.join(path))))
}

/// `true` if a member of the workspace depends by path on the crate in `folder`, directly or through others.
fn depended_on(root: &Path, members: &[glob::Pattern], folder: &Path) -> bool {
    let paths = members.iter().filter_map(|member| glob::glob(member.as_str()).ok());
    let mut open: Vec<PathBuf> = paths.flatten().filter_map(Result::ok).collect();
    open.push(root.to_path_buf());
    let mut seen = BTreeSet::new();
    while let Some(package) = open.pop() {
        if package == folder {
            return true;
        }
        if !seen.insert(package.clone()) {
            continue;
        }
        if let Some(manifest) = manifest(&package.join("Cargo.toml")) {
            open.extend(path_dependencies(&manifest).map(|path| normalized(&package.join(path))));
        }
    }
    false
}

fn path_dependencies(manifest: &DocumentMut) -> impl Iterator<Item = String> + '_ {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = tables.into_iter().filter_map(|key| manifest.get(key)?.as_table_like());
    let entries = tables.flat_map(|table| table.iter().map(|(_, entry)| entry));
    entries.filter_map(|entry| Some(entry.get("path")?.as_str()?.to_owned()))
}

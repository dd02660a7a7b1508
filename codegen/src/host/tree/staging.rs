//! Changing an output folder wholly or not at all.

use super::lock::{Locked, STAGING};
use super::{stays, unwritable, Change};
use crate::diagnostics::Diagnostics;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Makes the changes in a folder: each file is replaced as a whole, and where one cannot be, all are put back as they
/// were.
///
/// `false`, with a diagnostic, where nothing was changed: also where a path leads out of the folder, by itself or through
/// a link.
pub fn apply(locked: &Locked, changes: &[Change], diagnostics: &mut Diagnostics) -> bool {
    let folder = locked.folder();
    let mut clear = true;
    for change in changes {
        clear &= stays(folder, &change.path, diagnostics);
    }
    if changes.is_empty() || !clear {
        return clear;
    }
    match Staging::new(folder).and_then(|staging| staging.run(changes)) {
        Ok(()) => true,
        Err((path, error)) => unwritable(&path, &error, diagnostics),
    }
}

type Failed = (PathBuf, io::Error);

/// A folder beside the output, in which new files are complete before any takes its place.
struct Staging<'a> {
    folder: &'a Path,
    staged: PathBuf,
}

impl<'a> Staging<'a> {
    fn new(folder: &'a Path) -> Result<Self, Failed> {
        let staged = folder.join(format!("{STAGING}{}", std::process::id()));
        fs::create_dir_all(&staged).map_err(|error| (staged.clone(), error))?;
        Ok(Self { folder, staged })
    }

    fn run(&self, changes: &[Change]) -> Result<(), Failed> {
        self.stage(changes)?;
        let moved = self.move_new(changes)?;
        let others = changes.iter();
        let single: Vec<_> = others
            .filter(|change| !moved.contains(top(&change.path)))
            .collect();
        for (number, change) in single.iter().enumerate() {
            if let Err(failed) = self.change(change) {
                let done = single.get(..number).unwrap_or_default();
                done.iter().rev().for_each(|change| self.undo(change));
                moved.iter().for_each(|top| self.take_back(top));
                return Err(failed);
            }
        }
        Ok(())
    }

    /// Writes every new file, in the folders in which they will be.
    fn stage(&self, changes: &[Change]) -> Result<(), Failed> {
        let failed = |change: &Change| {
            let path = self.folder.join(&change.path);
            |error| (path, error)
        };
        let mut folders = BTreeSet::new();
        for change in changes {
            let Some(text) = &change.new else { continue };
            let path = self.staged.join(&change.path);
            let parent = path.parent().unwrap_or(&self.staged);
            if !folders.contains(parent) {
                fs::create_dir_all(parent).map_err(failed(change))?;
                folders.insert(parent.to_path_buf());
            }
            fs::write(&path, text).map_err(failed(change))?;
        }
        Ok(())
    }

    /// Moves what the output has nothing of yet in one step, such as all of `src`; gives the names of what was moved.
    fn move_new<'c>(&self, changes: &'c [Change]) -> Result<BTreeSet<&'c str>, Failed> {
        let new = changes.iter().filter(|change| change.new.is_some());
        let tops: BTreeSet<&str> = new.map(|change| top(&change.path)).collect();
        let mut moved: BTreeSet<&str> = BTreeSet::new();
        for name in tops {
            let path = self.folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                continue;
            }
            if let Err(error) = fs::rename(self.staged.join(name), &path) {
                moved.iter().for_each(|top| self.take_back(top));
                return Err((path, error));
            }
            moved.insert(name);
        }
        Ok(moved)
    }

    /// Removes what [`Self::move_new`] has moved.
    fn take_back(&self, top: &str) {
        let path = self.folder.join(top);
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
    }

    fn change(&self, change: &Change) -> Result<(), Failed> {
        let path = self.folder.join(&change.path);
        let parent = path.parent().unwrap_or(self.folder);
        let done = if change.new.is_some() {
            fs::create_dir_all(parent)
                .and_then(|()| fs::rename(self.staged.join(&change.path), &path))
        } else {
            fs::remove_file(&path).map(|()| remove_empty(self.folder, parent))
        };
        done.map_err(|error| {
            remove_empty(self.folder, parent);
            (path.clone(), error)
        })
    }

    /// Puts a file back as it was. That it worked a moment ago is the best reason to expect it to work again.
    fn undo(&self, change: &Change) {
        let path = self.folder.join(&change.path);
        let parent = path.parent().unwrap_or(self.folder);
        let Some(old) = &change.old else {
            let _ = fs::remove_file(&path);
            return remove_empty(self.folder, parent);
        };
        let aside = self.staged.join(UNDO);
        let _ = fs::create_dir_all(parent)
            .and_then(|()| fs::write(&aside, old))
            .and_then(|()| fs::rename(&aside, &path));
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.staged);
    }
}

/// The file in the staging folder by which one is put back; no output is called so.
const UNDO: &str = ".undo";

/// The first part of a path: what of it stands in the output folder itself.
fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Removes folders that have become empty, from `folder` up to but without `top`.
fn remove_empty(top: &Path, folder: &Path) {
    let mut folder = folder;
    while folder != top && fs::remove_dir(folder).is_ok() {
        let Some(parent) = folder.parent() else {
            return;
        };
        folder = parent;
    }
}

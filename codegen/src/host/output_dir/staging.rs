//! The application of all changes to an output folder, or of none.

use super::lock::{ExclusiveLock, STAGING};
use super::{is_confined, unwritable, Change};
use crate::diagnostics::Diagnostics;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Applies the changes to a folder: each file is replaced as a whole, and if one cannot be replaced, all are restored.
///
/// `false`, with a diagnostic, if nothing was changed. A path that leaves the folder, or passes through a link, is an
/// error.
pub fn apply(lock: &ExclusiveLock, changes: &[Change], diagnostics: &mut Diagnostics) -> bool {
    let folder = lock.folder();
    let mut is_safe = true;
    for change in changes {
        is_safe &= is_confined(folder, &change.path, diagnostics);
    }
    if changes.is_empty() || !is_safe {
        return is_safe;
    }
    match Staging::new(folder).and_then(|staging| staging.run(changes)) {
        Ok(()) => true,
        Err((path, error)) => unwritable(&path, &error, diagnostics),
    }
}

type Failure = (PathBuf, io::Error);

/// A folder next to the output in which all new files are complete before any is moved to its place.
struct Staging<'a> {
    folder: &'a Path,
    staged: PathBuf,
}

impl<'a> Staging<'a> {
    fn new(folder: &'a Path) -> Result<Self, Failure> {
        let staged = folder.join(format!("{STAGING}{}", std::process::id()));
        fs::create_dir_all(&staged).map_err(|error| (staged.clone(), error))?;
        Ok(Self { folder, staged })
    }

    fn run(&self, changes: &[Change]) -> Result<(), Failure> {
        self.stage(changes)?;
        let moved = self.move_new(changes)?;
        let others = changes.iter();
        let single: Vec<_> = others.filter(|change| !moved.contains(top(&change.path))).collect();
        for (number, change) in single.iter().enumerate() {
            if let Err(failure) = self.change(change) {
                let applied = single.get(..number).unwrap_or_default();
                applied.iter().rev().for_each(|change| self.undo(change));
                moved.iter().for_each(|top| self.remove_moved(top));
                return Err(failure);
            }
        }
        Ok(())
    }

    /// Writes every new file, in its folder below the staging folder.
    fn stage(&self, changes: &[Change]) -> Result<(), Failure> {
        let failure = |change: &Change| {
            let path = self.folder.join(&change.path);
            |error| (path, error)
        };
        let mut folders = BTreeSet::new();
        for change in changes {
            let Some(text) = &change.new else { continue };
            let path = self.staged.join(&change.path);
            let parent = path.parent().unwrap_or(&self.staged);
            if !folders.contains(parent) {
                fs::create_dir_all(parent).map_err(failure(change))?;
                folders.insert(parent.to_path_buf());
            }
            fs::write(&path, text).map_err(failure(change))?;
        }
        Ok(())
    }

    /// Moves top-level files and folders that the output does not have yet, such as all of `src`; returns their names.
    fn move_new<'c>(&self, changes: &'c [Change]) -> Result<BTreeSet<&'c str>, Failure> {
        let new = changes.iter().filter(|change| change.new.is_some());
        let tops: BTreeSet<&str> = new.map(|change| top(&change.path)).collect();
        let mut moved: BTreeSet<&str> = BTreeSet::new();
        for name in tops {
            let path = self.folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                continue;
            }
            if let Err(error) = fs::rename(self.staged.join(name), &path) {
                moved.iter().for_each(|top| self.remove_moved(top));
                return Err((path, error));
            }
            moved.insert(name);
        }
        Ok(moved)
    }

    /// Removes a file or folder that [`Self::move_new`] has moved.
    fn remove_moved(&self, top: &str) {
        let path = self.folder.join(top);
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
    }

    fn change(&self, change: &Change) -> Result<(), Failure> {
        let path = self.folder.join(&change.path);
        let parent = path.parent().unwrap_or(self.folder);
        let result = if change.new.is_some() {
            fs::create_dir_all(parent)
                .and_then(|()| fs::rename(self.staged.join(&change.path), &path))
        } else {
            fs::remove_file(&path).map(|()| remove_empty(self.folder, parent))
        };
        result.map_err(|error| {
            remove_empty(self.folder, parent);
            (path.clone(), error)
        })
    }

    /// Restores a file. Errors are ignored: there is nothing further to try.
    fn undo(&self, change: &Change) {
        let path = self.folder.join(&change.path);
        let parent = path.parent().unwrap_or(self.folder);
        let Some(old) = &change.old else {
            let _ = fs::remove_file(&path);
            return remove_empty(self.folder, parent);
        };
        let restored = self.staged.join(UNDO);
        let _ = fs::create_dir_all(parent)
            .and_then(|()| fs::write(&restored, old))
            .and_then(|()| fs::rename(&restored, &path));
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.staged);
    }
}

/// The name of a restored file in the staging folder; no output has it.
const UNDO: &str = ".undo";

/// The first part of a path.
fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Removes empty folders, from `folder` up to `top` exclusively.
fn remove_empty(top: &Path, folder: &Path) {
    let mut folder = folder;
    while folder != top && fs::remove_dir(folder).is_ok() {
        let Some(parent) = folder.parent() else {
            return;
        };
        folder = parent;
    }
}

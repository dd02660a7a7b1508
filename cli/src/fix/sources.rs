//! The callers' sources on disk.

use crate::paths::normalized;
use proc_macro2::TokenStream;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use typewright::host::disk::read_text;

/// A source file that was parsed.
pub struct Source {
    /// Path as the user wrote it, with what is below.
    pub path: PathBuf,
    /// The whole text.
    pub text: String,
    /// Start of the parsed text: after a byte order mark and `#!`.
    pub start: usize,
    /// The parsed text.
    pub ast: syn::File,
    /// The parsed text as tokens.
    pub tokens: TokenStream,
}

impl Source {
    /// Parses a text.
    ///
    /// # Errors
    /// It is not Rust; the offset and the reason.
    pub fn new(path: PathBuf, text: String) -> Result<Self, (usize, String)> {
        let start = start_of_code(&text);
        let code = text.get(start..).unwrap_or_default();
        let offset = |error: &syn::Error| start + error.span().byte_range().start;
        let failure = |error: syn::Error| (offset(&error), error.to_string());
        let tokens: TokenStream = code.parse().map_err(|error| failure(syn::Error::from(error)))?;
        let ast = syn::parse2(tokens.clone()).map_err(failure)?;
        Ok(Self { path, text, start, ast, tokens })
    }

    /// `file:line:column` of an offset; columns count characters.
    pub fn place(&self, offset: usize) -> String {
        place(&self.path, &self.text, offset)
    }
}

/// `file:line:column` of an offset; columns count characters.
pub fn place(path: &Path, text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    let column = last.trim_start_matches('\u{feff}').chars().count() + 1;
    format!("{}:{line}:{column}", path.display())
}

/// The length of a byte order mark and of a first line such as `#!/usr/bin/env run-cargo-script`.
fn start_of_code(text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let code = text.get(mark..).unwrap_or_default();
    let is_shebang =
        code.starts_with("#!") && !code.trim_start_matches("#!").trim_start().starts_with('[');
    mark + if is_shebang { code.find('\n').unwrap_or(code.len()) } else { 0 }
}

/// All files that are named, and those below the folders that are named.
#[derive(Default)]
pub struct Sources {
    /// Files that were parsed.
    pub parsed: Vec<Source>,
    /// Files that Typewright generated.
    pub generated: BTreeSet<PathBuf>,
    /// Files that are not Rust: their places and the reasons.
    pub broken: Vec<(String, String)>,
}

impl Sources {
    /// Reads the sources.
    ///
    /// # Errors
    /// A file or folder cannot be read; the reason.
    pub fn read(paths: &[PathBuf]) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for path in paths {
            let path = normalized(path);
            let path = if path.as_os_str().is_empty() { PathBuf::from(".") } else { path };
            collect(&path, &mut files)?;
        }
        let mut sources = Self::default();
        for path in files.into_values() {
            let text = read_text(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            if text.trim_start_matches('\u{feff}').starts_with(typewright::HEADER.trim_end()) {
                sources.generated.insert(path);
                continue;
            }
            match Source::new(path.clone(), text) {
                Ok(source) => sources.parsed.push(source),
                Err((offset, error)) => {
                    let text = read_text(&path).unwrap_or_default();
                    sources.broken.push((place(&path, &text, offset), error));
                }
            }
        }
        sources.parsed.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(sources)
    }
}

/// Adds a file, or the Rust files below a folder, by their real paths. Links below a folder, hidden folders and `target`
/// are left out.
fn collect(path: &Path, files: &mut BTreeMap<PathBuf, PathBuf>) -> Result<(), String> {
    let failure = |error: std::io::Error| format!("{}: {error}", path.display());
    let real = fs::canonicalize(path).map_err(failure)?;
    if !real.is_dir() {
        files.entry(real).or_insert_with(|| path.to_path_buf());
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "the command lists folders")]
    for entry in fs::read_dir(path).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let kind = entry.file_type().map_err(failure)?;
        let name = entry.file_name();
        let is_hidden = name.to_string_lossy().starts_with('.');
        let is_code = Path::new(&name).extension().is_some_and(|extension| extension == "rs");
        let is_wanted =
            if kind.is_dir() { !is_hidden && name != "target" } else { kind.is_file() && is_code };
        if is_wanted {
            let below =
                if path == Path::new(".") { PathBuf::from(&name) } else { path.join(&name) };
            collect(&below, files)?;
        }
    }
    Ok(())
}

/// Replaces files, all or none: new texts are complete before the first file is replaced, and a failure restores those
/// that were.
///
/// # Errors
/// The reason: a file is read-only, has changed since it was read, or cannot be replaced.
pub fn replace(changes: &[(&Source, String)]) -> Result<(), String> {
    let mut staged = Vec::new();
    for (source, text) in changes {
        let path = &source.path;
        let failure = |error: std::io::Error| format!("{}: {error}", path.display());
        if read_text(path).as_ref() != Ok(&source.text) {
            return Err(format!("{}: it has changed since it was read", path.display()));
        }
        let permissions = fs::metadata(path).map_err(failure)?.permissions();
        if permissions.readonly() {
            return Err(format!("{}: it is read-only", path.display()));
        }
        let real = fs::canonicalize(path).map_err(failure)?;
        let file = stage(&real, text).map_err(failure)?;
        fs::set_permissions(file.path(), permissions).map_err(failure)?;
        staged.push((real, file));
    }
    let mut replaced: Vec<(PathBuf, &str)> = Vec::new();
    for ((path, file), (source, _)) in staged.into_iter().zip(changes) {
        if let Err(error) = file.persist(&path) {
            for (path, text) in replaced {
                let restored = stage(&path, text).map(|file| file.persist(&path));
                if !matches!(restored, Ok(Ok(_))) {
                    return Err(format!(
                        "{}: {error}; it was replaced and is not restored",
                        path.display()
                    ));
                }
            }
            return Err(format!("{}: {error}", path.display()));
        }
        replaced.push((path, &source.text));
    }
    Ok(())
}

/// Writes a file whole or not at all.
///
/// # Errors
/// The error of the system.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    stage(path, text)?.persist(path)?;
    Ok(())
}

/// A complete new text beside its file.
fn stage(path: &Path, text: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".typewright-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::start_of_code;

    #[test]
    fn code_begins_after_a_mark_and_a_shebang() {
        assert_eq!(start_of_code("fn a() {}"), 0);
        assert_eq!(start_of_code("\u{feff}fn a() {}"), 3);
        assert_eq!(start_of_code("#!/bin/x\nfn a() {}"), 8);
        assert_eq!(start_of_code("#![allow(dead_code)]\n"), 0);
    }
}

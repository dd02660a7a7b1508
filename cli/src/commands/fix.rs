//! `typewright fix`.

use super::diff;
use crate::args::{Diff, DiffFormat, Fix};
use crate::crate_name::default_name;
use crate::fix::api::Api;
use crate::fix::edits::Renames;
use crate::fix::sources::{self, Source, Sources};
use crate::fix::{is_named, mend, Mended, State};
use crate::paths::{absolute, configuration_folder, relative};
use crate::remote::is_stdin;
use crate::report::{Reporter, Status};
use sha2::{Digest as _, Sha256};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use typewright::diff::Surface;
use typewright::host::disk::read_text;
use typewright::Comparison;

/// File beside the configuration that tells which files have been mended, where that cannot be seen from their texts.
const RECORD: &str = ".typewright-fix";

/// Edits the sources of callers, or shows the edits.
pub fn run(arguments: &Fix, reporter: &Reporter) -> Status {
    let Some((renames, old, new)) = compare(arguments, reporter) else {
        return Status::Failed;
    };
    if arguments.list {
        reporter.print(&renames.list());
        return Status::Done;
    }
    let outcome = mend_sources(arguments, Api::new(old, new, renames), reporter);
    outcome.unwrap_or_else(|error| {
        reporter.failure(&error);
        Status::Failed
    })
}

fn mend_sources(arguments: &Fix, api: Api, reporter: &Reporter) -> Result<Status, String> {
    let sources = Sources::read(&arguments.sources)?;
    let crates = crates(arguments);
    if !sources.parsed.is_empty() && !is_named(&crates, &sources.parsed) {
        let names = crates.join("`, `");
        return Err(format!("no source names the crate `{names}`; `--crate` gives its name"));
    }
    let record = Record::read(&api)?;
    let mended = mend(&api, &crates, &sources, &|source| record.state(source));
    let changed: Vec<&Mended<'_>> =
        mended.iter().filter(|file| file.text != file.source.text).collect();
    if arguments.write {
        let changes: Vec<_> = changed.iter().map(|file| (file.source, file.text.clone())).collect();
        sources::replace(&changes)?;
        record.write(&changed)?;
        for file in &changed {
            reporter.status(&format!("{}: mended", file.source.path.display()));
        }
    } else {
        changed.iter().for_each(|file| reporter.print(&difference(file)));
    }
    let mut is_left = !arguments.write && !changed.is_empty();
    let remarks = mended.iter().flat_map(|file| &file.remarks);
    for (place, reason) in sources.broken.iter().chain(remarks) {
        reporter.remark(place, reason);
        is_left = true;
    }
    Ok(if is_left { Status::Unfinished } else { Status::Done })
}

/// The renames, and both APIs; reports why there are none.
fn compare(arguments: &Fix, reporter: &Reporter) -> Option<(Renames, Surface, Surface)> {
    let compared = Diff {
        old: arguments.old.clone(),
        new: Some(arguments.new.clone()),
        format: DiffFormat::default(),
        root: arguments.root.clone(),
        config: None,
        allow_outside: false,
    };
    let Comparison { diff, surfaces, .. } = diff::compare(&compared, reporter).ok()?;
    let (old, new) = surfaces?;
    let mut renames = Renames::new(&diff?);
    if let Some(path) = &arguments.edits {
        let list = read_text(path).map_err(|error| format!("{}: {error}", path.display()));
        let extended = list.and_then(|list| {
            let place = |(line, reason)| format!("{}:{line}: {reason}", path.display());
            renames.extend(&list, &old, &new).map_err(place)
        });
        if let Err(error) = extended {
            reporter.failure(&error);
            return None;
        }
    }
    Some((renames, old, new))
}

/// Names by which callers know the generated crate.
fn crates(arguments: &Fix) -> Vec<String> {
    let names: BTreeSet<_> = if arguments.crates.is_empty() {
        // a document from standard input suggests none
        let documents = [&arguments.old, &arguments.new].into_iter();
        documents
            .filter(|document| !is_stdin(document))
            .map(|document| default_name(document))
            .collect()
    } else {
        arguments.crates.iter().cloned().collect()
    };
    names.into_iter().map(|name| name.replace('-', "_")).collect()
}

fn difference(file: &Mended<'_>) -> String {
    let path = file.source.path.display();
    let diff = TextDiff::from_lines(file.source.text.as_str(), file.text.as_str());
    diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// Files that were mended for the same changes. There is a record only if the text of a file does not tell whether it was
/// mended.
struct Record {
    path: PathBuf,
    changes: Option<String>,
    /// Digests of texts after the edits, by digests of changes and paths of files.
    files: BTreeMap<String, String>,
}

impl Record {
    fn read(api: &Api) -> Result<Self, String> {
        let path = configuration_folder(None).join(RECORD);
        let changes = api.ambiguity().map(|changes| digest(&changes));
        let exists = changes.is_some() && path.exists();
        let text = if exists { read_text(&path) } else { Ok(String::new()) };
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        let pairs = text.lines().filter_map(|line| line.split_once(' '));
        let files = pairs.map(|(digest, file)| (file.to_owned(), digest.to_owned())).collect();
        Ok(Self { path, changes, files })
    }

    /// The key of a file: the digest of the changes and the path from the record.
    fn key(&self, source: &Source) -> Option<String> {
        let changes = self.changes.as_ref()?;
        let folder = self.path.parent().map(absolute)?;
        let path =
            relative(&folder, &absolute(&source.path)).unwrap_or_else(|| source.path.clone());
        Some(format!("{changes} {}", path.display().to_string().replace('\\', "/")))
    }

    fn state(&self, source: &Source) -> State {
        match self.key(source).and_then(|key| self.files.get(&key)) {
            None => State::Fresh,
            Some(known) if *known == digest(&source.text) => State::Mended,
            Some(_) => State::Edited,
        }
    }

    fn write(mut self, changed: &[&Mended<'_>]) -> Result<(), String> {
        let entries =
            changed.iter().filter_map(|file| Some((self.key(file.source)?, digest(&file.text))));
        let entries: Vec<_> = entries.collect();
        if entries.is_empty() {
            return Ok(());
        }
        self.files.extend(entries);
        let text: String =
            self.files.iter().map(|(file, digest)| format!("{digest} {file}\n")).collect();
        sources::write(&self.path, &text)
            .map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Fingerprints of runs in build scripts, by which a run whose result is already there is skipped.
//!
//! Cargo decides by times of modification, which a checkout or a restored cache changes. A fingerprint is about contents: the
//! [configuration](Fingerprint::new) of the run, what the loader answered to every request, and the output. The generator
//! depends on nothing else, so that equal contents have equal results.
//!
//! The hash is XXH64, which is specified and the same on all machines. Cargo compiles build scripts without optimization; XXH64
//! is then as fast as reading the file, XXH3 and SHA-256 are ten and thirty times slower.

use crate::host::disk::read_text;
use crate::host::output_dir::OutputFile;
use crate::load::{Loader, ReadError};
use crate::HEADER;
use std::cell::RefCell;
use std::path::Path;
use twox_hash::XxHash64;

/// A request to a loader: `true` if the user named the file, the name, and the hash of the answer.
type Request = (bool, String, u64);

/// A file of the output, relative to its folder, and the hash of its text.
type Written = (String, u64);

/// The stored form of a fingerprint.
type Stored = (u64, Vec<Request>, Vec<Written>, String);

/// Everything on which a run depended, and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    configuration: u64,
    requests: Vec<Request>,
    outputs: Vec<Written>,
    instructions: String,
}

impl Fingerprint {
    /// The fingerprint of a run.
    ///
    /// `configuration` identifies the generator and its options, `instructions` is what the run printed for Cargo.
    pub fn new(
        configuration: &str,
        recorder: Recorder<'_>,
        outputs: &[OutputFile],
        instructions: &str,
    ) -> Self {
        let written = |file: &OutputFile| (file.path.clone(), output_hash(&file.text));
        Self {
            configuration: hash(configuration),
            requests: recorder.requests.into_inner(),
            outputs: outputs.iter().map(written).collect(),
            instructions: instructions.to_owned(),
        }
    }

    /// The stored fingerprint of an earlier run; `None` if there is none or it is damaged.
    pub fn read(path: &Path) -> Option<Self> {
        let text = read_text(path).ok()?;
        let stored: Stored = serde_json::from_str(text.strip_prefix(HEADER)?).ok()?;
        let (configuration, requests, outputs, instructions) = stored;
        Some(Self { configuration, requests, outputs, instructions })
    }

    /// The text to store.
    pub fn text(&self) -> String {
        let Self { configuration, requests, outputs, instructions } = self;
        let stored = serde_json::json!([configuration, requests, outputs, instructions]);
        format!("{HEADER}\n{stored}\n")
    }

    /// The instructions of the run, if another with this configuration and loader had the same result and its output is in
    /// `folder`.
    pub fn fresh(self, configuration: &str, loader: &dyn Loader, folder: &Path) -> Option<String> {
        let is_answer = |(is_named, name, expected): &Request| {
            let answer = if *is_named { loader.load_named(name) } else { loader.load(name) };
            answer_hash(&answer) == *expected
        };
        let is_written = |(path, expected): &Written| {
            read_text(&folder.join(path)).is_ok_and(|text| output_hash(&text) == *expected)
        };
        let is_fresh = self.configuration == hash(configuration)
            && self.requests.iter().all(is_answer)
            && self.outputs.iter().all(is_written);
        is_fresh.then_some(self.instructions)
    }
}

/// A loader that records what another answers.
pub(super) struct Recorder<'a> {
    loader: &'a dyn Loader,
    requests: RefCell<Vec<Request>>,
}

impl<'a> Recorder<'a> {
    pub fn new(loader: &'a dyn Loader) -> Self {
        Self { loader, requests: RefCell::default() }
    }

    fn record(
        &self,
        is_named: bool,
        name: &str,
        answer: Result<String, ReadError>,
    ) -> Result<String, ReadError> {
        let request = (is_named, name.to_owned(), answer_hash(&answer));
        self.requests.borrow_mut().push(request);
        answer
    }
}

impl Loader for Recorder<'_> {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        self.record(false, path, self.loader.load(path))
    }

    fn load_named(&self, name: &str) -> Result<String, ReadError> {
        self.record(true, name, self.loader.load_named(name))
    }

    fn is_confined(&self) -> bool {
        self.loader.is_confined()
    }
}

fn hash(text: &str) -> u64 {
    XxHash64::oneshot(0, text.as_bytes())
}

/// The hash of an answer. The reason of a failure counts: it may be part of a message.
fn answer_hash(answer: &Result<String, ReadError>) -> u64 {
    match answer {
        Ok(text) => hash(text),
        Err(reason) => !hash(&reason.to_string()),
    }
}

/// The hash of an output's text, whatever its line ends, which version control may convert.
fn output_hash(text: &str) -> u64 {
    match text.contains('\r') {
        true => hash(&text.replace("\r\n", "\n")),
        false => hash(text),
    }
}

#[cfg(test)]
#[path = "fingerprint_tests.rs"]
mod tests;

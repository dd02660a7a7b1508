//! Carries out the stages of a document and a generator.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use typewright::host::disk::files_below;
use typewright_benches::process;

use crate::compile::{compile, first_error};
use crate::documents::{declared, Document};
use crate::operations::{covered, generated};
use crate::peers::{Call, Peer, PACKAGE};
use crate::programs;
use crate::results::{Outcome, Stage};

/// Where the generators are, and where crates are written.
pub struct Workshop {
    pub tools: PathBuf,
    pub folder: PathBuf,
    pub runs: usize,
}

impl Workshop {
    /// The folder of a generated crate.
    pub fn out(&self, document: &Document, peer: &Peer) -> PathBuf {
        self.folder.join("out").join(peer.name).join(&document.name)
    }

    /// The build folder of a generator: its crates share their dependencies.
    fn target(&self, peer: &Peer) -> PathBuf {
        self.folder.join("target").join(peer.name)
    }

    /// Carries out a stage; `None` where there is no such program.
    pub fn stage(&self, stage: Stage, document: &Document, peer: &Peer) -> Option<Outcome> {
        let out = self.out(document, peer);
        if stage != Stage::Generate && !out.join("Cargo.toml").exists() {
            if let Err(error) = self.generate(document, peer) {
                return Some(Outcome::failure(error));
            }
        }
        let features = peer.tls.map(|tls| ["--no-default-features", "--features", tls]);
        let compile = |arguments: &[&str]| {
            let arguments = [arguments, features.as_ref().map_or(&[][..], |words| words)].concat();
            compile(&out, &self.target(peer), &arguments, self.runs)
        };
        match stage {
            Stage::Generate => Some(self.generate_often(document, peer)),
            Stage::Check => Some(compile(&["check"])),
            Stage::Debug => Some(compile(&["build"])),
            Stage::Release => Some(compile(&RELEASE)),
            Stage::Program => self.program(document, peer),
        }
    }

    fn generate_often(&self, document: &Document, peer: &Peer) -> Outcome {
        let mut outcome = Outcome::default();
        for _ in 0..self.runs {
            match self.generate(document, peer) {
                Ok(cost) => outcome.add(cost),
                Err(error) => return Outcome::failure(error),
            }
        }
        let out = self.out(document, peer);
        let sources = sources(&out, "");
        let lines = sources.iter().map(|text| text.lines().count() as u64).sum();
        let (declared, written) = (
            declared(&document.path),
            generated(peer.pattern, &self::sources(&out, peer.operations)),
        );
        outcome.counts = [
            ("lines".to_owned(), lines),
            ("declared".to_owned(), declared.len() as u64),
            ("operations".to_owned(), covered(&declared, &written)),
        ]
        .into();
        outcome
    }

    /// Generates once, into an empty folder.
    pub fn generate(
        &self,
        document: &Document,
        peer: &Peer,
    ) -> Result<typewright_benches::measure::Cost, String> {
        let out = self.out(document, peer);
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(out.join("src")).map_err(|error| error.to_string())?;
        if !matches!(peer.source, crate::peers::Source::Library { .. }) {
            let _ = fs::remove_dir(out.join("src"));
        }
        let call = Call { tools: &self.tools, document: &document.path, out: &out };
        let words = call.words(peer.command);
        let arguments: Vec<&OsStr> = words[1..].iter().map(OsStr::new).collect();
        let run = process::run(OsStr::new(&words[0]), &arguments).ok_or("it cannot be started")?;
        if !run.succeeds {
            return Err(first_error(&run.errors));
        }
        (peer.complete)(&call)?;
        match out.join("Cargo.toml").exists() && !sources(&out, "").is_empty() {
            true => Ok(run.cost),
            false => Err("it writes no crate".to_owned()),
        }
    }

    /// A program with four calls, where the document has one.
    fn program(&self, document: &Document, peer: &Peer) -> Option<Outcome> {
        let text = programs::program(&document.name, peer.name)?;
        let folder = self.folder.join("out").join(peer.name).join("program");
        let features =
            peer.tls.map(|tls| format!(", default-features = false, features = [{tls:?}]"));
        let features = features.unwrap_or_default();
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{PACKAGE} = {{ path = {:?}{features} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
            self.out(document, peer),
        );
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("src/main.rs"), text).unwrap();
        let target = self.target(peer);
        let mut outcome = compile(&folder, &target, &RELEASE, self.runs);
        outcome.counts.insert("lines".to_owned(), programs::lines(text));
        if outcome.error.is_none() {
            let binary = fs::metadata(target.join("release/program")).unwrap();
            outcome.counts.insert("bytes".to_owned(), binary.len());
        }
        Some(outcome)
    }
}

/// The profile of a release, stripped, as users would build a small program.
const RELEASE: [&str; 4] = ["build", "--release", "--config", "profile.release.strip=true"];

/// The Rust files of a crate whose paths begin with a text.
fn sources(out: &Path, start: &str) -> Vec<String> {
    let files = files_below(out, &["rs"]).unwrap_or_default().into_iter();
    let files = files.filter(|path| {
        let relative = path.strip_prefix(out).unwrap_or(path);
        relative.to_string_lossy().starts_with(start) && !relative.starts_with("target")
    });
    let texts = files.map(|path| fs::read(path).unwrap_or_default());
    texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

//! The documents, each with the options that the table beside them names.

use std::path::{Path, PathBuf};
use typewright::diagnostics::{human, Diagnostic, Locator, Style};
use typewright::host::disk::Disk;
use typewright::{generate, inspect, Grouping, Options, Output, Responses};

/// A document.
pub struct Document {
    pub path: PathBuf,
    /// The module of its client: `d06` for `06-forms.yaml`, `server_02` for `server-02-….yaml`.
    pub module: String,
    options: Options,
}

/// Every document of the folder, by name; one that is generated in two ways is there twice.
pub fn all(folder: &Path) -> Vec<Document> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    paths.into_iter().flat_map(read).collect()
}

fn read(path: PathBuf) -> Vec<Document> {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let words: Vec<_> = stem.split('-').collect();
    let module = match words[0] {
        "server" => format!("server_{}", words[1]),
        number => format!("d{number}"),
    };
    let plain = Document { options: options(&module), path: path.clone(), module };
    if !plain.is("45") {
        return vec![plain];
    }
    let validated = Document {
        path,
        module: format!("{}_validated", plain.module),
        options: Options::new(|options| {
            options.clone_from(&plain.options);
            options.validate = true;
        }),
    };
    vec![plain, validated]
}

fn options(module: &str) -> Options {
    let mut options = Options::new(|options| {
        options.name = module.to_owned();
    });
    match module {
        "d40" => options.calls.grouping = Grouping::ByTag,
        "d45" => {
            let both = ["Eq", "Hash"].map(str::to_owned).to_vec();
            options.derive = [("*".to_owned(), both)].into_iter().collect();
        }
        "server_01" => options.responses = Responses::Lenient,
        _ => {}
    }
    options
}

impl Document {
    /// `true` if its name starts with this text.
    pub fn is(&self, start: &str) -> bool {
        let name = self.path.file_name().unwrap().to_str().unwrap();
        name.strip_prefix(start).is_some_and(|rest| rest.starts_with('-'))
    }

    fn entry(&self) -> (&str, Disk) {
        (self.path.to_str().unwrap(), Disk::new(&self.path))
    }

    /// The client.
    pub fn output(&self) -> Output {
        let (entry, disk) = self.entry();
        let generated = generate(entry, &disk, &self.options);
        let text = human(&generated.diagnostics, &generated.files, Style::Plain);
        generated.output.unwrap_or_else(|| panic!("{text}"))
    }

    /// All that is said of it when its client is generated.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let (entry, disk) = self.entry();
        let diagnostics = generate(entry, &disk, &self.options).diagnostics;
        diagnostics.iter().cloned().collect()
    }

    /// All that is said of it when it is inspected.
    pub fn inspected(&self) -> Vec<Diagnostic> {
        let (entry, disk) = self.entry();
        let diagnostics = inspect(entry, &disk, &self.options).diagnostics;
        diagnostics.iter().cloned().collect()
    }

    /// The lines at which this code is raised, the first being 1.
    pub fn lines_of(&self, code: &str) -> Vec<usize> {
        let (entry, disk) = self.entry();
        let generated = generate(entry, &disk, &self.options);
        let of_code = generated.diagnostics.iter();
        let of_code = of_code.filter(|finding| finding.code.id == code);
        let mut locator = Locator::new(&generated.files);
        let located = of_code.filter_map(|finding| locator.locate(&finding.place));
        located.map(|place| place.line).collect()
    }
}

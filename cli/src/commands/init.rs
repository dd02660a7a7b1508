//! `typewright init`: the client of a document in an existing crate.

use super::{generate, report_waiting, update, write_file};
use crate::args::{Generate, Init, Update};
use crate::client::Client;
use crate::config;
use crate::crate_name;
use crate::manifest::{self, users};
use crate::paths::{absolute, configuration, relative, slashed, CONFIGURATION, MANIFEST};
use crate::remote::{self, Request};
use crate::report::{Reporter, Status};
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::host::output_dir::{self, Change};
use typewright::names::crate_ident;
use typewright::source::Files;
use typewright::Options;

/// Adds the client.
pub fn run(arguments: &Init, reporter: &Reporter) -> Status {
    if remote::is_stdin(&arguments.document) {
        let message =
            "`init` refers to the document by its path, and `-` has none: store it in a file";
        reporter.usage(message);
        return Status::Usage;
    }
    let name = arguments.name.clone();
    let name = name.unwrap_or_else(|| crate_name::default_name(&arguments.document));
    let mut diagnostics = Diagnostics::new();
    crate_name::check(&name, &mut diagnostics);
    let manifest = read_text(Path::new(MANIFEST)).ok().filter(|text| users::is_package(text));
    if manifest.is_none() {
        let message = "there is no `Cargo.toml` of a package in the working directory".to_owned();
        let help = "`typewright new` makes a crate";
        diagnostics.push_with_help(codes::MANIFEST, Place::Nowhere, message, help);
    }
    let Some(manifest) = manifest.filter(|_| !diagnostics.has_errors()) else {
        reporter.report(&Files::default(), &diagnostics);
        return Status::Failed;
    };
    let init = Addition { arguments, name, manifest, reporter };
    match arguments.build_rs {
        true => init.build_script(),
        false => init.committed(),
    }
}

/// The addition of one client.
struct Addition<'a> {
    arguments: &'a Init,
    /// Name of the client's crate or module.
    name: String,
    /// Text of the manifest.
    manifest: String,
    reporter: &'a Reporter,
}

impl Addition<'_> {
    /// Adds a client that is generated into a folder of the crate. What was edited is restored if that fails.
    fn committed(&self) -> Status {
        let config = configuration(None).unwrap_or_else(|| PathBuf::from(CONFIGURATION));
        let out = Path::new("generated").join(&self.name);
        let mut diagnostics = Diagnostics::new();
        if config.ends_with(MANIFEST) {
            let message = format!("the clients are listed in `{}`", config.display());
            let help = "add the client to its `metadata.typewright.client`; then `typewright generate` writes it";
            diagnostics.push_with_help(codes::MANIFEST, Place::Nowhere, message, help);
            self.reporter.report(&Files::default(), &diagnostics);
            return Status::Failed;
        }
        let old_config = read_text(&config).ok();
        let new_config = self.configuration(old_config.as_deref(), &config, &out, &mut diagnostics);
        let dependency = (self.name.as_str(), slashed(&out));
        let dependency = (dependency.0, dependency.1.as_str());
        let path = Path::new(MANIFEST);
        let manifest = users::with_client(&self.manifest, dependency, path, &mut diagnostics);
        self.reporter.report(&Files::default(), &diagnostics);
        let (Some(new_config), Some(manifest)) = (new_config, manifest) else {
            return Status::Failed;
        };
        let edits = [
            Edit { path, old: Some(self.manifest.as_str()), new: &manifest },
            Edit { path: &config, old: old_config.as_deref(), new: &new_config },
        ];
        let edited = edits.iter().all(|edit| edit.apply(self.reporter));
        let status = match edited {
            true => self.generate(&config, &out),
            false => Status::Failed,
        };
        if status != Status::Done {
            edits.iter().for_each(Edit::undo);
        }
        status
    }

    /// The configuration with the client; `None`, after a diagnostic, if the present one is invalid.
    fn configuration(
        &self,
        old: Option<&str>,
        config: &Path,
        out: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let base = absolute(config.parent().unwrap_or(Path::new("")));
        let below = |path: &Path| {
            let path = absolute(path);
            slashed(&relative(&base, &path).unwrap_or(path))
        };
        let document = match self.arguments.document.contains("://") {
            true => self.arguments.document.clone(),
            false => below(Path::new(&self.arguments.document)),
        };
        let entry = config::Addition {
            document,
            out: below(out),
            name: self.name.clone(),
            runtime_path: self.arguments.runtime_path.as_deref().map(below),
        };
        config::with_client(old.unwrap_or_default(), &entry, config, diagnostics)
    }

    /// Generates the client of the configuration that is written to `out`; a document on the network is stored first.
    fn generate(&self, config: &Path, out: &Path) -> Status {
        if self.arguments.document.contains("://") {
            let documents = vec![self.arguments.document.clone()];
            let update =
                Update { documents, config: Some(config.to_path_buf()), allow_outside: false };
            let status = update::run(&update, self.reporter);
            if status != Status::Done {
                return status;
            }
        }
        let clients = match config::clients(Some(config), false, self.reporter) {
            Ok(clients) => clients,
            Err(status) => return status,
        };
        let is_ours = |client: &Client| absolute(&client.out) == absolute(out);
        let ours: Vec<_> = clients.into_iter().filter(is_ours).collect();
        generate::all(&ours, &Generate::default(), self.reporter)
    }

    /// Adds a client that the build script generates.
    fn build_script(&self) -> Status {
        let document = &self.arguments.document;
        let mut diagnostics = Diagnostics::new();
        if document.contains("://") {
            let message =
                format!("a build script fetches nothing, and `{document}` is on the network");
            let help = "store the document in the crate, or use `--committed`";
            diagnostics.push_with_help(codes::URL_REFUSED, Place::Nowhere, message, help);
            self.reporter.report(&Files::default(), &diagnostics);
            return Status::Failed;
        }
        let client = Client {
            runtime_path: self.arguments.runtime_path.clone(),
            options: Options::new(|options| options.name.clone_from(&self.name)),
            ..Client::default()
        };
        let request = Request { document, root: None, base: Path::new(""), fetch: false };
        let Some(opened) = remote::open(request, self.reporter) else {
            return Status::Failed;
        };
        let loader = self.reporter.observed(opened.loader.as_ref());
        let mut generated = typewright::generate(&opened.entry, &loader, &client.options);
        let output = generated.output.take();
        let diagnostics = &mut generated.diagnostics;
        let needs = output.and_then(|output| manifest::Needs::new(&client, &output, diagnostics));
        let manifest = needs.and_then(|needs| {
            users::with_build_script(&self.manifest, &needs, Path::new(MANIFEST), diagnostics)
        });
        let stops = self.reporter.report_in_short(&opened.entry, &generated.files, diagnostics);
        match manifest.filter(|_| !stops) {
            Some(manifest) => self.write_build_script(manifest),
            None => Status::Failed,
        }
    }

    /// Writes the manifest, `build.rs` and the module, all or none; prints the lines that are left to add.
    fn write_build_script(&self, manifest: String) -> Status {
        let document = absolute(Path::new(&self.arguments.document));
        let document = slashed(&relative(&absolute(Path::new("")), &document).unwrap_or(document));
        let module = crate_ident(&self.name).to_string();
        let file = format!("{module}.rs");
        let line =
            format!("typewright::build::Builder::new({document:?}).file({file:?}).compile()?;");
        let script = read_text(Path::new("build.rs")).ok();
        let module_path = format!("src/{file}");
        let own_module = read_text(Path::new(&module_path)).ok();

        let mut changes = Vec::new();
        if manifest != self.manifest {
            let old = Some(self.manifest.clone());
            changes.push(Change { path: MANIFEST.to_owned(), old, new: Some(manifest) });
        }
        let mut advice = Vec::new();
        match &script {
            None => {
                let text = build_script(&line);
                changes.push(Change { path: "build.rs".to_owned(), old: None, new: Some(text) });
            }
            Some(text) if text.contains(&format!("{file:?}")) => {}
            Some(_) => advice.push(format!("add to `main` in build.rs:\n    {line}")),
        }
        if own_module.is_none() {
            let text = module_text(&document, &file);
            changes.push(Change { path: module_path, old: None, new: Some(text) });
        }
        let declaration = format!("mod {module};");
        let roots = ["src/lib.rs", "src/main.rs"];
        let mut roots = roots.iter().filter_map(|path| read_text(Path::new(path)).ok());
        if !roots.any(|text| text.contains(&declaration)) {
            advice.push(format!("add to src/lib.rs or src/main.rs:\n    {declaration}"));
        }
        if !self.apply(&changes) {
            return Status::Failed;
        }
        self.reporter.status(&match changes.len() {
            0 => format!("{MANIFEST}: current"),
            _ => {
                changes.iter().map(|change| change.path.as_str()).collect::<Vec<_>>().join(", ")
                    + ": written"
            }
        });
        advice.iter().for_each(|advice| self.reporter.status(advice));
        Status::Done
    }

    fn apply(&self, changes: &[Change]) -> bool {
        let folder = Path::new(".");
        let waiting = || report_waiting(folder, self.reporter);
        let mut diagnostics = Diagnostics::new();
        let locked = output_dir::lock(folder, waiting, &mut diagnostics);
        let applied =
            locked.is_some_and(|locked| output_dir::apply(&locked, changes, &mut diagnostics));
        self.reporter.report(&Files::default(), &diagnostics);
        if applied {
            self.reporter.detail_changes(Path::new(""), changes);
        }
        applied
    }
}

/// An edit of one file, which can be undone.
struct Edit<'e> {
    path: &'e Path,
    old: Option<&'e str>,
    new: &'e str,
}

impl Edit<'_> {
    fn apply(&self, reporter: &Reporter) -> bool {
        self.old == Some(self.new) || write_file(self.path, self.new, reporter) == Status::Done
    }

    /// Restores the file as far as that is possible: the failure has been reported already.
    #[expect(clippy::disallowed_methods, reason = "the command restores what it wrote")]
    fn undo(&self) {
        let _ = match self.old {
            Some(old) => std::fs::write(self.path, old),
            None => std::fs::remove_file(self.path),
        };
    }
}

fn build_script(line: &str) -> String {
    format!("//! Generates the client when the API's document changes.\n\nfn main() -> Result<(), typewright::build::Error> {{\n    {line}\n    Ok(())\n}}\n")
}

fn module_text(document: &str, file: &str) -> String {
    format!("//! The client of `{document}`, which the build script generates.\n\ninclude!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));\n")
}

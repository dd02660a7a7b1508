//! Small documents and their API models.

mod all_of;
mod bounds;
mod check;
mod choice;
mod dump;
mod events;
mod media_type;
mod merge;
mod nullable;
mod object;
mod operation;
mod parameter;
mod parts;
mod read_write;
mod reference;
mod sample;
mod selection;
mod shared;
mod tagging;
mod union;
mod versions;

use super::model::Api;
use super::{lower, lower_input, Input, Options};
use crate::diagnostics::{Diagnostics, Place};
use crate::load::{load, Loader, ReadError};
use crate::normalize::{targets, to_openapiv3};
use crate::source::FileId;
use dump::dump;

/// Loads one text.
struct One<'a>(&'a str);

impl Loader for One<'_> {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.to_owned())
    }
}

/// Returns the model of a document of any version, and the phase's diagnostics, one per line.
fn api(text: &str, options: &Options) -> (Api, String) {
    let mut before = Diagnostics::new();
    let loaded = load("api.yaml", &One(text), &mut before).unwrap();
    let document = crate::normalize::normalize(&loaded, &mut before).unwrap();
    let mut diagnostics = Diagnostics::new();
    let api = lower(&document, options, &mut diagnostics);
    (api, messages(&diagnostics))
}

/// Returns the same for a document in the normal form.
fn plain(text: &str) -> (Api, String) {
    let mut diagnostics = Diagnostics::new();
    let loaded = load("api.yaml", &One(text), &mut diagnostics).unwrap();
    let place = |pointer: &str| Place::Pointer(FileId(0), pointer.to_owned());
    let (openapi, targets) = (to_openapiv3(&loaded.root), targets(&loaded.root));
    let input = Input { openapi: &openapi, targets: &targets, place: &place };
    let api = lower_input(input, &Options::default(), &mut diagnostics);
    (api, messages(&diagnostics))
}

fn messages(diagnostics: &Diagnostics) -> String {
    let line = |diagnostic: &crate::diagnostics::Diagnostic| {
        let at =
            if let Place::Pointer(_, pointer) = &diagnostic.place { pointer.as_str() } else { "" };
        let help = diagnostic.help.as_deref().map(|help| format!(" ({help})"));
        let help = help.unwrap_or_default();
        format!("{} {at}: {}{help}\n", diagnostic.code, diagnostic.message)
    };
    diagnostics.iter().map(line).collect()
}

fn document(version: &str, schemas: &str) -> String {
    let indented: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    )
}

/// Returns the component schemas of a 3.0 document.
fn schemas(text: &str) -> String {
    let (api, messages) = api(&document("3.0.3", text), &Options::default());
    format!("{}{messages}", dump(&api))
}

/// Returns the component schemas of a 3.1 document.
fn schemas31(text: &str) -> String {
    let (api, messages) = api(&document("3.1.0", text), &Options::default());
    format!("{}{messages}", dump(&api))
}

//! Small documents, and what they mean.

use super::dump::dump;
use super::ir::Api;
use super::{lower_input, Input, Options};
use crate::diagnostics::{Diagnostics, Place};
use crate::load::FileId;

mod all_of;

fn place(pointer: &str) -> Place {
    Place::Pointer(FileId(0), pointer.to_owned())
}

/// What a whole document means, and what there is to say of it: one line a finding.
fn api(text: &str, options: &Options) -> (Api, String) {
    let openapi = serde_yaml::from_str(text).unwrap();
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        openapi: &openapi,
        place: &place,
    };
    let api = lower_input(input, options, &mut diagnostics);
    let findings = diagnostics.iter().map(|diagnostic| {
        let at = if let Place::Pointer(_, pointer) = &diagnostic.place {
            pointer.as_str()
        } else {
            ""
        };
        let help = diagnostic.help.as_deref().map(|help| format!(" ({help})"));
        format!(
            "{} {at}: {}{}\n",
            diagnostic.code,
            diagnostic.message,
            help.unwrap_or_default()
        )
    });
    let findings = findings.collect();
    (api, findings)
}

/// What component schemas mean.
fn schemas(text: &str) -> String {
    let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    );
    let (api, findings) = api(&document, &Options::default());
    format!("{}{findings}", dump(&api))
}

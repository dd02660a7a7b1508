//! Names of small documents. `tests/names.rs` checks that the order of a document is irrelevant.

mod operations;
mod types;

use super::{assign, dump, Names};
use crate::api::model::Api;
use crate::diagnostics::Diagnostics;
use crate::{analyse, Loader, Options, ReadError};

struct One<'a>(&'a str);

impl Loader for One<'_> {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.to_owned())
    }
}

fn analysed(text: &str, options: &Options) -> Option<(Api, Names, Vec<String>)> {
    let api = analyse("api.yaml", &One(text), options).api?;
    let mut messages = Diagnostics::new();
    let api = super::rename::strip_prefixes(api, &options.strip_prefix, &mut messages);
    let names = assign(&api, options, &mut messages);
    let messages = messages.iter().map(|messages| messages.message.clone()).collect();
    Some((api, names, messages))
}

fn named_with(text: &str, options: &Options) -> String {
    let (api, names, messages) = analysed(text, options).unwrap();
    let mut lines = dump::lines(&api, &names);
    lines.extend(messages.into_iter().map(|message| format!("! {message}")));
    lines.join("\n")
}

fn named(text: &str) -> String {
    named_with(text, &Options::default())
}

fn document(paths: &str, schemas: &str) -> String {
    let indented = |text: &str, by: &str| -> String {
        text.lines().map(|line| format!("{by}{line}\n")).collect()
    };
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{}components:\n  schemas:\n    Unused: {{type: string}}\n{}",
        indented(paths, "  "),
        indented(schemas, "    "),
    )
}

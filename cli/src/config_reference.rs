//! Every setting of a client: the source of `docs/typewright.schema.json` and of the book's page on options.
//!
//! It is compared with the configuration reader, the arguments of `generate` and the builder of build scripts.
#![allow(clippy::disallowed_methods, reason = "tests compare files with what they should be")]

use super::{client, keys_of, parse, Entry};
use crate::args::Arguments;
use clap::CommandFactory as _;
use serde_json::{json, Map, Value};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::Disk;
use typewright::source::Files;

/// A setting of a client.
pub struct Setting {
    /// Its key in `typewright.toml`.
    pub key: &'static str,
    /// Its argument of `typewright generate`; empty if there is none.
    pub argument: &'static str,
    /// Its method of `typewright::build::Builder`; empty if a build script has no use for it.
    pub method: &'static str,
    /// The form of its value.
    pub form: Form,
    /// The value that it has by default, in words or as TOML.
    pub default: &'static str,
    /// A sentence on its effect.
    pub description: &'static str,
    /// Lines of TOML that set it, for a sample with the document `docs/book/specs/options.yaml`; empty if it does not change
    /// the code.
    pub sample: &'static str,
}

/// The form of a value.
#[derive(Clone, Copy)]
pub enum Form {
    /// `true` or `false`.
    Flag,
    /// A whole number, not negative.
    Number,
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A table from names to texts.
    TextTable,
    /// A table from names to lists of texts.
    ListTable,
    /// A table from names to a path, or to a table of a path and its conversion.
    Types,
    /// A table from operations to declarations: tables, and texts or `false` where the form allows them.
    Declarations,
    /// Entries as in `Cargo.toml`.
    Dependencies,
}

const fn setting(
    key: &'static str,
    [argument, method]: [&'static str; 2],
    form: Form,
    default: &'static str,
    description: &'static str,
    sample: &'static str,
) -> Setting {
    Setting { key, argument, method, form, default, description, sample }
}

/// All settings, by subject.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    setting("document", ["DOC", "new"], Form::Text, "required", "The document: a path relative to the configuration, or an https URL whose copy `typewright update` stores.", ""),
    setting("out", ["out", "out_dir"], Form::Text, "generated/NAME", "Folder of the crate; in a build script, `OUT_DIR` by default.", ""),
    setting("name", ["name", "file"], Form::Text, "derived from the document", "Name of the crate; in a build script, of the file.", ""),
    setting("runtime-path", ["runtime-path", ""], Form::Text, "the checkout of the program, else crates.io", "Folder of the runtime.", ""),
    setting("root", ["root", "root"], Form::Text, "the document's folder", "Folder that references to other files may reach.", ""),
    setting("overlays", ["overlay", "overlay"], Form::Texts, "[]", "Overlays to apply to the document first, in this order.", ""),
    setting("include", ["include", "include"], Form::Texts, "every operation", "Operations to generate: an `operationId`, `tag:NAME` or `METHOD /path`, with globs.", "include = [\"listThings\"]"),
    setting("exclude", ["exclude", "exclude"], Form::Texts, "[]", "Operations to leave out, in the same forms.", "exclude = [\"tag:files\"]"),
    setting("types-only", ["types-only", "types_only"], Form::Flag, "false", "Generates types without a client.", "types-only = true"),
    setting("group", ["", "grouping"], Form::Words(&["tag", "flat"]), "by the number of operations", "Place of the methods: groups by tag, or the client.", "group = \"tag\""),
    setting("version", ["", "version"], Form::Text, "the newest released", "Newest version of versioned media types to use: `2023-01-01`, `v2`, `preview`.", "version = \"2023-12-31\""),
    setting("versions", ["", "versions"], Form::Texts, "[]", "Further versions, which a call can choose; `all` for every version.", "versions = [\"2023-01-01\"]"),
    setting("pagination", ["", "pagination"], Form::Declarations, "recognised", "Pagination by operation, in the form of `x-typewright-pagination`.", "pagination.listThings = { style = \"token\", token = \"after\", next = \"rest\" }"),
    setting("long-running", ["", "long_running"], Form::Declarations, "recognised", "Long-running operations, in the form of `x-typewright-operation`.", "long-running.startJob = { get = \"getJob\", id = \"key\", state = \"phase\", success = [\"done\"], failure = [\"failed\"] }"),
    setting("streams", ["", "streams"], Form::Declarations, "recognised", "Responses that arrive item by item, in the form of `x-typewright-stream`.", "streams.readLog = { as = \"lines\", media-type = \"application/jsonl\", item = \"Thing\" }"),
    setting("empty-path", ["", "empty_path"], Form::Texts, "[]", "Path parameters that may be empty.", "empty-path = [\"getFile.path\"]"),
    setting("full-operation-ids", ["full-operation-ids", "full_operation_ids"], Form::Flag, "false", "Keeps operation ids that end in path and method whole.", "full-operation-ids = true"),
    setting("strip-prefix", ["strip-prefix", "strip_prefix"], Form::Texts, "[]", "Prefixes to remove from the names of components.", "strip-prefix = [\"acme\"]"),
    setting("rename", ["rename", "rename"], Form::TextTable, "{}", "Names in Rust, by component, property, operation, parameter or pointer.", "rename.Thing = \"Item\""),
    setting("types", ["type", "use_type"], Form::Types, "{}", "Existing types to use, by component, pointer or `format:NAME`.", "types.\"format:decimal\" = { path = \"rust_decimal::Decimal\", via = \"text\" }"),
    setting("derive", ["derive", "derive"], Form::ListTable, "{}", "Further traits to derive, by component, pointer or Rust type, or `*` for all.", "derive.Job = [\"Eq\", \"Hash\"]"),
    setting("dependencies", ["", ""], Form::Dependencies, "{}", "Packages of these types and traits, as in `Cargo.toml`.", ""),
    setting("server", ["server", "server"], Form::Words(&["axum"]), "none", "Generates a server as well, with a trait of handlers for each tag; a crate has it behind its feature `server`. None with `types-only`.", "server = \"axum\""),
    setting("date-time-types", ["date-time-types", "date_time_types"], Form::Words(&["chrono", "time", "jiff", "text"]), "chrono", "Types of instants and days.", "date-time-types = \"text\""),
    setting("lenient-formats", ["lenient-formats", "lenient_formats"], Form::Flag, "false", "Keeps texts that do not match their `format` instead of failing.", "lenient-formats = true"),
    setting("responses", ["responses", "responses"], Form::Words(&["strict", "lenient"]), "strict", "Treatment of responses that lack required members.", "responses = \"lenient\""),
    setting("lenient", ["lenient", "lenient"], Form::Texts, "[]", "Types and members that responses may lack in any case: components, members, pointers, with globs.", "lenient = [\"Job.key\"]"),
    setting("validate", ["validate", "validate"], Form::Flag, "false", "Gives types a method `validate`, which checks lengths, bounds and patterns.", "validate = true"),
    setting("closed-enums", ["closed-enums", "closed_enums"], Form::Flag, "false", "Makes an enum value that the document does not list an error when it is decoded.", "closed-enums = true"),
    setting("preserve-unknown", ["preserve-unknown", "preserve_unknown"], Form::Flag, "false", "Keeps in every object the members that its schema does not list, in `additional`.", "preserve-unknown = true"),
    setting("strict-schemas", ["strict-schemas", "strict_schemas"], Form::Flag, "false", "Reads schemas as a validator does: without `type` they allow every JSON type, and what is `required` must be there even if nothing declares it.", ""),
    setting("tests", ["tests", ""], Form::Flag, "false", "Writes `tests/examples.rs` and `tests/contract.rs`.", ""),
    setting("doc-examples", ["doc-examples", ""], Form::Number, "200", "Number of operations that are documented with an example of their call.", ""),
    setting("features", ["features", ""], Form::Words(&["tags"]), "none", "Cargo features by which users of the crate choose operations: one for each tag, with the types that its operations need.", ""),
    setting("guide", ["no-guide", ""], Form::Flag, "true", "Writes `README.md`, which is kept once it has been edited, and `reference.md`, which lists the operations.", ""),
    setting("rustfmt", ["no-rustfmt", ""], Form::Flag, "true", "Lays the code out by rustfmt.", ""),
];

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Compares a file with what it should be; `UPDATE=1` writes it.
#[track_caller]
fn assert_current(path: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root(path), expected).unwrap();
    }
    let text = fs::read_to_string(root(path)).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(text, expected, "UPDATE=1 renews {path}");
}

#[test]
fn every_key_of_the_configuration_is_listed() {
    let listed: BTreeSet<_> = SETTINGS.iter().map(|setting| setting.key).collect();
    let keys: BTreeSet<_> = keys_of::<Entry>().iter().copied().collect();
    assert_eq!(listed, keys);
    assert_eq!(SETTINGS.len(), keys.len());
}

/// Arguments of `generate` that belong to a run and not to a client.
const OF_A_RUN: [&str; 6] =
    ["allow-outside", "changelog", "check", "config", "force", "update-names"];

#[test]
fn every_argument_of_generate_is_listed() {
    let command = Arguments::command();
    let generate = command.find_subcommand("generate").unwrap();
    let arguments = generate.get_arguments().map(|argument| argument.get_long().unwrap_or("DOC"));
    let arguments: BTreeSet<_> = arguments.filter(|long| !OF_A_RUN.contains(long)).collect();
    let listed = SETTINGS.iter().map(|setting| setting.argument);
    assert_eq!(listed.filter(|argument| !argument.is_empty()).collect::<BTreeSet<_>>(), arguments);
}

/// Settings of a crate, which code that a build script includes does not have.
const OF_A_CRATE: [&str; 7] =
    ["dependencies", "doc-examples", "features", "guide", "runtime-path", "rustfmt", "tests"];

#[test]
fn every_setting_is_a_method_of_the_builder() {
    let source = fs::read_to_string(root("codegen/src/host/build.rs")).unwrap();
    for Setting { key, method, .. } in SETTINGS {
        assert_eq!(method.is_empty(), OF_A_CRATE.contains(key), "{key}");
        let declaration = [format!("    pub fn {method}("), format!("    pub fn {method}<")];
        let is_declared = declaration.iter().any(|start| source.contains(start));
        assert!(method.is_empty() || is_declared, "{key}: {method}");
    }
}

/// The client of the samples' document with these lines of configuration, as one text.
fn generated(sample: &str) -> String {
    let text = format!("[[client]]\ndocument = \"options.yaml\"\n{sample}\n");
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let file = files.add("typewright.toml", text.clone());
    let mut config = parse(&text, file, &mut diagnostics).unwrap();
    let mut client = client(config.client.remove(0).into_inner(), &root("docs/book/specs"));
    client.options.doc_examples = 0;
    let generated =
        typewright::generate(&client.document, &Disk::new(&client.document), &client.options);
    let Some(output) = generated.output else { panic!("{sample}: {:?}", generated.diagnostics) };
    output.include()
}

/// The first changes between two texts: of what callers see if there are any, without imports.
fn changes(before: &str, after: &str) -> String {
    const LONGEST: usize = 8;
    let diff = TextDiff::from_lines(before, after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    let lines = changes.map(|change| (change.tag(), change.value().trim()));
    let is_import =
        |text: &str| ["use ", "pub use ", "mod "].iter().any(|word| text.starts_with(word));
    let all: Vec<_> = lines.filter(|(_, text)| !text.is_empty() && !is_import(text)).collect();
    let public = all.iter().filter(|(_, text)| text.starts_with("pub ")).copied();
    let public: Vec<_> = public.collect();
    let lines = if public.is_empty() { all } else { public };
    let more = lines.len().checked_sub(LONGEST).filter(|more| *more > 0);
    let more = more.map(|more| format!("  … {more} more\n"));
    let lines = lines.into_iter().take(LONGEST).map(|(tag, text)| format!("{tag} {text}\n"));
    lines.chain(more).collect()
}

fn page() -> String {
    let mut text = String::from(PAGE);
    for setting in SETTINGS {
        let Setting { key, argument, method, default, description, .. } = setting;
        let argument = match *argument {
            "" => String::new(),
            "DOC" => "`DOC`".to_owned(),
            name => format!("`--{name}`"),
        };
        let method = if method.is_empty() { String::new() } else { format!("`{method}`") };
        writeln!(text, "| `{key}` | {method} | {argument} | {default} | {description} |").unwrap();
    }
    text += "\n## Samples\n\nWhat a setting changes in the client of \
             [`options.yaml`](https://github.com/typewright/typewright/blob/main/docs/book/specs/options.yaml):\n";
    let plain = generated("");
    for Setting { key, sample, .. } in SETTINGS.iter().filter(|setting| !setting.sample.is_empty())
    {
        let changes = changes(&plain, &generated(sample));
        assert!(!changes.is_empty(), "{key}: the sample changes nothing");
        write!(text, "\n### `{key}`\n\n```toml\n{sample}\n```\n```diff\n{changes}```\n").unwrap();
    }
    text
}

const PAGE: &str = "\
# Options

A client is set up in one of these places; each has the same settings:

```toml
# typewright.toml; paths are relative to it
[[client]]
document = \"pets.yaml\"
validate = true
```
```toml
# Cargo.toml
[[package.metadata.typewright.client]]
document = \"pets.yaml\"
validate = true
```
```rust,build-script
// build.rs
fn main() -> Result<(), typewright::build::Error> {
    typewright::build::Builder::new(\"pets.yaml\").validate(true).compile()
}
```
```sh
typewright generate pets.yaml --validate
```

`typewright generate` without a document reads the nearest `typewright.toml` at or above the working directory, or a `Cargo.toml` with
such a table; `workspace.metadata` serves as well as `package.metadata`. A key that is unknown is refused, with the nearest that
is known. Editors that know JSON Schema complete and check `typewright.toml` by
[`typewright.schema.json`](https://github.com/typewright/typewright/blob/main/docs/typewright.schema.json).

A setting of the crate as a whole has no method of `Builder`, as a build script makes no crate.

| key | method of `Builder` | argument of `generate` | default | |
|---|---|---|---|---|
";

#[test]
fn the_page_of_options_is_current() {
    assert_current("docs/book/src/options.md", &page());
}

fn schema(form: Form) -> Value {
    let declaration = json!({ "type": ["object", "string", "boolean"] });
    let own_type = json!({
        "type": "object",
        "required": ["path"],
        "properties": { "path": { "type": "string" }, "via": { "enum": ["serde", "text"] } },
        "additionalProperties": false,
    });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let table = |values: Value| json!({ "type": "object", "additionalProperties": values });
    match form {
        Form::Flag => json!({ "type": "boolean" }),
        Form::Number => json!({ "type": "integer", "minimum": 0 }),
        Form::Text => json!({ "type": "string" }),
        Form::Texts => texts,
        Form::Words(words) => json!({ "enum": words }),
        Form::TextTable => table(json!({ "type": "string" })),
        Form::ListTable => table(texts),
        Form::Types => table(json!({ "anyOf": [{ "type": "string" }, own_type] })),
        Form::Declarations => table(declaration),
        Form::Dependencies => table(json!({ "type": ["string", "object"] })),
    }
}

#[test]
fn the_json_schema_is_current() {
    let mut properties = Map::new();
    for setting in SETTINGS {
        let mut property = schema(setting.form);
        property["description"] = setting.description.into();
        properties.insert(setting.key.to_owned(), property);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "typewright.toml",
        "description": "The clients of a repository, which `typewright generate` writes.",
        "type": "object",
        "required": ["client"],
        "additionalProperties": false,
        "properties": {
            "client": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["document"],
                    "additionalProperties": false,
                    "properties": properties,
                },
            },
        },
    });
    let text = serde_json::to_string_pretty(&schema).unwrap();
    assert_current("docs/typewright.schema.json", &format!("{text}\n"));
}

/// The reader accepts a value of the form of each setting, and refuses one of another.
#[test]
fn forms_are_those_of_the_configuration() {
    for Setting { key, form, .. } in SETTINGS {
        let (accepted, refused) = match form {
            Form::Flag => ("true", "\"true\""),
            Form::Number => ("5", "-5"),
            Form::Text => ("\"a\"", "1"),
            Form::Texts => ("[\"a\"]", "\"a\""),
            Form::Words(words) => (*words.first().unwrap(), "other"),
            Form::TextTable => ("{ a = \"b\" }", "{ a = 1 }"),
            Form::ListTable => ("{ a = [\"b\"] }", "{ a = \"b\" }"),
            Form::Types => ("{ a = \"b\", c = { path = \"d\", via = \"text\" } }", "{ a = {} }"),
            Form::Declarations => ("{ a = { b = 1 }, c = \"d\", e = false }", "[]"),
            Form::Dependencies => ("{ a = \"1\", b = { version = \"1\" } }", "1"),
        };
        let is_word = matches!(form, Form::Words(_));
        for (value, is_accepted) in [(accepted, true), (refused, false)] {
            let value = if is_word { format!("{value:?}") } else { value.to_owned() };
            let document = if *key == "document" { "" } else { "document = \"a\"\n" };
            let text = format!("[[client]]\n{document}{key} = {value}\n");
            let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
            let file = files.add("typewright.toml", text.clone());
            assert_eq!(parse(&text, file, &mut diagnostics).is_some(), is_accepted, "{text}");
        }
    }
}

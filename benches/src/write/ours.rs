//! This design: a table a type, of which the runtime's macros make the codecs.

use std::fmt::Write;

use super::{http, rust_type, shared, File, Shape};
use crate::model::{docs, Api, Choice, Field, Record, Ty, Union};

const HEADER: &str = "use typewright_runtime::codegen::v1 as rt;\n\n";

/// The files of the crate.
#[must_use]
pub fn files(api: &Api, shape: Shape) -> Vec<File> {
    let records = api.records.iter();
    let records = records.map(|item| (&item.name, record(item, shape)));
    let choices = api.choices.iter().map(|item| (&item.name, choice(item)));
    let unions = api.unions.iter().map(|item| (&item.name, union(item)));
    let mut files = Vec::new();
    let mut index = "//! The types of the API.\n#![allow(non_snake_case)]\n".to_owned();
    for (name, text) in records.chain(choices).chain(unions) {
        writeln!(index, "mod in_{name};\npub use self::in_{name}::*;").unwrap();
        files.push((format!("types/in_{name}.rs"), text));
    }
    files.push(("types/mod.rs".to_owned(), index));
    files.push(("lib.rs".to_owned(), ROOT.to_owned()));
    if shape.operations {
        files.extend(http::ours(api, shape));
    } else {
        files.push(("api/mod.rs".to_owned(), "//! Nothing.\n".to_owned()));
    }
    files
}

const ROOT: &str = "//! A synthetic API.
pub mod types;
pub mod api;
pub use typewright_runtime as runtime;
#[allow(unused_imports)]
use typewright_runtime::codegen::v1;
";

/// The columns of a line.
const WIDTH: usize = 100;

/// A call of a macro, laid out as the generator lays it out.
fn table(head: &str, rows: &[String], tail: &str) -> String {
    let inline = rows.join(", ");
    if head.len() + inline.len() + tail.len() + " {  } }".len() <= WIDTH {
        return format!("{head} {{ {inline} }}{tail} }}\n");
    }
    let mut text = format!("{head} {{\n");
    let mut line = String::new();
    for (at, row) in rows.iter().enumerate() {
        let comma = if at + 1 < rows.len() { "," } else { "" };
        if !line.is_empty() && line.len() + row.len() + 2 > WIDTH {
            writeln!(text, "{line}").unwrap();
            line.clear();
        }
        line += if line.is_empty() { "    " } else { " " };
        write!(line, "{row}{comma}").unwrap();
    }
    format!("{text}{line}\n}}{tail} }}\n")
}

fn record(record: &Record, shape: Shape) -> String {
    let mut text = HEADER.to_owned();
    text += &shared::structure(record, "", "rt::", |_| String::new());
    let rows: Vec<_> = record.fields.iter().map(row).collect();
    text += &table(&format!("rt::record! {{ {}", record.name), &rows, "");
    if shape.constructors {
        text += "\n";
        text += &build(record);
    }
    text
}

fn row(field: &Field) -> String {
    let codec = match (&field.ty, field.required) {
        (Ty::IntegerInText, true) => " as rt::Text<i64>",
        (Ty::IntegerInText, false) => " as rt::Optional<rt::Text<i64>>",
        _ => "",
    };
    format!("{}: {:?}{codec}", field.ident, field.wire)
}

fn build(record: &Record) -> String {
    let argument = |field: &Field| format!("{}: {}", field.ident, rust_type(&field.ty, "rt::"));
    let required = record.fields.iter().filter(|field| field.required);
    let required: Vec<_> = required.map(argument).collect();
    let optional = record.fields.iter().filter(|field| !field.required);
    let setters: Vec<_> = optional
        .map(|field| format!("with_{}({})", field.ident, argument(field)))
        .collect();
    let head = format!("rt::build! {{ {}({})", record.name, required.join(", "));
    table(&head, &setters, "")
}

fn choice(choice: &Choice) -> String {
    let mut text =
        HEADER.to_owned() + &shared::choice(choice, "#[derive(Clone)]\n", |_| String::new());
    text += "    /// A value that the API description does not list, kept verbatim.\n    Unlisted(String),\n}\n\n";
    let values = choice.values.iter();
    let rows: Vec<_> = values
        .map(|(wire, variant)| format!("{variant}: {wire:?}"))
        .collect();
    let head = format!("rt::choice! {{ {}", choice.name);
    text + &table(&head, &rows, " Unlisted")
}

fn union(union: &Union) -> String {
    let name = &union.name;
    let mut text = format!(
        "{HEADER}/// {}\n#[derive(Clone)]\n#[non_exhaustive]\npub enum {name} {{\n",
        docs(name)
    );
    for (tag, record) in &union.branches {
        writeln!(text, "    /// `{tag}`\n    {record}(Box<super::{record}>),").unwrap();
    }
    text += "    /// A value of a branch that the API description does not list, kept verbatim.\n    Unlisted(rt::Value),\n}\n\n";
    let branches = union.branches.iter().enumerate();
    let rows: Vec<_> = branches
        .map(|(at, (tag, record))| format!("{at}: {record} from (super::{record}) ({tag:?})"))
        .collect();
    let head = format!("rt::union! {{ {name} by (Undeclared \"type\")");
    text + &table(&head, &rows, " Unlisted")
}

//! This design: spelled-out codecs over a `dyn` source and sink.

use std::fmt::Write;

use super::{http, rust_type, shared, Derives, File, Serde, Shape};
use crate::model::{docs, Api, Choice, Field, Record, Ty, Union};

const HEADER: &str = "use super::v1;\n\n";

/// The files of the crate.
#[must_use]
pub fn files(api: &Api, shape: Shape) -> Vec<File> {
    let mut files = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for item in &api.records {
        files.push((format!("types/in_{}.rs", item.name), record(item, shape)));
        names.push(&item.name);
    }
    for item in &api.choices {
        files.push((format!("types/in_{}.rs", item.name), choice(item, shape)));
        names.push(&item.name);
    }
    for item in &api.unions {
        files.push((format!("types/in_{}.rs", item.name), union(item, shape)));
        names.push(&item.name);
    }
    files.push(("types/mod.rs".to_owned(), index(&names, shape)));
    files.push((
        "lib.rs".to_owned(),
        "//! A synthetic API.\npub mod types;\npub mod api;\nuse typewright_runtime::codegen::v1;\n"
            .to_owned(),
    ));
    if shape.operations {
        files.extend(http::ours(api, shape));
    } else {
        files.push(("api/mod.rs".to_owned(), "//! Nothing.\n".to_owned()));
    }
    files
}

fn index(names: &[&str], shape: Shape) -> String {
    let mut text =
        "//! The types of the API.\n#![allow(non_snake_case)]\nuse super::v1;\n".to_owned();
    for name in names {
        writeln!(text, "mod in_{name};\npub use self::in_{name}::*;").unwrap();
    }
    if shape.serde == Serde::Macro {
        text.push_str(SERDE_MACRO);
        writeln!(text, "serde_types! {{ {} }}", names.join(" ")).unwrap();
    }
    text
}

const SERDE_MACRO: &str = "macro_rules! serde_types {
    ($($name:ident)*) => {$(
        impl<'de> v1::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: v1::serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> { v1::deserialize(input) }
        }
        impl v1::serde::Serialize for $name {
            #[inline]
            fn serialize<S: v1::serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> { v1::serialize(self, output) }
        }
    )*};
}
";

fn record(record: &Record, shape: Shape) -> String {
    let mut text = HEADER.to_owned();
    text += &shared::structure(record, shape.derives.attribute(), "v1::", |_| String::new());
    text += &shared::constructor(record, "v1::", shape.inline(), shape.derives);
    text += &read(record, shape);
    text += &write(record, shape);
    text + &serde(&record.name, shape)
}

fn local(field: &Field, shape: Shape) -> String {
    let ty = rust_type(&field.ty, "v1::");
    match field.ty {
        Ty::IntegerInText => "v1::Coded::<v1::Text<i64>>::new()".to_owned(),
        _ if shape.typed_locals => format!("None::<{ty}>"),
        _ => "None".to_owned(),
    }
}

fn read(record: &Record, shape: Shape) -> String {
    let mut text = format!(
        "impl v1::Decode for {} {{\n{}    fn read(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {{\n",
        record.name,
        shape.inline()
    );
    for field in &record.fields {
        writeln!(
            text,
            "        let mut {} = {};",
            field.ident,
            local(field, shape)
        )
        .unwrap();
    }
    text += if shape.bound_array {
        "        let fields: &mut [v1::Field<'_>] = &mut [\n"
    } else {
        "        v1::read_object(source, &mut [\n"
    };
    for field in &record.fields {
        writeln!(
            text,
            "            (\"{}\", &mut {}),",
            field.wire, field.ident
        )
        .unwrap();
    }
    text += if shape.bound_array {
        "        ];\n        v1::read_object(source, fields)?;\n"
    } else {
        "        ])?;\n"
    };
    text += "        Ok(Self {\n";
    for Field {
        wire,
        ident,
        ty,
        required,
    } in &record.fields
    {
        let value = match (ty, required) {
            (Ty::IntegerInText, true) => format!("{ident}: {ident}.required(\"{wire}\")?"),
            (Ty::IntegerInText, false) => format!("{ident}: {ident}.value()"),
            (_, true) => format!("{ident}: v1::required(\"{wire}\", {ident})?"),
            (_, false) => ident.clone(),
        };
        writeln!(text, "            {value},").unwrap();
    }
    text + "        })\n    }\n}\n\n"
}

fn write(record: &Record, shape: Shape) -> String {
    let mut text = format!(
        "impl v1::Encode for {} {{\n{}    fn write(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {{\n        let fields: &[v1::Member<'_>] = &[\n",
        record.name,
        shape.inline()
    );
    for Field {
        wire, ident, ty, ..
    } in &record.fields
    {
        let value = match ty {
            Ty::IntegerInText => format!("&v1::coded::<v1::Text<i64>>(&self.{ident})"),
            _ => format!("&self.{ident}"),
        };
        writeln!(text, "            (\"{wire}\", {value}),").unwrap();
    }
    text + "        ];\n        sink.object(fields)\n    }\n}\n\n"
}

fn serde(name: &str, shape: Shape) -> String {
    let inline = shape.inline();
    if shape.serde != Serde::Spelled {
        return String::new();
    }
    format!(
        "impl<'de> v1::serde::Deserialize<'de> for {name} {{\n{inline}    fn deserialize<D: v1::serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {{\n        v1::deserialize(input)\n    }}\n}}\n\nimpl v1::serde::Serialize for {name} {{\n{inline}    fn serialize<S: v1::serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {{\n        v1::serialize(self, output)\n    }}\n}}\n"
    )
}

fn choice(choice: &Choice, shape: Shape) -> String {
    let (name, inline) = (&choice.name, shape.inline());
    let derives = match shape.derives {
        Derives::All => "#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]\n",
        other => other.attribute(),
    };
    let mut text = HEADER.to_owned() + &shared::choice(choice, derives, |_| String::new());
    text += "    /// Any other text.\n    Unlisted(String),\n}\n\n";
    text += &shared::choice_impls(choice, inline);
    write!(
        text,
        "impl v1::Decode for {name} {{\n{inline}    fn read(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {{\n        v1::read_text(source, |text| Self::from(text))\n    }}\n}}\n\nimpl v1::Encode for {name} {{\n{inline}    fn write(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {{\n        sink.text(self.as_str())\n    }}\n}}\n\n"
    )
    .unwrap();
    text + &serde(name, shape)
}

fn union(union: &Union, shape: Shape) -> String {
    let (name, inline) = (&union.name, shape.inline());
    let derives = shape.derives.attribute();
    let mut text = format!(
        "{HEADER}/// {}\n{derives}#[non_exhaustive]\npub enum {name} {{\n",
        docs(name)
    );
    for (tag, record) in &union.branches {
        writeln!(text, "    /// `{tag}`\n    {record}(Box<super::{record}>),").unwrap();
    }
    text += "    /// A kind that the document does not list.\n    Unlisted(v1::Value),\n}\n\n";
    write!(text, "impl v1::Decode for {name} {{\n{inline}    fn read(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {{\n        v1::read_tagged(source, \"type\", |tag, source| match tag {{\n").unwrap();
    for (tag, record) in &union.branches {
        writeln!(
            text,
            "            \"{tag}\" => v1::Decode::read(source).map(Self::{record}),"
        )
        .unwrap();
    }
    write!(text, "            _ => source.any().map(Self::Unlisted),\n        }})\n    }}\n}}\n\nimpl v1::Encode for {name} {{\n{inline}    fn write(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {{\n        match self {{\n").unwrap();
    for (tag, record) in &union.branches {
        writeln!(text, "            Self::{record}(value) => v1::write_tagged(sink, \"type\", \"{tag}\", value),").unwrap();
    }
    text += "            Self::Unlisted(value) => value.write(sink),\n        }\n    }\n}\n\n";
    text + &serde(name, shape)
}

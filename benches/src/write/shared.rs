//! The parts that the designs have in common: structs and enums; and constructors of the usual one.

use std::fmt::Write;

use super::rust_type;
use crate::model::{docs, Choice, Field, Record};

pub fn field_type(field: &Field, prelude: &str) -> String {
    let ty = rust_type(&field.ty, prelude);
    if field.required {
        ty
    } else {
        format!("Option<{ty}>")
    }
}

/// The struct itself; `attribute` gives what stands above each field.
pub fn structure(
    record: &Record,
    derives: &str,
    prelude: &str,
    attribute: impl Fn(&Field) -> String,
) -> String {
    let mut text = format!(
        "/// {}\n{derives}#[non_exhaustive]\npub struct {} {{\n",
        docs(&record.name),
        record.name
    );
    for field in &record.fields {
        let ty = field_type(field, prelude);
        write!(
            text,
            "    /// {}\n{}    pub {}: {ty},\n",
            docs(&field.wire),
            attribute(field),
            field.ident
        )
        .unwrap();
    }
    text + "}\n\n"
}

/// `new`, which takes the required values, and their struct.
pub fn constructor(record: &Record, prelude: &str) -> String {
    let name = &record.name;
    let argument = if record.fields.iter().any(|field| field.required) { "required" } else { "_" };
    let required: Vec<_> = record.fields.iter().filter(|field| field.required).collect();
    let mut text = format!(
        "/// The required values of [`{name}`].\n#[derive(Clone, Debug)]\npub struct {name}Required {{\n"
    );
    for field in &required {
        let ty = field_type(field, prelude);
        write!(text, "    /// {}\n    pub {}: {ty},\n", docs(&field.wire), field.ident).unwrap();
    }
    write!(
        text,
        "}}\n\nimpl {name} {{\n    /// A value with what is required, and nothing else.\n    #[must_use]\n    pub fn new({argument}: {name}Required) -> Self {{\n        Self {{\n"
    )
    .unwrap();
    for field in &record.fields {
        let value =
            if field.required { format!("required.{}", field.ident) } else { "None".to_owned() };
        writeln!(text, "            {}: {value},", field.ident).unwrap();
    }
    text + "        }\n    }\n}\n\n"
}

/// `as_str`, `From<&str>`, `FromStr` and `Display` of an open enum.
pub fn choice_impls(choice: &Choice) -> String {
    let name = &choice.name;
    let mut text = format!("impl {name} {{\n    /// The text on the wire.\n    #[must_use]\n    pub fn as_str(&self) -> &str {{\n        match self {{\n");
    for (wire, variant) in &choice.values {
        writeln!(text, "            Self::{variant} => \"{wire}\",").unwrap();
    }
    write!(text, "            Self::Unlisted(text) => text,\n        }}\n    }}\n}}\n\nimpl From<&str> for {name} {{\n    fn from(text: &str) -> Self {{\n        match text {{\n").unwrap();
    for (wire, variant) in &choice.values {
        writeln!(text, "            \"{wire}\" => Self::{variant},").unwrap();
    }
    write!(
        text,
        "            _ => Self::Unlisted(text.to_owned()),\n        }}\n    }}\n}}\n\nimpl std::str::FromStr for {name} {{\n    type Err = std::convert::Infallible;\n\n    fn from_str(text: &str) -> Result<Self, Self::Err> {{\n        Ok(Self::from(text))\n    }}\n}}\n\nimpl std::fmt::Display for {name} {{\n    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        formatter.write_str(self.as_str())\n    }}\n}}\n\n"
    )
    .unwrap();
    text
}

/// The enum itself; `attribute` gives what stands above each variant.
pub fn choice(choice: &Choice, derives: &str, attribute: impl Fn(&str) -> String) -> String {
    let mut text = format!(
        "/// {}\n{derives}#[non_exhaustive]\npub enum {} {{\n",
        docs(&choice.name),
        choice.name
    );
    for (wire, variant) in &choice.values {
        write!(text, "    /// `{wire}`\n{}    {variant},\n", attribute(wire)).unwrap();
    }
    text
}

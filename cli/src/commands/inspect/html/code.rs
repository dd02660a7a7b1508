//! Rust as HTML: signatures whose types link to their entries, and rows of named members.

use super::index::{type_id, Index};
use super::markdown;
use maud::{html, Markup};
use typewright::emit::signature::{self, short};
use typewright::lower::model::{Argument, Attributes, Target, Type};
use typewright::names::Ident;

/// Types that a text of Rust names.
pub fn types_of(argument: &Argument) -> Vec<&Ident> {
    match &argument.target {
        Target::Choice { name, .. } => vec![name],
        Target::Path
        | Target::Query
        | Target::QueryString
        | Target::Header
        | Target::Cookie
        | Target::Body(_)
        | Target::Bytes(_)
        | Target::Multipart(_)
        | Target::Part
        | Target::File
        | Target::Files => argument.value.ty.named(),
    }
}

/// A text of Rust in which the types `named` link to their entries. A type of the runtime may have the name of a generated
/// one, so only types that the model names become links.
pub fn linked(text: &str, named: &[&Ident], index: &Index<'_>) -> Markup {
    let words = text.split_inclusive(|letter: char| !is_part_of_word(letter));
    let parts = words.map(|word| {
        let name = word.trim_end_matches(|letter: char| !is_part_of_word(letter));
        let is_link = index.has_entry(name) && named.iter().any(|ident| ident.text() == name);
        (is_link.then_some(name), word.strip_prefix(name).unwrap_or(word), word)
    });
    html! {
        @for (link, rest, word) in parts {
            @match link {
                Some(name) => { a href=(format!("#{}", type_id(name))) { (name) } (rest) },
                None => (word),
            }
        }
    }
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A type with links.
pub fn ty(ty: &Type, index: &Index<'_>) -> Markup {
    linked(&short(&signature::ty(ty)), &ty.named(), index)
}

/// A member of an item: a field, a variant, an argument or a setter.
#[derive(Debug)]
pub struct Row<'a> {
    /// Name in Rust.
    pub name: String,
    /// Type with links; empty if there is none.
    pub ty: Markup,
    /// Short remarks: the name on the wire, the location of a parameter.
    pub remarks: Vec<Remark<'a>>,
    /// Documentation.
    pub attributes: &'a Attributes,
}

/// A short remark on a member.
#[derive(Debug)]
pub enum Remark<'a> {
    /// Words, or a media type.
    Words(&'a str),
    /// A name or value on the wire.
    Wire(&'a str),
    /// The method that returns the value or its default.
    Default(&'a str),
}

/// Rows under a label; nothing if there are none.
pub fn labelled(label: &str, rows: &[Row<'_>]) -> Markup {
    html! {
        @if !rows.is_empty() {
            p.label { (label) }
            (list(rows))
        }
    }
}

/// Rows; nothing if there are none.
pub fn list(rows: &[Row<'_>]) -> Markup {
    html! {
        @if !rows.is_empty() {
            ul.rows {
                @for row in rows {
                    li {
                        (head(row))
                        @if !row.attributes.docs.is_empty() {
                            div.docs { (markdown::render(&row.attributes.docs)) }
                        }
                    }
                }
            }
        }
    }
}

fn head(row: &Row<'_>) -> Markup {
    html! {
        div.head {
            code { b { (row.name) } @if !row.ty.0.is_empty() { ": " (row.ty) } }
            @if row.attributes.deprecated { " " span.badge.deprecated { "deprecated" } }
            @for remark in &row.remarks {
                " "
                @match remark {
                    Remark::Words(words) => span.remark { (words) },
                    Remark::Wire(name) => span.remark { "on the wire " code { (name) } },
                    Remark::Default(method) => span.remark { "with its default by " code { (method) "()" } },
                }
            }
        }
    }
}

/// A message, in which code is between backquotes.
pub fn message(text: &str) -> Markup {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    html! {
        @if is_paired {
            @for (number, part) in text.split('`').enumerate() {
                @if number % 2 == 1 { code { (part) } } @else { (part) }
            }
        } @else { (text) }
    }
}

//! The names of bodies of XML as text, with a line for each type and each of its members.
//!
//! ```text
//! record closed                                     a type: an object; without `closed` it ignores further elements
//! attribute id number                               a member, under its name in JSON, and what its text is
//! element name text name=Name prefix=p namespace=http://example.com/p
//! element photos text list required                 an element for each item; a list that is required may be empty
//! element tags 1 list name=tag in=tags              an element for each item, in an element around them
//! cdata note text                                   the text of the element itself; also `text`
//! rest number                                       elements under further names
//! choice attribute kind text                        a type: one of several objects, by this member
//! case cat 0                                        the tag of an object, and the index of its type
//! root 0 name=Pet                                   the outermost element of a body
//! ```
//!
//! A value is a `text`, a `number`, a `boolean`, or the index of a type. An element has the name of its member unless there
//! is a `name`; the element around a list has `in`, `in-prefix` and `in-namespace`.

use crate::codec::{
    XmlBody, XmlCase, XmlChoice, XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue,
};
use crate::spec::parse::split;
use crate::spec::text::{Line, SpecError};
use std::sync::OnceLock;

/// The names of bodies of XML, which are read from their text when they are first used; for a `static`.
#[derive(Debug)]
pub struct XmlNames {
    text: &'static str,
    table: OnceLock<Option<XmlTable>>,
}

impl XmlNames {
    /// The names of this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let table = OnceLock::new();
        Self { text, table }
    }

    /// The body whose outermost element has this index; `None` if there is none, or if the text cannot be read.
    pub(crate) fn body(&'static self, index: usize) -> Option<XmlBody> {
        let table = self.table.get_or_init(|| parse(self.text).ok()).as_ref()?;
        Some(XmlBody { table, root: table.roots.get(index)? })
    }
}

/// Reads a table.
fn parse(text: &'static str) -> Result<XmlTable, SpecError> {
    let mut table = XmlTable::default();
    let lines = text.split('\n').enumerate();
    for (number, text) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        row(&mut table, Line::read(number + 1, text)?)?;
    }
    Ok(table)
}

fn row(table: &mut XmlTable, mut line: Line) -> Result<(), SpecError> {
    let keyword = line.word("the line is empty")?;
    if let Some(kind) = kind(keyword) {
        let member = part(kind, None, &mut line)?;
        record(table, keyword, &line)?.parts.push(member);
        return line.end();
    }
    match keyword {
        "record" => {
            let closed = line.skip("closed");
            table.types.push(XmlType::Record(XmlRecord { closed, ..XmlRecord::default() }));
        }
        "rest" => {
            let rest = part(XmlKind::Element, Some(""), &mut line)?;
            record(table, keyword, &line)?.rest = Some(rest);
        }
        "choice" => {
            let word = line.word("the kind of the tag is missing")?;
            let kind = kind(word).ok_or_else(|| line.wrong(word, "there is no such kind"))?;
            let tag = part(kind, None, &mut line)?;
            table.types.push(XmlType::Choice(XmlChoice { tag, cases: Vec::new() }));
        }
        "case" => {
            let tag = line.word("the tag is missing")?;
            let record = index(&mut line)?;
            match table.types.last_mut() {
                Some(XmlType::Choice(choice)) => choice.cases.push(XmlCase { tag, record }),
                Some(XmlType::Record(_)) | None => {
                    return Err(line.wrong(tag, "no choice has this case"));
                }
            }
        }
        "root" => {
            let root = part(XmlKind::Element, Some(""), &mut line)?;
            table.roots.push(root);
        }
        other => return Err(line.wrong(other, "no line begins with this word")),
    }
    line.end()
}

/// The record that a line belongs to.
fn record<'t>(
    table: &'t mut XmlTable,
    keyword: &'static str,
    line: &Line,
) -> Result<&'t mut XmlRecord, SpecError> {
    match table.types.last_mut() {
        Some(XmlType::Record(record)) => Ok(record),
        Some(XmlType::Choice(_)) | None => Err(line.wrong(keyword, "no record has this member")),
    }
}

fn kind(word: &str) -> Option<XmlKind> {
    Some(match word {
        "element" => XmlKind::Element,
        "attribute" => XmlKind::Attribute,
        "text" => XmlKind::Text,
        "cdata" => XmlKind::Cdata,
        _ => return None,
    })
}

fn index(line: &mut Line) -> Result<usize, SpecError> {
    let word = line.word("the index of a type is missing")?;
    word.parse().map_err(|_| line.wrong(word, "this is no index"))
}

/// A member under this name in JSON, else under the next word.
fn part(
    kind: XmlKind,
    member: Option<&'static str>,
    line: &mut Line,
) -> Result<XmlPart, SpecError> {
    let member = match member {
        Some(member) => member,
        None => line.word("the name of the member is missing")?,
    };
    let word = line.word("the value is missing")?;
    let value = match word {
        "text" => XmlValue::Text,
        "number" => XmlValue::Number,
        "boolean" => XmlValue::Bool,
        index => {
            let index = index.parse().map_err(|_| line.wrong(word, "there is no such value"))?;
            XmlValue::Type(index)
        }
    };
    let mut name = XmlName { local: member, ..XmlName::default() };
    let mut wrapper = XmlName::default();
    let (mut is_list, mut required) = (false, false);
    while let Some(word) = line.next() {
        match split(word) {
            ("list", None) => is_list = true,
            ("required", None) => required = true,
            ("name", Some(local)) => name.local = local,
            ("prefix", prefix @ Some(_)) => name.prefix = prefix,
            ("namespace", namespace @ Some(_)) => name.namespace = namespace,
            ("in", Some(local)) => wrapper.local = local,
            ("in-prefix", prefix @ Some(_)) => wrapper.prefix = prefix,
            ("in-namespace", namespace @ Some(_)) => wrapper.namespace = namespace,
            _ => return Err(line.wrong(word.text, "a member has no such setting")),
        }
    }
    let wrapper = (!wrapper.local.is_empty()).then_some(wrapper);
    Ok(XmlPart { member, kind, name, value, is_list, required, wrapper })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &'static str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn each_line_is_a_type_or_a_part_of_one() {
        let table = parse(
            "record closed
            attribute id number
            element tags text list required name=tag prefix=p namespace=http://e.x in=tags
            rest 1
            choice element kind text
            case \"a cat\" 0
            root 0 name=pet",
        )
        .unwrap();
        let [XmlType::Record(record), XmlType::Choice(choice)] = table.types.as_slice() else {
            panic!("{table:?}");
        };
        assert!(record.closed);
        assert_eq!(record.parts[0].kind, XmlKind::Attribute);
        assert_eq!(record.parts[1].wrapper.unwrap().local, "tags");
        assert_eq!(record.parts[1].name.prefix, Some("p"));
        assert_eq!(record.rest.as_ref().unwrap().value, XmlValue::Type(1));
        assert_eq!(choice.cases, [XmlCase { tag: "a cat", record: 0 }]);
        assert_eq!(table.roots[0].name.local, "pet");
    }

    #[test]
    fn a_line_that_is_none_is_an_error() {
        for (text, error) in [
            (
                "element id text",
                "line 1 of the operation's text: `element`: no record has this member",
            ),
            (
                "record\nelement id texts",
                "line 2 of the operation's text: `texts`: there is no such value",
            ),
            ("record\ncase x 0", "line 2 of the operation's text: `x`: no choice has this case"),
            (
                "record\nelement id text lists",
                "line 2 of the operation's text: `lists`: a member has no such setting",
            ),
            ("leaf", "line 1 of the operation's text: `leaf`: no line begins with this word"),
        ] {
            assert_eq!(failure(text), error);
        }
    }
}

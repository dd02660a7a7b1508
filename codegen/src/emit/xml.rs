//! The text of the table of XML, which the runtime parses. The runtime documents the grammar.

use super::code::raw_json;
use super::operation_spec::Line;
use super::Code;
use crate::api::model::{XmlKind, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue};

/// Returns the static with the names of all bodies of XML; `None` if there are none.
pub fn names(table: &XmlTable) -> Option<Code> {
    if table.roots.is_empty() {
        return None;
    }
    let lines: Vec<String> = lines(table);
    let mut text = "typewright_runtime::codegen::v1::xml_names! { XML;\n    ".to_owned();
    let lines = lines.join("\n    ");
    if lines.contains(['"', '\\']) {
        text.push_str(&raw_json(&lines).to_string());
    } else {
        text.push_str(&format!("\"{lines}\""));
    }
    text.push_str("\n}");
    Some(Code::macro_call(&text))
}

fn lines(table: &XmlTable) -> Vec<String> {
    let types = table.types.iter().flat_map(|one| match one {
        XmlType::Record(record) => self::record(record),
        XmlType::Choice(tag, cases) => {
            let head = named(Line::new("choice").plain(kind(tag.kind)), tag);
            let cases = cases.iter().map(|(tag, index)| {
                Line::new("case").word_unless(tag, |_| false).plain(&index.to_string())
            });
            [head].into_iter().chain(cases).collect()
        }
    });
    let roots = table.roots.iter().map(|root| part(Line::new("root"), root));
    types.chain(roots).map(Line::into_text).collect()
}

fn record(record: &XmlRecord) -> Vec<Line> {
    let mut lines = vec![Line::new("record").flag("closed", record.closed)];
    lines.extend(record.parts.iter().map(|one| named(Line::new(kind(one.kind)), one)));
    lines.extend(record.rest.iter().map(|rest| {
        let line = Line::new("rest").plain(&value(rest.value));
        line.flag("list", rest.is_list)
    }));
    lines
}

/// Describes a member or an outermost element, for comparisons: the index of a type means nothing elsewhere.
pub fn describe(part: &XmlPart) -> String {
    let local = Some(part.name.local.as_str()).filter(|local| !local.is_empty());
    let line = local.into_iter().fold(Line::new(kind(part.kind)), Line::word);
    let line = match part.value {
        XmlValue::Type(_) => line,
        XmlValue::Text | XmlValue::Number | XmlValue::Bool => line.plain(&value(part.value)),
    };
    settings(line.flag("list", part.is_list), part).into_text()
}

fn kind(kind: XmlKind) -> &'static str {
    match kind {
        XmlKind::Element => "element",
        XmlKind::Attribute => "attribute",
        XmlKind::Text => "text",
        XmlKind::Cdata => "cdata",
    }
}

fn value(value: XmlValue) -> String {
    match value {
        XmlValue::Text => "text".to_owned(),
        XmlValue::Number => "number".to_owned(),
        XmlValue::Bool => "boolean".to_owned(),
        XmlValue::Type(index) => index.to_string(),
    }
}

fn named(line: Line, part: &XmlPart) -> Line {
    self::part(line.word(&part.member), part)
}

fn part(line: Line, part: &XmlPart) -> Line {
    let name = &part.name;
    // Of these an element without any says as little as one that lacks them.
    let may_be_empty = part.is_list || matches!(part.kind, XmlKind::Text | XmlKind::Cdata);
    let has_name = name.local != part.member && !name.local.is_empty();
    let line = line
        .plain(&value(part.value))
        .flag("list", part.is_list)
        .flag("required", part.required && may_be_empty)
        .setting("name", Some(name.local.as_str()).filter(|_| has_name));
    settings(line, part)
}

/// Appends prefix and namespace, and the element around a list.
fn settings(line: Line, part: &XmlPart) -> Line {
    let line = line
        .setting("prefix", part.name.prefix.as_deref())
        .setting("namespace", part.name.namespace.as_deref());
    match &part.wrapper {
        Some(wrapper) => line
            .setting("in", Some(&wrapper.local))
            .setting("in-prefix", wrapper.prefix.as_deref())
            .setting("in-namespace", wrapper.namespace.as_deref()),
        None => line,
    }
}

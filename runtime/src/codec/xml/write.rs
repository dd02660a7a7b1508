//! From the value that JSON would have to elements, by the table.

use crate::codec::xml::{
    is_name, XmlBody, XmlChoice, XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue,
    INSTANCE,
};
use crate::codec::{CodecError, Map, Value};

/// The text of a document.
///
/// # Errors
/// A part of the value has no place in the table, or no form in XML.
pub(super) fn document(body: XmlBody, value: &Value) -> Result<String, CodecError> {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    let mut writer = Writer { table: body.table, text, scope: Vec::new() };
    writer.part(body.root, value)?;
    Ok(writer.text)
}

struct Writer {
    table: &'static XmlTable,
    text: String,
    /// The prefixes that are declared where the writer stands, with their namespaces; the default namespace has none.
    scope: Vec<(Option<String>, String)>,
}

/// A name as it is written, and the namespace to declare for it.
#[derive(Clone, Copy)]
struct Tag<'n> {
    local: &'n str,
    prefix: Option<&'n str>,
    namespace: Option<&'n str>,
}

impl From<XmlName> for Tag<'static> {
    fn from(name: XmlName) -> Self {
        Self { local: name.local, prefix: name.prefix, namespace: name.namespace }
    }
}

impl Writer {
    /// Writes a member that is an element, or several, or the outermost element.
    fn part(&mut self, part: &XmlPart, value: &Value) -> Result<(), CodecError> {
        self.named(part, part.name.into(), value)
    }

    fn named(&mut self, part: &XmlPart, tag: Tag<'_>, value: &Value) -> Result<(), CodecError> {
        if !part.is_list {
            return self.element(tag, part.value, value);
        }
        let Some(wrapper) = part.wrapper else {
            return self.items(part, tag, value);
        };
        let before = self.scope.len();
        let wrapper = Tag::from(wrapper);
        self.open(wrapper);
        if value.is_null() {
            self.nil();
        } else if value.as_list().is_some_and(<[Value]>::is_empty) {
            self.text.push_str("/>");
        } else {
            self.text.push('>');
            self.items(part, tag, value)?;
            self.close(wrapper);
        }
        self.scope.truncate(before);
        Ok(())
    }

    fn items(&mut self, part: &XmlPart, tag: Tag<'_>, value: &Value) -> Result<(), CodecError> {
        let Some(items) = value.as_list() else {
            return Err(CodecError::new("a list", value.describe()));
        };
        for (index, item) in items.iter().enumerate() {
            let item = self.element(tag, part.value, item);
            item.map_err(|failure| failure.at_index(index))?;
        }
        Ok(())
    }

    fn element(&mut self, tag: Tag<'_>, kind: XmlValue, value: &Value) -> Result<(), CodecError> {
        let before = self.scope.len();
        self.open(tag);
        match (kind, value) {
            (_, Value::Null) => self.nil(),
            (XmlValue::Type(index), value) => {
                let (record, extra) = self.record_of(index, value)?;
                let Value::Object(members) = value else {
                    return Err(CodecError::new("an object", value.describe()));
                };
                self.record(tag, record, extra, members)?;
            }
            (_, value) => match scalar(value)? {
                text if text.is_empty() => self.text.push_str("/>"),
                text => {
                    self.text.push('>');
                    self.escaped(&text, "\r")?;
                    self.close(tag);
                }
            },
        }
        self.scope.truncate(before);
        Ok(())
    }

    /// The record of a type; of a choice the one that the tag names, and the tag if the record does not declare it.
    fn record_of(
        &self,
        index: usize,
        value: &Value,
    ) -> Result<(&'static XmlRecord, Option<&'static XmlPart>), CodecError> {
        match self.table.types.get(index) {
            Some(XmlType::Record(record)) => Ok((record, None)),
            Some(XmlType::Choice(XmlChoice { tag, cases })) => {
                let text = value.get(tag.member).map(scalar).transpose()?.unwrap_or_default();
                let case = cases.iter().find(|case| case.tag == text);
                match case.and_then(|case| self.table.types.get(case.record)) {
                    Some(XmlType::Record(record)) => Ok((record, Some(tag))),
                    Some(XmlType::Choice(_)) | None => {
                        let actual = value.get(tag.member).unwrap_or(&Value::Null).describe();
                        let failure = CodecError::new("a tag that the document lists", actual);
                        Err(failure.in_member(tag.member))
                    }
                }
            }
            None => Err(CodecError::new("a type of the table", "none")),
        }
    }

    /// Writes the attributes and the content of an object, and the end of its element.
    fn record(
        &mut self,
        tag: Tag<'_>,
        record: &'static XmlRecord,
        extra: Option<&'static XmlPart>,
        members: &Map<Value>,
    ) -> Result<(), CodecError> {
        let part_of = |name: &str| {
            let mut parts = record.parts.iter().chain(extra);
            parts.find(|part| part.member == name)
        };
        for (name, value) in members {
            if let Some(part) = part_of(name).filter(|part| part.kind == XmlKind::Attribute) {
                let attribute = self.attribute(part.name, value);
                attribute.map_err(|failure| failure.in_member(name))?;
            }
        }
        let start = self.text.len();
        self.text.push('>');
        for (name, value) in members {
            let written = match (part_of(name), &record.rest) {
                (Some(part), _) => self.content(part, value),
                (None, Some(rest)) => self.further(rest, name, value),
                (None, None) => Err(CodecError::new("a member that has a name in XML", "another")),
            };
            written.map_err(|failure| failure.in_member(name))?;
        }
        if self.text.len() == start + 1 {
            self.text.truncate(start);
            self.text.push_str("/>");
        } else {
            self.close(tag);
        }
        Ok(())
    }

    /// Writes a member inside the element, where it belongs there.
    fn content(&mut self, part: &XmlPart, value: &Value) -> Result<(), CodecError> {
        match part.kind {
            XmlKind::Attribute => Ok(()),
            XmlKind::Element => self.part(part, value),
            XmlKind::Text => self.escaped(&scalar(value)?, "\r"),
            XmlKind::Cdata => {
                let text = scalar(value)?;
                check(&text)?;
                if !text.is_empty() {
                    self.text.push_str("<![CDATA[");
                    // What would end it is divided, and what a reader would change is a reference.
                    let text = text.replace("]]>", "]]]]><![CDATA[>");
                    self.text.push_str(&text.replace('\r', "]]>&#13;<![CDATA["));
                    self.text.push_str("]]>");
                }
                Ok(())
            }
        }
    }

    /// Writes a member that the document does not name, under its own name.
    fn further(&mut self, rest: &XmlPart, name: &str, value: &Value) -> Result<(), CodecError> {
        if !is_name(name) {
            return Err(CodecError::new("a name of an element", format!("the name {name:?}")));
        }
        self.named(rest, Tag { local: name, prefix: None, namespace: None }, value)
    }

    fn attribute(&mut self, name: XmlName, value: &Value) -> Result<(), CodecError> {
        let tag = Tag::from(name);
        let text = scalar(value)?;
        self.declare(tag);
        self.text.push(' ');
        self.qualified(tag);
        self.text.push_str("=\"");
        self.escaped(&text, "\r\n\t\"")?;
        self.text.push('"');
        Ok(())
    }

    /// Begins the tag of an element, and declares its namespace unless that is known here.
    fn open(&mut self, tag: Tag<'_>) {
        self.text.push('<');
        self.qualified(tag);
        self.declare(tag);
    }

    fn close(&mut self, tag: Tag<'_>) {
        self.text.push_str("</");
        self.qualified(tag);
        self.text.push('>');
    }

    /// Ends the tag of an element that is null.
    fn nil(&mut self) {
        self.declare(Tag { local: "nil", prefix: Some("xsi"), namespace: Some(INSTANCE) });
        self.text.push_str(" xsi:nil=\"true\"/>");
    }

    fn qualified(&mut self, tag: Tag<'_>) {
        if let Some(prefix) = tag.prefix {
            self.text.push_str(prefix);
            self.text.push(':');
        }
        self.text.push_str(tag.local);
    }

    fn declare(&mut self, tag: Tag<'_>) {
        let Some(namespace) = tag.namespace else {
            return;
        };
        let mut scope = self.scope.iter().rev();
        let known = scope.find(|(prefix, _)| prefix.as_deref() == tag.prefix);
        if known.is_some_and(|(_, known)| known == namespace) {
            return;
        }
        self.text.push_str(" xmlns");
        if let Some(prefix) = tag.prefix {
            self.text.push(':');
            self.text.push_str(prefix);
        }
        self.text.push_str("=\"");
        escape(&mut self.text, namespace, "\"");
        self.text.push('"');
        self.scope.push((tag.prefix.map(str::to_owned), namespace.to_owned()));
    }

    fn escaped(&mut self, text: &str, also: &str) -> Result<(), CodecError> {
        check(text)?;
        escape(&mut self.text, text, also);
        Ok(())
    }
}

/// Appends a text in which marks of XML, and these letters, are references: a reader would change them.
fn escape(target: &mut String, text: &str, also: &str) {
    for letter in text.chars() {
        match letter {
            '&' => target.push_str("&amp;"),
            '<' => target.push_str("&lt;"),
            '>' => target.push_str("&gt;"),
            '"' if also.contains('"') => target.push_str("&quot;"),
            letter if also.contains(letter) => {
                target.push_str(&format!("&#{};", u32::from(letter)));
            }
            letter => target.push(letter),
        }
    }
}

/// Refuses the letters that no document can have, as references neither (XML 1.0, section 2.2).
fn check(text: &str) -> Result<(), CodecError> {
    let is_refused = |letter: char| {
        letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    match text.chars().find(|letter| is_refused(*letter)) {
        Some(letter) => {
            let actual = format!("the letter U+{:04X}", u32::from(letter));
            Err(CodecError::new("letters that XML allows", actual))
        }
        None => Ok(()),
    }
}

/// The text of a scalar.
fn scalar(value: &Value) -> Result<String, CodecError> {
    match value {
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(text.clone()),
        Value::Null | Value::List(_) | Value::Object(_) => {
            Err(CodecError::new("a text, a number or a boolean", value.describe()))
        }
    }
}

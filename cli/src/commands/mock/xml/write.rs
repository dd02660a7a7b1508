//! The elements of a value.

use super::super::typed::text_of;
use super::INSTANCE;
use quick_xml::events::{BytesCData, BytesDecl, BytesStart, BytesText, Event};
use quick_xml::Writer;
use serde_json::Value;
use typewright::api::model::{XmlKind, XmlName, XmlPart, XmlTable, XmlType, XmlValue};

/// Returns a value as a document; `None` if a part of it has no name in XML.
pub fn write(table: &XmlTable, root: &XmlPart, value: &Value) -> Option<Vec<u8>> {
    let mut elements = Elements { table, writer: Writer::new(Vec::new()), default: None };
    elements.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let name = root.wrapper.as_ref().unwrap_or(&root.name);
    let mut start = elements.start(name);
    for (prefix, namespace) in prefixes(table) {
        start.push_attribute((format!("xmlns:{prefix}").as_str(), namespace));
    }
    match root.is_list {
        true => elements.list(start, root, &root.name, value)?,
        false => elements.element(start, root.value, value)?,
    }
    Some(elements.writer.into_inner())
}

/// Returns the prefixes of a table with their namespaces.
fn prefixes(table: &XmlTable) -> std::collections::BTreeMap<&str, &str> {
    let parts = table.types.iter().flat_map(|one| match one {
        XmlType::Record(record) => record.parts.iter().collect(),
        XmlType::Choice(tag, _) => vec![tag],
    });
    let parts = parts.chain(&table.roots);
    let names = parts.flat_map(|part| part.wrapper.iter().chain([&part.name]));
    names.filter_map(|name| name.prefix.as_deref().zip(name.namespace.as_deref())).collect()
}

struct Elements<'t> {
    table: &'t XmlTable,
    writer: Writer<Vec<u8>>,
    /// The namespace of names without a prefix.
    default: Option<String>,
}

impl Elements<'_> {
    fn event(&mut self, event: Event<'_>) -> Option<()> {
        self.writer.write_event(event).ok()
    }

    /// Returns the start of an element, which declares the default namespace if it is another than around it.
    fn start(&mut self, name: &XmlName) -> BytesStart<'static> {
        let mut start = BytesStart::new(qualified(name));
        if let (None, Some(namespace)) = (&name.prefix, &name.namespace) {
            if self.default.as_ref() != Some(namespace) {
                start.push_attribute(("xmlns", namespace.as_str()));
                self.default = Some(namespace.clone());
            }
        }
        start
    }

    /// Writes a member that is an element, or several.
    fn part(&mut self, part: &XmlPart, name: &XmlName, value: &Value) -> Option<()> {
        let outer = self.default.clone();
        match (&part.wrapper, part.is_list) {
            (Some(wrapper), true) => {
                let start = self.start(wrapper);
                self.list(start, part, name, value)?;
            }
            (None, true) => self.items(part, name, value)?,
            (_, false) => {
                let start = self.start(name);
                self.element(start, part.value, value)?;
            }
        }
        self.default = outer;
        Some(())
    }

    fn list(
        &mut self,
        start: BytesStart<'static>,
        part: &XmlPart,
        name: &XmlName,
        value: &Value,
    ) -> Option<()> {
        if value.is_null() {
            return self.null(start);
        }
        let end = start.to_end().into_owned();
        self.event(Event::Start(start))?;
        self.items(part, name, value)?;
        self.event(Event::End(end))
    }

    fn items(&mut self, part: &XmlPart, name: &XmlName, value: &Value) -> Option<()> {
        for item in value.as_array()? {
            let outer = self.default.clone();
            let start = self.start(name);
            self.element(start, part.value, item)?;
            self.default = outer;
        }
        Some(())
    }

    fn element(
        &mut self,
        mut start: BytesStart<'static>,
        kind: XmlValue,
        value: &Value,
    ) -> Option<()> {
        if value.is_null() {
            return self.null(start);
        }
        let end = start.to_end().into_owned();
        let XmlValue::Type(index) = kind else {
            self.event(Event::Start(start))?;
            self.event(Event::Text(BytesText::new(&scalar(value)?)))?;
            return self.event(Event::End(end));
        };
        let members = value.as_object()?;
        let tag = |part: &XmlPart| members.get(&part.member).and_then(scalar);
        let (record, tag) = super::record(self.table, index, tag)?;
        // The order of the document, which a schema of XML may demand.
        let parts: Vec<_> = record.parts.iter().chain(tag).collect();
        for part in parts.iter().filter(|part| part.kind == XmlKind::Attribute) {
            if let Some(member) = members.get(&part.member).filter(|member| !member.is_null()) {
                start.push_attribute((qualified(&part.name).as_str(), scalar(member)?.as_str()));
            }
        }
        self.event(Event::Start(start))?;
        for part in &parts {
            if let Some(member) = members.get(&part.member) {
                self.content(part, member)?;
            }
        }
        for (name, member) in members {
            if !parts.iter().any(|part| part.member == *name) {
                let rest = record.rest.as_ref().filter(|_| is_name(name))?;
                let name = XmlName { local: name.clone(), ..XmlName::default() };
                self.part(rest, &name, member)?;
            }
        }
        self.event(Event::End(end))
    }

    /// Writes a member inside its object, unless it is an attribute.
    fn content(&mut self, part: &XmlPart, member: &Value) -> Option<()> {
        match part.kind {
            _ if member.is_null() && !part.required => Some(()),
            XmlKind::Attribute => Some(()),
            XmlKind::Element => self.part(part, &part.name, member),
            XmlKind::Text => self.event(Event::Text(BytesText::new(&scalar(member)?))),
            XmlKind::Cdata => {
                let text = scalar(member)?;
                let mut sections = BytesCData::escaped(&text);
                sections.try_for_each(|section| self.event(Event::CData(section)))
            }
        }
    }

    fn null(&mut self, mut start: BytesStart<'static>) -> Option<()> {
        start.push_attribute(("xmlns:xsi", INSTANCE));
        start.push_attribute(("xsi:nil", "true"));
        self.event(Event::Empty(start))
    }
}

fn qualified(name: &XmlName) -> String {
    match &name.prefix {
        Some(prefix) => format!("{prefix}:{}", name.local),
        None => name.local.clone(),
    }
}

/// Returns the text of a scalar.
fn scalar(value: &Value) -> Option<String> {
    let is_scalar = value.is_string() || value.is_number() || value.is_boolean();
    is_scalar.then(|| text_of(value))
}

/// `true` if a text can name an element.
fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() || letter == '_';
    text.starts_with(is_letter)
        && text
            .chars()
            .all(|letter| is_letter(letter) || letter.is_numeric() || "-.".contains(letter))
}

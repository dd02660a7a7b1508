//! A document of XML as a tree of elements.

use super::INSTANCE;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;
use quick_xml::XmlVersion;

/// Maximum depth of elements, as that of values in JSON.
const MAX_DEPTH: usize = 127;

/// An element. Names have no prefix.
#[derive(Debug, Default)]
pub struct Element {
    /// Name.
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// All text directly inside it.
    pub text: String,
    /// Elements directly inside it.
    pub children: Vec<Element>,
    /// `true` if it has the attribute `xsi:nil`.
    pub is_nil: bool,
}

impl Element {
    /// Returns the elements of a name.
    pub fn children_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Parses a document.
///
/// # Errors
/// It is not well-formed, nested too deep, or has a document type.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let depth = open.len();
        let last = open.last_mut().ok_or("an element ends that has not begun")?;
        match event {
            Event::Start(_) if depth > MAX_DEPTH => return Err("it is nested too deep".to_owned()),
            Event::Start(start) => open.push(element(reader.resolver(), &start)?),
            Event::Empty(start) => last.children.push(element(reader.resolver(), &start)?),
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                let parent = open.last_mut().ok_or("an element ends that has not begun")?;
                parent.children.push(element);
            }
            Event::Text(text) => last.text.push_str(&text.xml10_content()),
            Event::CData(text) => last.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => last.text.push_str(&resolve(&reference)?),
            Event::DocType(_) => return Err("it has a document type, which is not read".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return root(open),
        }
    }
}

/// Returns the only element of the document around it.
fn root(mut open: Vec<Element>) -> Result<Element, String> {
    let document = open.pop().unwrap_or_default();
    if !open.is_empty() {
        return Err(format!("the element `{}` has no end", document.name));
    }
    let has_text = !document.text.trim().is_empty();
    let mut children = document.children.into_iter();
    match (children.next(), children.next()) {
        (Some(root), None) if !has_text => Ok(root),
        (None, _) => Err("there is no element".to_owned()),
        (Some(_), _) => Err("there is more than one element".to_owned()),
    }
}

fn element(names: &NamespaceResolver, start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element =
        Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| error.to_string())?.into_owned();
        let (namespace, name) = names.resolve_attribute(attribute.key);
        match (namespace, name.as_ref()) {
            (ResolveResult::Unknown(prefix), _) => {
                return Err(format!("the prefix `{prefix}` is not declared"));
            }
            (ResolveResult::Bound(namespace), name) if namespace.0 == INSTANCE => {
                element.is_nil |= name == "nil" && matches!(value.trim(), "true" | "1");
            }
            (_, name) => element.attributes.push((name.to_owned(), value)),
        }
    }
    Ok(element)
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(letter.to_string());
    }
    let text = resolve_predefined_entity(reference).map(str::to_owned);
    text.ok_or_else(|| format!("the entity `{}` is unknown", &**reference))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn elements_have_names_attributes_and_text() {
        let text = "<?xml version=\"1.0\"?>\r\n<!-- - --><p:pets xmlns:p='urn:p' a=\"1 &lt; 2\"><pet>a&amp;<![CDATA[<b>]]>&#33;</pet>\
            <pet xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/></p:pets>\n";
        let root = parse(text).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("a")), ("pets", Some("1 < 2")));
        let texts = root.children_of("pet").map(|pet| (pet.text.as_str(), pet.is_nil));
        assert_eq!(texts.collect::<Vec<_>>(), [("a&<b>!", false), ("", true)]);
    }

    #[test]
    fn what_is_malformed_has_a_reason() {
        for (text, reason) in [
            ("", "there is no element"),
            ("text", "there is no element"),
            ("<a/>text", "there is more than one element"),
            ("<a/><b/>", "there is more than one element"),
            ("<a><b></a>", "expected `</b>`"),
            ("<a>", "the element `a` has no end"),
            ("</a>", "does not match any open tag"),
            ("<a>&b;</a>", "the entity `b` is unknown"),
            ("<a p:b='1'/>", "the prefix `p` is not declared"),
            ("<!DOCTYPE a><a/>", "document type"),
            (&"<a>".repeat(200), "nested too deep"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}

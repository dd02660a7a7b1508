//! Reads the text of a document: well-formed XML in UTF-8, without a document type.

use crate::codec::xml::element::{is_blank, Element, Name};
use crate::codec::xml::{INSTANCE, LEVELS};
use crate::codec::CodecError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::NsReader;
use quick_xml::XmlVersion;

/// Reads a document to its end.
///
/// # Errors
/// It is malformed, nested too deep, has a document type, or is in another encoding than UTF-8.
pub(super) fn document(bytes: &[u8]) -> Result<Element, CodecError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let place = || place(bytes, error.valid_up_to());
        CodecError::malformed("bytes that are not UTF-8").placed(place)
    })?;
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut tree = Tree::default();
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position();
            malformed(error).placed(|| place(bytes, position(at)))
        })?;
        if matches!(event, Event::Eof) {
            return tree.end().map_err(|failure| failure.placed(|| place(bytes, bytes.len())));
        }
        tree.event(reader.resolver(), event)
            .map_err(|failure| failure.placed(|| place(bytes, position(start))))?;
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// The place of a byte, as those of JSON are named.
#[cold]
fn place(bytes: &[u8], at: usize) -> String {
    let before = bytes.get(..at.min(bytes.len())).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    format!("line {line} column {column}")
}

#[cold]
fn malformed(error: impl std::fmt::Display) -> CodecError {
    CodecError::malformed(error.to_string())
}

/// The elements that are open, and the outermost one once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
}

impl Tree {
    fn event(&mut self, names: &NamespaceResolver, event: Event<'_>) -> Result<(), CodecError> {
        match event {
            Event::Start(start) => self.open(names, &start),
            Event::Empty(start) => {
                self.open(names, &start)?;
                self.close()
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) if self.open.is_empty() => {
                Err(CodecError::malformed(format!("the text {:?} outside of the root", &*text)))
            }
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::Decl(declaration) => declared(&declaration),
            Event::DocType(_) => Err(CodecError::malformed("a document type, which is not read")),
            Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn open(
        &mut self,
        names: &NamespaceResolver,
        start: &BytesStart<'_>,
    ) -> Result<(), CodecError> {
        if self.root.is_some() {
            return Err(CodecError::malformed("a second root element"));
        }
        if self.open.len() >= LEVELS {
            return Err(CodecError::malformed("elements that are nested too deep"));
        }
        let mut element = Element { name: name(names, start.name(), true)?, ..Element::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(malformed)?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?;
            let name = name(names, attribute.key, false)?;
            if name.namespace.as_deref() == Some(INSTANCE) {
                let is_true = matches!(value.trim_matches(is_blank), "true" | "1");
                element.is_nil |= name.local == "nil" && is_true;
                continue;
            }
            element.attributes.push((name, value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self) -> Result<(), CodecError> {
        let Some(element) = self.open.pop() else {
            return Err(CodecError::malformed("the end of an element that is not open"));
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), CodecError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.chars().all(is_blank) => {}
            None => {
                let message = format!("the text {:?} outside of the root", text.trim());
                return Err(CodecError::malformed(message));
            }
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), CodecError> {
        if self.open.is_empty() {
            return Err(CodecError::malformed("a reference outside of the root"));
        }
        if let Some(letter) = reference.resolve_char_ref().map_err(malformed)? {
            return self.text(letter.encode_utf8(&mut [0; 4]));
        }
        match resolve_predefined_entity(reference) {
            Some(text) => self.text(text),
            None => Err(CodecError::malformed(format!("the unknown entity `{}`", &**reference))),
        }
    }

    fn end(self) -> Result<Element, CodecError> {
        match (self.open.last(), self.root) {
            (Some(element), _) => {
                let message =
                    format!("the end of the text in the element `{}`", element.name.local);
                Err(CodecError::malformed(message))
            }
            (None, Some(root)) => Ok(root),
            (None, None) => Err(CodecError::malformed("no element")),
        }
    }
}

/// A name with its namespace.
fn name(names: &NamespaceResolver, name: QName<'_>, is_element: bool) -> Result<Name, CodecError> {
    let (namespace, local) = match is_element {
        true => names.resolve_element(name),
        false => names.resolve_attribute(name),
    };
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => Some(namespace.0.to_owned()),
        ResolveResult::Unbound => None,
        ResolveResult::Unknown(prefix) => {
            return Err(CodecError::malformed(format!("the undeclared prefix `{prefix}`")));
        }
    };
    Ok(Name { namespace, local: local.as_ref().to_owned() })
}

/// Refuses other encodings than those that are UTF-8.
fn declared(declaration: &BytesDecl<'_>) -> Result<(), CodecError> {
    let Some(encoding) = declaration.encoding() else {
        return Ok(());
    };
    let encoding = encoding.map_err(malformed)?;
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    match known.iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
        true => Ok(()),
        false => Err(CodecError::malformed(format!("the encoding `{encoding}`, not UTF-8"))),
    }
}

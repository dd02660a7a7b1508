//! From elements to the value that JSON would have, by the table.

use crate::codec::xml::element::{is_blank, Element};
use crate::codec::xml::{
    XmlBody, XmlChoice, XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue, LEVELS,
};
use crate::codec::{CodecError, Map, Number, Value};

/// The value of a document.
///
/// # Errors
/// The outermost element has another name, or a part is not of its kind.
pub(super) fn document(body: XmlBody, root: &Element) -> Result<Value, CodecError> {
    let reader = Reader { table: body.table };
    let name = body.root.wrapper.as_ref().unwrap_or(&body.root.name);
    if root.name.fit(name).is_none() {
        let is_other_namespace = root.name.local == name.local;
        let namespace = |namespace: Option<&str>| match namespace.filter(|_| is_other_namespace) {
            Some(namespace) => format!(" of the namespace `{namespace}`"),
            None => String::new(),
        };
        let expected = format!("the element `{}`{}", name.local, namespace(name.namespace));
        let actual = root.name.namespace.as_deref();
        let actual = format!("the element `{}`{}", root.name.local, namespace(actual));
        return Err(CodecError::new(expected, actual));
    }
    match body.root.wrapper {
        Some(_) => reader.wrapped(body.root, root, 0),
        None => reader.value(body.root.value, root, 0),
    }
}

struct Reader {
    table: &'static XmlTable,
}

impl Reader {
    /// The value of an element, so many levels deep.
    fn value(&self, kind: XmlValue, element: &Element, level: usize) -> Result<Value, CodecError> {
        if element.is_nil {
            return Ok(Value::Null);
        }
        if level >= LEVELS {
            return Err(CodecError::malformed("values that are nested too deep"));
        }
        let XmlValue::Type(index) = kind else {
            return match element.children.first() {
                None => Ok(scalar(kind, &element.text)),
                Some(child) => {
                    Err(CodecError::new("a text", format!("the element `{}`", child.name.local)))
                }
            };
        };
        match self.table.types.get(index) {
            Some(XmlType::Record(record)) => self.record(record, None, element, level),
            Some(XmlType::Choice(choice)) => self.choice(choice, element, level),
            None => Err(CodecError::new("a type of the table", "none")),
        }
    }

    /// An object by its tag; one whose tag the document does not list has texts and objects only.
    fn choice(
        &self,
        choice: &XmlChoice,
        element: &Element,
        level: usize,
    ) -> Result<Value, CodecError> {
        let part = &choice.tag;
        let tag = match part.kind {
            XmlKind::Attribute => element.attribute(&part.name),
            XmlKind::Element => {
                let mut children = element.children.iter();
                children.find(|child| child.name.fit(&part.name).is_some()).map(|tag| &*tag.text)
            }
            XmlKind::Text | XmlKind::Cdata => Some(&*element.text),
        };
        let trimmed = tag.map(|tag| tag.trim_matches(is_blank));
        let case = choice.cases.iter().find(|case| Some(case.tag) == trimmed);
        let record = case.and_then(|case| self.table.types.get(case.record));
        if let Some(XmlType::Record(record)) = record {
            return self.record(record, Some(part), element, level);
        }
        let mut members = untyped(element).as_object().cloned().unwrap_or_default();
        if let Some(tag) = tag {
            members.insert(part.member.to_owned(), scalar(part.value, tag));
        }
        Ok(Value::Object(members))
    }

    /// An object, with the tag by which it was chosen.
    fn record(
        &self,
        record: &XmlRecord,
        tag: Option<&XmlPart>,
        element: &Element,
        level: usize,
    ) -> Result<Value, CodecError> {
        let has_tag = |tag: &&XmlPart| record.parts.iter().any(|part| part.member == tag.member);
        let tag = tag.filter(|tag| !has_tag(tag));
        let parts: Vec<&XmlPart> = record.parts.iter().chain(tag).collect();
        let mut children: Vec<Vec<&Element>> = vec![Vec::new(); parts.len()];
        let mut others = Vec::new();
        for child in &element.children {
            match place(&parts, child).and_then(|index| children.get_mut(index)) {
                Some(children) => children.push(child),
                None => others.push(child),
            }
        }
        let mut members = Map::new();
        for (part, children) in parts.iter().zip(&children) {
            let value = match part.kind {
                XmlKind::Attribute => {
                    element.attribute(&part.name).map(|text| scalar(part.value, text))
                }
                XmlKind::Text | XmlKind::Cdata => text(part, element),
                XmlKind::Element => self
                    .elements(part, children, level)
                    .map_err(|failure| failure.in_member(part.member))?,
            };
            if let Some(value) = value {
                members.insert(part.member.to_owned(), value);
            }
        }
        self.others(record, &others, &mut members, level)?;
        let attributes = element.attributes.iter().filter(|_| record.closed);
        for (name, value) in attributes {
            let is_known = |part: &&&XmlPart| {
                part.kind == XmlKind::Attribute && name.fit(&part.name).is_some()
            };
            if parts.iter().find(is_known).is_none() {
                let value = Value::from(value.as_str());
                members.insert(unknown(&parts, &name.local, "@"), value);
            }
        }
        Ok(Value::Object(members))
    }

    /// Adds the elements that no member describes: as further members, or as what a closed object refuses.
    fn others(
        &self,
        record: &XmlRecord,
        others: &[&Element],
        members: &mut Map<Value>,
        level: usize,
    ) -> Result<(), CodecError> {
        let parts: Vec<&XmlPart> = record.parts.iter().collect();
        let Some(rest) = &record.rest else {
            for other in others.iter().filter(|_| record.closed) {
                members.insert(unknown(&parts, &other.name.local, ""), untyped(other));
            }
            return Ok(());
        };
        let mut named = Map::<Vec<&Element>>::new();
        for other in others {
            let name = &other.name.local;
            // A member that is declared is not here by this name.
            if parts.iter().all(|part| part.member != *name) {
                named.entry(name.clone()).or_default().push(other);
            }
        }
        for (name, elements) in named {
            let value = self.elements(rest, &elements, level);
            let value = value.map_err(|failure| failure.in_member(&name))?;
            members.extend(value.map(|value| (name, value)));
        }
        Ok(())
    }

    /// The value of a member from its elements; `None` without any.
    fn elements(
        &self,
        part: &XmlPart,
        elements: &[&Element],
        level: usize,
    ) -> Result<Option<Value>, CodecError> {
        let is_bare_list = part.is_list && part.wrapper.is_none();
        match elements {
            _ if is_bare_list && (part.required || !elements.is_empty()) => {
                self.items(part, elements, level + 1).map(Some)
            }
            [] => Ok(None),
            [element] if part.is_list => self.wrapped(part, element, level + 1).map(Some),
            [element] => self.value(part.value, element, level + 1).map(Some),
            [first, ..] => {
                let expected = format!("one element `{}`", first.name.local);
                Err(CodecError::new(expected, format!("{} of them", elements.len())))
            }
        }
    }

    /// The list of the items in an element around them.
    fn wrapped(
        &self,
        part: &XmlPart,
        element: &Element,
        level: usize,
    ) -> Result<Value, CodecError> {
        if element.is_nil {
            return Ok(Value::Null);
        }
        let items = element.children.iter().filter(|child| child.name.fit(&part.name).is_some());
        self.items(part, &items.collect::<Vec<_>>(), level)
    }

    fn items(
        &self,
        part: &XmlPart,
        elements: &[&Element],
        level: usize,
    ) -> Result<Value, CodecError> {
        let items = elements.iter().enumerate().map(|(index, element)| {
            let item = self.value(part.value, element, level + 1);
            item.map_err(|failure| failure.at_index(index))
        });
        items.collect::<Result<Vec<_>, _>>().map(Value::List)
    }
}

/// The index of the member that an element belongs to: the one that fits best.
fn place(parts: &[&XmlPart], element: &Element) -> Option<usize> {
    let name = |part: &XmlPart| -> XmlName { part.wrapper.unwrap_or(part.name) };
    let elements = parts.iter().enumerate().filter(|(_, part)| part.kind == XmlKind::Element);
    let fitting =
        elements.filter_map(|(index, part)| Some((element.name.fit(&name(part))?, index)));
    // Of equals the first.
    let best = fitting.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, index)| index)
}

/// The text of an element as a member. One of blanks between children, and none where a number belongs, is no text.
fn text(part: &XmlPart, element: &Element) -> Option<Value> {
    let is_layout = element.is_blank() && !element.children.is_empty();
    let is_absent = element.text.is_empty() && (part.value != XmlValue::Text || !part.required);
    (!is_layout && !is_absent).then(|| scalar(part.value, &element.text))
}

/// The name of an element or attribute that is none of the members, and none of their names in JSON either.
fn unknown(parts: &[&XmlPart], name: &str, mark: &str) -> String {
    match parts.iter().any(|part| part.member == name) {
        true => format!("<{mark}{name}>"),
        false => name.to_owned(),
    }
}

/// A text as its kind of value; as a text if it is none, which the type then refuses.
fn scalar(kind: XmlValue, text: &str) -> Value {
    let trimmed = text.trim_matches(is_blank);
    let value = match (kind, trimmed) {
        (XmlValue::Number, trimmed) => number(trimmed).map(Value::Number),
        (XmlValue::Bool, "true" | "1") => Some(Value::Bool(true)),
        (XmlValue::Bool, "false" | "0") => Some(Value::Bool(false)),
        (XmlValue::Bool | XmlValue::Text | XmlValue::Type(_), _) => None,
    };
    value.unwrap_or_else(|| text.into())
}

/// A number of XML Schema (part 2, sections 3.3.3 and 3.3.5), which has more forms than one of JSON: `+1`, `007`, `.5`.
fn number(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(['e', 'E']).unwrap_or(digits.len());
    let (mantissa, exponent) = digits.split_at_checked(end)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}{exponent}").parse().ok()
}

/// An element of which the document says nothing: its text, or an object of texts and objects.
fn untyped(element: &Element) -> Value {
    if element.attributes.is_empty() && element.children.is_empty() {
        return element.text.as_str().into();
    }
    let mut members = Map::new();
    for (name, value) in &element.attributes {
        members.insert(name.local.clone(), Value::from(value.as_str()));
    }
    for child in &element.children {
        let value = untyped(child);
        match members.get_mut(&child.name.local) {
            Some(Value::List(items)) => items.push(value),
            Some(one) => *one = Value::List(vec![std::mem::take(one), value]),
            None => {
                members.insert(child.name.local.clone(), value);
            }
        }
    }
    Value::Object(members)
}

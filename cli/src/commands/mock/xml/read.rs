//! The value of a body. Scalars are strings, which the schema gives their types.

use super::element::Element;
use serde_json::{Map, Value};
use typewright::api::model::{XmlKind, XmlPart, XmlRecord, XmlTable, XmlValue};

/// Returns the value of a document by its outermost element.
///
/// # Errors
/// The outermost element has another name.
pub fn read(table: &XmlTable, root: &XmlPart, element: &Element) -> Result<Value, String> {
    let name = &root.wrapper.as_ref().unwrap_or(&root.name).local;
    if *name != element.name {
        return Err(format!("expected the element `{name}`, not `{}`", element.name));
    }
    let reader = Reader { table };
    Ok(match root.is_list {
        true => reader.items(root, element),
        false => reader.value(root.value, element),
    })
}

struct Reader<'t> {
    table: &'t XmlTable,
}

impl Reader<'_> {
    fn value(&self, kind: XmlValue, element: &Element) -> Value {
        if element.is_nil {
            return Value::Null;
        }
        match kind {
            XmlValue::Type(index) => {
                let tag = |part: &XmlPart| text_of(part, element).map(|tag| tag.trim().to_owned());
                match super::record(self.table, index, tag) {
                    Some((record, tag)) => self.members(record, tag, element),
                    // the schema refuses the tag
                    None => Value::Object(object(element)),
                }
            }
            XmlValue::Number | XmlValue::Bool if element.children.is_empty() => {
                Value::from(element.text.trim())
            }
            XmlValue::Text | XmlValue::Number | XmlValue::Bool => undocumented(element),
        }
    }

    fn members(&self, record: &XmlRecord, tag: Option<&XmlPart>, element: &Element) -> Value {
        let parts = || record.parts.iter().chain(tag);
        let members =
            parts().filter_map(|part| Some((part.member.clone(), self.member(part, element)?)));
        let mut members: Map<String, Value> = members.collect();
        let is_part = |child: &&Element| {
            let name =
                |part: &XmlPart| part.wrapper.as_ref().unwrap_or(&part.name).local == child.name;
            parts().any(|part| part.kind == XmlKind::Element && name(part))
        };
        for child in element.children.iter().filter(|child| !is_part(child)) {
            let value = match &record.rest {
                Some(rest) if rest.is_list => self.items(&named(rest, &child.name), element),
                Some(rest) => self.value(rest.value, child),
                None => undocumented(child),
            };
            members.insert(child.name.clone(), value);
        }
        Value::Object(members)
    }

    fn member(&self, part: &XmlPart, element: &Element) -> Option<Value> {
        if part.kind != XmlKind::Element {
            return text_of(part, element).map(Value::from);
        }
        if part.is_list {
            let parent = match &part.wrapper {
                Some(wrapper) => element.children_of(&wrapper.local).next()?,
                None => element,
            };
            let items = self.items(part, parent);
            let is_empty = items.as_array().is_some_and(Vec::is_empty);
            return (part.wrapper.is_some() || part.required || !is_empty).then_some(items);
        }
        let mut values =
            element.children_of(&part.name.local).map(|child| self.value(part.value, child));
        let first = values.next()?;
        let others: Vec<_> = values.collect();
        match others.is_empty() {
            true => Some(first),
            // the schema refuses several
            false => Some(std::iter::once(first).chain(others).collect()),
        }
    }

    fn items(&self, part: &XmlPart, parent: &Element) -> Value {
        if parent.is_nil {
            return Value::Null;
        }
        parent.children_of(&part.name.local).map(|child| self.value(part.value, child)).collect()
    }
}

/// Returns a part of a name of its own.
fn named(part: &XmlPart, name: &str) -> XmlPart {
    let mut part = part.clone();
    name.clone_into(&mut part.name.local);
    part
}

/// Returns the text of a part without parts of its own.
fn text_of<'e>(part: &'e XmlPart, element: &'e Element) -> Option<&'e str> {
    let name = &part.name.local;
    match part.kind {
        XmlKind::Attribute => element.attribute(name),
        XmlKind::Element => element.children_of(name).next().map(|child| child.text.as_str()),
        XmlKind::Text | XmlKind::Cdata => {
            Some(element.text.as_str()).filter(|text| part.required || !text.trim().is_empty())
        }
    }
}

/// Returns the value of an element of which the document says nothing: its text, or an object of its elements.
fn undocumented(element: &Element) -> Value {
    match element.children.is_empty() {
        true => Value::from(element.text.as_str()),
        false => Value::Object(object(element)),
    }
}

fn object(element: &Element) -> Map<String, Value> {
    element.children.iter().map(|child| (child.name.clone(), undocumented(child))).collect()
}

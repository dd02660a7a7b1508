//! The table of names: what each member of each type is in XML.

use super::names;
use crate::api::model::{
    AdditionalProperties, ChoiceBase, Object, Owner, SchemaId, Schemas, Shape, Tagging, Union, Use,
    XmlKind, XmlName, XmlPart, XmlRecord, XmlTable, XmlType, XmlValue,
};
use std::collections::BTreeMap;

/// Maximum number of aliases, or levels of unions of texts, that are followed.
const MAX_DEPTH: usize = 64;

/// The reason why a body has no form in XML that its schema decides.
pub(super) struct Reason(pub String);

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A table in progress.
pub(super) struct Builder<'a> {
    schemas: &'a Schemas,
    types: Vec<Option<XmlType>>,
    roots: Vec<XmlPart>,
    indexes: BTreeMap<SchemaId, usize>,
    /// Namespaces of prefixes. A prefix stands for one in all of the table, as an element can declare it once.
    prefixes: BTreeMap<String, String>,
    /// Types that have an index and wait for their parts.
    pending: Vec<SchemaId>,
}

impl<'a> Builder<'a> {
    pub fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            types: Vec::new(),
            roots: Vec::new(),
            indexes: BTreeMap::new(),
            prefixes: BTreeMap::new(),
            pending: Vec::new(),
        }
    }

    /// Returns the index of a body's outermost element.
    ///
    /// # Errors
    /// The schema does not decide the form of the body, or of a part of it. The table is as before.
    pub fn root(&mut self, used: &Use) -> Result<usize, Reason> {
        let (count, prefixes) = (self.types.len(), self.prefixes.clone());
        let root = self.part_of_root(used).and_then(|root| {
            while let Some(id) = self.pending.pop() {
                let made = self.made(id)?;
                let index = self.indexes.get(&id).copied().unwrap_or_default();
                if let Some(place) = self.types.get_mut(index) {
                    *place = Some(made);
                }
            }
            Ok(root)
        });
        let root = match root {
            Ok(root) => root,
            Err(reason) => {
                self.types.truncate(count);
                self.indexes.retain(|_, index| *index < count);
                self.pending.clear();
                self.prefixes = prefixes;
                return Err(reason);
            }
        };
        let known = self.roots.iter().position(|known| *known == root);
        Ok(known.unwrap_or_else(|| {
            self.roots.push(root);
            self.roots.len() - 1
        }))
    }

    pub fn finish(self) -> XmlTable {
        XmlTable { types: self.types.into_iter().flatten().collect(), roots: self.roots }
    }

    /// Returns the outermost element: with the name of its schema, or else of its component.
    fn part_of_root(&mut self, used: &Use) -> Result<XmlPart, Reason> {
        let at = &used.at.pointer;
        let xml = names::xml(self.schemas, used);
        let is_named = xml.name.is_some();
        let schema = self.schemas.get(used.schema);
        let component = schema.and_then(|schema| match &schema.owner {
            Owner::Component(name) => Some(name.as_str()),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => None,
        });
        if !is_named && component.is_none() {
            return Err(Reason("nothing names its outermost element, as `xml.name` does".into()));
        }
        if !is_named && scalar(self.schemas, used).is_some() {
            return Err(Reason("a text without `xml.name` may be a whole document".into()));
        }
        let part = self.part("", component.unwrap_or_default(), used, true)?;
        match part.kind {
            XmlKind::Element if part.is_list && part.wrapper.is_none() => {
                Err(Reason(format!("no element is around the list `#{at}`, as `wrapped` says")))
            }
            XmlKind::Element => Ok(XmlPart { required: false, ..part }),
            XmlKind::Attribute | XmlKind::Text | XmlKind::Cdata => {
                Err(Reason(format!("`#{at}` is no element")))
            }
        }
    }

    /// Returns a member.
    fn part(
        &mut self,
        member: &str,
        implied: &str,
        used: &Use,
        required: bool,
    ) -> Result<XmlPart, Reason> {
        let at = &used.at.pointer;
        let xml = names::xml(self.schemas, used);
        if let Some(Shape::List(list)) = self.shape(used) {
            return self.list(member, implied, (used, &list.item), required);
        }
        let kind = match xml.node.as_deref() {
            None | Some("element") => XmlKind::Element,
            Some("attribute") => XmlKind::Attribute,
            Some("text") => XmlKind::Text,
            Some("cdata") => XmlKind::Cdata,
            Some(_) => return Err(Reason(format!("`#{at}` is no node of its own"))),
        };
        let name = match kind {
            XmlKind::Text | XmlKind::Cdata => XmlName::default(),
            XmlKind::Element | XmlKind::Attribute => names::name(&xml, implied, at)?,
        };
        if kind == XmlKind::Attribute && name.namespace.is_some() && name.prefix.is_none() {
            return Err(Reason(format!("the attribute `#{at}` has a namespace without a prefix")));
        }
        self.declare(&name, at)?;
        let value = self.value(used)?;
        if kind != XmlKind::Element && matches!(value, XmlValue::Type(_)) {
            return Err(Reason(format!("`#{at}` is an object, which is an element")));
        }
        let member = member.to_owned();
        Ok(XmlPart { member, kind, name, value, is_list: false, required, wrapper: None })
    }

    /// Returns a member that is a list: an element for each item, in an element around them if the list is one itself.
    fn list(
        &mut self,
        member: &str,
        implied: &str,
        (used, item): (&Use, &Use),
        required: bool,
    ) -> Result<XmlPart, Reason> {
        let at = &used.at.pointer;
        let xml = names::xml(self.schemas, used);
        let wrapper = match xml.node.as_deref() {
            None | Some("none") => None,
            Some("element") => Some(names::name(&xml, implied, at)?),
            Some(_) => return Err(Reason(format!("the list `#{at}` is neither element nor none"))),
        };
        if let Some(Shape::List(_)) = self.shape(item) {
            return Err(Reason(format!("`#{at}` is a list of lists")));
        }
        let implied = wrapper.as_ref().map_or(implied, |wrapper| &wrapper.local).to_owned();
        let part = self.part(member, &implied, item, required)?;
        if part.kind != XmlKind::Element {
            return Err(Reason(format!("the items of `#{at}` are no elements")));
        }
        if let Some(wrapper) = &wrapper {
            self.declare(wrapper, at)?;
        }
        Ok(XmlPart { is_list: true, wrapper, ..part })
    }

    /// Records the namespace of a prefix.
    fn declare(&mut self, name: &XmlName, at: &str) -> Result<(), Reason> {
        let (Some(prefix), Some(namespace)) = (&name.prefix, &name.namespace) else {
            return Ok(());
        };
        let known = self.prefixes.entry(prefix.clone()).or_insert_with(|| namespace.clone());
        match known == namespace {
            true => Ok(()),
            false => Err(Reason(format!("the prefix `{prefix}` of `#{at}` has two namespaces"))),
        }
    }

    /// Returns the shape of a use, aliases followed.
    fn shape(&self, used: &Use) -> Option<&'a Shape> {
        resolve(self.schemas, used).and_then(|id| self.schemas.get(id)).map(|schema| &schema.shape)
    }

    /// Returns what a value is; a type is added to the table.
    fn value(&mut self, used: &Use) -> Result<XmlValue, Reason> {
        if let Some(value) = scalar(self.schemas, used) {
            return Ok(value);
        }
        let at = &used.at.pointer;
        let id = resolve(self.schemas, used);
        match (id, self.shape(used)) {
            (Some(id), Some(Shape::Object(_) | Shape::Union(_))) => Ok(self.index(id)),
            (_, Some(Shape::Any(_))) => {
                Err(Reason(format!("`#{at}` allows any value, which XML does not tell apart")))
            }
            (_, Some(Shape::Tuple(_))) => {
                Err(Reason(format!("the items of `#{at}` differ by their position")))
            }
            (_, Some(Shape::Choice(_))) => {
                Err(Reason(format!("the values of `#{at}` differ in their type")))
            }
            (_, _) => Err(Reason(format!("`#{at}` has no value"))),
        }
    }

    fn index(&mut self, id: SchemaId) -> XmlValue {
        let index = *self.indexes.entry(id).or_insert_with(|| {
            self.types.push(None);
            self.pending.push(id);
            self.types.len() - 1
        });
        XmlValue::Type(index)
    }

    /// Returns the type of a schema.
    fn made(&mut self, id: SchemaId) -> Result<XmlType, Reason> {
        let schema = self.schemas.get(id);
        let at = schema.map_or("", |schema| &schema.at.pointer);
        match schema.map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => self.record(id, object).map(XmlType::Record),
            Some(Shape::Union(union)) => self.choice(union, at),
            Some(_) | None => Err(Reason(format!("`#{at}` is no object"))),
        }
    }

    fn record(&mut self, id: SchemaId, object: &Object) -> Result<XmlRecord, Reason> {
        let mut parts: Vec<XmlPart> = Vec::with_capacity(object.properties.len());
        for (name, property) in &object.properties {
            let part = self.part(name, name, &property.value, property.required)?;
            if let Some(other) = parts.iter().find(|other| is_same_node(other, &part)) {
                let at = &property.value.at.pointer;
                return Err(Reason(format!("`#{at}` is the same node as `{}`", other.member)));
            }
            parts.push(part);
        }
        let rest = match &object.additional {
            AdditionalProperties::Retained(used) => Some(self.rest(used)?),
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
        };
        let closed = matches!(object.additional, AdditionalProperties::Forbidden);
        Ok(XmlRecord { schema: id, parts, rest, closed })
    }

    /// Returns the further elements of an object, which have names of their own.
    fn rest(&mut self, used: &Use) -> Result<XmlPart, Reason> {
        let part = self.part("", "_", used, false)?;
        let is_plain = part.name == XmlName { local: "_".to_owned(), ..XmlName::default() };
        match part.kind == XmlKind::Element && part.wrapper.is_none() && is_plain {
            true => Ok(part),
            false => {
                let at = &used.at.pointer;
                Err(Reason(format!("`#{at}` gives one name to properties of several")))
            }
        }
    }

    /// Returns a union of objects by a property, which has to be the same node in all of them.
    fn choice(&mut self, union: &Union, at: &str) -> Result<XmlType, Reason> {
        let Tagging::Property { name, .. } = &union.tagging else {
            return Err(Reason(format!("no property tells the variants of `#{at}` apart")));
        };
        if union.has_shared_tags() {
            return Err(Reason(format!("several variants of `#{at}` have the same tag")));
        }
        let mut tag: Option<XmlPart> = None;
        let mut cases = Vec::new();
        for variant in &union.variants {
            let Some(Shape::Object(object)) = self.shape(&variant.value) else {
                return Err(Reason(format!("a variant of `#{at}` is no object")));
            };
            let part = match object.properties.get(name) {
                Some(property) => self.part(name, name, &property.value, true)?,
                None => XmlPart {
                    member: name.clone(),
                    kind: XmlKind::Element,
                    name: names::name(&Default::default(), name, at)?,
                    value: XmlValue::Text,
                    is_list: false,
                    required: true,
                    wrapper: None,
                },
            };
            if tag.get_or_insert_with(|| part.clone()) != &part {
                return Err(Reason(format!("`{name}` differs in the variants of `#{at}`")));
            }
            let XmlValue::Type(index) = self.value(&variant.value)? else {
                return Err(Reason(format!("a variant of `#{at}` is no object")));
            };
            cases.extend(variant.tags.iter().map(|tag| (tag.clone(), index)));
        }
        let tag = tag.filter(|tag| !tag.is_list && !matches!(tag.value, XmlValue::Type(_)));
        let tag = tag.ok_or_else(|| Reason(format!("`{name}` of `#{at}` is no text")))?;
        Ok(XmlType::Choice(tag, cases))
    }
}

/// `true` if a reader could not tell two members apart.
fn is_same_node(one: &XmlPart, other: &XmlPart) -> bool {
    let is_text = |part: &XmlPart| matches!(part.kind, XmlKind::Text | XmlKind::Cdata);
    let name = |part: &XmlPart| {
        let name = part.wrapper.as_ref().unwrap_or(&part.name);
        (name.local.clone(), name.namespace.clone())
    };
    match is_text(one) || is_text(other) {
        true => is_text(one) && is_text(other),
        false => one.kind == other.kind && name(one) == name(other),
    }
}

/// Returns the schema of a use, aliases followed.
fn resolve(schemas: &Schemas, used: &Use) -> Option<SchemaId> {
    let mut id = used.schema;
    for _ in 0..MAX_DEPTH {
        let Shape::Alias(target) = &schemas.get(id)?.shape else {
            return Some(id);
        };
        id = target.schema;
    }
    None
}

/// Returns what the text of a value without parts is; `None` for any other value.
pub(super) fn scalar(schemas: &Schemas, used: &Use) -> Option<XmlValue> {
    let mut value = None;
    let mut pending = vec![(used, 0)];
    while let Some((used, level)) = pending.pop() {
        let one = match &schemas.get(resolve(schemas, used)?)?.shape {
            Shape::Bool => XmlValue::Bool,
            Shape::Integer(_) | Shape::Number(_) => XmlValue::Number,
            Shape::Text(_) => XmlValue::Text,
            Shape::Choice(choice) => match choice.base {
                ChoiceBase::Text => XmlValue::Text,
                ChoiceBase::Integer => XmlValue::Number,
                ChoiceBase::Bool => XmlValue::Bool,
                ChoiceBase::Mixed => return None,
            },
            Shape::Union(union) if level < MAX_DEPTH => {
                let variants = union.variants.iter();
                pending.extend(variants.map(|variant| (&variant.value, level + 1)));
                continue;
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_) => return None,
        };
        if *value.get_or_insert(one) != one {
            return None;
        }
    }
    value
}

//! Parts of forms and multipart bodies: how they are written, and which of them are files.

use super::content::is_octets;
use super::parameter::{nested_styles, query_style};
use super::OperationLowering;
use crate::api::keywords::{Keywords, Properties};
use crate::api::model::{
    Access, AnyReason, Api, Body, Codec, Content, Json, Object, OrderedParts, Owner,
    ParameterEncoding, Part, SchemaId, Schemas, Shape, Style, TextFormat, Use,
};
use crate::api::schema::merge::merge_one;
use crate::api::schema_source::{join, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{Encoding, Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Schema};

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the encoding of parts: as declared, else by the media types of files.
    pub(super) fn parts(&mut self, at: &str, media: &'a MediaType, codec: Codec) -> Vec<Part> {
        let at = join(at, "encoding");
        let mut parts = Vec::with_capacity(media.encoding.len());
        for (name, encoding) in &media.encoding {
            parts.push(self.part(&join(&at, name), name, encoding).0);
        }
        let properties = self.direct_properties(media);
        for (name, property) in properties.into_iter().flatten() {
            let is_multipart = matches!(codec, Codec::FormData | Codec::Multipart);
            let Some(file) = self.file_type(property).filter(|_| is_multipart) else {
                continue;
            };
            match parts.iter_mut().find(|part| part.name == *name) {
                Some(part) => drop(part.content_type.get_or_insert(file)),
                None => parts.push(Part {
                    name: name.clone(),
                    content_type: Some(file),
                    ..Part::default()
                }),
            }
        }
        for part in &mut parts {
            if let (
                Some(ReferenceOr::Item(schema)),
                Some(ParameterEncoding::Style { nested, .. }),
            ) = (properties.and_then(|all| all.get(&part.name)), &mut part.encoding)
            {
                *nested = nested_styles(schema);
            }
        }
        parts
    }

    /// Returns the properties that the schema of a body declares itself.
    fn direct_properties(&self, media: &'a MediaType) -> Option<&'a Properties> {
        let schema = self.schemas.resolver.value(media.schema.as_ref()?)?;
        Some(&schema.keywords().properties)
    }

    /// Returns the `contentMediaType` of a file, or of each file of a list.
    fn file_type(&self, property: &'a ReferenceOr<Box<Schema>>) -> Option<String> {
        let resolve = |schema: &'a ReferenceOr<Box<Schema>>| match schema {
            ReferenceOr::Item(schema) => Some(&**schema),
            ReferenceOr::Reference { reference } => {
                self.schemas.resolver.schema(reference)?.schema()
            }
        };
        let schema = resolve(property)?;
        let schema = match &schema.keywords().items {
            Some(items) => resolve(items)?,
            None => schema,
        };
        let media_type = schema.extension(keys::CONTENT_MEDIA_TYPE)?.as_str()?;
        is_octets(schema).then(|| media_type.to_owned())
    }

    /// Lowers the encoding of the parts of a list (3.2 `prefixEncoding`, `itemEncoding`).
    pub(super) fn ordered_parts(
        &mut self,
        at: &str,
        media: &'a MediaType,
        codec: Codec,
        owner: &Owner,
    ) -> Option<OrderedParts> {
        let [prefix, item] = [keys::PREFIX_ENCODING, keys::ITEM_ENCODING]
            .map(|key| media.extensions.get(key).map(|json| (join(at, key), json)));
        let (place, _) = prefix.as_ref().or(item.as_ref())?;
        if let Some(obstacle) = self.obstacle_to_parts(media, codec, owner) {
            self.schemas.report(codes::ENCODING_OF_PARTS, place, obstacle);
            return None;
        }
        let mut ordered = OrderedParts::default();
        if let Some((at, Json::Array(list))) = prefix {
            for (index, json) in list.iter().enumerate() {
                let (part, needs_caller) =
                    self.unnamed_part(&join(&at, &index.to_string()), json)?;
                ordered.first.push(part);
                ordered.needs_caller |= needs_caller;
            }
        }
        if let Some((at, json)) = item {
            let (part, needs_caller) = self.unnamed_part(&at, json)?;
            ordered.others = Some(part);
            ordered.needs_caller |= needs_caller;
        }
        Some(ordered)
    }

    /// Returns why the encoding of a list's parts has no effect.
    fn obstacle_to_parts(
        &self,
        media: &'a MediaType,
        codec: Codec,
        owner: &Owner,
    ) -> Option<&'static str> {
        if !matches!(codec, Codec::FormData | Codec::Multipart) {
            return Some("this media type has no parts");
        }
        if owner.is_response() {
            return Some("a multipart response is handed over as bytes");
        }
        let source = SchemaSource::new(String::new(), media.schema.as_ref()?);
        let types = merge_one(self.schemas.resolver, &source).inferred_types();
        (types != TypeSet::LIST && types != TypeSet::ALL)
            .then_some("this body is not a list of parts")
    }

    fn unnamed_part(&mut self, at: &str, json: &'a Json) -> Option<(Part, bool)> {
        let Ok(encoding) = serde_json::from_value(json.clone()) else {
            self.schemas.report(codes::ENCODING_OF_PARTS, at, "this is not an encoding");
            return None;
        };
        Some(self.part(at, "", &encoding))
    }

    /// Lowers the encoding of a part; the flag is `true` if the caller must provide some of it.
    fn part(&mut self, at: &str, name: &str, encoding: &Encoding) -> (Part, bool) {
        let (headers, needs_headers) = self.part_headers(&join(at, "headers"), encoding);
        let nested = [keys::ENCODING, keys::PREFIX_ENCODING, keys::ITEM_ENCODING]
            .into_iter()
            .find(|key| encoding.extensions.contains_key(*key));
        if let Some(key) = nested {
            let message = "the caller provides the parts of this part";
            self.schemas.report(codes::ENCODING_OF_PARTS, &join(at, key), message);
        }
        let part = Part {
            name: name.to_owned(),
            content_type: encoding.content_type.clone(),
            encoding: part_encoding(encoding),
            headers,
        };
        (part, needs_headers || nested.is_some())
    }

    /// Returns the headers of a part that allow only one value; the flag is `true` if there are others, which the
    /// caller provides.
    fn part_headers(&mut self, at: &str, encoding: &Encoding) -> (Vec<(String, String)>, bool) {
        let mut headers = Vec::new();
        let mut needs_caller = false;
        for (name, header) in &encoding.headers {
            // OpenAPI 3.2, section 4.15.1.1: the media type is described separately.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = join(at, name);
            match self.constant_header(&at, header) {
                Some(value) => headers.push((name.clone(), value)),
                None => {
                    needs_caller = true;
                    let message = format!("the caller provides `{name}`");
                    self.schemas.report(codes::PART_HEADER, &at, message);
                }
            }
        }
        (headers, needs_caller)
    }

    /// Returns the value of a required header that allows no other.
    fn constant_header(&self, at: &str, header: &ReferenceOr<Header>) -> Option<String> {
        let resolver = self.schemas.resolver;
        let header = resolver.resolve(at.to_owned(), header)?.value;
        let ParameterSchemaOrContent::Schema(schema) = &header.format else {
            return None;
        };
        let schema = resolver.value(schema).filter(|_| header.required)?;
        // The schemas in `prefixEncoding` and `itemEncoding` are read by openapiv3 and not in the normal form; as JSON,
        // both look the same.
        let schema = serde_json::to_value(schema).ok()?;
        match schema.get("enum")?.as_array()?.as_slice() {
            [Json::String(only)] => Some(only.clone()),
            _ => None,
        }
    }
}

fn part_encoding(encoding: &Encoding) -> Option<ParameterEncoding> {
    let named = encoding.extensions.get(keys::STYLE).and_then(Json::as_str);
    let declared = named.and_then(Style::named).or(encoding.style.as_ref().map(query_style));
    let explode = encoding.extensions.get(keys::EXPLODE).and_then(Json::as_bool);
    let is_declared = declared.is_some() || explode.is_some() || encoding.allow_reserved;
    let style = declared.unwrap_or(Style::Form);
    is_declared.then(|| ParameterEncoding::Style {
        explode: explode.unwrap_or(encoding.explode || style == Style::Form),
        style,
        allow_reserved: encoding.allow_reserved,
        allow_empty: false,
        nested: Vec::new(),
    })
}

/// A property of a multipart body.
#[derive(Clone, Copy, Debug)]
pub struct BodyPart<'a> {
    /// Name on the wire.
    pub name: &'a str,
    /// `true` if a body without it is invalid.
    pub required: bool,
    /// Schema.
    pub value: &'a Use,
    /// Kind of part.
    pub kind: PartKind,
}

/// Kind of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A value: text or JSON.
    Value,
    /// A file.
    File,
    /// Several files.
    Files,
}

/// Returns the parts of a body that has multipart as its only media type, and a file among its properties.
pub fn body_parts<'a>(api: &'a Api, body: &'a Body) -> Option<Vec<BodyPart<'a>>> {
    let [content] = body.contents.as_slice() else {
        return None;
    };
    let mut parts = content_parts(api, content);
    for part in &mut parts {
        part.required &= body.required;
    }
    parts.iter().any(|part| part.kind != PartKind::Value).then_some(parts)
}

/// Returns the described parts of a multipart body; none if it is not an object.
pub fn content_parts<'a>(api: &'a Api, content: &'a Content) -> Vec<BodyPart<'a>> {
    if !matches!(content.codec, Codec::FormData | Codec::Multipart) {
        return Vec::new();
    }
    let value = content.value.as_ref();
    let Some(object) = value.and_then(|value| object(&api.schemas, value.schema)) else {
        return Vec::new();
    };
    let properties = object.properties.iter();
    properties
        .filter(|(_, property)| property.value.access != Access::ReadOnly)
        .map(|(name, property)| BodyPart {
            name,
            required: property.required,
            value: &property.value,
            kind: part_kind(&api.schemas, content, name, &property.value),
        })
        .collect()
}

/// `true` if the values of a schema are objects, aliases resolved.
pub fn is_object(schemas: &Schemas, id: SchemaId) -> bool {
    object(schemas, id).is_some()
}

fn object(schemas: &Schemas, id: SchemaId) -> Option<&Object> {
    let Shape::Object(object) = &schemas.resolved(id)?.shape else {
        return None;
    };
    Some(object)
}

fn part_kind(schemas: &Schemas, content: &Content, name: &str, value: &Use) -> PartKind {
    let part = content.parts.iter().find(|part| part.name == name);
    match schemas.get(value.schema).map(|schema| &schema.shape) {
        Some(Shape::List(list)) if is_file(schemas, list.item.schema, part) => PartKind::Files,
        Some(_) if is_file(schemas, value.schema, part) => PartKind::File,
        Some(_) | None => PartKind::Value,
    }
}

/// `true` if a part is not a value: bytes, or parts itself.
fn is_file(schemas: &Schemas, id: SchemaId, part: Option<&Part>) -> bool {
    let content_type = part.and_then(|part| part.content_type.as_deref());
    if content_type.is_some_and(|text| text.trim_start().starts_with("multipart/")) {
        return true;
    }
    match schemas.resolved(id).map(|schema| &schema.shape) {
        Some(Shape::Text(TextFormat::Binary)) => true,
        Some(Shape::Text(_) | Shape::Any(AnyReason::Unconstrained)) => {
            content_type.is_some_and(is_binary)
        }
        Some(_) | None => false,
    }
}

/// `true` if the caller provides the parts of a multipart body one by one in a list, because no value has all of them.
pub fn is_made_of_parts(api: &Api, content: &Content) -> bool {
    let schemas = &api.schemas;
    let ordered = content.ordered.as_ref();
    let is_file_at = |usage: &Use, index: usize| {
        let part = ordered.and_then(|all| all.first.get(index).or(all.others.as_ref()));
        is_file(schemas, usage.schema, part)
    };
    // The encodings of the first parts apply to some of the items too.
    let first = 0..=ordered.map_or(0, |ordered| ordered.first.len());
    let may_be_file = |usage: &Use| first.clone().any(|index| is_file_at(usage, index));
    let value = content.value.as_ref();
    let shape = value.and_then(|value| schemas.get(value.schema)).map(|schema| &schema.shape);
    let has_files = match shape {
        Some(Shape::List(list)) => may_be_file(&list.item),
        Some(Shape::Tuple(tuple)) => {
            let mut items = tuple.items.iter().chain(&tuple.additional).enumerate();
            items.any(|(index, item)| is_file_at(item, index))
        }
        Some(_) => return false,
        None => content.item.as_ref().is_none_or(may_be_file),
    };
    content.codec == Codec::FormData
        || has_files
        || ordered.is_some_and(|ordered| ordered.needs_caller)
}

/// `true` if no media type in a `contentType` is text.
fn is_binary(content_type: &str) -> bool {
    let is_text = |media_type: &str| {
        let media_type = media_type.trim();
        media_type.starts_with("text/")
            || media_type.ends_with("json")
            || media_type.ends_with("xml")
    };
    !content_type.split(',').any(is_text)
}

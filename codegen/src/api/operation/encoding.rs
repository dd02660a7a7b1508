//! How the properties of forms and multipart bodies are written (OpenAPI 3.1, section 4.8.15).

use super::media_type::{is_binary, style};
use super::parameter::named_style;
use crate::api::model::{
    Codec, Json, OrderedParts, Owner, ParameterEncoding, Part, Role, Section, Style,
};
use crate::api::resolve::Resolver;
use crate::api::schema::facts::{keywords, Facts, Properties};
use crate::api::schema::{gather, Kinds, Lowering};
use crate::api::schema_location::{join, Source};
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{Encoding, Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Schema};

impl<'a> Lowering<'a, '_> {
    /// What is said of parts: by their encoding, else by the schemas of files.
    pub(super) fn parts(&mut self, at: &str, media: &'a MediaType, codec: Codec) -> Vec<Part> {
        let at = join(at, "encoding");
        let mut parts = Vec::with_capacity(media.encoding.len());
        for (name, encoding) in &media.encoding {
            parts.push(self.written(&join(&at, name), name, encoding).0);
        }
        if matches!(codec, Codec::FormData | Codec::Multipart) {
            self.files(media, &mut parts);
        }
        for part in &mut parts {
            let property = self
                .own_properties(media)
                .and_then(|all| all.get(&part.name));
            if let (
                Some(ReferenceOr::Item(schema)),
                Some(ParameterEncoding::Style { nested, .. }),
            ) = (property, &mut part.encoding)
            {
                *nested = super::parameter::nested(schema);
            }
        }
        parts
    }

    /// The properties that the schema of a form or multipart body has itself.
    fn own_properties(&self, media: &'a MediaType) -> Option<&'a Properties> {
        let schema = self.resolver.schema_of(media.schema.as_ref()?)?;
        Facts::of(schema).properties
    }

    /// The media types of files that only `contentMediaType` tells.
    fn files(&self, media: &'a MediaType, parts: &mut Vec<Part>) {
        for (name, property) in self.own_properties(media).into_iter().flatten() {
            let Some(kind) = self.boxed(property).and_then(|schema| self.file(schema)) else {
                continue;
            };
            match parts.iter_mut().find(|part| part.name == *name) {
                Some(part) => drop(part.content_type.get_or_insert(kind)),
                None => parts.push(Part {
                    name: name.clone(),
                    content_type: Some(kind),
                    ..Part::default()
                }),
            }
        }
    }

    fn boxed(&self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<&'a Schema> {
        match schema {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => self.resolver.schema(reference)?.schema(),
        }
    }

    /// The media type of a file, or of each of a list of files.
    fn file(&self, schema: &'a Schema) -> Option<String> {
        let schema = match &keywords(schema).items {
            Some(items) => self.boxed(items)?,
            None => schema,
        };
        let media_type = schema.schema_data.extensions.get(keys::CONTENT_MEDIA_TYPE);
        let media_type = media_type.filter(|_| is_binary(schema))?.as_str()?;
        Some(media_type.to_owned())
    }

    /// How the parts of a list are written (3.2 `prefixEncoding`, `itemEncoding`).
    pub(super) fn ordered_parts(
        &mut self,
        at: &str,
        media: &'a MediaType,
        (codec, owner): (Codec, &Owner),
    ) -> Option<OrderedParts> {
        let said = [keys::PREFIX_ENCODING, keys::ITEM_ENCODING];
        let said = said.map(|key| (join(at, key), media.extensions.get(key)));
        let (place, _) = said.iter().find(|(_, value)| value.is_some())?;
        if let Some(why) = self.unordered(media, (codec, owner)) {
            self.report(codes::ENCODING_OF_PARTS, place, why);
            return None;
        }
        let mut ordered = OrderedParts::default();
        let [(prefix_at, prefix), (item_at, item)] = said;
        for (index, json) in prefix
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let (part, given) = self.unnamed_part(&join(&prefix_at, &index.to_string()), json)?;
            ordered.first.push(part);
            ordered.needs_caller |= given;
        }
        if let Some(json) = item {
            let (part, given) = self.unnamed_part(&item_at, json)?;
            ordered.others = Some(part);
            ordered.needs_caller |= given;
        }
        Some(ordered)
    }

    /// Why nothing follows what is said of the parts of a list.
    fn unordered(
        &self,
        media: &'a MediaType,
        (codec, owner): (Codec, &Owner),
    ) -> Option<&'static str> {
        let is_reply = matches!(
            owner,
            Owner::Operation(_, Role::Response(..)) | Owner::Shared(Section::Response(_), _)
        );
        let schema = media.schema.as_ref();
        let schema = schema.map(|schema| Source::new(String::new(), schema));
        let is_list = schema.is_none_or(|schema| {
            let kinds = gather(self.resolver, &[schema]).inferred();
            kinds == Kinds::LIST || kinds == Kinds::ALL
        });
        match codec {
            Codec::FormData | Codec::Multipart if is_reply => {
                Some("a reply in parts is handed over as bytes")
            }
            Codec::FormData | Codec::Multipart if is_list => None,
            Codec::FormData | Codec::Multipart => Some("this body is no list of parts"),
            Codec::Json
            | Codec::Form
            | Codec::Text
            | Codec::EventStream
            | Codec::JsonLines
            | Codec::Bytes => Some("this media type has no parts"),
        }
    }

    fn unnamed_part(&mut self, at: &str, json: &'a Json) -> Option<(Part, bool)> {
        let encoding = serde_json::from_value(json.clone());
        match encoding {
            Ok(encoding) => Some(self.written(at, "", &encoding)),
            Err(_) => {
                self.report(codes::ENCODING_OF_PARTS, at, "this is no encoding");
                None
            }
        }
    }

    /// How a part is written, and whether something of it is left to the caller.
    fn written(&mut self, at: &str, name: &str, encoding: &Encoding) -> (Part, bool) {
        let headers = self.part_headers(at, encoding);
        let nested = [keys::ENCODING, keys::PREFIX_ENCODING, keys::ITEM_ENCODING];
        let nested = nested
            .iter()
            .find(|key| encoding.extensions.contains_key(**key));
        if let Some(key) = nested {
            let message = "the parts of this part are for the caller to give";
            self.report(codes::ENCODING_OF_PARTS, &join(at, key), message);
        }
        let described = encoding.headers.keys();
        let described = described.filter(|name| !name.eq_ignore_ascii_case("content-type"));
        let given = nested.is_some() || described.count() > headers.len();
        let part = part(name, encoding);
        (Part { headers, ..part }, given)
    }

    /// The headers of a part that have but one value; the others are the caller's.
    fn part_headers(&mut self, at: &str, encoding: &Encoding) -> Vec<(String, String)> {
        let at = join(at, "headers");
        let resolver: Resolver<'_> = self.resolver;
        let mut headers = Vec::new();
        for (name, header) in &encoding.headers {
            // OpenAPI 3.0, section 4.7.15: the media type is described separately.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = join(&at, name);
            let found = resolver.header(at.clone(), header);
            match found.and_then(|found| only_value(resolver, found.thing)) {
                Some(value) => headers.push((name.clone(), value)),
                None => {
                    let message = format!("`{name}` is for the caller to give");
                    self.report(codes::PART_HEADER, &at, message);
                }
            }
        }
        headers
    }
}

/// The value of a header that is always there and can have no other.
fn only_value<'h>(resolver: Resolver<'h>, header: &'h Header) -> Option<String> {
    let ParameterSchemaOrContent::Schema(schema) = &header.format else {
        return None;
    };
    let schema = resolver.schema_of(schema).filter(|_| header.required)?;
    // read from JSON, since openapiv3 itself has read the schemas in `prefixEncoding` and `itemEncoding`, as other kinds
    let schema = serde_json::to_value(schema).ok()?;
    match schema.get("enum")?.as_array()?.as_slice() {
        [Json::String(only)] => Some(only.clone()),
        _ => None,
    }
}

fn part(name: &str, encoding: &Encoding) -> Part {
    let named = encoding.extensions.get(keys::STYLE);
    let named = named.and_then(Json::as_str).and_then(named_style);
    let style = named.or(encoding.style.as_ref().map(style));
    let written = encoding.extensions.get(keys::EXPLODE);
    let written = written.and_then(Json::as_bool);
    let said = style.is_some() || written.is_some() || encoding.allow_reserved;
    let style = style.unwrap_or(Style::Form);
    Part {
        name: name.to_owned(),
        content_type: encoding.content_type.clone(),
        encoding: said.then(|| ParameterEncoding::Style {
            explode: written.unwrap_or(encoding.explode || style == Style::Form),
            style,
            allow_reserved: encoding.allow_reserved,
            allow_empty: false,
            nested: Vec::new(),
        }),
        headers: Vec::new(),
    }
}

//! How the properties of forms and multipart bodies are written (OpenAPI 3.1, section 4.8.15).

use super::media_type::style;
use super::parameter::named_style;
use crate::api::ir::{Codec, Json, ParameterEncoding, Part, Style};
use crate::api::schema::Lowering;
use crate::api::source::join;
use crate::diagnostics::codes::api as codes;
use crate::dialect::keys;
use openapiv3::{
    Encoding, Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};

impl<'a> Lowering<'a, '_> {
    /// What is said of parts: by their encoding, else by the schemas of files.
    pub(super) fn parts(&mut self, at: &str, media: &'a MediaType, codec: Codec) -> Vec<Part> {
        let at = join(at, "encoding");
        let mut parts = Vec::with_capacity(media.encoding.len());
        for (name, encoding) in &media.encoding {
            let headers = self.part_headers(&join(&at, name), encoding);
            let part = part(name, encoding);
            parts.push(Part { headers, ..part });
        }
        if matches!(codec, Codec::FormData | Codec::Multipart) {
            self.files(media, &mut parts);
        }
        parts
    }

    /// The media types of files that only `contentMediaType` tells.
    fn files(&self, media: &'a MediaType, parts: &mut Vec<Part>) {
        let schema = media.schema.as_ref();
        let schema = schema.and_then(|schema| self.resolver.schema_of(schema));
        let properties = match schema.map(|schema| &schema.schema_kind) {
            Some(SchemaKind::Type(Type::Object(object))) => &object.properties,
            Some(SchemaKind::Any(any)) => &any.properties,
            Some(_) | None => return,
        };
        for (name, property) in properties {
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

    /// What a file is, or each of several.
    fn file(&self, schema: &'a Schema) -> Option<String> {
        let mut schema = schema;
        if let SchemaKind::Type(Type::Array(list)) = &schema.schema_kind {
            schema = self.boxed(list.items.as_ref()?)?;
        }
        let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
            return None;
        };
        let binary = VariantOrUnknownOrEmpty::Item(StringFormat::Binary);
        let kind = schema.schema_data.extensions.get(keys::CONTENT_MEDIA_TYPE);
        let kind = kind.filter(|_| text.format == binary)?.as_str()?;
        Some(kind.to_owned())
    }

    /// The headers of a part that have but one value; the others are the caller's.
    fn part_headers(&mut self, at: &str, encoding: &'a Encoding) -> Vec<(String, String)> {
        let at = join(at, "headers");
        let mut headers = Vec::new();
        for (name, header) in &encoding.headers {
            // OpenAPI 3.0, section 4.7.15: the media type is described separately.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = join(&at, name);
            let found = self.resolver.header(at.clone(), header);
            match found.and_then(|found| self.only_value(found.thing)) {
                Some(value) => headers.push((name.clone(), value)),
                None => {
                    let message = format!("`{name}` is for the caller to give");
                    self.report(codes::PART_HEADER, &at, message);
                }
            }
        }
        headers
    }

    /// The value of a header that is always there and can have no other.
    fn only_value(&self, header: &'a Header) -> Option<String> {
        let ParameterSchemaOrContent::Schema(schema) = &header.format else {
            return None;
        };
        let schema = self
            .resolver
            .schema_of(schema)
            .filter(|_| header.required)?;
        let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
            return None;
        };
        match text.enumeration.as_slice() {
            [Some(only)] => Some(only.clone()),
            _ => None,
        }
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
        }),
        headers: Vec::new(),
    }
}

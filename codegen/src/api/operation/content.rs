//! Content of bodies, by media type; and the choice between several media types of one value.

use super::{response, OperationLowering};
use crate::api::keywords::Keywords;
use crate::api::media_type::{codec, is_binary};
use crate::api::model::{Codec, Content, Owner, Use};
use crate::api::schema_source::{join, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::api::xml;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{MediaType, ReferenceOr, Schema};

/// Content of a body in the document.
pub(super) struct Contents<'a, 'h> {
    /// JSON pointer of `content`.
    pub pointer: String,
    pub by_media_type: &'a openapiv3::Content,
    /// Version of the operation, if it is not the default version of calls.
    pub version: Option<&'h str>,
    /// Determines the owner of an inline schema; receives the media type if there are several that differ.
    pub owner: &'h dyn Fn(Option<String>) -> Owner,
    /// `true` for bodies of operations, which the client writes and reads as XML if there is nothing else.
    pub may_be_xml: bool,
}

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the content of each media type. Media types with equal schemas share one.
    pub(super) fn contents(&mut self, contents: &Contents<'a, '_>) -> Vec<Content> {
        let media_types = self.media_types_in_version(contents);
        let schemas = || media_types.iter().filter_map(|(_, media)| media.schema.as_ref());
        let differ = schemas().zip(schemas().skip(1)).any(|(one, next)| one != next);
        let is_xml = contents.may_be_xml
            && xml::is_only_xml(self.schemas.resolver, media_types.iter().copied());
        let mut seen: Vec<(&'a ReferenceOr<Schema>, Use)> = Vec::new();
        let mut lowered = Vec::with_capacity(media_types.len());
        for (media_type, media) in &media_types {
            let at = join(&contents.pointer, media_type);
            let owner = (contents.owner)(differ.then(|| (*media_type).to_owned()));
            if self.codec(media_type, media) == Codec::EventStream {
                if let Some(data) = self.events_by_name(&at, media, owner.clone()) {
                    lowered.push(Content::events(media_type, data));
                    continue;
                }
            }
            let value = media.schema.as_ref().map(|schema| {
                if let Some((_, used)) = seen.iter().find(|(other, _)| *other == schema) {
                    return used.clone();
                }
                let source = SchemaSource::new(join(&at, "schema"), schema);
                let used = self.schemas.use_at(source, owner.clone());
                seen.push((schema, used.clone()));
                used
            });
            let mut content = self.content(&at, media_type, media, value, owner);
            if is_xml {
                content.codec = Codec::Xml;
            }
            lowered.push(content);
        }
        lowered
    }

    /// Returns the media types of a body that is never sent.
    pub(super) fn media_types(&mut self, contents: &Contents<'a, '_>) -> Vec<Content> {
        let media_types = self.media_types_in_version(contents).into_iter();
        media_types
            .map(|(name, media)| Content::without_schema(name, self.codec(name, media)))
            .collect()
    }

    /// Returns the media types that no other version replaces, or all if the options ask for them; reports the replaced ones that no call can select.
    fn media_types_in_version(
        &mut self,
        contents: &Contents<'a, '_>,
    ) -> Vec<(&'a str, &'a MediaType)> {
        if self.options.every_media_type {
            let all = contents.by_media_type.iter();
            return all.map(|(name, media)| (name.as_str(), media)).collect();
        }
        let names: Vec<_> = contents.by_media_type.keys().map(String::as_str).collect();
        let newest = self.versions.newest(&names, contents.version);
        let mut current = Vec::with_capacity(names.len());
        for ((name, media), newest) in contents.by_media_type.iter().zip(newest) {
            if name == newest {
                current.push((name.as_str(), media));
            } else if contents.version.is_none() && !self.versions.can_select(&names, name) {
                let at = join(&contents.pointer, name);
                let message = format!("`{newest}` is used instead of `{name}`");
                self.schemas.report(codes::OTHER_VERSION, &at, message);
            }
        }
        current
    }

    /// Reports bodies that are handed over as bytes although their media type suggests values.
    pub(super) fn report_bytes(&mut self, at: &str, contents: &[Content]) {
        for content in contents {
            let media_type = &content.media_type;
            let is_undecoded = content.codec == Codec::Bytes && !is_binary(media_type);
            let format = content.value.as_ref().and_then(|value| self.schemas.format(value));
            if is_undecoded && format.as_deref() != Some("binary") {
                let message = format!("`{media_type}` is handed over as bytes");
                self.schemas.report_once(codes::AS_BYTES, &join(at, media_type), message);
            }
        }
    }

    /// Returns the serialization of a media type: JSON if the media type is a wildcard and the schema is not a string;
    /// bytes if the schema is.
    fn codec(&self, media_type: &str, media: &MediaType) -> Codec {
        let declared = media.extensions.get(keys::STREAM);
        if let Some(codec) = declared.and_then(response::stream_codec) {
            return codec;
        }
        let declared_schema = media.schema.as_ref();
        let schema = declared_schema.and_then(|schema| self.schemas.resolver.value(schema));
        let is_wildcard = ["*/*", "*", "application/*"].contains(&media_type);
        let codec = match schema {
            Some(schema) if is_wildcard && !may_be_text(schema) => Codec::Json,
            Some(_) | None => codec(media_type),
        };
        // Any octets are neither JSON nor text (OpenAPI 3.0, section 4.4).
        match schema {
            Some(schema) if matches!(codec, Codec::Json | Codec::Text) && is_octets(schema) => {
                Codec::Bytes
            }
            Some(_) | None => codec,
        }
    }

    fn content(
        &mut self,
        at: &str,
        media_type: &str,
        media: &'a MediaType,
        value: Option<Use>,
        owner: Owner,
    ) -> Content {
        let codec = self.codec(media_type, media);
        let examples = self.named_examples(media.example.as_ref(), &media.examples);
        let values = examples.iter().map(|example| example.value.clone()).collect();
        let value = value.map(|value| value.with_examples(values));
        let ordered = self.ordered_parts(at, media, codec, &owner);
        let item = self.stream_item(at, media, owner);
        let event = item.as_ref().or(value.as_ref()).filter(|_| codec == Codec::EventStream);
        let data = event.and_then(|event| self.event_data(at, event, media));
        Content {
            media_type: media_type.to_owned(),
            codec,
            data,
            value,
            examples,
            item,
            parts: self.parts(at, media, codec),
            ordered,
            xml: None,
        }
    }
}

/// `true` if the schema declares its values as octets.
pub(in crate::api) fn is_octets(schema: &Schema) -> bool {
    let keywords = schema.keywords();
    keywords.typ.as_deref() == Some("string") && keywords.format.as_deref() == Some("binary")
}

/// `true` if the schema is a string, or unconstrained.
fn may_be_text(schema: &Schema) -> bool {
    schema.types() == TypeSet::TEXT || schema.has_only_annotations() && !schema.is_composed()
}

/// Preference among media types: JSON before forms, text and bytes.
fn rank(content: &Content) -> u8 {
    match content.codec {
        Codec::Json => 0,
        Codec::FormData => 1,
        Codec::Form => 2,
        Codec::Multipart => 3,
        Codec::Text => 4,
        Codec::JsonLines | Codec::EventStream => 5,
        Codec::Xml | Codec::Bytes => 6,
    }
}

/// Returns the media types that differ in what they hold, the preferred ones first; `application/json` precedes its
/// relatives.
///
/// If one schema is written as JSON, XML, text or a form, one of them is enough: servers that accept several accept
/// each. Streams, files and other schemas stay.
pub(super) fn distinct(mut contents: Vec<Content>) -> Vec<Content> {
    let is_json = |content: &Content| content.media_type.starts_with("application/json");
    contents.sort_by_key(|content| (rank(content), !is_json(content)));
    let mut distinct: Vec<Content> = Vec::with_capacity(contents.len());
    for content in contents {
        if !distinct.iter().any(|other| covers(other, &content)) {
            distinct.push(content);
        }
    }
    distinct
}

/// `true` if a media type holds everything that another one does.
fn covers(one: &Content, other: &Content) -> bool {
    if !is_value(one) || !is_value(other) {
        return false;
    }
    match (&one.value, &other.value) {
        (Some(one), Some(other)) => one.schema == other.schema,
        (None, Some(_)) => false,
        // Without a schema, bytes that the client cannot decode add nothing.
        (Some(_), None) => other.codec == Codec::Bytes,
        (None, None) => one.codec == other.codec,
    }
}

/// `true` if the media type is one of several ways to write a value.
fn is_value(content: &Content) -> bool {
    match content.codec {
        Codec::Json | Codec::Form | Codec::Text | Codec::Xml => true,
        Codec::Bytes => !is_binary(&content.media_type),
        Codec::FormData | Codec::Multipart | Codec::EventStream | Codec::JsonLines => false,
    }
}

/// Returns the media types to request, and further ones in which the same values are decoded if the server sends them.
/// Bytes that the client cannot decode are not requested if there is JSON.
pub(super) fn requested(contents: Vec<Content>) -> (Vec<Content>, Vec<Content>) {
    let mut requested = distinct(contents.clone());
    if requested.iter().any(|content| content.codec == Codec::Json) {
        requested.retain(|content| content.codec != Codec::Bytes || !is_value(content));
    }
    let schema = |content: &Content| content.value.as_ref().map(|value| value.schema);
    let is_alternative = |content: &Content| {
        matches!(content.codec, Codec::Text | Codec::Form)
            && schema(content).is_some()
            && requested.iter().all(|other| other.media_type != content.media_type)
            && requested
                .iter()
                .any(|other| other.codec == Codec::Json && schema(other) == schema(content))
    };
    let alternatives = contents.into_iter().filter(is_alternative).collect();
    (requested, alternatives)
}

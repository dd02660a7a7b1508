//! Media types: how their values become text, and what a body holds in each.

use super::examples;
use super::streams;
use crate::api::model::{Codec, Content, Json, Owner, Style, Use};
use crate::api::schema::facts::{keywords, Facts};
use crate::api::schema::{gather, Kinds, Lowering, Position};
use crate::api::schema_location::{join, Source};
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{MediaType, QueryStyle, ReferenceOr, Schema};

/// How the values of a media type are written (RFC 9110, section 8.3.1; `+json`: RFC 6839, section 3.1).
pub fn codec(media_type: &str) -> Codec {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" => Codec::Json,
        "application/x-www-form-urlencoded" => Codec::Form,
        "multipart/form-data" => Codec::FormData,
        "text/event-stream" => Codec::EventStream,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/jsonlines"
        | "application/json-seq"
        | "application/stream+json" => Codec::JsonLines,
        other if other.ends_with("+json-seq") || other.ends_with("+jsonl") => Codec::JsonLines,
        other if other.ends_with("+json") => Codec::Json,
        other if other.starts_with("multipart/") => Codec::Multipart,
        other if other.starts_with("text/") => Codec::Text,
        _ => Codec::Bytes,
    }
}

/// Whether bytes are what one expects of a media type, so that there is nothing to say of it.
pub(super) fn is_plainly_bytes(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let (family, name) = essence.split_once('/').unwrap_or((&essence, ""));
    let binary = [
        "octet-stream",
        "pdf",
        "zip",
        "gzip",
        "x-gzip",
        "x-tar",
        "zstd",
        "wasm",
        "cbor",
    ];
    matches!(family, "image" | "audio" | "video" | "font" | "*")
        || family == "application" && (binary.contains(&name) || name == "*")
        || ["+gzip", "+zip", "+csv"]
            .iter()
            .any(|suffix| name.ends_with(suffix))
}

/// The content of a body: where it stands, and what to call the schemas written in it.
pub(super) struct Contents<'a, 'h> {
    pub pointer: String,
    pub all: &'a openapiv3::Content,
    /// The owner of a schema in it; with the media type where there are several that differ.
    pub owner: &'h dyn Fn(Option<String>) -> Owner,
}

impl<'a> Lowering<'a, '_> {
    /// What is sent in each media type. Media types with equal schemas share one.
    pub(super) fn contents(&mut self, contents: &Contents<'a, '_>) -> Vec<Content> {
        let all = self.current(contents);
        let mut seen: Vec<(&'a ReferenceOr<Schema>, Use)> = Vec::new();
        let schemas: Vec<_> = all
            .iter()
            .filter_map(|(_, media)| media.schema.as_ref())
            .collect();
        let differ = schemas.windows(2).any(|pair| pair.first() != pair.last());
        let mut result = Vec::with_capacity(all.len());
        for (media_type, media) in all {
            let at = join(&contents.pointer, media_type);
            let owner = (contents.owner)(differ.then(|| media_type.to_owned()));
            if self.codec_of(media_type, media) == Codec::EventStream {
                let events = self.events_by_name(&at, media, owner.clone());
                if let Some(data) = events {
                    result.push(Content::events(media_type, data));
                    continue;
                }
            }
            let value = media.schema.as_ref().map(|schema| {
                if let Some((_, used)) = seen.iter().find(|(other, _)| *other == schema) {
                    return used.clone();
                }
                let owner = owner.clone();
                let pointer = join(&at, "schema");
                let source = Source::new(pointer.clone(), schema);
                let used = self.use_of(&[source], Position { pointer, owner });
                seen.push((schema, used.clone()));
                used
            });
            result.push(self.content((&at, media_type), media, value, owner));
        }
        result
    }

    /// The media types of a body that never comes.
    pub(super) fn media_types(&mut self, contents: &Contents<'a, '_>) -> Vec<Content> {
        let all = self.current(contents).into_iter();
        all.map(|(media_type, media)| {
            Content::without_schema(media_type, self.codec_of(media_type, media))
        })
        .collect()
    }

    /// The media types of which no other version is used.
    fn current(&mut self, contents: &Contents<'a, '_>) -> Vec<(&'a str, &'a MediaType)> {
        let names: Vec<_> = contents.all.keys().map(String::as_str).collect();
        let used = self.versions.used(&names);
        let mut kept = Vec::with_capacity(names.len());
        for ((name, media), used) in contents.all.iter().zip(used) {
            if name == used {
                kept.push((name.as_str(), media));
                continue;
            }
            if self.versions.current.is_some() || self.versions.offers(&names, name) {
                continue;
            }
            let at = join(&contents.pointer, name);
            let message = format!("`{name}` is passed over for `{used}`");
            self.report(codes::OTHER_VERSION, &at, message);
        }
        kept
    }

    /// Says which bodies are handed over as bytes though one may expect values of them.
    pub(super) fn report_bytes(&mut self, at: &str, contents: &[Content]) {
        for content in contents {
            let media_type = &content.media_type;
            let unread = content.codec == Codec::Bytes && !is_plainly_bytes(media_type);
            if unread && !self.is_bytes(content) {
                let message = format!("`{media_type}` is handed over as bytes");
                self.report_once(codes::AS_BYTES, &join(at, media_type), message);
            }
        }
    }

    /// Whether the schema of a body says that it is bytes.
    fn is_bytes(&self, content: &Content) -> bool {
        let pointer = content
            .value
            .as_ref()
            .map(|used| format!("#{}", used.at.pointer));
        let source = pointer.and_then(|pointer| self.resolver.schema(&pointer));
        let merged = source.map(|source| gather(self.resolver, &[source]));
        merged.is_some_and(|merged| merged.format.as_deref() == Some("binary"))
    }

    /// How values are written: by the media type; as JSON where that is open and the schema is not of text; as they are where
    /// they are bytes.
    fn codec_of(&self, media_type: &str, media: &MediaType) -> Codec {
        let said = media.extensions.get(keys::STREAM);
        if let Some(codec) = said.and_then(streams::named) {
            return codec;
        }
        let open = ["*/*", "*", "application/*"].contains(&media_type);
        let schema = media.schema.as_ref().filter(|_| open);
        let codec = match schema.and_then(|schema| self.resolver.schema_of(schema)) {
            Some(schema) if !is_text(schema) => Codec::Json,
            Some(_) | None => codec(media_type),
        };
        let schema = media.schema.as_ref();
        let schema = schema.and_then(|schema| self.resolver.schema_of(schema));
        // any octets are neither JSON nor text (OpenAPI 3.0, section 4.4)
        let is_read = matches!(codec, Codec::Json | Codec::Text);
        match is_read && schema.is_some_and(is_binary) {
            true => Codec::Bytes,
            false => codec,
        }
    }

    fn content(
        &mut self,
        (at, media_type): (&str, &str),
        media: &'a MediaType,
        value: Option<Use>,
        owner: Owner,
    ) -> Content {
        let codec = self.codec_of(media_type, media);
        let shown: Vec<Json> = examples(self.resolver, media.example.as_ref(), &media.examples);
        let value = value.map(|mut value| {
            if !shown.is_empty() {
                value.examples = shown;
            }
            value
        });
        let ordered = self.ordered_parts(at, media, (codec, &owner));
        let item = self.stream_item(at, media, owner);
        let event = item.as_ref().or(value.as_ref());
        let event = event.filter(|_| codec == Codec::EventStream);
        let data = self.data_of_events(at, event, media);
        let parts = self.parts(at, media, codec);
        Content {
            media_type: media_type.to_owned(),
            codec,
            value,
            item,
            data,
            parts,
            ordered,
        }
    }
}

/// `true` if a schema declares its values to be bytes.
pub(super) fn is_binary(schema: &Schema) -> bool {
    let keywords = keywords(schema);
    keywords.typ.as_deref() == Some("string") && keywords.format.as_deref() == Some("binary")
}

/// `true` if a schema declares its values to be text, or accepts every value.
fn is_text(schema: &Schema) -> bool {
    let facts = Facts::of(schema);
    facts.kinds == Kinds::TEXT || facts.is_bare() && facts.is_simple()
}

/// A style of the query.
pub(super) fn style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codec_is_decided_by_the_essence() {
        assert_eq!(codec("application/json; charset=utf-8"), Codec::Json);
        assert_eq!(codec("application/vnd.atlas.2023-01-01+json"), Codec::Json);
        assert_eq!(codec("Application/Problem+JSON"), Codec::Json);
        assert_eq!(codec("text/plain"), Codec::Text);
        assert_eq!(codec("multipart/related"), Codec::Multipart);
        assert_eq!(codec("application/x-ndjson"), Codec::JsonLines);
        assert_eq!(codec("application/xml"), Codec::Bytes);
        assert_eq!(codec("*/*"), Codec::Bytes);
        assert_eq!(codec(""), Codec::Bytes);
    }
}

//! Samples of responses: the examples of the document where they match their schemas, else values made from these.

use super::fault::Fault;
use super::media::{concrete, is_xml};
use super::typed::text_of;
use super::xml;
use serde_json::Value;
use std::fmt::Write as _;
use typewright::api::check::{Checker, Path};
use typewright::api::model::{
    Api, Codec, Content, ContentExample, EventData, Header, SchemaId, Shape, Tagging, Union, Use,
};
use typewright::api::sample::Sampler;

/// Number of events or lines of a stream.
const STREAM_LENGTH: usize = 2;

/// Bytes of a response of which nothing is known.
const BYTES: &[u8] = &[1, 2, 3];

/// Boundary of multipart responses.
const BOUNDARY: &str = "typewright-mock";

/// A body with its media type.
#[derive(Debug)]
pub struct Body {
    /// `Content-Type`.
    pub media_type: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// Remarks on the examples of the document.
    pub remarks: Vec<Fault>,
}

/// Makes samples of the responses of an API.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a> {
    api: &'a Api,
    checker: Checker<'a>,
    sampler: Sampler<'a>,
}

impl<'a> Samples<'a> {
    /// Creates samples with every property.
    pub fn new(api: &'a Api) -> Self {
        let sampler = Sampler::everything(api).received();
        Self { api, checker: Checker::responses(api), sampler }
    }

    /// `true` if there is a sample of a content: of XML that nothing names only the document's own.
    pub fn has(content: &Content) -> bool {
        content.codec == Codec::Xml
            || !is_xml(&content.media_type)
            || content.examples.iter().any(|one| one.value.is_string())
    }

    /// Makes a body, by the example of this name or the first that matches the schema; `None` if no value is valid.
    pub fn body(&self, content: &Content, example: Option<&ContentExample>) -> Option<Body> {
        let mut remarks = Vec::new();
        let is_stream = matches!(content.codec, Codec::EventStream | Codec::JsonLines);
        let is_verbatim = |one: &&ContentExample| {
            one.value.is_string()
                && (is_stream || matches!(content.codec, Codec::Bytes | Codec::Xml))
        };
        let verbatim = example.or(content.examples.first()).filter(is_verbatim);
        let mut media_type = concrete(content);
        let bytes = match verbatim.and_then(|one| one.value.as_str()) {
            Some(text) => text.as_bytes().to_vec(),
            None => match content.codec {
                Codec::EventStream => self.events(content, example)?,
                Codec::JsonLines => self.lines(content, example)?,
                Codec::Xml => self.xml(content, &self.value(content, example, &mut remarks)?)?,
                Codec::Bytes if is_xml(&content.media_type) => return None,
                Codec::Bytes => BYTES.to_vec(),
                Codec::Json => self.value(content, example, &mut remarks)?.to_string().into_bytes(),
                Codec::Text => text_of(&self.value(content, example, &mut remarks)?).into_bytes(),
                Codec::Form => form(&self.value(content, example, &mut remarks)?),
                Codec::FormData | Codec::Multipart => {
                    write!(media_type, "; boundary={BOUNDARY}").ok()?;
                    multipart(&self.value(content, example, &mut remarks)?)
                }
            },
        };
        Some(Body { media_type, bytes, remarks })
    }

    /// Returns the value of a content, and remarks on an example that does not match the schema.
    fn value(
        &self,
        content: &Content,
        example: Option<&ContentExample>,
        remarks: &mut Vec<Fault>,
    ) -> Option<Value> {
        let Some(used) = &content.value else {
            let example = example.or(content.examples.first());
            let text = || Value::from("text");
            return Some(example.map_or_else(text, |example| example.value.clone()));
        };
        let violations = |value: &Value| {
            let violations = self.checker.check(used, value, Path::root("response"));
            violations.into_iter().filter(|one| !one.is_remark).collect::<Vec<_>>()
        };
        if let Some(example) = example {
            remarks.extend(Fault::of_schema(violations(&example.value)).map(as_remark));
            return Some(example.value.clone());
        }
        for example in &content.examples {
            let violations = violations(&example.value);
            if violations.is_empty() {
                return Some(example.value.clone());
            }
            if let (true, Some(first)) = (remarks.is_empty(), violations.into_iter().next()) {
                let detail = format!("the example is not sent: {}", first.detail);
                remarks.push(Fault::remark(first.place, detail));
            }
        }
        let example = || content.examples.first().map(|example| example.value.clone());
        self.sampler.value(used).or_else(example)
    }

    fn xml(&self, content: &Content, value: &Value) -> Option<Vec<u8>> {
        let table = &self.api.xml;
        xml::write(table, table.roots.get(content.xml?)?, value)
    }

    fn lines(&self, content: &Content, example: Option<&ContentExample>) -> Option<Vec<u8>> {
        let listed = example.or(content.examples.first()).and_then(|one| one.value.as_array());
        let items = match (listed, self.item(content)) {
            (Some(items), _) => items.clone(),
            (None, Some(used)) => vec![self.sampler.value(used)?; STREAM_LENGTH],
            (None, None) => vec![Value::from("text"); STREAM_LENGTH],
        };
        let start = if content.media_type.contains("json-seq") { "\u{1e}" } else { "" };
        let lines = items.iter().map(|item| format!("{start}{item}\n"));
        Some(lines.collect::<String>().into_bytes())
    }

    /// Returns the schema of a line: that of items, else that of the list's items, else the whole.
    fn item<'c>(&'c self, content: &'c Content) -> Option<&'c Use> {
        let used = content.item.as_ref().or(content.value.as_ref())?;
        match self.shape(used.schema) {
            Some(Shape::List(list)) if content.item.is_none() => Some(&list.item),
            Some(_) | None => Some(used),
        }
    }

    fn shape(&self, id: SchemaId) -> Option<&'a Shape> {
        self.api.schemas.resolved(id).map(|schema| &schema.shape)
    }

    /// Makes server-sent events: one of each name, or two of the same.
    fn events(&self, content: &Content, example: Option<&ContentExample>) -> Option<Vec<u8>> {
        if let Some(Shape::Union(union)) =
            content.data.as_ref().and_then(|used| self.shape(used.schema))
        {
            if let Tagging::Event(kinds) = &union.tagging {
                return Some(self.named_events(union, kinds)?.into_bytes());
            }
        }
        let listed = example.or(content.examples.first()).and_then(|one| one.value.as_array());
        if let Some(items) = listed {
            return Some(items.iter().map(event).collect::<String>().into_bytes());
        }
        let value = match (&content.data, content.item.as_ref().or(content.value.as_ref())) {
            (Some(data), _) => serde_json::json!({ "data": self.sampler.value(data)?.to_string() }),
            (None, Some(used)) => self.sampler.value(used)?,
            (None, None) => serde_json::json!({ "data": "text" }),
        };
        Some(event(&value).repeat(STREAM_LENGTH).into_bytes())
    }

    fn named_events(&self, union: &Union, kinds: &[EventData]) -> Option<String> {
        let mut events = String::new();
        for (variant, kind) in union.variants.iter().zip(kinds) {
            let data = self.sampler.value(&variant.value)?;
            let text = match (kind, data) {
                (EventData::Text, Value::String(text)) => text,
                (_, data) => data.to_string(),
            };
            events.push_str(&event(
                &serde_json::json!({ "event": variant.tags.first(), "data": text }),
            ));
        }
        Some(events)
    }

    /// Returns the text of a header that is required or has an example or default; `None` for others, and where no value is
    /// valid.
    pub fn header(&self, header: &Header) -> Option<String> {
        let schema = self.api.schemas.resolved(header.value.schema)?;
        let has_example = !header.value.examples.is_empty()
            || header.value.default.is_some()
            || !schema.examples.is_empty()
            || schema.default.is_some();
        let value = self
            .sampler
            .as_text()
            .value(&header.value)
            .filter(|_| header.required || has_example)?;
        Some(match &value {
            Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
            Value::Object(members) => {
                let members =
                    members.iter().map(|(name, value)| format!("{name},{}", text_of(value)));
                members.collect::<Vec<_>>().join(",")
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text_of(&value),
        })
    }
}

fn as_remark(fault: Fault) -> Fault {
    let detail = format!("the example does not match its schema: {}", fault.violation.detail);
    Fault::remark(fault.violation.place, detail)
}

/// Writes a server-sent event: the fields of an object, or the data alone (WHATWG HTML, section 9.2.6).
fn event(value: &Value) -> String {
    let fields = value.as_object().filter(|members| members.contains_key("data"));
    let mut event = String::new();
    for name in ["event", "id", "retry"] {
        let field = fields.and_then(|members| members.get(name)).filter(|field| !field.is_null());
        if let Some(field) = field {
            event.push_str(&format!("{name}: {}\n", text_of(field).replace(['\r', '\n'], " ")));
        }
    }
    let data = fields.and_then(|members| members.get("data")).unwrap_or(value);
    for line in text_of(data).lines() {
        event.push_str(&format!("data: {line}\n"));
    }
    event.push('\n');
    event
}

/// Members of an object as pairs of texts; items of a list repeat the name.
fn pairs(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.flat_map(|(name, member)| {
        let items = match member {
            Value::Array(items) => items.iter().map(text_of).collect(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => vec![text_of(member)],
        };
        items.into_iter().map(|item| (name.clone(), item))
    });
    pairs.collect()
}

fn form(value: &Value) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs(value))
        .finish()
        .into_bytes()
}

fn multipart(value: &Value) -> Vec<u8> {
    let mut body = String::new();
    for (name, text) in pairs(value) {
        let name = name.replace('"', "%22");
        body.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    body.into_bytes()
}

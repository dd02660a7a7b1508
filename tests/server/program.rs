//! The text of a program that serves an API and calls it: for each handler of the model a method, and a row of a table.

use std::fmt::Write as _;
use typewright::api::model::{self, Operation, Response, SchemeKind, Shape, Status, Use};
use typewright::api::sample::Sampler;
use typewright::diff::Model;
use typewright::emit::signature;
use typewright::lower::generated_tests::contracts;
use typewright::lower::model::{
    BodyContent, BodyDecoder, Content, Contract, ContractValue, Handler, HandlerBody, Item,
    PartEnum, Record, ReplyVariant, ValueLocation, ValueType,
};
use typewright::lower::TypeOptions;

/// Creates the text of the program of one client, a module of `round_trips`.
pub fn program(name: &str, model: &Model, options: &TypeOptions) -> String {
    let mut text = format!(
        "#![allow(deprecated, unused_imports, unused_mut, unused_variables, clippy::all)]\n\
         use crate::harness::*;\nuse round_trips::{name}::server::*;\nuse round_trips::{name}::types::*;\n\
         use round_trips::{name}::{{operations, server, Client}};\nuse serde_json::Value as Json;\n\
         use typewright_runtime::codegen::v1 as rt;\nuse typewright_runtime::testing::{{self, Contract, ContractValue}};\n\n"
    );
    let service = model.krate.service.as_ref().unwrap();
    if let Some(security) = &service.security {
        writeln!(text, "impl server::{} for Service {{\n    type Principal = ();", security.name)
            .unwrap();
        for scheme in &security.schemes {
            let ident = &scheme.name.ident;
            let judgement = match scheme.kind {
                SchemeKind::Digest => "digest(&credential)",
                _ => "Ok(())",
            };
            writeln!(text, "    async fn {ident}(&self, credential: rt::RequestCredential) -> Result<(), rt::Denial> {{ {judgement} }}").unwrap();
        }
        text += "}\n\n";
    }
    let context = if service.security.is_some() { "rt::Context<()>" } else { "rt::Context" };
    let contracts = contracts(&model.api, &model.names, options);
    let mut cases = String::new();
    for file in &service.files {
        writeln!(text, "impl server::{} for Service {{", file.name).unwrap();
        for handler in &file.handlers {
            let operations = model.api.operations.iter().zip(&contracts);
            let mut operations = operations.filter(|(operation, _)| operation.id == handler.id);
            let (operation, contract) = operations.next().unwrap();
            let replies = Replies { name, model, handler, operation };
            text += &method(handler, context, &replies);
            cases += &case(handler, contract, &replies);
        }
        text += "}\n\n";
    }
    let builder = match model.api.servers.is_empty() {
        true => "Client::builder(url)",
        false => "Client::builder()",
    };
    write!(
        text,
        "pub fn failures() -> Vec<String> {{\n    let client = |url: &str| testing::client({builder}, url).unwrap();\n    \
         check({name:?}, server::router, client, CASES)\n}}\n\nstatic CASES: &[Case] = &[\n{cases}];\n"
    )
    .unwrap();
    text
}

/// The codec of a value.
fn codec(value: &ValueType) -> String {
    signature::codec(value).unwrap_or_else(|| format!("rt::Native<{}>", signature::ty(&value.ty)))
}

fn literal(text: &str) -> String {
    format!("r####\"{text}\"####")
}

fn method(handler: &Handler, context: &str, replies: &Replies<'_>) -> String {
    let mut arguments = String::new();
    let mut parameters = "Json::Object(Default::default())".to_owned();
    if let Some(record) = &handler.parameters {
        arguments += &format!("parameters: server::{}, ", record.name);
        parameters = "json(&parameters)".to_owned();
    }
    let mut body = "Json::Null".to_owned();
    if let Some(content) = &handler.body {
        let ty = signature::handler_body(content);
        arguments += &format!("body: {ty}, ");
        body = recorded_body(content);
    }
    let (ident, reply, id) = (&handler.name, &handler.reply.name, &handler.id);
    let arms: String = replies.all().enumerate().map(|(index, one)| one.arm(index)).collect();
    format!(
        "    async fn {ident}(&self, {arguments}_: {context}) -> server::{reply} {{\n        let body = {body};\n        \
         match self.saw({id:?}, {parameters}, body) {{\n{arms}            _ => unreachable!(),\n        }}\n    }}\n"
    )
}

/// An expression for the JSON of the argument `body`.
fn recorded_body(body: &HandlerBody) -> String {
    let value = match &body.content {
        BodyContent::One(decoder) => recorded(decoder, &body.parts),
        BodyContent::Several(name, cases) => {
            let arms = cases.iter().map(|case| {
                let recorded = recorded(&case.decoder, &body.parts);
                format!("server::{name}::{}(body) => {recorded}, ", case.ident)
            });
            format!("match body {{ {}_ => unreachable!() }}", arms.collect::<String>())
        }
    };
    match body.required {
        true => value,
        false => format!("match body {{ Some(body) => {value}, None => Json::Null }}"),
    }
}

fn recorded(decoder: &BodyDecoder, enums: &[PartEnum]) -> String {
    match decoder {
        BodyDecoder::Json(value)
        | BodyDecoder::Form(value)
        | BodyDecoder::PartList(value)
        | BodyDecoder::Xml(value) => {
            format!("recorded::<{}>(&body)", codec(value))
        }
        BodyDecoder::Text => "Json::from(body)".to_owned(),
        BodyDecoder::Stream => "text(body).await".to_owned(),
        BodyDecoder::Lines(_) => "{ let mut body = body; let mut items = Vec::new(); \
            while let Some(item) = body.next().await { items.push(json(&item.unwrap())); } Json::Array(items) }"
            .to_owned(),
        BodyDecoder::Parts(name) => {
            let parts = enums.iter().find(|one| Some(&one.name) == name.as_ref());
            let arms = parts.iter().flat_map(|one| &one.parts).map(|part| {
                let (wire, ident) = (&part.name.wire, &part.name.ident);
                let value = match &part.value {
                    Some(value) => format!("recorded::<{}>(&part)", codec(value)),
                    None => "file(part).await".to_owned(),
                };
                let name = parts.map(|one| one.name.to_string()).unwrap_or_default();
                format!("server::{name}::{ident}(part) => (Json::from({wire:?}), {value}), ")
            });
            let arms: String = arms.collect();
            let part = match parts {
                Some(_) => format!("match part {{ {arms}_ => panic!(\"another part\") }}"),
                None => "(Json::from(part.name()), file(part).await)".to_owned(),
            };
            format!(
                "{{ let mut body = body; let mut parts = Vec::new(); \
                 while let Some(part) = body.next().await.unwrap() {{ let (name, value) = {part}; \
                 parts.push(Json::from(vec![name, value])); }} sorted(parts) }}"
            )
        }
    }
}

/// The replies of a handler that can be sent over HTTP.
struct Replies<'m> {
    name: &'m str,
    model: &'m Model,
    handler: &'m Handler,
    operation: &'m Operation,
}

/// One reply: an expression, and the row of what is expected.
struct Sample {
    expression: String,
    status: u16,
    body: String,
}

impl Sample {
    fn arm(&self, index: usize) -> String {
        format!("            {index} => {},\n", self.expression)
    }
}

impl<'m> Replies<'m> {
    fn all(&self) -> impl Iterator<Item = Sample> + use<'_, 'm> {
        self.handler.reply.variants.iter().filter_map(|variant| self.sample(variant))
    }

    fn sampler(&self) -> Sampler<'m> {
        Sampler::everything(&self.model.api).received()
    }

    /// A reply with sample values; `None` if there are none, or if it is of no final status.
    fn sample(&self, variant: &ReplyVariant) -> Option<Sample> {
        let response = self.operation.responses.get(variant.response)?;
        let status = self.status(response.status)?;
        let declared = variant.index.and_then(|index| response.bodies().get(index));
        let body = declared.map(|content| self.body(variant, content));
        let mut payload = Vec::new();
        if variant.has_status {
            payload.push(format!("rt::StatusCode::from_u16({status}).unwrap()"));
        }
        let (value, row) = match body {
            Some(body) => body?,
            None => (None, "ReplyBody::None".to_owned()),
        };
        payload.extend(value);
        if variant.has_media_type {
            let media_type = declared?.media_type.replace("*/*", "application/octet-stream");
            payload.push(format!("{:?}.to_owned()", media_type.replace('*', "png")));
        }
        if let Some(headers) = &variant.headers {
            payload.push(self.headers(headers, response)?);
        }
        let arguments = match payload.is_empty() {
            true => String::new(),
            false => format!("({})", payload.join(", ")),
        };
        let expression =
            format!("server::{}::{}{arguments}", self.handler.reply.name, variant.ident);
        Some(Sample { expression, status, body: row })
    }

    /// A status of the response. One of redirection that the document has is final for clients.
    fn status(&self, status: Status) -> Option<u16> {
        let is_free = |code: &u16| {
            let mut others = self.operation.responses.iter();
            !others.any(|other| other.status == Status::Exact(*code))
        };
        let class = match status {
            Status::Exact(code) => {
                return Some(code).filter(|code| *code >= 200);
            }
            Status::Range(class) => u16::from(class),
            Status::Default if self.operation.is_success(status) => 2,
            Status::Default => 5,
        };
        let mut codes = (class * 100..class * 100 + 100).filter(is_free);
        codes.next().filter(|code| *code >= 200)
    }

    /// The value of a body and the row of what is expected.
    fn body(
        &self,
        variant: &ReplyVariant,
        content: &model::Content,
    ) -> Option<(Option<String>, String)> {
        let one = |usage: Option<&Use>| match usage {
            Some(usage) => self.sampler().value(usage).map(|json| json.to_string()),
            None => Some("\"text\"".to_owned()),
        };
        let data = |usage| self.sampler().value(usage).map(|json| event_data(json).to_string());
        let item = || content.item.as_ref().or(content.data.as_ref()).or(content.value.as_ref());
        let some = |value: String| (Some(value), "ReplyBody::Some".to_owned());
        Some(match &variant.content {
            Content::Empty => (None, "ReplyBody::None".to_owned()),
            Content::Json(value) => {
                let (json, codec) = (literal(&one(content.value.as_ref())?), codec(value));
                let row = format!(
                    "ReplyBody::Json(Expected {{ name: \"\", json: {json}, normal: normal::<{codec}> }})"
                );
                (Some(format!("value::<{codec}>({json})")), row)
            }
            Content::Form(value) | Content::Xml(value) => {
                let json = literal(&one(content.value.as_ref())?);
                some(format!("value::<{}>({json})", codec(value)))
            }
            Content::Text => {
                (Some("\"text\".to_owned()".to_owned()), "ReplyBody::Text(\"text\")".to_owned())
            }
            Content::Bytes => (
                Some("rt::Bytes::from_static(b\"bytes\")".to_owned()),
                "ReplyBody::Text(\"bytes\")".to_owned(),
            ),
            Content::Stream => (
                Some("rt::Body::from(\"bytes\")".to_owned()),
                "ReplyBody::Text(\"bytes\")".to_owned(),
            ),
            Content::TextEvents => {
                some("rt::EventReplies::from_data(stream(vec![\"text\".to_owned()]))".to_owned())
            }
            Content::Events(value) => {
                let json = literal(&item().map_or_else(|| one(None), data)?);
                some(format!(
                    "rt::EventReplies::from_data(stream(vec![{}]))",
                    streamed(value, &json)
                ))
            }
            Content::NamedEvents(value) => some(self.named_events(value, content)?),
            Content::Lines(value) => {
                let json = literal(&self.line(content)?);
                some(format!("rt::LineReplies::new(stream(vec![{}]))", streamed(value, &json)))
            }
        })
    }

    /// An event for each variant of the union of their data.
    fn named_events(&self, value: &ValueType, content: &model::Content) -> Option<String> {
        let name = value.ty.named().first().map(|name| name.text().to_owned())?;
        let items = self.model.krate.types.iter().flat_map(|file| &file.items);
        let mut unions = items.filter_map(|item| match item {
            Item::Union(union) if union.name.text() == name => Some(union),
            _ => None,
        });
        let schema = self.model.api.schemas.resolved(content.data.as_ref()?.schema)?;
        let Shape::Union(documented) = &schema.shape else {
            return None;
        };
        let variants = unions.next()?.variants.iter().zip(&documented.variants);
        let values = variants.filter_map(|(variant, branch)| {
            let json = literal(&self.sampler().value(&branch.value)?.to_string());
            let value = format!("value::<{}>({json})", codec(&variant.value));
            Some(format!("round_trips::{}::types::{name}::{}({value}), ", self.name, variant.ident))
        });
        let values: String = values.collect();
        Some(format!("rt::EventReplies::from_data(stream(vec![{values}]))"))
    }

    /// A line: of a list, the first item.
    fn line(&self, content: &model::Content) -> Option<String> {
        let Some(usage) = content.item.as_ref().or(content.value.as_ref()) else {
            return Some("\"text\"".to_owned());
        };
        let json = self.sampler().value(usage)?;
        let first = json.as_array().filter(|_| content.item.is_none());
        Some(first.map_or(Some(&json), |items| items.first())?.to_string())
    }

    fn headers(&self, record: &Record, response: &Response) -> Option<String> {
        let headers = response.headers.iter();
        let members = headers.filter_map(|header| {
            let json = self.sampler().as_text().value(&header.value)?;
            Some((header.name.clone(), json))
        });
        let json = serde_json::Value::Object(members.collect()).to_string();
        Some(format!("value::<rt::Native<server::{}>>({})", record.name, literal(&json)))
    }
}

/// The data of an event: that of a whole event, if this is one.
fn event_data(json: serde_json::Value) -> serde_json::Value {
    let fields = ["data", "event", "id", "retry"];
    let members = json.as_object();
    let is_event = members.is_some_and(|members| {
        members.contains_key("data") && members.keys().all(|name| fields.contains(&name.as_str()))
    });
    match is_event {
        true => json["data"].clone(),
        false => json,
    }
}

/// An item of a stream, of a type that has its codec.
fn streamed(value: &ValueType, json: &str) -> String {
    match signature::codec(value) {
        Some(codec) => format!("rt::Coding::<{codec}>(value::<{codec}>({json}))"),
        None => format!("value::<{}>({json})", codec(value)),
    }
}

fn case(handler: &Handler, contract: &Contract, replies: &Replies<'_>) -> String {
    let rows: String = replies
        .all()
        .map(|one| format!("Reply {{ status: {}, body: {} }}, ", one.status, one.body))
        .collect();
    let body = handler.body.as_ref();
    format!(
        "    Case {{\n        contract: Contract::new::<operations::{}>(\n            {},\n            {},\n        ),\n        \
         required: {},\n        all: {},\n        replies: &[{rows}],\n    }},\n",
        contract.call,
        values(&contract.required),
        values(&contract.all),
        sample(&contract.required, body),
        sample(&contract.all, body),
    )
}

/// The place of a value in a request, with its type.
fn place(location: &ValueLocation) -> (&'static str, Option<&ValueType>) {
    match location {
        ValueLocation::Path(value) => ("path", Some(value)),
        ValueLocation::Query(value) => ("query", Some(value)),
        ValueLocation::QueryString(value) => ("query_string", Some(value)),
        ValueLocation::Header(value) => ("header", Some(value)),
        ValueLocation::Cookie(value) => ("cookie", Some(value)),
        ValueLocation::Body(value) => ("body", Some(value)),
        ValueLocation::Part(value) => ("part", Some(value)),
        ValueLocation::Bytes => ("bytes", None),
        ValueLocation::File => ("file", None),
    }
}

fn values(values: &[ContractValue]) -> String {
    let rows = values.iter().map(|value| {
        let (name, json) = (&value.name, literal(&value.json));
        let (function, ty) = place(&value.location);
        let codec = ty.map(|ty| format!("::<{}>", codec(ty))).unwrap_or_default();
        format!("ContractValue::{function}{codec}({name:?}, {json}), ")
    });
    format!("&[{}]", rows.collect::<String>())
}

fn expected(name: &str, value: &ContractValue) -> String {
    let (_, ty) = place(&value.location);
    // Files are text.
    let (json, codec) = match ty {
        Some(ty) => (value.json.clone(), codec(ty)),
        None => (
            serde_json::Value::from(value.json.as_str()).to_string(),
            "rt::Native<String>".to_owned(),
        ),
    };
    format!("Expected {{ name: {name:?}, json: {}, normal: normal::<{codec}> }}", literal(&json))
}

/// The values that a handler should receive.
fn sample(values: &[ContractValue], body: Option<&HandlerBody>) -> String {
    let mut parameters = String::new();
    let mut parts = String::new();
    let mut payload = "Payload::None".to_owned();
    for value in values {
        let name = &value.name;
        match place(&value.location).0 {
            "body" => payload = body_sample(value, body),
            "bytes" => payload = format!("Payload::Text({})", literal(&value.json)),
            "part" | "file" => parts += &format!("{}, ", expected(name, value)),
            "query_string" => parameters += &format!("{}, ", expected("querystring", value)),
            place => {
                parameters += &format!("{}, ", expected(&format!("{place}.{name}"), value));
            }
        }
    }
    let has_names = body.is_some_and(|body| !body.parts.is_empty());
    if !parts.is_empty() && !has_names {
        payload = "Payload::Any".to_owned();
    } else if !parts.is_empty() {
        payload = format!("Payload::Parts(&[{parts}])");
    }
    format!("Sample {{ parameters: &[{parameters}], body: {payload} }}")
}

fn body_sample(value: &ContractValue, body: Option<&HandlerBody>) -> String {
    let is_parts = |decoder: &BodyDecoder| matches!(decoder, BodyDecoder::Parts(_));
    let has_parts = body.is_some_and(|body| match &body.content {
        BodyContent::One(decoder) => is_parts(decoder),
        BodyContent::Several(_, cases) => {
            let mut cases = cases.iter().filter(|case| case.media_type == value.name);
            cases.any(|case| is_parts(&case.decoder))
        }
    });
    match has_parts {
        // Its parts are named by the members of the value.
        true => "Payload::Any".to_owned(),
        false => format!("Payload::Json({})", expected("", value)),
    }
}

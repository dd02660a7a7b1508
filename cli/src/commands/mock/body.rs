//! Checks of request bodies: the media type, the syntax, and the schema.

use super::fault::Fault;
use super::form;
use super::media::{essence, of_request};
use super::pairs::Pairs;
use super::parameters::Call;
use super::xml;
use hyper::StatusCode;
use serde_json::Value;
use typewright::api::check::{Checker, Path};
use typewright::api::model::{Codec, Content, Shape, Use};

/// Place of the body.
const BODY: &str = "body";

/// Returns the faults of the body of a request.
pub fn check(call: &Call<'_>) -> Vec<Fault> {
    let bytes = &call.request.body;
    let Some(body) = &call.operation.body else {
        let detail = || "the operation has no body".to_owned();
        let remark = (!bytes.is_empty()).then(|| Fault::remark(BODY.to_owned(), detail()));
        return remark.into_iter().collect();
    };
    if bytes.is_empty() && call.request.media_type().is_none() {
        let fault = body.required.then(|| invalid(BODY, "is required"));
        return fault.into_iter().collect();
    }
    let Some(media_type) = call.request.media_type() else {
        return vec![unsupported("`Content-Type` is required", &body.contents)];
    };
    let Some(content) = of_request(&body.contents, media_type) else {
        let detail = format!("the operation takes no `{}`", essence(media_type));
        return vec![unsupported(&detail, &body.contents)];
    };
    match read(call, content, media_type) {
        Ok(values) => values.into_iter().flat_map(|value| value.faults(call)).collect(),
        Err(fault) => vec![fault],
    }
}

fn invalid(place: &str, detail: &str) -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, place, detail.to_owned())
}

fn unsupported(detail: &str, contents: &[Content]) -> Fault {
    let media_types: Vec<_> = contents.iter().map(|one| format!("`{}`", one.media_type)).collect();
    let detail = format!("{detail}; it takes {}", media_types.join(", "));
    Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "header.Content-Type", detail)
}

/// A value of a body and its schema.
struct BodyValue<'a> {
    used: &'a Use,
    value: Value,
    /// Index of the line, where each line is a value.
    line: Option<usize>,
}

impl BodyValue<'_> {
    fn faults(&self, call: &Call<'_>) -> Vec<Fault> {
        let root = Path::root(BODY);
        let path = match self.line {
            Some(index) => root.item(index),
            None => root,
        };
        let checker = Checker::requests(call.typing.api);
        Fault::of_schema(checker.check(self.used, &self.value, path)).collect()
    }
}

/// Reads the values of a body that have a schema.
fn read<'a>(
    call: &Call<'a>,
    content: &'a Content,
    media_type: &str,
) -> Result<Vec<BodyValue<'a>>, Fault> {
    let bytes = &call.request.body;
    let typing = call.typing;
    let text = || {
        let reason = |error| malformed(format!("is not UTF-8: {error}"));
        std::str::from_utf8(bytes).map_err(reason)
    };
    let whole = |value: &dyn Fn(&Use) -> Value| {
        let whole = content.value.as_ref().map(|used| BodyValue {
            used,
            value: typing.typed(used, value(used), &[]),
            line: None,
        });
        Ok(whole.into_iter().collect())
    };
    match content.codec {
        Codec::Json => {
            let value = serde_json::from_slice(bytes)
                .map_err(|error| malformed(format!("is not JSON: {error}")))?;
            let used = content.value.iter();
            Ok(used
                .map(|used| BodyValue { used, value: Value::clone(&value), line: None })
                .collect())
        }
        Codec::JsonLines => lines(call, content, text()?),
        Codec::Form => {
            let pairs = Pairs::of_form(text()?);
            whole(&|used| form::value(typing, used, &content.parts, &pairs))
        }
        Codec::FormData => {
            let parts = form::parts(media_type, bytes).map_err(malformed)?;
            let parts = std::cell::Cell::new(parts);
            whole(&|used| form::value_of_parts(typing, used, parts.take()))
        }
        Codec::Text => {
            let text = text()?;
            whole(&|_| Value::from(text))
        }
        Codec::Xml => {
            let table = &typing.api.xml;
            let Some(root) = content.xml.and_then(|index| table.roots.get(index)) else {
                return Ok(Vec::new());
            };
            let element =
                xml::parse(text()?).map_err(|error| malformed(format!("is not XML: {error}")))?;
            let value =
                xml::read(table, root, &element).map_err(|detail| invalid(BODY, &detail))?;
            whole(&|_| value.clone())
        }
        Codec::EventStream | Codec::Multipart | Codec::Bytes => Ok(Vec::new()),
    }
}

fn malformed(detail: String) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, BODY, detail)
}

fn lines<'a>(
    call: &Call<'a>,
    content: &'a Content,
    text: &str,
) -> Result<Vec<BodyValue<'a>>, Fault> {
    let schemas = &call.typing.api.schemas;
    let of_list = |used: &'a Use| match schemas.resolved(used.schema).map(|one| &one.shape) {
        Some(Shape::List(list)) => &list.item,
        Some(_) | None => used,
    };
    let item = content.item.as_ref().or(content.value.as_ref().map(of_list));
    let mut values = Vec::new();
    let lines = text.lines().map(|line| line.trim_matches(['\u{1e}', ' ']));
    for (index, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        let value = serde_json::from_str(line)
            .map_err(|error| malformed(format!("the line {} is not JSON: {error}", index + 1)))?;
        values.extend(item.map(|used| BodyValue { used, value, line: Some(index) }));
    }
    Ok(values)
}

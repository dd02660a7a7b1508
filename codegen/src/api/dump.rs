//! IR A as text, to be read by people and compared by tests.

use super::model::{
    Access, AdditionalProperties, AnyReason, Api, Choice, Constraints, Object, Operation, Owner,
    ParameterEncoding, Response, Schema, SchemaId, Shape, Tagging, Tuple, Union, Use,
};
use std::fmt::Write;

/// How deep schemas written in place are shown where they stand.
const DEPTH: usize = 24;

/// The whole of an API: its operations, then its component schemas with what is written inside them.
///
/// Required properties and parameters end in `!`, nullable places in `?`; components are shown by name.
pub fn dump(api: &Api) -> String {
    let mut text = String::new();
    for operation in &api.operations {
        text.push_str(&dump_operation(api, operation));
    }
    for (id, schema) in api.schemas.iter() {
        if let Owner::Component(name) = &schema.owner {
            let printer = Printer { api, depth: 0 };
            let _ = writeln!(text, "{name} = {}", printer.schema(id));
        }
    }
    text
}

/// One schema, with what is written inside it.
pub fn dump_schema(api: &Api, id: SchemaId) -> String {
    Printer { api, depth: 0 }.schema(id)
}

fn dump_operation(api: &Api, operation: &Operation) -> String {
    let printer = Printer { api, depth: 1 };
    let mut text = format!("{} {} {}\n", operation.id, operation.method, operation.path);
    for parameter in &operation.parameters {
        let mark = if parameter.required { "!" } else { "" };
        let _ = writeln!(
            text,
            "  {:?} {}{mark}: {}{}",
            parameter.location,
            parameter.name,
            printer.used(&parameter.value),
            encoding(&parameter.encoding)
        );
    }
    if let Some(body) = &operation.body {
        let mark = if body.required { "!" } else { "" };
        for content in &body.contents {
            let value = content.value.as_ref().map(|value| printer.used(value));
            let value = value.unwrap_or_else(|| "-".to_owned());
            let _ = writeln!(
                text,
                "  body{mark} {} {:?}: {value}",
                content.media_type, content.codec
            );
        }
    }
    for content in operation.body.iter().flat_map(|body| &body.alternatives) {
        let _ = writeln!(text, "  also {} {:?}", content.media_type, content.codec);
    }
    for reply in &operation.responses {
        text.push_str(&dump_reply(&printer, reply));
    }
    for requirement in &operation.security {
        let names: Vec<&str> = requirement
            .iter()
            .map(|used| used.scheme.as_str())
            .collect();
        let _ = writeln!(text, "  needs [{}]", names.join(" + "));
    }
    text
}

fn dump_reply(printer: &Printer<'_>, reply: &Response) -> String {
    let mut text = format!("  {:?}", reply.status);
    for content in &reply.contents {
        let value = content.value.as_ref().map(|value| printer.used(value));
        let value = value.unwrap_or_else(|| "-".to_owned());
        let _ = write!(text, " {} {:?}: {value}", content.media_type, content.codec);
    }
    for content in &reply.alternatives {
        let _ = write!(text, " also {} {:?}", content.media_type, content.codec);
    }
    for header in &reply.headers {
        let _ = write!(text, " [{}: {}]", header.name, printer.used(&header.value));
    }
    text + "\n"
}

fn encoding(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Style {
            style,
            explode,
            nested,
            ..
        } => {
            let inner: String = nested
                .iter()
                .map(|style| format!(" of {style:?}"))
                .collect();
            format!(" {style:?}{}{inner}", if *explode { "*" } else { "" })
        }
        ParameterEncoding::Content(media_type) => format!(" as {media_type}"),
    }
}

#[derive(Clone, Copy)]
struct Printer<'a> {
    api: &'a Api,
    depth: usize,
}

impl Printer<'_> {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }

    fn indent(self) -> String {
        "  ".repeat(self.depth + 1)
    }

    fn schema(self, id: SchemaId) -> String {
        let Some(schema) = self.api.schemas.get(id) else {
            return "nothing".to_owned();
        };
        if self.depth > DEPTH {
            return "…".to_owned();
        }
        let mut text = self.shape(&schema.shape);
        text.push_str(&facts(schema));
        text
    }

    fn used(self, used: &Use) -> String {
        let target = self.api.schemas.get(used.schema);
        let mut text = match target.map(|schema| &schema.owner) {
            Some(Owner::Component(name)) => name.clone(),
            _ => self.schema(used.schema),
        };
        if used.nullable {
            text.push('?');
        }
        match used.access {
            Access::ReadWrite => {}
            Access::ReadOnly => text.push_str(" read"),
            Access::WriteOnly => text.push_str(" write"),
        }
        if let Some(default) = &used.default {
            let _ = write!(text, " = {default}");
        }
        text
    }

    fn shape(self, shape: &Shape) -> String {
        match shape {
            Shape::Any(AnyReason::Unconstrained) => "any".to_owned(),
            Shape::Any(AnyReason::Lossy(why)) => format!("lost({why})"),
            Shape::Never => "never".to_owned(),
            Shape::Null => "null".to_owned(),
            Shape::Bool => "bool".to_owned(),
            Shape::Integer(None) => "integer".to_owned(),
            Shape::Integer(Some(format)) => format!("{format:?}").to_lowercase(),
            Shape::Number(None) => "number".to_owned(),
            Shape::Number(Some(format)) => format!("{format:?}").to_lowercase(),
            Shape::Text(format) => format!("text({format:?})").replace("(Plain)", ""),
            Shape::Choice(choice) => choice_text(choice),
            Shape::List(list) => format!("[{}]", self.used(&list.item)),
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Object(object) => self.object(object),
            Shape::Union(union) => self.union(union),
            Shape::Alias(used) => format!("same {}", self.used(used)),
        }
    }

    fn tuple(self, tuple: &Tuple) -> String {
        let items: Vec<String> = tuple.items.iter().map(|item| self.used(item)).collect();
        let rest = tuple.additional.as_ref().map(|rest| self.used(rest));
        let rest = rest.map(|rest| format!(" then {rest}")).unwrap_or_default();
        format!("({}{rest}) from {}", items.join(", "), tuple.required)
    }

    fn object(self, object: &Object) -> String {
        let inner = self.deeper();
        let mut lines = Vec::new();
        for (name, property) in &object.properties {
            let mark = if property.required { "!" } else { "" };
            let only = self.api.schemas.only_value(&property.value);
            let tag = property.constant.as_ref().filter(|_| only.is_none());
            let tag = tag.map(|tag| format!(" is {tag}")).unwrap_or_default();
            lines.push(format!(
                "{name}{mark}: {}{tag}",
                inner.used(&property.value)
            ));
        }
        for group in &object.exclusive_groups {
            let word = if group.required {
                "exactly one of"
            } else {
                "at most one of"
            };
            lines.push(format!("{word} {}", group.members.join(", ")));
        }
        match &object.additional {
            AdditionalProperties::Ignored => {}
            AdditionalProperties::Forbidden => lines.push("closed".to_owned()),
            AdditionalProperties::Retained(value) => {
                lines.push(format!("*: {}", inner.used(value)))
            }
        }
        if let Some(key) = &object.key {
            lines.push(format!("keys: {}", inner.used(key)));
        }
        self.block("{", lines, "}")
    }

    fn union(self, union: &Union) -> String {
        let inner = self.deeper();
        let lines = union.variants.iter().map(|variant| {
            let tags = match variant.tags.is_empty() {
                true => String::new(),
                false => format!("{}: ", variant.tags.join("|")),
            };
            format!("{tags}{}", inner.used(&variant.value))
        });
        self.block(
            &format!("one of by {} {{", tagging(&union.tagging)),
            lines.collect(),
            "}",
        )
    }

    fn block(self, open: &str, lines: Vec<String>, close: &str) -> String {
        if lines.is_empty() {
            return format!("{open}{close}");
        }
        let indent = self.indent();
        let mut text = format!("{open}\n");
        for line in lines {
            let _ = writeln!(text, "{indent}{line}");
        }
        text.push_str(&"  ".repeat(self.depth));
        text.push_str(close);
        text
    }
}

fn choice_text(choice: &Choice) -> String {
    let values = choice.values.iter().map(|value| match &value.name {
        Some(name) => format!("{} as {name}", value.wire),
        None => value.wire.to_string(),
    });
    let values: Vec<String> = values.collect();
    let open = if choice.open { " | …" } else { "" };
    format!("<{}{open}>", values.join(" | "))
}

fn tagging(tagging: &Tagging) -> String {
    match tagging {
        Tagging::Property {
            name,
            declared,
            tag,
        } => {
            let inside = if *declared { "" } else { " undeclared" };
            format!("{name}: {tag:?}{inside}")
        }
        Tagging::Type => "type".to_owned(),
        Tagging::Keys(keys) => {
            let names = keys.iter().map(|key| key.as_deref().unwrap_or("-"));
            format!("keys {}", names.collect::<Vec<_>>().join(", "))
        }
        Tagging::Text(_) => "text".to_owned(),
        Tagging::Event(data) => format!("event {data:?}"),
        Tagging::Trial => "trial".to_owned(),
    }
}

/// What is said of a schema beside its shape.
fn facts(schema: &Schema) -> String {
    let mut text = String::new();
    if schema.nullable {
        text.push('?');
    }
    if schema.constraints != Constraints::default() {
        let _ = write!(text, " {}", limits(&schema.constraints));
    }
    if let Some(default) = &schema.default {
        let _ = write!(text, " = {default}");
    }
    text
}

fn limits(limits: &Constraints) -> String {
    let text = |name: &str, value: &Option<String>| {
        let value = value.as_ref()?;
        Some(format!("{name} {value}"))
    };
    let count = |name: &str, value: Option<u64>| Some(format!("{name} {}", value?));
    let flag = |name: &str, value: bool| value.then(|| name.to_owned());
    let all = |name: &str, values: &[String]| {
        let value = values.join(", ");
        (!values.is_empty()).then(|| format!("{name} {value}"))
    };
    let name_patterns = limits.name_patterns.iter();
    let name_patterns: Vec<String> = name_patterns
        .flat_map(|names| names.patterns.clone())
        .collect();
    let said = [
        text("min", &limits.minimum),
        flag("above", limits.exclusive_minimum),
        text("max", &limits.maximum),
        flag("below", limits.exclusive_maximum),
        all("multiple of", &limits.multiples_of),
        count("min length", limits.min_length),
        count("max length", limits.max_length),
        all("pattern", &limits.patterns),
        count("min items", limits.min_items),
        count("max items", limits.max_items),
        flag("unique", limits.unique_items),
        count("min properties", limits.min_properties),
        count("max properties", limits.max_properties),
        all("other names", &name_patterns),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    format!("({})", said.join(", "))
}

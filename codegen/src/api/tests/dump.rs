//! The API model as text.

use crate::api::model::{
    Access, AdditionalProperties, AnyReason, Api, Choice, Constraints, Content, Object, Operation,
    Owner, ParameterEncoding, Response, Schema, SchemaId, Shape, Tagging, Union, Use,
};
use std::fmt::Write;

/// Maximum depth of inline schemas.
const MAX_DEPTH: usize = 24;

/// Returns an API as text: its operations, then its component schemas with their inline schemas.
///
/// Required properties and parameters end in `!`, nullable uses in `?`; components are referred to by name.
pub fn dump(api: &Api) -> String {
    let printer = Printer { api, depth: 0 };
    let mut text: String = api.operations.iter().map(|one| printer.operation(one)).collect();
    for (id, schema) in api.schemas.iter() {
        if let Owner::Component(name) = &schema.owner {
            let _ = writeln!(text, "{name} = {}", printer.schema(id));
        }
    }
    text
}

#[derive(Clone, Copy)]
struct Printer<'a> {
    api: &'a Api,
    depth: usize,
}

fn required(required: bool) -> &'static str {
    if required {
        "!"
    } else {
        ""
    }
}

impl Printer<'_> {
    fn inner(self) -> Self {
        let depth = self.depth + 1;
        Self { depth, ..self }
    }

    fn operation(self, operation: &Operation) -> String {
        let inner = self.inner();
        let mut text = format!("{} {} {}\n", operation.id, operation.method, operation.path);
        for parameter in &operation.parameters {
            let mark = required(parameter.required);
            let value = inner.used(&parameter.value);
            let encoding = encoding(&parameter.encoding);
            let (location, name) = (parameter.location, &parameter.name);
            let _ = writeln!(text, "  {location:?} {name}{mark}: {value}{encoding}");
        }
        if let Some(body) = &operation.body {
            let mark = required(body.required);
            for content in &body.contents {
                let _ = writeln!(text, "  body{mark} {}", inner.content(content));
            }
            for content in &body.alternatives {
                let _ = writeln!(text, "  also {} {:?}", content.media_type, content.codec);
            }
        }
        for response in &operation.responses {
            let _ = writeln!(text, "{}", inner.response(response));
        }
        for requirement in &operation.security {
            let names: Vec<_> = requirement.iter().map(|one| one.scheme.as_str()).collect();
            let _ = writeln!(text, "  needs [{}]", names.join(" + "));
        }
        text
    }

    fn response(self, response: &Response) -> String {
        let mut text = format!("  {:?}", response.status);
        for content in &response.contents {
            let _ = write!(text, " {}", self.content(content));
        }
        for content in &response.alternatives {
            let _ = write!(text, " also {} {:?}", content.media_type, content.codec);
        }
        for header in &response.headers {
            let _ = write!(text, " [{}: {}]", header.name, self.used(&header.value));
        }
        text
    }

    fn content(self, content: &Content) -> String {
        let value = match &content.value {
            Some(value) => self.used(value),
            None => "-".to_owned(),
        };
        format!("{} {:?}: {value}", content.media_type, content.codec)
    }

    fn schema(self, id: SchemaId) -> String {
        match self.api.schemas.get(id) {
            None => "nothing".to_owned(),
            Some(_) if self.depth > MAX_DEPTH => "…".to_owned(),
            Some(schema) => self.shape(&schema.shape) + &keywords(schema),
        }
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
        text.push_str(match used.access {
            Access::ReadWrite => "",
            Access::ReadOnly => " read",
            Access::WriteOnly => " write",
        });
        if let Some(default) = &used.default {
            let _ = write!(text, " = {default}");
        }
        text
    }

    fn shape(self, shape: &Shape) -> String {
        match shape {
            Shape::Any(AnyReason::Unconstrained) => "any".to_owned(),
            Shape::Any(AnyReason::Lossy(reason)) => format!("lost({reason})"),
            Shape::Never => "never".to_owned(),
            Shape::Null => "null".to_owned(),
            Shape::Bool => "bool".to_owned(),
            Shape::Integer(None) => "integer".to_owned(),
            Shape::Integer(Some(format)) => format!("{format:?}").to_lowercase(),
            Shape::Number(None) => "number".to_owned(),
            Shape::Number(Some(format)) => format!("{format:?}").to_lowercase(),
            Shape::Text(format) => format!("text({format:?})").replace("(Plain)", ""),
            Shape::Choice(choice) => self::choice(choice),
            Shape::List(list) => format!("[{}]", self.used(&list.item)),
            Shape::Tuple(tuple) => {
                let items: Vec<_> = tuple.items.iter().map(|item| self.used(item)).collect();
                let additional = tuple
                    .additional
                    .as_ref()
                    .map(|used| format!(" then {}", self.used(used)))
                    .unwrap_or_default();
                format!("({}{additional}) from {}", items.join(", "), tuple.required)
            }
            Shape::Object(object) => self.object(object),
            Shape::Union(union) => self.union(union),
            Shape::Alias(used) => format!("same {}", self.used(used)),
        }
    }

    fn object(self, object: &Object) -> String {
        let inner = self.inner();
        let mut lines = Vec::new();
        for (name, property) in &object.properties {
            let mark = required(property.required);
            let only = self.api.schemas.only_value(&property.value);
            let tag = match &property.constant {
                Some(tag) if only.is_none() => format!(" is {tag}"),
                Some(_) | None => String::new(),
            };
            lines.push(format!("{name}{mark}: {}{tag}", inner.used(&property.value)));
        }
        for group in &object.exclusive_groups {
            let count = match group.required {
                true => "exactly",
                false => "at most",
            };
            lines.push(format!("{count} one of {}", group.members.join(", ")));
        }
        match &object.additional {
            AdditionalProperties::Ignored => {}
            AdditionalProperties::Forbidden => lines.push("closed".to_owned()),
            AdditionalProperties::Retained(used) => lines.push(format!("*: {}", inner.used(used))),
        }
        lines.extend(object.key.iter().map(|key| format!("keys: {}", inner.used(key))));
        self.block("{", &lines)
    }

    fn union(self, union: &Union) -> String {
        let inner = self.inner();
        let line = |tags: &[String], value: &Use| match tags {
            [] => inner.used(value),
            tags => format!("{}: {}", tags.join("|"), inner.used(value)),
        };
        let variants = union.variants.iter();
        let lines: Vec<_> = variants.map(|one| line(&one.tags, &one.value)).collect();
        self.block(&format!("one of by {} {{", tagging(&union.tagging)), &lines)
    }

    fn block(self, open: &str, lines: &[String]) -> String {
        if lines.is_empty() {
            return format!("{open}}}");
        }
        let mut text = format!("{open}\n");
        for line in lines {
            let _ = writeln!(text, "{}{line}", "  ".repeat(self.depth + 1));
        }
        text + &"  ".repeat(self.depth) + "}"
    }
}

fn encoding(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Style { style, explode, nested, .. } => {
            let explode = if *explode { "*" } else { "" };
            let nested: String = nested.iter().map(|style| format!(" of {style:?}")).collect();
            format!(" {style:?}{explode}{nested}")
        }
        ParameterEncoding::Content(media_type) => format!(" as {media_type}"),
    }
}

fn choice(choice: &Choice) -> String {
    let values = choice.values.iter().map(|value| match &value.name {
        Some(name) => format!("{} as {name}", value.wire),
        None => value.wire.to_string(),
    });
    let others = choice.open.then(|| "…".to_owned());
    format!("<{}>", values.chain(others).collect::<Vec<_>>().join(" | "))
}

fn tagging(tagging: &Tagging) -> String {
    match tagging {
        Tagging::Property { name, declared, tag } => {
            let undeclared = if *declared { "" } else { " undeclared" };
            format!("{name}: {tag:?}{undeclared}")
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

/// Returns the keywords of a schema that its shape does not have.
fn keywords(schema: &Schema) -> String {
    let mut text = String::new();
    if schema.nullable {
        text.push('?');
    }
    if schema.constraints != Constraints::default() {
        let _ = write!(text, " {}", constraints(&schema.constraints));
    }
    if let Some(default) = &schema.default {
        let _ = write!(text, " = {default}");
    }
    text
}

fn constraints(constraints: &Constraints) -> String {
    let text = |name: &str, text: &Option<String>| Some(format!("{name} {}", text.as_ref()?));
    let count = |name: &str, count: Option<u64>| Some(format!("{name} {}", count?));
    let flag = |name: &str, flag: bool| flag.then(|| name.to_owned());
    let list = |name: &str, list: &[String]| {
        (!list.is_empty()).then(|| format!("{name} {}", list.join(", ")))
    };
    let name_patterns: Vec<_> =
        constraints.name_patterns.iter().flat_map(|one| one.patterns.clone()).collect();
    let all = [
        text("min", &constraints.minimum),
        flag("above", constraints.exclusive_minimum),
        text("max", &constraints.maximum),
        flag("below", constraints.exclusive_maximum),
        list("multiple of", &constraints.multiples_of),
        count("min length", constraints.min_length),
        count("max length", constraints.max_length),
        list("pattern", &constraints.patterns),
        count("min items", constraints.min_items),
        count("max items", constraints.max_items),
        flag("unique", constraints.unique_items),
        count("min properties", constraints.min_properties),
        count("max properties", constraints.max_properties),
        list("other names", &name_patterns),
    ];
    format!("({})", all.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

//! The examples of a document with their types, for the test that tries them.

use super::model::{Example, ValueType};
use super::{example_value, Context, Form, Style};
use crate::api::model::{
    Access, Api, Body, Codec, Content, Incoming, Json, Operation, Schema, SchemaId, Shape, Site,
    Use,
};
use crate::diagnostics::Place;
use crate::names::Names;
use std::collections::BTreeSet;

/// Every example and default of an API, in the document's order: those of schemas, then those of operations.
pub fn lower(api: &Api, names: &Names, style: &Style) -> Vec<Example> {
    let context = Context::new(api, names, style);
    let mut table = Table {
        context: &context,
        examples: Vec::new(),
        seen: BTreeSet::new(),
    };
    for (id, schema) in api.schemas.iter() {
        table.schema(id, schema);
    }
    api.operations
        .iter()
        .for_each(|operation| table.operation(operation));
    api.incoming
        .iter()
        .for_each(|incoming| table.incoming(incoming));
    table.examples
}

struct Table<'a> {
    context: &'a Context<'a>,
    examples: Vec<Example>,
    /// Names and texts, so that a part that several operations share is tried once.
    seen: BTreeSet<(String, String)>,
}

/// What is said at one place of the values there.
struct Said<'a> {
    schema: SchemaId,
    form: Form,
    at: &'a Site,
    examples: &'a [Json],
    default: Option<&'a Json>,
}

impl Table<'_> {
    fn add(&mut self, said: &Said<'_>, value: &ValueType) {
        let (id, form) = (said.schema, said.form);
        let several = said.examples.len() > 1;
        let examples = said.examples.iter().enumerate();
        let word = |index| {
            if several {
                format!("example {}", index + 1)
            } else {
                "example".to_owned()
            }
        };
        let examples = examples.map(|(index, json)| (word(index), json));
        let default = said.default.map(|json| ("default".to_owned(), json));
        for (word, json) in examples.chain(default) {
            let name = format!("{} {word}", pointer(said.at));
            let json = example_value::example(self.context, id, form, json).to_string();
            if self.seen.insert((name.clone(), json.clone())) {
                let value = value.clone();
                self.examples.push(Example { name, json, value });
            }
        }
    }

    fn schema(&mut self, id: SchemaId, schema: &Schema) {
        let form = self.context.form(id);
        let value = self.context.reference(id, form);
        let value = if schema.nullable {
            value.nullable()
        } else {
            value
        };
        let said = Said {
            schema: id,
            form,
            at: &schema.at,
            examples: &schema.examples,
            default: schema.default.as_ref(),
        };
        self.add(&said, &value);
        for used in inside(schema) {
            self.used(used, form);
        }
    }

    fn used(&mut self, used: &Use, form: Form) {
        let form = match used.access {
            Access::WriteOnly => Form::Input,
            Access::ReadWrite | Access::ReadOnly => form,
        };
        let value = self.context.nullable_value(used, form);
        let said = Said {
            schema: used.schema,
            form,
            at: &used.at,
            examples: &used.examples,
            default: used.default.as_ref(),
        };
        self.add(&said, &value);
    }

    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.used(&parameter.value, Form::Input);
        }
        self.body(operation.body.as_ref(), Form::Input);
        for response in &operation.responses {
            self.contents(&response.contents, Form::Read);
            for header in &response.headers {
                self.used(&header.value, Form::Read);
            }
        }
    }

    fn incoming(&mut self, incoming: &Incoming) {
        self.body(incoming.body.as_ref(), Form::Read);
    }

    fn body(&mut self, body: Option<&Body>, form: Form) {
        if let Some(body) = body {
            self.contents(&body.contents, form);
        }
    }

    fn contents(&mut self, contents: &[Content], form: Form) {
        // The examples of other media types are text in a form of their own.
        let json = contents
            .iter()
            .filter(|content| content.codec == Codec::Json);
        for used in json.filter_map(|content| content.value.as_ref()) {
            self.used(used, form);
        }
    }
}

/// The places inside a schema that point at others.
fn inside(schema: &Schema) -> Vec<&Use> {
    match &schema.shape {
        Shape::List(list) => vec![&list.item],
        Shape::Tuple(tuple) => tuple.items.iter().chain(&tuple.additional).collect(),
        Shape::Object(object) => {
            let properties = object.properties.values().map(|property| &property.value);
            let rest = match &object.additional {
                crate::api::model::AdditionalProperties::Retained(used) => Some(used.as_ref()),
                crate::api::model::AdditionalProperties::Ignored
                | crate::api::model::AdditionalProperties::Forbidden => None,
            };
            properties.chain(rest).collect()
        }
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.value)
            .collect(),
        Shape::Alias(used) => vec![used],
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_) => Vec::new(),
    }
}

/// Where the user's file has it.
fn pointer(at: &Site) -> &str {
    let pointer = match &at.place {
        Place::Pointer(_, pointer) | Place::Key(_, pointer) => pointer,
        Place::Nowhere | Place::File(_) | Place::Span(..) => &at.pointer,
    };
    pointer.trim_start_matches('/')
}

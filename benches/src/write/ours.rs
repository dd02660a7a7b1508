//! This design: the synthetic API as an OpenAPI document, and what the generator makes of it.

use serde_json::{json, Map, Value};
use typewright::{generate, Loader, Options, ReadError};

use super::File;
use crate::model::{docs, Api, Choice, Operation, Record, Ty, Union};

/// The files of the crate below `src`.
#[must_use]
pub fn files(api: &Api) -> Vec<File> {
    let generated = generate("api.json", &Text(document(api)), &Options::default());
    let output = generated.output.expect("a document without errors");
    let modules = output.modules.into_iter();
    modules.map(|module| (module.path, module.text)).collect()
}

/// A document in memory.
struct Text(Value);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.to_string())
    }
}

/// The API as a document.
fn document(api: &Api) -> Value {
    let mut schemas = Map::new();
    for choice in &api.choices {
        schemas.insert(choice.name.clone(), choice_schema(choice));
    }
    for union in &api.unions {
        schemas.insert(union.name.clone(), union_schema(union));
    }
    for record in &api.records {
        schemas.insert(record.name.clone(), record_schema(record));
    }
    let mut paths = Map::new();
    for operation in &api.operations {
        let method = operation.method.to_lowercase();
        let item = paths.entry(operation.template.clone());
        item.or_insert_with(|| json!({}))[method] = operation_object(operation);
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1" },
        "servers": [{ "url": "https://api.example" }],
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn schema(ty: &Ty) -> Value {
    match ty {
        Ty::Text => json!({ "type": "string" }),
        Ty::Integer => json!({ "type": "integer", "format": "int64" }),
        Ty::IntegerInText => json!({ "type": "string", "format": "int64" }),
        Ty::Float => json!({ "type": "number", "format": "double" }),
        Ty::Bool => json!({ "type": "boolean" }),
        Ty::Time => json!({ "type": "string", "format": "date-time" }),
        Ty::Named(name) => reference(name),
        Ty::List(item) => json!({ "type": "array", "items": schema(item) }),
        Ty::Map(value) => json!({ "type": "object", "additionalProperties": schema(value) }),
    }
}

fn record_schema(record: &Record) -> Value {
    let mut properties = Map::new();
    for field in &record.fields {
        let mut schema = schema(&field.ty);
        // A reference has no members beside it in OpenAPI 3.0.
        if schema.get("$ref").is_none() {
            schema["description"] = docs(&field.ident).into();
        }
        properties.insert(field.wire.clone(), schema);
    }
    let required = record.fields.iter().filter(|field| field.required);
    let required: Vec<_> = required.map(|field| &field.wire).collect();
    let mut schema = json!({
        "type": "object",
        "description": docs(&record.name),
        "properties": properties,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn choice_schema(choice: &Choice) -> Value {
    let values: Vec<_> = choice.values.iter().map(|(wire, _)| wire).collect();
    json!({ "type": "string", "description": docs(&choice.name), "enum": values })
}

fn union_schema(union: &Union) -> Value {
    let branches = union.branches.iter();
    let mapping = branches.clone().map(|(tag, record)| {
        let target = reference(record)["$ref"].clone();
        (tag.clone(), target)
    });
    let mapping: Map<_, _> = mapping.collect();
    let branches: Vec<_> = branches.map(|(_, record)| reference(record)).collect();
    json!({
        "description": docs(&union.name),
        "oneOf": branches,
        "discriminator": { "propertyName": "kind", "mapping": mapping },
    })
}

fn operation_object(operation: &Operation) -> Value {
    let text = json!({ "type": "string" });
    let path = operation
        .path
        .iter()
        .map(|(wire, _)| json!({ "name": wire, "in": "path", "required": true, "schema": text }));
    let query = operation.query.iter().map(|(wire, ident, integer)| {
        let schema = if *integer { schema(&Ty::Integer) } else { text.clone() };
        json!({ "name": wire, "in": "query", "description": docs(ident), "schema": schema })
    });
    let parameters: Vec<_> = path.chain(query).collect();
    let content = |name: &str| json!({ "application/json": { "schema": reference(name) } });
    let mut object = json!({
        "operationId": operation.id,
        "description": docs(&operation.id),
        "parameters": parameters,
        "responses": { "200": { "description": "", "content": content(&operation.reply) } },
    });
    if let Some(body) = &operation.body {
        object["requestBody"] = json!({ "required": true, "content": content(body) });
    }
    object
}

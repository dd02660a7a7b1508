//! Validation of a document's examples by its own schemas, with an independent validator.

use jsonschema::{Draft, Registry, Validator};
use serde_json::{json, Map, Value};
use std::path::Path;

/// The name of the document among the validator's resources.
const URI: &str = "urn:document";

/// The schemas of a document.
pub struct Schemas {
    document: Value,
    registry: Registry<'static>,
    draft: Draft,
}

impl Schemas {
    /// The schemas of the document at this path.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let document: Value = serde_yaml::from_str(&text).unwrap();
        let version = document["openapi"].as_str();
        let draft = match version {
            Some(version) if version >= "3.1" => Draft::Draft202012,
            Some(_) | None => Draft::Draft4,
        };
        let resource = draft.create_resource(schema(document.clone(), draft));
        let registry = Registry::new().add(URI, resource).unwrap().prepare().unwrap();
        Self { document, registry, draft }
    }

    /// `true` if the schema that an example is named after accepts it. A schema that the validator cannot use accepts nothing.
    pub fn accept(&self, name: &str, json: &str) -> bool {
        let word = [" example", " default"].iter().filter_map(|word| name.rfind(word));
        let pointer = word.max().and_then(|end| name.get(..end)).unwrap_or(name);
        let instance: Value = serde_json::from_str(json).unwrap();
        match self.validator(pointer) {
            Ok(validator) => validator.is_valid(&instance),
            Err(reason) => {
                println!("{name}: no validator: {reason}");
                false
            }
        }
    }

    fn validator(&self, pointer: &str) -> Result<Validator, String> {
        let source = self.document.pointer(&format!("/{pointer}"));
        let mut schema = schema(source.ok_or("nothing is there")?.clone(), self.draft);
        from_outside(&mut schema);
        jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| error.to_string())
    }
}

/// A schema of OpenAPI as one of JSON Schema.
fn schema(mut schema: Value, draft: Draft) -> Value {
    if draft == Draft::Draft4 {
        nullable(&mut schema);
    }
    schema
}

/// Has the references of a part of the document lead into the document.
fn from_outside(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(from_outside),
        Value::Object(members) => {
            members.values_mut().for_each(from_outside);
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                if reference.starts_with('#') {
                    reference.insert_str(0, URI);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `nullable`, which JSON Schema does not know, as `anyOf` with null; what stands beside a reference is left as it is.
fn nullable(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(nullable),
        Value::Object(members) => {
            members.values_mut().for_each(nullable);
            if members.get("nullable") == Some(&Value::Bool(true)) {
                *members = with_null(std::mem::take(members));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// References lead into properties and items, so these stay in place too.
fn with_null(members: Map<String, Value>) -> Map<String, Value> {
    let stay = ["properties", "items", "additionalProperties"];
    let stay = stay.iter().filter_map(|key| Some(((*key).to_owned(), members.get(*key)?.clone())));
    let mut both: Map<_, _> = stay.collect();
    both.insert("anyOf".to_owned(), json!([{ "enum": [null] }, members]));
    both
}

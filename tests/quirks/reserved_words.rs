//! A document in which every name is a word that generated code reserves.

use serde_json::{json, Map, Value};
use typewright::names::reserved;

/// Every word, each also as other kinds of names are written, so that both cases of it are tried.
pub fn words() -> Vec<String> {
    let all = reserved::all();
    let mut words: Vec<String> = all.iter().map(|word| (*word).to_owned()).collect();
    for word in all {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        words.push(first.chain(letters).collect());
        words.push(word.to_lowercase());
    }
    words.sort();
    words.dedup();
    words
}

/// A name that components may have (OpenAPI 3.0, section 4.7.7).
fn is_component(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

fn members(words: &[String], value: impl Fn(usize, &str) -> Value) -> Map<String, Value> {
    let members = words.iter().enumerate();
    members.map(|(at, word)| (word.clone(), value(at, word))).collect()
}

fn reference(word: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{word}") })
}

fn body(schema: Value) -> Value {
    json!({ "description": "d", "content": { "application/json": { "schema": schema } } })
}

fn parameters(words: &[String], location: &str) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let one = |word: &String| json!({ "name": word, "in": location, "schema": text });
    words.iter().map(one).collect()
}

/// A schema a word, and schemas whose members, values and branches are all words.
fn schemas(words: &[String]) -> Map<String, Value> {
    let components: Vec<String> = words.iter().filter(|word| is_component(word)).cloned().collect();
    let next = |at: usize| &components[(at + 1) % components.len()];
    let mut schemas = members(&components, |at, word| match at % 4 {
        0 => {
            json!({ "type": "object", "properties": { word: reference(next(at)), "inner": { "type": "object", "properties": { word: { "type": "string" } } } } })
        }
        1 => json!({ "type": "string", "enum": [word, "Err", "none"] }),
        2 => json!({ "type": "array", "items": reference(next(at)) }),
        _ => {
            json!({ "type": "object", "required": [word], "properties": { word: { "type": "string" }, "id": { "type": "string", "readOnly": true } } })
        }
    });
    let text = |at: usize, word: &str| match at % 3 {
        0 => json!({ "type": "string", "minLength": 1 }),
        1 => json!({ "type": "string", "default": word }),
        _ => json!({ "type": ["integer", "null"] }),
    };
    let required: Vec<&String> = words.iter().step_by(2).collect();
    let properties = members(words, text);
    schemas.insert("AllMembers".into(), json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": { "type": "string" } }));
    schemas.insert("AllValues".into(), json!({ "type": "string", "enum": words }));
    let numbers: Vec<usize> = (0..words.len()).collect();
    schemas.insert(
        "AllNames".into(),
        json!({ "type": "integer", "enum": numbers, "x-enum-varnames": words }),
    );
    let branches = words.iter().map(|word| json!({ "title": word, "type": "object", "required": ["kind"], "properties": { "kind": { "const": word } } }));
    let branches: Vec<Value> = branches.collect();
    schemas.insert("AllBranches".into(), json!({ "oneOf": branches }));
    schemas
}

fn operation(at: usize, word: &str, words: &[String]) -> Value {
    let other = &words[(at + 7) % words.len()];
    let schema = match is_component(word) {
        true => reference(word),
        false => json!({ "type": "string" }),
    };
    json!({
        "operationId": word,
        "tags": [word],
        "parameters": [
            { "name": word, "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": word, "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
            { "name": other, "in": "header", "schema": { "type": ["string", "null"] } },
            { "name": "body", "in": "cookie", "schema": { "type": "string" } },
        ],
        "requestBody": { "content": { "application/json": { "schema": schema }, "text/plain": { "schema": { "type": "string" } } } },
        "responses": {
            "200": body(schema.clone()),
            "202": body(json!({ "type": "object", "properties": { word: { "type": "string" } } })),
            "404": body(json!({ "type": "object", "properties": { word: { "type": "string" } } })),
            "default": body(json!({ "type": "string" })),
        },
    })
}

/// Operations that have every word at once: as parameters of each place, as parts, as headers of the reply.
fn whole(words: &[String]) -> Value {
    let file = json!({ "type": "string", "contentMediaType": "application/octet-stream" });
    let mut parts = members(words, |_, _| json!({ "type": "string" }));
    parts.insert("file".into(), file);
    let headers = members(words, |_, _| json!({ "schema": { "type": "string" } }));
    json!({
        "post": {
            "operationId": "allParts",
            "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": { "type": "object", "required": ["file"], "properties": parts } } } },
            "responses": { "204": { "description": "d", "headers": headers } },
        },
        "get": { "operationId": "allOfQuery", "parameters": parameters(words, "query"), "responses": { "200": body(reference("AllMembers")) } },
        "put": {
            "operationId": "allOfHeader",
            "parameters": parameters(words, "header"),
            "requestBody": { "content": { "application/json": { "schema": { "type": "array", "items": reference("AllBranches") } } } },
            "responses": { "200": body(reference("AllNames")), "201": body(reference("AllValues")) },
        },
    })
}

/// The document.
pub fn document() -> String {
    let words = words();
    let paths = words.iter().enumerate().map(|(at, word)| {
        let item = json!({ "post": operation(at, word, &words) });
        (format!("/{at}/{{{word}}}"), item)
    });
    let mut paths: Map<String, Value> = paths.collect();
    paths.insert("/all".into(), whole(&words));
    let servers = words.iter().map(|word| {
        let variables = json!({ word: { "default": "a", "enum": ["a", word, "Self"] } });
        json!({ "url": format!("https://{{{word}}}.example"), "description": word, "variables": variables })
    });
    let servers: Vec<Value> = servers.collect();
    let schemes = words.iter().filter(|word| is_component(word)).cloned();
    let schemes = members(
        &schemes.collect::<Vec<_>>(),
        |_, word| json!({ "type": "apiKey", "in": "header", "name": format!("X-{word}") }),
    );
    let webhooks = members(
        &words,
        |_, _| json!({ "post": { "requestBody": body(reference("AllMembers")), "responses": { "204": { "description": "d" } } } }),
    );
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Every word", "version": "1" },
        "servers": servers,
        "paths": paths,
        "webhooks": webhooks,
        "components": { "schemas": schemas(&words), "securitySchemes": schemes },
    });
    document.to_string()
}

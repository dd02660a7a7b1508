//! What a document says, as places and words.

use super::schema;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;

/// The facts of a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What is said, by its place.
    pub said: BTreeMap<String, String>,
    /// Places of which the document says that they are open.
    pub open: Vec<String>,
}

impl Facts {
    /// Records a fact.
    pub fn say(&mut self, at: impl Into<String>, word: impl Into<String>) {
        self.said.insert(at.into(), word.into());
    }

    /// Whether a place, or one that it is in, is open.
    pub fn is_open(&self, at: &str) -> bool {
        self.open.iter().any(|open| covers(open, at))
    }
}

/// Whether an open place covers a fact's: `a/b` what is at it and below it, `a/*` what is below, `a/**/c` every `c` below.
fn covers(open: &str, at: &str) -> bool {
    let below = |open: &str| {
        at.strip_prefix(open)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match open.split_once("/**/") {
        Some((above, word)) => {
            below(above).is_some_and(|rest| rest.split('/').any(|part| part == word))
        }
        None => below(open.strip_suffix("/*").unwrap_or(open)).is_some(),
    }
}

/// A document's root, for references, and whether they are followed.
#[derive(Clone, Copy, Debug)]
pub struct Root<'d> {
    document: &'d Value,
    /// Whether a reference is a fact by its name.
    pub named: bool,
}

impl<'d> Root<'d> {
    /// The value that a reference of this document points to.
    pub fn resolve(&self, reference: &str) -> Option<&'d Value> {
        let mut value = self.document;
        for part in reference.strip_prefix("#/")?.split('/') {
            value = value.get(part.replace("~1", "/").replace("~0", "~").as_str())?;
        }
        Some(value)
    }

    /// The value, or what it refers to.
    pub fn target(&self, value: &'d Value) -> &'d Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        reference
            .and_then(|reference| self.resolve(reference))
            .unwrap_or(value)
    }
}

const VERBS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The members of an object that have a name.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_mapping().into_iter().flat_map(Mapping::iter);
    members.filter_map(|(key, value)| match key {
        Value::String(key) => Some((key.as_str(), value)),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Sequence(_)
        | Value::Mapping(_)
        | Value::Tagged(_) => None,
    })
}

/// The elements of a list.
pub fn elements(value: Option<&Value>) -> &[Value] {
    value
        .and_then(Value::as_sequence)
        .map_or(&[], Vec::as_slice)
}

/// A scalar, or any other value in YAML's words.
pub fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Sequence(_)
        | Value::Mapping(_)
        | Value::Tagged(_)) => serde_yaml::to_string(other)
            .unwrap_or_default()
            .trim()
            .to_owned(),
    }
}

/// The operations of a document, as `post /path`.
pub fn operations(document: &Value) -> Vec<String> {
    let paths = document.get("paths").into_iter().flat_map(members);
    let operations = paths.flat_map(|(path, item)| {
        let verbs = members(item).filter(|(verb, _)| VERBS.contains(verb));
        verbs.map(move |(verb, _)| format!("{verb} {path}"))
    });
    operations.collect()
}

/// The facts of a document.
pub fn of(document: &Value, named: bool) -> Facts {
    let root = Root { document, named };
    let mut facts = Facts::default();
    servers(&mut facts, "servers", document.get("servers"));
    security(&mut facts, "security", document.get("security"));
    for (path, item) in document.get("paths").into_iter().flat_map(members) {
        for (verb, operation) in members(item).filter(|(verb, _)| VERBS.contains(verb)) {
            let at = format!("paths/{path}/{verb}");
            facts.say(&at, "an operation");
            let shared = elements(item.get("parameters"));
            self::operation(&mut facts, &at, operation, shared, root);
        }
    }
    let components = document.get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes"));
    for (name, scheme) in schemes.into_iter().flat_map(members) {
        for (key, value) in members(scheme).filter(|(key, _)| !is_told(key)) {
            facts.say(format!("securitySchemes/{name}/{key}"), word(value));
        }
        open(&mut facts, &format!("securitySchemes/{name}"), scheme);
    }
    let schemas = components.and_then(|components| components.get("schemas"));
    for (name, schema) in schemas.into_iter().flat_map(members).filter(|_| named) {
        let at = format!("schemas/{name}");
        facts.say(&at, "a schema");
        schema::facts(&mut facts, &at, schema, root, &mut Vec::new());
    }
    open(&mut facts, "", document);
    facts
}

/// Whether a key only tells, or extends.
pub fn is_told(key: &str) -> bool {
    let told = [
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
    ];
    told.contains(&key) || key.starts_with("x-")
}

/// Notes the places that an object leaves open.
pub fn open(facts: &mut Facts, at: &str, object: &Value) {
    for place in elements(object.get("x-typewright-open"))
        .iter()
        .filter_map(Value::as_str)
    {
        let place = if at.is_empty() {
            place.to_owned()
        } else {
            format!("{at}/{place}")
        };
        facts.open.push(place);
    }
}

fn operation(facts: &mut Facts, at: &str, operation: &Value, shared: &[Value], root: Root<'_>) {
    for (key, value) in members(operation).filter(|(key, _)| !is_told(key)) {
        match key {
            "tags" => elements(Some(value))
                .iter()
                .for_each(|tag| facts.say(format!("{at}/tags/{}", word(tag)), "a tag")),
            "parameters" | "responses" | "requestBody" | "callbacks" => {}
            "security" => security(facts, &format!("{at}/security"), Some(value)),
            "servers" => servers(facts, &format!("{at}/servers"), Some(value)),
            _ => facts.say(format!("{at}/{key}"), word(value)),
        }
    }
    for parameter in shared.iter().chain(elements(operation.get("parameters"))) {
        self::parameter(facts, at, root.target(parameter), root);
    }
    if let Some(body) = operation.get("requestBody") {
        let body = root.target(body);
        let required = body.get("required").and_then(Value::as_bool) == Some(true);
        facts.say(format!("{at}/requestBody/required"), required.to_string());
        content(facts, &format!("{at}/requestBody"), body, root);
    }
    for (status, reply) in operation.get("responses").into_iter().flat_map(members) {
        let at = format!("{at}/responses/{status}");
        facts.say(&at, "a reply");
        content(facts, &at, root.target(reply), root);
    }
    open(facts, at, operation);
}

fn parameter(facts: &mut Facts, at: &str, parameter: &Value, root: Root<'_>) {
    let part = |key: &str| {
        parameter
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let at = format!("{at}/parameters/{}/{}", part("in"), part("name"));
    facts.say(&at, "a parameter");
    for (key, value) in members(parameter).filter(|(key, _)| !is_told(key)) {
        match key {
            "name" | "in" | "schema" => {}
            "required" | "deprecated" if value.as_bool() == Some(false) => {}
            _ => facts.say(format!("{at}/{key}"), word(value)),
        }
    }
    if let Some(schema) = parameter.get("schema") {
        schema::facts(
            facts,
            &format!("{at}/schema"),
            schema,
            root,
            &mut Vec::new(),
        );
    }
}

fn content(facts: &mut Facts, at: &str, holder: &Value, root: Root<'_>) {
    for (media, content) in holder.get("content").into_iter().flat_map(members) {
        let at = format!("{at}/content/{media}");
        facts.say(&at, "a media type");
        if let Some(schema) = content.get("schema") {
            schema::facts(
                facts,
                &format!("{at}/schema"),
                schema,
                root,
                &mut Vec::new(),
            );
        }
    }
}

fn servers(facts: &mut Facts, at: &str, servers: Option<&Value>) {
    for server in elements(servers) {
        let url = server.get("url").map(word).unwrap_or_default();
        let at = format!("{at}/{url}");
        facts.say(&at, "a server");
        for (name, variable) in server.get("variables").into_iter().flat_map(members) {
            let default = variable.get("default").map(word).unwrap_or_default();
            facts.say(format!("{at}/variables/{name}"), default);
        }
    }
}

fn security(facts: &mut Facts, at: &str, security: Option<&Value>) {
    for choice in elements(security) {
        let mut schemes: Vec<&str> = members(choice).map(|(name, _)| name).collect();
        schemes.sort_unstable();
        facts.say(format!("{at}/{}", schemes.join(" and ")), "a way in");
    }
}

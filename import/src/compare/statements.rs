//! Statements of a document: places with a word each.

use std::collections::BTreeMap;
use typewright::syntax::{number, pointer, print_json, Node, Value};

/// The statements of a document.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Statements by place.
    pub by_place: BTreeMap<String, String>,
    /// Places that the document marks as open.
    pub open: Vec<String>,
}

impl Statements {
    /// Records a statement.
    pub fn record(&mut self, at: impl Into<String>, word: impl Into<String>) {
        self.by_place.insert(at.into(), word.into());
    }

    /// `true` if a place or one around it is open.
    pub fn is_open(&self, at: &str) -> bool {
        self.open.iter().any(|open| covers(open, at))
    }
}

/// `true` if an open place covers another: `a/b` covers itself and everything below, `a/*` everything below, `a/**/c` every `c` below.
fn covers(open: &str, at: &str) -> bool {
    let below =
        |open: &str| at.strip_prefix(open).filter(|rest| rest.is_empty() || rest.starts_with('/'));
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
    document: &'d Node,
    /// `true` if references are compared by name.
    pub named: bool,
}

impl<'d> Root<'d> {
    /// The value that a reference of this document points to.
    pub fn resolve(&self, reference: &str) -> Option<&'d Node> {
        let mut value = self.document;
        for part in reference.strip_prefix("#/")?.split('/') {
            value = value.get(&pointer::unescape(part))?;
        }
        Some(value)
    }

    /// The value, or what it refers to.
    pub fn target(&self, value: &'d Node) -> &'d Node {
        let reference = value.get("$ref").and_then(Node::as_text);
        reference.and_then(|reference| self.resolve(reference)).unwrap_or(value)
    }
}

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The members of an object that have a name.
pub fn members(value: &Node) -> impl Iterator<Item = (&str, &Node)> {
    value.members().map(|(key, member)| (&**key, member))
}

/// The elements of a list.
pub fn elements(value: Option<&Node>) -> &[Node] {
    value.and_then(Node::as_list).unwrap_or_default()
}

/// Text of a scalar; JSON on one line of any other value.
pub fn word(value: &Node) -> String {
    match &value.value {
        Value::Text(text) => text.clone(),
        Value::Number(text) => number::normalized(text),
        Value::Null | Value::Bool(_) | Value::List(_) | Value::Object(_) => {
            print_json(value).lines().map(str::trim_start).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The operations of a document, as `post /path`.
pub fn operations(document: &Node) -> Vec<String> {
    let paths = document.get("paths").into_iter().flat_map(members);
    let operations = paths.flat_map(|(path, item)| {
        let verbs = members(item).filter(|(verb, _)| VERBS.contains(verb));
        verbs.map(move |(verb, _)| format!("{verb} {path}"))
    });
    operations.collect()
}

/// The statements of a document.
pub fn collect(document: &Node, named: bool) -> Statements {
    let root = Root { document, named };
    let mut statements = Statements::default();
    servers(&mut statements, "servers", document.get("servers"));
    security(&mut statements, "security", document.get("security"));
    for (path, item) in document.get("paths").into_iter().flat_map(members) {
        for (verb, operation) in members(item).filter(|(verb, _)| VERBS.contains(verb)) {
            let at = format!("paths/{path}/{verb}");
            statements.record(&at, "an operation");
            let shared = elements(item.get("parameters"));
            self::operation(&mut statements, &at, operation, shared, root);
        }
    }
    let components = document.get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes"));
    for (name, scheme) in schemes.into_iter().flat_map(members) {
        for (key, value) in members(scheme).filter(|(key, _)| !is_told(key)) {
            statements.record(format!("securitySchemes/{name}/{key}"), word(value));
        }
        open(&mut statements, &format!("securitySchemes/{name}"), scheme);
    }
    let schemas = components.and_then(|components| components.get("schemas"));
    for (name, schema) in schemas.into_iter().flat_map(members).filter(|_| named) {
        let at = format!("schemas/{name}");
        statements.record(&at, "a schema");
        record_schema(&mut statements, &at, schema, root, &mut Vec::new());
    }
    open(&mut statements, "", document);
    statements
}

/// `true` for a key that only describes or extends.
pub fn is_told(key: &str) -> bool {
    let descriptive = ["description", "summary", "title", "example", "examples", "externalDocs"];
    descriptive.contains(&key) || key.starts_with("x-")
}

/// Records the places that an object leaves open.
pub fn open(statements: &mut Statements, at: &str, object: &Node) {
    for place in elements(object.get("x-typewright-open")).iter().filter_map(Node::as_text) {
        let place = if at.is_empty() { place.to_owned() } else { format!("{at}/{place}") };
        statements.open.push(place);
    }
}

fn operation(
    statements: &mut Statements,
    at: &str,
    operation: &Node,
    shared: &[Node],
    root: Root<'_>,
) {
    for (key, value) in members(operation).filter(|(key, _)| !is_told(key)) {
        match key {
            "tags" => elements(Some(value))
                .iter()
                .for_each(|tag| statements.record(format!("{at}/tags/{}", word(tag)), "a tag")),
            "parameters" | "responses" | "requestBody" | "callbacks" => {}
            "security" => security(statements, &format!("{at}/security"), Some(value)),
            "servers" => servers(statements, &format!("{at}/servers"), Some(value)),
            _ => statements.record(format!("{at}/{key}"), word(value)),
        }
    }
    for parameter in shared.iter().chain(elements(operation.get("parameters"))) {
        self::parameter(statements, at, root.target(parameter), root);
    }
    if let Some(body) = operation.get("requestBody") {
        let body = root.target(body);
        let required = body.get("required").and_then(Node::as_bool) == Some(true);
        statements.record(format!("{at}/requestBody/required"), required.to_string());
        content(statements, &format!("{at}/requestBody"), body, root);
    }
    for (status, response) in operation.get("responses").into_iter().flat_map(members) {
        let at = format!("{at}/responses/{status}");
        statements.record(&at, "a response");
        content(statements, &at, root.target(response), root);
    }
    open(statements, at, operation);
}

fn parameter(statements: &mut Statements, at: &str, parameter: &Node, root: Root<'_>) {
    let part = |key: &str| parameter.get(key).and_then(Node::as_text).unwrap_or_default();
    let at = format!("{at}/parameters/{}/{}", part("in"), part("name"));
    statements.record(&at, "a parameter");
    for (key, value) in members(parameter).filter(|(key, _)| !is_told(key)) {
        match key {
            "name" | "in" | "schema" => {}
            "required" | "deprecated" if value.as_bool() == Some(false) => {}
            _ => statements.record(format!("{at}/{key}"), word(value)),
        }
    }
    if let Some(schema) = parameter.get("schema") {
        record_schema(statements, &format!("{at}/schema"), schema, root, &mut Vec::new());
    }
}

fn content(statements: &mut Statements, at: &str, holder: &Node, root: Root<'_>) {
    for (media, content) in holder.get("content").into_iter().flat_map(members) {
        let at = format!("{at}/content/{media}");
        statements.record(&at, "a media type");
        if let Some(schema) = content.get("schema") {
            record_schema(statements, &format!("{at}/schema"), schema, root, &mut Vec::new());
        }
    }
}

fn servers(statements: &mut Statements, at: &str, servers: Option<&Node>) {
    for server in elements(servers) {
        let url = server.get("url").map(word).unwrap_or_default();
        let at = format!("{at}/{url}");
        statements.record(&at, "a server");
        for (name, variable) in server.get("variables").into_iter().flat_map(members) {
            let default = variable.get("default").map(word).unwrap_or_default();
            statements.record(format!("{at}/variables/{name}"), default);
        }
    }
}

fn security(statements: &mut Statements, at: &str, security: Option<&Node>) {
    for choice in elements(security) {
        let mut schemes: Vec<&str> = members(choice).map(|(name, _)| name).collect();
        schemes.sort_unstable();
        statements.record(format!("{at}/{}", schemes.join(" and ")), "a way in");
    }
}

/// Records the statements of a schema. `inside` holds the references that are being followed.
fn record_schema<'d>(
    statements: &mut Statements,
    at: &str,
    schema: &'d Node,
    root: Root<'d>,
    inside: &mut Vec<&'d str>,
) {
    let schema = unwrapped(schema);
    if let Some(reference) = schema.get("$ref").and_then(Node::as_text) {
        let target = root.resolve(reference);
        match target.filter(|_| !root.named && !inside.contains(&reference)) {
            Some(target) => {
                inside.push(reference);
                record_schema(statements, at, target, root, inside);
                inside.pop();
            }
            None => statements.record(format!("{at}/$ref"), reference),
        }
        return;
    }
    for (key, value) in members(schema).filter(|(key, _)| !is_told(key)) {
        member(statements, at, (key, value), root, inside);
    }
    open(statements, at, schema);
}

/// The only schema of an `allOf` that has no other keywords of effect.
fn unwrapped(schema: &Node) -> &Node {
    match elements(schema.get("allOf")) {
        [only] if members(schema).all(|(key, _)| key == "allOf" || is_told(key)) => only,
        _ => schema,
    }
}

fn member<'d>(
    statements: &mut Statements,
    at: &str,
    (key, value): (&str, &'d Node),
    root: Root<'d>,
    inside: &mut Vec<&'d str>,
) {
    let place = format!("{at}/{key}");
    match key {
        "properties" => {
            for (name, property) in members(value) {
                // pages of requests omit read-only members, which requests do not have
                let read_only = property.get("readOnly").and_then(Node::as_bool) == Some(true);
                if read_only && at.contains("/requestBody/") {
                    continue;
                }
                let place = format!("{at}/properties/{name}");
                statements.record(&place, "a member");
                record_schema(statements, &place, property, root, inside);
            }
        }
        "required" => elements(Some(value))
            .iter()
            .for_each(|name| statements.record(format!("{place}/{}", word(name)), "required")),
        "enum" => elements(Some(value))
            .iter()
            .for_each(|name| statements.record(format!("{place}/{}", word(name)), "a value")),
        "items" => record_schema(statements, &place, value, root, inside),
        // the default is `true`
        "additionalProperties" if value.as_bool() == Some(true) => {}
        "additionalProperties" if value.as_object().is_some() => {
            statements.record(&place, "a schema");
            record_schema(statements, &place, value, root, inside);
        }
        "not" => not(statements, at, value),
        "allOf" | "anyOf" | "oneOf" => {
            for (number, branch) in elements(Some(value)).iter().enumerate() {
                record_schema(statements, &format!("{place}/{number}"), branch, root, inside);
            }
        }
        "minLength" | "minItems" | "minProperties" if value.as_number() == Some("0") => {}
        _ if value.as_bool() == Some(false) && key != "additionalProperties" => {}
        _ => statements.record(place, word(value)),
    }
}

/// `not: {required: [a, b]}`, or several of these in an `anyOf`: pairs that may not be set together.
fn not(statements: &mut Statements, at: &str, value: &Node) {
    let branches = elements(value.get("anyOf"));
    if branches.is_empty() {
        return pair(statements, at, value);
    }
    branches.iter().for_each(|branch| pair(statements, at, branch));
}

fn pair(statements: &mut Statements, at: &str, value: &Node) {
    let mut names: Vec<String> = elements(value.get("required")).iter().map(word).collect();
    if members(value).count() != 1 || names.is_empty() {
        statements.record(format!("{at}/not"), word(value));
        return;
    }
    names.sort();
    statements.record(format!("{at}/not together/{}", names.join(" and ")), "at most one");
}

//! Operations and client of the usual design.

use std::fmt::Write;

use super::File;
use crate::model::{docs, Api, Operation};

/// How many operations stand in one file.
const PER_TAG: usize = 20;

/// The usual design: an `async fn` per operation, options in a struct with setters.
#[must_use]
pub fn derive(api: &Api) -> Vec<File> {
    split(api, DERIVE_CLIENT, derive_one)
}

fn split(api: &Api, client: &str, one: impl Fn(&Operation) -> String) -> Vec<File> {
    let header = "#[allow(unused_imports)]\nuse super::*;\nuse super::super::types;\n\n";
    let mut index = client.to_owned();
    let mut files = Vec::new();
    for (at, operations) in api.operations.chunks(PER_TAG).enumerate() {
        let bodies: String = operations.iter().map(&one).collect();
        files.push((format!("api/tag{at}.rs"), format!("{header}{bodies}")));
        writeln!(index, "mod tag{at};\npub use self::tag{at}::*;").unwrap();
    }
    files.push(("api/mod.rs".to_owned(), index));
    files
}

fn arguments(operation: &Operation) -> String {
    let mut text: String =
        operation.path.iter().map(|(_, ident)| format!(", {ident}: &str")).collect();
    if let Some(body) = &operation.body {
        write!(text, ", body: &types::{body}").unwrap();
    }
    text
}

const DERIVE_CLIENT: &str = r#"//! The operations of the API.

/// The failure of a call.
#[derive(Debug)]
pub enum Error {
    Http(reqwest::Error),
    Json(serde_json::Error),
    Status(reqwest::StatusCode, Vec<u8>),
}

/// The client.
#[derive(Clone, Debug)]
pub struct Client {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Client {
    /// A client.
    pub fn new(client: reqwest::Client, base: String, token: String) -> Self {
        Self { client, base, token }
    }

    async fn send(
        &self,
        method: reqwest::Method,
        path: &str,
        query: &[(&str, String)],
        body: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, Error> {
        let mut url = reqwest::Url::parse(&format!("{}{path}", self.base)).unwrap();
        url.query_pairs_mut().extend_pairs(query);
        let mut request = self.client.request(method, url).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let reply = request.send().await.map_err(Error::Http)?;
        let status = reply.status();
        let bytes = reply.bytes().await.map_err(Error::Http)?.to_vec();
        if status.is_success() { Ok(bytes) } else { Err(Error::Status(status, bytes)) }
    }
}
"#;

fn derive_one(operation: &Operation) -> String {
    let (id, marker) = (&operation.id, &operation.marker);
    let options = if operation.query.is_empty() {
        String::new()
    } else {
        format!(", options: &{marker}Options")
    };
    let mut text = derive_options(operation);
    write!(
        text,
        "impl Client {{\n    /// {}\n    ///\n    /// `{} {}`\n    pub async fn {id}(&self{}{options}) -> Result<types::{}, Error> {{\n        let path = format!(\"{}\"",
        docs(id),
        operation.method,
        operation.template,
        arguments(operation),
        operation.reply,
        segments(operation),
    )
    .unwrap();
    for (_, ident) in &operation.path {
        write!(text, ", {ident}").unwrap();
    }
    text += ");\n        let mut query: Vec<(&str, String)> = Vec::new();\n";
    for (wire, ident, _) in &operation.query {
        write!(text, "        if let Some(value) = &options.{ident} {{\n            query.push((\"{wire}\", value.to_string()));\n        }}\n").unwrap();
    }
    let body = match &operation.body {
        Some(_) => "Some(serde_json::to_vec(body).map_err(Error::Json)?)",
        None => "None",
    };
    text + &format!(
        "        let reply = self.send(reqwest::Method::{}, &path, &query, {body}).await?;\n        serde_json::from_slice(&reply).map_err(Error::Json)\n    }}\n}}\n\n",
        operation.method
    )
}

fn segments(operation: &Operation) -> String {
    let mut template = operation.template.clone();
    for (wire, _) in &operation.path {
        template = template.replace(&format!("{{{wire}}}"), "{}");
    }
    template
}

fn derive_options(operation: &Operation) -> String {
    if operation.query.is_empty() {
        return String::new();
    }
    let marker = &operation.marker;
    let ty = |integer: &bool| if *integer { "i64" } else { "String" };
    let mut text = format!("/// What may be left out of `{}`.\n#[derive(Clone, Debug, Default)]\npub struct {marker}Options {{\n", operation.id);
    for (wire, ident, integer) in &operation.query {
        writeln!(text, "    /// {}\n    {ident}: Option<{}>,", docs(wire), ty(integer)).unwrap();
    }
    write!(text, "}}\n\nimpl {marker}Options {{\n").unwrap();
    for (wire, ident, integer) in &operation.query {
        write!(text, "    /// {}\n    pub fn {ident}(mut self, {ident}: impl Into<{}>) -> Self {{\n        self.{ident} = Some({ident}.into());\n        self\n    }}\n\n", docs(wire), ty(integer)).unwrap();
    }
    text + "}\n\n"
}

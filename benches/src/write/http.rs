//! Operations and client, in both designs.

use std::fmt::Write;

use super::{File, Shape};
use crate::model::{docs, Api, Operation};

/// How many operations stand in one file.
const PER_TAG: usize = 20;

/// This design: a call value per operation, data in statics, setters on the call.
#[must_use]
pub fn ours(api: &Api, shape: Shape) -> Vec<File> {
    split(api, OUR_CLIENT, |operation| ours_one(operation, shape))
}

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

const OUR_CLIENT: &str = r#"//! The operations of the API.
use super::v1;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

static API: v1::ApiSpec = v1::ApiSpec {
    title: "Synthetic",
    version: "1",
    servers: &[v1::Server { url: "https://api.example", variables: &[] }],
    schemes: &[v1::Scheme { name: "bearer", kind: v1::SchemeKind::Bearer }],
};

/// The client.
#[derive(Clone, Debug)]
pub struct Client(v1::Client);

impl Client {
    /// Settings.
    #[inline]
    pub fn builder() -> v1::ClientBuilder<Self> {
        v1::ClientBuilder::new(&API)
    }
}

impl From<v1::Client> for Client {
    #[inline]
    fn from(client: v1::Client) -> Self {
        Self(client)
    }
}

/// A call.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O> {
    call: v1::Call,
    operation: PhantomData<fn() -> O>,
}

impl<O: v1::Endpoint + 'static> Call<O> {
    #[inline]
    fn new(call: v1::Call) -> Self {
        Self { call, operation: PhantomData }
    }

    /// Another timeout.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.set_timeout(timeout);
        self
    }

    /// The reply with status and headers.
    #[inline]
    pub fn response(self) -> v1::BoxFuture<Result<v1::Response<v1::OutputOf<O>>, v1::Error<v1::ErrorOf<O>>>> {
        self.call.response::<O>()
    }

    /// The reply.
    #[inline]
    pub fn send(self) -> v1::BoxFuture<Result<v1::OutputOf<O>, v1::Error<v1::ErrorOf<O>>>> {
        self.call.send::<O>()
    }
}

impl<O: v1::Endpoint + 'static> IntoFuture for Call<O> {
    type Output = Result<v1::OutputOf<O>, v1::Error<v1::ErrorOf<O>>>;
    type IntoFuture = v1::BoxFuture<Self::Output>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
"#;

fn ours_one(operation: &Operation, shape: Shape) -> String {
    let mut text = data(operation);
    let (id, marker, inline) = (&operation.id, &operation.marker, shape.inline());
    write!(
        text,
        "impl Client {{\n    /// {}\n    ///\n    /// `{} {}`\n{inline}    pub fn {id}(&self{}) -> Call<{marker}> {{\n        let mut call = self.0.call(&{}_DATA);\n",
        docs(id),
        operation.method,
        operation.template,
        arguments(operation),
        id.to_uppercase(),
    )
    .unwrap();
    for (wire, ident) in &operation.path {
        writeln!(text, "        call.path(\"{wire}\", &{ident});").unwrap();
    }
    if operation.body.is_some() {
        text += "        call.body(0, body);\n";
    }
    write!(
        text,
        "        Call::new(call)\n    }}\n}}\n\n/// The types of `{id}`.\n#[derive(Clone, Copy, Debug)]\npub struct {marker};\n\nimpl v1::Endpoint for {marker} {{\n    type Reply = v1::Json<types::{}>;\n    type Failure = v1::Undocumented;\n}}\n\n/// `{id}` as a value.\npub const {}: v1::Operation<{marker}> = v1::Operation::new(&{}_DATA);\n\n",
        operation.reply,
        id.to_uppercase(),
        id.to_uppercase(),
    )
    .unwrap();
    text + &our_setters(operation, inline)
}

fn our_setters(operation: &Operation, inline: &str) -> String {
    if operation.query.is_empty() {
        return String::new();
    }
    let mut text = format!("impl Call<{}> {{\n", operation.marker);
    for (wire, ident, integer) in &operation.query {
        let ty = if *integer { "i64" } else { "&str" };
        write!(text, "    /// {}\n{inline}    pub fn {ident}(mut self, {ident}: {ty}) -> Self {{\n        self.call.query(\"{wire}\", &{ident});\n        self\n    }}\n\n", docs(wire)).unwrap();
    }
    text + "}\n\n"
}

fn arguments(operation: &Operation) -> String {
    let mut text: String = operation
        .path
        .iter()
        .map(|(_, ident)| format!(", {ident}: &str"))
        .collect();
    if let Some(body) = &operation.body {
        write!(text, ", body: &types::{body}").unwrap();
    }
    text
}

fn data(operation: &Operation) -> String {
    let mut text = format!(
        "static {}_DATA: v1::OperationSpec = v1::OperationSpec {{\n    id: \"{}\",\n    method: \"{}\",\n    path: \"{}\",\n    parameters: &[\n",
        operation.id.to_uppercase(),
        operation.id,
        operation.method,
        operation.template
    );
    for (wire, _) in &operation.path {
        writeln!(text, "        v1::Parameter::path(\"{wire}\"),").unwrap();
    }
    for (wire, _, _) in &operation.query {
        writeln!(text, "        v1::Parameter::query(\"{wire}\"),").unwrap();
    }
    let json = "v1::Content::json(\"application/json\")";
    let bodies = if operation.body.is_some() { json } else { "" };
    text + &format!(
        "    ],\n    bodies: &[{bodies}],\n    replies: &[v1::Reply {{ status: v1::Status::Exact(200), contents: &[{json}] }}],\n    security: &[&[v1::SecurityNeed {{ scheme: \"bearer\", scopes: &[] }}]],\n    ..v1::OperationSpec::DEFAULT\n}};\n\n"
    )
}

const DERIVE_CLIENT: &str = r#"//! The operations of the API.

/// What goes wrong.
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
        writeln!(
            text,
            "    /// {}\n    {ident}: Option<{}>,",
            docs(wire),
            ty(integer)
        )
        .unwrap();
    }
    write!(text, "}}\n\nimpl {marker}Options {{\n").unwrap();
    for (wire, ident, integer) in &operation.query {
        write!(text, "    /// {}\n    pub fn {ident}(mut self, {ident}: impl Into<{}>) -> Self {{\n        self.{ident} = Some({ident}.into());\n        self\n    }}\n\n", docs(wire), ty(integer)).unwrap();
    }
    text + "}\n\n"
}

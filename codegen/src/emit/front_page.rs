//! Documentation of the crate: its description, a first call, credentials, servers, operations, errors and defaults.

use super::examples::{fenced, Examples};
use crate::api::model::{Docs, KeyLocation, SchemeKind, Server};
use crate::lower::model::{
    Client, Content, Crate, FirstCall, Method, OperationFile, ResponseType, Scheme,
    Server as ServerChoice, Type, ValueType, ALL_TAGS,
};
use crate::names::Ident;
use crate::rustdoc;
use crate::unseen::{escaped, is_refused};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// Limits and pauses that a client has unless its builder sets others. The runtime's constants have the same values.
const DEFAULTS: [[&str; 3]; 5] = [
    ["time to connect", "10 seconds", "connect_timeout"],
    ["time between two pieces of a response", "60 seconds", "read_timeout"],
    ["time of a call, further attempts included", "5 minutes", "timeout"],
    ["bytes of a response in memory", "64 MiB", "max_body_bytes"],
    ["attempts", "3, of requests that can be repeated safely", "retry"],
];

/// Cargo features of a generated crate that its users choose.
const FEATURES: [[&str; 2]; 11] = [
    ["`reqwest`", "the default transport"],
    ["`rustls-tls`, `native-tls`", "TLS by rustls, or by the system's library"],
    ["`gzip`, `brotli`, `zstd`", "compressed responses"],
    ["`http2`", "HTTP/2 where the server offers it"],
    ["`blocking`", "`send_blocking` of calls, which needs no `async`"],
    ["`serde`", "serde's traits for all types"],
    ["`tower`", "a `tower` service as the transport"],
    ["`tracing`", "a span for each call"],
    ["`opentelemetry`", "durations of requests as metrics"],
    ["`webhooks`", "signatures of webhooks"],
    ["`default`", "`reqwest` and `rustls-tls`"],
];

/// The feature of a crate that has a server.
const SERVER_FEATURE: [&str; 2] =
    ["`server`", "the module `server`: traits of handlers, and routes for `axum`"];

/// Beginning of the hidden function of an example.
const EXAMPLE: &str = "# async fn example() -> Result<(), Box<dyn std::error::Error>> {";

/// Length from which on a summary in a table ends with its first sentence, in bytes.
const MAX_SUMMARY: usize = 160;

/// Returns the lines of the crate's documentation.
pub fn lines(krate: &Crate) -> Vec<String> {
    let mut page = Page::default();
    if !krate.title.is_empty() {
        page.paragraph([format!("# {}", krate.title)]);
    }
    page.paragraph(version(krate));
    page.paragraph(krate.docs.iter().cloned());
    if let Some(client) = &krate.client {
        if krate.has_examples {
            page.section("A first call", first_call(krate, client));
        }
        page.section("Authentication", authentication(client));
        page.section("Servers", servers(client));
        page.operations(client);
        page.section("Errors", errors(krate, client));
        page.section("Defaults", defaults());
        page.section("Features", features(krate));
    }
    page.lines.iter().map(|line| escaped(line, is_refused).into_owned()).collect()
}

/// Returns the sentence on the document's version, which often begins with a `v` of its own.
pub fn version(krate: &Crate) -> Option<String> {
    let version = krate.version.trim_end_matches('.');
    let number = version.strip_prefix(['v', 'V']);
    let number = number.filter(|number| number.starts_with(|letter: char| letter.is_ascii_digit()));
    (!version.is_empty()).then(|| format!("Version {}.", number.unwrap_or(version)))
}

/// Lines of the page.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
}

impl Page {
    /// Appends a paragraph, after a blank line; nothing if it has no lines.
    fn paragraph(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if !self.lines.is_empty() && lines.peek().is_some() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// Appends a section, unless it is empty.
    fn section(&mut self, title: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.paragraph([format!("# {title}")]);
            self.paragraph(lines);
        }
    }

    /// Appends a table of the operations of each tag.
    fn operations(&mut self, client: &Client) {
        self.paragraph(["# Operations".to_owned()]);
        let is_only = client.files.len() == 1;
        for file in &client.files {
            let (title, summary) = tag(file);
            if !is_only {
                self.paragraph([format!("## {title}")]);
            }
            self.paragraph((!summary.is_empty()).then_some(summary));
            let rows = file.methods.iter().map(|method| operation(file, method));
            let rows: Vec<_> = rows.collect();
            self.paragraph(table(["operation", "summary"], &rows));
        }
    }
}

/// Returns the lines of a table without its empty columns. Bars in its cells are escaped.
pub fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    let is_used =
        |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let line = |cells: [String; N]| {
        let cells = cells.into_iter().enumerate().filter(|(column, _)| is_used(*column));
        let cells: String = cells.map(|(_, cell)| format!(" {cell} |")).collect();
        format!("|{cells}")
    };
    let head = [head.map(str::to_owned), [(); N].map(|()| "---".to_owned())].map(line);
    let rows = rows.iter().map(|cells| line(cells.each_ref().map(|cell| cell_text(cell))));
    head.into_iter().chain(rows).collect()
}

/// Escapes bars, unless they are escaped already.
fn cell_text(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut is_escaped = false;
    for letter in cell.chars() {
        if letter == '|' && !is_escaped {
            text.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        text.push(letter);
    }
    text
}

/// Returns title and summary of a tag.
pub fn tag(file: &OperationFile) -> (String, String) {
    let Some(tag) = &file.tag else {
        return ("Others".to_owned(), String::new());
    };
    let title = rustdoc::heading(&tag.name);
    let title = if title.is_empty() { file.module.text().to_owned() } else { title };
    (title, summary(&tag.docs))
}

/// Returns the first paragraph of a documentation on one line.
fn summary(docs: &Docs) -> String {
    rustdoc::first_paragraph(&rustdoc::summary(docs))
}

/// Returns the cells of an operation. Its request is below its method: code does not wrap, and side by side they would leave
/// no room for the summary.
fn operation(file: &OperationFile, method: &Method) -> [String; 2] {
    let name = method.name.text();
    let link = match &file.group {
        Some(group) => format!("[`{name}`](operations::{}::{name})", group.name.text()),
        None => format!("[`{name}`](Client::{name})"),
    };
    let request = rustdoc::code(&format!("{} {}", method.data.method, method.data.path));
    [format!("{link}<br>{request}"), first_sentence(&method.summary).to_owned()]
}

/// Returns a summary for a table: the whole if it is short, or if its first sentence ends within a link or code.
pub fn first_sentence(summary: &str) -> &str {
    let end = summary.find(". ").filter(|_| summary.len() > MAX_SUMMARY);
    let first = end.and_then(|end| summary.get(..=end));
    let is_whole = |text: &&str| !text.contains(['`', '[', '<', '*', '_']);
    first.filter(is_whole).unwrap_or(summary)
}

/// Returns the example that the page begins with.
fn first_call(krate: &Crate, client: &Client) -> Vec<String> {
    let (imports, statements) = first_call_code(krate, client);
    fenced(EXAMPLE, &imports, &statements)
}

/// Returns imports and statements of a first call, or of a client if none can be written.
pub fn first_call_code(krate: &Crate, client: &Client) -> (TokenStream, TokenStream) {
    let credentials = credentials(krate, client);
    let new = match client.servers.is_empty() {
        true => quote!(Client::new("https://api.example.com", #credentials)?),
        false => quote!(Client::new(#credentials)?),
    };
    let creation = quote!(let client = #new;);
    let ident = &krate.ident;
    let roots = quote!(Client, Credentials);
    let call = client.first_call.as_ref().and_then(|first| call(krate, client, first, &roots));
    let (imports, statements) =
        call.unwrap_or_else(|| (quote!(use #ident::{#roots};), TokenStream::new()));
    (imports, quote!(#creation #statements))
}

fn call(
    krate: &Crate,
    client: &Client,
    first: &FirstCall,
    roots: &TokenStream,
) -> Option<(TokenStream, TokenStream)> {
    let file = client.files.get(first.file)?;
    let method = file.methods.get(first.method)?;
    Examples::new(krate).call(file, method, &first.arguments, roots)
}

/// Returns the credentials of the first call: those of the first scheme that holds any.
fn credentials(krate: &Crate, client: &Client) -> TokenStream {
    let mut schemes = client.schemes.iter();
    let scheme = schemes.find(|scheme| !secrets(&scheme.kind).is_empty());
    let Some(scheme) = scheme else {
        return quote!(Credentials::new());
    };
    let prefix = krate.ident.text().to_ascii_uppercase();
    let secrets = secrets(&scheme.kind).iter().map(|name| {
        let variable = format!("{prefix}_{name}");
        quote!(std::env::var(#variable)?)
    });
    let name = &scheme.name.ident;
    quote!(Credentials::new().#name(#(#secrets),*))
}

/// Returns the arguments of a scheme's constructor, as parts of the names of environment variables.
fn secrets(kind: &SchemeKind) -> &'static [&'static str] {
    match kind {
        SchemeKind::ApiKey { .. } => &["API_KEY"],
        SchemeKind::Basic | SchemeKind::Digest => &["USERNAME", "PASSWORD"],
        SchemeKind::Bearer | SchemeKind::Other(_) | SchemeKind::OpenIdConnect(_) => &["TOKEN"],
        SchemeKind::OAuth2 { client_credentials: Some(_), .. } => &["CLIENT_ID", "CLIENT_SECRET"],
        SchemeKind::OAuth2 { client_credentials: None, .. } => &["TOKEN"],
        SchemeKind::MutualTls | SchemeKind::Unplaced => &[],
    }
}

fn authentication(client: &Client) -> Vec<String> {
    if client.schemes.is_empty() {
        return vec![
            "The description of the API states none. If the service needs a token anyway,"
                .to_owned(),
            format!("{} sends it as a header with every call.", builder("header")),
        ];
    }
    let rows: Vec<_> = client.schemes.iter().map(scheme).collect();
    let mut lines = table(["scheme", "credentials", "sent as"], &rows);
    lines.push(String::new());
    lines.push("Each call sends what its operation needs; one that lacks a credential fails before it is sent.".to_owned());
    lines
}

fn scheme(scheme: &Scheme) -> [String; 3] {
    let name = scheme.name.ident.text();
    let link = format!("[`Credentials::{name}`](Credentials::{name})");
    [rustdoc::code(&scheme.name.wire), link, place(&scheme.kind)]
}

/// Returns where a scheme's credentials are sent.
pub fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location: KeyLocation::Header, name } => {
            format!("header {}", rustdoc::code(name))
        }
        SchemeKind::ApiKey { location: KeyLocation::Query, name } => {
            format!("query parameter {}", rustdoc::code(name))
        }
        SchemeKind::ApiKey { location: KeyLocation::Cookie, name } => {
            format!("cookie {}", rustdoc::code(name))
        }
        SchemeKind::Basic => "`Authorization: Basic …`".to_owned(),
        SchemeKind::Digest => "`Authorization: Digest …`".to_owned(),
        SchemeKind::Bearer
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::OpenIdConnect(_)
        | SchemeKind::Other(_) => "`Authorization: Bearer …`".to_owned(),
        SchemeKind::MutualTls => "the transport's client certificate".to_owned(),
        SchemeKind::Unplaced => "what the caller adds".to_owned(),
    }
}

fn servers(client: &Client) -> Vec<String> {
    if client.servers.is_empty() {
        return vec![
            "The description of the API names none: [`Client::new`] takes the URL of the server."
                .to_owned(),
        ];
    }
    let mut lines: Vec<String> = client.servers.iter().map(server).collect();
    lines.push(String::new());
    let (server, url) = (builder("server"), builder("base_url"));
    lines.push(match client.choices.as_slice() {
        [] => format!("{url} takes any other URL."),
        [choice] => {
            let link = server_link(choice);
            format!("{server} takes {link} with values of its variables; {url} takes any URL.")
        }
        [choice, ..] => {
            let link = server_link(choice);
            format!("The first one is the default. {server} takes another of [`servers`], such as {link}; {url} takes any URL.")
        }
    });
    lines
}

fn server_link(choice: &ServerChoice) -> String {
    let name = choice.name.text();
    format!("[`{name}`](servers::{name})")
}

fn server(server: &Server) -> String {
    let summary = summary(&server.docs);
    let separator = if summary.is_empty() { "" } else { ": " };
    format!("- {}{separator}{summary}", rustdoc::code(&server.url))
}

/// Returns a link to a method of the builder.
fn builder(method: &str) -> String {
    format!("[`{method}`](runtime::client::ClientBuilder::{method})")
}

/// Returns how to read the error that most operations document.
fn errors(krate: &Crate, client: &Client) -> Vec<String> {
    let mut lines = vec![
        "A call that fails yields an [`Error`](runtime::Error): its kind, the operation, and, if there was a".to_owned(),
        "response, status, headers and body.".to_owned(),
    ];
    if krate.has_examples {
        lines.push(String::new());
        lines.extend(error_example(krate, client));
    }
    lines
}

/// Returns an example that reads the error that most operations have.
fn error_example(krate: &Crate, client: &Client) -> Vec<String> {
    let mut counts = BTreeMap::<(bool, &Ident), usize>::new();
    for method in client.files.iter().flat_map(|file| &file.methods) {
        if let Some(name) = error_type(&method.error) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let common = counts.iter().max_by_key(|(_, count)| **count).map(|(name, _)| *name);
    let (module, ty) = match common {
        Some((true, name)) => (quote!(operations,), quote!(runtime::Error<operations::#name>)),
        Some((false, name)) => (quote!(types,), quote!(runtime::Error<types::#name>)),
        None => (TokenStream::new(), quote!(runtime::AnyError)),
    };
    let body = match common {
        Some(_) => quote! {
            if let Some(body) = error.body() {
                eprintln!("{body:?}");
            }
        },
        None => quote!(eprintln!("{}", error.excerpt());),
    };
    let statements = quote! {
        fn report(error: &#ty) {
            eprintln!("{error}");
            if let Some(status) = error.status() {
                eprintln!("{status}: {:?}", error.headers());
            }
            #body
        }
    };
    let ident = &krate.ident;
    let imports = quote!(use #ident::{#module runtime};);
    fenced(EXAMPLE, &imports, &statements)
}

/// Returns the type of a documented error, and `true` if it is an enum of responses.
fn error_type(error: &ResponseType) -> Option<(bool, &Ident)> {
    if let ResponseType::Several(several) = error {
        return Some((true, &several.name));
    }
    if let ResponseType::One(Content::Json(ValueType { ty: Type::Named(name), .. })) = error {
        return Some((false, name));
    }
    None
}

fn defaults() -> Vec<String> {
    let rows = DEFAULTS
        .map(|[limit, value, method]| [limit.to_owned(), value.to_owned(), builder(method)]);
    table(["limit", "default", "builder"], &rows)
}

pub fn features(krate: &Crate) -> Vec<String> {
    let server = krate.service.iter().map(|_| SERVER_FEATURE);
    let rows = FEATURES.into_iter().chain(server).map(|row| row.map(str::to_owned));
    let mut rows: Vec<_> = rows.collect();
    if krate.features.is_empty() {
        return table(["feature", "adds"], &rows);
    }
    let tags = krate.features.iter().map(|feature| {
        let tags: Vec<_> = feature.tags.iter().map(|tag| rustdoc::heading(tag)).collect();
        let operations = match tags.is_empty() {
            true => "the other operations".to_owned(),
            false => format!("the operations of {}", tags.join(", ")),
        };
        [rustdoc::code(&feature.name), operations]
    });
    rows.push([rustdoc::code(ALL_TAGS), "the operations of all tags, by default".to_owned()]);
    rows.extend(tags);
    table(["feature", "adds"], &rows)
}

//! Programs that call the first so many operations.

use std::fmt::Write;

use super::rust_type;
use crate::model::{Api, Field, Operation, Ty};

/// The design whose client the program uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    Ours,
    Derive,
}

/// The text of `main.rs`; `note` is the line that a rebuild changes.
#[must_use]
pub fn program(api: &Api, client: Client, calls: usize, note: &str) -> String {
    let mut text = format!("{}\n", header(client));
    for operation in api.operations.iter().take(calls) {
        text += &call(api, client, operation);
    }
    writeln!(text, "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    println!(\"{note}\");\n    let client = client();").unwrap();
    for operation in api.operations.iter().take(calls) {
        writeln!(text, "    call_{}(&client).await;", operation.id).unwrap();
    }
    text + "}\n"
}

fn header(client: Client) -> &'static str {
    match client {
        Client::Ours => "use bench_api as api;\nuse bench_api::types;\nfn client() -> api::Client {\n    api::Client::new(api::Credentials::new()).unwrap()\n}\n",
        Client::Derive => "use bench_api::{api, types};\nfn client() -> api::Client {\n    api::Client::new(reqwest::Client::new(), \"https://api.example\".to_owned(), \"token\".to_owned())\n}\n",
    }
}

fn call(api: &Api, client: Client, operation: &Operation) -> String {
    let mut text = format!("async fn call_{}(client: &api::Client) {{\n", operation.id);
    let mut arguments: Vec<String> =
        operation.path.iter().map(|(_, ident)| format!("\"{ident}\"")).collect();
    if let Some(body) = &operation.body {
        writeln!(text, "    let body = {};", literal(api, client, &Ty::Named(body.clone())))
            .unwrap();
        arguments.push("&body".to_owned());
    }
    let mut setters = String::new();
    for (_, ident, integer) in &operation.query {
        let value = if *integer { "5" } else { "\"x\"" };
        write!(setters, ".{ident}({value})").unwrap();
    }
    if client == Client::Derive && !operation.query.is_empty() {
        arguments.push(format!("&api::{}Options::default(){setters}", operation.marker));
        setters.clear();
    }
    let arguments = arguments.join(", ");
    text + &format!(
        "    match client.{}({arguments}){setters}.await {{\n        Ok(reply) => {{ std::hint::black_box(&reply); }}\n        Err(error) => eprintln!(\"{{error:?}}\"),\n    }}\n}}\n\n",
        operation.id
    )
}

/// An expression of a type; of ours with its type written out, since constructors take whatever turns into it.
fn literal(api: &Api, client: Client, ty: &Ty) -> String {
    match (ty, client) {
        (Ty::Text, _) => "\"text\".to_owned()".to_owned(),
        (Ty::Integer | Ty::IntegerInText, _) => "7".to_owned(),
        (Ty::Float, _) => "1.5".to_owned(),
        (Ty::Bool, _) => "true".to_owned(),
        (Ty::Time | Ty::Map(_), Client::Derive) => "Default::default()".to_owned(),
        (Ty::List(_), Client::Derive) => "Vec::new()".to_owned(),
        (Ty::Time | Ty::Map(_) | Ty::List(_), Client::Ours) => {
            let ty = rust_type(ty, "bench_api::runtime::value::");
            format!("<{}>::default()", ty.replace("super::", "types::"))
        }
        (Ty::Named(name), _) => named(api, client, name),
    }
}

fn named(api: &Api, client: Client, name: &str) -> String {
    if let Some(record) = api.records.iter().find(|record| record.name == name) {
        let required = record.fields.iter().filter(|field| field.required);
        let value = |field: &Field| literal(api, client, &field.ty);
        if client == Client::Ours {
            // The document has its members in the order of their names.
            let mut required: Vec<_> = required.collect();
            required.sort_by_key(|field| &field.wire);
            let values: Vec<_> = required.into_iter().map(value).collect();
            return format!("types::{name}::new({})", values.join(", "));
        }
        let values: Vec<_> =
            required.map(|field| format!("{}: {}", field.ident, value(field))).collect();
        return format!("types::{name}::new(types::{name}Required {{ {} }})", values.join(", "));
    }
    if let Some(union) = api.unions.iter().find(|union| union.name == name) {
        let branch = &union.branches[0].1;
        if client == Client::Ours {
            return format!("types::{name}::from({})", named(api, client, branch));
        }
        return format!("types::{name}::{branch}(Box::new({}))", named(api, client, branch));
    }
    format!("types::{name}::from(\"A\")")
}

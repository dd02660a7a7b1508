//! `examples/first_call.rs`.

use super::call::FirstCall;
use super::{credentials, one_line, Starter};
use std::fmt::Write as _;
use typewright::lower::model::Client;

/// The text of the example, and the variables of the environment that it needs.
pub fn text(
    starter: &Starter<'_>,
    client: &Client,
    call: Option<&FirstCall<'_>>,
) -> (String, Vec<String>) {
    let Starter { krate, prefix, .. } = starter;
    let url = format!("{prefix}_BASE_URL");
    let has_server = !client.servers.is_empty();
    let constructors = credentials::constructors(client, call.map(|call| call.method), prefix);
    let credentials = constructors.iter().map(|constructor| {
        let arguments = constructor.variables.iter();
        let arguments: Vec<_> = arguments.map(|name| format!("variable({name:?})?")).collect();
        format!(".{}({})", constructor.method, arguments.join(", "))
    });
    let credentials: String = credentials.collect();
    let mut needed: Vec<String> = if has_server { Vec::new() } else { vec![url.clone()] };
    needed.extend(constructors.iter().flat_map(|constructor| constructor.variables.clone()));
    needed.extend(call.iter().flat_map(|call| call.variables()));

    let mut text = heading(call, &needed, has_server.then_some(&url));
    let mut names = vec!["Client"];
    if !credentials.is_empty() {
        names.push("Credentials");
    }
    if call.is_some_and(|call| call.arguments_struct().is_some()) {
        names.insert(0, "operations");
    }
    let names = match names.as_slice() {
        [name] => (*name).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    let _ = write!(
        text,
        "use {krate}::{names};\n\ntype Error = Box<dyn std::error::Error>;\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Error> {{\n"
    );
    let builder = match (has_server, credentials.is_empty()) {
        (true, true) => "Client::builder()".to_owned(),
        (true, false) => "Client::builder().credentials(credentials)".to_owned(),
        (false, true) => format!("Client::builder(&variable({url:?})?)"),
        (false, false) => {
            format!("Client::builder(&variable({url:?})?).credentials(credentials)")
        }
    };
    if !credentials.is_empty() {
        let _ = writeln!(text, "    let credentials = Credentials::new(){credentials};");
    }
    if has_server {
        let _ = write!(
            text,
            "    let mut builder = {builder};\n    if let Ok(url) = variable({url:?}) {{\n        builder = builder.base_url(url);\n    }}\n    let client = builder.build()?;\n"
        );
    } else {
        let _ = writeln!(text, "    let client = {builder}.build()?;");
    }
    text.push_str(&body(call));
    text.push_str("    Ok(())\n}\n");
    if has_server || !needed.is_empty() {
        text.push_str(VARIABLE);
    }
    (text, needed)
}

const VARIABLE: &str = "
/// A variable of the environment.
fn variable(name: &str) -> Result<String, Error> {
    std::env::var(name).map_err(|_| format!(\"the environment has no variable {name}\").into())
}
";

fn heading(call: Option<&FirstCall<'_>>, needed: &[String], url: Option<&String>) -> String {
    let mut text = match call {
        Some(FirstCall { operation, .. }) => {
            let line = one_line(&format!("{} {}", operation.method, operation.path));
            format!("//! Calls `{line}`, and prints the response.\n")
        }
        None => "//! Creates a client.\n".to_owned(),
    };
    if !needed.is_empty() || url.is_some() {
        text.push_str("//!\n//! Variables of the environment:\n");
    }
    for name in needed {
        let _ = writeln!(text, "//! - `{name}`, which has to be set");
    }
    if let Some(url) = url {
        let _ =
            writeln!(text, "//! - `{url}`, the URL of a server other than the document's first");
    }
    text.push('\n');
    text
}

fn body(call: Option<&FirstCall<'_>>) -> String {
    let Some(call) = call else {
        return "    // No operation both reads only and takes plain values alone: choose one to call here.\n    println!(\"{client:#?}\");\n".to_owned();
    };
    let comment = match call.has_documented() {
        true => "    // Literal arguments are examples of the document.\n",
        false => "",
    };
    let allow = match call.method.attributes.deprecated {
        true => "    #[allow(deprecated)]\n",
        false => "",
    };
    let expression = call.example();
    format!(
        "{comment}{allow}    let response = {expression}.await?;\n    println!(\"{{response:#?}}\");\n"
    )
}

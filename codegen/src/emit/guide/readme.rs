//! `README.md` of a generated crate: what it is, and how a first call is made.

use super::text;
use crate::emit::examples::program;
use crate::emit::front_page::{self, first_call_code, table};
use crate::lower::model::{Client, Crate, Scheme};
use crate::rustdoc;

/// Returns the text. `name` is the name of the package, `license` what the document states. A crate without a client has
/// nothing to call.
pub fn readme(krate: &Crate, name: &str, license: Option<&str>) -> String {
    let mut lines = vec![format!("# {}", if krate.title.is_empty() { name } else { &krate.title })];
    let mut paragraph = |all: Vec<String>| {
        if !all.is_empty() {
            lines.push(String::new());
            lines.extend(all);
        }
    };
    paragraph(front_page::version(krate).into_iter().collect());
    paragraph(krate.docs.clone());
    paragraph(vec!["## Use".to_owned()]);
    paragraph(add(name, krate.client.is_some()));
    if let Some(client) = &krate.client {
        let (imports, statements) = first_call_code(krate, client);
        paragraph(program(&imports, &statements));
        paragraph(vec![
            "Each operation is in [`reference.md`](reference.md); `cargo doc --open` shows the types as well."
                .to_owned(),
        ]);
        paragraph(vec!["## Authentication".to_owned()]);
        paragraph(authentication(client));
        paragraph(vec!["## Features".to_owned()]);
        paragraph(front_page::features(krate));
    }
    if let Some(license) = license.map(rustdoc::heading) {
        paragraph(vec!["## Licence".to_owned()]);
        paragraph(vec![format!("The description of the API states: {license}.")]);
    }
    text(&lines)
}

/// Returns how a crate depends on this one.
fn add(name: &str, has_client: bool) -> Vec<String> {
    let mut lines = vec!["```sh".to_owned(), format!("cargo add --path path/to/{name}")];
    if has_client {
        lines.push("cargo add tokio --features macros,rt".to_owned());
    }
    lines.push("```".to_owned());
    lines
}

fn authentication(client: &Client) -> Vec<String> {
    if client.schemes.is_empty() {
        return vec!["The description of the API states none.".to_owned()];
    }
    let row = |scheme: &Scheme| {
        let constructor = format!("`Credentials::{}`", scheme.name.ident.text());
        [rustdoc::code(&scheme.name.wire), constructor, front_page::place(&scheme.kind)]
    };
    let rows: Vec<_> = client.schemes.iter().map(row).collect();
    table(["scheme", "credentials", "sent as"], &rows)
}

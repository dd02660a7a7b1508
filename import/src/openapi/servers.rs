//! Hosts with macros of the vendor's site become servers with variables.

use crate::model::Service;
use crate::template::{host, HostPart};
use crate::tree::{entry, said, Map, Node};
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::IMPORT_HOST;
use typewright::diagnostics::{Diagnostics, Place};

const KNOWN: &str = "Inference: the pages leave the host to a macro of the vendor's site; this is the vendor's public API host.";
const GUESS: &str = "Inference: the pages leave the host to a macro of the vendor's site; this follows the vendor's usual form.";
const UNKNOWN: &str = "Inference: the pages leave the host to a macro of the vendor's site, whose value none states; set it.";

/// The host that most operations have.
pub fn most_used(service: &Service) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &service.operations {
        *counts.entry(&operation.host).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(host, _)| (*host).to_owned()).unwrap_or_default()
}

/// A server with a variable for each macro.
pub fn server(name: &str, service: &Service, found: &mut Diagnostics) -> Node {
    let mut url = String::from("https://");
    let mut variables: Map = Vec::new();
    for part in host(name) {
        match part {
            HostPart::Plain(text) => url.push_str(text),
            HostPart::Macro(name) => {
                let (default, comment) = default(name);
                if comment != KNOWN {
                    report(name, &default, service, found);
                }
                url.push_str(&format!("{{{name}}}"));
                let variable: Map = vec![said("default", comment, default)];
                variables.push(entry(name, variable));
            }
        }
    }
    let mut server: Map = vec![entry("url", url)];
    if !variables.is_empty() {
        server.push(entry("variables", variables));
    }
    Node::Map(server)
}

/// What a macro stands for: stated in mirrors of the pages, by the form of the vendor's hosts, or not at all.
fn default(name: &str) -> (String, &'static str) {
    match name.strip_prefix("api-host") {
        Some("") => ("api.cloud.yandex.net".to_owned(), KNOWN),
        Some("-mdb") => ("mdb.api.cloud.yandex.net".to_owned(), GUESS),
        // A name under `.invalid` resolves nowhere (RFC 2606), so that a call says what is missing.
        _ => (format!("{}.invalid", crate::words::kebab(name)), UNKNOWN),
    }
}

fn report(name: &str, default: &str, service: &Service, found: &mut Diagnostics) {
    let mark = format!("{{{{ {name} }}}}");
    let first = service
        .operations
        .iter()
        .find(|one| one.host.contains(name));
    let Some(operation) = first else { return };
    let message = format!("no page states the value of `{mark}`; the document has `{default}`");
    found.push(
        IMPORT_HOST,
        Place::Span(operation.at.file, operation.at.span.clone()),
        message,
    );
}

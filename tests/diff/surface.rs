//! The public API by which clients are compared holds every public item that rustdoc lists.

use super::rustdoc::{document, Items};
use crate::support::golden::{goldens, Golden};
use crate::support::package::Package;
use crate::support::{root, Memory};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use typewright::{Options, Output};

/// Traits that only generated code and the runtime use, and that all types of a kind have.
const HIDDEN_TRAITS: [&str; 15] = [
    "Blank",
    "BodyContent",
    "Choice",
    "Decode",
    "Encode",
    "Endpoint",
    "FromPart",
    "FromResponse",
    "IntoFuture",
    "LongRunning",
    "ReadEvent",
    "Reply",
    "RequestBody",
    "Union",
    "WriteEvent",
];

/// Traits that the compiler implements. `Sync` and `UnwindSafe` are listed for the types that may lack them; the others
/// hold always, or together with one of these.
const AUTO_TRAITS: [&str; 7] =
    ["Freeze", "RefUnwindSafe", "Send", "Sync", "Unpin", "UnsafeUnpin", "UnwindSafe"];

/// Methods of every call.
const CALL_METHODS: [&str; 3] = ["response", "response_raw", "send"];

/// The reason why an item is not in the surface; `None` if it should be.
fn exception(path: &str) -> Option<&'static str> {
    let owner = path.split_once(" for ").map_or(path, |(_, owner)| owner);
    let first = owner.split("::").next().unwrap_or_default();
    if ["Call", "runtime"].contains(&first) || ["Client", "Credentials"].contains(&owner) {
        return Some("every client has it");
    }
    if path == "Credentials::new()" {
        return Some("every client has it");
    }
    if ["headers", "incoming", "operations", "server", "servers", "types"].contains(&path) {
        return Some("a module is there for its items");
    }
    let is_of_server = owner.starts_with("server::");
    if is_of_server && ["Raw", "Other"].iter().any(|last| path.ends_with(&format!("::{last}"))) {
        return Some("every enum of replies has `Raw`, and every enum of parts `Other`");
    }
    if let Some((name, owner)) =
        path.strip_prefix("impl ").and_then(|path| path.split_once(" for "))
    {
        if AUTO_TRAITS.contains(&name) || name == "StructuralPartialEq" {
            return Some("the compiler implements it");
        }
        if is_of_server && ["From<Problem>", "From<Response<Body>>"].contains(&name) {
            return Some("every reply has it");
        }
        let is_hidden = HIDDEN_TRAITS.contains(&name);
        if is_hidden && !(name == "Encode" && owner.starts_with("operations::")) {
            return Some("only generated code uses it");
        }
        return None;
    }
    let method = path.strip_suffix("()").and_then(|path| path.rsplit("::").next());
    let is_of_call = path.starts_with("operations::")
        && method.is_some_and(|method| CALL_METHODS.contains(&method));
    is_of_call.then_some("every call has it")
}

/// The clients, by the names of their modules.
fn clients() -> Vec<(String, Output)> {
    let specs = ["mongodb-atlas", "yandex-metastore", "yandex-spqr"].map(|spec| {
        let path = root().join("specs").join(spec).join("openapi.yaml");
        let loader = Memory::document(fs::read_to_string(path).unwrap());
        let generated = typewright::generate("openapi.yaml", &loader, &Options::default());
        (spec.replace('-', "_"), generated.output.unwrap())
    });
    goldens().iter().filter_map(Golden::client).chain(specs).collect()
}

#[test]
fn every_public_item_is_compared() {
    let clients = clients();
    let package = Package::new("surfaces").modules(&clients);
    let folder = document("surfaces", &[package]);
    let items = Items::paths(&fs::read_to_string(folder.join("surfaces.json")).unwrap());
    assert!(items.len() > 10_000, "{} items", items.len());
    let mut wrong = String::new();
    for (name, output) in &clients {
        let surface = &output.lock.api;
        let prefix = format!("{name}::");
        let relative = |path: &String| match path.split_once(" for ") {
            Some((head, owner)) => Some(format!("{head} for {}", owner.strip_prefix(&prefix)?)),
            None => path.strip_prefix(&prefix).map(str::to_owned),
        };
        let listed: BTreeSet<String> = items.iter().filter_map(relative).collect();
        for path in &listed {
            if !surface.contains_key(path) && exception(path).is_none() {
                let _ = writeln!(wrong, "{name}: {path} is not compared");
            }
        }
        for path in surface.keys().filter(|path| !listed.contains(*path)) {
            let _ = writeln!(wrong, "{name}: {path} does not exist");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

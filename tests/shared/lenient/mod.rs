//! A server that sends null for an empty list, and the clients that are generated to accept it.

use crate::support::package::{Package, Workspace};
use crate::support::{shared, Memory};
use std::fs;
use typewright::{Options, Responses};

const CASE: &str = "cases/server-01-null-for-required-list-or-map.yaml";

/// Options of three clients: strict, lenient, and lenient in two members.
fn ways() -> [(&'static str, Options); 3] {
    let options = |responses, lenient: &[&str]| {
        Options::new(|options| {
            options.name = "volumes".to_owned();
            options.responses = responses;
            options.lenient = lenient.iter().map(ToString::to_string).collect();
        })
    };
    [
        ("strict", options(Responses::Strict, &[])),
        ("lenient", options(Responses::Lenient, &[])),
        ("named", options(Responses::Strict, &["Volume.labels", "Volume.t*"])),
    ]
}

#[test]
fn null_for_a_required_list_or_map_is_read_where_that_is_asked_for() {
    let Some(path) = shared(CASE) else {
        return;
    };
    let document = Memory::document(fs::read_to_string(path).unwrap());
    let driver = Package::new("lenient").features(["blocking"]);
    let driver = driver.file("src/main.rs", include_str!("driver.rs"));
    let package = ways().into_iter().fold(driver, |package, (name, options)| {
        let generated = typewright::generate("openapi.yaml", &document, &options);
        let text = generated.output.unwrap().include();
        package.file(format!("src/{name}.rs"), text)
    });
    Workspace::write("lenient", &[package]).cargo(&["run", "--quiet"]);
}

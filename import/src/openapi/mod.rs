//! Turns a service into an OpenAPI 3.0.3 document.

mod operation;
mod schema;
mod servers;

use crate::model::Service;
use crate::names::Names;
use crate::tree::{entry, said, texts, Map, Node};
use indexmap::IndexMap;
use typewright::diagnostics::Diagnostics;

const HEAD: &str = "Written by `typewright import` from the vendor's reference pages. What they do not state is marked `# Inference`.";
const NO_VERSION: &str =
    "Inference: the pages give the API no version of its own; this is a segment of its paths.";
const NO_SCHEME: &str =
    "Inference: the pages do not say how a caller proves who it is; see the scheme below.";
const SCHEME: &str = "Inference: the pages state no scheme. The cloud's APIs take a token of its access management in `Authorization`.";

/// The document of a service.
pub fn document(service: &Service, names: &Names, found: &mut Diagnostics) -> Map {
    let main = servers::most_used(service);
    let version = match service.versions.as_slice() {
        [] => "unknown".to_owned(),
        versions => versions.join(", "),
    };
    let info: Map = vec![
        entry("title", service.title.clone()),
        said("version", NO_VERSION, version),
    ];
    let mut document = vec![
        said("openapi", HEAD, Node::Plain("3.0.3".to_owned())),
        entry("info", info),
        entry("servers", vec![servers::server(&main, service, found)]),
        said("security", NO_SCHEME, bearer()),
        entry("tags", tags(service)),
        entry("paths", paths(service, names, &main, found)),
    ];
    let schemes: Map = vec![said(
        "bearerToken",
        SCHEME,
        vec![entry("type", "http"), entry("scheme", "bearer")],
    )];
    let components: Map = vec![
        entry("securitySchemes", schemes),
        entry("schemas", schema::components(service, names, found)),
    ];
    document.push(entry("components", components));
    document
}

fn bearer() -> Node {
    let scheme: Map = vec![entry("bearerToken", Node::List(Vec::new()))];
    vec![Node::Map(scheme)].into()
}

fn tags(service: &Service) -> Node {
    let mut tags: Vec<&String> = service.operations.iter().map(|one| &one.tag).collect();
    tags.sort();
    tags.dedup();
    let tags = tags
        .into_iter()
        .map(|tag| Node::Map(vec![entry("name", tag.clone())]));
    Node::List(tags.collect())
}

fn paths(service: &Service, names: &Names, main: &str, found: &mut Diagnostics) -> Map {
    let mut paths: IndexMap<String, Map> = IndexMap::new();
    for one in &service.operations {
        let mut item = operation::item(one, service, names, found);
        if one.host != main {
            item.push(entry(
                "servers",
                vec![servers::server(&one.host, service, found)],
            ));
        }
        paths
            .entry(one.path.clone())
            .or_default()
            .push(entry(one.verb.key(), item));
    }
    paths
        .into_iter()
        .map(|(path, item)| entry(path, item))
        .collect()
}

/// Groups of which at most one member may be set, as one schema that no object with two of them matches.
fn at_most_one(groups: &[Vec<String>]) -> Option<Node> {
    let mut pairs: Vec<Node> = Vec::new();
    for group in groups {
        for (at, one) in group.iter().enumerate() {
            for other in group.iter().skip(at + 1) {
                pairs.push(Node::Map(vec![entry("required", texts([one, other]))]));
            }
        }
    }
    match pairs.len() {
        0 => None,
        1 => pairs.pop(),
        _ => Some(Node::Map(vec![entry("anyOf", pairs)])),
    }
}

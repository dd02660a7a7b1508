//! The JSON of generated types is the JSON that the vendors' pages draw: names, order, nesting, types and groups.

pub mod lowered;
mod mutate;
pub mod node;
mod probe;
mod probe_tests;

use crate::support::{assert_file, root};
use node::{draw, Drawing, Groups, Node};
use std::fs;
use std::path::Path;
use typewright_runtime::codegen::v1;

/// A documented body: the API, the type, and the shape of the compiled type.
type Documented = (&'static str, &'static str, fn() -> Node);

const DOCUMENTED: [Documented; 8] = [
    (
        "yandex-metastore",
        "ExportDataRequest",
        probe::shape::<yandex_metastore::types::ExportDataRequest>,
    ),
    ("yandex-metastore", "Operation", probe::shape::<yandex_metastore::types::Operation>),
    ("yandex-spqr", "Operation", probe::shape::<yandex_spqr::types::Operation>),
    (
        "mongodb-atlas",
        "DiskBackupExportJobRequest",
        probe::shape::<mongodb_atlas::types::DiskBackupExportJobRequest>,
    ),
    (
        "mongodb-atlas",
        "DiskBackupExportJob",
        probe::shape::<mongodb_atlas::types::DiskBackupExportJob>,
    ),
    ("mongodb-atlas", "ApiError", probe::shape::<mongodb_atlas::types::ApiError>),
    (
        "mongodb-atlas",
        "LegacyExportJobRequest",
        probe::shape::<mongodb_atlas::types::LegacyExportJobRequest>,
    ),
    ("mongodb-atlas", "LegacyExportJob", probe::shape::<mongodb_atlas::types::LegacyExportJob>),
];

fn description(api: &str) -> String {
    fs::read_to_string(root().join("specs").join(api).join("openapi.yaml")).unwrap()
}

/// The documented shape: drawn on the page, without what the description has as read-only where it is a request; or that
/// of the example which has every member.
fn documented(api: &str, name: &str, description: &str) -> String {
    let specs = root().join("specs").join(api);
    match name {
        "LegacyExportJobRequest" => drawn_from(&specs.join("examples/LegacyExportJobRequest.json")),
        "LegacyExportJob" => {
            drawn_from(&specs.join("examples/LegacyExportJob.sharded-cluster.json"))
        }
        name => {
            let drawn = fs::read_to_string(specs.join(format!("shapes/{name}.json5"))).unwrap();
            let unsent = unsent(description, name);
            let sent = |drawn, name: &String| without_member(drawn, name);
            unsent.iter().fold(drawn, sent)
        }
    }
}

/// The read-only members of a request.
fn unsent(description: &str, name: &str) -> Vec<String> {
    if !name.ends_with("Request") {
        return Vec::new();
    }
    let description: serde_yaml::Value = serde_yaml::from_str(description).unwrap();
    let members = description["components"]["schemas"][name]["properties"].as_mapping();
    let members = members.into_iter().flatten();
    let unsent = members.filter(|(_, member)| mutate::is_read_only(member));
    unsent.map(|(name, _)| name.as_str().unwrap().to_owned()).collect()
}

/// A drawing without one of its outermost members.
fn without_member(drawn: String, name: &str) -> String {
    let mut lines = drawn.lines();
    let mut rest = Vec::new();
    while let Some(line) = lines.next() {
        if !line.starts_with(&format!("  \"{name}\": ")) {
            rest.push(line);
        } else if line.ends_with(['[', '{']) {
            let end = |line: &&str| line.starts_with("  ]") || line.starts_with("  }");
            lines.find(end).unwrap();
        }
    }
    rest.join("\n") + "\n"
}

fn drawn_from(example: &Path) -> String {
    let example: v1::Value = v1::from_json(&fs::read(example).unwrap()).unwrap();
    draw(&Node::from_value(&example), &Groups::new(), Drawing::Documented)
}

#[test]
fn every_documented_shape_is_compared() {
    for entry in ["yandex-metastore", "yandex-spqr", "mongodb-atlas"] {
        for file in fs::read_dir(root().join("specs").join(entry).join("shapes")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(
                DOCUMENTED.iter().any(|(api, ty, _)| *api == entry && *ty == name),
                "{}",
                path.display()
            );
        }
    }
}

/// The groups come from the records whose accessors are generated; everything else from the compiled types alone.
#[test]
fn compiled_types_have_the_documented_shapes() {
    for (api, name, compiled) in DOCUMENTED {
        let description = description(api);
        let krate = lowered::lower(&description).unwrap();
        let (_, groups) = lowered::shape(&krate, name).unwrap();
        let drawn = draw(&compiled(), &groups, Drawing::Documented);
        assert_eq!(drawn, documented(api, name, &description), "{api} {name}");
    }
}

#[test]
fn compiled_types_are_as_the_generator_decided() {
    for (api, name, compiled) in DOCUMENTED {
        let krate = lowered::lower(&description(api)).unwrap();
        let (node, _) = lowered::shape(&krate, name).unwrap();
        let exact = |node: &Node| draw(node, &Groups::new(), Drawing::Exact);
        assert_eq!(exact(&compiled()), exact(&node), "{api} {name}");
    }
}

#[test]
fn shapes_with_exact_types() {
    for (api, name, compiled) in DOCUMENTED {
        let drawn = draw(&compiled(), &Groups::new(), Drawing::Exact);
        assert_file(&format!("snapshots/shapes/{api}-{name}.txt"), &drawn);
    }
}

/// `true` if a description still has every documented shape of its API.
fn has_documented_shapes(api: &str, description: &str) -> bool {
    let Ok(krate) = lowered::lower(description) else {
        return false;
    };
    let mut types = DOCUMENTED.iter().filter(|(other, ..)| *other == api);
    types.all(|(_, name, _)| {
        let shape = lowered::shape(&krate, name);
        shape.is_some_and(|(node, groups)| {
            draw(&node, &groups, Drawing::Documented) == documented(api, name, description)
        })
    })
}

/// Proof that the tests above can fail: any change to a member of a description changes a shape.
#[test]
fn every_change_to_a_member_is_noticed() {
    for api in ["yandex-metastore", "yandex-spqr", "mongodb-atlas"] {
        let text = description(api);
        assert!(has_documented_shapes(api, &text));
        let mut count = 0;
        for (change, mutant) in mutate::mutants(&text) {
            assert!(!has_documented_shapes(api, &mutant), "{api}: unnoticed: {change}");
            count += 1;
        }
        assert!(count > 20, "{api}: only {count} changes were tried");
    }
}

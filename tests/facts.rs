//! The descriptions under `specs/` say what the vendors' pages say: `specs/README.md` tells how.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the files that they are about"
)]

#[path = "facts/mutate.rs"]
mod mutate;
#[path = "facts/pages.rs"]
mod pages;
#[path = "facts/shape.rs"]
mod shape;
#[path = "facts/spec.rs"]
mod spec;

use mutate::{mutations, places, Mutation};
use spec::{Facts, Spec};
use std::collections::BTreeMap;
use std::fs;
use typewright_tests::shared;

const APIS: [&str; 3] = ["yandex-metastore", "yandex-spqr", "mongodb-atlas"];

#[test]
fn every_fact_holds() {
    for api in APIS {
        let (spec, facts) = (Spec::read(api), Facts::read(api));
        let failures = facts.failures(&spec.0);
        assert!(failures.is_empty(), "{api}: {failures:#?}");
    }
}

/// Nothing in a description can change unseen: what is neither prose nor an inference is a fact.
#[test]
fn every_mutation_breaks_a_fact() {
    for api in APIS {
        let (spec, facts) = (Spec::read(api), Facts::read(api));
        let survivors: Vec<_> = mutations(&spec.0)
            .filter(|(place, _, _)| !facts.is_inference(place))
            .filter(|(_, _, mutant)| facts.all_hold(mutant))
            .map(|(place, mutation, _)| format!("{mutation:?} {place}"))
            .collect();
        assert!(survivors.is_empty(), "{api}: {survivors:#?}");
    }
}

/// The mutations above reach every member of every component, in all four ways.
#[test]
fn every_member_is_mutated() {
    for api in APIS {
        let spec = Spec::read(api);
        let mut seen: BTreeMap<String, Vec<Mutation>> = BTreeMap::new();
        for (place, mutation, _) in mutations(&spec.0) {
            seen.entry(place).or_default().push(mutation);
        }
        for (member, alone) in spec.members() {
            let at = |mutation| seen.get(&member).is_some_and(|all| all.contains(&mutation));
            assert!(at(Mutation::Delete), "{api}: {member} is never deleted");
            assert!(at(Mutation::Rename), "{api}: {member} is never renamed");
            assert!(alone || at(Mutation::Move), "{api}: {member} never moves");
            let retyped = seen
                .iter()
                .filter(|(place, _)| place.starts_with(&format!("{member}/")))
                .any(|(_, all)| all.contains(&Mutation::Change));
            assert!(retyped, "{api}: {member} is never retyped");
        }
    }
}

#[test]
fn inferences_are_there_and_are_no_facts() {
    for api in APIS {
        let (spec, facts) = (Spec::read(api), Facts::read(api));
        let places: Vec<_> = places(&spec.0).collect();
        for inference in &facts.inference {
            let at = &inference.pointer;
            assert!(places.contains(at), "{api}: no {at}");
            assert!(!inference.why.is_empty(), "{api}: {at} has no reason");
            assert!(
                facts.fact.iter().all(|row| row.pointer != *at),
                "{api}: {at} is both fact and inference"
            );
        }
        let comments = spec.text().matches("# Inference").count();
        assert!(comments > 0, "{api} marks no inference");
    }
}

/// A row's line has the words that the row quotes.
#[test]
fn every_fact_is_in_its_document() {
    for api in APIS {
        for (document, rows) in Facts::read(api).by_document() {
            let Some(path) = shared(&format!("documents/{document}")) else {
                continue;
            };
            let text = fs::read_to_string(path).unwrap();
            let lines: Vec<_> = text.lines().collect();
            for row in rows {
                let line = row.line.checked_sub(1).and_then(|at| lines.get(at));
                assert!(!row.quote.is_empty(), "{row:?} quotes nothing");
                assert!(
                    line.is_some_and(|line| line.contains(&row.quote)),
                    "{row:?}"
                );
            }
        }
    }
}

/// Each table row, enum value, mark, limit and member that a document has is the source of some fact.
#[test]
fn every_stating_line_has_a_fact() {
    for api in APIS {
        for (document, rows) in Facts::read(api).by_document() {
            let Some(path) = shared(&format!("documents/{document}")) else {
                continue;
            };
            let page = fs::read_to_string(path).unwrap();
            let unread: Vec<_> = pages::stating_lines(&page)
                .filter(|(line, _)| rows.iter().all(|row| row.line != *line))
                .collect();
            assert!(unread.is_empty(), "{document}: {unread:#?}");
        }
    }
}

/// The names of the components whose shapes `api` has.
fn shapes(api: &str) -> Vec<(String, String)> {
    spec::files(api, "shapes", ".json5")
}

#[test]
fn shapes_are_those_of_the_descriptions() {
    for api in APIS {
        let spec = Spec::read(api);
        let all = shapes(api);
        assert!(!all.is_empty());
        for (component, text) in all {
            assert_eq!(
                shape::of_component(&spec, &component).to_string(),
                text,
                "{api}: {component}"
            );
        }
    }
}

#[test]
fn yandex_shapes_are_the_blocks_of_the_pages() {
    let pages = [
        (
            "yandex-metastore",
            "yandex-metastore-cluster-export-data.md",
            vec!["ExportDataRequest", "Operation"],
        ),
        (
            "yandex-spqr",
            "yandex-spqr-cluster-backup.md",
            vec!["Operation"],
        ),
    ];
    for (api, page, components) in pages {
        let Some(path) = shared(&format!("documents/{page}")) else {
            continue;
        };
        let blocks = pages::json_fences(&fs::read_to_string(path).unwrap());
        let files = shapes(api);
        let documented: Vec<_> = components
            .into_iter()
            .map(str::to_owned)
            .zip(blocks)
            .collect();
        assert_eq!(files, documented, "{api}");
    }
}

#[test]
fn atlas_shapes_are_the_interfaces_of_the_page() {
    let (Some(page), Some(markdown)) = (
        shared("documents/atlas-v2-create-export-job-page.txt"),
        shared("documents/atlas-v2-create-export-job.md"),
    ) else {
        return;
    };
    let page = fs::read_to_string(page).unwrap();
    let markdown = fs::read_to_string(markdown).unwrap();
    let files = shapes("mongodb-atlas");
    assert_eq!(files.len(), 3);
    for (component, text) in files {
        let drawn = pages::interfaces(&page, &component, &markdown);
        let times = if component == "ApiError" { 6 } else { 1 };
        assert_eq!(drawn.len(), times, "{component}");
        for shape in drawn {
            assert_eq!(shape.to_string(), text, "{component}");
        }
    }
}

#[test]
fn atlas_examples_are_the_blocks_of_the_older_page() {
    let Some(path) = shared("documents/atlas-v1-create-export-job.rst") else {
        return;
    };
    let page = fs::read_to_string(path).unwrap();
    let [request, replica_set, sharded] = pages::example_blocks(&page);
    let comma = "\"{SNAPSHOT-ID}\"\n";
    assert_eq!(request.matches(comma).count(), 1);
    let request = request.replace(comma, "\"{SNAPSHOT-ID}\",\n");
    let expected = [
        ("LegacyExportJob.replica-set".to_owned(), replica_set),
        ("LegacyExportJob.sharded-cluster".to_owned(), sharded),
        ("LegacyExportJobRequest".to_owned(), request),
    ];
    assert_eq!(spec::files("mongodb-atlas", "examples", ".json"), expected);
}

/// Every member of an example is a documented one, and no required one is missing.
#[test]
fn examples_fit_the_descriptions() {
    let spec = Spec::read("mongodb-atlas");
    let examples = spec::files("mongodb-atlas", "examples", ".json");
    assert_eq!(examples.len(), 3);
    for (name, text) in examples {
        let component = name.split('.').next().unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let misfits = shape::misfits(&value, &shape::of_component(&spec, component));
        assert!(misfits.is_empty(), "{name}: {misfits:?}");
        let required = spec.required(component);
        assert!(
            required.iter().all(|member| value.get(member).is_some()),
            "{name} lacks one of {required:?}"
        );
    }
}

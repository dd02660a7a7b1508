//! The descriptions below `specs/` state what the vendors' pages state; `specs/README.md` explains the tables.

mod mutate;
pub mod pages;
mod shape;
pub mod spec;

use mutate::{mutations, places, Mutation};
use spec::{FactTable, Spec};
use std::collections::BTreeMap;

/// The APIs that `specs/` describes.
pub const APIS: [&str; 3] = ["yandex-metastore", "yandex-spqr", "mongodb-atlas"];

#[test]
fn every_fact_holds() {
    for api in APIS {
        let (spec, table) = (Spec::read(api), FactTable::read(api));
        let failures = table.failures(&spec.0);
        assert!(failures.is_empty(), "{api}: {failures:#?}");
    }
}

/// Nothing in a description can change unseen: what is neither prose nor an inference is a fact.
#[test]
fn every_mutation_breaks_a_fact() {
    for api in APIS {
        let (spec, table) = (Spec::read(api), FactTable::read(api));
        let survivors: Vec<_> = mutations(&spec.0)
            .filter(|(place, _, _)| !table.is_inference(place))
            .filter(|(_, _, mutant)| table.all_hold(mutant))
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
        let (spec, table) = (Spec::read(api), FactTable::read(api));
        let places: Vec<_> = places(&spec.0).collect();
        for inference in &table.inference {
            let at = &inference.pointer;
            assert!(places.contains(at), "{api}: no {at}");
            assert!(!inference.why.is_empty(), "{api}: {at} has no reason");
            assert!(
                table.fact.iter().all(|row| row.pointer != *at),
                "{api}: {at} is both fact and inference"
            );
        }
        let comments = spec.text().matches("# Inference").count();
        assert!(comments > 0, "{api} marks no inference");
    }
}

/// The names of the components whose shapes `api` has.
pub fn shapes(api: &str) -> Vec<(String, String)> {
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

//! The checks of values (`api::check`), beside what others say of the same values: the JSON Schema test suite, and an independent
//! validator of the examples in documents. Also the samples of responses, which both have to accept.

use super::examples::validator;
use super::json_schema::document::document;
use super::json_schema::program::errors;
use super::json_schema::suite::{groups, Group, DRAFTS};
use crate::support::{assert_file, print_always, shared, Memory};
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use typewright::api::check::{self, Checker};
use typewright::api::model::{Access, Api, Docs, Owner, Schema, SchemaId, Use};
use typewright::api::sample::Sampler;
use typewright::diagnostics::Place;
use typewright::host::disk::Disk;
use typewright::Options;

/// A use of a schema where nothing else is said.
fn use_of(id: SchemaId, schema: &Schema) -> Use {
    Use {
        schema: id,
        at: schema.at.clone(),
        nullable: false,
        access: Access::ReadWrite,
        default: None,
        examples: Vec::new(),
        docs: Docs::default(),
        name: None,
        xml: None,
    }
}

/// The violations of a value, remarks aside, one per line.
fn violations(checker: &Checker<'_>, used: &Use, value: &Value) -> String {
    let violations = checker.check(used, value, check::Path::root("value"));
    let failures = violations.iter().filter(|one| !one.is_remark);
    failures.map(|one| format!("{}: {}", one.place, one.detail)).collect::<Vec<_>>().join("; ")
}

/// The groups of a draft as one API, without those of which none can be made.
fn api_of(version: &str, groups: &[Group]) -> (Api, BTreeSet<usize>) {
    let options = Options::new(|options| options.strict_schemas = true);
    let mut skipped = BTreeMap::new();
    loop {
        let memory = Memory::new([("openapi.json", document(version, groups, &skipped))]);
        let analysed = typewright::analyse_for_server("openapi.json", &memory, &options);
        match analysed.api {
            Some(api) => return (api, skipped.into_keys().collect()),
            None => skipped.extend(errors(&analysed.diagnostics)),
        }
    }
}

fn component(api: &Api, name: &str) -> Use {
    let is_named = |schema: &Schema| schema.owner == Owner::Component(name.to_owned());
    let mut schemas = api.schemas.iter();
    let (id, schema) = schemas.find(|(_, schema)| is_named(schema)).unwrap();
    use_of(id, schema)
}

/// Counts of the instances of one keyword.
#[derive(Default)]
struct Verdicts {
    valid: usize,
    accepted: usize,
    invalid: usize,
    refused: usize,
}

impl Verdicts {
    fn add(&mut self, is_valid: bool, is_accepted: bool) {
        self.valid += usize::from(is_valid);
        self.accepted += usize::from(is_valid && is_accepted);
        self.invalid += usize::from(!is_valid);
        self.refused += usize::from(!is_valid && !is_accepted);
    }
}

#[test]
fn instances_of_the_suite_are_accepted_or_refused() {
    let Some(suite) = shared("corpus/json-schema/tests") else {
        return;
    };
    let mut text =
        String::from("Instances of the JSON Schema test suite, checked against the API model.\n");
    for (draft, version) in DRAFTS {
        let groups = groups(&suite, draft);
        let (api, skipped) = api_of(version, &groups);
        let checker = Checker::requests(&api);
        let mut keywords: BTreeMap<&str, Verdicts> = BTreeMap::new();
        let mut wrong = String::new();
        for (at, group) in groups.iter().enumerate().filter(|(at, _)| !skipped.contains(at)) {
            let used = component(&api, &format!("Holder{at}"));
            let verdicts = keywords.entry(&group.keyword).or_default();
            for instance in &group.instances {
                let failures = violations(&checker, &used, &json!({ "value": instance.value }));
                verdicts.add(instance.valid, failures.is_empty());
                let label =
                    format!("{}: {}: {}", group.keyword, group.description, instance.description);
                let line = format!("{label}\n  {failures}\n");
                wrong.extend((instance.valid && !failures.is_empty()).then_some(line));
            }
        }
        write!(
            text,
            "\n{draft}, without {} schemas\n{}\nvalid, and refused:\n{wrong}",
            skipped.len(),
            table(&keywords)
        )
        .unwrap();
        let sum = |member: fn(&Verdicts) -> usize| keywords.values().map(member).sum::<usize>();
        let (valid, accepted) = (sum(|one| one.valid), sum(|one| one.accepted));
        assert!(accepted * 100 >= valid * 98, "{draft}: {accepted} of {valid}\n{text}");
    }
    assert_file("shared/check-suite.txt", &text);
}

fn table(keywords: &BTreeMap<&str, Verdicts>) -> String {
    let mut text =
        String::from("keyword                        valid accepted | invalid refused\n");
    let sum = |member: fn(&Verdicts) -> usize| keywords.values().map(member).sum::<usize>();
    let all = Verdicts {
        valid: sum(|one| one.valid),
        accepted: sum(|one| one.accepted),
        invalid: sum(|one| one.invalid),
        refused: sum(|one| one.refused),
    };
    for (keyword, one) in keywords.iter().map(|(name, one)| (*name, one)).chain([("all", &all)]) {
        let Verdicts { valid, accepted, invalid, refused } = one;
        writeln!(text, "{keyword:<30} {valid:>5} {accepted:>8} | {invalid:>7} {refused:>7}")
            .unwrap();
    }
    text
}

/// Counts of the values of one document.
#[derive(Default)]
struct Count {
    examples: usize,
    agreed: usize,
    samples: usize,
    sound: usize,
}

#[test]
fn examples_and_samples_of_documents_are_judged_alike() {
    let Some(folder) = shared("corpus/real") else {
        return;
    };
    let mut text = String::from(
        "Examples of schemas, on which the checks and an independent validator agree; and samples of schemas, which the checks\n\
         accept. Below, those on which they do not.\n\n",
    );
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.is_file()) {
        let (count, wrong) = judge(path);
        let Count { examples, agreed, samples, sound } = count;
        let name = path.file_name().unwrap().to_string_lossy();
        let line = format!("{name}: {agreed} of {examples} examples, {sound} of {samples} samples");
        print_always(&line);
        writeln!(text, "{line}\n{wrong}").unwrap();
        assert!(agreed * 100 >= examples * 98 && sound * 100 >= samples * 99, "{text}");
    }
    assert_file("shared/check-documents.txt", &text);
}

fn judge(path: &Path) -> (Count, String) {
    let entry = path.to_str().unwrap();
    let analysed = typewright::analyse_for_server(entry, &Disk::new(entry), &Options::default());
    let api = analysed.api.unwrap();
    let validator = validator::Schemas::read(path);
    let checker = Checker::responses(&api);
    let sampler = Sampler::everything(&api).received();
    let (mut count, mut wrong) = (Count::default(), String::new());
    for (id, schema) in api.schemas.iter() {
        let Place::Pointer(_, pointer) = &schema.at.place else { continue };
        let used = use_of(id, schema);
        for example in &schema.examples {
            count.examples += 1;
            let failures = violations(&checker, &used, example);
            let name = format!("{} example", pointer.trim_start_matches('/'));
            let is_accepted = validator.accept(&name, &example.to_string());
            if is_accepted == failures.is_empty() {
                count.agreed += 1;
            } else {
                let other = if is_accepted { "accepts it" } else { "refuses it" };
                writeln!(wrong, "  {pointer}: the validator {other}: {failures}").unwrap();
            }
        }
        if let Some(sample) = sampler.value(&used) {
            count.samples += 1;
            let failures = violations(&checker, &used, &sample);
            if failures.is_empty() {
                count.sound += 1;
            } else {
                writeln!(wrong, "  {pointer}: sample: {failures}").unwrap();
            }
        }
    }
    (count, wrong)
}

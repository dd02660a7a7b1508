//! The importer on real pages: compared with the committed descriptions, and with the blocks of the pages.

use crate::import_robust::{pages_below, survive};
use crate::support::{root, shared, Memory};
use std::fs;
use std::path::Path;
use typewright::diagnostics::codes::import::{IMPORT_FOREIGN, IMPORT_OLD, IMPORT_SHAPE};
use typewright::diagnostics::{Code, Diagnostics, Place};
use typewright::diagnostics::{Diagnostic, Severity};
use typewright::source::Files;
use typewright_import::{best_match, compare, import, shape, Document};

fn read(folder: &Path) -> Files {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut files = Files::default();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.add(name, fs::read_to_string(&path).unwrap());
    }
    files
}

fn imported(folder: &str) -> Option<(Files, Vec<Document>, Diagnostics)> {
    let files = read(&shared(folder)?);
    let mut diagnostics = Diagnostics::new();
    let documents = import(&files, &mut diagnostics);
    Some((files, documents, diagnostics))
}

fn spec(name: &str) -> String {
    fs::read_to_string(root().join("specs").join(name).join("openapi.yaml")).unwrap()
}

#[test]
fn the_committed_descriptions_say_what_the_pages_say() {
    let Some((_, documents, _)) = imported("documents") else {
        return;
    };
    for name in ["yandex-metastore", "yandex-spqr", "mongodb-atlas"] {
        let text = spec(name);
        let document = best_match(&text, &documents).unwrap();
        assert_eq!(document.service, name);
        let differences = compare(&text, document);
        assert!(differences.is_empty(), "{name}: {differences:#?}");
    }
}

/// A change to a description: which one, what, and what to.
const CHANGES: [(&str, &str, &str); 13] = [
    ("yandex-spqr", "maxLength: 63", "maxLength: 64"),
    ("yandex-spqr", "format: int64", "format: int32"),
    ("yandex-spqr", "required: [error, response]", "required: [error, done]"),
    ("yandex-spqr", "        - STOPPED\n", ""),
    ("yandex-spqr", "clusterBackup", "backUpCluster"),
    ("yandex-spqr", ":backup", ":back"),
    ("yandex-metastore", "required: [bucket, filepath]", "required: [bucket]"),
    ("yandex-metastore", "additionalProperties: false", "additionalProperties: true"),
    ("yandex-metastore", "RpcStatus", "Failure"),
    ("mongodb-atlas", "{clusterName}", "{cluster}"),
    ("mongodb-atlas", "        exportBucketId:", "        bucketId:"),
    ("mongodb-atlas", "vnd.atlas.2023-01-01+json", "vnd.atlas.2024-01-01+json"),
    ("mongodb-atlas", "        '409':", "        '410':"),
];

#[test]
fn every_change_to_a_description_is_found() {
    let Some((_, documents, _)) = imported("documents") else {
        return;
    };
    for (name, old, new) in CHANGES {
        let text = spec(name);
        let changed = text.replace(old, new);
        assert_ne!(changed, text, "{name} has no `{old}`");
        let document = documents.iter().find(|document| document.service == name);
        assert!(!compare(&changed, document.unwrap()).is_empty(), "{name}: {old} -> {new}");
    }
}

#[test]
fn drawn_shapes_are_the_pages() {
    let Some((_, documents, _)) = imported("documents") else {
        return;
    };
    for name in ["yandex-metastore", "yandex-spqr"] {
        let document = documents.iter().find(|document| document.service == name).unwrap();
        let folder = root().join("specs").join(name).join("shapes");
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let component = path.file_stem().unwrap().to_string_lossy();
            let drawn = shape(document, &component).unwrap();
            assert_eq!(
                drawn.trim_end(),
                fs::read_to_string(&path).unwrap().trim_end(),
                "{}",
                path.display()
            );
        }
    }
}

/// The files that a code was raised for.
fn files_with(code: Code, files: &Files, diagnostics: &Diagnostics) -> Vec<String> {
    let findings = diagnostics.iter().filter(|finding| finding.code == code);
    let names = findings.filter_map(|finding| match &finding.place {
        Place::File(file) | Place::Span(file, _) => Some(files.get(*file)?.name.clone()),
        _ => None,
    });
    names.collect()
}

#[test]
fn pages_import_or_are_refused() {
    let Some((files, documents, diagnostics)) = imported("pages") else {
        return;
    };
    let services: Vec<&str> = documents.iter().map(|document| document.service.as_str()).collect();
    assert_eq!(
        services,
        ["yandex-baremetal", "yandex-eventrouter", "yandex-video", "yandex-workflows"]
    );
    let old = files_with(IMPORT_OLD, &files, &diagnostics);
    assert_eq!(old, ["03_vpc_SecurityGroup_create_gen2.md"]);
    let foreign = files_with(IMPORT_FOREIGN, &files, &diagnostics);
    assert!(foreign.contains(&"10_datalens_deleteQlChart.md".to_owned()), "{foreign:?}");
    assert_eq!(files_with(IMPORT_SHAPE, &files, &diagnostics), Vec::<String>::new());
}

#[test]
fn pages_say_what_they_are_known_to_say() {
    let Some((_, documents, _)) = imported("pages") else {
        return;
    };
    let value = |service: &str| -> serde_yaml::Value {
        let document = documents.iter().find(|document| document.service == service).unwrap();
        serde_yaml::from_str(&document.yaml).unwrap()
    };
    let workflows = value("yandex-workflows");
    let paths: Vec<_> =
        workflows["paths"].as_mapping().unwrap().keys().filter_map(|key| key.as_str()).collect();
    assert_eq!(
        paths,
        ["/workflows/v1/execution/start", "/workflows/v1/execution/{workflowId}/start"]
    );
    let event = value("yandex-eventrouter");
    let reply = &event["paths"]["/eventrouter/v1/events/{busId}:put"]["post"]["responses"]["200"];
    assert!(reply.get("content").is_none());
    let metal = value("yandex-baremetal");
    let state = &metal["components"]["schemas"]["PrivateSubnetState"];
    assert_eq!(state["enum"][0].as_str(), Some("STATE_UNSPECIFIED"));
    assert_eq!(state["enum"].as_sequence().unwrap().len(), 6);
    let text = state["x-enum-descriptions"]["CREATING"].as_str();
    assert_eq!(text, Some("Private subnet is being created."));
    let thumbnails = &value("yandex-video")["paths"]["/video/v1/thumbnails"]["get"];
    assert_eq!(thumbnails["x-typewright-pagination"]["items"].as_str(), Some("thumbnails"));
    assert_eq!(thumbnails["parameters"][0]["deprecated"].as_bool(), Some(true));
}

#[test]
fn the_generator_has_nothing_to_say_of_imported_documents() {
    for folder in ["documents", "pages"] {
        let Some((_, documents, _)) = imported(folder) else {
            return;
        };
        for document in &documents {
            let analysed = typewright::analyse(
                "openapi.yaml",
                &Memory::document(document.yaml.as_str()),
                &typewright::Options::default(),
            );
            // The generator knows no such format, and says so.
            let known = |message: &str| message.contains("field-mask");
            let findings = analysed.diagnostics.iter();
            let counts = |finding: &&Diagnostic| finding.code.severity > Severity::Note;
            let findings: Vec<_> =
                findings.filter(counts).filter(|finding| !known(&finding.message)).collect();
            assert!(findings.is_empty(), "{}: {findings:#?}", document.service);
        }
    }
}

/// The items of a document's Rust, without comments: in the order of their text, since a document lists its components in
/// an order of its own.
fn rust(yaml: &str) -> Vec<String> {
    let generated = typewright::generate(
        "openapi.yaml",
        &Memory::document(yaml),
        &typewright::Options::default(),
    );
    let text = generated.output.unwrap().include();
    let is_end_of_module = |line: &str| ["}", "    }"].contains(&line);
    let lines =
        text.lines().filter(|line| !line.trim_start().starts_with("//") && !is_end_of_module(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    let items = text.split("\n\n").map(|item| item.trim_end().to_owned());
    let mut items: Vec<_> = items.collect();
    items.sort_unstable();
    items
}

#[test]
fn the_same_rust_comes_out() {
    let Some((_, documents, _)) = imported("documents") else {
        return;
    };
    for name in ["yandex-metastore", "yandex-spqr"] {
        let document = documents.iter().find(|document| document.service == name);
        let (ours, theirs) = (rust(&document.unwrap().yaml), rust(&spec(name)));
        assert!(ours.len() > 40, "{name}: {}", ours.len());
        let differs = ours.iter().zip(&theirs).find(|(our, their)| our != their);
        assert_eq!(differs, None, "{name}");
        assert_eq!(ours.len(), theirs.len(), "{name}");
    }
}

#[test]
fn a_real_page_may_end_anywhere() {
    let folders = ["pages", "documents"].into_iter().filter_map(shared);
    for (name, text) in folders.flat_map(|folder| pages_below(&folder)) {
        // A prime step over the bytes, so that every kind of line is cut somewhere.
        for end in (0..text.len()).step_by(509).filter(|end| text.is_char_boundary(*end)) {
            survive(&name, &text[..end]);
        }
    }
}

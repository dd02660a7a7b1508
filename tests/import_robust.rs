//! The importer under bad and big input: pages cut off at every byte, random bytes, and two thousand pages.

use crate::support::{cpu_time, root};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::files_below;
use typewright::source::Files;
use typewright_import::{import, shape, Document};

/// The pages below a folder, by name.
pub fn pages_below(folder: &Path) -> Vec<(String, String)> {
    let paths = files_below(folder, &["md", "rst"]).unwrap().into_iter();
    paths
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Imports one text, and checks that every place of a diagnostic exists.
pub fn survive(name: &str, text: &str) -> Vec<Document> {
    let mut files = Files::default();
    files.add(name, text);
    let mut diagnostics = Diagnostics::new();
    let documents = import(&files, &mut diagnostics);
    assert!(
        !documents.is_empty() || !diagnostics.is_empty(),
        "{name}: neither document nor finding"
    );
    for finding in diagnostics.iter() {
        if let Place::Span(_, span) = &finding.place {
            assert!(
                text.get(span.clone()).is_some(),
                "{name}: {finding:?} of {} bytes",
                text.len()
            );
        }
    }
    documents
}

#[test]
fn a_page_may_end_anywhere() {
    let pages = pages_below(&root().join("tests/import"));
    for (name, text) in &pages {
        // Every byte of short pages; a step of seven over the others meets every kind of line as well.
        let step = if text.len() < 700 { 1 } else { 7 };
        for end in (0..=text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            survive(name, &text[..end]);
        }
    }
}

#[test]
fn lines_may_be_missing_or_mixed() {
    let pages = pages_below(&root().join("tests/import"));
    let mut state = 7_u64;
    for (name, text) in &pages {
        let lines: Vec<&str> = text.lines().collect();
        for _ in 0..40 {
            let mut mixed = String::new();
            for line in &lines {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                match state >> 61 {
                    0 => {}
                    1 => mixed.push_str(lines[usize::try_from(state >> 33).unwrap() % lines.len()]),
                    2 => mixed.extend(line.chars().rev()),
                    _ => mixed.push_str(line),
                }
                mixed.push('\n');
            }
            survive(name, &mixed);
        }
    }
}

/// A page with a message of many fields, one of which is the message itself, and a group of twelve.
fn big(number: usize, fields: usize) -> String {
    let mut page = format!(
        "# Big API, REST: Cluster{number}.Get\n\nGets it.\n\n## HTTP request\n\n```\nGET https://big.{{{{ api-host }}}}/big/v1/clusters{number}/{{clusterId}}\n```\n\n\
         ## Path parameters\n\n#|\n||Field | Description ||\n|| clusterId | **string**\n\nRequired field. The cluster. ||\n|#\n\n\
         ## Response {{#yandex.cloud.big.v1.Cluster{number}}}\n\n**HTTP Code: 200 - OK**\n\n#|\n||Field | Description ||\n"
    );
    let names: Vec<String> = (0..12).map(|at| format!("`choice{at}`")).collect();
    let group = names.join(", ");
    for at in 0..12 {
        write!(page, "|| choice{at} | **[Part](#yandex.cloud.big.v1.Part)**\n\nIncludes only one of the fields {group}. ||\n").unwrap();
    }
    for at in 0..fields {
        write!(page, "|| field{at} | **string** (int64)\n\nThe field number {at}, of which there is much to say.\n\nAcceptable values are 0 to {at}, inclusive. ||\n").unwrap();
    }
    write!(page, "|| parts[] | **[Cluster](#yandex.cloud.big.v1.Cluster{number})** ||\n|#\n\n## Part {{#yandex.cloud.big.v1.Part}}\n\n#|\n||Field | Description ||\n|| part | **[Part](#yandex.cloud.big.v1.Part)** ||\n|#\n").unwrap();
    page
}

#[test]
fn big_and_recursive_messages_work() {
    let documents = survive("big.md", &big(1, 150));
    let value: serde_yaml::Value = serde_yaml::from_str(&documents[0].yaml).unwrap();
    let cluster = &value["components"]["schemas"]["Cluster1"];
    assert_eq!(cluster["properties"].as_mapping().unwrap().len(), 163);
    assert_eq!(cluster["not"]["anyOf"].as_sequence().unwrap().len(), 66);
    let drawn = shape(&documents[0], "Cluster1").unwrap();
    assert!(drawn.contains("\"parts\": [\n    \"object\"\n  ]"), "{drawn}");
    assert_eq!(shape(&documents[0], "Nothing"), None);
}

#[test]
fn two_thousand_pages_take_seconds() {
    let mut files = Files::default();
    let mut bytes = 0;
    for number in 0..2000 {
        let page = big(number, 20);
        bytes += page.len();
        files.add(format!("{number}.md"), page);
    }
    let start = cpu_time();
    let documents = import(&files, &mut Diagnostics::new());
    let took = cpu_time() - start;
    println!("2000 pages, {bytes} bytes: {took:?}");
    assert_eq!(documents.len(), 1);
    let limit = if cfg!(debug_assertions) { 40 } else { 10 };
    assert!(took < Duration::from_secs(limit), "{took:?}");
}

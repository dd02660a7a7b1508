//! The facts of `specs/`, looked up in the vendors' pages.

use crate::specs::spec::{self, FactTable};
use crate::specs::{pages, shapes, APIS};
use crate::support::shared;
use std::fs;

/// A row's line has the words that the row quotes.
#[test]
fn every_fact_is_in_its_document() {
    for api in APIS {
        for (document, rows) in FactTable::read(api).by_document() {
            let Some(path) = shared(&format!("documents/{document}")) else {
                continue;
            };
            let text = fs::read_to_string(path).unwrap();
            let lines: Vec<_> = text.lines().collect();
            for row in rows {
                let line = row.line.checked_sub(1).and_then(|at| lines.get(at));
                assert!(!row.quote.is_empty(), "{row:?} quotes nothing");
                assert!(line.is_some_and(|line| line.contains(&row.quote)), "{row:?}");
            }
        }
    }
}

/// Each table row, enum value, mark, limit and member that a document has is the source of some fact.
#[test]
fn every_stating_line_has_a_fact() {
    for api in APIS {
        for (document, rows) in FactTable::read(api).by_document() {
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

#[test]
fn yandex_shapes_are_the_blocks_of_the_pages() {
    let pages = [
        (
            "yandex-metastore",
            "yandex-metastore-cluster-export-data.md",
            vec!["ExportDataRequest", "Operation"],
        ),
        ("yandex-spqr", "yandex-spqr-cluster-backup.md", vec!["Operation"]),
    ];
    for (api, page, components) in pages {
        let Some(path) = shared(&format!("documents/{page}")) else {
            continue;
        };
        let blocks = pages::json_fences(&fs::read_to_string(path).unwrap());
        let files = shapes(api);
        let documented: Vec<_> = components.into_iter().map(str::to_owned).zip(blocks).collect();
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

//! `inspect --html`: the page, as markup and in a browser.

mod browser;
mod in_browser;
mod markup;

use crate::support::{Sandbox, DOCUMENT};
use markup::Page;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::host::disk::{files_below, Disk};
use typewright::lower::model::Item;
use typewright::Options;

/// A document with all that a page has to show, and with texts that try to break out of it.
const HOSTILE: &str = include_str!("hostile.yaml");

fn specs() -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let names = ["mongodb-atlas", "yandex-metastore", "yandex-spqr"];
    names.into_iter().map(move |name| root.join(name).join("openapi.yaml"))
}

/// The text and the markup of the page of `pets.yaml`.
fn page_of(sandbox: &Sandbox, status: i32) -> (String, Page) {
    sandbox.run(&["inspect", "pets.yaml", "--html", "page.html"]).ends(status);
    let html = sandbox.read("page.html");
    let page = Page::parse(&html);
    check(&html, &page);
    (html, page)
}

/// Asserts what holds for every page.
fn check(html: &str, page: &Page) {
    let ids: Vec<&str> = page.values("id").collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    let mut duplicates = ids.clone();
    distinct.iter().for_each(|id| {
        let at = duplicates.iter().position(|other| other == id).unwrap();
        duplicates.swap_remove(at);
    });
    assert!(duplicates.is_empty(), "ids of several elements: {duplicates:?}");
    for tag in &page.tags {
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{tag:?}");
            if let Some(fragment) = value.strip_prefix('#').filter(|_| name == "href") {
                assert!(distinct.contains(fragment), "no element has the id {fragment}");
            } else if name == "href" && tag.name == "a" {
                let is_safe = ["http://", "https://", "mailto:"].iter().any(|scheme| {
                    value
                        .get(..scheme.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                });
                assert!(is_safe, "{tag:?}");
            }
        }
        let is_external = ["img", "iframe", "object", "embed", "base", "form", "svg", "video"];
        assert!(!is_external.contains(&tag.name.as_str()), "{tag:?}");
    }
    let links: Vec<_> = page.tags.iter().filter(|tag| tag.name == "link").collect();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].attribute("href"), Some("data:,"));
    let count = |name: &str| page.tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!((count("script"), count("style"), count("main"), count("h1")), (1, 1, 1, 1));
    assert!(html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "));
    for unseen in ['\u{202E}', '\u{2066}', '\u{200B}', '\r', '\u{0}'] {
        assert!(!html.contains(unseen), "{unseen:?}");
    }
}

#[test]
fn a_page_has_every_operation_and_type_of_the_specs() {
    for spec in specs() {
        let sandbox = Sandbox::empty();
        sandbox.run(&["inspect", spec.to_str().unwrap(), "--html", "page.html"]).ends(0);
        let html = sandbox.read("page.html");
        let page = Page::parse(&html);
        check(&html, &page);
        let ids: BTreeSet<&str> = page.values("id").collect();
        let entry = spec.to_str().unwrap();
        let (_, model) = typewright::inspect_model(entry, &Disk::new(&spec), &Options::default());
        let model = model.unwrap();
        let client = model.krate.client.unwrap();
        let methods: Vec<_> = client.files.iter().flat_map(|file| &file.methods).collect();
        assert_eq!(methods.len(), model.api.operations.len());
        for method in methods {
            assert!(
                ids.contains(format!("call.{}", method.call.text()).as_str()),
                "{}",
                method.call
            );
            let texts = [&method.data.path, &method.data.id, &format!(".{}", method.name)];
            texts.iter().for_each(|text| assert!(page.text.contains(text.as_str()), "{text}"));
        }
        let items = model.krate.types.iter().flat_map(|file| &file.items);
        for item in items {
            let id = format!("type.{}", item.name().text());
            assert!(ids.contains(id.as_str()), "{id}");
            if let Item::Record(record) = item {
                for field in &record.fields {
                    assert!(page.text.contains(&format!("{}: ", field.name.ident)), "{field:?}");
                }
            }
        }
        for scheme in &client.schemes {
            let constructor = format!("Credentials::new().{}(", scheme.name.ident);
            assert!(page.text.contains(&constructor), "{constructor}");
        }
        assert!(page.text.contains("openapi.yaml:"), "places are shown");
    }
}

/// The largest document of the corpus whose page is checked, in bytes: larger ones have nothing that no smaller one has.
const MAX_DOCUMENT: u64 = 1 << 20;

#[test]
fn pages_of_documents_of_others_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = std::env::var_os("TYPEWRIGHT_SHARED");
    let corpus = shared.map_or_else(|| root.join("../shared"), PathBuf::from).join("corpus");
    let Ok(mut documents) = files_below(&corpus, &["json", "yaml", "yml"]) else {
        in_browser::print_always("skipped: ../shared/corpus does not exist");
        return;
    };
    documents.retain(|document| fs::metadata(document).unwrap().len() <= MAX_DOCUMENT);
    let sandbox = Sandbox::empty();
    for document in &documents {
        let run = sandbox.run(&["inspect", document.to_str().unwrap(), "--html", "page.html"]);
        assert!(run.status <= 1, "{run:?}");
        let html = sandbox.read("page.html");
        check(&html, &Page::parse(&html));
        fs::remove_file(sandbox.path("page.html")).unwrap();
    }
}

#[test]
fn texts_of_the_document_stay_texts() {
    let sandbox = Sandbox::empty();
    sandbox.write("pets.yaml", HOSTILE);
    let (html, page) = page_of(&sandbox, 0);
    assert_eq!(html.matches("</script>").count(), 1);
    assert_eq!(html.matches("<script").count(), 1);
    for text in ["</title><script>alert(1)</script>", "\"quoted\" & 'single'"] {
        assert!(page.text.contains(text), "{text}");
    }
    assert!(page.text.contains("a\\u{202e}b"), "directions are escaped");
    assert!(page.text.contains("Имя") && page.text.contains("名前"), "other scripts are not");
    let links: Vec<&str> = page.values("href").filter(|link| !link.starts_with('#')).collect();
    assert_eq!(links, ["data:,", "https://pets.example/docs"]);
}

#[test]
fn a_page_shows_what_an_operation_needs_and_yields() {
    let sandbox = Sandbox::empty();
    sandbox.write("pets.yaml", HOSTILE);
    let (_, page) = page_of(&sandbox, 0);
    for text in [
        "client.list_pets(status: &Status) -> PetPage",
        ".limit: i32",
        "Defaults to 10.",
        "1 to 100.",
        "client.upload(body: impl Into<UploadContent<'a>>) -> UploadResponse",
        "UploadResponse::Created(Box<Pet>)",
        "application/json",
        "image/png",
        "Fails with Error<Problem>",
        "Needs key.",
        "Credentials::new().key(key: impl Into<Secret>)",
        "on the wire petName",
        "Any other text is Unlisted.",
        "pets.yaml:",
        "deprecated",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
}

#[test]
fn diagnostics_link_to_what_they_concern_and_back() {
    let sandbox = Sandbox::empty();
    sandbox.write("pets.yaml", HOSTILE);
    let (html, page) = page_of(&sandbox, 0);
    assert!(page.values("id").any(|id| id == "diagnostic.0"), "{html}");
    assert!(page.values("href").any(|link| link == "#diagnostic.0"), "{html}");
    assert!(html.contains(", concerns <a href=\"#type.Pet\">"), "{html}");
    assert!(html.contains("<mark>") && html.contains("<summary>Explanation</summary>"));
}

#[test]
fn a_document_with_errors_has_a_page_of_what_could_be_read() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "pets.yaml",
        DOCUMENT.replace(
            "responses:",
            "parameters: [{ $ref: '#/components/parameters/limit' }]\n      responses:",
        ),
    );
    let (_, page) = page_of(&sandbox, 1);
    for text in ["The document has errors", "TW0115", "client.list_pets", "Pets"] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    sandbox.write("pets.yaml", "a: [");
    let (_, page) = page_of(&sandbox, 1);
    assert!(page.text.contains("The document has errors") && page.text.contains("TW0103"));
    sandbox.write("pets.yaml", "");
    page_of(&sandbox, 1);
}

#[test]
fn a_document_without_operations_or_schemas_says_so() {
    let sandbox = Sandbox::empty();
    sandbox
        .write("pets.yaml", "openapi: 3.0.3\r\ninfo: { title: '', version: '' }\r\npaths: {}\r\n");
    let (_, page) = page_of(&sandbox, 0);
    for text in ["No operations.", "No types.", "Nothing was repaired or lost.", "pets.yaml"] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
}

#[test]
fn a_long_description_is_shown_whole() {
    let sandbox = Sandbox::empty();
    let long = "word ".repeat(20_000);
    sandbox.write(
        "pets.yaml",
        DOCUMENT.replace("title: Pets", &format!("title: Pets, description: '{long}end'")),
    );
    let (_, page) = page_of(&sandbox, 0);
    assert_eq!(page.text.matches("word").count(), 20_000);
}

#[test]
fn the_same_document_gives_the_same_page() {
    let sandbox = Sandbox::new();
    page_of(&sandbox, 0);
    let before = sandbox.files("");
    let run = sandbox.run(&["inspect", "pets.yaml", "--html", "page.html"]).ends(0);
    assert!(run.stdout.contains("page.html: current"), "{run:?}");
    assert_eq!(sandbox.files(""), before);
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Dogs"));
    let (html, _) = page_of(&sandbox, 0);
    assert!(html.contains("Dogs"), "an earlier page is replaced");
}

#[test]
fn only_pages_are_replaced() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("folder")).unwrap();
    sandbox.write("mine.html", "<!DOCTYPE html><p>mine</p>");
    let before = sandbox.files("");
    for (path, message) in [
        ("folder", "it is a folder"),
        ("missing/page.html", "there is no folder `missing`"),
        ("mine.html", "`mine.html` was not generated by Typewright"),
        ("pets.yaml", "`pets.yaml` was not generated by Typewright"),
        ("pets.yaml/page.html", "there is no folder `pets.yaml`"),
    ] {
        let run = sandbox.run(&["inspect", "pets.yaml", "--html", path]).ends(1);
        assert!(run.stderr.contains(message), "{run:?}");
    }
    assert_eq!(sandbox.files(""), before);
    sandbox.run(&["inspect", "pets.yaml", "--html", "page.html", "--json"]).ends(2);
    sandbox.run(&["inspect", "pets.yaml", "--html"]).ends(2);
}

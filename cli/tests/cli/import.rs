//! `import`: pages in, documents out.

use crate::support::Sandbox;

fn page(service: &str, resource: &str) -> String {
    format!("# {service} API, REST: {resource}.Get\n\n## HTTP request\n\n```\nGET https://{service}.{{{{ api-host }}}}/{service}/v1/{resource}s/{{id}}\n```\n")
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("pages/toy/get.md", page("toy", "doll"));
    sandbox.write("pages/toy/notes.txt", "no page");
    sandbox
}

#[test]
fn the_pages_of_a_service_become_a_document() {
    let sandbox = sandbox();
    sandbox.run(&["import", "pages", "--out", "specs/openapi.yaml"]).ends(0);
    let document = sandbox.read("specs/openapi.yaml");
    assert!(
        document.contains("openapi: 3.0.3") && document.contains("/toy/v1/dolls/{id}"),
        "{document}"
    );
    let before = sandbox.files("specs");
    let run = sandbox.run(&["import", "pages/toy/get.md", "--out", "specs/openapi.yaml"]).ends(0);
    assert!(run.stdout.contains("current"), "{run:?}");
    assert_eq!(sandbox.files("specs"), before);
    sandbox.run(&["import", "--check", "specs/openapi.yaml", "pages"]).ends(0);
}

#[test]
fn several_services_need_a_folder() {
    let sandbox = sandbox();
    sandbox.write("pages/tea/get.md", page("tea", "cup"));
    let run = sandbox.run(&["import", "pages", "--out", "openapi.yaml"]).ends(1);
    assert!(run.stderr.contains("TW0514"), "{run:?}");
    assert!(!sandbox.path("openapi.yaml").exists());
    sandbox.run(&["import", "pages", "--out", "specs"]).ends(0);
    assert_eq!(sandbox.files("specs").len(), 2);
}

#[test]
fn a_difference_from_the_pages_ends_with_1() {
    let sandbox = sandbox();
    sandbox.run(&["import", "pages", "--out", "openapi.yaml"]).ends(0);
    let document = sandbox.read("openapi.yaml");
    sandbox.write("openapi.yaml", document.replace("type: string", "type: integer"));
    let run = sandbox.run(&["import", "--check", "openapi.yaml", "pages"]).ends(1);
    assert!(run.stdout.contains("integer"), "{run:?}");
    sandbox.write("openapi.yaml", document.replace("/toy/", "/bear/"));
    let run = sandbox.run(&["import", "--check", "openapi.yaml", "pages"]).ends(1);
    assert!(run.stderr.contains("TW0515"), "{run:?}");
}

#[test]
fn what_cannot_be_read_is_named() {
    let sandbox = sandbox();
    sandbox.write("latin.md", b"# caf\xE9\n");
    for page in ["no.md", "latin.md"] {
        let run = sandbox.run(&["import", page, "--out", "x.yaml"]).ends(1);
        assert!(run.stderr.contains("TW0513") && run.stderr.contains(page), "{run:?}");
    }
    let run = sandbox.run(&["import", "--check", "no.yaml", "pages"]).ends(1);
    assert!(run.stderr.contains("TW0513"), "{run:?}");
    sandbox.write("empty/read.txt", "");
    sandbox.run(&["import", "empty", "--out", "x.yaml"]).ends(1);
    assert!(!sandbox.path("x.yaml").exists());
}

#[test]
fn wrong_usage_ends_with_2() {
    let sandbox = sandbox();
    sandbox.run(&["import"]).ends(2);
    sandbox.run(&["import", "pages"]).ends(2);
    sandbox.run(&["import", "pages", "--out", "a", "--check", "b"]).ends(2);
}

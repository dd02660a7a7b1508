//! Crates with a Cargo feature for each tag: each compiles, without a warning, with any one of them and with none.

use crate::support::package::{run, Package, Workspace};
use crate::support::{shared, Memory};
use typewright::host::disk::Disk;
use typewright::{generate, Features, Loader, Options, Output};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example }]
paths:
  /pets: { get: { tags: [pets], operationId: listPets, responses: { '200': { $ref: '#/components/responses/Pets' } } } }
  /orders:
    post:
      tags: [order lines]
      operationId: order
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /search: { get: { tags: [serde], operationId: search, responses: { '200': { $ref: '#/components/responses/Pets' } } } }
  /status:
    get: { operationId: status, responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Status' } } } } } }
webhooks:
  sold:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Sale' } } } }
      responses: { '200': { description: Fine } }
components:
  responses:
    Pets: { description: Pets, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
  schemas:
    Pet: { type: object, properties: { name: { type: string }, home: { $ref: '#/components/schemas/Place' } } }
    Place: { type: object, properties: { town: { type: string } } }
    Order: { type: object, properties: { line: { $ref: '#/components/schemas/Line' }, to: { $ref: '#/components/schemas/Place' } } }
    Line: { type: object, properties: { count: { type: integer } } }
    Status: { type: object, properties: { up: { type: boolean } } }
    Sale: { type: object, properties: { price: { $ref: '#/components/schemas/Price' } } }
    Price: { type: object, properties: { amount: { type: number } } }
    Spare: { type: object, properties: { line: { $ref: '#/components/schemas/Line' } } }
"#;

fn output(entry: &str, loader: &dyn Loader) -> Output {
    let options = Options::new(|options| options.features = Features::Tags);
    let generated = generate(entry, loader, &options);
    generated.output.unwrap_or_else(|| panic!("{entry}: {:?}", generated.diagnostics))
}

fn text<'o>(output: &'o Output, path: &str) -> &'o str {
    &output.modules.iter().find(|module| module.path == path).unwrap().text
}

/// Compiles a crate with each feature alone, with none, and with all.
fn compile(name: &str, output: &Output) {
    let workspace = Workspace::write(name, &[Package::new("client").client(output)]);
    for features in output.features.keys().map(String::as_str).chain([""]) {
        let mut command = workspace.command(&["check", "--features", features]);
        run(command.env("RUSTFLAGS", "-D warnings"));
    }
}

#[test]
fn types_have_the_features_of_the_operations_that_need_them() {
    let output = output("shop.yaml", &Memory::new([("shop.yaml", DOCUMENT)]));
    let names: Vec<_> = output.features.keys().map(String::as_str).collect();
    assert_eq!(names, ["all-tags", "order-lines", "pets", "tag-serde", "untagged"]);
    assert_eq!(output.features["all-tags"], names[1..]);
    let operations = text(&output, "operations/mod.rs");
    assert!(
        operations.contains("#[cfg(feature = \"order-lines\")]\nmod order_lines;"),
        "{operations}"
    );
    let file = |item: &str| {
        let file = output.modules.iter().find(|module| module.text.contains(item)).unwrap();
        file.path.trim_start_matches("types/").trim_end_matches(".rs")
    };
    let types = text(&output, "types/mod.rs");
    let condition = |item: &str| {
        let declaration = format!("mod {};", file(item));
        let before = types.split(&declaration).next().unwrap();
        before.lines().last().unwrap().to_owned()
    };
    for (item, expected) in [
        ("pub struct Pet {", "#[cfg(any(feature = \"pets\", feature = \"tag-serde\"))]"),
        ("pub struct Line {", "#[cfg(feature = \"order-lines\")]"),
        ("pub struct Status {", "#[cfg(feature = \"untagged\")]"),
        // Nothing names it, but it names a type of an operation.
        ("pub struct Spare {", "#[cfg(feature = \"all-tags\")]"),
    ] {
        assert_eq!(condition(item), expected, "{item}");
    }
    // Most operations need `Place`; webhooks need the others.
    for item in ["pub struct Place {", "pub struct Sale {", "pub struct Price {"] {
        assert!(!condition(item).starts_with("#["), "{item}");
    }
    let page = text(&output, "lib.rs");
    assert!(page.contains("//! | `order-lines` | the operations of order lines |"), "{page}");
    assert!(page.contains("//! | `all-tags` | the operations of all tags, by default |"), "{page}");
    compile("features-shop", &output);
}

#[test]
fn every_tag_of_a_real_document_compiles_alone() {
    let Some(path) = shared("corpus/real/nexus.json") else { return };
    let path = path.to_str().unwrap();
    let output = output(path, &Disk::new(path));
    assert!(output.features.len() > 10);
    compile("features-nexus", &output);
}

#[test]
fn more_tags_than_a_registry_accepts_share_features() {
    let operation = |number: usize| {
        let words = ["red", "blue", "green"];
        let (word, tag) = (words[number % 3], number);
        format!("  /p{number}: {{ get: {{ tags: ['{word} {tag}'], responses: {{ '204': {{ description: No }} }} }} }}\n")
    };
    let paths: String = (0..400).map(operation).collect();
    let document =
        format!("openapi: 3.0.3\ninfo: {{ title: Many, version: '1' }}\npaths:\n{paths}");
    let output = output("many.yaml", &Memory::new([("many.yaml", document.as_str())]));
    let names: Vec<_> = output.features.keys().map(String::as_str).collect();
    assert_eq!(names, ["all-tags", "blue", "green", "red"]);
}

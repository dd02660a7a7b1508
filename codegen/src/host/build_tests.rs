//! Tests of the build script's front, without a build.

#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::Builder;
use crate::Responses;
use std::fs;
use std::path::Path;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

fn run(folder: &Path, document: &str) -> (String, Result<(), super::Error>) {
    let mut instructions = String::new();
    let builder = Builder::new(folder.join(document)).out_dir(folder.join("out"));
    let result = builder.run(&mut instructions);
    (instructions, result)
}

#[test]
fn cargo_is_told_of_every_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    let (instructions, result) = run(folder.path(), "pets.yaml");
    result.unwrap();
    let path = folder.path().join("pets.yaml");
    assert_eq!(instructions, format!("cargo:rerun-if-changed={}\n", path.display()));
    assert!(folder.path().join("out/pets.rs").is_file());
}

#[test]
fn files_that_the_document_refers_to_count_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    let schema = "components: {schemas: {Pet: {$ref: schemas/pet.yaml}}}\n";
    fs::write(folder.path().join("pets.yaml"), format!("{DOCUMENT}{schema}")).unwrap();
    fs::write(folder.path().join("schemas/pet.yaml"), "type: object\n").unwrap();
    fs::write(folder.path().join("schemas/other.yaml"), "type: object\n").unwrap();
    let (instructions, result) = run(folder.path(), "pets.yaml");
    result.unwrap();
    let line =
        |path: &str| format!("cargo:rerun-if-changed={}\n", folder.path().join(path).display());
    assert_eq!(instructions, format!("{}{}", line("pets.yaml"), line("schemas/pet.yaml")));
}

#[test]
fn warnings_are_shown_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), format!("{DOCUMENT}tagz: []\n")).unwrap();
    let (instructions, result) = run(folder.path(), "pets.yaml");
    result.unwrap();
    let path = folder.path().join("pets.yaml");
    assert!(
        instructions.contains(&format!("cargo:warning={}:4:1: ", path.display())),
        "{instructions}"
    );
}

#[test]
fn output_that_is_the_same_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    run(folder.path(), "pets.yaml").1.unwrap();
    let file = folder.path().join("out/pets.rs");
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    run(folder.path(), "pets.yaml").1.unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
}

#[test]
fn a_wrong_document_fails_the_build_and_leaves_the_output() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    run(folder.path(), "pets.yaml").1.unwrap();
    let file = folder.path().join("out/pets.rs");
    let before = fs::read_to_string(&file).unwrap();
    fs::write(folder.path().join("pets.yaml"), "a: [").unwrap();
    let (instructions, result) = run(folder.path(), "pets.yaml");
    assert!(instructions.contains("cargo::error="), "{instructions}");
    assert!(instructions.contains("cargo:rerun-if-changed="), "{instructions}");
    let text = format!("{:?}", result.unwrap_err());
    assert!(text.contains("pets.yaml") && text.contains("TW01"), "{text}");
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn a_missing_document_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (instructions, result) = run(folder.path(), "no.yaml");
    assert!(instructions.starts_with("cargo::error="), "{instructions}");
    assert!(result.unwrap_err().to_string().contains("no.yaml"));
}

#[test]
fn replies_may_lack_what_the_document_requires() {
    let folder = tempfile::tempdir().unwrap();
    let rest = "paths: {/pets: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}}\n\
        components: {schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}}\n";
    let path = folder.path().join("pets.yaml");
    fs::write(&path, DOCUMENT.replace("paths: {}\n", rest)).unwrap();
    let builder = || Builder::new(&path).out_dir(folder.path().join("out"));
    let generated = |builder: Builder| {
        builder.run(&mut String::new()).unwrap();
        fs::read_to_string(folder.path().join("out/pets.rs")).unwrap()
    };
    let unset = "pub name: Option<String>";
    assert!(!generated(builder()).contains(unset));
    assert!(generated(builder().responses(Responses::Lenient)).contains(unset));
    assert!(generated(builder().lenient(["Pet.name"])).contains(unset));
    let wrong = builder().lenient(["Cat"]).run(&mut String::new());
    assert!(wrong.unwrap_err().to_string().contains("TW0402"));
}

#[cfg(feature = "lock-file")]
#[test]
fn a_lock_keeps_names_and_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pets.yaml");
    let text = DOCUMENT.to_owned()
        + "components: {schemas: {Pet_: {type: object, properties: {name: {type: string}}}}}\n";
    fs::write(&path, &text).unwrap();
    let lock = folder.path().join("pets.lock");
    let builder = || Builder::new(&path).out_dir(folder.path().join("out")).lock(&lock);
    let mut instructions = String::new();
    let error = builder().run(&mut instructions).unwrap_err().to_string();
    assert!(error.contains("pets.lock") && error.contains("TW0528"), "{error}");
    let locked = "version = 1\n[names]\n\"component Pet_\" = \"Animal\"\n";
    fs::write(&lock, locked).unwrap();
    builder().run(&mut instructions).unwrap();
    let output = fs::read_to_string(folder.path().join("out/pets.rs")).unwrap();
    assert!(output.contains("struct Animal"), "{output}");
    assert!(instructions.contains("pets.lock"), "{instructions}");
    assert_eq!(fs::read_to_string(&lock).unwrap(), locked);
    fs::write(&lock, "version = 1\n[names]\n\"component Pet_\" = \"a b\"\n").unwrap();
    let error = builder().run(&mut instructions).unwrap_err().to_string();
    assert!(error.contains("pets.lock:3:20"), "{error}");
}

//! `Cargo.toml`: written once; later only what generated code needs.

use crate::support::{Sandbox, DOCUMENT};

#[test]
fn the_runtime_is_found_by_a_relative_path() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--runtime-path", "runtime"]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(manifest.contains("path = \"../runtime\""), "{manifest}");
    assert!(manifest.contains("default-features = false"), "{manifest}");
    assert!(manifest.contains("reqwest = [\"typewright-runtime/reqwest\"]"), "{manifest}");
}

#[test]
fn an_absolute_path_becomes_relative_too() {
    let sandbox = Sandbox::new();
    let runtime = sandbox.path("runtime");
    sandbox.generate(&["--runtime-path", runtime.to_str().unwrap()]).ends(0);
    assert!(sandbox.read("out/Cargo.toml").contains("path = \"../runtime\""));
}

/// The folder of the runtime in this repository.
fn own_runtime() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    folder.canonicalize().unwrap()
}

#[test]
fn without_a_path_a_new_crate_takes_the_runtime_from_the_checkout_of_the_program() {
    let sandbox = Sandbox::new();
    let run = sandbox.generate(&[]).ends(0);
    assert!(run.stdout.contains("out/Cargo.toml: takes typewright-runtime 0.1.0 from "), "{run:?}");
    let manifest: toml_edit::DocumentMut = sandbox.read("out/Cargo.toml").parse().unwrap();
    let path = manifest["dependencies"]["typewright-runtime"]["path"].as_str().unwrap();
    assert_eq!(sandbox.path("out").join(path).canonicalize().unwrap(), own_runtime());
    let again = sandbox.generate(&[]).ends(0);
    assert!(!again.stdout.contains("takes"), "{again:?}");
}

#[test]
fn the_source_of_an_existing_entry_stays_and_tests_use_it() {
    let sandbox = Sandbox::new();
    let manifest = "[package]\nname = \"pets\"\n\n[dependencies]\n";
    for (source, version) in [
        ("version = \"0.1.0\"", "0.1.0"),
        ("git = \"https://example.com/fork\", branch = \"mine\"", ""),
        ("workspace = true", ""),
    ] {
        let entry = format!("{manifest}typewright-runtime = {{ {source}, optional = true }}\n");
        sandbox.write("out/Cargo.toml", entry);
        sandbox.generate(&["--tests"]).ends(0);
        let text = sandbox.read("out/Cargo.toml");
        assert!(
            text.contains(&format!("typewright-runtime = {{ {source}, optional = true")),
            "{text}"
        );
        let tests: toml_edit::DocumentMut = text.parse().unwrap();
        let entry = &tests["dev-dependencies"]["typewright-runtime"];
        assert!(entry.to_string().contains(source) && entry.get("optional").is_none(), "{text}");
        assert_eq!(entry.get("version").and_then(|item| item.as_str()).unwrap_or(""), version);
        assert!(!text.contains("path = "), "{text}");
    }
}

#[test]
fn a_folder_that_is_not_the_runtime_is_refused() {
    let sandbox = Sandbox::new();
    for path in ["no", "pets.yaml", "."] {
        let run = sandbox.generate(&["--runtime-path", path]).ends(1);
        assert!(run.stderr.contains("TW0508"), "{run:?}");
    }
    assert!(!sandbox.path("out").exists());
}

#[test]
fn edits_survive() {
    let sandbox = Sandbox::new();
    let edited = "\
# mine
[package]
name = \"my-pets\"   # not pets
version.workspace = true
edition = \"2024\"
license = \"MIT\"

[lints]
workspace = true

[dependencies]
# The runtime, patched.
typewright-runtime = { git = \"https://example.com/fork\", features = [\"gzip\"] }
serde = \"1\"

[features]
default = [\"reqwest\"]
mine = []
";
    sandbox.write("out/Cargo.toml", edited);
    sandbox.generate(&[]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    for line in edited.lines().filter(|line| !line.starts_with("typewright-runtime")) {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    assert!(
        manifest.contains("{ git = \"https://example.com/fork\", features = [\"gzip\"]"),
        "{manifest}"
    );
    assert!(manifest.contains("reqwest = [\"typewright-runtime/reqwest\"]"), "{manifest}");
    sandbox.generate(&["--check"]).ends(0);
}

#[test]
fn a_new_one_says_what_the_document_says_and_forwards_what_users_choose() {
    let sandbox = Sandbox::new();
    let with = |license: &str| {
        let info =
            format!("info: {{ title: GitHub v3 REST API, version: '1', license: {license} }}");
        let text = DOCUMENT.replace("info: { title: Pets, version: '1' }", &info);
        sandbox.write("pets.yaml", text);
        let _ = std::fs::remove_dir_all(sandbox.path("out"));
        sandbox.generate(&[]).ends(0);
        sandbox.read("out/Cargo.toml")
    };
    let manifest = with("{ name: MIT OR Apache-2.0 }");
    for line in [
        "description = \"Client for the GitHub v3 REST API\"",
        "license = \"MIT OR Apache-2.0\"",
        "tracing = [\"typewright-runtime/tracing\"]",
        "tower = [\"typewright-runtime/tower\"]",
        "keywords = [\"api\", \"client\", \"http\", \"openapi\"]",
        "[package.metadata.docs.rs]",
    ] {
        assert!(manifest.lines().any(|own| own == line), "{line}: {manifest}");
    }
    for license in [
        "{ name: Apache 2.0 }",
        "{ name: \"MIT\\nversion = 1\" }",
        "{ name: Ours, url: 'https://x.example' }",
    ] {
        assert!(!with(license).contains("license"), "{license}");
    }
    sandbox.write(
        "pets.yaml",
        DOCUMENT.replace("3.0.3", "3.1.0").replace(
            "version: '1' }",
            "version: '1', license: { name: Apache 2.0, identifier: Apache-2.0 } }",
        ),
    );
    let _ = std::fs::remove_dir_all(sandbox.path("out"));
    sandbox.generate(&[]).ends(0);
    assert!(sandbox.read("out/Cargo.toml").contains("license = \"Apache-2.0\""));
}

#[test]
fn the_workspace_may_say_where_the_runtime_is() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "out/Cargo.toml",
        "[package]\nname = \"a\"\n[dependencies]\ntypewright-runtime.workspace = true\n",
    );
    sandbox.generate(&["--runtime-path", "runtime"]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(manifest.contains("workspace = true"), "{manifest}");
    assert!(!manifest.contains("path = ") && !manifest.contains("version = "), "{manifest}");
}

#[test]
fn an_older_requirement_is_renewed_in_place() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "out/Cargo.toml",
        "[package]\nname = \"a\"\n[dependencies]\ntypewright-runtime = \"0.0.1\" # exact\n",
    );
    sandbox.generate(&[]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(!manifest.contains("0.0.1"), "{manifest}");
    assert!(manifest.contains("version = \"0.1.0\""), "{manifest}");
}

#[test]
fn a_requirement_beside_our_path_is_renewed_too() {
    let sandbox = Sandbox::new();
    let entry = "typewright-runtime = { path = \"../old\", version = \"0.0.1\" }";
    sandbox.write(
        "out/Cargo.toml",
        format!("[package]\nname = \"a\"\n[dependencies]\n{entry} # kept\n"),
    );
    sandbox.generate(&["--runtime-path", "runtime"]).ends(0);
    let entry = "typewright-runtime = { path = \"../runtime\", version = \"0.1.0\", default-features = false } # kept\n";
    assert!(sandbox.read("out/Cargo.toml").contains(entry), "{}", sandbox.read("out/Cargo.toml"));
}

#[test]
fn windows_line_ends_stay() {
    let sandbox = Sandbox::new();
    sandbox.write("out/Cargo.toml", "[package]\r\nname = \"a\"\r\n");
    sandbox.generate(&[]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(manifest.contains("typewright-runtime"), "{manifest}");
    assert_eq!(manifest.matches('\n').count(), manifest.matches("\r\n").count());
}

#[test]
fn a_broken_one_is_named_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    for broken in ["[package", "dependencies = 1", "features = []"] {
        sandbox.write("out/Cargo.toml", broken);
        let run = sandbox.generate(&[]).ends(1);
        assert!(run.stderr.contains("TW0509"), "{broken}: {run:?}");
        assert_eq!(sandbox.read("out/Cargo.toml"), broken);
        assert!(!sandbox.path("out/src").exists());
    }
}

#[test]
fn types_alone_need_no_transport() {
    let sandbox = Sandbox::new();
    sandbox.generate(&["--types-only"]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(!manifest.contains("reqwest"), "{manifest}");
    sandbox.generate(&["--types-only", "--check"]).ends(0);
}

#[test]
fn the_documentation_lists_every_feature() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let manifest: toml_edit::DocumentMut = sandbox.read("out/Cargo.toml").parse().unwrap();
    let page = sandbox.read("out/src/lib.rs");
    let (_, listed) = page.split_once("//! # Features").unwrap();
    for (feature, _) in manifest["features"].as_table().unwrap() {
        assert!(listed.contains(&format!("`{feature}`")), "{feature}: {listed}");
    }
}

#[test]
fn examples_are_as_many_as_the_argument_allows() {
    let sandbox = Sandbox::new();
    let examples = |further: &[&str]| {
        sandbox.generate(further).ends(0);
        let files = sandbox.files("out/src").into_iter();
        let texts = files.map(|(.., bytes)| String::from_utf8(bytes).unwrap());
        texts.map(|text| text.matches("/// # Examples").count()).sum::<usize>()
    };
    assert!(examples(&[]) > 0);
    assert_eq!(examples(&["--doc-examples", "0"]), 0);
}

/// A document with these tags, an operation each.
fn tagged(tags: &[&str]) -> String {
    let operation = |tag: &&str| {
        format!("  /{tag}: {{ get: {{ tags: [{tag}], responses: {{ '204': {{ description: None }} }} }} }}\n")
    };
    let paths: String = tags.iter().map(operation).collect();
    format!("openapi: 3.0.3\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{paths}")
}

#[test]
fn features_of_tags_follow_the_document() {
    let sandbox = Sandbox::new();
    let features = |tags: &[&str], further: &[&str]| {
        sandbox.write("pets.yaml", tagged(tags));
        sandbox.generate(further).ends(0);
        let manifest: toml_edit::DocumentMut = sandbox.read("out/Cargo.toml").parse().unwrap();
        let features = manifest["features"].as_table().unwrap();
        let all = features.get("all-tags").map(|list| list.to_string().trim().to_owned());
        let names: Vec<_> = features.iter().map(|(name, _)| name.to_owned()).collect();
        (all.unwrap_or_default(), features["default"].to_string(), names)
    };
    let tags = ["--features", "tags"];
    let (all, default, names) = features(&["pets", "owners"], &tags);
    assert_eq!(all, r#"["owners", "pets"]"#);
    assert!(default.contains("all-tags") && names.contains(&"pets".to_owned()), "{default}");

    // A feature of the author's own stays, and those of tags come and go with the document.
    let manifest = sandbox.read("out/Cargo.toml").replace("[features]", "[features]\nmine = []");
    sandbox.write("out/Cargo.toml", &manifest);
    let (all, _, names) = features(&["owners", "visits"], &tags);
    assert_eq!(all, r#"["owners", "visits"]"#);
    assert!(names.contains(&"mine".to_owned()) && !names.contains(&"pets".to_owned()), "{names:?}");

    let before = sandbox.read("out/Cargo.toml");
    features(&["owners", "visits"], &tags);
    assert_eq!(sandbox.read("out/Cargo.toml"), before);

    let (all, default, names) = features(&["owners", "visits"], &[]);
    assert!(all.is_empty() && !default.contains("all-tags"), "{default}");
    assert!(
        names.contains(&"mine".to_owned()) && !names.contains(&"owners".to_owned()),
        "{names:?}"
    );
}

//! `generate`: what it writes, and what it leaves alone.

use crate::support::{wait_for_another_time, Sandbox, DOCUMENT, HEADER};
use std::process::Stdio;
use std::time::Duration;

#[test]
fn a_crate_is_written() {
    let sandbox = Sandbox::new();
    let run = sandbox.generate(&[]).ends(0);
    assert!(run.stdout.contains("out: "), "{run:?}");
    assert!(sandbox.read("out/src/lib.rs").starts_with(HEADER));
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(manifest.contains("name = \"pets\""), "{manifest}");
    assert!(manifest.contains("\ntypewright-runtime = {"), "{manifest}");
    let files = sandbox.files("out");
    let foreign = |path: &std::path::Path| {
        let beside = ["Cargo.toml", "README.md", "reference.md", "typewright.lock"];
        let is_beside = beside.iter().any(|name| path.ends_with(name));
        !is_beside && !path.starts_with(sandbox.path("out/src"))
    };
    assert!(!files.iter().any(|(path, ..)| foreign(path)), "{files:?}");
}

#[test]
fn a_second_run_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    wait_for_another_time();
    let run = sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.files("out"), before);
    assert!(run.stdout.contains("current"), "{run:?}");
}

#[test]
fn a_changed_document_rewrites_only_what_differs() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    wait_for_another_time();
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    sandbox.generate(&[]).ends(0);
    let after = sandbox.files("out");
    let changed = before.iter().zip(&after).filter(|(a, b)| a.2 != b.2).count();
    let written = before.iter().zip(&after).filter(|(a, b)| a.1 != b.1).count();
    assert!(changed > 0 && changed < before.len(), "{changed}");
    assert_eq!(written, changed);
}

#[test]
fn outdated_files_are_removed_and_others_kept() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.write("out/src/gone/old.rs", format!("{HEADER}\n\npub struct Old;\n"));
    sandbox.write("out/src/mine.rs", "// written by hand\n");
    sandbox.write("out/README.md", "mine");
    sandbox.generate(&[]).ends(0);
    assert!(!sandbox.path("out/src/gone").exists());
    assert_eq!(sandbox.read("out/src/mine.rs"), "// written by hand\n");
    assert_eq!(sandbox.read("out/README.md"), "mine");
}

#[test]
fn a_file_written_by_hand_is_never_replaced() {
    let sandbox = Sandbox::new();
    sandbox.write("out/src/lib.rs", "// written by hand\n");
    let run = sandbox.generate(&[]).ends(1);
    assert!(run.stderr.contains("TW0501") && run.stderr.contains("lib.rs"), "{run:?}");
    assert_eq!(sandbox.files("out").len(), 1, "nothing was written beside it");
}

#[test]
fn a_file_in_place_of_the_folder_is_named_once() {
    let sandbox = Sandbox::new();
    sandbox.write("out", "mine");
    let run = sandbox.generate(&[]).ends(1);
    assert_eq!(run.stderr.matches("TW0502]").count(), 1, "{run:?}");
    assert_eq!(sandbox.read("out"), "mine");
}

#[test]
fn the_name_and_folder_come_from_the_document() {
    let sandbox = Sandbox::empty();
    sandbox.write("specs/pet-store/openapi.yaml", DOCUMENT);
    sandbox.run(&["generate", "specs/pet-store/openapi.yaml"]).ends(0);
    assert!(sandbox.read("generated/pet-store/Cargo.toml").contains("name = \"pet-store\""));
}

#[test]
fn a_name_that_no_crate_can_have_is_refused() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["generate", "pets.yaml", "--out", "out", "--name", "1 2"]).ends(1);
    assert!(run.stderr.contains("TW0507"), "{run:?}");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn paths_may_have_any_letters() {
    let sandbox = Sandbox::new();
    sandbox.write("описания/моё api.yaml", DOCUMENT);
    let arguments = [
        "generate",
        "описания/моё api.yaml",
        "--out",
        "出力/клиент 1",
        "--name",
        "pets",
        "--runtime-path",
        "runtime",
    ];
    sandbox.run(&arguments).ends(0);
    assert!(sandbox.read("出力/клиент 1/src/lib.rs").starts_with(HEADER));
    assert!(sandbox.read("出力/клиент 1/Cargo.toml").contains("path = \"../../runtime\""));
}

#[test]
fn a_document_with_windows_line_ends_gives_the_same() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let before = sandbox.files("out");
    sandbox.write("pets.yaml", DOCUMENT.replace('\n', "\r\n"));
    sandbox.generate(&[]).ends(0);
    assert_eq!(sandbox.files("out"), before);
}

#[test]
fn output_is_the_same_wherever_it_is_written() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    sandbox.run(&["generate", "pets.yaml", "--out", "deep/er/out", "--name", "pets"]).ends(0);
    // but for the relative path of the runtime
    let is_source = |path: &std::path::Path| !path.ends_with("Cargo.toml");
    let texts = |folder| -> Vec<_> {
        let files = sandbox.files(folder).into_iter().filter(|(path, ..)| is_source(path));
        files.map(|file| file.2).collect()
    };
    assert!(!texts("out").is_empty());
    assert_eq!(texts("out"), texts("deep/er/out"));
}

#[test]
fn a_run_that_is_killed_leaves_whole_files() {
    let sandbox = Sandbox::new();
    sandbox.generate(&[]).ends(0);
    let texts = |sandbox: &Sandbox| -> Vec<_> {
        sandbox.files("out/src").into_iter().map(|file| file.2).collect()
    };
    let old = texts(&sandbox);
    sandbox.write("pets.yaml", DOCUMENT.replace("title: Pets", "title: Animals"));
    sandbox.run(&["generate", "pets.yaml", "--out", "new", "--name", "pets"]).ends(0);
    let new: Vec<_> = sandbox.files("new/src").into_iter().map(|file| file.2).collect();
    for step in 0..40 {
        let mut command = sandbox.command();
        command.args(["generate", "pets.yaml", "--out", "out", "--name", "pets"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(step * 150));
        let _ = child.kill();
        child.wait().unwrap();
        for text in texts(&sandbox) {
            assert!(old.contains(&text) || new.contains(&text), "a file is cut off");
        }
    }
    sandbox.generate(&[]).ends(0);
    assert_eq!(texts(&sandbox), new);
    assert_eq!(sandbox.files("out").len(), new.len() + 4, "no staging folder is left");
}

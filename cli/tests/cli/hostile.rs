//! Repositories that mean harm: their lock file, their configuration and their links lead nowhere else.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// Nothing answers there: what is wrong with the list is said before, or the fetch fails.
const URL: &str = "https://127.0.0.1:1/openapi.yaml";

/// A repository `repo` in a folder that holds a file of somebody else.
fn repository() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("private/keep.yaml", "mine");
    sandbox.write("repo/.git/HEAD", "");
    sandbox.write("repo/pets.yaml", DOCUMENT);
    sandbox
}

fn run(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let mut command = sandbox.command();
    command.current_dir(sandbox.path("repo")).args(arguments);
    command.output().unwrap().into()
}

fn lock(files: &[(&str, &str)]) -> String {
    let mut text =
        format!("[[document]]\nurl = \"{URL}\"\ncopy = \"a/b.yaml\"\n\n[document.sha256]\n");
    for (path, hash) in files {
        let _ = writeln!(text, "{path:?} = \"{hash}\"");
    }
    text
}

/// Asserts that a list is refused by whatever reads it, and that nothing was changed by that.
#[track_caller]
fn refused(sandbox: &Sandbox, text: &str) {
    sandbox.write("repo/typewright-documents/lock.toml", text);
    let config = format!("[[client]]\ndocument = \"{URL}\"\nout = \"out\"\n");
    sandbox.write("repo/typewright.toml", config);
    let before = sandbox.files("");
    let done = run(sandbox, &["generate"]).ends(1);
    assert!(done.stderr.contains("TW0524"), "{text}\n{done:?}");
    assert_eq!(sandbox.files(""), before, "{text}");
}

#[test]
fn a_list_of_copies_names_nothing_outside_its_folder() {
    let sandbox = repository();
    let absolute = sandbox.path("private/keep.yaml");
    let absolute = absolute.to_str().unwrap();
    for path in [
        "../../private/keep.yaml",
        "a/../../../private/keep.yaml",
        absolute,
        "C:/keep.yaml",
        "C:keep.yaml",
        "..\\..\\private\\keep.yaml",
        "\\\\host\\share",
        "",
        ".",
        "..",
        "./a.yaml",
        "a//b",
        "a/",
        "lock.toml",
        "a\u{1}",
    ] {
        refused(&sandbox, &lock(&[("a/b.yaml", HASH), (path, HASH)]));
    }
    assert_eq!(sandbox.read("private/keep.yaml"), "mine");
}

#[test]
fn a_copy_without_a_hash_is_an_error() {
    let sandbox = repository();
    refused(&sandbox, &lock(&[]));
    refused(&sandbox, &lock(&[("a/other.yaml", HASH)]));
    refused(&sandbox, &lock(&[("a/b.yaml", "")]));
    refused(&sandbox, &lock(&[("a/b.yaml", &HASH.replace('0', "g"))]));
    refused(&sandbox, &format!("[[document]]\nurl = \"{URL}\"\ncopy = \"a/b.yaml\"\n"));
}

#[test]
fn update_removes_nothing_after_such_a_list() {
    let server = crate::remote::Server::new(&[("/openapi.yaml", DOCUMENT)]);
    let sandbox = repository();
    let url = server.url("/openapi.yaml");
    let config = format!("[[client]]\ndocument = \"{url}\"\nout = \"out\"\nname = \"pets\"\n");
    sandbox.write("repo/typewright.toml", config);
    let copy = format!("127.0.0.1_{}/openapi.yaml", server.port());
    let list = format!(
        "[[document]]\nurl = \"{url}\"\ncopy = \"{copy}\"\n\n[document.sha256]\n\"{copy}\" = \"{HASH}\"\n\"../../private/keep.yaml\" = \"{HASH}\"\n"
    );
    sandbox.write("repo/typewright-documents/lock.toml", list);
    let before = sandbox.files("");
    let done = run(&sandbox, &["update"]).ends(1);
    assert!(done.stderr.contains("TW0524"), "{done:?}");
    assert_eq!(sandbox.files(""), before);
}

#[cfg(unix)]
#[test]
fn copies_behind_links_are_neither_read_nor_written() {
    let server = crate::remote::Server::new(&[("/openapi.yaml", DOCUMENT)]);
    let sandbox = repository();
    let url = server.url("/openapi.yaml");
    let config = format!("[[client]]\ndocument = \"{url}\"\nout = \"out\"\nname = \"pets\"\n");
    sandbox.write("repo/typewright.toml", config);
    let folder = format!("repo/typewright-documents/127.0.0.1_{}", server.port());
    fs::create_dir_all(sandbox.path("repo/typewright-documents")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("private"), sandbox.path(&folder)).unwrap();
    let done = run(&sandbox, &["update"]).ends(1);
    assert!(done.stderr.contains("TW0502") && done.stderr.contains("link"), "{done:?}");
    fs::remove_file(sandbox.path(&folder)).unwrap();
    run(&sandbox, &["update"]).ends(0);
    run(&sandbox, &["generate"]).ends(0);
    let moved = sandbox.path("private/copies");
    fs::rename(sandbox.path(&folder), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, sandbox.path(&folder)).unwrap();
    let done = run(&sandbox, &["generate"]).ends(1);
    assert!(done.stderr.contains("TW0523") && done.stderr.contains("link"), "{done:?}");
}

fn configured(sandbox: &Sandbox, lines: &str) {
    sandbox.write("repo/typewright.toml", format!("[[client]]\n{lines}\n"));
}

#[test]
fn a_configuration_stays_in_its_repository() {
    let sandbox = repository();
    sandbox.write("private/pets.yaml", DOCUMENT);
    sandbox.write("private/o.yaml", "overlay: 1.1.0\nactions: []\n");
    let absolute = sandbox.path("private/pets.yaml");
    for lines in [
        "document = \"pets.yaml\"\nout = \"../private\"",
        "document = \"pets.yaml\"\nout = \"x/../../private/new/folder\"",
        "document = \"../private/pets.yaml\"\nout = \"out\"",
        &format!("document = {absolute:?}\nout = \"out\""),
        "document = \"pets.yaml\"\nout = \"out\"\nroot = \"..\"",
        "document = \"pets.yaml\"\nout = \"out\"\noverlays = [\"../private/o.yaml\"]",
    ] {
        configured(&sandbox, lines);
        let before = sandbox.files("");
        for command in ["generate", "update"] {
            let done = run(&sandbox, &[command]).ends(1);
            assert!(done.stderr.contains("TW0525"), "{lines}\n{done:?}");
            assert!(done.stderr.contains("--allow-outside"), "{done:?}");
        }
        assert_eq!(sandbox.files(""), before, "{lines}");
    }
    configured(&sandbox, "document = \"../private/pets.yaml\"\nout = \"../private/new\"");
    run(&sandbox, &["generate", "--allow-outside"]).ends(0);
    assert!(sandbox.path("private/new/src/lib.rs").exists());
}

#[test]
fn a_configuration_below_the_top_of_its_repository_reaches_all_of_it() {
    let sandbox = repository();
    let config = "[[client]]\ndocument = \"../pets.yaml\"\nout = \"../clients/pets\"\n";
    sandbox.write("repo/api/typewright.toml", config);
    run(&sandbox, &["generate", "--config", "api/typewright.toml"]).ends(0);
    assert!(sandbox.path("repo/clients/pets/src/lib.rs").exists());
    // without a repository the folder in which the command runs is the outermost
    fs::remove_dir_all(sandbox.path("repo/.git")).unwrap();
    run(&sandbox, &["generate", "--config", "api/typewright.toml"]).ends(0);
    let mut command = sandbox.command();
    command.current_dir(sandbox.path("repo/api")).arg("generate");
    let done = Run::from(command.output().unwrap()).ends(1);
    assert!(done.stderr.contains("TW0525"), "{done:?}");
}

#[cfg(unix)]
#[test]
fn links_of_a_repository_do_not_lead_a_configuration_out_of_it() {
    let sandbox = repository();
    let link = |from: &str, to: &Path| {
        std::os::unix::fs::symlink(to, sandbox.path(from)).unwrap();
    };
    link("repo/away", &sandbox.path("private"));
    link("repo/secret.yaml", &sandbox.path("private/keep.yaml"));
    for lines in [
        "document = \"pets.yaml\"\nout = \"away\"",
        "document = \"pets.yaml\"\nout = \"away/new\"",
        "document = \"secret.yaml\"\nout = \"out\"",
    ] {
        configured(&sandbox, lines);
        let before = sandbox.files("private");
        let done = run(&sandbox, &["generate"]).ends(1);
        assert!(done.stderr.contains("TW0525"), "{lines}\n{done:?}");
        assert!(!done.stderr.contains("mine"), "{done:?}");
        assert_eq!(sandbox.files("private"), before);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once_wherever_it_is_named() {
    let sandbox = Sandbox::new();
    let pipe = sandbox.path("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let text = DOCUMENT.replace("'#/components/schemas/Pet'", "pipe.yaml");
    sandbox.write("refers.yaml", text);
    let arguments: [&[&str]; 4] = [
        &["inspect", "pipe.yaml"],
        &["generate", "refers.yaml", "--out", "out"],
        &["inspect", "pets.yaml", "--overlay", "pipe.yaml"],
        &["import", "pipe.yaml", "--out", "x.yaml"],
    ];
    for arguments in arguments {
        let done = sandbox.run(arguments);
        assert_eq!(done.status, 1, "{arguments:?} {done:?}");
        assert!(done.stderr.contains("it is a pipe"), "{arguments:?} {done:?}");
    }
}

#[test]
fn inspect_shows_what_is_unseen_as_escapes() {
    let sandbox = Sandbox::new();
    let text = DOCUMENT.replace("title: Pets", "title: \"Pe\u{202E}ts\\e[2J\"");
    sandbox.write("pets.yaml", text.replace("/pets:", "\"/pe\u{2066}ts\":"));
    let human = sandbox.run(&["inspect", "pets.yaml"]).ends(0).stdout;
    assert!(human.contains("\\u{2066}"), "{human}");
    let json = sandbox.run(&["inspect", "pets.yaml", "--json"]).ends(0).stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(value.to_string().contains("/pe\u{2066}ts"), "{value}");
    for text in [human, json] {
        assert!(!text.contains(['\u{202E}', '\u{2066}', '\u{1b}']), "{text:?}");
    }
}

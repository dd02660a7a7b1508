//! The surroundings of a run change nothing: working directory, locale, time zone, home.

use crate::support::Sandbox;
use std::path::{Path, PathBuf};

const VARIABLES: [[(&str, &str); 4]; 3] = [
    [("LC_ALL", "C"), ("LANG", "C"), ("TZ", "UTC"), ("HOME", "/")],
    [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "de_DE.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
        ("HOME", "/nonexistent"),
    ],
    [("LC_ALL", ""), ("LANG", "ja_JP.eucJP"), ("TZ", "America/St_Johns"), ("HOME", "")],
];

/// The output and the messages of a run in a folder of its own.
fn run(document: &Path, variables: [(&str, &str); 4]) -> (Vec<(PathBuf, String)>, String) {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", std::fs::read(document).unwrap());
    let arguments = ["generate", "pets.yaml", "--out", "out", "--name", "pets", "--tests"];
    let mut command = sandbox.command();
    command.args(arguments).arg("--no-rustfmt").envs(variables);
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    let files = sandbox.files("out").into_iter().map(|(path, _, bytes)| {
        let path = path.strip_prefix(sandbox.path("out")).unwrap().to_path_buf();
        (path, String::from_utf8(bytes).unwrap())
    });
    (files.collect(), stderr)
}

#[test]
fn surroundings_change_nothing() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for name in ["mongodb-atlas", "yandex-metastore", "yandex-spqr"] {
        let document = specs.join(name).join("openapi.yaml");
        let [first, others @ ..] = VARIABLES.map(|variables| run(&document, variables));
        assert!(first.0.len() > 5, "{:?}", first.0);
        assert!(others.iter().all(|other| *other == first), "{name}");
    }
}

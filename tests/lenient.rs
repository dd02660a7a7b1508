//! A server of others that writes null for a list that was never made, taken by the clients that are generated for it.
#![allow(clippy::disallowed_methods, reason = "tests write a package")]

use std::fs;
use std::path::Path;
use std::process::Command;
use typewright::{Loader, Options, ReadError, Replies};
use typewright_tests::{root, shared};

const CASE: &str = "cases/server-01-null-for-required-list-or-map.yaml";

struct Text(String);

impl Loader for Text {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        let own = path == CASE;
        own.then(|| self.0.clone())
            .ok_or_else(|| "no such file".into())
    }
}

/// The ways to generate a client of it: as documented, leniently, and with the two members alone.
fn ways() -> [(&'static str, Options); 3] {
    let of = |replies, lenient: &[&str]| Options {
        name: "volumes".to_owned(),
        replies,
        lenient: lenient.iter().map(ToString::to_string).collect(),
        ..Options::default()
    };
    [
        ("strict", of(Replies::Strict, &[])),
        ("lenient", of(Replies::Lenient, &[])),
        (
            "named",
            of(Replies::Strict, &["Volume.labels", "Volume.t*"]),
        ),
    ]
}

#[test]
fn null_for_a_required_list_or_map_is_read_where_that_is_asked_for() {
    let Some(path) = shared(CASE) else {
        return;
    };
    let document = Text(fs::read_to_string(path).unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lenient");
    fs::create_dir_all(folder.join("src")).unwrap();
    for (name, options) in ways() {
        let generated = typewright::generate(CASE, &document, &options);
        let text = generated.output.unwrap().include();
        fs::write(folder.join(format!("src/{name}.rs")), text).unwrap();
    }
    fs::write(
        folder.join("src/main.rs"),
        include_str!("lenient/driver.rs"),
    )
    .unwrap();
    fs::write(folder.join("Cargo.toml"), manifest()).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet"])
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(&folder)
        .output()
        .unwrap();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{wrong}");
}

fn manifest() -> String {
    let runtime = root().join("runtime");
    format!(
        "[package]\nname = \"lenient\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n\
        [dependencies]\ntypewright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"blocking\"] }}\n\n\
        [profile.dev]\ndebug = false\n"
    )
}

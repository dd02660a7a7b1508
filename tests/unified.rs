//! The runtime's codec in a program of which some other crate switches on features of `serde_json` for all.
//!
//! Cargo unites the features that a program's crates ask for, so that `arbitrary_precision` and `preserve_order` come
//! without being asked for here, and so does the runtime's own `pattern`. The codec's own tests are run once more, in a package that has them on.
#![allow(clippy::disallowed_methods, reason = "tests write files")]

use std::path::Path;
use std::process::Command;
use typewright_tests::root;

#[test]
fn the_codec_does_not_mind_the_features_that_others_switch_on() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unified");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("Cargo.toml"), manifest()).unwrap();
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet"])
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{wrong}");
    assert!(said.contains("test result: ok"), "{said}");
}

fn manifest() -> String {
    let runtime = root().join("runtime");
    let tests = runtime.join("tests/codec/main.rs");
    format!(
        "[package]\nname = \"unified\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n\
        [[test]]\nname = \"codec\"\npath = {tests:?}\n\n\
        [features]\ndefault = [\"pattern\", \"uuid\", \"time\", \"jiff\"]\npattern = []\nuuid = []\ntime = []\njiff = []\n\n\
        [dependencies]\ntypewright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"pattern\", \"serde\", \"uuid\", \"chrono\", \"time\", \"jiff\"] }}\n\
        serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_yaml = \"0.9\"\n\
        axum = {{ version = \"0.8\", default-features = false, features = [\"json\"] }}\n\
        serde_json = {{ version = \"1\", features = [\"arbitrary_precision\", \"preserve_order\"] }}\n"
    )
}

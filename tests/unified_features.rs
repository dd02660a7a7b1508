//! The runtime's codec in a program in which another crate enables features of `serde_json`.
//!
//! Cargo unites the features that a program's crates enable, so `arbitrary_precision` and `preserve_order` can be on
//! although the runtime does not ask for them. The codec's own tests run again, in a package that enables them.

use crate::support::package::{Package, Workspace};
use crate::support::root;

#[test]
fn the_codec_does_not_mind_the_features_that_others_switch_on() {
    let tests = root().join("runtime/tests/codec/main.rs");
    let manifest = format!(
        "serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_yaml = \"0.9\"\n\
        axum = {{ version = \"0.8\", default-features = false, features = [\"json\"] }}\n\
        serde_json = {{ version = \"1\", features = [\"arbitrary_precision\", \"preserve_order\"] }}\n\n\
        [[test]]\nname = \"codec\"\npath = {tests:?}\n\n\
        [features]\ndefault = [\"pattern\", \"uuid\", \"time\", \"jiff\"]\npattern = []\nuuid = []\ntime = []\njiff = []\n"
    );
    let package = Package::new("unified")
        .features(["pattern", "serde", "uuid", "chrono", "time", "jiff"])
        .dependencies(&manifest);
    let workspace = Workspace::write("unified", &[package]);
    let stdout = workspace.cargo(&["test", "--quiet"]);
    assert!(stdout.contains("test result: ok"), "{stdout}");
}

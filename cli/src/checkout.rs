//! The checkout that this program was built from: new crates take the runtime from there.

use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item};
use typewright::host::disk::read_text;

/// The folder of the runtime in the checkout that this program was built from, as [`folder`] finds it.
pub fn runtime() -> Option<PathBuf> {
    folder("runtime", "typewright-runtime")
}

/// The folder of a package in the checkout that this program was built from. `None` if that has gone or has another version by
/// now, and for a program that was built from a package of a registry, which lies in no checkout.
pub fn folder(path: &str, name: &str) -> Option<PathBuf> {
    beside(Path::new(env!("CARGO_MANIFEST_DIR")), path, name)
}

/// The folder of a package in the checkout of which `package` is the folder of this package.
fn beside(package: &Path, path: &str, name: &str) -> Option<PathBuf> {
    let checkout = package.parent()?;
    let workspace = manifest(checkout)?;
    let version = workspace.get("workspace")?.get("package")?.get("version")?;
    let folder = checkout.join(path);
    let manifest = manifest(&folder)?;
    let actual = manifest.get("package")?.get("name")?;
    let is_current = version.as_str() == Some(env!("CARGO_PKG_VERSION"));
    (is_current && actual.as_str() == Some(name)).then_some(folder)
}

/// The line on where the crate in a folder, which names no source of the runtime, takes it from.
pub fn remark(out: &Path) -> String {
    let manifest = out.join("Cargo.toml");
    let (manifest, version) = (manifest.display(), env!("CARGO_PKG_VERSION"));
    match runtime() {
        Some(folder) => {
            format!("{manifest}: takes typewright-runtime {version} from {}", folder.display())
        }
        None => format!(
            "{manifest}: takes typewright-runtime {version} from crates.io; `--runtime-path DIR` takes it from a folder"
        ),
    }
}

fn manifest(folder: &Path) -> Option<Item> {
    let document: DocumentMut = read_text(&folder.join("Cargo.toml")).ok()?.parse().ok()?;
    Some(document.as_item().clone())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test writes checkouts")]
mod tests {
    use super::{beside, runtime};
    use std::fs;
    use std::path::{Path, PathBuf};

    fn runtime_beside(package: &Path) -> Option<PathBuf> {
        beside(package, "runtime", "typewright-runtime")
    }

    #[test]
    fn this_checkout_has_the_runtime() {
        assert!(runtime().unwrap().join("src/lib.rs").is_file());
    }

    #[test]
    fn only_a_checkout_of_the_same_version_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("cli");
        assert_eq!(runtime_beside(&package), None, "it has gone");
        fs::create_dir_all(folder.path().join("runtime")).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
        write("runtime/Cargo.toml", "[package]\nname = \"typewright-runtime\"\n");
        assert_eq!(runtime_beside(&package), None, "it is no workspace");
        write("Cargo.toml", "[workspace.package]\nversion = \"0.0.1\"\n");
        assert_eq!(runtime_beside(&package), None, "it has another version");
        let version = env!("CARGO_PKG_VERSION");
        write("Cargo.toml", &format!("[workspace.package]\nversion = \"{version}\"\n"));
        assert_eq!(runtime_beside(&package), Some(folder.path().join("runtime")));
        write("runtime/Cargo.toml", "[package]\nname = \"other\"\n");
        assert_eq!(runtime_beside(&package), None, "it is another package");
    }
}

//! Tests of the loader, on real folders.

#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::Disk;
use crate::load::Loader;
use std::fs;

#[test]
fn files_of_the_folder_are_read_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let entry = folder.path().join("описание api.yaml");
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(&entry, "a\r\n").unwrap();
    fs::write(folder.path().join("schemas/pet.yaml"), "b").unwrap();
    let entry = entry.to_str().unwrap();
    let disk = Disk::new(entry);
    assert_eq!(disk.load_named(entry).unwrap(), "a\r\n");
    assert_eq!(disk.load("schemas/pet.yaml").unwrap(), "b");
    assert_eq!(disk.load("schemas/../schemas/pet.yaml").unwrap(), "b");
    assert_eq!(disk.load("описание api.yaml").unwrap(), "a\r\n");
    assert!(disk.load("schemas/none.yaml").is_err());
    let requested = disk.requested_files();
    let expected =
        [entry, "schemas/pet.yaml", "schemas/none.yaml"].map(|name| folder.path().join(name));
    assert_eq!(requested, expected, "each file once, whatever it was called");
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("secret.yaml"), "s").unwrap();
    let entry = folder.path().join("api/openapi.yaml");
    fs::write(&entry, "a").unwrap();
    let disk = Disk::new(entry.to_str().unwrap());
    let absolute = folder.path().join("secret.yaml");
    let outside = "outside the document's folder";
    assert_eq!(disk.load("../secret.yaml").unwrap_err().to_string(), outside);
    assert_eq!(disk.load(absolute.to_str().unwrap()).unwrap_err().to_string(), outside);
    assert!(disk.load("https://example.com/a.yaml").unwrap_err().to_string().contains("network"));
    assert!(disk.requested_files().is_empty(), "nobody waits for files that are rejected");
    let wider = Disk::new(entry.to_str().unwrap()).with_root(folder.path());
    assert_eq!(wider.load("../secret.yaml").unwrap(), "s");
}

#[cfg(unix)]
#[test]
fn a_link_leads_nowhere_outside() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("secret.yaml"), "s").unwrap();
    let entry = folder.path().join("api/openapi.yaml");
    fs::write(&entry, "a").unwrap();
    let link = folder.path().join("api/link.yaml");
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), link).unwrap();
    let disk = Disk::new(entry.to_str().unwrap());
    assert!(disk.load("link.yaml").unwrap_err().to_string().contains("outside"));
}

#[test]
fn what_is_no_text_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let load = |name: &str| {
        let path = folder.path().join(name);
        let path = path.to_str().unwrap();
        Disk::new(path).load(path).unwrap_err().to_string()
    };
    assert_eq!(load("missing.yaml"), "no such file");
    assert_eq!(load("no/folder/missing.yaml"), "no such file");
    assert_eq!(load(""), "it is a folder, not a file");
    fs::write(folder.path().join("latin1.yaml"), b"a: 1\ntitle: caf\xE9\n").unwrap();
    assert_eq!(load("latin1.yaml"), "it is not UTF-8: line 2, column 11 holds other bytes");
    assert_eq!(load("missing.yaml"), "no such file; is `latin1.yaml` meant?");
    fs::write(folder.path().join("wide.json"), [0xFF, 0xFE, b'{', 0]).unwrap();
    assert_eq!(load("wide.json"), "it is UTF-16; save it as UTF-8");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink(&pipe, folder.path().join("link.yaml")).unwrap();
    let disk = Disk::new(folder.path().join("openapi.yaml"));
    for name in ["pipe.yaml", "link.yaml"] {
        assert!(disk.load(name).unwrap_err().to_string().contains("pipe"), "{name}");
    }
    assert!(disk.load_named("/dev/zero").unwrap_err().to_string().contains("device"));
}

#[test]
fn a_file_that_is_far_too_long_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.yaml");
    let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).unwrap();
    file.set_len(super::MAX_BYTES + 1).unwrap();
    assert_eq!(super::read_text(&path).unwrap_err().to_string(), "it is longer than 256 MB");
}

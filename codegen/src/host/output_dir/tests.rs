//! Tests of the tree, on real folders.

#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::{apply, plan, plan_files, Change, ExclusiveLock, OutputFile};
use crate::diagnostics::Diagnostics;
use crate::HEADER;
use std::fs;
use std::path::Path;

fn generated(path: &str, body: &str) -> OutputFile {
    OutputFile { path: path.into(), text: format!("{HEADER}\n{body}\n") }
}

fn put(folder: &Path, files: &[OutputFile]) -> bool {
    let mut diagnostics = Diagnostics::new();
    let locked = ExclusiveLock::new(folder, || ()).unwrap();
    plan(folder, files.to_vec(), &mut diagnostics)
        .is_some_and(|changes| apply(&locked, &changes, &mut diagnostics))
}

/// Every file below a folder, with its text.
fn listed(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn what_is_written_is_current() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/crate");
    let files = [generated("src/lib.rs", "mod a;"), generated("src/a/b.rs", "")];
    assert!(put(&out, &files));
    assert_eq!(listed(&out).len(), 2, "no staging folder is left");
    assert_eq!(plan(&out, files.to_vec(), &mut Diagnostics::new()), Some(vec![]));
}

#[test]
fn files_with_other_line_ends_are_current() {
    let folder = tempfile::tempdir().unwrap();
    let files = generated("lib.rs", "mod a;");
    fs::write(folder.path().join("lib.rs"), files.text.replace('\n', "\r\n")).unwrap();
    let changes = plan_files(folder.path(), vec![files], &mut Diagnostics::new());
    assert_eq!(changes, Some(vec![]));
}

#[test]
fn outdated_files_go_and_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let old = [generated("src/lib.rs", ""), generated("src/old/types.rs", "")];
    assert!(put(folder.path(), &old));
    fs::write(folder.path().join("src/mine.rs"), "// my own\n").unwrap();
    fs::write(folder.path().join("notes.rs"), format!("{HEADER}\n")).unwrap();
    assert!(put(folder.path(), &[generated("src/lib.rs", "")]));
    let left = listed(folder.path());
    let names: Vec<_> = left.iter().map(|(path, _)| path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["notes.rs", "lib.rs", "mine.rs"]);
    assert!(!folder.path().join("src/old").exists(), "empty folders go too");
}

#[test]
fn a_file_of_someone_else_stops_everything() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/lib.rs"), "// my own\n").unwrap();
    fs::write(folder.path().join("src/x.rs"), [0xFF, 0xFE]).unwrap();
    fs::create_dir(folder.path().join("src/y.rs")).unwrap();
    let files = ["src/lib.rs", "src/x.rs", "src/y.rs", "src/z.rs"].map(|path| generated(path, ""));
    let mut diagnostics = Diagnostics::new();
    assert_eq!(plan(folder.path(), files.to_vec(), &mut diagnostics), None);
    let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    assert_eq!(codes, ["TW0501", "TW0501", "TW0502"], "all that is in the way is named");
    assert!(!folder.path().join("src/z.rs").exists());
}

#[test]
fn where_one_file_fails_all_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let old =
        [generated("src/a.rs", "1"), generated("src/b.rs", "1"), generated("src/gone/c.rs", "1")];
    assert!(put(folder.path(), &old));
    let before = listed(folder.path());
    fs::create_dir_all(folder.path().join("src/d.rs/in/the/way")).unwrap();
    let new = |path: &str, old: Option<&str>, new: Option<&str>| Change {
        path: path.into(),
        old: old.map(|text| format!("{HEADER}\n{text}\n")),
        new: new.map(str::to_owned),
    };
    let changes = [
        new("src/a.rs", Some("1"), Some("2")),
        new("src/gone/c.rs", Some("1"), None),
        new("src/new/e.rs", None, Some("2")),
        new("src/d.rs", None, Some("2")),
        new("src/b.rs", Some("1"), Some("2")),
    ];
    let mut diagnostics = Diagnostics::new();
    let locked = ExclusiveLock::new(folder.path(), || ()).unwrap();
    assert!(!apply(&locked, &changes, &mut diagnostics));
    assert_eq!(diagnostics.iter().next().unwrap().code.id, "TW0502");
    assert_eq!(listed(folder.path()), before);
    assert!(!folder.path().join("src/new").exists());
}

#[test]
fn leftovers_of_a_killed_run_go() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(".typewright-staging-1");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("0"), "half").unwrap();
    assert!(put(folder.path(), &[generated("src/lib.rs", "")]));
    assert!(!left.exists());
    // also where nothing is to be changed
    fs::create_dir_all(&left).unwrap();
    assert!(put(folder.path(), &[generated("src/lib.rs", "")]));
    assert!(!left.exists());
}

#[test]
fn nothing_leaves_the_folder_and_nothing_is_done_where_something_would() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::write(folder.path().join("keep"), "mine").unwrap();
    let locked = ExclusiveLock::new(&out, || ()).unwrap();
    let change = |path: &str, new: Option<&str>| Change {
        path: path.into(),
        old: None,
        new: new.map(str::to_owned),
    };
    let absolute = folder.path().join("keep");
    for path in ["../keep", "", ".", "..", "a/../../keep", absolute.to_str().unwrap()] {
        for new in [None, Some("theirs")] {
            let mut diagnostics = Diagnostics::new();
            let changes = [change("src/a.rs", Some("x")), change(path, new)];
            assert!(!apply(&locked, &changes, &mut diagnostics), "{path:?}");
            assert_eq!(diagnostics.iter().next().unwrap().code.id, "TW0502");
        }
    }
    assert_eq!(fs::read_to_string(absolute).unwrap(), "mine");
    assert_eq!(listed(&out), []);
    drop(locked);
    assert!(!out.exists(), "a folder that stayed empty goes again");
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let folder = tempfile::tempdir().unwrap();
    let (out, away) = (folder.path().join("out"), folder.path().join("away"));
    fs::create_dir_all(&out).unwrap();
    fs::create_dir_all(&away).unwrap();
    fs::write(away.join("lib.rs"), format!("{HEADER}\nold\n")).unwrap();
    std::os::unix::fs::symlink(&away, out.join("src")).unwrap();
    assert!(!put(&out, &[generated("src/lib.rs", "new")]));
    assert!(!put(&out, &[generated("src/other.rs", "new")]));
    assert_eq!(listed(&away).len(), 1);
    assert!(listed(&away)[0].1.contains("old"));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_way_is_an_error_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("lib.rs");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut diagnostics = Diagnostics::new();
    assert_eq!(plan_files(folder.path(), vec![generated("lib.rs", "")], &mut diagnostics), None);
    assert_eq!(diagnostics.iter().next().unwrap().code.id, "TW0502");
}

#[test]
fn a_locked_folder_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let first = ExclusiveLock::new(&out, || panic!("nobody has it")).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let second = std::thread::spawn({
        let out = out.clone();
        move || {
            ExclusiveLock::new(&out, move || sender.send(()).unwrap())
                .map(|second| second.folder().exists())
        }
    });
    receiver.recv().unwrap();
    // the folder for which it waits is removed and created again
    drop(first);
    assert!(second.join().unwrap().unwrap());
    assert!(!out.exists());
}

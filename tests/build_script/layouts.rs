//! Packages, documents and folders in every arrangement.

use super::project::Project;
use super::{DOCUMENT, PET};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use typewright::host::disk::files_below;

const OTHER: &str = "openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths: {}\n\
    components: { schemas: { Order: { type: string } } }\n";

/// A script that generates clients of these documents, which refer to files in the workspace.
fn script(documents: &[&str]) -> String {
    let compile =
        |document: &&str| format!("    Builder::new({document:?}).root(\"../..\").compile()?;\n");
    let calls: String = documents.iter().map(compile).collect();
    format!("use typewright::build::{{Builder, Error}};\nfn main() -> Result<(), Error> {{\n{calls}    Ok(())\n}}\n")
}

/// A library with a module for each file of the output.
fn library(names: &[&str]) -> String {
    let module = |name: &&str| {
        let identifier = name.replace(|letter: char| !letter.is_alphanumeric(), "_");
        format!("#[allow(dead_code, uncommon_codepoints)]\npub mod {identifier} {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\"));\n}}\n")
    };
    names.iter().map(module).collect()
}

/// The files of a folder with their texts.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = files_below(folder, &["toml", "rs", "yaml", "fingerprint"]).unwrap();
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// Two packages with one document, one package with two documents, and a package that is built for the host and for the target
/// with different features: all at once, the documents outside of the packages.
#[test]
fn packages_and_documents_in_one_build() {
    let project = Project::new("several");
    let pets = "../../specs/pets.yaml";
    let packages: [(&str, &[&str], &str); 5] = [
        ("one", &[pets], ""),
        ("two", &[pets], ""),
        ("both", &[pets, "../../shop/shop.yaml"], ""),
        ("twice", &[pets], "\n[features]\nextra = []\n"),
        (
            "user",
            &[pets],
            "twice = { path = \"../twice\" }\n\n[dependencies.twice]\npath = \"../twice\"\nfeatures = [\"extra\"]\n",
        ),
    ];
    for (name, documents, manifest) in packages {
        project.member(name, &script(documents), manifest);
        let names = if documents.len() > 1 { &["pets", "shop"][..] } else { &["pets"] };
        let library = match name {
            "twice" => {
                format!("{}pub const EXTRA: bool = cfg!(feature = \"extra\");\n", library(names))
            }
            "user" => format!("{}const _: () = assert!(twice::EXTRA);\n", library(names)),
            _ => library(names),
        };
        project.write(&format!("members/{name}/src/lib.rs"), &library);
    }
    // the host's has other features
    let user =
        script(&[pets]).replace("{\n    B", "{\n    const _: () = assert!(!twice::EXTRA);\n    B");
    project.write("members/user/build.rs", &user);
    project.write("specs/pets.yaml", &DOCUMENT.replace("schemas/pet", "../common/pet"));
    project.write("common/pet.yaml", PET);
    project.write("shop/shop.yaml", OTHER);
    for (name, ..) in packages {
        project.clean(name);
    }

    let build = project.build();
    let outputs: Vec<_> = build.out_dirs.iter().map(|(_, folder)| folder).collect();
    let count = |name| build.out_dirs.iter().filter(|(package, _)| package == name).count();
    let counts = packages.map(|(name, ..)| (name, count(name)));
    assert_eq!(counts, [("one", 1), ("two", 1), ("both", 1), ("twice", 2), ("user", 1)]);
    let text = |folder: &Path| fs::read_to_string(folder.join("pets.rs")).unwrap();
    let texts: Vec<_> = outputs.iter().map(|folder| text(folder)).collect();
    assert!(texts[0].contains("pub struct Pet"), "{}", texts[0]);
    assert!(texts.iter().all(|text| *text == texts[0]));
    let warning = "../../specs/pets.yaml:4:1: unknown field `tagz`";
    let warnings = build.warnings();
    assert!(warnings.iter().all(|text| text.starts_with(warning)), "{warnings:?}");
    assert_eq!(warnings.len(), outputs.len(), "{}", build.stderr);

    assert!(!project.build().has_run_script());
    project.write("common/pet.yaml", &PET.replace("name", "nickname"));
    let again = project.build();
    assert_eq!(again.out_dirs, build.out_dirs);
    assert!(outputs.iter().all(|folder| text(folder).contains("nickname")));
}

#[test]
fn nothing_is_written_to_the_sources_whatever_they_are_called() {
    let project = Project::new("Мои питомцы & co");
    let document = "описание v1 ü.yaml";
    project.member("unwritable", &script(&[&format!("specs/{document}")]), "");
    let output = document.strip_suffix(".yaml").unwrap();
    project.write("members/unwritable/src/lib.rs", &library(&[output]));
    project.write(&format!("members/unwritable/specs/{document}"), DOCUMENT);
    project.write("members/unwritable/specs/schemas/pet.yaml", PET);
    project.clean("unwritable");
    let sources = project.path("members");
    // has no effect on what root may do
    set_writable(&sources, false);
    let before = texts(&sources);
    let build = project.build();
    let after = texts(&sources);
    set_writable(&sources, true);
    assert_eq!(before, after);
    let written: Vec<_> = texts(build.out_dir()).into_keys().collect();
    let names = [format!("{output}.rs"), format!("{output}.rs.fingerprint")];
    assert_eq!(written, names.map(|name| build.out_dir().join(name)));
    let warning = format!("specs/{document}:4:1: unknown field `tagz`");
    assert!(build.warnings()[0].starts_with(&warning), "{}", build.stderr);
    assert!(!project.build().has_run_script());
    project.write(&format!("members/unwritable/specs/{document}"), WRONG);
    let stderr = project.fails();
    assert_eq!(stderr.matches(&format!("specs/{document}:1:1")).count(), 1, "{stderr}");
}

/// A document of another kind.
const WRONG: &str = "asyncapi: 2.0.0\n";

fn set_writable(folder: &Path, is_writable: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            set_writable(&path, is_writable);
        }
        set_permission(&path, is_writable);
    }
    set_permission(folder, is_writable);
}

#[allow(clippy::permissions_set_readonly_false, reason = "the folder is a test's own")]
fn set_permission(path: &Path, is_writable: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(!is_writable);
    fs::set_permissions(path, permissions).unwrap();
}

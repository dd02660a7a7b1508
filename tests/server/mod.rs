//! Generated clients call generated servers over a socket: every operation, with required values and with all of its values,
//! for each documented reply. What handlers are given is what was sent, and what clients receive is what was replied.

mod program;

use crate::support::golden::Golden;
use crate::support::package::{Package, Workspace};
use crate::support::{root, shared};
use std::path::PathBuf;
use typewright::diagnostics::Diagnostics;
use typewright::diff::Model;
use typewright::host::disk::Disk;
use typewright::lower::TypeOptions;
use typewright::{inspect_model, Loader, Options, Output, ServerFramework};

/// Goldens whose operations, parameters, bodies or replies differ from those of others.
const GOLDENS: &[&str] = &[
    "bodies",
    "events-named",
    "formats",
    "media-types",
    "multipart",
    "multipart-ordered",
    "parameters",
    "read-and-write",
    "security",
    "server-bodies",
    "server-replies",
    "server-security",
    "server-validate",
    "streams",
    "tags",
];

/// Documents in `specs`.
const SPECS: &[&str] = &["mongodb-atlas", "yandex-metastore", "yandex-spqr"];

/// Documents in `../shared/corpus`, and the operations of them that are served.
const CORPUS: &[(&str, &[&str])] = &[
    ("real/petstore-3.0.yaml", &[]),
    ("real/tictactoe-3.1.yaml", &[]),
    ("real/uber-2.0.yaml", &[]),
    ("real/box.json", &["tag:Uploads", "tag:Files"]),
    ("real/buildomat.json", &[]),
    ("real/firecracker.json", &[]),
];

/// A client with a server, and its model.
struct Subject {
    name: String,
    output: Output,
    program: String,
}

fn subject(name: &str, entry: &str, loader: &dyn Loader, mut options: Options) -> Subject {
    let name = name.replace(['-', '.', '/'], "_");
    options.name.clone_from(&name);
    options.server = Some(ServerFramework::Axum);
    let (analysed, model) = inspect_model(entry, loader, &options);
    let model: Model = model.unwrap_or_else(|| panic!("{name}: {:?}", analysed.diagnostics));
    let generated = typewright::generate(entry, loader, &options);
    let output = generated.output.unwrap_or_else(|| panic!("{name}: {:?}", generated.diagnostics));
    let types = TypeOptions::new(&model.api, &options, &mut Diagnostics::new());
    let program = program::program(&name, &model, &types);
    Subject { name, output, program }
}

fn file(name: &str, path: PathBuf, include: &[&str]) -> Subject {
    let include = include.iter().map(|selector| (*selector).to_owned()).collect();
    let options = Options::new(|options| options.include = include);
    subject(name, path.to_str().unwrap(), &Disk::new(&path), options)
}

fn subjects() -> Vec<Subject> {
    let goldens = GOLDENS.iter().map(|name| {
        let golden = Golden::at(root().join("tests/golden").join(name));
        golden.with_loader(|loader, options| subject(name, "openapi.yaml", loader, options))
    });
    let specs = SPECS
        .iter()
        .map(|name| file(name, root().join("specs").join(name).join("openapi.yaml"), &[]));
    let corpus = CORPUS.iter().filter_map(|(name, include)| {
        let path = shared(&format!("corpus/{name}"))?;
        Some(file(name.trim_start_matches("real/"), path, include))
    });
    goldens.chain(specs).chain(corpus).collect()
}

/// Packages that the program needs in addition to the runtime.
const MANIFEST: &str = r#"axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }
md-5 = { version = "0.10", default-features = false }
futures-core = { version = "0.3", default-features = false, features = ["alloc"] }
serde_json = "1"
tokio = { version = "1", features = ["net", "rt-multi-thread"] }
"#;

#[test]
fn clients_and_servers_agree() {
    let subjects = subjects();
    let replies = subjects.iter().map(|one| one.program.matches("Reply { status").count());
    assert!(replies.sum::<usize>() > 80, "too little is called");
    let mut main = "//! Serves each API, and calls all of it.\nmod harness;\n".to_owned();
    let mut calls = String::new();
    let mut package = Package::new("round_trips")
        .features(["blocking", "digest", "reqwest", "testing", "xml"])
        .dependencies(MANIFEST);
    for Subject { name, program, .. } in &subjects {
        main += &format!("mod {name};\n");
        calls += &format!("    failures.extend({name}::failures());\n");
        package = package.file(format!("src/{name}_program.rs"), program.as_str());
        main = main.replace(
            &format!("mod {name};\n"),
            &format!("#[path = \"{name}_program.rs\"]\nmod {name};\n"),
        );
    }
    main += &format!(
        "\nfn main() {{\n    let mut failures: Vec<String> = Vec::new();\n{calls}    \
         println!(\"{{}} failures\\n{{}}\", failures.len(), failures.join(\"\\n\"));\n}}\n"
    );
    let harness = std::fs::read_to_string(root().join("tests/server/harness.rs")).unwrap();
    let clients: Vec<_> =
        subjects.into_iter().map(|subject| (subject.name, subject.output)).collect();
    let package =
        package.modules(&clients).file("src/main.rs", main).file("src/harness.rs", harness);
    let workspace = Workspace::write("server", &[package]);
    let stdout = workspace.cargo(&["run", "--quiet"]);
    assert!(stdout.starts_with("0 failures"), "{stdout}");
}

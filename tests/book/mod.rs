//! The book and the README: their pages, links and samples, and that their Rust compiles. The tests of the command read the TOML
//! and run the commands.

pub mod page;

use crate::support::golden::Golden;
use crate::support::package::{Package, Workspace};
use crate::support::{is_update, root};
use page::{book, pages, Block, Page};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use typewright::host::disk::Disk;
use typewright::{Options, Output, ServerFramework};

#[test]
fn the_summary_names_every_page_once() {
    let summary = fs::read_to_string(book().join("src/SUMMARY.md")).unwrap();
    let mut named: Vec<_> = links(&summary).into_iter().collect();
    named.sort();
    let all = pages().into_iter().skip(1).map(|page| page.name);
    let all: Vec<_> = all.filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(named, all);
}

/// The targets of Markdown links outside of code.
fn links(text: &str) -> Vec<String> {
    let mut is_code = false;
    let prose = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    let prose: Vec<_> = prose.collect();
    let prose = prose.join("\n");
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(str::to_owned).collect()
}

/// The anchors of a page's headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let anchor = |heading: &str| {
        let words: String =
            heading.trim_start_matches('#').trim().chars().filter(is_part).collect();
        words.to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_to_pages_and_headings() {
    let mut broken = Vec::new();
    for page in pages() {
        let targets = links(&page.text);
        for target in targets.iter().filter(|target| !target.contains("://")) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match path {
                "" => page.path.clone(),
                path => page.path.parent().unwrap().join(path),
            };
            let has_anchor = || anchors(&fs::read_to_string(&file).unwrap()).contains(anchor);
            if !file.exists() || !(anchor.is_empty() || has_anchor()) {
                broken.push(format!("{}: {target}", page.name));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The files of the repository to which the book links by their address.
#[test]
fn links_to_the_repository_lead_to_files() {
    const BASE: &str = "https://github.com/typewright/typewright/blob/main/";
    for page in pages() {
        let targets = links(&page.text);
        for path in targets.iter().filter_map(|target| target.strip_prefix(BASE)) {
            assert!(root().join(path).exists(), "{}: {path}", page.name);
        }
    }
}

#[test]
fn the_readme_is_read_in_three_minutes() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.len() <= 6000, "{} bytes", readme.len());
    for word in ["WireLog", "Cassette", "tracing", "tower", "examples/", ".body()"] {
        assert!(readme.contains(word), "{word}");
    }
}

/// Blocks that are no program: excerpts of generated code, which another test compares; what a build script's output is included
/// by; and code of other generators.
fn is_no_program(page: &Page, block: &Block) -> bool {
    block.before.starts_with("<!-- ")
        || block.code.contains("OUT_DIR")
        || page.name.starts_with("from-")
}

/// A block as a module. Statements stand in a function with a client. Lines that begin with `# ` are hidden from readers.
fn module(block: &Block) -> String {
    let lines = block.code.lines().map(|line| match line {
        "#" => "",
        line => line.strip_prefix("# ").unwrap_or(line),
    });
    let code: Vec<_> = lines.collect();
    let is_items = code.iter().any(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        ["fn ", "impl ", "struct ", "mod "].iter().any(|word| line.starts_with(word))
    });
    let code = code.join("\n");
    if is_items {
        return code;
    }
    format!(
        "pub async fn example(client: &pets::Client) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {{\n{code}\nOk(())\n}}\n"
    )
}

/// The client and server of the example in `examples/server`.
fn notes() -> Output {
    let document = root().join("examples/server/notes.yaml").to_string_lossy().into_owned();
    let options = Options::new(|options| options.server = Some(ServerFramework::Axum));
    typewright::generate(&document, &Disk::new(&document), &options).output.unwrap()
}

#[test]
fn its_rust_compiles_and_its_tests_pass() {
    let document = book().join("specs/pets.yaml").to_string_lossy().into_owned();
    let options = Options::new(|options| options.extension = true);
    let generated = typewright::generate(&document, &Disk::new(&document), &options);
    let client = generated.output.expect("a client of the book's document");
    let mut pets = Package::new("pets").client(&client).features([
        "reqwest",
        "rustls-tls",
        "testing",
        "webhooks",
    ]);
    let notes = Package::new("notes").client(&notes());
    let mut library = String::from("#![allow(unused, clippy::all)]\n");
    let mut examples = Package::new("book").dependencies(
        "pets.path = \"../pets\"\nnotes.path = \"../notes\"\n\
        axum = { version = \"0.8\", default-features = false, features = [\"http1\", \"tokio\"] }\n\
        tokio = { version = \"1\", features = [\"fs\", \"macros\", \"net\", \"rt\"] }\n",
    );
    for (name, folder) in [("typewright", "codegen"), ("typewright-macro", "macro")] {
        examples = examples.dependencies(&format!("{name}.path = {:?}\n", root().join(folder)));
    }
    examples = examples.file("specs/pets.yaml", fs::read_to_string(&document).unwrap());
    let mut count = 0;
    for page in pages() {
        for (number, block) in page.blocks().iter().enumerate() {
            let is_rust = block.language() == "rust";
            if is_rust && block.has("ignore") {
                assert!(is_no_program(&page, block), "{}: {}", page.name, block.code);
            } else if is_rust && block.has("extension") {
                pets = pets.file("src/ext.rs", &block.code);
            } else if is_rust {
                let stem = page.name.trim_end_matches(".md").to_lowercase().replace('-', "_");
                let name = format!("{stem}_{number}");
                writeln!(library, "mod {name};").unwrap();
                examples = examples.file(format!("src/{name}.rs"), module(block));
                count += 1;
            }
        }
    }
    assert!(count > 15, "{count} examples");
    let workspace = Workspace::write("book", &[pets, notes, examples.file("src/lib.rs", library)]);
    let report = workspace.cargo(&["test", "--quiet", "--package", "book"]);
    assert!(report.contains("2 passed"), "{report}");
}

/// Cargo compiles a crate again when the document of its macro changes, and shows the errors of one that is broken.
#[test]
fn a_macro_follows_its_document() {
    let document = fs::read_to_string(book().join("specs/pets.yaml")).unwrap();
    let library = "mod api { typewright_macro::client!(\"specs/pets.yaml\"); }\n\
                   pub fn has_photo(name: &str) -> bool { api::types::NewPet::new(name).photo.is_some() }\n";
    let errors = |document: String| {
        let dependency = format!("typewright-macro.path = {:?}\n", root().join("macro"));
        let package = Package::new("expanded").dependencies(&dependency);
        let package = package.file("src/lib.rs", library).file("specs/pets.yaml", document);
        let workspace = Workspace::write("book-macro", &[package]);
        let output = workspace.command(&["check", "--quiet"]).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let name = "properties: { name: { type: string, maxLength: 80 },";
    let with_photo = document.replace(name, &format!("{name} photo: {{ type: string }},"));
    assert!(errors(document.clone()).contains("no field `photo`"));
    assert_eq!(errors(with_photo), "");
    assert!(errors(document.clone()).contains("no field `photo`"));
    let broken = errors(document.replace("openapi: 3.1.0", "openapi: 9.0.0"));
    assert!(broken.contains("specs/pets.yaml:1:") && broken.contains("TW0202"), "{broken}");
}

/// A component of a golden's document, without the indentation of its place.
fn schema(document: &str, name: &str) -> String {
    let lines = document.lines().skip_while(|line| !line.starts_with(&format!("    {name}:")));
    let inside = |(index, line): &(usize, &str)| *index == 0 || line.starts_with("     ");
    let lines = lines.enumerate().take_while(inside);
    let lines: Vec<_> = lines.map(|(_, line)| line.strip_prefix("    ").unwrap()).collect();
    assert!(!lines.is_empty(), "{name}");
    lines.join("\n")
}

/// The declaration of a type in a golden's output, with its documentation.
fn declaration(output: &str, name: &str) -> String {
    let is_start = |line: &&str| {
        let words: Vec<_> =
            line.split([' ', '(', ';', '<']).filter(|word| !word.is_empty()).collect();
        matches!(words[..], ["pub", "struct" | "enum" | "type", other, ..] if other == name)
    };
    let lines: Vec<_> = output.lines().collect();
    let start = lines.iter().position(is_start).unwrap_or_else(|| panic!("{name}"));
    let first =
        lines[..start].iter().rposition(|line| line.trim().is_empty() || line.contains(" as rt;"));
    let first = first.map_or(0, |before| before + 1);
    let end = lines[start..].iter().position(|line| line.ends_with(['}', ';'])).unwrap();
    let indent = lines[start].len() - lines[start].trim_start().len();
    let lines = lines[first..=start + end].iter().map(|line| line.get(indent..).unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

/// The page with the samples that its comments `<!-- golden NAME: COMPONENT … -->` ask for.
fn with_samples(text: &str) -> String {
    let mut parts = text.split("<!-- golden ");
    let mut current = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (request, rest) = part.split_once(" -->").unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        let (folder, components) = request.split_once(": ").unwrap();
        let golden = Golden::at(root().join("tests/golden").join(folder));
        let document = golden.document().unwrap();
        let output = golden.generate().output.unwrap().include();
        let components: Vec<_> = components.split(' ').collect();
        let schemas = components.iter().map(|name| schema(&document, name));
        let types = components.iter().map(|name| declaration(&output, name));
        let schemas = schemas.collect::<Vec<_>>().join("\n");
        let types = types.collect::<Vec<_>>().join("\n\n");
        write!(
            current,
            "<!-- golden {request} -->\n```yaml\n{schemas}\n```\n<!-- becomes -->\n```rust,ignore\n{types}\n```\n<!-- end -->{after}"
        )
        .unwrap();
    }
    current
}

#[test]
fn samples_are_those_of_the_goldens() {
    let path = book().join("src/schemas.md");
    let page = Page::at(&path);
    let current = with_samples(&page.text);
    if is_update() {
        fs::write(&path, current).unwrap();
    } else {
        assert_eq!(page.text, current, "UPDATE=1 renews the samples");
    }
}

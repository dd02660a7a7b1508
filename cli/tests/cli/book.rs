//! The book: the configuration reader reads its TOML, its commands run, and its page of codes is current.

#[expect(dead_code, reason = "the other tests of the book use the rest")]
#[path = "../../../tests/book/page.rs"]
mod page;

use crate::support::Sandbox;
use page::{book, pages, Page};
use std::fmt::Write as _;
use std::fs;
use typewright::diagnostics::{codes, Severity};

const CALLER: &str = "\
async fn show(client: pets::Client) -> Result<(), pets::runtime::AnyError> {
    println!(\"{}\", client.get_pet(7).await?.name);
    Ok(())
}
";

/// A sandbox with the documents of the book, and a caller of the client.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty();
    for entry in fs::read_dir(book().join("specs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        sandbox.write(&name, fs::read(&path).unwrap());
    }
    sandbox.write("src/lib.rs", CALLER);
    sandbox.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    sandbox
}

/// Follows a page from top to bottom: a configuration is written and its clients are compared with the folder, and commands of
/// `typewright` run. Returns the numbers of configurations and of commands.
fn follow(page: &Page) -> [usize; 2] {
    let sandbox = sandbox();
    let mut counts = [0; 2];
    for block in page.blocks() {
        let is_manifest = block.code.contains("metadata.typewright");
        if block.language() == "toml" && (is_manifest || block.code.contains("[[client]]")) {
            // a manifest counts only where there is no other configuration
            let _ = fs::remove_file(sandbox.path("typewright.toml"));
            sandbox.write(if is_manifest { "Cargo.toml" } else { "typewright.toml" }, &block.code);
            let run = sandbox.run(&["generate", "--check"]);
            assert!([0, 3].contains(&run.status), "{}: {run:#?}\n{}", page.name, block.code);
            counts[0] += 1;
        } else if block.language() == "toml" {
            block.code.parse::<toml::Table>().unwrap();
        }
        let is_shell = block.language() == "sh";
        for line in block.code.lines().filter(|_| is_shell) {
            let Some(arguments) = line.strip_prefix("typewright ") else {
                assert!(line.starts_with("cargo "), "{}: {line}", page.name);
                continue;
            };
            let (arguments, input) = arguments.split_once(" < ").unwrap_or((arguments, ""));
            let input = if input.is_empty() { String::new() } else { sandbox.read(input) };
            let run = sandbox.run_with(&arguments.split(' ').collect::<Vec<_>>(), input);
            assert_eq!(run.status, 0, "{}: {line}: {run:#?}", page.name);
            counts[1] += 1;
        }
    }
    counts
}

#[test]
fn its_configurations_are_read_and_its_commands_run() {
    let counts: Vec<_> = pages().iter().map(follow).collect();
    let [configurations, commands] =
        [0, 1].map(|index| counts.iter().map(|count| count[index]).sum::<usize>());
    assert!(configurations >= 7 && commands >= 12, "{configurations} {commands}");
}

/// The pages are also published alone: what is elsewhere in the repository has a URL.
#[test]
fn its_links_stay_in_its_folder() {
    let pages: Vec<_> = pages().into_iter().filter(|page| page.path.starts_with(book())).collect();
    assert!(pages.len() > 20, "{}", pages.len());
    for page in pages {
        assert!(!page.text.contains("](../"), "{}", page.name);
    }
}

/// The page of all codes.
fn codes_page() -> String {
    let mut text = String::from(
        "# Diagnostics\n\nA diagnostic has a code, a severity, and a place in the document. `typewright explain CODE` prints what is \
         below.\n\nAn error prevents output. A warning does not, unless `-D warnings` is given: something was repaired, assumed or \
         left out. A note says that nothing is lost.\n",
    );
    let mut phase = "";
    for code in codes::all() {
        let next = &code.id[..4];
        if next != phase {
            write!(text, "\n## {}\n", heading(next)).unwrap();
            phase = next;
        }
        let severity = match code.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        write!(text, "\n### {}\n\n**{severity}: {}.** {}\n", code.id, code.title, code.explanation)
            .unwrap();
    }
    text
}

/// The headings of the phases, by the beginning of their codes.
const HEADINGS: [(&str, &str); 6] = [
    ("TW01", "Files and references"),
    ("TW02", "The description"),
    ("TW03", "Operations and schemas"),
    ("TW04", "Names and types"),
    ("TW05", "Configuration and output"),
    ("TW06", "Reference pages"),
];

fn heading(phase: &str) -> &'static str {
    HEADINGS.iter().find(|(start, _)| *start == phase).unwrap().1
}

#[test]
fn its_page_of_codes_is_current() {
    let path = book().join("src/codes.md");
    let current = codes_page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &current).unwrap();
    }
    assert_eq!(Page::at(&path).text, current, "UPDATE=1 renews the page");
}

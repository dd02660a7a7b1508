//! `README.md` and `reference.md` of a generated crate, which are read without rustdoc.

mod readme;
mod reference;

pub use readme::readme;
pub use reference::reference;

/// Returns a documentation without its links to items, which only rustdoc follows.
fn unlinked(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}

/// Returns lines as the text of a file.
fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

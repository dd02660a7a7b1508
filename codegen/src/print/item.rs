//! One item as text.

use super::layout::Layout;
use super::shapes;
use crate::tokens::Tokens;

/// Prints items; what it needs for one it uses again for the next.
#[derive(Debug, Default)]
pub struct Printer {
    layout: Layout,
}

impl Printer {
    /// Adds an item, formatted.
    pub fn print(&mut self, mut item: Tokens, out: &mut String) {
        if let Some(text) = item.as_verbatim() {
            out.push_str(text);
            out.push('\n');
            return;
        }
        item.pair();
        match shapes::item(&item, &mut self.layout) {
            Some(()) => self.layout.print(out),
            None => out.push_str(&general(&item.source())),
        }
    }
}

/// An item of any shape. Emitted tokens always parse; should they not, they are still shown, for the compiler to say why.
pub(super) fn general(source: &str) -> String {
    match syn::parse_file(source) {
        Ok(file) => spaced(&prettyplease::unparse(&file)),
        Err(_) => format!("{source}\n"),
    }
}

/// A blank line between the members of an impl, which tokens cannot say.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let is_short = |line: &str| line.starts_with("    type ") || line.starts_with("    const ");
        let ends = line == "    }" || (is_short(line) && line.ends_with(';'));
        let goes_on = lines
            .peek()
            .is_some_and(|next| *next != "}" && !is_short(next));
        if ends && goes_on {
            spaced.push('\n');
        }
    }
    spaced
}

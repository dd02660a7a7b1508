//! Tokens as text: item by item, with a blank line between, as files or nested in one text.

use crate::emit::Module as Tree;
use crate::options::{Module, HEADER};
use proc_macro2::TokenStream;

/// A module with its items as text: formatted once, laid out as files or nested.
#[derive(Clone, Debug)]
pub struct Printed<'a> {
    tree: &'a Tree,
    items: String,
    children: Vec<Printed<'a>>,
}

/// Formats every item of a tree.
pub fn print(tree: &Tree) -> Printed<'_> {
    let children = tree.children.iter().map(print).collect();
    Printed {
        tree,
        items: items(&tree.items),
        children,
    }
}

impl Printed<'_> {
    /// Every module as a file below `src/`, sorted by path.
    pub fn files(&self) -> Vec<Module> {
        let mut files = Vec::new();
        self.collect("", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn collect(&self, folder: &str, files: &mut Vec<Module>) {
        let tree = self.tree;
        let (path, below) = match (tree.name.as_str(), tree.children.is_empty()) {
            ("", _) => ("lib.rs".to_owned(), String::new()),
            (name, true) => (format!("{folder}{name}.rs"), String::new()),
            (name, false) => (format!("{folder}{name}/mod.rs"), format!("{folder}{name}/")),
        };
        let declare = |child: &Tree| format!("{}mod {};\n", visibility(child), child.ident);
        let declarations: String = tree.children.iter().map(declare).collect();
        let parts = [
            &format!("{HEADER}\n"),
            &docs("//!", &tree.docs),
            &declarations,
            &self.items,
        ];
        files.push(Module {
            path,
            text: joined(&parts),
        });
        self.children
            .iter()
            .for_each(|child| child.collect(&below, files));
    }

    /// The whole tree as one text, for `include!`.
    pub fn include(&self) -> String {
        joined(&[&format!("{HEADER}\n"), &self.nested()])
    }

    fn nested(&self) -> String {
        let children = self.children.iter().map(|child| {
            let (tree, body) = (child.tree, indented(&child.nested()));
            let docs = docs("///", &tree.docs);
            format!(
                "{docs}{}mod {} {{\n{body}}}\n",
                visibility(tree),
                tree.ident
            )
        });
        let children: Vec<_> = children.collect();
        let parts: Vec<_> = [&self.items].into_iter().chain(&children).collect();
        joined(&parts)
    }
}

fn visibility(tree: &Tree) -> &'static str {
    if tree.public {
        "pub "
    } else {
        ""
    }
}

/// The parts that are not empty, with a blank line between.
fn joined(parts: &[&String]) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n")
}

fn docs(marker: &str, lines: &[String]) -> String {
    lines
        .iter()
        .map(|line| format!("{} {line}", marker).trim_end().to_owned() + "\n")
        .collect()
}

fn indented(text: &str) -> String {
    let indent = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("    {line}\n")
        }
    };
    text.lines().map(indent).collect()
}

/// One item after the other; imports stand together.
fn items(items: &[TokenStream]) -> String {
    let mut text = String::new();
    let mut import = true;
    for item in items.iter().map(item) {
        let is_import = item.starts_with("use ") || item.starts_with("pub use ");
        let together = import && is_import;
        if !text.is_empty() && !together {
            text.push('\n');
        }
        import = is_import;
        text.push_str(&item);
    }
    text
}

/// One item, formatted. Emitted tokens always parse; should they not, they are still shown, for the compiler to say why.
fn item(tokens: &TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => spaced(&prettyplease::unparse(&file)),
        Err(_) => format!("{tokens}\n"),
    }
}

/// A blank line between the members of an impl, which tokens cannot say.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let ends = line == "    }" || line.starts_with("    type ");
        let goes_on = lines
            .peek()
            .is_some_and(|next| *next != "}" && !next.starts_with("    type "));
        if ends && goes_on {
            spaced.push('\n');
        }
    }
    spaced
}

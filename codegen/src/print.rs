//! Tokens as text: item by item, with a blank line between, as files or nested in one text.

use crate::emit::{Code, Later, Module as Tree};
use crate::options::{Module, HEADER};
use proc_macro2::TokenStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

/// A module with its items as text: formatted once, laid out as files or nested.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    name: String,
    ident: String,
    docs: Vec<String>,
    public: bool,
    allow_deprecated: bool,
    items: String,
    children: Vec<Printed>,
}

/// Formats every item of a tree.
pub fn print(tree: Tree<'_>) -> Printed {
    module(tree)
}

fn module(tree: Tree<'_>) -> Printed {
    Printed {
        name: tree.name,
        ident: tree.ident,
        docs: tree.docs,
        public: tree.public,
        allow_deprecated: tree.allow_deprecated,
        children: in_parallel(tree.children, |child: Later<'_>| module(child.make())),
        items: items(tree.items),
    }
}

/// A module without others as the text of a file.
pub fn file(tree: Tree<'_>) -> String {
    let printed = print(tree);
    let docs = docs("//!", &printed.docs);
    joined(&[&format!("{HEADER}\n"), &docs, &printed.items])
}

impl Printed {
    /// Every module as a file below `src/`, sorted by path.
    pub fn files(&self) -> Vec<Module> {
        let mut files = Vec::new();
        self.collect("", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn collect(&self, folder: &str, files: &mut Vec<Module>) {
        let name = file_name(&self.name);
        let (path, below) = match (name.as_str(), self.children.is_empty()) {
            ("", _) => ("lib.rs".to_owned(), String::new()),
            (name, true) => (format!("{folder}{name}.rs"), String::new()),
            (name, false) => (format!("{folder}{name}/mod.rs"), format!("{folder}{name}/")),
        };
        let declarations: String = self.children.iter().map(declaration).collect();
        let parts = [
            &format!("{HEADER}\n"),
            &docs("//!", &self.docs),
            &self.attribute(),
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
    ///
    /// In a module that is not public the compiler would complain of everything that its crate does not use, and
    /// clippy is set up for what that crate's authors write. (As a crate the same items pass both.)
    pub fn include(&self) -> String {
        let items = self
            .items
            .replace("pub use ", "#[allow(unused_imports)]\npub use ");
        let allow = "#[allow(dead_code, unused_imports, clippy::all)]\n";
        joined(&[&format!("{HEADER}\n"), &items, &self.modules(allow)])
    }

    fn nested(&self) -> String {
        joined(&[&self.attribute(), &self.items, &self.modules("")])
    }

    /// The inner attribute of the module, if it needs one.
    fn attribute(&self) -> String {
        let attribute = if self.allow_deprecated {
            "#![allow(deprecated)]\n"
        } else {
            ""
        };
        attribute.to_owned()
    }

    /// The modules in this one, each after an attribute.
    fn modules(&self, attribute: &str) -> String {
        let module = |child: &Printed| {
            let (ident, body) = (&child.ident, indented(&child.nested()));
            let (docs, visibility) = (docs("///", &child.docs), visibility(child));
            format!("{docs}{attribute}{visibility}mod {ident} {{\n{body}}}\n")
        };
        let modules: Vec<_> = self.children.iter().map(module).collect();
        joined(&modules.iter().collect::<Vec<_>>())
    }
}

/// The line by which a module declares another that stands in a file of its own.
fn declaration(child: &Printed) -> String {
    let file = file_name(&child.name);
    let path = (file != child.name).then(|| format!("#[path = \"{file}.rs\"]\n"));
    let path = path.unwrap_or_default();
    format!("{path}{}mod {};\n", visibility(child), child.ident)
}

/// What a module's file is called: as the module, except where that is no name for a file on every system.
///
/// `mod.rs` is the folder's own file, Windows reserves names such as `con`, and other scripts are neither accepted by
/// rustc for a module's file nor spelt the same by all file systems.
fn file_name(module: &str) -> String {
    const RESERVED: [&str; 5] = ["mod", "con", "prn", "aux", "nul"];
    let is_port = |prefix| {
        module
            .strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1)
    };
    if RESERVED.contains(&module) || is_port("com") || is_port("lpt") {
        return format!("{module}_");
    }
    let mut name = String::with_capacity(module.len());
    for letter in module.chars() {
        if letter.is_ascii() {
            name.push(letter);
        } else {
            name.push_str(&format!("u{:x}", u32::from(letter)));
        }
    }
    name
}

fn visibility(module: &Printed) -> &'static str {
    if module.public {
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
    let mut indented = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            indented.push_str("    ");
            indented.push_str(line);
        }
        indented.push('\n');
    }
    indented
}

/// One item after another, with a blank line between; imports are together.
fn items(items: Vec<Code>) -> String {
    let mut text = String::new();
    let mut follows_import = true;
    for item in items {
        let item = match item {
            Code::Rust(tokens) => rust(tokens),
            Code::MacroCall(call) => call + "\n",
        };
        let is_import = item.starts_with("use ") || item.starts_with("pub use ");
        if !text.is_empty() && !(follows_import && is_import) {
            text.push('\n');
        }
        text.push_str(&item);
        follows_import = is_import;
    }
    text
}

/// An item as prettyplease prints it. Emitted tokens always parse; if they do not, the compiler shows why.
fn rust(tokens: TokenStream) -> String {
    let source = tokens.clone();
    match syn::parse2(tokens) {
        Ok(file) => separate_members(&prettyplease::unparse(&file)),
        Err(_) => format!("{source}\n"),
    }
}

/// Adds a blank line between the members of an `impl`, which tokens cannot express.
fn separate_members(text: &str) -> String {
    let mut separated = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        separated.push_str(line);
        separated.push('\n');
        let is_short = |line: &str| line.starts_with("    type ") || line.starts_with("    const ");
        let ends = line == "    }" || (is_short(line) && line.ends_with(';'));
        let continues = |next: &&str| *next != "}" && !is_short(next);
        if ends && lines.peek().is_some_and(continues) {
            separated.push('\n');
        }
    }
    separated
}

/// The stack of a printing thread: `syn` and `prettyplease` recurse into nested types and values.
const STACK: usize = 16 << 20;

/// Applies a function to each value, on as many threads as there are processors. The results are in the order of the
/// values.
fn in_parallel<T: Send, R: Send>(values: Vec<T>, apply: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = values.len();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let values: Vec<Mutex<Option<T>>> = values
        .into_iter()
        .map(|value| Mutex::new(Some(value)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = values.get(index) else {
                return results;
            };
            let value = slot.lock().ok().and_then(|mut slot| slot.take());
            results.extend(value.map(|value| (index, apply(value))));
        }
    };
    let mut results = std::thread::scope(|scope| {
        let spawn = |_| {
            let builder = std::thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, work).ok()
        };
        let helpers: Vec<_> = (1..threads.min(count)).filter_map(spawn).collect();
        let mut results = work();
        for helper in helpers {
            match helper.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

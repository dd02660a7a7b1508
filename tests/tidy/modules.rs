//! The order of modules: no circles between the top-level modules of a crate, and no import of a later phase.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

/// The top-level modules of the compiler, each of which imports from earlier ones only.
const PHASES: [&str; 21] = [
    "formats",
    "unseen",
    "syntax",
    "source",
    "diagnostics",
    "lock",
    "options",
    "load",
    "normalize",
    "api",
    "rustdoc",
    "names",
    "lower",
    "emit",
    "print",
    "diff",
    "output",
    "generated_tests",
    "pipeline",
    "host",
    "lib",
];

const CRATES: [&str; 4] = ["codegen", "runtime", "cli", "import"];

/// Imports between the top-level modules of a crate: for each pair a file that has one.
type Imports = BTreeMap<(String, String), PathBuf>;

/// Collects the imports in one module and its inline modules.
struct Collector<'c> {
    /// Segments of the module's path.
    module: Vec<String>,
    /// Targets of the names that `lib.rs` re-exports, as top-level modules.
    reexports: &'c BTreeMap<String, String>,
    /// The top-level modules of the crate.
    top_level: &'c BTreeSet<String>,
    /// The top-level modules that are imported.
    imported: BTreeSet<String>,
    /// The modules that are declared to be in other files.
    declared: Vec<Vec<String>>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        is_cfg && quote_tokens(attribute).contains("test")
    })
}

fn quote_tokens(attribute: &Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.to_string(),
        syn::Meta::Path(_) | syn::Meta::NameValue(_) => String::new(),
    }
}

/// The paths of a `use` declaration.
fn flatten(tree: &UseTree, prefix: &[String], paths: &mut Vec<(Vec<String>, String)>) {
    let with = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &with(&path.ident), paths),
        UseTree::Name(name) => paths.push((with(&name.ident), name.ident.to_string())),
        UseTree::Rename(rename) => paths.push((with(&rename.ident), rename.rename.to_string())),
        UseTree::Glob(_) => paths.push((prefix.to_vec(), String::new())),
        UseTree::Group(group) => {
            let items = group.items.iter();
            items.for_each(|item| flatten(item, prefix, paths));
        }
    }
}

impl Collector<'_> {
    /// Records the top-level module that a path leads to, if it is a path within the crate.
    fn record(&mut self, path: &[String]) {
        let supers = path.iter().take_while(|segment| *segment == "super").count();
        let absolute = match path.first().map(String::as_str) {
            Some("crate") => path[1..].to_vec(),
            Some("super") if supers <= self.module.len() => {
                let base = &self.module[..self.module.len() - supers];
                [base, &path[supers..]].concat()
            }
            Some(first) if self.module.is_empty() && self.top_level.contains(first) => {
                path.to_vec()
            }
            _ => return,
        };
        let Some(first) = absolute.first() else {
            return;
        };
        let unit = match self.reexports.get(first) {
            _ if self.top_level.contains(first) => first,
            Some(target) => target,
            None => "lib",
        };
        self.imported.insert(unit.to_owned());
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Const(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        match &item.content {
            Some(_) => visit::visit_item_mod(self, item),
            None => self.declared.push(self.module.clone()),
        }
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        // `lib.rs` may re-export whatever it likes
        if self.module.is_empty() && !matches!(item.vis, Visibility::Inherited) {
            return;
        }
        let mut paths = Vec::new();
        flatten(&item.tree, &[], &mut paths);
        paths.iter().for_each(|(path, _)| self.record(path));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        let segments: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
        self.record(&segments);
        visit::visit_path(self, path);
    }

    /// Macros are tokens; those of templates are paths of generated code.
    fn visit_macro(&mut self, call: &'ast Macro) {
        if !call.path.is_ident("quote") {
            self.record_tokens(call.tokens.clone());
        }
    }

    // `pub(super)` is no import
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

impl Collector<'_> {
    fn record_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        use proc_macro2::TokenTree;
        let mut path = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => path.push(ident.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Group(group) => {
                    self.record(&std::mem::take(&mut path));
                    self.record_tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.record(&std::mem::take(&mut path));
                }
            }
        }
        self.record(&path);
    }
}

fn parse(file: &Path) -> File {
    syn::parse_file(&fs::read_to_string(file).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The file of a module below a crate's `src`.
fn file_of(source: &Path, module: &[String]) -> PathBuf {
    let path = module.iter().fold(source.to_path_buf(), |path, name| path.join(name));
    let file = path.with_extension("rs");
    if file.exists() {
        file
    } else {
        path.join("mod.rs")
    }
}

/// The imports between the top-level modules of a crate; `lib.rs` counts as one.
fn imports(name: &str) -> Imports {
    let source = root().join(name).join("src");
    let library = parse(&source.join("lib.rs"));
    let mut top_level = BTreeSet::new();
    let mut reexported = Vec::new();
    for item in &library.items {
        match item {
            Item::Mod(item) => drop(top_level.insert(item.ident.to_string())),
            Item::Use(item) => flatten(&item.tree, &[], &mut reexported),
            _ => {}
        }
    }
    let reexports = reexported
        .into_iter()
        .filter_map(|(path, name)| {
            let mut segments = path.into_iter().filter(|segment| segment != "crate");
            Some((name, segments.next()?))
        })
        .filter(|(_, target)| top_level.contains(target))
        .collect();
    let mut imports = Imports::new();
    let mut open = vec![(Vec::new(), library)];
    while let Some((module, syntax)) = open.pop() {
        let file = file_of(&source, &module);
        let mut collector = Collector {
            module,
            reexports: &reexports,
            top_level: &top_level,
            imported: BTreeSet::new(),
            declared: Vec::new(),
        };
        collector.visit_file(&syntax);
        let unit = collector.module.first().map_or("lib", String::as_str).to_owned();
        for target in collector.imported.into_iter().filter(|target| *target != unit) {
            imports.entry((unit.clone(), target)).or_insert_with(|| file.clone());
        }
        let declared = collector.declared.into_iter();
        open.extend(declared.map(|module| {
            let syntax = parse(&file_of(&source, &module));
            (module, syntax)
        }));
    }
    imports
}

/// The modules that can be reached from one by imports.
fn reachable<'i>(imports: &'i Imports, from: &'i str) -> BTreeSet<&'i str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        let targets = imports.keys().filter(|(source, _)| source == module);
        open.extend(targets.map(|(_, target)| &**target).filter(|target| reached.insert(*target)));
    }
    reached
}

/// The circles of a crate: sets of modules each of which reaches all others.
fn circles(imports: &Imports) -> BTreeSet<Vec<&str>> {
    let modules: BTreeSet<_> = imports.keys().map(|(source, _)| &**source).collect();
    let reached: BTreeMap<_, _> =
        modules.into_iter().map(|module| (module, reachable(imports, module))).collect();
    let mutual = |one: &str, other: &str| {
        let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
        reaches(one, other) && reaches(other, one)
    };
    reached
        .keys()
        .map(|one| {
            let all = reached.keys().copied();
            all.filter(|other| mutual(one, other)).collect::<Vec<_>>()
        })
        .filter(|circle| circle.len() > 1)
        .collect()
}

#[test]
fn modules_import_earlier_ones_only() {
    let mut breaches = String::new();
    for name in CRATES {
        let imports = imports(name);
        for circle in circles(&imports) {
            let within = imports.iter().filter(|((source, target), _)| {
                circle.contains(&&**source) && circle.contains(&&**target)
            });
            writeln!(breaches, "{name}: circle of {}", circle.join(", ")).unwrap();
            for ((source, target), file) in within {
                writeln!(breaches, "  {source} imports {target}: {}", file.display()).unwrap();
            }
        }
        let phases = imports.iter().filter(|_| name == "codegen");
        for ((source, target), file) in phases {
            let place = |module: &str| {
                let place = PHASES.iter().position(|phase| *phase == module);
                place.unwrap_or_else(|| panic!("`{module}` has no place among the phases"))
            };
            if place(source) < place(target) {
                let file = file.display();
                writeln!(breaches, "{name}: {source} imports the later {target}: {file}").unwrap();
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn circles_are_found() {
    let import =
        |source: &str, target: &str| ((source.to_owned(), target.to_owned()), PathBuf::new());
    let imports = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("a", "e")];
    let imports: Imports = imports.map(|(source, target)| import(source, target)).into();
    assert_eq!(circles(&imports), [vec!["a", "b", "c"]].into());
}

#[test]
fn imports_are_found_wherever_they_are_written() {
    let code = "
        use crate::{a::{self, X}, b as c};
        use super::d::Y;
        #[cfg(test)] mod tests { use crate::test; }
        pub(super) fn f(x: crate::e::Z) { matches!(x, crate::g::Z { .. }); quote!(crate::types); }
        mod inner { use super::super::h::W; use super::own; }
    ";
    let top_level = ["a", "b", "d", "e", "g", "h", "test", "types", "unit"];
    let mut collector = Collector {
        module: vec!["unit".to_owned()],
        reexports: &BTreeMap::new(),
        top_level: &top_level.map(str::to_owned).into(),
        imported: BTreeSet::new(),
        declared: Vec::new(),
    };
    collector.visit_file(&syn::parse_file(code).unwrap());
    let expected = ["a", "b", "d", "e", "g", "h", "unit"].map(str::to_owned);
    assert_eq!(collector.imported, expected.into());
}

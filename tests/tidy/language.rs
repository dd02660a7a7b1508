//! The language of the sources: how doc comments begin, and names that mean nothing.

use super::{rust_files, FOLDERS};
use crate::support::root;
use std::fs;
use syn::visit::{self, Visit};

/// Words that begin no doc comment: it states a noun phrase or what a function does.
const OPENINGS: [&str; 6] = ["What", "Whether", "Whose", "Such", "So", "Like"];

/// Names of items, fields and bindings that say nothing, in snake case.
const VAGUE_NAMES: [&str; 32] = [
    "aim", "around", "asked", "facts", "formed", "found", "given", "going_on", "heard", "heirs",
    "home", "kept", "lack", "led", "matter", "met", "oddity", "of", "own", "patience", "said",
    "say", "shown", "spot", "stated", "told", "trouble", "turn", "turns", "wanted", "wish",
    "witness",
];

/// Names of files and folders that say nothing of what is in them.
const VAGUE_FILES: [&str; 24] = [
    "around", "going_on", "facts", "say", "words", "notes", "given", "told", "said", "kinds",
    "extras", "data", "turns", "answer", "heirs", "oddities", "wishes", "normal", "single",
    "cross", "twice", "things", "stuff", "misc",
];

/// Collects names that are declared and say nothing.
#[derive(Default)]
struct VagueNames(Vec<String>);

impl<'ast> Visit<'ast> for VagueNames {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let ident = match item {
            syn::Item::Const(item) => &item.ident,
            syn::Item::Enum(item) => &item.ident,
            syn::Item::Mod(item) => &item.ident,
            syn::Item::Static(item) => &item.ident,
            syn::Item::Struct(item) => &item.ident,
            syn::Item::Trait(item) => &item.ident,
            syn::Item::Type(item) => &item.ident,
            _ => return visit::visit_item(self, item),
        };
        self.check(ident);
        visit::visit_item(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.check(&signature.ident);
        visit::visit_signature(self, signature);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        field.ident.iter().for_each(|ident| self.check(ident));
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.check(&variant.ident);
        visit::visit_variant(self, variant);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.check(&pattern.ident);
        visit::visit_pat_ident(self, pattern);
    }
}

impl VagueNames {
    fn check(&mut self, ident: &syn::Ident) {
        let name = ident.to_string();
        if VAGUE_NAMES.contains(&&*name.to_lowercase()) {
            self.0.push(name);
        }
    }
}

/// Doc comments that begin with one of the words.
fn openings(text: &str) -> Vec<String> {
    let mut is_inside = false;
    let mut breaches = Vec::new();
    for line in text.lines().map(str::trim) {
        let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        let first = comment.and_then(|text| text.split_whitespace().next());
        let word = first.map(|word| word.trim_end_matches([',', ':', ';', '.']));
        if !is_inside && word.is_some_and(|word| OPENINGS.contains(&word)) {
            breaches.push(line.to_owned());
        }
        is_inside = comment.is_some();
    }
    breaches
}

/// The breaches below a folder: of doc comments, of names, of files.
fn breaches(name: &str) -> [Vec<String>; 3] {
    let folder = root().join(name);
    let mut breaches = [const { Vec::new() }; 3];
    for path in rust_files(&folder) {
        let relative = path.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let mut names = VagueNames::default();
        names.visit_file(&syn::parse_file(&text).unwrap());
        let mut parts = relative.split('/').map(|part| part.trim_end_matches(".rs"));
        let is_vague = parts.any(|part| VAGUE_FILES.contains(&part));
        let at = |line: String| format!("{relative}: {line}");
        breaches[0].extend(openings(&text).into_iter().map(at));
        breaches[1].extend(names.0.into_iter().map(|name| format!("{relative}: {name}")));
        breaches[2].extend(is_vague.then(|| relative.clone()));
    }
    breaches
}

#[test]
fn comments_and_names_say_what_is_meant() {
    let breaches: Vec<String> = FOLDERS.into_iter().flat_map(breaches).flatten().collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn only_first_words_of_doc_comments_count() {
    let text = "/// Name of it.\n/// So it goes on.\nfn a() {}\n    /// Whether: b.\n//! Solid.\n";
    assert_eq!(openings(text), ["/// Whether: b."]);
}

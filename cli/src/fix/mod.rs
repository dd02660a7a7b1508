//! Edits of callers' sources after a change of the generated crate.
//!
//! The comparison of two documents says which items of the Rust API have other names or signatures. The walk through the
//! sources finds the uses of these items, without a compiler, and edits those of which it is sure. A wrong edit is worse
//! than none: everything else is listed with its place and the reason. These are the rules.
//!
//! * **Paths.** A path is sure if each of its segments is resolved: through `use` (groups, `as`, globs, re-exports), modules
//!   and their files, aliases, `Self`, and the items of blocks. The generated crate is known by its name, as a crate or as
//!   a module that includes generated code. A name with two definitions in one scope, as under `#[cfg]`, is not resolved,
//!   nor is one that a glob imports where a macro may define the same name.
//! * **Imports.** An import of a renamed item gets the new name, and so do its uses. It keeps the old one by `as` where the
//!   new name stands for something else in any of the sources, and where the import is public: other crates may use it.
//! * **Methods and fields.** A use is sure if the type of the value before the dot is traced to a type of the generated
//!   crate: from arguments, annotations, struct fields, functions and methods of the sources, calls of the generated crate,
//!   patterns, and the methods of `Option`, `Result`, lists, iterators and smart pointers. A name alone is never enough:
//!   other crates may have the same. Where a trait in the sources declares a method of the name, the call is listed.
//! * **Arguments.** A parameter that became required takes the value of the setter that follows the call at once; one that
//!   became optional becomes a setter; a parameter that moved takes its argument along. The edit is sure if the types are the
//!   same, no comment is lost, and nothing but literals is evaluated in another order. No value is invented.
//! * **Macros.** Arguments of the macros of the standard library and of a few others are read as expressions. Other calls,
//!   definitions of macros, and names inside of format strings are listed where the name of a changed item occurs.
//! * **Not read.** Documentation, attributes, and implementations of traits that are gone.
//!
//! All edits are made at once, on the bytes of the text, so that a swap of two names works and formatting and comments stay.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "kinds of syntax and of types that a rule does not name have one consequence: nothing is known"
)]

pub mod api;
pub mod edits;
mod resolve;
pub mod sources;
mod text;
mod tree;
mod types;
mod walk;

use api::Api;
use proc_macro2::{TokenStream, TokenTree};
use sources::{Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use tree::Tree;
use walk::{walk, Findings};

/// A file with its edits and what is left in it.
pub struct Mended<'s> {
    /// The file.
    pub source: &'s Source,
    /// The text after all edits.
    pub text: String,
    /// Places that are left, as `file:line:column`, with the reasons.
    pub remarks: Vec<(String, String)>,
}

/// Relation of a file to earlier runs with the same changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has not been mended.
    Fresh,
    /// It is as an earlier run has left it.
    Mended,
    /// It was mended and has changed since.
    Edited,
}

/// Finds the edits of all sources. `crates` are names of the generated crate.
pub fn mend<'s>(
    api: &Api,
    crates: &[String],
    sources: &'s Sources,
    state: &dyn Fn(&Source) -> State,
) -> Vec<Mended<'s>> {
    let run = |clashes: BTreeSet<String>| -> Vec<Findings> {
        let mut tree = Tree::new(api, crates, &sources.parsed, &sources.generated);
        tree.clashes = clashes;
        let each = sources.parsed.iter().enumerate();
        let each = each.map(|(number, source)| {
            let scope = tree.scope_of(number);
            walk(&mut tree, source, scope, state(source))
        });
        each.collect()
    };
    let clashes = clashes(&sources.parsed, &run(BTreeSet::new()));
    let findings = run(clashes);
    let mended = sources.parsed.iter().zip(findings).map(|(source, findings)| Mended {
        source,
        text: text::apply(&source.text, &findings.edits),
        remarks: findings
            .remarks
            .into_iter()
            .map(|(at, reason)| (source.place(at), reason))
            .collect(),
    });
    mended.collect()
}

/// Names that stand for anything but one item of the generated crate.
fn clashes(sources: &[Source], findings: &[Findings]) -> BTreeSet<String> {
    let mut clashes = BTreeSet::new();
    let mut imports = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (source, findings) in sources.iter().zip(findings) {
        other_names(source.tokens.clone(), source.start, &findings.items, &mut clashes);
        for (name, path) in &findings.imports {
            imports.entry(name).or_default().insert(path);
        }
    }
    let ambiguous = imports.into_iter().filter(|(_, paths)| paths.len() > 1);
    clashes.extend(ambiguous.map(|(name, _)| name.to_owned()));
    clashes
}

/// Adds the identifiers that are not at one of the places. Members of values, after a dot, are in no scope.
fn other_names(
    tokens: TokenStream,
    start: usize,
    items: &BTreeSet<usize>,
    names: &mut BTreeSet<String>,
) {
    let mut is_member = false;
    for tree in tokens {
        match &tree {
            TokenTree::Group(group) => other_names(group.stream(), start, items, names),
            TokenTree::Ident(ident) => {
                let at = ident.span().byte_range().start + start;
                if !is_member && !items.contains(&at) {
                    names.insert(ident.to_string());
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        is_member = matches!(&tree, TokenTree::Punct(point) if point.as_char() == '.');
    }
}

/// `true` if a source names one of the crates.
pub fn is_named(crates: &[String], sources: &[Source]) -> bool {
    let mut names = BTreeSet::new();
    for source in sources {
        other_names(source.tokens.clone(), source.start, &BTreeSet::new(), &mut names);
    }
    crates.iter().any(|name| names.contains(name))
}

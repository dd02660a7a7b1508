//! The walk through a source file that finds the uses of changed items.

mod arguments;
mod expressions;
mod macros;
mod methods;
mod paths;
mod patterns;

use super::api::{Api, Role};
use super::sources::Source;
use super::text::Edit;
use super::tree::Tree;
use super::types::Ty;
use super::State;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use syn::visit::{self, Visit};
use syn::{Block, FnArg, Generics, Item, Signature, Stmt};

/// The result of the walk through one file.
#[derive(Debug, Default)]
pub struct Findings {
    /// Edits that are sure.
    pub edits: Vec<Edit>,
    /// Places that are left, by offset, with the reasons.
    pub remarks: BTreeSet<(usize, String)>,
    /// Offsets of names that stand for items of the generated crate.
    pub items: BTreeSet<usize>,
    /// Items that are imported, by the names that they have after the edits.
    pub imports: BTreeSet<(String, String)>,
}

/// A setter that is called on the value of a call: `.with_tag("x")` of `Pet::new("a").with_tag("x")`.
#[derive(Clone, Debug)]
struct Setter {
    name: String,
    /// Offset of the name.
    at: usize,
    /// From the end of the receiver to the end of the call.
    range: Range<usize>,
    /// The only argument.
    argument: Option<Argument>,
}

/// An argument of a call.
#[derive(Clone, Debug)]
struct Argument {
    range: Range<usize>,
    is_literal: bool,
}

/// The walk through one file.
pub struct Walk<'t, 'a> {
    tree: &'t mut Tree<'a>,
    api: &'a Api,
    source: &'t Source,
    scope: usize,
    locals: Vec<BTreeMap<String, Ty>>,
    /// The type that `Self` stands for.
    self_type: Option<Ty>,
    /// Setters around the current expression, the outermost first.
    chain: Vec<Setter>,
    /// Offsets of setters that became arguments.
    consumed: BTreeSet<usize>,
    /// A name in a file that was mended may be the new one of another item.
    state: State,
    findings: Findings,
}

/// Walks through a file.
pub fn walk(tree: &mut Tree<'_>, source: &Source, scope: usize, state: State) -> Findings {
    let mut walk = Walk {
        api: tree.api,
        tree,
        source,
        scope,
        locals: Vec::new(),
        self_type: None,
        chain: Vec::new(),
        consumed: BTreeSet::new(),
        state,
        findings: Findings::default(),
    };
    walk.visit_file(&source.ast);
    walk.findings
}

impl Walk<'_, '_> {
    fn range(&self, span: Span) -> Range<usize> {
        let range = span.byte_range();
        range.start + self.source.start..range.end + self.source.start
    }

    fn remark(&mut self, span: Span, reason: impl Into<String>) {
        let at = self.range(span).start;
        self.findings.remarks.insert((at, reason.into()));
    }

    fn edit(&mut self, span: Span, text: impl Into<String>) {
        let range = self.range(span);
        self.findings.edits.push(Edit::new(range, text));
    }

    /// A use of an item by its own name. `false` if the item has changes that are left.
    fn use_item(&mut self, ident: &Ident, old: &str) {
        let fate = self.api.fate(old);
        self.rename(ident, old);
        if let Some(remark) = fate.remark {
            self.remark(ident.span(), remark);
        }
    }

    /// Renames a use of an item, and leaves other changes of it.
    fn rename(&mut self, ident: &Ident, old: &str) {
        let at = self.range(ident.span()).start;
        self.findings.items.insert(at);
        let fate = self.api.fate(old);
        if let Some(new) = &fate.moved {
            self.remark(ident.span(), format!("`{old}` has moved: `{new}`"));
        } else if let Some(name) = &fate.name {
            match self.state {
                _ if !self.api.renames.is_overlapped(old) => self.edit(ident.span(), name),
                State::Fresh => self.edit(ident.span(), name),
                State::Mended => {}
                State::Edited => {
                    let reason = format!("`{name}` may be meant, but the file was mended before");
                    self.remark(ident.span(), reason);
                }
            }
        }
    }

    /// A name of which it is not known what it belongs to.
    fn unsure(&mut self, ident: &Ident, role: Role) {
        if let Some(old) = self.api.changed(role, &ident.to_string()) {
            let reason = match role {
                Role::Path => {
                    format!("it may be `{old}`, which has changed: the path is not resolved")
                }
                Role::Field | Role::Method => {
                    format!(
                        "it may be `{old}`, which has changed: the type of the value is not known"
                    )
                }
            };
            self.remark(ident.span(), reason);
        }
    }

    /// Tokens that are not parsed: names of changed items in them are listed.
    fn leave(&mut self, tokens: TokenStream, reason: &str) {
        let mut is_member = false;
        let mut owner = String::new();
        for tree in tokens {
            match &tree {
                TokenTree::Group(group) => self.leave(group.stream(), reason),
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let members = [Role::Field, Role::Method].iter().filter(|_| is_member);
                    let mut changed = members.filter_map(|role| self.api.changed(*role, &name));
                    let changed = match changed.next().map(str::to_owned) {
                        None if is_member => None,
                        None => self
                            .api
                            .changed(Role::Path, &name)
                            .map(str::to_owned)
                            .or_else(|| self.api.changed_method(&owner, &name)),
                        changed => changed,
                    };
                    if let Some(old) = changed {
                        self.remark(
                            ident.span(),
                            format!("it may be `{old}`, which has changed: {reason}"),
                        );
                    }
                    owner = name;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            is_member = matches!(&tree, TokenTree::Punct(point) if point.as_char() == '.');
            let is_path = matches!(&tree, TokenTree::Punct(point) if point.as_char() == ':');
            if !is_path && !matches!(tree, TokenTree::Ident(_)) {
                owner.clear();
            }
        }
    }

    fn declare(&mut self, name: String, ty: Ty) {
        if let Some(locals) = self.locals.last_mut() {
            locals.insert(name, ty);
        }
    }

    fn local(&self, name: &str) -> Option<&Ty> {
        self.locals.iter().rev().find_map(|locals| locals.get(name))
    }

    /// Runs a part of the walk with variables of its own.
    fn nested<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.locals.push(BTreeMap::new());
        let result = run(self);
        self.locals.pop();
        result
    }

    /// Runs a part of the walk in a scope with generic parameters.
    fn generic(&mut self, generics: &Generics, run: impl FnOnce(&mut Self)) {
        let scope = self.tree.block(self.scope, std::iter::empty());
        for parameter in generics.type_params() {
            self.tree.parameter(scope, &parameter.ident.to_string());
        }
        self.in_scope(scope, |walk| {
            walk.visit_generics(generics);
            run(walk);
        });
    }

    fn in_scope<T>(&mut self, scope: usize, run: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.scope, scope);
        let result = run(self);
        self.scope = outer;
        result
    }

    fn function(&mut self, signature: &Signature, block: Option<&Block>) {
        let outer = std::mem::take(&mut self.locals);
        self.generic(&signature.generics, |walk| {
            walk.nested(|walk| {
                signature.inputs.iter().for_each(|input| walk.parameter(input));
                walk.visit_return_type(&signature.output);
                if let Some(block) = block {
                    walk.block(block);
                }
            });
        });
        self.locals = outer;
    }

    fn parameter(&mut self, parameter: &FnArg) {
        match parameter {
            FnArg::Receiver(receiver) => {
                self.visit_type(&receiver.ty);
                let self_type = self.self_type.clone().unwrap_or(Ty::Unknown);
                self.declare("self".to_owned(), self_type);
            }
            FnArg::Typed(typed) => self.typed_pattern(typed, Ty::Unknown),
        }
    }

    fn with_self_type(&mut self, self_type: Ty, run: impl FnOnce(&mut Self)) {
        let outer = self.self_type.replace(self_type);
        run(self);
        self.self_type = outer;
    }

    /// Walks through a block; returns the type of its value.
    fn block(&mut self, block: &Block) -> Ty {
        let items = block.stmts.iter().filter_map(|stmt| match stmt {
            Stmt::Item(item) => Some(item),
            Stmt::Local(_) | Stmt::Expr(..) | Stmt::Macro(_) => None,
        });
        let scope = self.tree.block(self.scope, items);
        self.in_scope(scope, |walk| {
            walk.nested(|walk| {
                let mut value = Ty::Foreign;
                for stmt in &block.stmts {
                    value = walk.statement(stmt);
                }
                value
            })
        })
    }

    fn statement(&mut self, stmt: &Stmt) -> Ty {
        match stmt {
            Stmt::Local(local) => {
                self.local_statement(local);
                Ty::Foreign
            }
            Stmt::Item(item) => {
                self.visit_item(item);
                Ty::Foreign
            }
            Stmt::Expr(value, semicolon) => {
                let ty = self.expr(value);
                if semicolon.is_some() {
                    Ty::Foreign
                } else {
                    ty
                }
            }
            Stmt::Macro(call) => {
                self.forget_arguments(&call.mac);
                self.macro_call(&call.mac)
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_, '_> {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_item_tree(item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else {
            return;
        };
        match self.tree.inline_module(self.scope, &item.ident) {
            Some(scope) => {
                let locals = std::mem::take(&mut self.locals);
                self.in_scope(scope, |walk| items.iter().for_each(|item| walk.visit_item(item)));
                self.locals = locals;
            }
            None if self.tree.crates.contains(&item.ident.to_string()) => {}
            None => {
                let tokens = quote::quote!(#(#items)*);
                self.leave(tokens, "modules inside of functions are not read");
            }
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, Some(&item.block));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.generic(&item.generics, |walk| {
            let self_type = walk.tree.ty(walk.scope, &item.self_ty, None);
            walk.with_self_type(self_type, |walk| {
                walk.visit_type(&item.self_ty);
                if let Some((_, path, _)) = &item.trait_ {
                    walk.visit_path(path);
                }
                item.items.iter().for_each(|item| walk.visit_impl_item(item));
            });
        });
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, Some(&item.block));
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.generic(&item.generics, |walk| {
            walk.with_self_type(Ty::Unknown, |walk| {
                item.supertraits.iter().for_each(|bound| walk.visit_type_param_bound(bound));
                item.items.iter().for_each(|item| walk.visit_trait_item(item));
            });
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.function(&item.sig, item.default.as_ref());
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.generic(&item.generics, |walk| walk.visit_fields(&item.fields));
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.generic(&item.generics, |walk| {
            item.variants.iter().for_each(|variant| visit::visit_variant(walk, variant));
        });
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.generic(&item.generics, |walk| walk.visit_type(&item.ty));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        // The value of a constant has no variables around it.
        let locals = std::mem::replace(&mut self.locals, vec![BTreeMap::new()]);
        visit::visit_item(self, item);
        self.locals = locals;
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        match &item.ident {
            Some(_) => self.leave(item.mac.tokens.clone(), "definitions of macros are not read"),
            None => {
                self.macro_call(&item.mac);
            }
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.macro_call(call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(path, super::tree::Namespace::Type);
    }

    fn visit_expr(&mut self, value: &'ast syn::Expr) {
        self.expr(value);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.block(block);
    }

    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        self.bind(pattern, Ty::Unknown);
    }
}

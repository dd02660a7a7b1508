//! Patterns, which name items and declare variables.

use super::Walk;
use crate::fix::api::Role;
use crate::fix::edits::owner_of;
use crate::fix::resolve::import_of;
use crate::fix::text::Edit;
use crate::fix::tree::{is_conditional, Entity, Namespace, Step};
use crate::fix::types::Ty;
use std::collections::BTreeMap;
use syn::visit::{self, Visit as _};
use syn::{Local, Member, Pat, PatType};
use typewright::diff::Kind;

impl Walk<'_, '_> {
    /// Declares the variables of a pattern that is matched with a value.
    pub fn bind(&mut self, pattern: &Pat, ty: Ty) {
        match pattern {
            Pat::Ident(variable) => {
                let is_plain = variable.by_ref.is_none() && variable.mutability.is_none();
                if is_plain && variable.subpat.is_none() && self.constant(&variable.ident) {
                    return;
                }
                if let Some((_, inner)) = &variable.subpat {
                    self.bind(inner, ty.clone());
                }
                self.declare(variable.ident.to_string(), ty);
            }
            Pat::Type(typed) => self.typed_pattern(typed, ty),
            Pat::Reference(reference) => self.bind(&reference.pat, ty),
            Pat::Paren(inner) => self.bind(&inner.pat, ty),
            Pat::Or(alternatives) => {
                alternatives.cases.iter().for_each(|case| self.bind(case, ty.clone()));
            }
            Pat::Slice(list) => {
                let item = ty.item();
                list.elems.iter().for_each(|pattern| self.bind(pattern, item.clone()));
            }
            Pat::Tuple(tuple) => {
                let types = match ty {
                    Ty::Tuple(types) if types.len() == tuple.elems.len() => types,
                    _ => Vec::new(),
                };
                self.bind_each(tuple.elems.iter(), types);
            }
            Pat::TupleStruct(tuple) => {
                let steps = self.path(&tuple.path, Namespace::Value);
                let name = tuple.path.segments.last().map(|segment| segment.ident.to_string());
                let types = self.contents(&steps, &name.unwrap_or_default(), ty);
                self.bind_each(tuple.elems.iter(), types);
            }
            Pat::Struct(record) => self.struct_pattern(record),
            Pat::Path(path) => {
                self.path(&path.path, Namespace::Value);
            }
            Pat::Macro(call) => {
                self.macro_call(&call.mac);
            }
            _ => visit::visit_pat(self, pattern),
        }
    }

    /// `true` if the name is a variant or a constant of the generated crate and not a new variable.
    fn constant(&mut self, ident: &syn::Ident) -> bool {
        let path = syn::Path::from(ident.clone());
        let steps = self.tree.resolve(self.scope, &import_of(&path), Namespace::Value, None);
        let Some(Entity::Api(old)) = steps.last().map(|step| &step.entity) else {
            return false;
        };
        if !matches!(self.api.kind(old), Some(Kind::Variant | Kind::Constant)) {
            return false;
        }
        self.path(&path, Namespace::Value);
        true
    }

    fn bind_each<'p>(&mut self, patterns: impl Iterator<Item = &'p Pat>, types: Vec<Ty>) {
        let mut types = types.into_iter();
        for pattern in patterns {
            let ty = types.next().unwrap_or(Ty::Unknown);
            self.bind(pattern, ty);
        }
    }

    /// Types of the contents of a variant that a value is matched with.
    fn contents(&self, steps: &[Step], name: &str, value: Ty) -> Vec<Ty> {
        match steps.last().map(|step| &step.entity) {
            Some(Entity::Api(old)) => self.api.contents(old),
            Some(Entity::Foreign) => {
                let owner = steps.iter().rev().nth(1).map(|step| &step.entity);
                if let Some(Entity::Type(number)) = owner {
                    return self.tree.contents(*number, name);
                }
                standard_contents(name, value)
            }
            Some(_) => standard_contents(name, value),
            None => Vec::new(),
        }
    }

    /// A variable with a type: an argument, or a variable of a closure or of `let`.
    pub fn typed_pattern(&mut self, typed: &PatType, inferred: Ty) {
        self.visit_type(&typed.ty);
        let ty = self.tree.ty(self.scope, &typed.ty, self.self_type.as_ref());
        self.bind_under(&typed.attrs, |walk| walk.bind(&typed.pat, ty.filled(inferred)));
    }

    /// A `let` statement.
    pub fn local_statement(&mut self, local: &Local) {
        let annotation = match &local.pat {
            Pat::Type(typed) => Some(self.tree.ty(self.scope, &typed.ty, self.self_type.as_ref())),
            _ => None,
        };
        let mut ty = Ty::Unknown;
        if let Some(init) = &local.init {
            ty = match annotation {
                Some(form) => self.expected(&init.expr, form),
                None => self.expr(&init.expr),
            };
            if let Some((_, diverging)) = &init.diverge {
                self.expr(diverging);
            }
        }
        self.bind_under(&local.attrs, |walk| walk.bind(&local.pat, ty));
    }

    /// Binds variables. Of one that is declared under `#[cfg]`, the type is not known: there may be another declaration.
    fn bind_under(&mut self, attributes: &[syn::Attribute], bind: impl FnOnce(&mut Self)) {
        if !is_conditional(attributes) {
            return bind(self);
        }
        self.locals.push(BTreeMap::new());
        bind(self);
        for name in self.locals.pop().unwrap_or_default().into_keys() {
            self.declare(name, Ty::Unknown);
        }
    }

    fn struct_pattern(&mut self, record: &syn::PatStruct) {
        let steps = self.path(&record.path, Namespace::Type);
        for field in &record.fields {
            let ty = self.member(&steps, &field.member, field.colon_token.is_none(), field);
            self.bind(&field.pat, ty);
        }
    }

    /// A field of a struct expression or pattern; returns its type. The shorthand `name` becomes `full_name: name`.
    pub fn member(
        &mut self,
        steps: &[Step],
        member: &Member,
        is_shorthand: bool,
        field: &impl syn::spanned::Spanned,
    ) -> Ty {
        let Member::Named(ident) = member else {
            return Ty::Unknown;
        };
        let name = ident.to_string();
        let owner = match steps.last().map(|step| &step.entity) {
            Some(Entity::Api(path)) => self.api.aliased(path),
            Some(Entity::Type(number)) => Ty::Local(*number),
            Some(Entity::Alias(alias, scope)) => self.tree.ty(*scope, &alias.ty, None),
            Some(Entity::Foreign) => Ty::Foreign,
            _ => Ty::Unknown,
        };
        match owner {
            Ty::Api(owner) => {
                let Some((path, ty)) = self.api.field(&owner, &name) else {
                    return Ty::Unknown;
                };
                let edits = self.findings.edits.len();
                self.use_item(ident, &path);
                if is_shorthand && self.findings.edits.len() > edits {
                    self.findings.edits.truncate(edits);
                    let start = self.range(field.span()).start;
                    let name = self.api.fate(&path).name.unwrap_or_default();
                    self.findings.edits.push(Edit::new(start..start, format!("{name}: ")));
                }
                ty
            }
            Ty::Local(number) => self.tree.field(number, &name).unwrap_or(Ty::Unknown),
            Ty::Unknown => {
                self.unsure(ident, Role::Field);
                Ty::Unknown
            }
            _ => Ty::Unknown,
        }
    }
}

fn standard_contents(name: &str, value: Ty) -> Vec<Ty> {
    match (name, value) {
        ("Some", Ty::Option(item)) => vec![*item],
        ("Ok", Ty::Result(item, _)) => vec![*item],
        ("Err", Ty::Result(_, error)) => vec![*error],
        _ => Vec::new(),
    }
}

/// The type of a variant's enum.
pub fn enum_of(variant: &str) -> Ty {
    owner_of(variant).map_or(Ty::Unknown, |owner| Ty::Api(owner.to_owned()))
}

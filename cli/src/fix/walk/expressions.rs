//! Expressions and the types of their values.

use super::patterns::enum_of;
use super::{Argument, Walk};
use crate::fix::api::Role;
use crate::fix::edits::{owner_of, simple_name};
use crate::fix::tree::{Entity, Namespace, Step};
use crate::fix::types::Ty;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit as _};
use syn::{
    Expr, ExprCall, ExprClosure, ExprField, ExprMatch, ExprPath, ExprStruct, Member, Token, UnOp,
};
use typewright::diff::Kind;

impl Walk<'_, '_> {
    /// Walks through an expression; returns the type of its value.
    pub fn expr(&mut self, value: &Expr) -> Ty {
        match value {
            Expr::MethodCall(call) => return self.method_call(call, None),
            Expr::Call(call) => return self.call(call),
            _ => {}
        }
        // Setters are called on the value of a call alone.
        let chain = std::mem::take(&mut self.chain);
        let ty = self.other_expr(value);
        self.chain = chain;
        ty
    }

    fn other_expr(&mut self, value: &Expr) -> Ty {
        match value {
            Expr::Path(path) => self.path_expr(path),
            Expr::Field(field) => self.field(field),
            Expr::Struct(record) => self.struct_expr(record),
            Expr::Macro(call) => self.macro_call(&call.mac),
            Expr::Reference(inner) => self.expr(&inner.expr),
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Unary(unary) => {
                let ty = self.expr(&unary.expr);
                if matches!(unary.op, UnOp::Deref(_)) {
                    ty
                } else {
                    Ty::Foreign
                }
            }
            Expr::Try(inner) => match self.expr(&inner.expr) {
                Ty::Option(item) | Ty::Result(item, _) => *item,
                Ty::Foreign => Ty::Foreign,
                _ => Ty::Unknown,
            },
            Expr::Await(inner) => {
                let ty = self.expr(&inner.base);
                self.awaited(ty)
            }
            Expr::Index(index) => {
                let ty = self.expr(&index.expr);
                self.expr(&index.index);
                match ty {
                    Ty::Map(item) => *item,
                    Ty::Sequence(item) if !matches!(*index.index, Expr::Range(_)) => *item,
                    other => other,
                }
            }
            Expr::Lit(_) | Expr::Binary(_) | Expr::Cast(_) | Expr::Range(_) => {
                visit::visit_expr(self, value);
                Ty::Foreign
            }
            Expr::Tuple(tuple) => {
                Ty::Tuple(tuple.elems.iter().map(|value| self.expr(value)).collect())
            }
            Expr::Array(array) => {
                let mut types = array.elems.iter().map(|value| self.expr(value));
                let first = types.next().unwrap_or(Ty::Unknown);
                types.for_each(drop);
                Ty::sequence(first)
            }
            Expr::Repeat(repeat) => {
                self.expr(&repeat.len);
                Ty::sequence(self.expr(&repeat.expr))
            }
            Expr::Closure(closure) => self.closure(closure, &[]),
            _ => self.control_flow(value),
        }
    }

    fn control_flow(&mut self, value: &Expr) -> Ty {
        match value {
            Expr::Block(block) => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::Const(block) => self.block(&block.block),
            Expr::Async(block) => self.block(&block.block),
            Expr::If(branches) => self.nested(|walk| {
                walk.expr(&branches.cond);
                let ty = walk.block(&branches.then_branch);
                let other = branches.else_branch.as_ref();
                other.map_or(ty.clone(), |(_, other)| ty.or(walk.expr(other)))
            }),
            Expr::While(repeated) => self.nested(|walk| {
                walk.expr(&repeated.cond);
                walk.block(&repeated.body);
                Ty::Foreign
            }),
            Expr::ForLoop(repeated) => {
                let item = self.expr(&repeated.expr).item();
                self.nested(|walk| {
                    walk.bind(&repeated.pat, item);
                    walk.block(&repeated.body);
                    Ty::Foreign
                })
            }
            Expr::Loop(repeated) => {
                self.block(&repeated.body);
                Ty::Unknown
            }
            Expr::Match(arms) => self.match_expr(arms),
            Expr::Let(condition) => {
                let ty = self.expr(&condition.expr);
                self.bind(&condition.pat, ty);
                Ty::Foreign
            }
            Expr::Assign(assignment) => {
                self.expr(&assignment.left);
                self.expr(&assignment.right);
                Ty::Foreign
            }
            Expr::Verbatim(tokens) => {
                self.leave(tokens.clone(), "the expression is not read");
                Ty::Unknown
            }
            _ => {
                visit::visit_expr(self, value);
                Ty::Unknown
            }
        }
    }

    fn match_expr(&mut self, value: &ExprMatch) -> Ty {
        let matched = self.expr(&value.expr);
        let mut result = Ty::Unknown;
        for arm in &value.arms {
            let ty = self.nested(|walk| {
                walk.bind(&arm.pat, matched.clone());
                if let Some((_, guard)) = &arm.guard {
                    walk.expr(guard);
                }
                walk.expr(&arm.body)
            });
            result = result.or(ty);
        }
        result
    }

    /// Walks through a closure; returns the type of its result.
    pub fn closure(&mut self, closure: &ExprClosure, parameters: &[Ty]) -> Ty {
        let chain = std::mem::take(&mut self.chain);
        let ty = self.nested(|walk| {
            let types = parameters.iter().cloned().chain(std::iter::repeat(Ty::Unknown));
            for (input, ty) in closure.inputs.iter().zip(types) {
                walk.bind(input, ty);
            }
            walk.visit_return_type(&closure.output);
            walk.expr(&closure.body)
        });
        self.chain = chain;
        ty
    }

    /// Walks through an expression whose value has a declared type.
    pub fn expected(&mut self, value: &Expr, form: Ty) -> Ty {
        match value {
            Expr::MethodCall(call) => self.method_call(call, Some(form)),
            Expr::Try(inner) => {
                let form = Ty::Result(Box::new(form), Box::new(Ty::Unknown));
                match self.expected(&inner.expr, form) {
                    Ty::Option(item) | Ty::Result(item, _) => *item,
                    _ => Ty::Unknown,
                }
            }
            _ => form.filled(self.expr(value)),
        }
    }

    fn path_expr(&mut self, value: &ExprPath) -> Ty {
        if let Some(self_type) = &value.qself {
            self.visit_type(&self_type.ty);
        }
        if let Some(ty) = value.path.get_ident().and_then(|ident| self.local(&ident.to_string())) {
            return ty.clone();
        }
        let steps = self.path(&value.path, Namespace::Value);
        match steps.last().map(|step| &step.entity) {
            Some(Entity::Api(path)) if self.api.kind(path) == Some(Kind::Variant) => enum_of(path),
            Some(Entity::Value(ty, scope)) => self.tree.ty(*scope, ty, None),
            Some(Entity::Foreign) => match steps.iter().rev().nth(1).map(|step| &step.entity) {
                Some(Entity::Type(number)) => Ty::Local(*number),
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    fn field(&mut self, value: &ExprField) -> Ty {
        let base = self.expr(&value.base);
        let name = match &value.member {
            Member::Named(ident) => ident.to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        match (base, &value.member) {
            (Ty::Api(owner), Member::Named(ident)) => match self.api.field(&owner, &name) {
                Some((path, ty)) => {
                    self.use_item(ident, &path);
                    ty
                }
                None => Ty::Unknown,
            },
            (Ty::Local(number), member) => match (self.tree.field(number, &name), member) {
                (Some(ty), _) => ty,
                // A type may dereference to another one.
                (None, Member::Named(ident)) => self.unsure_field(ident),
                (None, Member::Unnamed(_)) => Ty::Unknown,
            },
            (Ty::Tuple(types), Member::Unnamed(index)) => {
                let number = usize::try_from(index.index).unwrap_or(usize::MAX);
                types.get(number).cloned().unwrap_or(Ty::Unknown)
            }
            (Ty::Foreign, _) => Ty::Foreign,
            (_, Member::Named(ident)) => self.unsure_field(ident),
            (_, Member::Unnamed(_)) => Ty::Unknown,
        }
    }

    fn unsure_field(&mut self, ident: &syn::Ident) -> Ty {
        self.unsure(ident, Role::Field);
        Ty::Unknown
    }

    fn struct_expr(&mut self, value: &ExprStruct) -> Ty {
        let steps = self.path(&value.path, Namespace::Type);
        for field in &value.fields {
            let is_shorthand = field.colon_token.is_none();
            let ty = self.member(&steps, &field.member, is_shorthand, field);
            // The name of a shorthand is a variable.
            if !is_shorthand {
                self.expected(&field.expr, ty);
            }
        }
        if let Some(rest) = &value.rest {
            self.expr(rest);
        }
        match steps.last().map(|step| &step.entity) {
            Some(Entity::Api(path)) => self.api.aliased(path),
            Some(Entity::Type(number)) => Ty::Local(*number),
            Some(Entity::Alias(alias, scope)) => self.tree.ty(*scope, &alias.ty, None),
            _ => Ty::Unknown,
        }
    }

    fn call(&mut self, call: &ExprCall) -> Ty {
        let Expr::Path(function) = &*call.func else {
            self.expr(&call.func);
            self.arguments(&call.args);
            return Ty::Unknown;
        };
        if let Some(self_type) = &function.qself {
            self.visit_type(&self_type.ty);
        }
        let variable = function.path.get_ident().and_then(|ident| self.local(&ident.to_string()));
        if variable.is_some() {
            self.arguments(&call.args);
            return Ty::Unknown;
        }
        let steps = self.called_path(&function.path);
        if let Some(Entity::Api(path)) = steps.last().map(|step| &step.entity) {
            let path = path.clone();
            self.change_call(&path, function, call);
        }
        let arguments = self.arguments(&call.args);
        let name = function.path.segments.last().map(|segment| segment.ident.to_string());
        self.called(&steps, &name.unwrap_or_default(), arguments)
    }

    /// Changes the arguments of a function of the generated crate, or leaves them.
    fn change_call(&mut self, path: &str, function: &ExprPath, call: &ExprCall) {
        let Some(ident) = function.path.segments.last().map(|segment| &segment.ident) else {
            return;
        };
        let is_constructor = self.api.kind(path) == Some(Kind::Constructor);
        let owner = is_constructor.then(|| owner_of(path)).flatten();
        self.change_arguments(ident, path, owner, &call.args, call.paren_token.span);
    }

    /// Walks through arguments; returns their types.
    pub fn arguments(&mut self, arguments: &Punctuated<Expr, Token![,]>) -> Vec<Ty> {
        let chain = std::mem::take(&mut self.chain);
        let types = arguments.iter().map(|argument| self.expr(argument)).collect();
        self.chain = chain;
        types
    }

    /// The type of the value of a call of a path.
    fn called(&self, steps: &[Step], name: &str, arguments: Vec<Ty>) -> Ty {
        let owner = steps.iter().rev().nth(1).map(|step| &step.entity);
        match (owner, steps.last().map(|step| &step.entity)) {
            (_, Some(Entity::Api(path))) if self.api.kind(path) == Some(Kind::Variant) => {
                enum_of(path)
            }
            (Some(Entity::Api(owner)), Some(Entity::Api(path))) => {
                let method = self.api.method(owner, simple_name(path));
                method.map_or(Ty::Unknown, |(_, ty)| ty)
            }
            (Some(Entity::Api(owner)), _)
                if matches!(name, "new" | "default" | "none" | "from") =>
            {
                Ty::Api(owner.clone())
            }
            (Some(Entity::Type(number)), _) => {
                let is_variant = self.tree.types.get(*number);
                if is_variant.is_some_and(|definition| definition.variants.contains_key(name)) {
                    return Ty::Local(*number);
                }
                self.tree.method(*number, name).unwrap_or(Ty::Unknown)
            }
            (_, Some(Entity::Type(number))) => Ty::Local(*number),
            (_, Some(Entity::Function(signature, scope))) => self.tree.returned(*scope, signature),
            (owner, Some(Entity::Foreign | Entity::Unknown)) => {
                let path: Vec<_> = steps.iter().map(|step| &step.entity).collect();
                let is_plain = path.len() == 1 && owner.is_none();
                standard_call(name, is_plain, arguments)
            }
            _ => Ty::Unknown,
        }
    }
}

/// The type of the value of a call of a function of the standard library.
fn standard_call(name: &str, is_plain: bool, arguments: Vec<Ty>) -> Ty {
    let first = arguments.into_iter().next().unwrap_or(Ty::Unknown);
    match name {
        "Some" if is_plain => Ty::option(first),
        "Ok" if is_plain => Ty::result(first),
        "Err" if is_plain => Ty::Result(Box::new(Ty::Unknown), Box::new(first)),
        // `Arc::new`, `Arc::clone`, `Box::pin`, `std::mem::take`
        "new" | "clone" | "pin" | "take" if !is_plain => match first {
            Ty::Foreign => Ty::Unknown,
            known => known,
        },
        _ => Ty::Unknown,
    }
}

/// The argument of a setter as a range of the text.
pub fn argument_of(
    walk: &Walk<'_, '_>,
    arguments: &Punctuated<Expr, Token![,]>,
) -> Option<Argument> {
    let argument = arguments.first().filter(|_| arguments.len() == 1)?;
    Some(Argument { range: walk.range_of(argument), is_literal: matches!(argument, Expr::Lit(_)) })
}

impl Walk<'_, '_> {
    /// The range of an expression, from its first token to its last.
    pub fn range_of(&self, value: &Expr) -> std::ops::Range<usize> {
        self.range(value.span())
    }
}

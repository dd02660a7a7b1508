//! Method calls.

use super::expressions::argument_of;
use super::{Setter, Walk};
use crate::fix::api::Role;
use crate::fix::text::{Edit, Piece};
use crate::fix::types::Ty;
use crate::fix::State;
use syn::spanned::Spanned as _;
use syn::visit::Visit as _;
use syn::{Expr, ExprMethodCall, GenericArgument};
use typewright::diff::Kind;

/// Methods that return the value itself, a reference to it or a copy of it, for every type.
const SAME: [&str; 16] = [
    "clone",
    "to_owned",
    "as_ref",
    "as_mut",
    "as_deref",
    "as_deref_mut",
    "borrow",
    "borrow_mut",
    "deref",
    "by_ref",
    "lock",
    "read",
    "write",
    "cloned",
    "copied",
    "into_inner",
];
/// Methods of iterators and streams that yield the same items.
const SAME_ITEMS: [&str; 26] = [
    "iter",
    "iter_mut",
    "into_iter",
    "drain",
    "skip",
    "take",
    "rev",
    "filter",
    "peekable",
    "step_by",
    "skip_while",
    "take_while",
    "inspect",
    "chain",
    "fuse",
    "boxed",
    "buffered",
    "to_vec",
    "into_vec",
    "as_slice",
    "as_mut_slice",
    "cycle",
    "split_off",
    "into_boxed_slice",
    "by_ref",
    "windows",
];
/// Methods that return one item of a sequence, or nothing.
const ONE_ITEM: [&str; 22] = [
    "first",
    "last",
    "get",
    "get_mut",
    "first_mut",
    "last_mut",
    "next",
    "next_back",
    "nth",
    "pop",
    "pop_front",
    "pop_back",
    "front",
    "back",
    "find",
    "max_by",
    "min_by",
    "max_by_key",
    "min_by_key",
    "peek",
    "reduce",
    "choose",
];

impl Walk<'_, '_> {
    /// Walks through a method call; returns the type of its value. `form` is the declared type of the value.
    pub fn method_call(&mut self, call: &ExprMethodCall, form: Option<Ty>) -> Ty {
        let setter = Setter {
            name: call.method.to_string(),
            at: self.range(call.method.span()).start,
            range: self.range(call.receiver.span()).end..self.range(call.span()).end,
            argument: argument_of(self, &call.args).filter(|_| call.turbofish.is_none()),
        };
        self.chain.push(setter);
        let receiver = self.expr(&call.receiver);
        self.chain.pop();
        let name = call.method.to_string();
        if let Some(turbofish) = &call.turbofish {
            self.visit_angle_bracketed_generic_arguments(turbofish);
        }
        let api = match &receiver {
            Ty::Api(owner) => {
                self.api.method(owner, &name).map(|(path, ty)| (owner.clone(), path, ty))
            }
            _ => None,
        };
        if let Some((owner, path, ty)) = api {
            self.api_method(call, &owner, &path);
            self.arguments(&call.args);
            return form.map_or(ty.clone(), |form| form.filled(ty));
        }
        let is_known = match &receiver {
            Ty::Unknown => false,
            Ty::Local(number) => {
                SAME.contains(&&*name) || self.tree.method(*number, &name).is_some()
            }
            _ => true,
        };
        if !is_known {
            self.unsure(&call.method, Role::Method);
        }
        let arguments = self.arguments_with(call, &receiver);
        let form = self.turbofish(call).or(form);
        let ty = self.value_of(&receiver, &name, arguments, form.clone());
        form.map_or(ty.clone(), |form| form.filled(ty))
    }

    /// A method of the generated crate.
    fn api_method(&mut self, call: &ExprMethodCall, owner: &str, path: &str) {
        if self.consumed.contains(&self.range(call.method.span()).start) {
            return;
        }
        let fate = self.api.fate(path);
        if self.tree.trait_methods.contains(&call.method.to_string()) {
            let reason = "a trait in the sources has a method of this name";
            if fate != crate::fix::api::Fate::default() {
                self.remark(
                    call.method.span(),
                    format!("it may be `{path}`, which has changed: {reason}"),
                );
            }
            return;
        }
        match fate.moved {
            Some(_) => self.moved_method(call, owner, path),
            None => self.rename(&call.method, path),
        }
        match self.api.kind(path) {
            Some(Kind::Operation) => {
                let calls = self.api.call_of(path);
                self.change_arguments(
                    &call.method,
                    path,
                    calls.as_deref(),
                    &call.args,
                    call.paren_token.span,
                );
                let result = calls.and_then(|calls| self.api.fate(&calls).remark);
                if let Some(remark) = result {
                    self.remark(call.method.span(), remark);
                }
            }
            _ => {
                if let Some(remark) = fate.remark {
                    self.remark(call.method.span(), remark);
                }
            }
        }
    }

    /// An operation that is called on another group than before: the accessor is written, replaced or removed.
    fn moved_method(&mut self, call: &ExprMethodCall, owner: &str, path: &str) {
        let fate = self.api.fate(path);
        let Some(new) = fate.moved else {
            return;
        };
        let name = crate::fix::edits::simple_name(&new).to_owned();
        let accessor = match new.rsplit_once("::") {
            Some(("Client", _)) => Some(String::new()),
            Some((group, _)) => {
                self.api.new_accessor(group).map(|accessor| format!("{accessor}()."))
            }
            None => None,
        };
        let method = self.range(call.method.span());
        let start = match &*call.receiver {
            _ if owner == "Client" => Some(method.start),
            // The receiver is the accessor of the old group.
            Expr::MethodCall(group) if group.args.is_empty() => {
                Some(self.range(group.method.span()).start)
            }
            _ => None,
        };
        let between = start.and_then(|start| self.source.text.get(start..method.start));
        let has_comment = between.is_some_and(|text| text.contains('/'));
        let is_fresh = self.state == State::Fresh || !self.api.renames.is_overlapped(path);
        match (start, accessor) {
            (Some(start), Some(accessor)) if !has_comment && is_fresh => {
                self.findings.items.insert(method.start);
                // The accessor may be gone; so is its use.
                self.findings.remarks.retain(|(at, _)| *at != start);
                let pieces = vec![Piece::Text(format!("{accessor}{name}"))];
                self.findings.edits.push(Edit { start, end: method.end, pieces });
            }
            _ => self.remark(call.method.span(), format!("`{path}` has moved: `{new}`")),
        }
    }

    /// Walks through the arguments of a method of another type, whose closures may take its items.
    fn arguments_with(&mut self, call: &ExprMethodCall, receiver: &Ty) -> Vec<Ty> {
        let parameters = closure_parameters(receiver, &call.method.to_string());
        let chain = std::mem::take(&mut self.chain);
        let mut types = Vec::new();
        for argument in &call.args {
            types.push(match argument {
                Expr::Closure(closure) => self.closure(closure, &parameters),
                other => self.expr(other),
            });
        }
        self.chain = chain;
        types
    }

    fn turbofish(&self, call: &ExprMethodCall) -> Option<Ty> {
        match call.turbofish.as_ref()?.args.first()? {
            GenericArgument::Type(ty) if call.method == "collect" => {
                Some(self.tree.ty(self.scope, ty, self.self_type.as_ref()))
            }
            _ => None,
        }
    }

    /// The type of the value of a method of another type than those of the generated crate.
    fn value_of(&self, receiver: &Ty, name: &str, arguments: Vec<Ty>, form: Option<Ty>) -> Ty {
        let argument = arguments.into_iter().next().unwrap_or(Ty::Unknown);
        match receiver {
            Ty::Local(number) => match self.tree.method(*number, name) {
                Some(ty) => ty,
                None if SAME.contains(&name) => receiver.clone(),
                None => Ty::Unknown,
            },
            Ty::Api(path) => self.api_value(path, name),
            Ty::Builder if name == "build" => Ty::result(Ty::Api("Client".to_owned())),
            Ty::Builder => Ty::Builder,
            Ty::Option(item) => option_method(item, name, argument),
            Ty::Result(item, error) => result_method(item, error, name, argument),
            Ty::Sequence(item) => match name {
                "collect" => form.map_or(Ty::Unknown, |form| form.collected((**item).clone())),
                _ => sequence_method(item, name, argument),
            },
            Ty::Map(item) => map_method(item, name),
            Ty::Error(body) | Ty::Response(body) => match (name, receiver) {
                ("into_body", _) | ("body", Ty::Response(_)) => (**body).clone(),
                ("body", _) => Ty::option((**body).clone()),
                _ => Ty::Unknown,
            },
            Ty::Foreign if argument == Ty::Foreign => Ty::Foreign,
            Ty::Foreign | Ty::Unknown | Ty::Tuple(_) if SAME.contains(&name) => receiver.clone(),
            Ty::Foreign | Ty::Unknown | Ty::Tuple(_) => Ty::Unknown,
        }
    }

    /// The value of a method that every type of the generated crate has.
    fn api_value(&self, path: &str, name: &str) -> Ty {
        let (outcome, output) = self.api.response(path);
        match name {
            "send" | "send_blocking" if outcome != Ty::Unknown => outcome,
            "response" | "response_blocking" if outcome != Ty::Unknown => {
                Ty::result(Ty::Response(Box::new(output)))
            }
            "header" | "query" | "body_member" | "base_url" | "content_type" | "timeout"
            | "attempt_timeout" | "max_body_bytes" | "allow_empty_path" | "retry"
            | "idempotency_key"
                if outcome != Ty::Unknown =>
            {
                Ty::Api(path.to_owned())
            }
            "send_all" if path == "Credentials" => Ty::Api(path.to_owned()),
            // The guard of a lock dereferences to the value: `unwrap` of its result is left out.
            "unwrap" | "expect" => Ty::Api(path.to_owned()),
            _ if SAME.contains(&name) => Ty::Api(path.to_owned()),
            _ => Ty::Unknown,
        }
    }
}

fn option_method(item: &Ty, name: &str, argument: Ty) -> Ty {
    match name {
        "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" | "unwrap_or_else" | "insert"
        | "get_or_insert" | "get_or_insert_with" | "unwrap_unchecked" => item.clone(),
        "map" => Ty::option(argument),
        "and_then" => argument,
        "ok_or" | "ok_or_else" | "context" | "with_context" => Ty::result(item.clone()),
        "iter" | "iter_mut" | "into_iter" => Ty::sequence(item.clone()),
        "is_some" | "is_none" | "is_some_and" | "is_none_or" => Ty::Foreign,
        "or" | "or_else" | "filter" | "take" | "replace" | "inspect" | "xor" => {
            Ty::option(item.clone())
        }
        _ if SAME.contains(&name) => Ty::option(item.clone()),
        _ => Ty::Unknown,
    }
}

fn result_method(item: &Ty, error: &Ty, name: &str, argument: Ty) -> Ty {
    let result = |item: Ty, error: Ty| Ty::Result(Box::new(item), Box::new(error));
    match name {
        "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" | "unwrap_or_else" => item.clone(),
        "unwrap_err" | "expect_err" => error.clone(),
        "ok" => Ty::option(item.clone()),
        "err" => Ty::option(error.clone()),
        "map" => result(argument, error.clone()),
        "map_err" | "or_else" => result(item.clone(), argument),
        "and_then" => argument,
        "context" | "with_context" | "wrap_err" | "wrap_err_with" => Ty::result(item.clone()),
        "is_ok" | "is_err" | "is_ok_and" | "is_err_and" => Ty::Foreign,
        "inspect" | "inspect_err" => result(item.clone(), error.clone()),
        _ if SAME.contains(&name) => result(item.clone(), error.clone()),
        _ => Ty::Unknown,
    }
}

fn sequence_method(item: &Ty, name: &str, argument: Ty) -> Ty {
    match name {
        "map" | "then" => Ty::sequence(argument),
        "map_while" | "filter_map" | "flat_map" => Ty::sequence(argument.item()),
        "flatten" => Ty::sequence(item.item()),
        "enumerate" => Ty::sequence(Ty::Tuple(vec![Ty::Foreign, item.clone()])),
        "zip" => Ty::sequence(Ty::Tuple(vec![item.clone(), argument.item()])),
        "try_next" => match item {
            Ty::Result(item, _) => Ty::result(Ty::option((**item).clone())),
            _ => Ty::Unknown,
        },
        "remove" | "swap_remove" => item.clone(),
        "len" | "is_empty" | "count" | "any" | "all" | "position" | "contains" => Ty::Foreign,
        // The guard of a lock around a list.
        "unwrap" | "expect" => Ty::sequence(item.clone()),
        _ if ONE_ITEM.contains(&name) => Ty::option(item.clone()),
        _ if SAME.contains(&name) || SAME_ITEMS.contains(&name) => Ty::sequence(item.clone()),
        _ => Ty::Unknown,
    }
}

fn map_method(item: &Ty, name: &str) -> Ty {
    match name {
        "get" | "get_mut" | "remove" | "insert" => Ty::option(item.clone()),
        "values" | "values_mut" | "into_values" => Ty::sequence(item.clone()),
        "iter" | "iter_mut" | "into_iter" | "drain" => {
            Ty::sequence(Ty::Tuple(vec![Ty::Unknown, item.clone()]))
        }
        "len" | "is_empty" | "contains_key" => Ty::Foreign,
        "unwrap" | "expect" => Ty::Map(Box::new(item.clone())),
        _ if SAME.contains(&name) => Ty::Map(Box::new(item.clone())),
        _ => Ty::Unknown,
    }
}

/// Types of the parameters of a closure that is passed to a method.
fn closure_parameters(receiver: &Ty, name: &str) -> Vec<Ty> {
    match (receiver, name) {
        (Ty::Sequence(item), "fold" | "scan") => vec![Ty::Unknown, (**item).clone()],
        (Ty::Sequence(item), _) => vec![(**item).clone(), (**item).clone()],
        (Ty::Option(item), _) => vec![(**item).clone()],
        (
            Ty::Result(_, error),
            "map_err" | "or_else" | "unwrap_or_else" | "inspect_err" | "is_err_and",
        ) => {
            vec![(**error).clone()]
        }
        (Ty::Result(item, _), _) => vec![(**item).clone()],
        (Ty::Map(item), "retain") => vec![Ty::Unknown, (**item).clone()],
        _ => Vec::new(),
    }
}

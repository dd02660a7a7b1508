//! Macro calls whose arguments are expressions.

use super::Walk;
use crate::fix::api::Role;
use crate::fix::resolve::import_of;
use crate::fix::tree::{Entity, Namespace};
use crate::fix::types::Ty;
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Macro, Pat, Token};

/// Macros whose arguments are expressions, and are used as they stand.
const EXPRESSIONS: [&str; 38] = [
    "print",
    "println",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "write",
    "writeln",
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "vec",
    "dbg",
    "todo",
    "unreachable",
    "unimplemented",
    "matches",
    "join",
    "try_join",
    "anyhow",
    "bail",
    "ensure",
    "eyre",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "log",
    "pin",
    "assert_matches",
    "concat",
    "addr_of",
    "smallvec",
];

/// The arguments of a macro call.
enum Arguments {
    Expressions(Vec<Expr>),
    Matches(Box<(Expr, Pat, Option<Expr>)>),
}

impl Walk<'_, '_> {
    /// Walks through the arguments of a macro call; returns the type of its value.
    pub fn macro_call(&mut self, call: &Macro) -> Ty {
        let name =
            call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let is_known = EXPRESSIONS.contains(&name.as_str()) && !self.tree.macros.contains(&name);
        let parsed = if is_known { parse(&name, &call.tokens) } else { None };
        let chain = std::mem::take(&mut self.chain);
        let ty = match parsed {
            None => {
                self.leave(call.tokens.clone(), "the arguments of the macro are not read");
                Ty::Unknown
            }
            Some(Arguments::Matches(parts)) => {
                let (value, pattern, guard) = *parts;
                let ty = self.expr(&value);
                self.nested(|walk| {
                    walk.bind(&pattern, ty);
                    if let Some(guard) = &guard {
                        walk.expr(guard);
                    }
                });
                Ty::Foreign
            }
            Some(Arguments::Expressions(values)) => {
                let types = values.iter().map(|value| self.macro_argument(value)).collect();
                self.macro_value(&name, types)
            }
        };
        self.chain = chain;
        ty
    }

    fn macro_argument(&mut self, value: &Expr) -> Ty {
        match value {
            // A named argument: `println!("{a}", a = pet.name)`.
            Expr::Assign(named) => self.expr(&named.right),
            Expr::Lit(literal) => {
                if let Lit::Str(text) = &literal.lit {
                    self.inline_arguments(text);
                }
                Ty::Foreign
            }
            other => self.expr(other),
        }
    }

    /// The type of the value of a macro, by the types of its arguments.
    fn macro_value(&self, name: &str, types: Vec<Ty>) -> Ty {
        let mut types = types.into_iter();
        match name {
            "vec" | "smallvec" => Ty::sequence(types.next().unwrap_or(Ty::Unknown)),
            "dbg" => types.next().unwrap_or(Ty::Unknown),
            "join" => Ty::Tuple(types.map(|ty| self.awaited(ty)).collect()),
            "try_join" => {
                let outcomes = types.map(|ty| match self.awaited(ty) {
                    Ty::Result(item, _) => *item,
                    _ => Ty::Unknown,
                });
                Ty::result(Ty::Tuple(outcomes.collect()))
            }
            "format" => Ty::Foreign,
            _ => Ty::Unknown,
        }
    }

    /// The type of the output of a future.
    pub fn awaited(&self, ty: Ty) -> Ty {
        match ty {
            Ty::Api(call) => self.api.response(&call).0,
            other => other,
        }
    }

    /// Names inside of a format string, `{NAME}`, are listed: there is no place of their own to edit.
    fn inline_arguments(&mut self, text: &syn::LitStr) {
        let value = text.value();
        for part in value.replace("{{", "").split('{').skip(1) {
            let name = part.split(['}', ':']).next().unwrap_or_default();
            let Ok(ident) = syn::parse2::<syn::Ident>(name.parse().unwrap_or_default()) else {
                continue;
            };
            if self.local(name).is_some() {
                continue;
            }
            let import = import_of(&syn::Path::from(ident));
            let steps = self.tree.resolve(self.scope, &import, Namespace::Value, None);
            let entity = steps.into_iter().next_back().map(|step| step.entity);
            let changed = match &entity {
                Some(Entity::Api(path)) => self.api.fate(path).name.is_some(),
                Some(Entity::Unknown) => self.api.changed(Role::Path, name).is_some(),
                _ => false,
            };
            if changed {
                self.remark(
                    text.span(),
                    format!("`{{{name}}}` in the text names an item that is renamed"),
                );
            }
        }
    }

    /// A macro that is called as a statement may declare the variables that it is given.
    pub fn forget_arguments(&mut self, call: &Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string());
        if name.is_some_and(|name| {
            EXPRESSIONS.contains(&name.as_str()) && !self.tree.macros.contains(&name)
        }) {
            return;
        }
        self.forget(call.tokens.clone());
    }

    fn forget(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => self.forget(group.stream()),
                TokenTree::Ident(ident) if self.local(&ident.to_string()).is_some() => {
                    self.declare(ident.to_string(), Ty::Unknown);
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn parse(name: &str, tokens: &TokenStream) -> Option<Arguments> {
    let list = |input: ParseStream<'_>| {
        let values = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
        Ok(Arguments::Expressions(values.into_iter().collect()))
    };
    let repeat = |input: ParseStream<'_>| {
        let value = input.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Arguments::Expressions(vec![value, input.parse()?]))
    };
    let matched = |input: ParseStream<'_>| {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let has_guard = input.peek(Token![if]);
        if has_guard {
            input.parse::<Token![if]>()?;
        }
        let guard = if has_guard { Some(input.parse()?) } else { None };
        input.parse::<Option<Token![,]>>()?;
        Ok(Arguments::Matches(Box::new((value, pattern, guard))))
    };
    let tokens = || tokens.clone();
    match name {
        "matches" | "assert_matches" => matched.parse2(tokens()).ok(),
        _ => list.parse2(tokens()).or_else(|_| repeat.parse2(tokens())).ok(),
    }
}

//! Names of arguments and setters: parameters, parts and the body.

use super::reserved;
use super::scope::{Scope, Wish};
use super::word_case::{asked_value, snake};
use super::Ident;
use crate::api::body_parts;
use crate::api::model::{Api, Location, Operation, Parameter};
use crate::diagnostics::Diagnostics;

/// Names of an operation's arguments and setters.
pub struct Given {
    /// One for each parameter.
    pub parameters: Vec<Ident>,
    /// One for each part of a body that is passed part by part.
    pub parts: Vec<Ident>,
    /// The body as a whole.
    pub body: Ident,
}

/// Names the arguments and setters of an operation. They share one scope, so that making a parameter optional does not
/// rename it.
pub fn given(api: &Api, operation: &Operation, diagnostics: &mut Diagnostics) -> Given {
    let mut scope = Scope::reserving(&[
        &reserved::OPERATION_METHODS,
        &reserved::TRAIT_METHODS,
        &reserved::LOCALS,
    ]);
    let parameters = operation.parameters.iter().map(parameter);
    let parts = parts(api, operation);
    let count = operation.parameters.len();
    let all: Vec<Wish> = parameters
        .chain(parts.iter().map(|name| part(name, operation)))
        .chain([body(operation)])
        .collect();
    let mut parameters = scope.settle(&all, diagnostics);
    let mut parts = parameters.split_off(count);
    let body = parts.pop().unwrap_or_else(|| Ident::new("body"));
    Given {
        parameters,
        parts,
        body,
    }
}

/// Path parameters come first, each under its plain name if possible; others of the same name get their location as a
/// suffix.
fn parameter(parameter: &Parameter) -> Wish {
    let asked = parameter.value.name.as_deref().map(asked_value);
    let own = snake(&parameter.name);
    let wanted = asked.clone().unwrap_or_else(|| own.clone());
    let (rank, word) = match parameter.location {
        Location::Path => (0, "path"),
        Location::Query => (1, "query"),
        Location::Header => (2, "header"),
        Location::Cookie => (3, "cookie"),
        Location::QueryString => (4, "query_string"),
    };
    let by_place = format!("{wanted}_{word}");
    let mut candidates = vec![wanted.clone(), own, by_place];
    // The name collides with a reserved word, not with another parameter.
    let is_reserved = reserved::OPERATION_METHODS.contains(&wanted.as_str())
        || reserved::LOCALS.contains(&wanted.as_str())
        || reserved::TRAIT_METHODS.contains(&wanted.as_str());
    let at = if is_reserved { 1 } else { candidates.len() };
    candidates.insert(at, format!("{wanted}_parameter"));
    Wish {
        rank: rank * 3 + Wish::rank(asked.is_some(), &parameter.name, &wanted),
        key: parameter.name.clone(),
        candidates,
        place: parameter.value.at.place.clone(),
    }
}

fn part(name: &str, operation: &Operation) -> Wish {
    let wanted = snake(name);
    Wish {
        rank: 20 + Wish::rank(false, name, &wanted),
        key: name.to_owned(),
        candidates: vec![wanted.clone(), format!("{wanted}_part")],
        place: operation.at.place.clone(),
    }
}

fn body(operation: &Operation) -> Wish {
    let candidates = ["body", "request_body", "body_content"];
    Wish {
        rank: 30,
        key: String::new(),
        candidates: candidates.map(str::to_owned).to_vec(),
        place: operation.at.place.clone(),
    }
}

/// Names of the parts of a body that is passed part by part.
fn parts(api: &Api, operation: &Operation) -> Vec<String> {
    let body = operation.body.as_ref();
    let parts = body.and_then(|body| body_parts(api, body));
    let parts = parts.unwrap_or_default();
    parts.iter().map(|part| part.name.to_owned()).collect()
}

//! Names of servers, their variables, and the values of those.

use super::case::joined;
use super::case::{camel, snake};
use super::members::variable_values;
use super::register::Register;
use super::reserved;
use super::scope::{NameRequest, Scope};
use super::Ident;
use crate::api::model::{Api, Server};
use crate::diagnostics::Place;

/// Names of one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerNames {
    /// The struct.
    pub ty: Ident,
    /// Variables, in order.
    pub variables: Vec<VariableNames>,
}

/// Names of a server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableNames {
    /// The setter.
    pub setter: Ident,
    /// Enum of the documented values.
    pub ty: Ident,
    /// The variants.
    pub values: Vec<Ident>,
}

/// Maximum number of words in a description that serves as a name.
const MOST_WORDS: usize = 4;

/// Names the servers: by name, else by a short description, else by number.
pub fn assign(api: &Api, register: &mut Register) -> Vec<ServerNames> {
    let scope = Scope::reserving(&[&reserved::PRELUDE_TYPES, &reserved::PRELUDE_VARIANTS]);
    let mut scope = scope.shared("servers", register);
    let requests = api.servers.iter().enumerate().map(|(index, server)| {
        let word = word(index, server);
        let key = format!("{word} {}", server.url);
        request(node(server), key, vec![word.clone(), joined(&word, "Server")])
    });
    let types = scope.settle(&requests.collect::<Vec<_>>(), register);
    let servers = api.servers.iter().zip(types);
    let named = servers.map(|(server, ty)| ServerNames {
        variables: variables(server, &ty, &mut scope, register),
        ty,
    });
    named.collect()
}

fn variables(
    server: &Server,
    ty: &Ident,
    scope: &mut Scope,
    register: &mut Register,
) -> Vec<VariableNames> {
    let part = |variable: &str| format!("{}/{variable}", node(server));
    let setters = server.variables.iter().map(|variable| {
        let word = snake(&variable.name);
        let key = variable.name.clone();
        request(part(&variable.name), key, vec![word.clone(), format!("{word}_variable")])
    });
    let types = server.variables.iter().map(|variable| {
        let word = format!("{}{}", ty.text(), camel(&variable.name));
        let key = variable.name.clone();
        let node = format!("{}/type", part(&variable.name));
        request(node, key, vec![word.clone(), format!("{word}Values")])
    });
    let (setters, types): (Vec<_>, Vec<_>) = (setters.collect(), types.collect());
    let reserved_words: [&[&str]; 2] = [&reserved::SERVER_METHODS, &reserved::TRAIT_METHODS];
    let setters = Scope::reserving(&reserved_words).settle(&setters, register);
    let types = scope.settle(&types, register);
    let variables = server.variables.iter().zip(setters).zip(types);
    let named = variables.map(|((variable, setter), ty)| VariableNames {
        setter,
        ty,
        values: variable_values(&part(&variable.name), &variable.name, &variable.values, register),
    });
    named.collect()
}

/// Node of a server: its URL.
fn node(server: &Server) -> String {
    format!("servers/{}", server.url)
}

fn request(node: String, key: String, candidates: Vec<String>) -> NameRequest {
    NameRequest { node, rank: 0, key, explicit: false, candidates, place: Place::Nowhere }
}

fn word(index: usize, server: &Server) -> String {
    let short = |text: &&String| {
        let parts = text.split_whitespace().count();
        (1..=MOST_WORDS).contains(&parts) && text.chars().any(char::is_alphanumeric)
    };
    let description = server.docs.description.as_ref().filter(short);
    match server.name.as_ref().or(description) {
        Some(name) => camel(name),
        None if index == 0 => "Server".to_owned(),
        None => format!("Server{}", index + 1),
    }
}

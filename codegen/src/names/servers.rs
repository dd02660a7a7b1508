//! The names of servers, their variables, and the values of those.

use super::scope::Scope;
use super::words::{camel, snake};
use super::Ident;
use crate::api::ir::{Api, Server, ServerVariable};

/// The names of one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerNames {
    /// Its type.
    pub ty: Ident,
    /// Its variables, in their order.
    pub variables: Vec<VariableNames>,
}

/// The names of a variable in a server's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableNames {
    /// The setter.
    pub setter: Ident,
    /// The enum of its values, where the document lists them.
    pub ty: Ident,
    /// The variants.
    pub values: Vec<Ident>,
}

/// The most words of a description that are a name.
const MOST_WORDS: usize = 4;

/// Names the servers: by their name, else by a short description, else by their number.
pub fn assign(api: &Api) -> Vec<ServerNames> {
    let mut scope = Scope::reserving(&["Self", "Default", "From", "String"]);
    let servers = api.servers.iter().enumerate();
    let named = servers.map(|(index, server)| {
        let ty = scope.claim(&[word(index, server)]).ident;
        let mut setters = Scope::reserving(&["default", "from", "into", "clone"]);
        let variables = server.variables.iter().map(|variable| {
            let wanted = format!("{}{}", ty.text(), camel(&variable.name));
            VariableNames {
                setter: setters.claim(&[snake(&variable.name)]).ident,
                ty: scope.claim(&[wanted]).ident,
                values: values(variable),
            }
        });
        let variables = variables.collect();
        ServerNames { ty, variables }
    });
    named.collect()
}

fn word(index: usize, server: &Server) -> String {
    let short = |text: &&String| {
        let words = text.split_whitespace().count();
        (1..=MOST_WORDS).contains(&words) && text.chars().any(char::is_alphanumeric)
    };
    let description = server.docs.description.as_ref().filter(short);
    match server.name.as_ref().or(description) {
        Some(name) => camel(name),
        None if index == 0 => "Server".to_owned(),
        None => format!("Server{}", index + 1),
    }
}

fn values(variable: &ServerVariable) -> Vec<Ident> {
    let mut scope = Scope::reserving(&["Self"]);
    let values = variable.values.iter();
    values
        .map(|value| scope.claim(&[camel(value)]).ident)
        .collect()
}

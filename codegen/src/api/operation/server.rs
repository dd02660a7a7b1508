//! Servers and their variables.

use crate::api::model::{Docs, Server, ServerVariable};
use crate::normalize::keys;

/// The servers of a document, path or operation.
pub(in crate::api) fn servers(list: &[openapiv3::Server]) -> Vec<Server> {
    list.iter().map(server).collect()
}

fn server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        url: server.url.clone(),
        variables: variables
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                docs: described(variable.description.as_ref()),
            })
            .collect(),
        name: [keys::SERVER_NAME, keys::NAME]
            .iter()
            .find_map(|key| server.extensions.get(*key)?.as_str())
            .map(str::to_owned),
        docs: described(server.description.as_ref()),
    }
}

fn described(description: Option<&String>) -> Docs {
    Docs {
        description: description.cloned(),
        ..Docs::default()
    }
}

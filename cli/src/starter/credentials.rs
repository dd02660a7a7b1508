//! Credentials of the first call, from the environment.

use typewright::api::model::SchemeKind;
use typewright::lower::model::{Client, Method, Scheme};
use typewright::names::shouty;

/// A constructor of credentials, and the variables of the environment with its arguments.
#[derive(Debug)]
pub struct Constructor {
    pub method: String,
    pub variables: Vec<String>,
}

/// The constructors for the first alternative of the operation's security requirements; none if it may be called without
/// credentials. Without an operation: the first scheme.
pub fn constructors(client: &Client, method: Option<&Method>, prefix: &str) -> Vec<Constructor> {
    let schemes: Vec<&Scheme> = match method {
        None => client.schemes.iter().take(1).collect(),
        Some(method) => {
            let alternatives = &method.data.security;
            let first = alternatives.first().filter(|_| !alternatives.iter().any(Vec::is_empty));
            let required = first.into_iter().flatten();
            let named = |name: &str| client.schemes.iter().find(|scheme| scheme.name.wire == name);
            required.filter_map(|required| named(&required.scheme)).collect()
        }
    };
    let is_only = schemes.len() == 1;
    let schemes = schemes.into_iter();
    let constructor = |scheme: &Scheme| {
        let prefix = match is_only {
            true => prefix.to_owned(),
            false => format!("{prefix}_{}", shouty(&scheme.name.wire)),
        };
        let words = words(&scheme.kind).iter();
        Constructor {
            method: scheme.name.ident.to_string(),
            variables: words.map(|word| format!("{prefix}_{word}")).collect(),
        }
    };
    schemes.map(constructor).collect()
}

/// The words for the arguments of a scheme's constructor.
fn words(kind: &SchemeKind) -> &'static [&'static str] {
    match kind {
        SchemeKind::ApiKey { .. } => &["API_KEY"],
        SchemeKind::Basic | SchemeKind::Digest => &["USERNAME", "PASSWORD"],
        SchemeKind::OAuth2 { client_credentials: Some(_), .. } => &["CLIENT_ID", "CLIENT_SECRET"],
        SchemeKind::Bearer
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::OpenIdConnect(_)
        | SchemeKind::Other(_) => &["TOKEN"],
        SchemeKind::MutualTls | SchemeKind::Unplaced => &[],
    }
}

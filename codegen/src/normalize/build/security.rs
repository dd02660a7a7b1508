//! Security schemes.

use super::{demanded, extensions, map, member, text};
use crate::load::Node;
use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityScheme,
};

pub(super) fn scheme(node: &Node) -> SecurityScheme {
    let description = text(node, "description");
    let extensions = extensions(node);
    match node.text_of("type").unwrap_or_default() {
        "apiKey" => SecurityScheme::APIKey {
            location: match node.text_of("in").unwrap_or_default() {
                "query" => APIKeyLocation::Query,
                "cookie" => APIKeyLocation::Cookie,
                _ => APIKeyLocation::Header,
            },
            name: demanded(node, "name"),
            description,
            extensions,
        },
        "oauth2" => SecurityScheme::OAuth2 {
            flows: member(node, "flows", flows).unwrap_or_default(),
            description,
            extensions,
        },
        "openIdConnect" => SecurityScheme::OpenIDConnect {
            open_id_connect_url: demanded(node, "openIdConnectUrl"),
            description,
            extensions,
        },
        _ => SecurityScheme::HTTP {
            scheme: demanded(node, "scheme"),
            bearer_format: text(node, "bearerFormat"),
            description,
            extensions,
        },
    }
}

fn scopes(node: &Node) -> IndexMap<String, String> {
    map(node, "scopes", |scope| {
        scope.as_text().unwrap_or_default().to_owned()
    })
}

fn flows(node: &Node) -> OAuth2Flows {
    OAuth2Flows {
        implicit: member(node, "implicit", |node| ImplicitOAuth2Flow {
            authorization_url: demanded(node, "authorizationUrl"),
            refresh_url: text(node, "refreshUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        password: member(node, "password", |node| PasswordOAuth2Flow {
            refresh_url: text(node, "refreshUrl"),
            token_url: demanded(node, "tokenUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        client_credentials: member(node, "clientCredentials", |node| {
            ClientCredentialsOAuth2Flow {
                refresh_url: text(node, "refreshUrl"),
                token_url: demanded(node, "tokenUrl"),
                scopes: scopes(node),
                extensions: extensions(node),
            }
        }),
        authorization_code: member(node, "authorizationCode", |node| {
            AuthorizationCodeOAuth2Flow {
                authorization_url: demanded(node, "authorizationUrl"),
                token_url: demanded(node, "tokenUrl"),
                refresh_url: text(node, "refreshUrl"),
                scopes: scopes(node),
                extensions: extensions(node),
            }
        }),
        extensions: extensions(node),
    }
}

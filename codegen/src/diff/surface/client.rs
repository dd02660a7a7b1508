//! The client, its credentials, the response headers and the servers.

use super::{Builder, Kind, Source};
use crate::api::model::SchemeKind;
use crate::emit::signature;
use crate::lower::model::{Client, Server, ServerVariable};

/// Traits of every server.
const SERVER_TRAITS: [&str; 3] = ["Clone", "Debug", "Default"];

/// Traits of the values of a server's variable.
const VARIABLE_TRAITS: [&str; 5] = ["Clone", "Copy", "Debug", "Eq", "PartialEq"];

impl Builder<'_> {
    pub(super) fn client(&mut self, client: &Client) {
        let document = Source::unplaced("servers");
        for constructor in ["new", "builder"] {
            let path = format!("Client::{constructor}()");
            let base_url = if client.servers.is_empty() { "base_url: &str" } else { "" };
            self.add(path, Kind::Constructor, base_url, &document.part(constructor));
        }
        let mut methods = client.files.iter().flat_map(|file| &file.methods);
        if methods.any(|method| method.follow_up.is_some()) {
            for method in ["resume", "watch"] {
                let path = format!("Client::{method}()");
                self.add(path, Kind::Method, "", &Source::unplaced(method));
            }
        }
        self.credentials(client);
        for header in &client.headers {
            let source = Source::unplaced(format!("header {}", header.wire));
            let path = format!("headers::{}", header.ident.text());
            let ty = signature::header(&header.value);
            let entry = self.add(path, Kind::Constant, ty, &source);
            entry.is_deprecated = header.attributes.deprecated;
        }
        for server in &client.choices {
            self.server(server, &document.part(&server.url));
        }
    }

    fn credentials(&mut self, client: &Client) {
        if !client.schemes.is_empty() {
            for method in ["none", "send_all"] {
                let source = Source::unplaced("security schemes").part(method);
                self.add(format!("Credentials::{method}()"), Kind::Method, "", &source);
            }
        }
        for scheme in &client.schemes {
            let declared = self.api.security_schemes.get(&scheme.name.wire);
            let mut source = Source::unplaced(format!("security scheme {}", scheme.name.wire));
            if let Some(declared) = declared {
                source = source.at(&declared.at.place);
            }
            let path = format!("Credentials::{}()", scheme.name.ident.text());
            let entry = self.add(path, Kind::Method, credential(&scheme.kind), &source);
            entry.is_deprecated = scheme.attributes.deprecated;
        }
    }

    fn server(&mut self, server: &Server, source: &Source) {
        let path = format!("servers::{}", server.name.text());
        let entry = self.add(path.clone(), Kind::Type, "struct", source);
        entry.is_deprecated = server.attributes.deprecated;
        self.traits(&path, SERVER_TRAITS, source);
        for variable in &server.variables {
            self.server_variable(&path, variable, &source.part(&variable.wire));
        }
    }

    fn server_variable(&mut self, server: &str, variable: &ServerVariable, source: &Source) {
        let is_enum = !variable.values.is_empty();
        let ty = if is_enum { variable.ty.text() } else { "String" };
        let setter = format!("{server}::{}()", variable.setter.text());
        let entry = self.add(setter, Kind::Setter, ty, source);
        entry.is_deprecated = variable.attributes.deprecated;
        if !is_enum {
            return;
        }
        let path = format!("servers::{}", variable.ty.text());
        let source = source.part("type");
        self.add(path.clone(), Kind::Type, "enum", &source);
        self.traits(&path, VARIABLE_TRAITS, &source);
        self.add(format!("{path}::as_str()"), Kind::Method, "&str", &source.part("as_str"));
        for (wire, ident) in &variable.values {
            let path = format!("{path}::{}", ident.text());
            self.add(path, Kind::Variant, "", &source.part(wire));
        }
    }
}

/// Arguments of a credential's constructor.
fn credential(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKey { .. } => "key",
        SchemeKind::Basic | SchemeKind::Digest => "username, password",
        SchemeKind::Bearer | SchemeKind::Other(_) => "token",
        SchemeKind::OAuth2 { client_credentials: Some(_), .. } => "client_id, client_secret",
        SchemeKind::OAuth2 { client_credentials: None, .. } | SchemeKind::OpenIdConnect(_) => {
            "credential"
        }
        SchemeKind::MutualTls | SchemeKind::Unplaced => "",
    }
}

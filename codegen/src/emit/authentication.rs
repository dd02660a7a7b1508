//! The trait of a server that finds out who calls.

use super::client;
use super::code::{docs, outer_or, Code};
use crate::api::model::SchemeKind;
use crate::lower::model::Security;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the trait that finds out who calls, and its table.
pub fn items(security: &Security) -> [Code; 2] {
    let name = &security.name;
    let methods = security.schemes.iter().map(|scheme| {
        let ident = &scheme.name.ident;
        let attributes = outer_or(&scheme.attributes, client::scheme_docs(&scheme.kind));
        let digest = (scheme.kind == SchemeKind::Digest).then(digest_docs);
        quote! {
            #attributes
            #digest
            fn #ident(
                &self,
                credential: rt::RequestCredential,
            ) -> impl std::future::Future<Output = Result<Self::Principal, rt::Denial>> + Send;
        }
    });
    let definition = quote! {
        /// Finds out who calls, by the credentials of requests.
        pub trait #name: Send + Sync + 'static {
            /// Whom a credential stands for.
            type Principal: Send + Sync + 'static;
            #(#methods)*
        }
    };
    let rows = security.schemes.iter();
    let rows = rows.map(|scheme| format!("{:?} => {}", scheme.name.wire, scheme.name.ident));
    let rows: Vec<String> = rows.collect();
    [definition.into(), Code::table(&format!("rt::security! {{ {name}"), &rows, "")]
}

/// Returns what is different with digests: they need a nonce, which only the service can make and know again (RFC 7616).
fn digest_docs() -> TokenStream {
    docs(&[
        String::new(),
        "The secret is the text behind `Digest` in `Authorization`; it is empty where a request has none, and then".to_owned(),
        "only the challenge of the denial is asked for: `Digest realm=\"…\", qop=\"auth\", algorithm=SHA-256, nonce=\"…\"`."
            .to_owned(),
    ])
}

//! How operations go on: their pages, and what follows them to their end.

use super::code::{inline, Code, WIDTH};
use crate::lower::model::{Client, FollowUp, Method, PageItems, PollRequest, Presence};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// What the calls of an operation that goes on can do.
pub fn items(method: &Method) -> Vec<Code> {
    let call = &method.call;
    let paged = method.paged.as_ref();
    let pages = paged.map(|_| Code::macro_call(&format!("rt::pages! {{ {call} }}")));
    let items = paged.and_then(|paged| paged.items.as_ref());
    let items = items.map(|items| page_items(call, items));
    let wait = method.follow.as_ref().map(|follow| wait(method, follow));
    pages.into_iter().chain(items).chain(wait).collect()
}

fn page_items(call: &Ident, items: &PageItems) -> Code {
    let (page, item) = (&items.page, &items.item);
    let mut ways = Vec::new();
    let mut found = quote!(page);
    for (index, step) in items.steps.iter().enumerate() {
        let field = &step.field;
        let last = index + 1 == items.steps.len();
        found = match (step.presence, last) {
            (Presence::Required, _) => quote!(#found.#field),
            (Presence::Optional | Presence::Nullable | Presence::Lenient, true) => {
                quote!(#found.#field.unwrap_or_default())
            }
            (Presence::OptionalNullable, true) => {
                quote!(#found.#field.into_value().unwrap_or_default())
            }
            (presence, false) => {
                let option =
                    (presence == Presence::OptionalNullable).then(|| quote!(.into_value()));
                ways.push(inline(&quote!(let Some(page) = #found.#field #option)));
                quote!(page)
            }
        };
    }
    let (page, item, found) = (
        inline(&quote!(#page)),
        inline(&quote!(#item)),
        inline(&found),
    );
    let head = format!("rt::items! {{ {call}, |page: {page}| -> Vec<{item}>");
    let line = format!("{head} {{ {found} }} }}");
    if ways.is_empty() && line.len() <= WIDTH {
        return Code::macro_call(&line);
    }
    let ways = ways.into_iter();
    let ways: String = ways
        .map(|way| format!("    {way} else {{\n        return Vec::new();\n    }};\n"))
        .collect();
    Code::macro_call(&format!("{head} {{\n{ways}    {found}\n}} }}"))
}

fn wait(method: &Method, follow: &FollowUp) -> Code {
    let (call, marker) = (&method.call, &method.marker);
    let last = match follow {
        FollowUp::Poll {
            get: PollRequest::Operation(last),
            ..
        } => last,
        FollowUp::Poll { .. } | FollowUp::Location => call,
    };
    Code::macro_call(&format!("rt::wait! {{ {call}({marker}) -> {last} }}"))
}

/// The client's method for what goes on after the response of some operation.
pub fn resume(client: &Client) -> Option<TokenStream> {
    let mut methods = client.files.iter().flat_map(|file| &file.methods);
    let runs = methods.any(|method| method.follow.is_some());
    runs.then(|| {
        quote! {
            /// Polls what was started before until it has ended: by its id, or by the URL that the server gave.
            ///
            /// # Errors
            /// A request fails, the operation ends in an error, or the deadline passes.
            #[inline]
            pub fn resume<O: rt::LongRunning>(
                &self,
                id: &str,
                config: rt::PollConfig,
            ) -> rt::OutputFuture<O::Last> {
                self.0.call(O::spec()).resume::<O>(id, config)
            }
        }
    })
}

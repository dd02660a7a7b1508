//! How operations go on: their pages, and what follows them to their end.

use super::data::static_of;
use super::words::docs;
use crate::api::ir::{NextPage, Until};
use crate::names::Ident;
use crate::rust::ir::{
    Client, FollowData, GetData, Method, Paged, PagedItems, Presence, ServerData,
};
use crate::tokens::{quote, Literal, Tokens};

/// A JSON pointer (RFC 6901).
fn pointer(path: &[String]) -> String {
    let escaped = path
        .iter()
        .map(|name| name.replace('~', "~0").replace('/', "~1"));
    escaped.map(|name| format!("/{name}")).collect()
}

/// The types of an operation that goes on.
pub fn items(method: &Method) -> Vec<Tokens> {
    let paged = method
        .paged
        .iter()
        .flat_map(|paged| pages(&method.marker, paged));
    let follow = method
        .follow
        .iter()
        .flat_map(|follow| running(method, follow));
    paged.chain(follow).collect()
}

fn pages(marker: &Ident, paged: &Paged) -> Vec<Tokens> {
    let next = next(&paged.paging.next);
    let list = pointer(paged.paging.items.as_deref().unwrap_or_default());
    let list = (!list.is_empty()).then(|| quote!(items: #list,));
    let limit = paged.paging.limit.as_ref();
    let limit = limit.map(|parameter| quote!(limit: Some(#parameter),));
    let more = paged.paging.more.as_deref().map(pointer);
    let more = more.map(|pointer| quote!(.more(#pointer)));
    let total = paged.paging.total.as_deref().map(pointer);
    let total = total.map(|pointer| quote!(total: Some(#pointer),));
    let pages = quote! {
        impl rt::Paged for #marker {
            const PAGING: &'static rt::Paging = &rt::Paging {
                next: #next,
                #list #limit #total
                ..rt::Paging::DEFAULT #more
            };
        }
    };
    let items = paged.items.as_ref().map(|items| page_items(marker, items));
    [pages].into_iter().chain(items).collect()
}

fn next(next: &NextPage) -> Tokens {
    match next {
        NextPage::Number { parameter, first } => {
            let first = Literal::integer(*first);
            quote!(rt::NextPage::Number { parameter: #parameter, first: #first })
        }
        NextPage::Offset { parameter } => quote!(rt::NextPage::Offset { parameter: #parameter }),
        NextPage::Index { parameter } => quote!(rt::NextPage::Index { parameter: #parameter }),
        NextPage::LastItem { parameter, path } => {
            let pointer = pointer(path);
            quote!(rt::NextPage::LastItem { parameter: #parameter, pointer: #pointer })
        }
        NextPage::Token { parameter, path } => {
            let pointer = pointer(path);
            quote!(rt::NextPage::Token { parameter: #parameter, pointer: #pointer })
        }
        NextPage::Link { path } => {
            let pointer = pointer(path);
            quote!(rt::NextPage::Link { pointer: #pointer })
        }
        NextPage::Header => quote!(rt::NextPage::Header),
    }
}

fn page_items(marker: &Ident, items: &PagedItems) -> Tokens {
    let (page, item) = (&items.page, &items.item);
    let mut ways = Vec::new();
    let mut found = quote!(page);
    for (index, step) in items.steps.iter().enumerate() {
        let field = &step.field;
        let last = index + 1 == items.steps.len();
        found = match (step.presence, last) {
            (Presence::Required, _) => quote!(#found.#field),
            (Presence::Optional | Presence::Nullable, true) => {
                quote!(#found.#field.unwrap_or_default())
            }
            (Presence::OptionalNullable, true) => {
                quote!(#found.#field.into_value().unwrap_or_default())
            }
            (presence, false) => {
                let option =
                    (presence == Presence::OptionalNullable).then(|| quote!(.into_value()));
                ways.push(quote! {
                    let Some(page) = #found.#field #option else {
                        return Vec::new();
                    };
                });
                quote!(page)
            }
        };
    }
    quote! {
        impl rt::PagedItems for #marker {
            type Item = #item;
            #[inline]
            fn items(page: #page) -> Vec<#item> {
                #(#ways)*
                #found
            }
        }
    }
}

fn running(method: &Method, follow: &FollowData) -> Vec<Tokens> {
    let marker = &method.marker;
    let (last, data, elsewhere) = match follow {
        FollowData::Location => (marker, quote!(rt::Follow::Location), None),
        FollowData::Poll { get, polling } => {
            let (last, data, elsewhere) = match get {
                GetData::Operation { marker, constant } => (marker, quote!(#constant.data()), None),
                GetData::Elsewhere(server) => {
                    let name = &server.name;
                    (
                        marker,
                        quote!(&#name),
                        Some(get_elsewhere(method, server, &polling.parameter)),
                    )
                }
            };
            let (parameter, id) = (&polling.parameter, pointer(&polling.id));
            let until = until(&polling.until);
            let polling = quote! {
                rt::Follow::Poll(rt::Polling { get: #data, parameter: #parameter, id: #id, until: #until })
            };
            (last, polling, elsewhere)
        }
    };
    let running = quote! {
        impl rt::LongRunning for #marker {
            type Last = #last;
            const FOLLOW: &'static rt::Follow = &#data;
        }
    };
    [running].into_iter().chain(elsewhere).collect()
}

fn until(until: &Until) -> Tokens {
    match until {
        Until::Done { done, error } => {
            let (done, error) = (pointer(done), pointer(error));
            quote!(rt::Until::Done { done: #done, error: #error })
        }
        Until::State {
            state,
            success,
            failure,
        } => {
            let state = pointer(state);
            quote! {
                rt::Until::State { state: #state, success: &[#(#success),*], failure: &[#(#failure),*] }
            }
        }
    }
}

/// What is asked of another server: it answers as the operation does, and takes the same credentials.
fn get_elsewhere(method: &Method, server: &ServerData, parameter: &str) -> Tokens {
    let (name, origin, path) = (&server.name, &server.origin, &server.path);
    let mut data = method.data.clone();
    data.id = format!("{}.get", data.id);
    data.method = "GET".to_owned();
    data.path.clone_from(path);
    data.bodies.clear();
    data.idempotency_key = None;
    let servers = quote!(servers: &[rt::Server { url: #origin, variables: &[] }],);
    let parameters = quote!(parameters: &[rt::Parameter::path(#parameter)],);
    data.servers.clear();
    data.parameters.clear();
    static_of(name, &data, &quote!(#servers #parameters))
}

/// The types behind an operation that goes on.
pub fn named(method: &Method) -> Vec<&Ident> {
    let items = method.paged.iter().filter_map(|paged| paged.items.as_ref());
    items
        .flat_map(|items| items.page.named().into_iter().chain(items.item.named()))
        .collect()
}

/// The markers and constants of other operations that an operation names.
pub fn others(method: &Method) -> Vec<&Ident> {
    match &method.follow {
        Some(FollowData::Poll {
            get: GetData::Operation { marker, constant },
            ..
        }) => vec![marker, constant],
        Some(FollowData::Poll { .. } | FollowData::Location) | None => Vec::new(),
    }
}

/// What calls can do whose operations go on, where there are any.
pub fn of_calls(client: &Client) -> Vec<Tokens> {
    let mut methods = client.files.iter().flat_map(|file| &file.methods);
    let items = methods.clone().filter_map(|method| method.paged.as_ref());
    let has_items = items.clone().any(|paged| paged.items.is_some());
    let has_pages = items.count() > 0;
    let runs = methods.any(|method| method.follow.is_some());
    let mut found = Vec::new();
    found.extend(has_pages.then(call_pages));
    found.extend(has_items.then(call_items));
    if runs {
        found.extend([call_wait(), client_resume()]);
    }
    found
}

fn call_pages() -> Tokens {
    quote! {
        impl<O: rt::Paged> Call<O> {
            /// The pages of the list, each asked for when it is wanted.
            #[inline]
            pub fn pages(self) -> rt::Pages<O> {
                self.call.pages(O::PAGING)
            }
        }
    }
}

fn call_items() -> Tokens {
    quote! {
        impl<O: rt::PagedItems> Call<O> {
            /// The items of all pages, page after page.
            #[inline]
            pub fn items(self) -> rt::PageItems<O, O::Item> {
                self.call.items(O::PAGING, O::items)
            }
        }
    }
}

fn call_wait() -> Tokens {
    quote! {
        impl<O: rt::LongRunning> Call<O> {
            /// Sends the request and waits for the end of what it starts; dropping the future stops the
            /// waiting only.
            #[inline]
            pub fn wait(self) -> rt::OutputFuture<O::Last> {
                self.wait_with(rt::PollConfig::default())
            }
            /// The same, with pauses and a deadline of one's own.
            #[inline]
            pub fn wait_with(self, patience: rt::PollConfig) -> rt::OutputFuture<O::Last> {
                self.call.wait_for::<O>(patience)
            }
        }
    }
}

fn client_resume() -> Tokens {
    let words = docs(&[
        "Waits for the end of what was started before: by its id, or by the URL that the server gave.",
    ]);
    quote! {
        impl Client {
            #words
            #[inline]
            pub fn resume<O: rt::LongRunning>(
                &self,
                operation: rt::Operation<O>,
                id: &str,
                patience: rt::PollConfig,
            ) -> rt::OutputFuture<O::Last> {
                self.0.call(operation.data()).resume_for::<O>(id, patience)
            }
        }
    }
}

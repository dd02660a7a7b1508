//! IR B as tokens: spells out what was decided, and decides nothing.

mod answer;
mod argument;
mod around;
mod body;
mod choice;
mod client;
pub mod contract;
mod data;
mod defaults;
mod events;
pub mod examples;
mod going_on;
mod groups;
mod item;
mod macro_call;
mod method;
mod module;
mod operation;
mod record;
mod rules;
mod spec_text;
mod turns;
mod types;
mod union;
mod words;

pub use module::{Later, Module};

use crate::lower::model::{Client, Crate, Item, OperationFile, TypeFile};
use crate::names::Ident;
use crate::tokens::{quote, Literal, Tokens};
use module::{mentions, mentions_any};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The contract of the runtime that generated code needs.
const CONTRACT: u32 = 1;

/// The modules of a generated crate.
pub fn emit(krate: &Crate) -> Module<'_> {
    let deprecated = Rc::new(deprecated(krate));
    let mut root = Module {
        docs: krate.docs.clone(),
        public: true,
        ..Module::default()
    };
    let contract = Literal::integer(CONTRACT);
    if let Some(client) = &krate.client {
        root.children.push(Later::new(|| client_module(client)));
        let headers = around::headers(&client.headers);
        root.children.extend(headers.map(Later::from));
        root.children.push(operations(client, &deprecated).into());
        let servers = around::servers(&client.choices);
        root.children.extend(servers.map(Later::from));
        root.items.push(quote!(
            pub use client::{Call, Client, Credentials};
        ));
    }
    let incoming = around::incoming(&krate.incoming);
    root.children.extend(incoming.map(Later::from));
    root.children.push(types(krate, &deprecated).into());
    root.items.push(quote!(
        pub use typewright_runtime as runtime;
    ));
    root.items
        .push(quote!(const _: () = runtime::codegen::v1::contract(#contract);));
    root
}

fn client_module(client: &Client) -> Module<'_> {
    let items = [
        vec![quote!(
            use typewright_runtime::codegen::v1 as rt;
        )],
        client::items(client),
    ]
    .concat();
    Module {
        items,
        ..Module::named("client")
    }
}

fn types<'a>(krate: &'a Crate, deprecated: &Deprecated<'a>) -> Module<'a> {
    let mut types = Module {
        public: true,
        ..Module::named("types")
    };
    types.docs = vec!["The types of the API.".to_owned()];
    for file in &krate.types {
        let module = &file.module;
        types.items.push(quote!(pub use #module::*;));
        let deprecated = Rc::clone(deprecated);
        types
            .children
            .push(Later::new(move || type_file(file, krate, &deprecated)));
    }
    types
}

fn type_file<'a>(file: &'a TypeFile, krate: &Crate, deprecated: &BTreeSet<&str>) -> Module<'a> {
    let own: BTreeSet<&Ident> = file.items.iter().map(Item::name).collect();
    let named: BTreeSet<&Ident> = file.items.iter().flat_map(item::named).collect();
    let others: Vec<_> = named.difference(&own).collect();
    let definitions = file.items.iter().flat_map(|item| {
        let more = krate.derives.get(item.name());
        let more = more.map_or(&[][..], Vec::as_slice);
        item::definition(item, more)
    });
    let items: Vec<_> = definitions.collect();
    let import = (!others.is_empty()).then(|| quote!(use super::{#(#others),*};));
    let module = Module {
        items: with_imports(items, import),
        ..Module::of(&file.module)
    };
    tolerant(module, own.union(&named), deprecated)
}

/// The items after the imports that they need.
fn with_imports(items: Vec<Tokens>, imports: impl IntoIterator<Item = Tokens>) -> Vec<Tokens> {
    // from the end: codecs stand there, and name the runtime in their first tokens
    let runtime = items
        .iter()
        .rev()
        .any(|item| mentions(item, "rt"))
        .then(|| {
            quote!(
                use typewright_runtime::codegen::v1 as rt;
            )
        });
    imports.into_iter().chain(runtime).chain(items).collect()
}

fn operations<'a>(client: &'a Client, deprecated: &Deprecated<'a>) -> Module<'a> {
    let mut operations = Module {
        public: true,
        ..Module::named("operations")
    };
    operations.docs =
        vec!["The operations of the API: the types of their calls and responses.".to_owned()];
    for file in &client.files {
        let module = &file.module;
        operations.items.push(quote!(pub use #module::*;));
        let deprecated = Rc::clone(deprecated);
        operations
            .children
            .push(Later::new(move || operation_file(file, &deprecated)));
    }
    operations
}

fn operation_file<'a>(file: &'a OperationFile, deprecated: &BTreeSet<&str>) -> Module<'a> {
    let named: BTreeSet<&Ident> = file.methods.iter().flat_map(method::named).collect();
    let items: Vec<_> = method::file(file);
    let client = quote!(
        use super::super::client::{Call, Client};
    );
    let types = (!named.is_empty()).then(|| quote!(use super::super::types::{#(#named),*};));
    let own: BTreeSet<&Ident> = file.methods.iter().map(|method| &method.call).collect();
    let others = file.methods.iter().filter_map(going_on::other);
    let others: BTreeSet<&Ident> = others.filter(|other| !own.contains(other)).collect();
    let others = (!others.is_empty()).then(|| quote!(use super::{#(#others),*};));
    let imports = [client].into_iter().chain(types).chain(others);
    let module = Module {
        items: with_imports(items, imports),
        ..Module::of(&file.module)
    };
    tolerant(module, &named, deprecated)
}

/// The names of the types that the document calls deprecated, for every file that may name some.
type Deprecated<'a> = Rc<BTreeSet<&'a str>>;

/// The types that the document calls deprecated.
fn deprecated(krate: &Crate) -> BTreeSet<&str> {
    let items = krate.types.iter().flat_map(|file| &file.items);
    items
        .filter(|item| item.is_deprecated())
        .map(|item| item.name().text())
        .collect()
}

/// The module, its items allowed to name deprecated types: the warning is for the caller.
///
/// The tokens are searched only where the module names such a type at all.
fn tolerant<'a, 'm>(
    mut module: Module<'m>,
    named: impl IntoIterator<Item = &'a &'a Ident>,
    deprecated: &BTreeSet<&str>,
) -> Module<'m> {
    let mut named = named.into_iter();
    if !named.any(|name| deprecated.contains(name.text())) {
        return module;
    }
    for item in &mut module.items {
        let names_some = mentions_any(item, &|word| deprecated.contains(word));
        if names_some && item.as_verbatim().is_none() && !mentions(item, "allow") {
            let strict = &*item;
            *item = quote!(#[allow(deprecated)] #strict);
        }
    }
    module
}

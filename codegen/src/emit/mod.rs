//! IR B as tokens: spells out what was decided, and decides nothing.

mod api_spec;
mod argument;
mod attributes;
mod body;
mod choice;
mod client;
mod code;
pub mod contract;
mod conversions;
mod defaults;
mod events;
pub mod examples;
mod follow_up;
mod groups;
mod item;
mod method;
mod module;
mod operation;
mod operation_spec;
mod record;
mod responses;
mod servers;
pub mod signature;
mod types;
mod union;
mod validation;

pub use code::Code;
pub use module::{Later, Module};

use crate::lower::model::{Client, Crate, OperationFile, TypeFile};
use crate::names::{Ident, Path};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// The contract of the runtime that generated code needs.
const CONTRACT: u32 = 1;

/// The modules of a generated crate.
pub fn emit(krate: &Crate) -> Module<'_> {
    let mut root = Module {
        docs: krate.docs.clone(),
        public: true,
        ..Module::default()
    };
    let contract = Literal::u32_unsuffixed(CONTRACT);
    if let Some(client) = &krate.client {
        root.children.push(Later::new(|| client_module(client)));
        if !client.headers.is_empty() {
            let headers = || servers::headers(&client.headers);
            root.children.push(Later::new(headers));
        }
        root.children.push(Later::new(|| operations(client)));
        if !client.choices.is_empty() {
            root.children
                .push(Later::new(|| servers::servers(&client.choices)));
        }
        root.items.push(
            quote!(
                pub use client::{Call, Client, Credentials};
            )
            .into(),
        );
    }
    if !krate.incoming.is_empty() {
        root.children
            .push(Later::new(|| servers::incoming(&krate.incoming)));
    }
    root.children.push(Later::new(|| types(krate)));
    root.items.push(
        quote!(
            pub use typewright_runtime as runtime;
        )
        .into(),
    );
    root.items
        .push(quote!(const _: () = runtime::codegen::v1::contract(#contract);).into());
    root
}

fn client_module(client: &Client) -> Module<'_> {
    let items = [
        vec![quote!(
            use typewright_runtime::codegen::v1 as rt;
        )
        .into()],
        client::items(client),
    ]
    .concat();
    Module {
        items,
        ..Module::named("client")
    }
}

fn types(krate: &Crate) -> Module<'_> {
    let file = |file| Later::new(move || type_file(file, &krate.derives));
    Module {
        public: true,
        docs: vec!["The types of the API.".to_owned()],
        items: krate
            .types
            .iter()
            .map(|file| reexport(&file.module))
            .collect(),
        children: krate.types.iter().map(file).collect(),
        ..Module::named("types")
    }
}

fn reexport(module: &Ident) -> Code {
    quote!(pub use #module::*;).into()
}

fn type_file<'a>(file: &'a TypeFile, derives: &BTreeMap<Ident, Vec<Path>>) -> Module<'a> {
    let items = file.items.iter().flat_map(|item| {
        let derives = derives.get(item.name()).map_or(&[][..], Vec::as_slice);
        item::definition(item, derives)
    });
    Module {
        items: with_imports(items.collect(), import("super", &file.imports)),
        allow_deprecated: file.allow_deprecated,
        ..Module::of(&file.module)
    }
}

/// `use path::{…};`, unless there is nothing to import.
fn import(path: &str, names: &BTreeSet<Ident>) -> Option<TokenStream> {
    let path: TokenStream = path.parse().unwrap_or_default();
    let names = names.iter();
    (names.len() > 0).then(|| quote!(use #path::{#(#names),*};))
}

/// The items after their imports.
fn with_imports(items: Vec<Code>, imports: impl IntoIterator<Item = TokenStream>) -> Vec<Code> {
    // From the end: tables are there, and name the runtime in their first tokens.
    let uses_runtime = items.iter().rev().any(|item| item.mentions("rt"));
    let runtime = uses_runtime.then(|| {
        quote!(
            use typewright_runtime::codegen::v1 as rt;
        )
    });
    let imports = imports.into_iter().chain(runtime);
    imports.map(Code::from).chain(items).collect()
}

fn operations(client: &Client) -> Module<'_> {
    let docs = "The operations of the API: the types of their calls and responses.";
    let file = |file| Later::new(move || operation_file(file));
    Module {
        public: true,
        docs: vec![docs.to_owned()],
        items: client
            .files
            .iter()
            .map(|file| reexport(&file.module))
            .collect(),
        children: client.files.iter().map(file).collect(),
        ..Module::named("operations")
    }
}

fn operation_file(file: &OperationFile) -> Module<'_> {
    let imports = [
        Some(quote!(
            use super::super::client::{Call, Client};
        )),
        import("super::super::types", &file.imports.types),
        import("super", &file.imports.calls),
    ];
    Module {
        items: with_imports(method::file(file), imports.into_iter().flatten()),
        allow_deprecated: file.imports.allow_deprecated,
        ..Module::of(&file.module)
    }
}

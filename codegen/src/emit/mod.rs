//! Spells out the Rust model as tokens and macro calls. All decisions have been made in `lower`.

mod argument;
mod authentication;
mod client;
mod code;
mod conversions;
mod defaults;
mod enums;
mod examples;
mod front_page;
pub mod generated_tests;
pub mod guide;
mod method;
mod module;
mod operation;
mod operation_spec;
mod record;
mod responses;
mod servers;
mod service;
pub mod signature;
mod types;
mod validation;
pub mod xml;

pub use code::Code;
pub use module::{condition, Later, Module};
pub use service::FEATURE as SERVER;

use crate::lower::model::{Alias, Client, Crate, Item, Newtype, OperationFile, TypeFile};
use crate::names::{Ident, Path};
use code::{inline, outer};
use module::{condition_tokens, import, runtime_import, with_imports};
use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// Version of the contract between generated code and the runtime.
const CONTRACT: u32 = 1;

/// Returns the modules of a generated crate.
pub fn emit(krate: &Crate) -> Module<'_> {
    let mut items = Vec::new();
    let mut children = Vec::new();
    if let Some(client) = &krate.client {
        let is_shared = krate.service.is_some();
        children.push(Later::new(move || client_module(client, is_shared)));
        if !client.headers.is_empty() {
            children.push(Later::new(|| responses::headers_module(&client.headers)));
        }
        children.push(Later::new(|| operations(krate, client)));
        if !client.choices.is_empty() {
            children.push(Later::new(|| servers::module(&client.choices)));
        }
        if let Some(service) = &krate.service {
            children.push(Later::new(|| service::module(krate, service)));
        }
        items.push(
            quote!(
                pub use client::{Call, Client, Credentials};
            )
            .into(),
        );
    }
    if !krate.incoming.is_empty() {
        children.push(Later::new(|| incoming(&krate.incoming)));
    }
    children.push(Later::new(|| types(krate)));
    let contract = Literal::u32_unsuffixed(CONTRACT);
    items.push(
        quote!(
            pub use typewright_runtime as runtime;
        )
        .into(),
    );
    items.push(quote!(const _: () = runtime::codegen::v1::contract(#contract);).into());
    Module { public: true, docs: front_page::lines(krate), items, children, ..Module::default() }
}

/// Returns the module of the client, whose description of the API other modules see if it `is_shared`.
fn client_module(client: &Client, is_shared: bool) -> Module<'_> {
    let mut items = vec![runtime_import().into()];
    items.extend(client::items(client, is_shared));
    Module { items, ..Module::named("client") }
}

fn operations<'m>(krate: &'m Crate, client: &'m Client) -> Module<'m> {
    let file = |file| Later::new(move || operation_file(krate, file));
    let reexports = client.files.iter();
    let reexports =
        reexports.map(|file| reexport(&file.module, &file.feature.iter().cloned().collect()));
    Module {
        public: true,
        docs: vec!["The operations of the API: the types of their calls and responses.".to_owned()],
        items: reexports.chain(xml::names(&krate.xml)).collect(),
        children: client.files.iter().map(file).collect(),
        ..Module::named("operations")
    }
}

fn operation_file<'m>(krate: &Crate, file: &'m OperationFile) -> Module<'m> {
    let imports = [
        Some(quote!(
            use super::super::client::{Call, Client};
        )),
        import(quote!(super::super::types), &file.imports.types),
        import(quote!(super), &file.imports.calls),
    ];
    Module {
        items: with_imports(method::file(krate, file), imports.into_iter().flatten()),
        allow_deprecated: file.imports.allow_deprecated,
        features: file.feature.iter().cloned().collect(),
        ..Module::new(&file.module)
    }
}

fn types(krate: &Crate) -> Module<'_> {
    let file = |file| Later::new(move || type_file(file, &krate.derives));
    Module {
        public: true,
        docs: vec!["The types of the API.".to_owned()],
        items: krate.types.iter().map(|file| reexport(&file.module, &file.features)).collect(),
        children: krate.types.iter().map(file).collect(),
        ..Module::named("types")
    }
}

fn reexport(module: &Ident, features: &BTreeSet<String>) -> Code {
    let condition = condition_tokens(features);
    quote!(#condition pub use #module::*;).into()
}

fn type_file<'a>(file: &'a TypeFile, derives: &BTreeMap<Ident, Vec<Path>>) -> Module<'a> {
    let items = file.items.iter().flat_map(|item| {
        let derives = derives.get(item.name()).map_or(&[][..], Vec::as_slice);
        definition(item, derives)
    });
    Module {
        items: with_imports(items.collect(), import(quote!(super), &file.imports)),
        allow_deprecated: file.allow_deprecated,
        features: file.features.clone(),
        ..Module::new(&file.module)
    }
}

/// Returns the definition of a type with the requested derives, its table and its methods.
fn definition(item: &Item, derives: &[Path]) -> Vec<Code> {
    match item {
        Item::Record(record) => record::items(record, derives),
        Item::Choice(choice) => enums::choice(choice, derives),
        Item::Union(union) => enums::union(union, derives),
        Item::Newtype(newtype) => newtype_items(newtype, derives).into(),
        Item::Alias(alias) => {
            let ty = &alias.ty;
            vec![alias_definition(alias, quote!(#ty)).into()]
        }
        Item::Validation(validation) => vec![validation::methods(validation).into()],
    }
}

fn newtype_items(newtype: &Newtype, derives: &[Path]) -> [Code; 2] {
    let (name, ty) = (&newtype.name, &newtype.value.ty);
    let attributes = outer(&newtype.attributes);
    let definition = quote! {
        #attributes
        #[derive(Clone, Debug, PartialEq #(, #derives)*)]
        pub struct #name(pub #ty);
    };
    let codec = types::coded(&newtype.value).map(|codec| format!(" as {}", inline(&codec)));
    let codec = codec.unwrap_or_default();
    let blank = if newtype.blank { "; blank blank" } else { "" };
    let table = format!("rt::newtype! {{ {name}{codec}{blank} }}");
    [definition.into(), Code::macro_call(&table)]
}

fn alias_definition(alias: &Alias, ty: TokenStream) -> TokenStream {
    let (name, attributes) = (&alias.name, outer(&alias.attributes));
    quote!(#attributes pub type #name = #ty;)
}

/// Returns the module of payloads of webhooks and callbacks.
///
/// Types are qualified here, because a payload may have the same name.
fn incoming<'m>(payloads: &[Alias]) -> Module<'m> {
    let named: BTreeSet<_> = payloads.iter().flat_map(|alias| alias.ty.named()).collect();
    let import = (!named.is_empty()).then(|| {
        quote!(
            use super::types;
        )
    });
    let items = payloads.iter().map(|alias| {
        let ty = &alias.ty;
        alias_definition(alias, qualified(quote!(#ty), &named))
    });
    let docs = "Payloads of the API's webhooks and callbacks, which `webhook::Verifier` of the runtime verifies and reads.";
    Module::with_runtime("incoming", docs, import, items)
}

/// Prefixes the names of generated types with `types::`.
fn qualified(ty: TokenStream, named: &BTreeSet<&Ident>) -> TokenStream {
    let qualify = |tree| match tree {
        TokenTree::Ident(ident) if named.iter().any(|name| ident == name.to_string()) => {
            quote!(types::#ident)
        }
        TokenTree::Group(group) => {
            let inner = qualified(group.stream(), named);
            TokenTree::from(Group::new(group.delimiter(), inner)).into()
        }
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => tree.into(),
    };
    ty.into_iter().map(qualify).collect()
}

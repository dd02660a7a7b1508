//! The generated tests: `tests/examples.rs` and `tests/contract.rs`.

use super::code::{mentions, raw_json, Code};
use super::types::codec_of;
use super::Module;
use crate::lower::model::{Contract, ContractValue, Example, Type, ValueLocation};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Returns the test that decodes and encodes every example, for a crate of this name.
pub fn examples(krate: &Ident, examples: &[Example]) -> Module<'static> {
    let rows = examples.iter().map(|example| {
        let Example { name, json, value } = example;
        let (codec, json) = (codec_of(value), raw_json(json));
        quote!(Example { name: #name, json: #json, again: testing::again::<#codec> })
    });
    let table = quote!(const EXAMPLES: &[Example] = &[#(#rows,)*];);
    let types = examples.iter().map(|example| &example.value.ty);
    let testing = mentions(&table, "testing").then(|| quote!(self,));
    let imports = [
        type_import(krate, types),
        mentions(&table, "rt").then(|| quote!(use #krate::runtime::codegen::v1 as rt;)),
        Some(quote!(use #krate::runtime::testing::{#testing Example};)),
        Some(quote!(
            use libtest_mimic::{Arguments, Trial};
        )),
    ];
    let main = quote! {
        fn main() -> std::process::ExitCode {
            let trials = EXAMPLES.iter().map(|example| {
                Trial::test(example.name, || example.check().map_err(Into::into))
            });
            libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
        }
    };
    Module {
        docs: vec![
            "Decodes every example of the document, encodes it again, and compares.".to_owned()
        ],
        items: imports.into_iter().flatten().chain([main, table]).map(Code::from).collect(),
        ..Module::default()
    }
}

/// Returns the import of the generated types that are named.
fn type_import<'a>(krate: &Ident, types: impl Iterator<Item = &'a Type>) -> Option<TokenStream> {
    let named: BTreeSet<&Ident> = types.flat_map(Type::named).collect();
    (!named.is_empty()).then(|| quote!(use #krate::types::{#(#named),*};))
}

/// Returns the test that calls every operation, for a crate of this name. `has_server` is `true` if the document
/// declares a server.
pub fn contract(krate: &Ident, contracts: &[Contract], has_server: bool) -> Module<'static> {
    let values =
        contracts.iter().flat_map(|contract| contract.required.iter().chain(&contract.all));
    let types = values.filter_map(|value| value.location.value_type()).map(|value| &value.ty);
    let table = contract_table(contracts);
    let value_import = mentions(&table, "ContractValue").then(|| quote!(, ContractValue));
    let imports = [
        type_import(krate, types),
        Some(quote!(use #krate::{operations, Client};)),
        Some(
            quote!(use #krate::runtime::{codegen::v1 as rt, testing::{self, Contract #value_import}};),
        ),
        Some(quote!(
            use libtest_mimic::{Arguments, Failed, Trial};
        )),
    ];
    let items = imports.into_iter().flatten().chain(contract_functions(has_server)).chain([table]);
    Module {
        docs: vec![
            "Calls every operation twice, with its required values and with all of its values, on the server".to_owned(),
            "at `TYPEWRIGHT_CONTRACT_URL`: one that checks requests, such as a mock of the document.".to_owned(),
        ],
        items: items.map(Code::from).collect(),
        ..Module::default()
    }
}

fn contract_functions(has_server: bool) -> [TokenStream; 2] {
    let builder = match has_server {
        true => quote!(Client::builder()),
        false => quote!(Client::builder(&url)),
    };
    [
        quote! {
            fn main() -> std::process::ExitCode {
                let url = std::env::var("TYPEWRIGHT_CONTRACT_URL").unwrap_or_default();
                if url.is_empty() {
                    println!("skipped: TYPEWRIGHT_CONTRACT_URL is not set");
                    return std::process::ExitCode::SUCCESS;
                }
                let client = match testing::client(#builder, &url) {
                    Ok(client) => client,
                    Err(reason) => {
                        eprintln!("{url}: {reason}");
                        return std::process::ExitCode::FAILURE;
                    }
                };
                libtest_mimic::run(&Arguments::from_args(), trials(&client)).exit_code()
            }
        },
        quote! {
            fn trials(client: &rt::Client) -> Vec<Trial> {
                let mut trials = Vec::with_capacity(2 * OPERATIONS.len());
                for operation in OPERATIONS {
                    let (one, other) = (client.clone(), client.clone());
                    let required = move || operation.with_required(&one).map_err(Failed::from);
                    let all = move || operation.with_all(&other).map_err(Failed::from);
                    trials.push(Trial::test(format!("{} required", operation.id()), required));
                    trials.push(Trial::test(format!("{} all", operation.id()), all));
                }
                trials
            }
        },
    ]
}

fn contract_table(contracts: &[Contract]) -> TokenStream {
    let rows = contracts.iter().map(|contract| {
        let call = &contract.call;
        let (required, all) = (values(&contract.required), values(&contract.all));
        quote!(Contract::new::<operations::#call>(#required, #all))
    });
    quote! {
        #[allow(deprecated)]
        static OPERATIONS: &[Contract] = &[#(#rows,)*];
    }
}

fn values(values: &[ContractValue]) -> TokenStream {
    let values = values.iter().map(value);
    quote!(&[#(#values,)*])
}

fn value(value: &ContractValue) -> TokenStream {
    let (name, text) = (&value.name, &value.json);
    let (function, ty) = match &value.location {
        ValueLocation::Path(ty) => (quote!(path), ty),
        ValueLocation::Query(ty) => (quote!(query), ty),
        ValueLocation::QueryString(ty) => (quote!(query_string), ty),
        ValueLocation::Header(ty) => (quote!(header), ty),
        ValueLocation::Cookie(ty) => (quote!(cookie), ty),
        ValueLocation::Body(ty) => (quote!(body), ty),
        ValueLocation::Part(ty) => (quote!(part), ty),
        ValueLocation::Bytes => return quote!(ContractValue::bytes(#name, #text)),
        ValueLocation::File => return quote!(ContractValue::file(#name, #text)),
    };
    let (codec, json) = (codec_of(ty), raw_json(text));
    quote!(ContractValue::#function::<#codec>(#name, #json))
}

//! `tests/contract.rs`: a table of the operations with values, and the `main` that calls each.

use super::code::{mentions, raw_json, Code};
use super::examples::imports;
use super::module::Module;
use super::types::codec_of;
use crate::lower::model::{Contract, Given, Type, ValueLocation};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// The file, of a crate of this name; `named` says that the document names a server.
pub fn file(krate: &Ident, contracts: &[Contract], named: bool) -> Module<'static> {
    let table = table(contracts);
    let each = contracts
        .iter()
        .flat_map(|one| one.required.iter().chain(&one.all));
    let types: Vec<&Type> = each
        .filter_map(|given| given.place.typed())
        .map(|value| &value.ty)
        .collect();
    let given = mentions(&table, "Given").then(|| quote!(, Given));
    let runtime =
        quote!(use #krate::runtime::{codegen::v1 as rt, testing::{self, Contract #given}};);
    let libtest = quote!(
        use libtest_mimic::{Arguments, Failed, Trial};
    );
    let items = imports(krate, &types)
        .into_iter()
        .chain([quote!(use #krate::{operations, Client};), runtime, libtest])
        .chain([main(named), trials(), table]);
    Module {
        docs: vec![
            "Calls every operation twice, with what it requires and with all that it takes, on the server"
                .to_owned(),
            "whose URL `TYPEWRIGHT_CONTRACT_URL` holds: one that checks requests, such as a mock of the document."
                .to_owned(),
        ],
        items: items.map(Code::from).collect(),
        ..Module::default()
    }
}

fn main(named: bool) -> TokenStream {
    let builder = if named {
        quote!(Client::builder())
    } else {
        quote!(Client::builder(&url))
    };
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
    }
}

fn trials() -> TokenStream {
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
    }
}

fn table(contracts: &[Contract]) -> TokenStream {
    let rows = contracts.iter().map(|contract| {
        let call = &contract.call;
        let (required, all) = (givens(&contract.required), givens(&contract.all));
        quote!(Contract::new::<operations::#call>(#required, #all))
    });
    quote! {
        #[allow(deprecated)]
        static OPERATIONS: &[Contract] = &[#(#rows,)*];
    }
}

fn givens(all: &[Given]) -> TokenStream {
    let all = all.iter().map(given);
    quote!(&[#(#all,)*])
}

fn given(given: &Given) -> TokenStream {
    let name = &given.name;
    let (function, value) = match &given.place {
        ValueLocation::Path(value) => (quote!(path), value),
        ValueLocation::Query(value) => (quote!(query), value),
        ValueLocation::QueryString(value) => (quote!(query_string), value),
        ValueLocation::Header(value) => (quote!(header), value),
        ValueLocation::Cookie(value) => (quote!(cookie), value),
        ValueLocation::Body(value) => (quote!(body), value),
        ValueLocation::Part(value) => (quote!(part), value),
        ValueLocation::Bytes => {
            let text = &given.json;
            return quote!(Given::bytes(#name, #text));
        }
        ValueLocation::File => {
            let text = &given.json;
            return quote!(Given::file(#name, #text));
        }
    };
    let (codec, json) = (codec_of(value), raw_json(&given.json));
    quote!(Given::#function::<#codec>(#name, #json))
}

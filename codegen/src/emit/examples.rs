//! `tests/examples.rs`: a table of the document's examples, and the `main` that tries each.

use super::code::{mentions, raw_json, Code};
use super::module::Module;
use super::types::codec_of;
use crate::lower::model::{Example, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The file, of a crate of this name.
pub fn file(krate: &Ident, examples: &[Example]) -> Module<'static> {
    let table = table(examples);
    let types: Vec<&Type> = examples.iter().map(|example| &example.value.ty).collect();
    let types = imports(krate, &types);
    let again = mentions(&table, "testing").then(|| quote!(self,));
    let runtime = [
        mentions(&table, "rt").then(|| quote!(use #krate::runtime::codegen::v1 as rt;)),
        Some(quote!(use #krate::runtime::testing::{#again Example};)),
        Some(quote!(
            use libtest_mimic::{Arguments, Trial};
        )),
    ];
    let imports = types.into_iter().chain(runtime.into_iter().flatten());
    Module {
        docs: vec![
            "Reads every example of the document into its type, writes it again, and compares."
                .to_owned(),
        ],
        items: imports.chain([main(), table]).map(Code::from).collect(),
        ..Module::default()
    }
}

/// The generated types that are named.
pub fn imports(krate: &Ident, types: &[&Type]) -> Option<TokenStream> {
    let named: BTreeSet<&Ident> = types.iter().flat_map(|ty| ty.named()).collect();
    (!named.is_empty()).then(|| quote!(use #krate::types::{#(#named),*};))
}

fn main() -> TokenStream {
    quote! {
        fn main() -> std::process::ExitCode {
            let trials = EXAMPLES.iter().map(|example| {
                Trial::test(example.name, || example.check().map_err(Into::into))
            });
            libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
        }
    }
}

fn table(examples: &[Example]) -> TokenStream {
    let rows = examples.iter().map(|example| {
        let Example { name, json, value } = example;
        let (codec, json) = (codec_of(value), raw_json(json));
        quote!(Example { name: #name, json: #json, again: testing::again::<#codec> })
    });
    quote!(const EXAMPLES: &[Example] = &[#(#rows,)*];)
}

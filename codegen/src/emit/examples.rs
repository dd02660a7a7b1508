//! `tests/examples.rs`: a table of the document's examples, and the `main` that tries each.

use super::module::{mentions, Module};
use super::types::codec_of;
use crate::lower::model::{Example, Type};
use crate::names::Ident;
use crate::tokens::{quote, Literal, Tokens};
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
        items: imports.chain([main(), table]).collect(),
        ..Module::default()
    }
}

/// The generated types that are named.
pub fn imports(krate: &Ident, types: &[&Type]) -> Option<Tokens> {
    let named: BTreeSet<&Ident> = types.iter().flat_map(|ty| ty.named()).collect();
    (!named.is_empty()).then(|| quote!(use #krate::types::{#(#named),*};))
}

fn main() -> Tokens {
    quote! {
        fn main() -> std::process::ExitCode {
            let trials = EXAMPLES.iter().map(|example| {
                Trial::test(example.name, || example.check().map_err(Into::into))
            });
            libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
        }
    }
}

fn table(examples: &[Example]) -> Tokens {
    let rows = examples.iter().map(|example| {
        let Example { name, json, value } = example;
        let (codec, json) = (codec_of(value), raw(json));
        quote!(Example { name: #name, json: #json, again: testing::again::<#codec> })
    });
    quote!(const EXAMPLES: &[Example] = &[#(#rows,)*];)
}

/// JSON text as a raw literal, in which its quotes are its own.
pub fn raw(json: &str) -> Literal {
    Literal::raw(&escaped(json))
}

/// The same JSON without characters that turn the direction of text, which rustc refuses in a literal.
pub fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::raw;

    #[test]
    fn json_keeps_its_quotes() {
        assert_eq!(raw(r#"{"a":1}"#).text(), r##"r#"{"a":1}"#"##);
        assert_eq!(raw("\"\u{202e}\"").text(), r##"r#""\u202e""#"##);
    }
}

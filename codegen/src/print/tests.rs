//! The layout of known shapes is that of `prettyplease`.

use super::item::{general, Printer};
use super::shapes;
use crate::tokens::Tokens;
use proc_macro2::TokenStream;
use proptest::prelude::*;
use std::path::Path;

/// What the printer makes of an item, and whether it knew all of its shapes.
fn printed(item: &TokenStream) -> (String, bool) {
    let mut text = String::new();
    let mut tokens = Tokens::from(item.clone());
    Printer::default().print(tokens.clone(), &mut text);
    tokens.pair();
    let known = shapes::item(&tokens, &mut Default::default()).is_some();
    (text, known)
}

fn assert_same(item: &TokenStream) -> bool {
    let (text, known) = printed(item);
    assert_eq!(text, general(&item.to_string()));
    known
}

/// Items that the printer lays out: no calls of macros, which are laid out before, and no declarations of files.
fn printed_items(items: Vec<syn::Item>) -> Vec<syn::Item> {
    let mut kept = Vec::new();
    for item in items {
        // Modules are put together from the texts of their items.
        if let syn::Item::Mod(module) = item {
            let inner = module.content.map(|(_, items)| items);
            kept.extend(printed_items(inner.unwrap_or_default()));
        } else if !matches!(item, syn::Item::Macro(_)) {
            kept.push(item);
        }
    }
    kept
}

/// The items of every `.rs` file below a folder of this repository.
#[expect(clippy::disallowed_methods, reason = "reads this repository's files")]
fn items(folder: &Path, found: &mut Vec<TokenStream>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for path in entries.iter().map(std::fs::DirEntry::path) {
        if path.is_dir() {
            items(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let items = printed_items(file.items).into_iter();
            found.extend(items.map(quote::ToTokens::into_token_stream));
        }
    }
}

/// Takes this repository's generated text; most of it has to be known, or printing is slow.
#[test]
fn generated_items_are_laid_out_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    items(&root.join("generated"), &mut found);
    items(&root.join("tests/golden"), &mut found);
    let known = found.iter().filter(|item| assert_same(item)).count();
    assert!(found.len() > 300, "{}", found.len());
    assert!(known * 4 > found.len() * 3, "{known} of {}", found.len());
}

fn source(text: &str) -> TokenStream {
    text.parse().unwrap()
}

#[test]
fn what_is_not_known_is_printed_as_well() {
    let item = source("fn add(a: i32, b: i32) -> i32 { if a == 0 { return b; } a + b }");
    let (text, known) = printed(&item);
    assert!(!known);
    assert_eq!(text, general(&item.to_string()));
}

#[test]
fn documentation_says_what_its_literal_says() {
    for line in [
        r#" A "quoted" word, a \ and a tab:	."#,
        " Ждёт `snake_case`; it's 日本語.  ",
        "",
        "/ a third slash",
        " two\n lines",
    ] {
        assert_same(&quote::quote!(#[doc = #line] pub struct Documented;));
    }
    // what nobody sees, and what the compiler refuses, is written so that it is seen
    let line = " a nul \0, a turn \u{202E}, a return \r.";
    let (text, _) = printed(&quote::quote!(#[doc = #line] pub struct Documented;));
    let seen = "/// a nul \\u{0}, a turn \\u{202e}, a return \\u{d}.\npub struct Documented;\n";
    assert_eq!(text, seen);
}

#[test]
fn brackets_hold_one_none_or_many() {
    for item in [
        "pub struct Empty {}",
        "pub enum Never {}",
        "impl Empty {}",
        "pub struct Pair<'a, T>(pub(super) &'a mut Vec<Option<T>>, (u8,), (), [u8], Box<dyn v1::Encoder>);",
        "pub use super::{One};",
        "pub use super::{self, One, Two,};",
        "static LIST: &[&[u8]] = &[&[], &[1, 2], &[true]];",
        "impl r#type { pub fn r#fn(&mut self) -> Result<(), ()> { Self::r#in(self.0.1.clone()?)?.end() } }",
        "impl X { fn one() -> Y { Y { a, b: 1, ..Y::DEFAULT } } }",
        "impl X { fn two(self) { let Y { a, b } = self; f(|| match a { 1 | 2 => b, Z::A(c) | Z::B(c) => c, _ => x() }); } }",
        "impl X { const A: &'static B = &B { c: D { e: 1 }, ..B::F }; const G: u8 = 1; fn h(&self) -> u8 { if let Self::A(a) = &self.b { return a.c(); } if d { e(); } g() } type I = u8; }",
        "impl X { fn if_else(&self) -> u8 { if a { 1 } else { 2 } } }",
        "impl X { fn three(&self) -> Z { f(|a: i64, b| a.b(), c); f(|a| A { a }); f([a]); f((a,)); f((a, b)); f(A { a }) } }",
    ] {
        assert_same(&source(item));
    }
}

/// A codec, an operation and an enum of names of any length: so lines break at every place.
fn shaped(names: &[String]) -> Vec<TokenStream> {
    let [a, b, c, d] = names else {
        return Vec::new();
    };
    let texts = [
        format!(
            "#[allow(deprecated)] impl v1::Decode for {a} {{ #[inline] fn read(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {{
                let mut {b} = v1::Coded::<v1::Each<v1::Text<{c}>>>::new(); let mut {c} = None;
                let fields: &mut [v1::Field<'_>] = &mut [(\"{b}\", &mut {b}), (\"{c}\", &mut {c}),];
                v1::read_object_with_rest(source, fields, &mut {d})?;
                Ok(Self {{ {b}: {b}.maybe().required(\"{b}\")?, {c}, }}) }} }}"
        ),
        format!(
            "impl {a} {{ #[inline] pub fn {b}(&self, {c}: &str, {d}: &[{a}]) -> Call<{a}> {{
                let mut call = self.0.call(&{d}); call.path(\"{c}\", &{c}); self.call.query(\"{d}\", &v1::coded::<{a}>(&{d}));
                Self::builder().{b}({c}).{d}().build() }} }}"
        ),
        format!(
            "static {a}: v1::OperationSpec = v1::OperationSpec {{ id: \"{b}\", parameters: &[v1::Parameter::path(\"{c}\").explode(true)],
                replies: &[v1::Reply::new(200, &[v1::Content::json(\"{d}\")]), v1::Reply::other(&[])],
                security: &[&[v1::SecurityNeed::scheme(\"{b}\").scopes(&[\"{c}\", \"{d}\"])]], ..v1::OperationSpec::DEFAULT }};"
        ),
        format!(
            "impl From<&str> for {a} {{ fn from(value: &str) -> Self {{ match value {{ \"{b}\" => Self::{c}, \"{b}\" | \"{d}\" => x.{b}().map(|body| Self::{d}(Box::new(body))),
                _ => Self::{d}(value.{c}()), }} }} }}"
        ),
        format!(
            "impl v1::Encode for {a} {{ type Reply = v1::JsonAs<v1::Each<{b}>>; type Failure = v1::Json<{c}>; fn write(&self) {{ v1::read_tagged(source, \"{d}\", |tag, source| match tag {{
                \"{b}\" => <v1::Each<{c}> as v1::Codec>::read(source).map(Self::{d}), _ => source.any().map(Self::{b}), }}) }} }}"
        ),
        format!(
            "impl v1::Paged for {a} {{ fn read() -> A {{ let value = v1::read_text({a}, |text| Self::from(text))?; if let Self::{b}(found) = &{c} {{ v1::unlisted({d})?; }}
                if let Some(value) = self.{c}.as_deref().{b}() {{ return Some({a}::{d}(value)); }} if {a}.{b}.{c}() {{ {d}(); }}Ok(value) }}
                const P: &'static v1::P = &v1::P {{ next: v1::N::L {{ pointer: \"{b}\", }}, items: \"{c}\", ..v1::P::D }}; }}"
        ),
        format!("pub use super::{{{a}, {b}, {c}, {d}}};"),
        format!("pub const {a}: v1::Operation<{b}> = v1::Operation::new(&{c});"),
        format!("pub struct {a}(pub v1::Map<Vec<({b}, {c})>>);"),
        format!("pub enum {a} {{ {b}(Box<{c}>), {c}(v1::Map<Vec<{d}>>), {d} }}"),
    ];
    texts.iter().map(|text| source(text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lines_break_alike(names in prop::collection::vec("[a-z][a-z_]{0,44}z", 4)) {
        for item in shaped(&names) {
            prop_assert!(assert_same(&item), "not known: {}", item);
        }
    }
}

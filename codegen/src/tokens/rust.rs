//! Tokens of Rust that was parsed: what callers write in their configuration.

use super::{Kind, Tokens};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// What `doc = "…"` in the brackets of an attribute says.
fn documentation(inner: TokenStream) -> Option<String> {
    let pair: syn::MetaNameValue = syn::parse2(inner).ok()?;
    let line: syn::LitStr = syn::parse2(pair.value.to_token_stream()).ok()?;
    pair.path.is_ident("doc").then(|| line.value())
}

/// Operators of two characters that are one token, as they are in templates.
const PAIRS: [(char, char); 4] = [(':', ':'), ('-', '>'), ('=', '>'), ('.', '.')];

impl From<TokenStream> for Tokens {
    fn from(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.stream(stream);
        tokens
    }
}

impl Tokens {
    fn stream(&mut self, stream: TokenStream) {
        let mut before: Option<char> = None;
        for tree in stream {
            let joined = before.take();
            match tree {
                TokenTree::Ident(ident) if joined == Some('\'') => {
                    self.widen(Kind::Lifetime, &ident.to_string());
                }
                TokenTree::Ident(ident) => self.push(Kind::Word, &ident.to_string()),
                TokenTree::Literal(literal) => self.push(Kind::Literal, &literal.to_string()),
                TokenTree::Punct(punct) => {
                    before = self.operator(joined, punct.as_char(), punct.spacing());
                }
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            }
        }
    }

    /// Adds a character of an operator; gives it back where the next one may belong to the same.
    fn operator(&mut self, before: Option<char>, now: char, spacing: Spacing) -> Option<char> {
        let mut text = [0; 4];
        let text = now.encode_utf8(&mut text);
        if before.is_some_and(|before| PAIRS.contains(&(before, now))) {
            self.widen(Kind::Operator, text);
            return None;
        }
        self.push(Kind::Operator, text);
        let joined = spacing == Spacing::Joint;
        if let Some(token) = self.tokens.last_mut() {
            token.joined = joined;
        }
        joined.then_some(now)
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => return self.stream(inner),
        };
        if let Some(line) = documentation(inner.clone()) {
            self.tokens.pop();
            return self.push(Kind::Doc, &line);
        }
        self.push(Kind::Open(0), open);
        self.stream(inner);
        self.push(Kind::Close, close);
    }

    /// Lets the last token go on.
    fn widen(&mut self, kind: Kind, text: &str) {
        self.text.push_str(text);
        let end = self.text.len();
        if let Some(token) = self.tokens.last_mut() {
            (token.kind, token.end, token.joined) = (kind, end, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::quote;

    fn read(text: &str) -> Tokens {
        text.parse::<TokenStream>().unwrap().into()
    }

    /// A template and the same text parsed are the same tokens.
    #[test]
    fn templates_are_read_as_rust_is() {
        let (name, line, none) = (quote!(a::B<'_, u8>), "x\"", None::<Tokens>);
        let (all, empty) = (vec![quote!(a), quote!(b)], Vec::<Tokens>::new());
        for (made, text) in [
            (quote!(), ""),
            (
                quote!(
                    fn f<'a>(&'a mut self) -> Vec<Vec<u8>> {
                        x >>= 1;
                    }
                ),
                "fn f< 'a>(& 'a mut self) -> Vec<Vec<u8>> { x >>= 1; }",
            ),
            (quote!(a && b || !c == 0..=1), "a && b || !c == 0..=1"),
            (quote!(&#name #none #line), "&a::B< '_, u8> \"x\\\"\""),
            (
                quote!([#(#all),*] (#(#all,)*) {#(#empty)|*}),
                "[a, b] (a, b,) {}",
            ),
            (
                quote!(match x { #(#all)|* => #(#line . #all)* }),
                "match x { a | b => \"x\\\"\".a \"x\\\"\".b }",
            ),
            (quote!(#[x = 1] #![y]), "#[x = 1] #![y]"),
        ] {
            assert_eq!(made.source(), read(text).source());
        }
    }

    #[test]
    fn documentation_is_one_token() {
        let tokens = read("#[doc = \" a \\\" b\"] struct A;");
        assert_eq!(tokens.get(0), Some((Kind::Doc, " a \" b")));
        assert_eq!(read(&tokens.source()).source(), tokens.source());
    }
}

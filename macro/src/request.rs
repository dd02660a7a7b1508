//! The arguments of the macro.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{braced, bracketed, Ident, LitBool, LitStr, Token};

/// A document and options.
pub struct Request {
    /// The path of the document.
    pub document: LitStr,
    /// The options in their order.
    pub options: Vec<Entry>,
}

/// A key and its value.
pub struct Entry {
    /// The key as it is written, with its place.
    pub key: LitStr,
    /// The value.
    pub value: Value,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// A text.
    Text(String),
    /// A list in brackets.
    List(Vec<Value>),
    /// A table in braces.
    Table(Vec<(String, Value)>),
}

impl Parse for Request {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let document = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        let options = Punctuated::<Entry, Token![,]>::parse_terminated(input)?;
        Ok(Self { document, options: options.into_iter().collect() })
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = if input.peek(LitStr) {
            input.parse()?
        } else {
            let ident: Ident = input.call(syn::ext::IdentExt::parse_any)?;
            LitStr::new(&ident.to_string(), ident.span())
        };
        input.parse::<Token![=]>()?;
        Ok(Self { key, value: input.parse()? })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        if input.peek(syn::token::Bracket) {
            bracketed!(content in input);
            let values = Punctuated::<Self, Token![,]>::parse_terminated(&content)?;
            return Ok(Self::List(values.into_iter().collect()));
        }
        if input.peek(syn::token::Brace) {
            braced!(content in input);
            let entries = Punctuated::<Entry, Token![,]>::parse_terminated(&content)?;
            let entries = entries.into_iter().map(|entry| (entry.key.value(), entry.value));
            return Ok(Self::Table(entries.collect()));
        }
        if input.peek(LitBool) {
            return Ok(Self::Flag(input.parse::<LitBool>()?.value));
        }
        match input.parse::<LitStr>() {
            Ok(text) => Ok(Self::Text(text.value())),
            Err(error) => {
                let message = "a text, `true`, `false`, a list in brackets or a table in braces";
                Err(syn::Error::new(error.span(), format!("expected {message}")))
            }
        }
    }
}

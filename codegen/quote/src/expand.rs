//! A template as the code that makes its tokens.
//!
//! Names of that code are of the mixed site, so that they never meet those in the template.

use crate::template::{Kind, Part, Piece, Run, Template};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// What a value is taken to add, in bytes and in tokens: for most templates space is made once.
const VALUE: (usize, usize) = (24, 4);

/// The expression whose value is the tokens of a template.
pub fn tokens(template: &Template) -> TokenStream {
    let (text, count) = size(template);
    let parts = parts(template);
    quote_spanned!(Span::mixed_site()=> {
        let mut tokens = crate::tokens::Tokens::with_capacity(#text, #count);
        #parts
        tokens
    })
}

fn size(template: &Template) -> (usize, usize) {
    let sizes = template.parts.iter().map(|part| match part {
        Part::Run(run) => (run.text.len(), run.pieces.len()),
        Part::Value(_) | Part::Repetition(..) => VALUE,
    });
    sizes.fold((0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1))
}

fn parts(template: &Template) -> TokenStream {
    let parts = template.parts.iter().map(|part| match part {
        Part::Run(found) => run(found),
        Part::Value(name) => {
            quote_spanned!(Span::mixed_site()=> crate::tokens::ToTokens::to_tokens(&#name, &mut tokens);)
        }
        Part::Repetition(inner, separator) => repetition(inner, separator.as_ref()),
    });
    parts.collect()
}

fn run(run: &Run) -> TokenStream {
    let (text, pieces) = (&run.text, run.pieces.iter().map(piece));
    quote_spanned!(Span::mixed_site()=> tokens.run(#text, &[#(#pieces),*]);)
}

fn piece(piece: &Piece) -> TokenStream {
    let span = Span::mixed_site();
    let Piece { length, joined, .. } = piece;
    let kind = match piece.kind {
        Kind::Word => quote_spanned!(span=> Word),
        Kind::Lifetime => quote_spanned!(span=> Lifetime),
        Kind::Literal => quote_spanned!(span=> Literal),
        Kind::Operator => quote_spanned!(span=> Operator),
        Kind::Doc => quote_spanned!(span=> Doc),
        Kind::Open => quote_spanned!(span=> Open(0)),
        Kind::Close => quote_spanned!(span=> Close),
    };
    quote_spanned!(span=> crate::tokens::Piece {
        kind: crate::tokens::Kind::#kind,
        length: #length,
        joined: #joined,
    })
}

/// A loop over all variables at once.
fn repetition(inner: &Template, separator: Option<&Run>) -> TokenStream {
    let span = Span::mixed_site();
    let variables = inner.variables();
    let Some((first, others)) = variables.split_first() else {
        let message = "nothing in this repetition says how often";
        return quote_spanned!(span=> compile_error!(#message););
    };
    let rows = others.iter().fold(
        quote_spanned!(span=> #first.items()),
        |rows, other| quote_spanned!(span=> #rows.zip(#other.items())),
    );
    let row = others.iter().fold(
        quote_spanned!(span=> #first),
        |row: TokenStream, other| quote_spanned!(span=> (#row, #other)),
    );
    let body = parts(inner);
    let (before, between) = match separator.map(run) {
        Some(separator) => (
            quote_spanned!(span=> let mut goes_on = false;),
            quote_spanned!(span=> if std::mem::replace(&mut goes_on, true) { #separator }),
        ),
        None => (TokenStream::new(), TokenStream::new()),
    };
    quote_spanned!(span=> {
        #[allow(unused_imports)]
        use crate::tokens::repetition::{ends, Advancing as _, Listed as _, Same as _, Sorted as _};
        #before
        for #row in ends(#rows) {
            #between
            #body
        }
    })
}

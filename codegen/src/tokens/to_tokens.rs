//! What stands for a variable in a template.

use super::{Kind, Literal, Tokens};
use std::fmt::Write;

/// What can be a variable of a template.
pub trait ToTokens {
    /// Adds the tokens that it stands for.
    fn to_tokens(&self, tokens: &mut Tokens);
}

impl<T: ToTokens + ?Sized> ToTokens for &T {
    fn to_tokens(&self, tokens: &mut Tokens) {
        (**self).to_tokens(tokens);
    }
}

impl<T: ToTokens> ToTokens for Box<T> {
    fn to_tokens(&self, tokens: &mut Tokens) {
        (**self).to_tokens(tokens);
    }
}

/// Nothing where there is none.
impl<T: ToTokens> ToTokens for Option<T> {
    fn to_tokens(&self, tokens: &mut Tokens) {
        if let Some(some) = self {
            some.to_tokens(tokens);
        }
    }
}

impl ToTokens for Tokens {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.append(self);
    }
}

impl ToTokens for bool {
    fn to_tokens(&self, tokens: &mut Tokens) {
        tokens.push(Kind::Word, if *self { "true" } else { "false" });
    }
}

/// A text is a literal.
impl ToTokens for str {
    fn to_tokens(&self, tokens: &mut Tokens) {
        let start = tokens.text.len();
        let _ = write!(tokens.text, "{self:?}");
        tokens.end(Kind::Literal, start);
    }
}

impl ToTokens for String {
    fn to_tokens(&self, tokens: &mut Tokens) {
        self.as_str().to_tokens(tokens);
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut Tokens) {
        let positive = self.text().strip_prefix('-');
        if positive.is_some() {
            tokens.push(Kind::Operator, "-");
        }
        tokens.push(Kind::Literal, positive.unwrap_or(self.text()));
    }
}

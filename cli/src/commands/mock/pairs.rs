//! Names and values of a query, a form or the cookies of a request.

use percent_encoding::percent_decode_str;

/// Names, decoded, with their values, still encoded.
#[derive(Debug, Default)]
pub struct Pairs {
    /// In the request's order.
    pub pairs: Vec<(String, String)>,
    /// `true` if `+` is a space.
    has_plus: bool,
}

impl Pairs {
    /// Splits a query or form.
    pub fn of_form(text: &str) -> Self {
        let pieces = text.split('&').filter(|piece| !piece.is_empty());
        let pair = |piece: &str| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decoded(&name.replace('+', " ")), value.to_owned())
        };
        Self { pairs: pieces.map(pair).collect(), has_plus: true }
    }

    /// Splits the values of `Cookie`.
    pub fn of_cookies<'c>(cookies: impl Iterator<Item = &'c str>) -> Self {
        let pieces = cookies.flat_map(|text| text.split(';')).map(str::trim);
        let pairs = pieces.filter_map(|piece| piece.split_once('='));
        let pairs = pairs.map(|(name, value)| (decoded(name), value.to_owned()));
        Self { pairs: pairs.collect(), has_plus: false }
    }

    /// Iterates over the encoded values of a name.
    pub fn values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let pairs = self.pairs.iter().filter(move |(other, _)| other == name);
        pairs.map(|(_, value)| value.as_str())
    }

    /// Decodes a value.
    pub fn decode(&self, value: &str) -> String {
        match self.has_plus {
            true => decoded(&value.replace('+', " ")),
            false => decoded(value),
        }
    }
}

/// Resolves percent-encoded bytes; those that are not UTF-8 are replaced.
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

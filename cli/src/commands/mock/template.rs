//! Path templates: which paths they match, and the text of each parameter.

/// A path template, such as `/files/{id}.json`.
#[derive(Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    /// For each segment 0 if it is literal, 1 if a part of it is, else 2.
    rank: Vec<u8>,
}

#[derive(Debug)]
enum Piece {
    Literal(Vec<u8>),
    Parameter(TemplateParameter),
}

/// A parameter of a template.
#[derive(Clone, Debug, Default)]
pub struct TemplateParameter {
    /// Name between the braces.
    pub name: String,
    /// `true` if its text may be empty.
    pub may_be_empty: bool,
    /// `true` if its text may contain `/`, as with `allowReserved`.
    pub has_slashes: bool,
}

impl Template {
    /// Parses a template; a query or fragment in it is ignored.
    pub fn new(text: &str, parameter: impl Fn(&str) -> TemplateParameter) -> Self {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let rank = path.split('/').skip(1).map(|segment| match segment.find('{') {
            None => 0,
            Some(0) if segment.find('}') == Some(segment.len() - 1) => 2,
            Some(_) => 1,
        });
        let mut pieces = Vec::new();
        let mut rest = path;
        while let Some((literal, name, after)) = split_parameter(rest) {
            pieces.push(Piece::Literal(decoded(literal)));
            pieces.push(Piece::Parameter(parameter(name)));
            rest = after;
        }
        let rank = rank.collect();
        pieces.push(Piece::Literal(decoded(rest)));
        Self { pieces, rank }
    }

    /// Returns the names of the parameters with their texts, still percent-encoded; `None` if the path does not match.
    pub fn parameters<'p>(&self, path: &'p str) -> Option<Vec<(&str, &'p str)>> {
        let mut texts = Vec::new();
        matches(&self.pieces, path, &mut texts).then_some(())?;
        let names = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(parameter) => Some(parameter.name.as_str()),
            Piece::Literal(_) => None,
        });
        texts.reverse();
        Some(names.zip(texts).collect())
    }

    /// Returns the order among templates that match the same path: literal segments come before parameters.
    pub fn rank(&self) -> &[u8] {
        &self.rank
    }
}

/// Splits a template at its first parameter: what is before it, its name, and the rest.
fn split_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

fn decoded(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

/// `true` if the pieces match the whole path. Collects the texts of the parameters, the last one first.
fn matches<'p>(pieces: &[Piece], path: &'p str, texts: &mut Vec<&'p str>) -> bool {
    match pieces {
        [] => path.is_empty(),
        [Piece::Literal(literal), rest @ ..] => {
            without_literal(path, literal).is_some_and(|path| matches(rest, path, texts))
        }
        [Piece::Parameter(parameter), rest @ ..] => {
            let slash = path.find('/').filter(|_| !parameter.has_slashes);
            let longest = slash.unwrap_or(path.len());
            let shortest = usize::from(!parameter.may_be_empty);
            (shortest..=longest).rev().any(|end| {
                let split = path.get(..end).zip(path.get(end..));
                let text = split.filter(|(_, path)| matches(rest, path, texts));
                texts.extend(text.map(|(text, _)| text));
                text.is_some()
            })
        }
    }
}

/// Removes a literal from the beginning of a path, which may write any of its bytes percent-encoded.
fn without_literal<'p>(path: &'p str, literal: &[u8]) -> Option<&'p str> {
    let mut rest = path;
    for expected in literal {
        let escaped = rest.strip_prefix('%').and_then(|hex| {
            let byte = u8::from_str_radix(hex.get(..2)?, 16).ok()?;
            Some((byte, hex.get(2..)?))
        });
        let (byte, after) = match escaped {
            Some(escaped) => escaped,
            None => (*rest.as_bytes().first()?, rest.get(1..)?),
        };
        if byte != *expected {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters<'p>(template: &str, path: &'p str) -> Option<Vec<&'p str>> {
        let template = Template::new(template, |name| TemplateParameter {
            name: name.to_owned(),
            may_be_empty: name == "empty",
            has_slashes: name == "deep",
        });
        let parameters = template.parameters(path)?;
        Some(parameters.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn parameters_are_parts_of_segments() {
        for (template, path, expected) in [
            ("/pets", "/pets", Some(vec![])),
            ("/pets", "/pets/", None),
            ("/pets/{id}", "/pets/7", Some(vec!["7"])),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{empty}", "/pets/", Some(vec![""])),
            ("/pets/{id}", "/pets/7/toys", None),
            ("/pets/{id}", "/pets/a%2Fb", Some(vec!["a%2Fb"])),
            ("/files/{deep}", "/files/a/b", Some(vec!["a/b"])),
            ("/files/{id}.json", "/files/a.json.json", Some(vec!["a.json"])),
            ("/files/{id}.json", "/files/a.xml", None),
            ("/{a}-{b}/x", "/1-2/x", Some(vec!["1", "2"])),
            ("/v1/{name}:cancel", "/v1/7%3Acancel", Some(vec!["7"])),
            ("/pets/{id}?verbose=true", "/pets/7", Some(vec!["7"])),
            ("/caf\u{e9}", "/caf%C3%A9", Some(vec![])),
        ] {
            assert_eq!(parameters(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    fn literal_segments_come_first() {
        let rank = |text| Template::new(text, |_| TemplateParameter::default()).rank().to_vec();
        assert_eq!(rank("/pets/mine"), [0, 0]);
        assert_eq!(rank("/pets/{id}.json"), [0, 1]);
        assert_eq!(rank("/pets/{id}"), [0, 2]);
        assert_eq!(rank("/{a}{b}"), [1]);
    }
}

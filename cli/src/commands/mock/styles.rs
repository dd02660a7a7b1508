//! Styles of parameters and form fields (OpenAPI 3.2, section 4.12.3): JSON from their texts, all of whose scalars are
//! strings.

use super::pairs::Pairs;
use serde_json::{Map, Value};
use typewright::api::model::Style;

/// Kind of value that a text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scalar.
    Scalar,
    /// An array.
    List,
    /// An object.
    Object,
}

/// Serialization of a value.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// Name of the parameter or field.
    pub name: &'a str,
    /// Style.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
}

/// Returns the separators of a style: as it is written and percent-encoded.
fn separators(style: Style) -> &'static [&'static str] {
    match style {
        Style::SpaceDelimited => &["%20", "+", " "],
        Style::PipeDelimited => &["|", "%7C", "%7c"],
        Style::TabDelimited => &["\t", "%09"],
        Style::Matrix | Style::Label | Style::Simple | Style::Form | Style::DeepObject => &[","],
    }
}

/// Splits a text at the separators of a style.
pub fn split(style: Style, text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for separator in separators(style) {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts
}

/// Reads a value that stands alone, in a path or header.
pub fn of_text(
    layout: Layout<'_>,
    kind: Kind,
    text: &str,
    decode: &dyn Fn(&str) -> String,
) -> Option<Value> {
    match layout.style {
        Style::Label => {
            let text = text.strip_prefix('.')?;
            let separator = if layout.explode { "." } else { "," };
            Some(of_parts(
                layout.explode,
                kind,
                text,
                &text.split(separator).collect::<Vec<_>>(),
                decode,
            ))
        }
        Style::Matrix => matrix(layout, kind, text, decode),
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::TabDelimited
        | Style::DeepObject => {
            let parts = split(layout.style, text);
            Some(of_parts(layout.explode, kind, text, &parts, decode))
        }
    }
}

fn of_parts(
    explode: bool,
    kind: Kind,
    whole: &str,
    parts: &[&str],
    decode: &dyn Fn(&str) -> String,
) -> Value {
    match kind {
        Kind::Scalar => Value::from(decode(whole)),
        Kind::List if whole.is_empty() => Value::Array(Vec::new()),
        Kind::List => parts.iter().map(|part| Value::from(decode(part))).collect(),
        Kind::Object if explode => {
            let pairs = parts.iter().filter_map(|part| part.split_once('='));
            members(pairs, decode)
        }
        Kind::Object => {
            let pairs = parts.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
            members(pairs, decode)
        }
    }
}

fn members<'p>(
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
    decode: &dyn Fn(&str) -> String,
) -> Value {
    pairs.map(|(name, value)| (decode(name), Value::from(decode(value)))).collect()
}

fn matrix(
    layout: Layout<'_>,
    kind: Kind,
    text: &str,
    decode: &dyn Fn(&str) -> String,
) -> Option<Value> {
    let pieces = text.strip_prefix(';')?.split(';');
    let pairs: Vec<_> = pieces.map(|piece| piece.split_once('=').unwrap_or((piece, ""))).collect();
    if kind == Kind::Object && layout.explode {
        return Some(members(pairs.into_iter(), decode));
    }
    let mut values = pairs.iter().filter(|(name, _)| decode(name) == layout.name);
    if kind == Kind::List && layout.explode {
        return Some(values.map(|(_, value)| Value::from(decode(value))).collect());
    }
    let (_, value) = values.next()?;
    Some(of_parts(false, kind, value, &value.split(',').collect::<Vec<_>>(), decode))
}

/// Reads a value from a query, a form or cookies; `None` if they do not have it. `is_member` tells the names of an exploded
/// object's members.
pub fn of_pairs(
    layout: Layout<'_>,
    kind: Kind,
    pairs: &Pairs,
    is_member: &dyn Fn(&str) -> bool,
) -> Option<Value> {
    let decode = |text: &str| pairs.decode(text);
    if layout.style == Style::DeepObject && kind != Kind::Scalar {
        return deep(layout.name, pairs);
    }
    if kind == Kind::Object && layout.explode {
        let members = pairs.pairs.iter().filter(|(name, _)| is_member(name));
        let members: Map<_, _> =
            members.map(|(name, value)| (name.clone(), Value::from(decode(value)))).collect();
        return (!members.is_empty()).then_some(Value::Object(members));
    }
    let values: Vec<_> = pairs.values(layout.name).collect();
    let first = values.first()?;
    if kind == Kind::List && (layout.explode || values.len() > 1) {
        return Some(values.into_iter().map(|value| Value::from(decode(value))).collect());
    }
    of_text(layout, kind, first, &decode)
}

/// Reads `name[member][0]=value`, to any depth; also `name[member][]=value`. A level all of whose names are numbers is a list.
fn deep(name: &str, pairs: &Pairs) -> Option<Value> {
    let mut root = Value::Object(Map::new());
    let mut is_present = false;
    for (key, value) in &pairs.pairs {
        let inner = key.strip_prefix(name).and_then(|rest| rest.strip_prefix('['));
        let Some(inner) = inner.and_then(|rest| rest.strip_suffix(']')) else { continue };
        is_present = true;
        let mut target = &mut root;
        for step in inner.split("][") {
            let Value::Object(members) = target else { break };
            let step = match step {
                "" => members.len().to_string(),
                step => step.to_owned(),
            };
            target = members.entry(step).or_insert_with(|| Value::Object(Map::new()));
        }
        *target = Value::from(pairs.decode(value));
    }
    is_present.then(|| with_lists(root))
}

fn with_lists(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let is_list = (0..members.len()).all(|index| members.contains_key(&index.to_string()));
    if is_list && !members.is_empty() {
        let mut items: Vec<_> = members.into_iter().collect();
        items.sort_by_key(|(index, _)| index.parse::<usize>().unwrap_or_default());
        return items.into_iter().map(|(_, item)| with_lists(item)).collect();
    }
    members.into_iter().map(|(name, member)| (name, with_lists(member))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(style: Style, explode: bool) -> Layout<'static> {
        Layout { name: "p", style, explode }
    }

    #[test]
    fn texts_of_every_style() {
        for (style, explode, kind, text, expected) in [
            (Style::Simple, false, Kind::Scalar, "a,b", r#""a,b""#),
            (Style::Simple, false, Kind::List, "a,b%2Cc", r#"["a","b,c"]"#),
            (Style::Simple, false, Kind::Object, "a,1,b,2", r#"{"a":"1","b":"2"}"#),
            (Style::Simple, true, Kind::Object, "a=1,b=2", r#"{"a":"1","b":"2"}"#),
            (Style::Label, false, Kind::List, ".a,b", r#"["a","b"]"#),
            (Style::Label, true, Kind::List, ".a.b", r#"["a","b"]"#),
            (Style::Matrix, false, Kind::Scalar, ";p=5", r#""5""#),
            (Style::Matrix, false, Kind::List, ";p=a,b", r#"["a","b"]"#),
            (Style::Matrix, true, Kind::List, ";p=a;p=b", r#"["a","b"]"#),
            (Style::Matrix, true, Kind::Object, ";a=1;b=2", r#"{"a":"1","b":"2"}"#),
        ] {
            let decode = |text: &str| super::super::pairs::decoded(text);
            let value = of_text(layout(style, explode), kind, text, &decode).unwrap();
            assert_eq!(value.to_string(), expected, "{style:?} {text}");
        }
        assert!(of_text(layout(Style::Label, false), Kind::List, "a", &str::to_owned).is_none());
    }

    #[test]
    fn queries_of_every_style() {
        for (style, explode, kind, query, expected) in [
            (Style::Form, true, Kind::Scalar, "p=a+b%2Bc", Some(r#""a b+c""#)),
            (Style::Form, true, Kind::List, "p=a&p=b,c", Some(r#"["a","b,c"]"#)),
            (Style::Form, false, Kind::List, "p=a,b", Some(r#"["a","b"]"#)),
            (Style::Form, false, Kind::Object, "p=a,1", Some(r#"{"a":"1"}"#)),
            (Style::Form, true, Kind::Object, "a=1&x=2", Some(r#"{"a":"1"}"#)),
            (Style::SpaceDelimited, false, Kind::List, "p=a%20b", Some(r#"["a","b"]"#)),
            (Style::PipeDelimited, false, Kind::List, "p=a%7Cb|c", Some(r#"["a","b","c"]"#)),
            (
                Style::DeepObject,
                true,
                Kind::Object,
                "p%5Ba%5D=1&p[b][0]=2&p[b][1]=3",
                Some(r#"{"a":"1","b":["2","3"]}"#),
            ),
            (
                Style::DeepObject,
                true,
                Kind::Object,
                "p[b][]=2&p[b][]=3",
                Some(r#"{"b":["2","3"]}"#),
            ),
            (Style::DeepObject, true, Kind::Object, "q[b]=2", None),
            (Style::Form, true, Kind::List, "q=a", None),
        ] {
            let pairs = Pairs::of_form(query);
            let value = of_pairs(layout(style, explode), kind, &pairs, &|name| name == "a");
            let value = value.map(|value| value.to_string());
            assert_eq!(value.as_deref(), expected, "{style:?} {query}");
        }
    }
}

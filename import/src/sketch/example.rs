//! Types from an example: what a page shows where it describes nothing.

use super::{Member, Shape};
use serde_yaml::Value;

/// The members of an object in JSON. Nothing where the text is no object; YAML's reader takes all of JSON.
pub fn members(json: &str) -> Option<Vec<Member>> {
    let value: Value = serde_yaml::from_str(json).ok()?;
    match shape(&value) {
        Shape::Object(members) if value.is_mapping() => Some(members),
        Shape::Object(_) | Shape::Plain(..) | Shape::List(_) | Shape::Any => None,
    }
}

fn shape(value: &Value) -> Shape {
    match value {
        Value::String(text) => Shape::Plain("string", format(text).to_owned()),
        Value::Bool(_) => Shape::Plain("boolean", String::new()),
        Value::Number(number) if number.is_f64() => Shape::Plain("number", String::new()),
        Value::Number(_) => Shape::Plain("integer", String::new()),
        Value::Sequence(items) => {
            let all = items.iter().map(shape).reduce(both).unwrap_or(Shape::Any);
            Shape::List(Box::new(all))
        }
        Value::Mapping(members) => {
            let known = members
                .iter()
                .filter_map(|(name, value)| Some((name.as_str()?, value)));
            Shape::Object(known.map(|(name, value)| member(name, value)).collect())
        }
        Value::Null | Value::Tagged(_) => Shape::Any,
    }
}

fn member(name: &str, value: &Value) -> Member {
    Member {
        name: name.to_owned(),
        kind: shape(value),
        required: false,
        place: "",
        doc: String::new(),
    }
}

/// `2021-03-25T16:49:23Z` is a time (RFC 3339); everything else is a text.
fn format(text: &str) -> &'static str {
    let pattern = "0000-00-00T00:00:00";
    let fits = text.len() > pattern.len()
        && pattern
            .bytes()
            .zip(text.bytes())
            .all(|(wanted, byte)| match wanted {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            });
    if fits {
        "date-time"
    } else {
        ""
    }
}

/// What two examples show together: members of either, in the order of the one that has more.
pub fn merged(one: Vec<Member>, other: Vec<Member>) -> Vec<Member> {
    let (mut more, less) = if other.len() > one.len() {
        (other, one)
    } else {
        (one, other)
    };
    for member in less {
        match more.iter_mut().find(|known| known.name == member.name) {
            Some(known) => known.kind = both(known.kind.clone(), member.kind),
            None => more.push(member),
        }
    }
    more
}

fn both(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => Shape::Object(merged(one, other)),
        (Shape::List(one), Shape::List(other)) => Shape::List(Box::new(both(*one, *other))),
        (Shape::Plain(one, format), Shape::Plain(other, second)) if one == other => Shape::Plain(
            one,
            if format == second {
                format
            } else {
                String::new()
            },
        ),
        (one, other) if one == other => one,
        _ => Shape::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_have_types() {
        let found =
            members(r#"{"a": "2021-03-25T16:49:23Z", "b": [{"c": 1}, {"d": 1.5}], "e": null}"#)
                .unwrap();
        let names: Vec<_> = found.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "e"]);
        assert_eq!(found[0].kind, Shape::Plain("string", "date-time".into()));
        let Shape::List(element) = &found[1].kind else {
            panic!("{found:?}")
        };
        let Shape::Object(inner) = &**element else {
            panic!("{element:?}")
        };
        assert_eq!(inner.len(), 2);
        assert_eq!(found[2].kind, Shape::Any);
        assert_eq!(members("[1]"), None);
        assert_eq!(members("{"), None);
    }
}

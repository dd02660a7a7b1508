//! Shapes: the form of a JSON body, drawn as the reference pages draw it.

use super::spec::Spec;
use serde_yaml::Value;
use std::fmt::{self, Display, Formatter};

/// The form of a JSON value.
#[derive(Debug)]
pub enum Shape {
    /// A value without members, or with ones that are left open, by the name of its type.
    Leaf(String),
    List(Box<Shape>),
    Object {
        members: Vec<(String, Shape)>,
        /// Members of which at most one may be set.
        groups: Vec<Vec<String>>,
    },
}

/// The shape of a component.
pub fn of_component(spec: &Spec, name: &str) -> Shape {
    of_schema(spec, spec.component(name))
}

fn of_schema(spec: &Spec, schema: &Value) -> Shape {
    let branch = schema.get("allOf").and_then(|all| all.get(0));
    let reference = branch.unwrap_or(schema).get("$ref").and_then(Value::as_str);
    if let Some(reference) = reference {
        let name = reference.rsplit('/').next().unwrap();
        return of_component(spec, name);
    }
    match schema.get("type").and_then(Value::as_str) {
        None => Shape::Leaf("any".to_owned()),
        Some("array") => Shape::List(Box::new(of_schema(spec, &schema["items"]))),
        Some("object") => of_object(spec, schema),
        Some(name) => Shape::Leaf(name.to_owned()),
    }
}

fn of_object(spec: &Spec, schema: &Value) -> Shape {
    let Some(members) = schema.get("properties").and_then(Value::as_mapping) else {
        return Shape::Leaf("object".to_owned());
    };
    let members = members
        .iter()
        .map(|(name, member)| (name.as_str().unwrap().to_owned(), of_schema(spec, member)))
        .collect();
    let group = schema.get("not").and_then(|not| not.get("required"));
    let groups =
        group.map(|group| serde_yaml::from_value(group.clone()).unwrap()).into_iter().collect();
    Shape::Object { members, groups }
}

impl Display for Shape {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.write(out, 0)?;
        writeln!(out)
    }
}

impl Shape {
    fn write(&self, out: &mut Formatter<'_>, depth: usize) -> fmt::Result {
        let outer = "  ".repeat(depth);
        match self {
            Self::Leaf(name) => write!(out, "\"{name}\""),
            Self::List(item) => {
                write!(out, "[\n{outer}  ")?;
                item.write(out, depth + 1)?;
                write!(out, "\n{outer}]")
            }
            Self::Object { members, groups } => {
                writeln!(out, "{{")?;
                write_members(out, members, groups, depth + 1)?;
                write!(out, "{outer}}}")
            }
        }
    }
}

fn write_members(
    out: &mut Formatter<'_>,
    members: &[(String, Shape)],
    groups: &[Vec<String>],
    depth: usize,
) -> fmt::Result {
    let indent = "  ".repeat(depth);
    for (index, (name, shape)) in members.iter().enumerate() {
        if let Some(group) = groups.iter().find(|group| group.first() == Some(name)) {
            let names = group.join("`, `");
            writeln!(out, "{indent}// Includes only one of the fields `{names}`")?;
        }
        write!(out, "{indent}\"{name}\": ")?;
        shape.write(out, depth)?;
        writeln!(out, "{}", if index + 1 < members.len() { "," } else { "" })?;
        if groups.iter().any(|group| group.last() == Some(name)) {
            writeln!(out, "{indent}// end of the list of possible fields")?;
        }
    }
    Ok(())
}

/// Pointers to the parts of a JSON value that do not match a shape.
pub fn misfits(value: &serde_json::Value, shape: &Shape) -> Vec<String> {
    use serde_json::Value as Json;
    let below = |step: String, inner: Vec<String>| {
        let place = move |rest: String| format!("/{step}{rest}");
        inner.into_iter().map(place).collect::<Vec<_>>()
    };
    match (shape, value) {
        (Shape::Leaf(name), Json::String(_)) if name == "string" => Vec::new(),
        (Shape::List(item), Json::Array(values)) => values
            .iter()
            .enumerate()
            .flat_map(|(index, value)| below(index.to_string(), misfits(value, item)))
            .collect(),
        (Shape::Object { members, .. }, Json::Object(values)) => values
            .iter()
            .flat_map(|(key, value)| {
                let member = members.iter().find(|(name, _)| name == key);
                let differences = member.map(|(_, shape)| misfits(value, shape));
                below(key.clone(), differences.unwrap_or_else(|| vec![String::new()]))
            })
            .collect(),
        _ => vec![String::new()],
    }
}

//! The shape of a type's JSON, and the form in which the vendors' pages draw it.

use std::collections::BTreeMap;
use typewright_runtime::codegen::v1;

/// Values of a type or a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A scalar, or an object without known members.
    Leaf(Leaf),
    /// A list of these.
    List(Box<Node>),
    /// An object with these members, in this order.
    Record(Vec<Member>),
}

impl Node {
    /// The shape of a value that has every member.
    pub fn from_value(value: &v1::Value) -> Self {
        match value {
            v1::Value::Null => Self::Leaf(Leaf::Any),
            v1::Value::Bool(_) => Self::Leaf(Leaf::Boolean),
            v1::Value::Number(_) => Self::Leaf(Leaf::Number),
            v1::Value::Text(_) => Self::Leaf(Leaf::Text),
            v1::Value::List(items) => Self::List(Box::new(Self::from_value(&items[0]))),
            v1::Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| Member {
                    name: name.clone(),
                    required: false,
                    node: Self::from_value(value),
                });
                Self::Record(members.collect())
            }
        }
    }
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub required: bool,
    pub node: Node,
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    Text,
    DateTime,
    /// An integer in a text.
    IntegerText,
    Integer,
    Number,
    Boolean,
    /// An object that keeps whatever members it has.
    Map,
    Any,
    /// A type that was met further up.
    Again,
}

impl Leaf {
    /// The name that the pages have for it.
    fn documented(self) -> &'static str {
        match self {
            Self::Text | Self::DateTime | Self::IntegerText => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Map | Self::Again => "object",
            Self::Any => "any",
        }
    }

    /// The name that tells all apart.
    fn exact(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::IntegerText => "integer in a string",
            Self::Map => "map",
            Self::Again => "again",
            other => other.documented(),
        }
    }
}

/// The groups of members of which at most one may be set, by the path of the object that has them.
pub type Groups = BTreeMap<String, Vec<Vec<String>>>;

/// How a shape is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// As the pages draw it.
    Documented,
    /// With exact names of types, and a `!` after the names of required members.
    Exact,
}

/// Draws a shape.
pub fn draw(node: &Node, groups: &Groups, drawing: Drawing) -> String {
    let mut pen = Pen { groups, drawing, out: String::new() };
    pen.node(node, "", 0);
    pen.out.push('\n');
    pen.out
}

struct Pen<'a> {
    groups: &'a Groups,
    drawing: Drawing,
    out: String,
}

impl Pen<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push('\n');
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
    }

    fn node(&mut self, node: &Node, path: &str, depth: usize) {
        match node {
            Node::Leaf(leaf) => {
                let name = match self.drawing {
                    Drawing::Documented => leaf.documented(),
                    Drawing::Exact => leaf.exact(),
                };
                self.out.push_str(&format!("{name:?}"));
            }
            Node::List(item) => {
                self.out.push('[');
                self.line(depth + 1, "");
                self.node(item, &format!("{path}[]"), depth + 1);
                self.line(depth, "]");
            }
            Node::Record(members) if members.is_empty() => self.out.push_str("\"object\""),
            Node::Record(members) => {
                self.out.push('{');
                self.members(members, path, depth + 1);
                self.line(depth, "}");
            }
        }
    }

    fn members(&mut self, members: &[Member], path: &str, depth: usize) {
        let groups = self.groups.get(path).cloned().unwrap_or_default();
        for (number, member) in members.iter().enumerate() {
            let opens = groups.iter().find(|group| group.first() == Some(&member.name));
            if let Some(group) = opens {
                let names: Vec<_> = group.iter().map(|name| format!("`{name}`")).collect();
                self.line(
                    depth,
                    &format!("// Includes only one of the fields {}", names.join(", ")),
                );
            }
            let mark = if member.required && self.drawing == Drawing::Exact { "!" } else { "" };
            self.line(depth, &format!("\"{}\"{mark}: ", member.name));
            self.node(&member.node, &format!("{path}.{}", member.name), depth);
            if number + 1 < members.len() {
                self.out.push(',');
            }
            if groups.iter().any(|group| group.last() == Some(&member.name)) {
                self.line(depth, "// end of the list of possible fields");
            }
        }
    }
}

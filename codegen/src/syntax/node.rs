//! The tree of values, with the origin of each.

use super::origin::OriginId;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// The key of a member; shared, because documents repeat a few keys thousands of times.
pub type Key = Arc<str>;

/// The members of an object in the order of the file.
pub type Object = IndexMap<Key, Node, FxBuildHasher>;

/// A value with its origin.
#[derive(Clone, Debug)]
pub struct Node {
    /// The origin in the user's files.
    pub origin: OriginId,
    /// The value.
    pub value: Value,
}

/// A value in the model of JSON.
///
/// Numbers keep their text: machine types represent neither `12345678901234567890123` nor `1.10` exactly.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, and an empty value in YAML.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in the spelling of JSON.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object.
    Object(Object),
}

impl Node {
    /// A value with its origin.
    pub fn new(origin: OriginId, value: Value) -> Self {
        Self { origin, value }
    }

    /// A string.
    pub fn text(origin: OriginId, text: impl Into<String>) -> Self {
        Self::new(origin, Value::Text(text.into()))
    }

    /// `true` or `false`.
    pub fn bool(origin: OriginId, value: bool) -> Self {
        Self::new(origin, Value::Bool(value))
    }

    /// An array.
    pub fn list(origin: OriginId, items: Vec<Node>) -> Self {
        Self::new(origin, Value::List(items))
    }

    /// An object without members.
    pub fn object(origin: OriginId) -> Self {
        Self::new(origin, Value::Object(Object::default()))
    }

    /// The same object with one more member; any other value is unchanged.
    #[must_use]
    pub fn with(mut self, key: &str, member: Node) -> Self {
        self.set(key, member);
        self
    }

    /// An object whose only member is a `$ref`.
    pub fn reference(origin: OriginId, target: impl Into<String>) -> Self {
        Self::object(origin).with("$ref", Self::text(origin, target))
    }

    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The member of an object, mutable.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key)
    }

    /// `true` if an object has this member.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The `$ref` of an object, if it is a string.
    pub fn reference_target(&self) -> Option<&Node> {
        self.get("$ref").filter(|target| target.as_text().is_some())
    }

    /// The text of a member that is a string.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// Sets a member of an object; returns the previous value.
    pub fn set(&mut self, key: &str, member: Node) -> Option<Node> {
        let object = self.as_object_mut()?;
        match object.get_mut(key) {
            Some(place) => Some(std::mem::replace(place, member)),
            None => object.insert(Key::from(key), member),
        }
    }

    /// The member of an object, which is added as an empty object if it is missing.
    pub fn get_or_add(&mut self, key: &str) -> Option<&mut Node> {
        let empty = Node::object(self.origin);
        Some(self.as_object_mut()?.entry(Key::from(key)).or_insert(empty))
    }

    /// The items of a member, which is added as an empty array if it is missing; `None` if it is not an array.
    pub fn get_or_add_list(&mut self, key: &str, origin: OriginId) -> Option<&mut Vec<Node>> {
        let members = self.as_object_mut()?;
        let empty = Node::list(origin, Vec::new());
        members.entry(Key::from(key)).or_insert(empty).as_list_mut()
    }

    /// Removes a member of an object and returns it.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        self.as_object_mut()?.shift_remove(key)
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<&str> {
        let Value::Text(text) = &self.value else {
            return None;
        };
        Some(text)
    }

    /// The text of a number.
    pub fn as_number(&self) -> Option<&str> {
        let Value::Number(text) = &self.value else {
            return None;
        };
        Some(text)
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        let Value::Bool(value) = self.value else {
            return None;
        };
        Some(value)
    }

    /// `true` for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The items of an array.
    pub fn as_list(&self) -> Option<&[Node]> {
        let Value::List(items) = &self.value else {
            return None;
        };
        Some(items)
    }

    /// The items of an array, mutable.
    pub fn as_list_mut(&mut self) -> Option<&mut Vec<Node>> {
        let Value::List(items) = &mut self.value else {
            return None;
        };
        Some(items)
    }

    /// The items of an array; any other value as the only item.
    pub fn into_list(self) -> Vec<Node> {
        if let Value::List(items) = self.value {
            items
        } else {
            vec![self]
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        let Value::Object(members) = &self.value else {
            return None;
        };
        Some(members)
    }

    /// The members of an object, mutable.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        let Value::Object(members) = &mut self.value else {
            return None;
        };
        Some(members)
    }

    /// Iterates over the members of an object; empty for other values.
    pub fn members(&self) -> impl Iterator<Item = (&Key, &Node)> {
        self.as_object().into_iter().flatten()
    }

    /// Iterates over the items of an array or the values of an object's members.
    pub fn children(&self) -> impl Iterator<Item = &Node> {
        let members = self.as_object().into_iter().flat_map(|members| members.values());
        self.as_list().unwrap_or_default().iter().chain(members)
    }

    /// The member or item with this name or index.
    pub fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.get(token),
            Value::List(items) => items.get(token.parse::<usize>().ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
        }
    }

    /// The member or item with this name or index, mutable.
    pub fn step_mut(&mut self, token: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Object(members) => members.get_mut(token),
            Value::List(items) => items.get_mut(token.parse::<usize>().ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
        }
    }

    /// The name of the type in JSON Schema; every number is a `number`.
    pub fn type_name(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// The type of the value, for messages.
    pub fn described(&self) -> &'static str {
        match self.type_name() {
            "boolean" => "a boolean",
            "number" => "a number",
            "string" => "a string",
            "array" => "an array",
            "object" => "an object",
            name => name,
        }
    }
}

/// Equality of JSON values: numbers are compared by value; origins and the order of members are ignored.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Number(left), Value::Number(right)) => super::number::same(left, right),
            (Value::Text(left), Value::Text(right)) => left == right,
            (Value::List(left), Value::List(right)) => left == right,
            (Value::Object(left), Value::Object(right)) => left == right,
            _ => false,
        }
    }
}

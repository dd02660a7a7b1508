//! Turns what serde_json reads into nodes.

use super::node::{Key, Node, Object, Value};
use super::oddities::Oddity;
use super::origin::{OriginId, OriginTable};
use super::FileId;
use indexmap::IndexSet;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::Deserializer;
use std::fmt;

/// What is gathered while one file is read.
pub(super) struct Builder<'a> {
    pub table: &'a mut OriginTable,
    /// Keys seen so far, so that equal ones are shared.
    keys: IndexSet<Key>,
    /// The texts of the file's numbers in order, which serde_json cannot hand over.
    numbers: std::vec::IntoIter<&'a str>,
    pub oddities: Vec<Oddity>,
}

impl<'a> Builder<'a> {
    pub fn new(table: &'a mut OriginTable, numbers: Vec<&'a str>) -> Self {
        Self {
            table,
            keys: IndexSet::new(),
            numbers: numbers.into_iter(),
            oddities: Vec::new(),
        }
    }

    pub fn root(&mut self, file: FileId) -> Seed<'_, 'a> {
        let origin = self.table.root(file);
        Seed {
            builder: self,
            origin,
        }
    }

    fn key(&mut self, text: &str) -> Key {
        if let Some(key) = self.keys.get(text) {
            return key.clone();
        }
        let key = Key::from(text);
        self.keys.insert(key.clone());
        key
    }

    fn insert(&mut self, members: &mut Object, key: Key, node: Node) {
        let origin = node.origin;
        if members.insert(key, node).is_some() {
            self.oddities.push(Oddity::Twice(origin));
        }
    }
}

/// Reads one value.
pub(super) struct Seed<'s, 'a> {
    builder: &'s mut Builder<'a>,
    origin: OriginId,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Seed<'_, '_> {
    fn node<E>(self, value: Value) -> Result<Node, E> {
        Ok(Node::new(self.origin, value))
    }

    fn number<E>(self, text: impl ToString) -> Result<Node, E> {
        let written = self.builder.numbers.next();
        let text = written.map_or_else(|| text.to_string(), str::to_owned);
        self.node(Value::Number(text))
    }

    fn child(builder: &mut Builder<'_>, parent: OriginId, key: &Key) -> OriginId {
        builder.table.child(parent, key.clone())
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        self.node(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        self.number(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        self.number(value)
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        self.number(value)
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        self.number(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        // with its `.0`, as whoever wrote it as no integer did
        self.number(format!("{value:?}"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        self.node(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        self.node(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let Seed { builder, origin } = self;
        let mut items = Vec::new();
        loop {
            let key = builder.key(&items.len().to_string());
            let child = Self::child(builder, origin, &key);
            let seed = Seed {
                builder,
                origin: child,
            };
            match access.next_element_seed(seed)? {
                Some(item) => items.push(item),
                None => return Ok(Node::list(origin, items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let Seed { builder, origin } = self;
        let mut members = Object::default();
        while let Some(key) = access.next_key_seed(KeySeed(builder))? {
            let child = Self::child(builder, origin, &key);
            let node = access.next_value_seed(Seed {
                builder,
                origin: child,
            })?;
            builder.insert(&mut members, key, node);
        }
        Ok(Node::new(origin, Value::Object(members)))
    }
}

/// Reads a key as the text that it is written with, whatever it looks like: `200`, `on`, `null`.
struct KeySeed<'s, 'a>(&'s mut Builder<'a>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is text")
    }

    fn visit_str<E>(self, value: &str) -> Result<Key, E> {
        Ok(self.0.key(value))
    }
}

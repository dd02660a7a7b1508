//! The same shapes from the generator's last decisions, before a token is printed: fast enough to try every change to a
//! description.

use super::node::{Groups, Leaf, Member, Node};
use crate::support::Memory;
use std::collections::BTreeMap;
use typewright::diagnostics::Diagnostics;
use typewright::lower::model::{
    AdditionalMembers, Codec, Crate, Item, Presence, Record, Type, ValueType,
};
use typewright::{lower, names, Options};

/// The Rust model of a description; the reason if there is none.
pub fn lower(text: &str) -> Result<Crate, String> {
    let analysed =
        typewright::analyse("openapi.yaml", &Memory::document(text), &Options::default());
    let messages: Vec<_> =
        analysed.diagnostics.iter().map(|finding| finding.message.clone()).collect();
    let api = analysed.api.ok_or_else(|| messages.join("; "))?;
    let names = names::assign(&api, &typewright::Options::default(), &mut Diagnostics::new());
    let (options, mut diagnostics) = (lower::TypeOptions::default(), Diagnostics::new());
    Ok(lower::lower(&api, &names, &options, &mut diagnostics))
}

/// The shape of the type of this name, with its groups; `None` where there is no such type.
pub fn shape(krate: &Crate, name: &str) -> Option<(Node, Groups)> {
    shape_with(krate, name, &BTreeMap::new())
}

/// The same with groups of one member added, by the names of the types: they bind nobody, so that the records do not have them.
pub fn shape_with(
    krate: &Crate,
    name: &str,
    single: &BTreeMap<String, Vec<Vec<String>>>,
) -> Option<(Node, Groups)> {
    let mut walk = Walk { krate, single, inside: Vec::new(), groups: Groups::new() };
    walk.item(name)?;
    let node = walk.named(name, "");
    Some((node, walk.groups))
}

struct Walk<'a> {
    krate: &'a Crate,
    single: &'a BTreeMap<String, Vec<Vec<String>>>,
    /// The types that enclose the place.
    inside: Vec<String>,
    groups: Groups,
}

impl<'a> Walk<'a> {
    fn item(&self, name: &str) -> Option<&'a Item> {
        let mut items = self.krate.types.iter().flat_map(|file| &file.items);
        items.find(|item| item.name().text() == name)
    }

    fn named(&mut self, name: &str, path: &str) -> Node {
        if self.inside.iter().any(|outer| outer == name) {
            return Node::Leaf(Leaf::Again);
        }
        self.inside.push(name.to_owned());
        let node = self.known(name, path);
        self.inside.pop();
        node
    }

    fn known(&mut self, name: &str, path: &str) -> Node {
        match self.item(name).unwrap() {
            Item::Record(record) => self.record(record, path),
            Item::Choice(_) => Node::Leaf(Leaf::Text),
            Item::Union(_) | Item::Validation(_) => Node::Leaf(Leaf::Any),
            Item::Newtype(newtype) => self.typed(&newtype.value, path),
            Item::Alias(alias) => self.node(&alias.ty, &alias.codec, path),
        }
    }

    fn record(&mut self, record: &Record, path: &str) -> Node {
        if record.fields.is_empty() && matches!(record.additional, AdditionalMembers::Stored(..)) {
            return Node::Leaf(Leaf::Map);
        }
        let wire = |ident| {
            record.fields.iter().find(|field| field.name.ident == ident).unwrap().name.wire.clone()
        };
        let mut groups: Vec<Vec<_>> = record
            .groups
            .iter()
            .map(|group| group.variants.iter().map(|variant| wire(variant.field.clone())).collect())
            .collect();
        let single = self.single.get(record.name.text());
        groups.extend(single.into_iter().flatten().cloned());
        if !groups.is_empty() {
            self.groups.insert(path.to_owned(), groups);
        }
        let members = record.fields.iter().map(|field| {
            let name = field.name.wire.clone();
            let required = matches!(field.presence, Presence::Required | Presence::Nullable);
            let node = self.typed(&field.value, &format!("{path}.{name}"));
            Member { name, required, node }
        });
        Node::Record(members.collect())
    }

    fn typed(&mut self, typed: &ValueType, path: &str) -> Node {
        self.node(&typed.ty, &typed.codec, path)
    }

    fn node(&mut self, ty: &Type, codec: &Codec, path: &str) -> Node {
        let leaf = match (ty, codec) {
            (Type::Integer(_), Codec::Text(_)) => Leaf::IntegerText,
            (Type::Integer(_), _) => Leaf::Integer,
            (Type::Float | Type::Number, _) => Leaf::Number,
            (Type::Bool, _) => Leaf::Boolean,
            (Type::DateTime, _) => Leaf::DateTime,
            (Type::Map(_) | Type::Keyed(..), _) => Leaf::Map,
            (Type::Value | Type::Never | Type::Null | Type::Tuple(_) | Type::Prefix(..), _) => {
                Leaf::Any
            }
            (Type::Text | Type::Secret | Type::Date | Type::Bytes, _) => Leaf::Text,
            (Type::Scalar(_) | Type::Foreign(_), _) => Leaf::Text,
            (
                Type::Option(inner)
                | Type::Maybe(inner)
                | Type::Boxed(inner)
                | Type::Lenient(inner),
                codec,
            ) => return self.node(inner, codec, path),
            (Type::List(item), codec) => {
                let codec = if let Codec::Each(codec) = codec { codec } else { codec };
                return Node::List(Box::new(self.node(item, codec, &format!("{path}[]"))));
            }
            (Type::Named(name), _) => return self.named(name.text(), path),
        };
        Node::Leaf(leaf)
    }
}

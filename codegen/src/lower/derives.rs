//! Requested derives, as far as the types' contents support them.

use super::model::{AdditionalMembers, ChoiceBase, Codec, Item, Scalar, Type, TypeFile};
use crate::api::model::Api;
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::names::{selectors, Ident, Names, Path};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Requested derives of each type.
type Derives = BTreeMap<Ident, Vec<Path>>;

/// Traits that every field must implement too, in the order in which they are written.
const CHECKED: [&str; 4] = ["Eq", "Hash", "PartialOrd", "Ord"];

/// Derives that describe a type by its Rust names, which may differ from the wire.
const DESCRIBING: [&str; 5] = ["JsonSchema", "ToSchema", "ValueEnum", "Serialize", "Deserialize"];

/// Traits that every type implements.
const ALWAYS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// Selector of all types. Types that cannot have the trait are skipped without a diagnostic.
const ALL: &str = "*";

/// Stands for a map of additional members: maps implement `Eq` and none of the other traits.
const ANY: &Type = &Type::Value;

/// Applies the `derive` table to the types.
pub fn derives(
    api: &Api,
    names: &Names,
    files: &[TypeFile],
    table: &IndexMap<String, Vec<String>>,
    diagnostics: &mut Diagnostics,
) -> Derives {
    let items = files.iter().flat_map(|file| &file.items);
    // A validation has the name of its type.
    let types = items.filter(|item| !matches!(item, Item::Validation(_)));
    let mut builder = Builder {
        items: types.map(|item| (item.name(), item)).collect(),
        derives: BTreeMap::new(),
    };
    for (key, traits) in table {
        let selected = builder.select(api, names, key);
        if selected.is_empty() && key != ALL {
            selectors::unmatched("derive", key, selectors::components(api), diagnostics);
        }
        for name in traits {
            builder.derive(key, name, &selected, diagnostics);
        }
    }
    builder.derives
}

struct Builder<'a> {
    items: BTreeMap<&'a Ident, &'a Item>,
    derives: Derives,
}

impl<'a> Builder<'a> {
    /// Returns the types that a key selects: a component, a pointer, a Rust name, or `*`.
    fn select(&self, api: &Api, names: &Names, key: &str) -> Vec<&'a Ident> {
        let schema = selectors::schema(api, key).and_then(|id| names.types.get(&id));
        let is_selected = |ident: &Ident| match schema {
            _ if key == ALL => true,
            Some(names) => *ident == names.read || names.input.as_ref() == Some(ident),
            None => ident.text() == key,
        };
        let types = self.items.iter().filter(|(_, item)| !matches!(item, Item::Alias(_)));
        let idents = types.map(|(ident, _)| *ident);
        idents.filter(|ident| is_selected(ident)).collect()
    }

    fn derive(
        &mut self,
        key: &str,
        name: &str,
        selected: &[&Ident],
        diagnostics: &mut Diagnostics,
    ) {
        let Some(path) = Path::parse(name) else {
            let message = format!("`{name}`, which `{key}` is to derive, is not a path");
            return diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
        };
        if ALWAYS.contains(&name) {
            return;
        }
        let is_checked = CHECKED.contains(&name);
        let last_segment = name.rsplit("::").next().unwrap_or(name);
        let is_describing = DESCRIBING.contains(&last_segment.trim());
        for ident in selected {
            let obstacle = match self.items.get(ident) {
                _ if is_checked => self.obstacle(ident, name),
                Some(item) if is_describing => difference(item),
                Some(_) | None => None,
            };
            match obstacle {
                None if is_checked => self.add_checked(ident, name),
                None => self.add(ident, &path),
                Some(_) if key == ALL => {}
                Some(obstacle) => {
                    let message = format!("`{ident}` cannot be `{name}`: {obstacle}");
                    diagnostics.push(codes::DERIVE_IMPOSSIBLE, Place::Nowhere, message);
                }
            }
        }
    }

    /// Derives a trait and its supertraits for a type and for every type inside it.
    fn add_checked(&mut self, ident: &Ident, name: &str) {
        let traits: &[&str] = match name {
            "Ord" => &["Eq", "PartialOrd", "Ord"],
            "Eq" => &["Eq"],
            "Hash" => &["Hash"],
            _ => &["PartialOrd"],
        };
        for ident in &self.reachable(ident) {
            let Some(item) = self.items.get(ident) else {
                continue;
            };
            let missing = traits.iter().filter(|name| !implements(item, name));
            let missing: Vec<_> = missing.filter_map(|name| Path::parse(name)).collect();
            missing.iter().for_each(|path| self.add(ident, path));
        }
    }

    fn add(&mut self, ident: &Ident, path: &Path) {
        let derives = self.derives.entry(ident.clone()).or_default();
        if !derives.contains(path) {
            derives.push(path.clone());
            let position = |path: &Path| CHECKED.iter().position(|name| *name == path.text());
            derives.sort_by_key(|path| position(path).unwrap_or(CHECKED.len()));
        }
    }

    /// Returns the type and every type inside it, at any depth.
    fn reachable(&self, ident: &Ident) -> BTreeSet<Ident> {
        let mut reached = BTreeSet::new();
        let mut pending = vec![ident];
        while let Some(ident) = pending.pop() {
            if reached.insert(ident.clone()) {
                let parts = self.items.get(ident).map(|item| parts(item)).unwrap_or_default();
                pending.extend(parts.into_iter().flat_map(|(_, ty)| ty.named()));
            }
        }
        reached
    }

    /// Returns the reason why a type cannot implement a trait.
    fn obstacle(&self, ident: &Ident, name: &str) -> Option<String> {
        self.reachable(ident).iter().find_map(|ident| {
            let item = self.items.get(ident).filter(|item| !implements(item, name))?;
            let mut parts = parts(item).into_iter();
            let (part, _) = parts.find(|(_, ty)| !supports(ty, name))?;
            Some(format!("`{ident}.{part}` is not"))
        })
    }
}

/// Returns the first difference between a type's Rust names and the wire.
fn difference(item: &Item) -> Option<String> {
    match item {
        Item::Record(record) => {
            let renamed =
                record.fields.iter().find(|field| field.name.ident.text() != field.name.wire);
            let coded = record.fields.iter().find(|field| field.value.codec != Codec::Native);
            let renamed = renamed.map(|field| {
                format!("`{}` is `{}` on the wire", field.name.ident, field.name.wire)
            });
            let coded =
                coded.map(|field| format!("`{}` is another type on the wire", field.name.ident));
            let additional = record.additional.field();
            let additional =
                additional.map(|(ident, _)| format!("`{ident}` is no member on the wire"));
            renamed.or(coded).or(additional)
        }
        Item::Choice(choice) => {
            let mut variants = choice.variants.iter();
            let renamed = variants.find(|variant| variant.ident.text() != variant.wire);
            let renamed = renamed
                .map(|variant| format!("`{}` is `{}` on the wire", variant.ident, variant.wire));
            let unlisted = choice.unlisted.as_ref();
            renamed
                .or(unlisted.map(|unlisted| format!("`{unlisted}` is any other value on the wire")))
        }
        Item::Union(_) => {
            Some("a branch is on the wire without the name of the variant".to_owned())
        }
        Item::Newtype(newtype) => (newtype.value.codec != Codec::Native)
            .then(|| "its value is another type on the wire".to_owned()),
        Item::Alias(_) | Item::Validation(_) => None,
    }
}

/// `true` if the type implements the trait by itself.
fn implements(item: &Item, name: &str) -> bool {
    matches!(item, Item::Choice(_)) && matches!(name, "Eq" | "Hash")
}

/// Returns the types inside an item, each with the name of the field or variant.
fn parts(item: &Item) -> Vec<(&str, &Type)> {
    match item {
        Item::Record(record) => {
            let fields = record.fields.iter();
            let fields = fields.map(|field| (field.name.ident.text(), &field.value.ty));
            let additional = match &record.additional {
                AdditionalMembers::Stored(ident, value) => {
                    vec![(ident.text(), &value.ty), (ident.text(), ANY)]
                }
                AdditionalMembers::Ignored | AdditionalMembers::Rejected => Vec::new(),
            };
            fields.chain(additional).collect()
        }
        Item::Choice(choice) => {
            let unlisted = choice.unlisted.iter().filter(|_| choice.base == ChoiceBase::Value);
            unlisted.map(|ident| (ident.text(), ANY)).collect()
        }
        Item::Union(union) => {
            let variants = union.variants.iter();
            let variants = variants.map(|variant| (variant.ident.text(), &variant.value.ty));
            // An undocumented value or event implements `Eq` and none of the other traits.
            let unlisted = union.unlisted.iter().map(|unlisted| (unlisted.text(), ANY));
            variants.chain(unlisted).collect()
        }
        Item::Newtype(newtype) => vec![("0", &newtype.value.ty)],
        Item::Alias(alias) => vec![("0", &alias.ty)],
        Item::Validation(_) => Vec::new(),
    }
}

/// `true` if values of a type can implement a trait; generated types are examined by themselves.
fn supports(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Value | Type::Number | Type::Secret => name == "Eq",
        Type::Never | Type::Float => false,
        Type::Scalar(Scalar::Time | Scalar::Duration) => matches!(name, "Eq" | "Hash"),
        Type::Keyed(_, value) | Type::Map(value) => name == "Eq" && supports(value, name),
        Type::List(_)
        | Type::Option(_)
        | Type::Maybe(_)
        | Type::Boxed(_)
        | Type::Lenient(_)
        | Type::Prefix(..)
        | Type::Tuple(_)
        | Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Text
        | Type::DateTime
        | Type::Date
        | Type::Bytes
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Named(_) => ty.parts().into_iter().all(|part| supports(part, name)),
    }
}

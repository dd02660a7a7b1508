//! Derives that the caller asks for beside those that every type has, as far as the fields allow them.

use super::model::{
    Choice, ChoiceBase, Codec, Item, Record, Rest, Scalar, Tagging, Type, TypeFile, Union,
};
use crate::api::model::Api;
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::names::{selectors, Ident, Names, Path};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// What each type derives beside what every type does.
pub type Derives = BTreeMap<Ident, Vec<Path>>;

/// The traits of the standard library that fields must have too, in the order in which they are written.
const CHECKED: [&str; 4] = ["Eq", "Hash", "PartialOrd", "Ord"];

/// Derives that describe a type by its names in Rust: they would say something else than what is on the wire.
const DESCRIBING: [&str; 5] = [
    "JsonSchema",
    "ToSchema",
    "ValueEnum",
    "Serialize",
    "Deserialize",
];

/// What every type has.
const ALWAYS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// The selector of all types; what one of them cannot have is left out without a word.
const ALL: &str = "*";

/// Matches the `derive` table with the types.
pub fn decide(
    (api, names): (&Api, &Names),
    files: &[TypeFile],
    wanted: &IndexMap<String, Vec<String>>,
    diagnostics: &mut Diagnostics,
) -> Derives {
    let items = files.iter().flat_map(|file| &file.items);
    // the checks of a type have its name
    let items = items.filter(|item| !matches!(item, Item::Validation(_)));
    let items: BTreeMap<&Ident, &Item> = items.map(|item| (item.name(), item)).collect();
    let mut asked = Asked {
        items: &items,
        derives: BTreeMap::new(),
    };
    for (key, traits) in wanted {
        let selected = selected((api, names), &items, key);
        if selected.is_empty() && key != ALL {
            selectors::unmatched(("derive", key), selectors::components(api), diagnostics);
        }
        for wanted in traits {
            asked.derive((key, wanted), &selected, diagnostics);
        }
    }
    asked.derives
}

/// The types that a selector names: a component, a pointer, a type as it is called in Rust, or `*`.
fn selected<'a>(
    (api, names): (&Api, &Names),
    items: &BTreeMap<&'a Ident, &'a Item>,
    key: &str,
) -> Vec<&'a Ident> {
    let of_schema = selectors::schema(api, key).and_then(|id| names.types.get(&id));
    let is_selected = |ident: &Ident| match of_schema {
        _ if key == ALL => true,
        Some(names) => *ident == names.read || names.input.as_ref() == Some(ident),
        None => ident.text() == key,
    };
    let is_type = |item: &Item| !matches!(item, Item::Alias(_));
    let found = items
        .iter()
        .filter(|(ident, item)| is_selected(ident) && is_type(item));
    found.map(|(ident, _)| *ident).collect()
}

struct Asked<'a> {
    items: &'a BTreeMap<&'a Ident, &'a Item>,
    derives: Derives,
}

impl Asked<'_> {
    fn derive(
        &mut self,
        (key, wanted): (&str, &str),
        selected: &[&Ident],
        diagnostics: &mut Diagnostics,
    ) {
        let Some(path) = Path::parse(wanted) else {
            let message = format!("`{wanted}`, which `{key}` is to derive, is no path");
            return diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
        };
        if ALWAYS.contains(&wanted) {
            return;
        }
        let is_checked = CHECKED.contains(&wanted);
        let describes = describes(wanted);
        for ident in selected {
            let obstacle = match self.items.get(ident) {
                _ if is_checked => self.obstacle(ident, wanted),
                Some(item) if describes => difference(item),
                Some(_) | None => None,
            };
            match obstacle {
                None if is_checked => self.checked(ident, wanted),
                None => self.add(ident, &path),
                Some(_) if key == ALL => {}
                Some(obstacle) => {
                    let message = format!("`{ident}` cannot be `{wanted}`: {obstacle}");
                    diagnostics.push(codes::DERIVE_IMPOSSIBLE, Place::Nowhere, message);
                }
            }
        }
    }

    /// Derives a trait with those that it needs, for a type and all that it holds.
    fn checked(&mut self, ident: &Ident, wanted: &str) {
        let with: &[&str] = match wanted {
            "Ord" => &["Eq", "PartialOrd", "Ord"],
            "Eq" => &["Eq"],
            "Hash" => &["Hash"],
            _ => &["PartialOrd"],
        };
        let mut reached = BTreeSet::new();
        self.reach(ident, &mut reached);
        for ident in &reached {
            let Some(item) = self.items.get(ident) else {
                continue;
            };
            let missing = with.iter().filter(|name| !has(item, name));
            let missing: Vec<_> = missing.filter_map(|name| Path::parse(name)).collect();
            missing.iter().for_each(|path| self.add(ident, path));
        }
    }

    fn add(&mut self, ident: &Ident, path: &Path) {
        let order = |path: &Path| {
            CHECKED
                .iter()
                .position(|name| *name == path.text())
                .unwrap_or(CHECKED.len())
        };
        let derives = self.derives.entry(ident.clone()).or_default();
        if !derives.contains(path) {
            derives.push(path.clone());
            derives.sort_by_key(order);
        }
    }

    /// The type and every type that it holds, however deep.
    fn reach(&self, ident: &Ident, reached: &mut BTreeSet<Ident>) {
        if !reached.insert(ident.clone()) {
            return;
        }
        let held = self
            .items
            .get(ident)
            .map(|item| held(item))
            .unwrap_or_default();
        for (_, ty) in held {
            for named in ty.named() {
                self.reach(named, reached);
            }
        }
    }

    /// What keeps a type from having a trait.
    fn obstacle(&self, ident: &Ident, wanted: &str) -> Option<String> {
        let mut reached = BTreeSet::new();
        self.reach(ident, &mut reached);
        reached.iter().find_map(|ident| {
            let item = self.items.get(ident)?;
            if has(item, wanted) {
                return None;
            }
            let mut held = held(item).into_iter();
            let (name, _) = held.find(|(_, ty)| !can(ty, wanted))?;
            Some(format!("`{ident}.{name}` is not"))
        })
    }
}

/// Whether a derive describes the type by the names that it has in Rust.
fn describes(wanted: &str) -> bool {
    let name = wanted.rsplit("::").next().unwrap_or(wanted);
    DESCRIBING.contains(&name.trim())
}

/// The first thing that a description by the names in Rust would get wrong of what a type is on the wire.
fn difference(item: &Item) -> Option<String> {
    match item {
        Item::Record(record) => {
            let renamed = record
                .fields
                .iter()
                .find(|field| field.name.ident.text() != field.name.wire);
            let coded = record
                .fields
                .iter()
                .find(|field| field.value.codec != Codec::Own);
            let renamed = renamed.map(|field| {
                format!(
                    "`{}` is `{}` on the wire",
                    field.name.ident, field.name.wire
                )
            });
            let coded =
                || coded.map(|field| format!("`{}` is another type on the wire", field.name.ident));
            let rest = || match &record.rest {
                Rest::Kept(ident, _) => Some(format!("`{ident}` is no member on the wire")),
                Rest::Skipped | Rest::Refused => None,
            };
            renamed.or_else(coded).or_else(rest)
        }
        Item::Choice(choice) => {
            let mut variants = choice.variants.iter();
            let renamed = variants.find(|variant| variant.ident.text() != variant.wire);
            let renamed = renamed
                .map(|variant| format!("`{}` is `{}` on the wire", variant.ident, variant.wire));
            renamed.or_else(|| {
                let unlisted = choice.unlisted.as_ref()?;
                Some(format!("`{unlisted}` is any other value on the wire"))
            })
        }
        Item::Union(_) => Some("on the wire a branch stands without the variant's name".to_owned()),
        Item::Newtype(newtype) => {
            let is_coded = newtype.value.codec != Codec::Own;
            is_coded.then(|| "its value is another type on the wire".to_owned())
        }
        Item::Alias(_) | Item::Validation(_) => None,
    }
}

/// Whether a type derives the trait as it is.
fn has(item: &Item, wanted: &str) -> bool {
    matches!(item, Item::Choice(_)) && matches!(wanted, "Eq" | "Hash")
}

/// What a type holds, each with a word for it.
fn held(item: &Item) -> Vec<(&str, &Type)> {
    match item {
        Item::Record(record) => of_record(record),
        Item::Choice(choice) => of_choice(choice),
        Item::Union(union) => of_union(union),
        Item::Newtype(newtype) => vec![("0", &newtype.value.ty)],
        Item::Alias(alias) => vec![("0", &alias.ty)],
        Item::Validation(_) => Vec::new(),
    }
}

/// A map stands for further members: maps are `Eq` and nothing more.
const ANY: &Type = &Type::Value;

fn of_record(record: &Record) -> Vec<(&str, &Type)> {
    let fields = record.fields.iter();
    let fields = fields.map(|field| (field.name.ident.text(), &field.value.ty));
    let rest = match &record.rest {
        Rest::Kept(ident, value) => vec![(ident.text(), &value.ty), (ident.text(), ANY)],
        Rest::Skipped | Rest::Refused => Vec::new(),
    };
    fields.chain(rest).collect()
}

fn of_choice(choice: &Choice) -> Vec<(&str, &Type)> {
    match choice.base {
        ChoiceBase::Text | ChoiceBase::Integer => Vec::new(),
        ChoiceBase::Value => {
            let unlisted = choice.unlisted.iter();
            unlisted.map(|ident| (ident.text(), ANY)).collect()
        }
    }
}

fn of_union(union: &Union) -> Vec<(&str, &Type)> {
    let variants = union.variants.iter();
    let variants = variants.map(|variant| (variant.ident.text(), &variant.value.ty));
    let rest = match union.tagging {
        // A whole event is `Eq` and nothing more, as any value is.
        Tagging::Member(..) | Tagging::Event(_) => Some((union.unlisted.text(), ANY)),
        Tagging::Type | Tagging::Keys | Tagging::Text | Tagging::Trial => None,
    };
    variants.chain(rest).collect()
}

/// Whether a value can have a trait; a generated type within it is looked at by itself.
fn can(ty: &Type, wanted: &str) -> bool {
    match ty {
        Type::Value | Type::Number | Type::Secret => wanted == "Eq",
        Type::Never | Type::Float => false,
        Type::Scalar(Scalar::Time | Scalar::Duration) => matches!(wanted, "Eq" | "Hash"),
        Type::Keyed(_, value) => wanted == "Eq" && can(value, wanted),
        Type::Map(value) => wanted == "Eq" && can(value, wanted),
        Type::List(inner)
        | Type::Option(inner)
        | Type::Maybe(inner)
        | Type::Boxed(inner)
        | Type::Lenient(inner) => can(inner, wanted),
        Type::Prefix(items, rest) => {
            let mut items = items.iter().chain([rest.as_ref()]);
            items.all(|item| can(item, wanted))
        }
        Type::Tuple(items) => items.iter().all(|item| can(item, wanted)),
        Type::Null
        | Type::Bool
        | Type::Integer(_)
        | Type::Text
        | Type::DateTime
        | Type::Date
        | Type::Bytes
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Named(_) => true,
    }
}

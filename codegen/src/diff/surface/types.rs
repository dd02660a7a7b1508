//! Items of the module `types`.

use super::{Builder, Kind, Source, EXHAUSTIVE};
use crate::api::model::{SchemaId, Shape};
use crate::emit::signature;
use crate::lower::model::{Choice, ChoiceBase, Construction, Group, Item, Record, Union};
use crate::names::{nodes, Ident, Path};

/// Traits of every struct and enum.
const TRAITS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// Further traits of every choice.
const CHOICE_TRAITS: [&str; 3] = ["Display", "Eq", "Hash"];

impl Builder<'_> {
    pub(super) fn item(&mut self, item: &Item, derives: &[Path]) {
        let path = format!("types::{}", item.name().text());
        let source = self.type_source(item.name());
        let signature = match item {
            Item::Record(_) => "struct".to_owned(),
            Item::Choice(_) | Item::Union(_) => "enum".to_owned(),
            Item::Newtype(newtype) => format!("struct({})", signature::ty(&newtype.value.ty)),
            Item::Alias(alias) => return self.alias(path, alias, &source),
            Item::Validation(_) => {
                let path = format!("{path}::validate()");
                self.add(path, Kind::Method, "", &source.part("validate"));
                return;
            }
        };
        let entry = self.add(path.clone(), Kind::Type, signature, &source);
        entry.is_deprecated = item.is_deprecated();
        self.traits(&path, TRAITS.into_iter().chain(derives.iter().map(Path::text)), &source);
        match item {
            Item::Record(record) => self.record(&path, record, &source),
            Item::Choice(choice) => self.choice(&path, choice, &source),
            Item::Union(union) => self.union(&path, union, &source),
            Item::Newtype(_) | Item::Alias(_) | Item::Validation(_) => {}
        }
    }

    pub(super) fn record(&mut self, path: &str, record: &Record, source: &Source) {
        for field in &record.fields {
            let source = self.property_source(&record.name, source, &field.name.wire);
            let signature = signature::field(field);
            let ident = field.name.ident.text();
            let entry = self.add(format!("{path}::{ident}"), Kind::Field, signature, &source);
            entry.is_deprecated = field.attributes.deprecated;
            if let Some(default) = &field.default {
                let path = format!("{path}::{}()", default.ident.text());
                let returned = signature::default_accessor(field, default);
                self.add(path, Kind::Method, returned, &source.part("default"));
            }
        }
        if let Some((ident, ty)) = signature::additional(record) {
            let source = source.part("additionalProperties");
            self.add(format!("{path}::{}", ident.text()), Kind::Field, ty, &source);
        }
        if let Some(construction) = &record.construction {
            self.construction(path, record, construction, source);
        }
        for group in &record.groups {
            self.group(path, record, group);
        }
        if let Some(conversion) = &record.conversion {
            self.traits(path, [format!("From<{}>", conversion.read.text()).as_str()], source);
        }
    }

    fn construction(
        &mut self,
        path: &str,
        record: &Record,
        construction: &Construction,
        source: &Source,
    ) {
        let arguments = signature::constructor(record, construction);
        if arguments.is_empty() {
            self.traits(path, ["Default"], source);
        }
        let source = source.part("new");
        self.add(format!("{path}::new()"), Kind::Constructor, arguments, &source);
        for setter in signature::setters(record, construction) {
            let source = source.part(&setter.wire);
            let path = format!("{path}::{}()", setter.name);
            let entry = self.add(path, Kind::Setter, setter.ty, &source);
            entry.is_deprecated = setter.is_deprecated;
        }
    }

    /// The enum of mutually exclusive fields, and the accessor that returns it.
    fn group(&mut self, record_path: &str, record: &Record, group: &Group) {
        let path = format!("types::{}", group.name.text());
        let source = self.group_source(&record.name, &group.name);
        let lifetime = if group.borrows() { "<'a>" } else { "" };
        self.add(path.clone(), Kind::Type, format!("{EXHAUSTIVE}enum{lifetime}"), &source);
        self.traits(&path, TRAITS.into_iter().chain(["Copy"]), &source);
        for variant in &group.variants {
            let mut fields = record.fields.iter();
            let field = fields.find(|field| field.name.ident == variant.field);
            let source = source.part(field.map_or("", |field| &field.name.wire));
            let path = format!("{path}::{}", variant.ident.text());
            self.add(path, Kind::Variant, signature::ty(&variant.ty), &source);
        }
        let accessor = format!("{record_path}::{}()", group.accessor.text());
        self.add(accessor, Kind::Method, path, &source.part("accessor"));
    }

    /// The node of a group of mutually exclusive fields.
    fn group_source(&self, ty: &Ident, name: &Ident) -> Source {
        let source = self.type_source(ty);
        let group = match self.shape(ty) {
            Some((id, Shape::Object(object))) => {
                let names = self.names.types.get(&id).into_iter().flat_map(|names| &names.groups);
                let mut groups = object.exclusive_groups.iter().zip(names);
                groups.find(|(_, names)| names.ident == *name)
            }
            Some(_) | None => None,
        };
        let node = group.map(|(group, _)| nodes::group(&source.node, group));
        Source { node: node.unwrap_or(source.node), place: source.place }
    }

    fn shape(&self, ty: &Ident) -> Option<(SchemaId, &Shape)> {
        let id = *self.schemas.get(ty)?;
        Some((id, &self.api.schemas.get(id)?.shape))
    }

    /// The nodes of a union's variants.
    fn variant_nodes(&self, name: &Ident) -> Vec<String> {
        match self.shape(name) {
            Some((id, Shape::Union(union))) => self.names.nodes.variants(self.api, id, union),
            Some(_) | None => Vec::new(),
        }
    }

    fn choice(&mut self, path: &str, choice: &Choice, source: &Source) {
        let (accessor, ty) = match choice.base {
            ChoiceBase::Text => ("as_str", "&str"),
            ChoiceBase::Integer => ("as_i64", "i64"),
            ChoiceBase::Value => ("to_value", "Value"),
        };
        self.add(format!("{path}::{accessor}()"), Kind::Method, ty, &source.part(accessor));
        let conversion = match choice.unlisted {
            Some(_) => format!("From<{ty}>"),
            None => format!("TryFrom<{ty}>"),
        };
        let from_str = (choice.base != ChoiceBase::Value).then_some("FromStr");
        let copy = choice.is_copy().then_some("Copy");
        let traits = [Some(conversion.as_str()), from_str, copy].into_iter().flatten();
        self.traits(path, CHOICE_TRAITS.into_iter().chain(traits), source);
        for variant in &choice.variants {
            let source = source.part(&variant.wire);
            let path = format!("{path}::{}", variant.ident.text());
            let entry = self.add(path, Kind::Variant, "", &source);
            entry.is_deprecated = variant.attributes.deprecated;
        }
        if let Some(unlisted) = &choice.unlisted {
            let ty = match choice.base {
                ChoiceBase::Text => "(String)",
                ChoiceBase::Integer => "(i64)",
                ChoiceBase::Value => "(Value)",
            };
            let path = format!("{path}::{}", unlisted.text());
            self.add(path, Kind::Variant, ty, &source.part("unlisted"));
        }
    }

    fn union(&mut self, path: &str, union: &Union, source: &Source) {
        for (variant, node) in union.variants.iter().zip(self.variant_nodes(&union.name)) {
            let ty = signature::ty(&variant.value.ty);
            let named = variant.value.ty.named();
            let source = Source { node, place: source.place.clone() };
            if let ([held], true) = (named.as_slice(), variant.has_from) {
                self.traits(path, [format!("From<{}>", held.text()).as_str()], &source);
            }
            let path = format!("{path}::{}", variant.ident.text());
            let entry = self.add(path, Kind::Variant, format!("({ty})"), &source);
            entry.is_deprecated = variant.attributes.deprecated;
        }
        if let Some(unlisted) = &union.unlisted {
            let ty = if union.is_event() { "(Event<String>)" } else { "(Value)" };
            let path = format!("{path}::{}", unlisted.text());
            self.add(path, Kind::Variant, ty, &source.part("unlisted"));
        }
        if let Some(conversion) = &union.conversion {
            self.traits(path, [format!("From<{}>", conversion.read.text()).as_str()], source);
        }
    }
}

//! How callers want their types: what the options come to once they are matched with the document.

use super::model::{Codec, Type, ValueType};
use crate::api::formats;
use crate::api::model::{Api, Owner, SchemaId, Shape};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::names::{selectors, Path};
use crate::options::{DateTimeTypes, Options, Via};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// How callers want their types.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Only types, no client.
    pub types_only: bool,
    /// Whether types check the constraints that no type expresses.
    pub validate: bool,
    /// Whether a value that a choice does not list is an error.
    pub closed_enums: bool,
    /// Whether every object keeps the members that its schema does not list.
    pub preserve_unknown: bool,
    /// Which crate's types hold instants and days.
    pub dates: DateTimeTypes,
    /// Whether a text that is not of its format is kept.
    pub lenient_formats: bool,
    /// The caller's own types.
    pub own: OwnTypes,
    /// What types are to derive beside what all do, by selector.
    pub derive: IndexMap<String, Vec<String>>,
}

impl Style {
    /// What the options ask for, of this document.
    pub fn new(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        Self {
            types_only: options.types_only,
            validate: options.validate,
            closed_enums: options.closed_enums,
            preserve_unknown: options.preserve_unknown,
            dates: options.date_time_types,
            lenient_formats: options.lenient_formats,
            own: OwnTypes::new(api, options, diagnostics),
            derive: options.derive.clone(),
        }
    }
}

/// The caller's own types, in place of generated ones.
#[derive(Clone, Debug, Default)]
pub struct OwnTypes {
    schemas: BTreeMap<SchemaId, Own>,
    formats: Vec<(String, Own)>,
}

/// A type of the caller's, and how its values travel.
#[derive(Clone, Debug)]
pub struct Own {
    path: Path,
    via: Via,
}

impl Own {
    /// As the type of values of a shape: the text of a number is a number on the wire.
    fn typed(&self, shape: &Shape) -> ValueType {
        let is_number = matches!(shape, Shape::Integer(_) | Shape::Number(_));
        ValueType {
            ty: Type::Foreign(self.path.clone()),
            codec: match self.via {
                Via::Serde => Codec::ViaSerde,
                Via::Text if is_number => Codec::ViaNumber,
                Via::Text => Codec::ViaText,
            },
        }
    }
}

impl OwnTypes {
    fn new(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        let mut own = Self::default();
        for (key, wanted) in &options.types {
            let Some(path) = Path::parse(&wanted.path) else {
                let message = format!("`{}`, the type for `{key}`, is no path", wanted.path);
                diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
                continue;
            };
            let via = wanted.via;
            own.add(api, key, Own { path, via }, diagnostics);
        }
        own
    }

    fn add(&mut self, api: &Api, key: &str, own: Own, diagnostics: &mut Diagnostics) {
        if let Some(format) = key.strip_prefix("format:") {
            let used = |name: &str| {
                let mut schemas = api.schemas.iter();
                schemas.any(|(_, schema)| formats::is_of(&schema.shape, name))
            };
            if used(format) {
                self.formats.push((format.to_owned(), own));
            } else {
                let known = formats::KNOWN.iter().filter(|name| used(name));
                let known: Vec<_> = known.map(|name| format!("format:{name}")).collect();
                selectors::unmatched(
                    ("types", key),
                    known.iter().map(String::as_str),
                    diagnostics,
                );
            }
        } else if let Some(id) = selectors::schema(api, key) {
            self.schemas.insert(id, own);
        } else {
            selectors::unmatched(("types", key), selectors::components(api), diagnostics);
        }
    }

    /// The type in place of this very schema.
    pub fn of_schema(&self, id: SchemaId, shape: &Shape) -> Option<ValueType> {
        Some(self.schemas.get(&id)?.typed(shape))
    }

    /// The type in place of this schema, or of what has its format.
    pub fn of(&self, id: SchemaId, shape: &Shape) -> Option<ValueType> {
        let by_format = || {
            let mut formats = self.formats.iter();
            let (_, own) = formats.find(|(name, _)| formats::is_of(shape, name))?;
            Some(own.typed(shape))
        };
        self.of_schema(id, shape).or_else(by_format)
    }

    /// Whether nothing is generated for a schema: it, or what it stands in, has a type already.
    pub fn replace(&self, api: &Api, id: SchemaId) -> bool {
        if self.schemas.is_empty() {
            return false;
        }
        let mut id = id;
        for _ in 0..api.schemas.len() {
            if self.schemas.contains_key(&id) {
                return true;
            }
            match api.schemas.get(id).map(|schema| &schema.owner) {
                Some(Owner::Schema(owner, _)) => id = *owner,
                Some(Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..)) | None => {
                    break
                }
            }
        }
        false
    }
}

//! Options that concern types, matched with the document.

use super::model::{Codec, Type, ValueType};
use crate::api::formats;
use crate::api::model::{Api, Owner, SchemaId, Shape};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::formats::FORMATS;
use crate::names::{selectors, Path};
use crate::options::{DateTimeTypes, Features, Options, Via};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Options that concern types, matched with the document.
#[derive(Clone, Debug, Default)]
pub struct TypeOptions {
    /// `true` to generate types without a client.
    pub types_only: bool,
    /// `true` to generate a server.
    pub server: bool,
    /// `true` to generate `validate` for constraints that no type expresses.
    pub validate: bool,
    /// `true` if an undocumented enum value is an error.
    pub closed_enums: bool,
    /// `true` if every object stores the members that its schema does not declare.
    pub preserve_unknown: bool,
    /// Crate of date and time types.
    pub dates: DateTimeTypes,
    /// `true` if a text that violates its format is stored unchanged instead of being an error.
    pub lenient_formats: bool,
    /// Types that replace generated ones.
    pub caller_types: CallerTypes,
    /// Requested derives by selector.
    pub derive: IndexMap<String, Vec<String>>,
    /// Number of operations with an example in their documentation.
    pub doc_examples: usize,
    /// Cargo features of the crate.
    pub features: Features,
    /// Name of the crate.
    pub package: String,
}

impl TypeOptions {
    /// Matches the options with the document; reports those that match nothing.
    pub fn new(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        Self {
            types_only: options.types_only,
            server: options.server.is_some() && !options.types_only,
            validate: options.validate,
            closed_enums: options.closed_enums,
            preserve_unknown: options.preserve_unknown,
            dates: options.date_time_types,
            lenient_formats: options.lenient_formats,
            caller_types: CallerTypes::new(api, options, diagnostics),
            derive: options.derive.clone(),
            doc_examples: options.doc_examples,
            features: options.features,
            package: options.name.clone(),
        }
    }
}

/// Callers' types, which replace generated ones.
#[derive(Clone, Debug, Default)]
pub struct CallerTypes {
    by_schema: BTreeMap<SchemaId, CallerType>,
    by_format: Vec<(String, CallerType)>,
}

/// A caller's type, and how its values are converted.
#[derive(Clone, Debug)]
struct CallerType {
    path: Path,
    via: Via,
}

impl CallerType {
    /// Returns the type for values of a shape. A number's text is a number on the wire.
    fn value_type(&self, shape: &Shape) -> ValueType {
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

impl CallerTypes {
    fn new(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        let mut types = Self::default();
        for (key, requested) in &options.types {
            let via = requested.via;
            match Path::parse(&requested.path) {
                Some(path) => types.add(api, key, CallerType { path, via }, diagnostics),
                None => {
                    let path = &requested.path;
                    let message = format!("`{path}`, the type for `{key}`, is not a path");
                    diagnostics.push(codes::NOT_RUST, Place::Nowhere, message);
                }
            }
        }
        types
    }

    fn add(&mut self, api: &Api, key: &str, ty: CallerType, diagnostics: &mut Diagnostics) {
        let is_used = |format: &str| {
            let mut schemas = api.schemas.iter();
            schemas.any(|(_, schema)| formats::is_of(&schema.shape, format))
        };
        if let Some(format) = key.strip_prefix("format:") {
            if is_used(format) {
                self.by_format.push((format.to_owned(), ty));
            } else {
                let known = FORMATS.iter().map(|format| format.name).filter(|name| is_used(name));
                let known: Vec<_> = known.map(|name| format!("format:{name}")).collect();
                let known = known.iter().map(String::as_str);
                selectors::unmatched("types", key, known, diagnostics);
            }
        } else if let Some(id) = selectors::schema(api, key) {
            self.by_schema.insert(id, ty);
        } else {
            selectors::unmatched("types", key, selectors::components(api), diagnostics);
        }
    }

    /// Returns the replacement of exactly this schema.
    pub fn of_schema(&self, id: SchemaId, shape: &Shape) -> Option<ValueType> {
        Some(self.by_schema.get(&id)?.value_type(shape))
    }

    /// Returns the replacement of this schema or of its format.
    pub fn get(&self, id: SchemaId, shape: &Shape) -> Option<ValueType> {
        let by_format = || {
            let mut formats = self.by_format.iter();
            let (_, ty) = formats.find(|(name, _)| formats::is_of(shape, name))?;
            Some(ty.value_type(shape))
        };
        self.of_schema(id, shape).or_else(by_format)
    }

    /// `true` if nothing is generated for a schema: it, or an owner of it, is replaced.
    pub fn replaces(&self, api: &Api, id: SchemaId) -> bool {
        let owner = |id: &SchemaId| match api.schemas.get(*id)?.owner {
            Owner::Schema(owner, _) => Some(owner),
            Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => None,
        };
        let owners = std::iter::successors(Some(id), owner).take(api.schemas.len());
        !self.by_schema.is_empty() && owners.into_iter().any(|id| self.by_schema.contains_key(&id))
    }
}

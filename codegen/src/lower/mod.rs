//! Lowers the API model to the Rust model: types, boxing, presence. Reads no document and emits no tokens.

pub mod attributes;
mod body;
mod client;
mod conversions;
mod defaults;
mod derives;
mod enums;
mod examples;
mod features;
mod format_syntax;
mod formats;
pub mod generated_tests;
mod imports;
pub mod lenient;
pub mod model;
mod operation;
mod record;
mod recursion;
mod responses;
mod service;
#[cfg(test)]
mod tests;
mod type_options;
mod validation;
mod value_type;

use crate::api::model::{Api, Schema, SchemaId, Shape, Use};
use crate::api::read_write::Reach;
use crate::diagnostics::Diagnostics;
use crate::names::{crate_ident, is_record, Ident, Names};
use crate::options::Features;
use crate::rustdoc;
use model::{Alias, Crate, Item, Newtype, Service, TypeFile};
use recursion::Boxes;
use std::collections::{BTreeMap, BTreeSet};

pub use type_options::TypeOptions;

/// Maximum number of aliases, owners or levels that are followed: documents may contain cycles.
const MAX_DEPTH: usize = 64;

/// Direction in which values of a type are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// In responses, and in requests unless these have a type of their own.
    Response,
    /// In requests.
    Request,
}

/// Inputs and indexes that every part of this phase uses.
struct Context<'a> {
    api: &'a Api,
    names: &'a Names,
    options: &'a TypeOptions,
    boxes: Boxes,
    /// Schemas whose values have rules; empty without validation.
    ruled: BTreeSet<SchemaId>,
    /// Schemas whose response type converts into the request type.
    convertible: BTreeSet<SchemaId>,
    /// Enums with a single value, with its variant.
    constants: BTreeMap<Ident, Ident>,
}

/// Lowers an API. There is no client if only types are requested, or if there are no operations.
pub fn lower(
    api: &Api,
    names: &Names,
    options: &TypeOptions,
    diagnostics: &mut Diagnostics,
) -> Crate {
    let mut context = Context::new(api, names, options);
    context.convertible = conversions::convertible(&context);
    let has_client = !options.types_only && !api.operations.is_empty();
    let mut client = has_client.then(|| client::lower(&context));
    let mut service = client.as_ref().and_then(|_| service::lower(&context, diagnostics));
    let mut types = files(&context);
    recursion::set_blanks(&mut types, service.iter_mut().flat_map(Service::records_mut));
    let incoming = client::incoming(&context);
    let mut features = Vec::new();
    if let (Some(client), Features::Tags) = (&mut client, options.features) {
        (types, features) = features::divide(types, client, &incoming);
    }
    imports::set(&mut types, client.as_mut(), service.as_mut());
    defaults::report(&context, diagnostics);
    Crate {
        ident: crate_ident(&options.package),
        title: rustdoc::heading(&api.info.title),
        version: rustdoc::heading(&api.info.version),
        docs: rustdoc::summary(&api.info.docs),
        has_examples: options.doc_examples > 0,
        incoming,
        derives: derives::derives(api, names, &types, &options.derive, diagnostics),
        types,
        xml: api.xml.clone(),
        client,
        features,
        service,
    }
}

fn files(context: &Context<'_>) -> Vec<TypeFile> {
    let mut files = BTreeMap::<Ident, Vec<Item>>::new();
    for (id, schema) in context.api.schemas.iter() {
        let Some(names) = context.names.types.get(&id) else {
            continue;
        };
        if !context.options.caller_types.replaces(context.api, id) {
            let file = files.entry(names.module.clone()).or_default();
            file.extend(items(context, id, schema));
        }
    }
    files
        .into_iter()
        .map(|(module, items)| TypeFile {
            module,
            items,
            features: BTreeSet::new(),
            imports: BTreeSet::new(),
            allow_deprecated: false,
        })
        .collect()
}

/// Returns the items of a schema: its type, and the type for requests if both directions use it and differ.
fn items(context: &Context<'_>, id: SchemaId, schema: &Schema) -> Vec<Item> {
    let differs = context.names.reach(id) == Reach::BothDiffer;
    let directions =
        [context.direction(id)].into_iter().chain(differs.then_some(Direction::Request));
    let items = directions.filter_map(|direction| {
        let item = item(context, id, schema, direction)?;
        let validation = validation::validation(context, id, &item, direction);
        Some([item].into_iter().chain(validation))
    });
    items.flatten().collect()
}

fn item(
    context: &Context<'_>,
    id: SchemaId,
    schema: &Schema,
    direction: Direction,
) -> Option<Item> {
    Some(match &schema.shape {
        Shape::Object(object) if is_record(object) => {
            Item::Record(record::lower(context, id, object, direction)?)
        }
        Shape::Choice(choice) => Item::Choice(enums::choice(context, id, choice)?),
        Shape::Union(union) => Item::Union(enums::union(context, id, union, direction)?),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Object(_)
        | Shape::Alias(_) => {
            let name = context.name(id, direction)?;
            let attributes = context.attributes(id);
            let value = context.structure(id, direction);
            if context.boxes.is_endless(id) {
                Item::Newtype(Newtype { name, attributes, value, blank: false })
            } else {
                Item::Alias(Alias { name, attributes, ty: value.ty, codec: value.codec })
            }
        }
    })
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, names: &'a Names, options: &'a TypeOptions) -> Self {
        Self {
            api,
            names,
            options,
            boxes: Boxes::new(api),
            ruled: if options.validate { validation::ruled(api) } else { BTreeSet::new() },
            convertible: BTreeSet::new(),
            constants: record::constant_enums(api, names),
        }
    }

    fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        self.api.schemas.get(id)
    }

    /// Follows aliases.
    fn resolve(&self, id: SchemaId) -> SchemaId {
        recursion::resolve(self.api, id)
    }

    /// Returns a schema's shape, following aliases.
    fn shape(&self, id: SchemaId) -> Option<&'a Shape> {
        self.schema(self.resolve(id)).map(|schema| &schema.shape)
    }

    /// `true` if a struct or tuple contains the value of this field or position in a box.
    fn is_boxed(&self, owner: SchemaId, usage: &Use) -> bool {
        self.boxes.is_boxed(owner, self.resolve(usage.schema))
    }

    /// Returns the name of a schema's type in this direction.
    fn name(&self, id: SchemaId, direction: Direction) -> Option<Ident> {
        let names = self.names.types.get(&id)?;
        let request = names.input.as_ref().filter(|_| direction == Direction::Request);
        Some(request.unwrap_or(&names.read).clone())
    }

    /// Returns the names of a schema's fields or variants.
    fn members(&self, id: SchemaId) -> &[Ident] {
        self.names.members.get(&id).map_or(&[], Vec::as_slice)
    }

    /// `true` if callers construct the type: requests contain it, there are no operations, or responses of a server contain
    /// it.
    fn is_constructed(&self, id: SchemaId, direction: Direction) -> bool {
        match self.names.reach(id) {
            Reach::RequestOnly | Reach::BothDiffer => {
                direction == Direction::Request || self.options.server
            }
            Reach::BothSame => true,
            Reach::ResponseOnly => self.options.server,
            Reach::Neither => self.api.operations.is_empty(),
        }
    }

    /// Returns the direction of a schema's only or first type.
    fn direction(&self, id: SchemaId) -> Direction {
        match self.names.reach(id) {
            Reach::RequestOnly => Direction::Request,
            Reach::Neither | Reach::ResponseOnly | Reach::BothSame | Reach::BothDiffer => {
                Direction::Response
            }
        }
    }
}

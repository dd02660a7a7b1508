//! What the Rust will be: IR A and names in, IR B out. Types, boxing, presence; no document, no tokens.

mod blank;
mod body;
mod boxing;
mod choice;
mod constants;
pub mod constraint_docs;
pub mod contract;
mod conversions;
mod defaults;
mod derives;
mod example_value;
pub mod examples;
mod follow_up;
mod formats;
mod groups;
mod imports;
pub mod lenient;
mod method;
pub mod model;
mod record;
mod responses;
mod servers;
mod style;
#[cfg(test)]
mod tests;
mod union;
mod validation;
mod value_type;

use crate::api::model::{Api, Schema, SchemaId, Shape, Use};
use crate::api::read_write::Reach;
use crate::diagnostics::Diagnostics;
use crate::names::{Ident, Names};
use crate::rustdoc;
use boxing::Boxes;
use model::{Alias, Attributes, Crate, Item, Newtype, TypeFile};
use std::collections::{BTreeMap, BTreeSet};
pub use style::Style;

/// Which way a type's values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As read: in replies, and in requests that do not differ from them.
    Read,
    /// As sent, where that differs.
    Input,
}

/// What every part of this phase looks things up in.
struct Context<'a> {
    api: &'a Api,
    names: &'a Names,
    style: &'a Style,
    boxes: Boxes,
    /// The schemas whose values have rules; none where no rules are wanted.
    ruled: BTreeSet<SchemaId>,
    /// The objects whose form for requests can be made from what was read.
    convertible: BTreeSet<SchemaId>,
    /// The enums of one value, with its variant.
    constants: BTreeMap<Ident, Ident>,
}

/// Decides the Rust of an API; without a client where only types are wanted, or where there is nothing to call.
pub fn lower(api: &Api, names: &Names, style: &Style, diagnostics: &mut Diagnostics) -> Crate {
    let mut context = Context::new(api, names, style);
    context.convertible = conversions::convertible(&context);
    let has_client = !style.types_only && !api.operations.is_empty();
    let mut client = has_client.then(|| method::client(&context));
    let mut types = files(&context);
    blank::decide(&mut types);
    imports::decide(&mut types, client.as_mut());
    defaults::report(&context, diagnostics);
    Crate {
        incoming: servers::incoming(&context),
        docs: rustdoc::summary(&api.info.docs),
        derives: derives::decide((api, names), &types, &style.derive, diagnostics),
        types,
        client,
    }
}

fn files(context: &Context<'_>) -> Vec<TypeFile> {
    let mut files = BTreeMap::<Ident, Vec<Item>>::new();
    for (id, schema) in context.api.schemas.iter() {
        let Some(names) = context.names.types.get(&id) else {
            continue;
        };
        if context.style.own.replace(context.api, id) {
            continue;
        }
        let items = files.entry(names.module.clone()).or_default();
        items.extend(self::items(context, id, schema));
    }
    files
        .into_iter()
        .map(|(module, items)| TypeFile {
            module,
            items,
            imports: BTreeSet::new(),
            allow_deprecated: false,
        })
        .collect()
}

/// The items of one schema: its type, and the one for requests where both directions reach it and differ.
fn items(context: &Context<'_>, id: SchemaId, schema: &Schema) -> Vec<Item> {
    let mut items = checked(context, id, schema, context.form(id));
    if context.names.reach(id) == Reach::BothDiffer {
        items.extend(checked(context, id, schema, Form::Input));
    }
    items
}

/// The item of a schema in this form, and what its values have to be.
fn checked(context: &Context<'_>, id: SchemaId, schema: &Schema, form: Form) -> Vec<Item> {
    let Some(item) = item(context, id, schema, form) else {
        return Vec::new();
    };
    let checks = validation::checks(context, id, &item, form);
    [item].into_iter().chain(checks).collect()
}

/// Whether a shape becomes an item with methods of its own, and no other name of a type.
fn is_own_item(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => value_type::is_record(object),
        Shape::Choice(_) | Shape::Union(_) => true,
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Alias(_) => false,
    }
}

fn item(context: &Context<'_>, id: SchemaId, schema: &Schema, form: Form) -> Option<Item> {
    let name = context.name(id, form)?;
    match &schema.shape {
        Shape::Object(object) if value_type::is_record(object) => {
            Some(Item::Record(record::lower(context, id, object, form)?))
        }
        Shape::Choice(choice) => Some(Item::Choice(choice::lower(context, id, choice)?)),
        Shape::Union(union) => Some(Item::Union(union::lower(context, id, union, form)?)),
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
        | Shape::Alias(_) => Some(alias(context, id, name, form)),
    }
}

/// Another name for what the schema is; a struct around it where the schema holds itself.
fn alias(context: &Context<'_>, id: SchemaId, name: Ident, form: Form) -> Item {
    let value = context.structure(id, form);
    let attributes = context.attributes(id);
    if context.boxes.is_endless(id) {
        return Item::Newtype(Newtype {
            name,
            attributes,
            value,
            blank: false,
        });
    }
    Item::Alias(Alias {
        name,
        attributes,
        ty: value.ty,
        codec: value.codec,
    })
}

impl<'a> Context<'a> {
    fn new(api: &'a Api, names: &'a Names, style: &'a Style) -> Self {
        Self {
            api,
            names,
            style,
            ruled: if style.validate {
                validation::ruled(api)
            } else {
                BTreeSet::new()
            },
            boxes: boxing::boxes(api),
            convertible: BTreeSet::new(),
            constants: constants::enums(api, names),
        }
    }
}

impl Context<'_> {
    /// Whether a struct or tuple holds what stands at a place of it in a box.
    fn is_boxed(&self, owner: SchemaId, usage: &Use) -> bool {
        self.boxes.is_boxed(owner, self.same(usage.schema))
    }

    /// The schema behind names for one another.
    fn same(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..value_type::LONGEST_CHAIN {
            match self.schema(id).map(|schema| &schema.shape) {
                Some(Shape::Alias(usage)) => id = usage.schema,
                Some(_) | None => break,
            }
        }
        id
    }

    /// What a schema is, names for one another followed.
    fn shape(&self, id: SchemaId) -> Option<&Shape> {
        self.schema(self.same(id)).map(|schema| &schema.shape)
    }

    fn schema(&self, id: SchemaId) -> Option<&Schema> {
        self.api.schemas.get(id)
    }

    /// The name of a schema's type in this form; the form as read where requests do not differ.
    fn name(&self, id: SchemaId, form: Form) -> Option<Ident> {
        let names = self.names.types.get(&id)?;
        match form {
            Form::Read => Some(names.read.clone()),
            Form::Input => Some(names.input.clone().unwrap_or_else(|| names.read.clone())),
        }
    }

    /// Whether callers make values of a schema in this form: requests hold it, or nothing says who does.
    fn is_made(&self, id: SchemaId, form: Form) -> bool {
        match self.names.reach(id) {
            Reach::RequestOnly | Reach::BothDiffer => form == Form::Input,
            Reach::BothSame => true,
            Reach::ResponseOnly => false,
            Reach::Neither => self.api.operations.is_empty(),
        }
    }

    /// The form of a schema's type, or of the one as read where it has two.
    fn form(&self, id: SchemaId) -> Form {
        match self.names.reach(id) {
            Reach::RequestOnly => Form::Input,
            Reach::Neither | Reach::ResponseOnly | Reach::BothSame | Reach::BothDiffer => {
                Form::Read
            }
        }
    }

    fn members(&self, id: SchemaId) -> &[Ident] {
        self.names.members.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The words about a schema.
    fn attributes(&self, id: SchemaId) -> Attributes {
        let Some(schema) = self.schema(id) else {
            return Attributes::default();
        };
        let mut docs = rustdoc::summary(&schema.docs);
        paragraph(&mut docs, constraint_docs::sentences(&schema.constraints));
        Attributes {
            docs,
            deprecated: schema.docs.deprecated,
        }
    }
}

/// Adds a paragraph of these lines.
fn paragraph(docs: &mut Vec<String>, lines: Vec<String>) {
    if !docs.is_empty() && !lines.is_empty() {
        docs.push(String::new());
    }
    docs.extend(lines);
}

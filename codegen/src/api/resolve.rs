//! Resolution of references: from the text of a `$ref` to its target in the normal form.

use super::schema_source::{component_pointer, SchemaSource};
use crate::normalize::{keys, Targets};
use crate::syntax::pointer;
use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

/// Maximum length of a chain of references; longer ones count as cycles.
const MAX_HOPS: usize = 100;

/// Target of a reference, and its JSON pointer.
#[derive(Debug)]
pub(super) struct Resolved<'a, T> {
    pub pointer: String,
    pub value: &'a T,
}

/// Access to the normal form.
#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    pub openapi: &'a OpenAPI,
    /// Schemas to which references point, other than components.
    pub targets: &'a Targets,
    /// `true` if schemas are taken literally.
    pub literal: bool,
}

/// A section of `components`.
type Section<T> = IndexMap<String, ReferenceOr<T>>;

/// A kind of component.
pub(super) trait Component: Sized {
    /// Name of the section.
    const SECTION: &'static str;

    /// Name of a component in messages.
    const NOUN: &'static str;

    fn section(components: &Components) -> &Section<Self>;
}

macro_rules! components {
    ($($kind:ty: $noun:literal, $name:literal, $section:ident;)*) => {$(
        impl Component for $kind {
            const SECTION: &'static str = $name;
            const NOUN: &'static str = $noun;

            fn section(components: &Components) -> &Section<Self> {
                &components.$section
            }
        }
    )*};
}

components! {
    Schema: "schema", "schemas", schemas;
    Parameter: "parameter", "parameters", parameters;
    Response: "response", "responses", responses;
    RequestBody: "request body", "requestBodies", request_bodies;
    Header: "header", "headers", headers;
    Example: "example", "examples", examples;
    SecurityScheme: "security scheme", "securitySchemes", security_schemes;
}

impl<'a> Resolver<'a> {
    pub fn components(self) -> Option<&'a Components> {
        self.openapi.components.as_ref()
    }

    /// Returns the component schemas, in the document's order.
    pub fn component_schemas(self) -> impl Iterator<Item = (&'a str, SchemaSource<'a>)> {
        let schemas = self.components().into_iter().flat_map(|all| &all.schemas);
        schemas.filter(|(name, _)| !name.starts_with(keys::HOISTED)).map(|(name, schema)| {
            (name.as_str(), SchemaSource::new(component_pointer(name), schema))
        })
    }

    /// Returns a component schema.
    pub fn component_schema(self, name: &str) -> Option<SchemaSource<'a>> {
        let schema = self.components()?.schemas.get(name)?;
        Some(SchemaSource::new(component_pointer(name), schema))
    }

    /// Follows the references at a place to components of its kind.
    pub fn resolve<T: Component>(
        self,
        mut pointer: String,
        mut item: &'a ReferenceOr<T>,
    ) -> Option<Resolved<'a, T>> {
        for _ in 0..MAX_HOPS {
            let reference = match item {
                ReferenceOr::Item(value) => return Some(Resolved { pointer, value }),
                ReferenceOr::Reference { reference } => reference,
            };
            let name = component_of::<T>(reference)?;
            item = T::section(self.components()?).get(&name)?;
            pointer = reference.strip_prefix('#')?.to_owned();
        }
        None
    }

    /// Follows the references at a place, whose pointer does not matter.
    pub fn value<T: Component>(self, item: &'a ReferenceOr<T>) -> Option<&'a T> {
        self.resolve(String::new(), item).map(|resolved| resolved.value)
    }

    /// Returns the target of a schema's `$ref`, which may be a reference itself.
    pub fn schema(self, reference: &str) -> Option<SchemaSource<'a>> {
        if let Some((pointer, schema)) = self.targets.get(reference) {
            return Some(SchemaSource::new(pointer.clone(), schema));
        }
        self.component_schema(&component_of::<Schema>(reference)?)
    }
}

/// Returns the name in a reference to a component of a kind.
fn component_of<T: Component>(reference: &str) -> Option<String> {
    let path = reference.strip_prefix("#/components/")?;
    let name = path.strip_prefix(T::SECTION)?.strip_prefix('/')?;
    Some(pointer::unescape(name).into_owned())
}

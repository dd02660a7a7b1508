//! Resolution of references: from the text of a `$ref` to its target in the normal form.

use super::keywords::Keywords;
use super::schema_source::{component_pointer, join, Part, SchemaSource};
use crate::normalize::keys;
use crate::syntax::pointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, Example, Header, OpenAPI, Operation, Parameter,
    ParameterSchemaOrContent, ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
    StatusCode,
};
use std::borrow::Cow;

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
    /// `true` if schemas are taken literally.
    pub literal: bool,
}

/// Remaining tokens of a JSON pointer.
type Tokens<'t> = std::slice::Iter<'t, Cow<'t, str>>;

/// A section of `components`.
type Section<T> = IndexMap<String, ReferenceOr<T>>;

/// A kind of component.
pub(super) trait Component: Sized {
    /// Name of the section.
    const SECTION: &'static str;

    fn section(components: &Components) -> &Section<Self>;
}

macro_rules! components {
    ($($kind:ty: $name:literal, $section:ident;)*) => {$(
        impl Component for $kind {
            const SECTION: &'static str = $name;

            fn section(components: &Components) -> &Section<Self> {
                &components.$section
            }
        }
    )*};
}

components! {
    Schema: "schemas", schemas;
    Parameter: "parameters", parameters;
    Response: "responses", responses;
    RequestBody: "requestBodies", request_bodies;
    Header: "headers", headers;
    Example: "examples", examples;
    SecurityScheme: "securitySchemes", security_schemes;
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

    /// Returns a component, every reference followed.
    fn component<T: Component>(self, name: &str) -> Option<Resolved<'a, T>> {
        let item = T::section(self.components()?).get(name)?;
        self.resolve(join(&join("/components", T::SECTION), name), item)
    }

    /// Returns the target of a schema's `$ref`, which may be a reference itself.
    pub fn schema(self, reference: &str) -> Option<SchemaSource<'a>> {
        let pointer = reference.strip_prefix('#')?;
        let tokens = pointer::split(pointer);
        let mut rest = tokens.iter();
        let mut source = self.outermost_schema(&mut rest)?;
        let mut hops = 0;
        while !rest.as_slice().is_empty() {
            source = if let (Part::Reference(reference), 0..MAX_HOPS) = (source.part, hops) {
                // Only components, so that the walk ends.
                self.component_schema(&component_of::<Schema>(reference)?)?
            } else {
                subschema(&source.pointer, source.whole()?, &mut rest)?
            };
            hops += 1;
        }
        Some(source)
    }

    /// Returns the outermost schema on the way to a pointer's target.
    fn outermost_schema(self, rest: &mut Tokens) -> Option<SchemaSource<'a>> {
        match next(rest)? {
            "components" => {
                let section = next(rest)?;
                let name = next(rest)?;
                match section {
                    Schema::SECTION => self.component_schema(name),
                    Parameter::SECTION => in_parameter(self.component(name)?, rest),
                    Header::SECTION => in_header(self.component(name)?, rest),
                    RequestBody::SECTION => in_body(self.component(name)?, rest),
                    Response::SECTION => self.in_response(self.component(name)?, rest),
                    _ => None,
                }
            }
            "paths" => {
                let path = next(rest)?;
                let item = self.openapi.paths.paths.get(path)?.as_item()?;
                let at = join("/paths", path);
                match next(rest)? {
                    "parameters" => self.in_parameters(&at, &item.parameters, rest),
                    method => {
                        let (_, operation) = item.iter().find(|(name, _)| *name == method)?;
                        self.in_operation(&join(&at, method), operation, rest)
                    }
                }
            }
            _ => None,
        }
    }

    fn in_operation(
        self,
        at: &str,
        operation: &'a Operation,
        rest: &mut Tokens,
    ) -> Option<SchemaSource<'a>> {
        match next(rest)? {
            "parameters" => self.in_parameters(at, &operation.parameters, rest),
            "requestBody" => {
                let body = operation.request_body.as_ref()?;
                in_body(self.resolve(join(at, "requestBody"), body)?, rest)
            }
            "responses" => {
                let status = next(rest)?;
                let responses = &operation.responses;
                let response = match status {
                    "default" => responses.default.as_ref()?,
                    code => responses.responses.get(&match code.strip_suffix("XX") {
                        Some(digit) => StatusCode::Range(digit.parse().ok()?),
                        None => StatusCode::Code(code.parse().ok()?),
                    })?,
                };
                let resolved = self.resolve(format!("{at}/responses/{status}"), response)?;
                self.in_response(resolved, rest)
            }
            _ => None,
        }
    }

    fn in_parameters(
        self,
        at: &str,
        parameters: &'a [ReferenceOr<Parameter>],
        rest: &mut Tokens,
    ) -> Option<SchemaSource<'a>> {
        let index = next(rest)?;
        let parameter = parameters.get(index.parse::<usize>().ok()?)?;
        let resolved = self.resolve(format!("{at}/parameters/{index}"), parameter)?;
        in_parameter(resolved, rest)
    }

    fn in_response(
        self,
        resolved: Resolved<'a, Response>,
        rest: &mut Tokens,
    ) -> Option<SchemaSource<'a>> {
        let keyword = next(rest)?;
        let at = join(&resolved.pointer, keyword);
        match keyword {
            "content" => in_content(&at, &resolved.value.content, rest),
            "headers" => {
                let name = next(rest)?;
                let header = resolved.value.headers.get(name)?;
                in_header(self.resolve(join(&at, name), header)?, rest)
            }
            _ => None,
        }
    }
}

fn next<'t>(rest: &mut Tokens<'t>) -> Option<&'t str> {
    rest.next().map(|token| &**token)
}

/// Returns the name in a reference to a component of a kind.
fn component_of<T: Component>(reference: &str) -> Option<String> {
    let path = reference.strip_prefix("#/components/")?;
    let name = path.strip_prefix(T::SECTION)?.strip_prefix('/')?;
    Some(pointer::unescape(name).into_owned())
}

fn in_parameter<'a>(
    resolved: Resolved<'a, Parameter>,
    rest: &mut Tokens,
) -> Option<SchemaSource<'a>> {
    let format = &resolved.value.parameter_data_ref().format;
    in_schema_or_content(&resolved.pointer, format, rest)
}

fn in_header<'a>(resolved: Resolved<'a, Header>, rest: &mut Tokens) -> Option<SchemaSource<'a>> {
    in_schema_or_content(&resolved.pointer, &resolved.value.format, rest)
}

fn in_body<'a>(resolved: Resolved<'a, RequestBody>, rest: &mut Tokens) -> Option<SchemaSource<'a>> {
    rest.next().filter(|token| *token == "content")?;
    in_content(&join(&resolved.pointer, "content"), &resolved.value.content, rest)
}

fn in_schema_or_content<'a>(
    at: &str,
    format: &'a ParameterSchemaOrContent,
    rest: &mut Tokens,
) -> Option<SchemaSource<'a>> {
    match (next(rest)?, format) {
        ("schema", ParameterSchemaOrContent::Schema(schema)) => {
            Some(SchemaSource::new(join(at, "schema"), schema))
        }
        ("content", ParameterSchemaOrContent::Content(content)) => {
            in_content(&join(at, "content"), content, rest)
        }
        _ => None,
    }
}

fn in_content<'a>(at: &str, content: &'a Content, rest: &mut Tokens) -> Option<SchemaSource<'a>> {
    let media_type = next(rest)?;
    rest.next().filter(|token| *token == "schema")?;
    let schema = content.get(media_type)?.schema.as_ref()?;
    Some(SchemaSource::new(join(&join(at, media_type), "schema"), schema))
}

/// Returns the subschema that the next tokens refer to.
fn subschema<'a>(at: &str, schema: &'a Schema, rest: &mut Tokens) -> Option<SchemaSource<'a>> {
    let keywords = schema.keywords();
    let keyword = next(rest)?;
    let at_keyword = join(at, keyword);
    let list = match keyword {
        "properties" => {
            let name = next(rest)?;
            let property = keywords.properties.get(name)?;
            return Some(SchemaSource::new(join(&at_keyword, name), property));
        }
        "items" => return Some(SchemaSource::new(at_keyword, keywords.items.as_ref()?)),
        "not" => return Some(SchemaSource::new(at_keyword, keywords.not.as_deref()?)),
        "additionalProperties" => match keywords.additional_properties.as_ref()? {
            AdditionalProperties::Schema(schema) => {
                return Some(SchemaSource::new(at_keyword, &**schema));
            }
            AdditionalProperties::Any(_) => return None,
        },
        "allOf" => &keywords.all_of,
        "oneOf" => &keywords.one_of,
        "anyOf" => &keywords.any_of,
        _ => return None,
    };
    let index: usize = next(rest)?.parse().ok()?;
    Some(SchemaSource::new(format!("{at_keyword}/{index}"), list.get(index)?))
}

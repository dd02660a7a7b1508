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

impl<'a> Resolver<'a> {
    pub fn components(self) -> Option<&'a Components> {
        self.openapi.components.as_ref()
    }

    /// Returns the component schemas, in the document's order.
    pub fn component_schemas(self) -> impl Iterator<Item = (&'a str, SchemaSource<'a>)> {
        let schemas = self.components().into_iter().flat_map(|all| &all.schemas);
        schemas
            .filter(|(name, _)| !name.starts_with(keys::HOISTED))
            .map(|(name, schema)| {
                (
                    name.as_str(),
                    SchemaSource::new(component_pointer(name), schema),
                )
            })
    }

    /// Returns a component schema.
    pub fn component_schema(self, name: &str) -> Option<SchemaSource<'a>> {
        let schema = self.components()?.schemas.get(name)?;
        Some(SchemaSource::new(component_pointer(name), schema))
    }

    /// Returns the schema behind references.
    pub fn schema_of(self, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        let resolved = self.follow(|all| &all.schemas, "schemas", String::new(), schema);
        resolved.map(|resolved| resolved.value)
    }

    pub fn parameter(
        self,
        pointer: String,
        parameter: &'a ReferenceOr<Parameter>,
    ) -> Option<Resolved<'a, Parameter>> {
        self.follow(|all| &all.parameters, "parameters", pointer, parameter)
    }

    pub fn response(
        self,
        pointer: String,
        response: &'a ReferenceOr<Response>,
    ) -> Option<Resolved<'a, Response>> {
        self.follow(|all| &all.responses, "responses", pointer, response)
    }

    pub fn body(
        self,
        pointer: String,
        body: &'a ReferenceOr<RequestBody>,
    ) -> Option<Resolved<'a, RequestBody>> {
        self.follow(|all| &all.request_bodies, "requestBodies", pointer, body)
    }

    pub fn header(
        self,
        pointer: String,
        header: &'a ReferenceOr<Header>,
    ) -> Option<Resolved<'a, Header>> {
        self.follow(|all| &all.headers, "headers", pointer, header)
    }

    pub fn example(self, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        let resolved = self.follow(|all| &all.examples, "examples", String::new(), example);
        resolved.map(|resolved| resolved.value)
    }

    pub fn security_scheme(
        self,
        scheme: &'a ReferenceOr<SecurityScheme>,
    ) -> Option<&'a SecurityScheme> {
        let pointer = String::new();
        let resolved = self.follow(
            |all| &all.security_schemes,
            "securitySchemes",
            pointer,
            scheme,
        );
        resolved.map(|resolved| resolved.value)
    }

    /// Follows references to components of one section.
    fn follow<T>(
        self,
        section: fn(&'a Components) -> &'a Section<T>,
        name: &str,
        pointer: String,
        item: &'a ReferenceOr<T>,
    ) -> Option<Resolved<'a, T>> {
        if let ReferenceOr::Item(value) = item {
            return Some(Resolved { pointer, value });
        }
        follow(section(self.components()?), name, pointer, item)
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
                self.component_schema(&section_name(reference, "schemas")?)?
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
                let at = join(&join("/components", section), name);
                let all = self.components()?;
                match section {
                    "schemas" => self.component_schema(name),
                    "parameters" => {
                        in_parameter(self.parameter(at, all.parameters.get(name)?)?, rest)
                    }
                    "headers" => in_header(self.header(at, all.headers.get(name)?)?, rest),
                    "requestBodies" => in_body(self.body(at, all.request_bodies.get(name)?)?, rest),
                    "responses" => {
                        self.in_response(self.response(at, all.responses.get(name)?)?, rest)
                    }
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
                in_body(self.body(join(at, "requestBody"), body)?, rest)
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
                let resolved = self.response(format!("{at}/responses/{status}"), response)?;
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
        let resolved = self.parameter(format!("{at}/parameters/{index}"), parameter)?;
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
                in_header(self.header(join(&at, name), header)?, rest)
            }
            _ => None,
        }
    }
}

fn next<'t>(rest: &mut Tokens<'t>) -> Option<&'t str> {
    rest.next().map(|token| &**token)
}

/// Returns the name in a reference to a component of a section.
fn section_name(reference: &str, section: &str) -> Option<String> {
    let path = reference.strip_prefix("#/components/")?;
    let name = path.strip_prefix(section)?.strip_prefix('/')?;
    Some(pointer::unescape(name).into_owned())
}

fn follow<'a, T>(
    section: &'a Section<T>,
    name: &str,
    mut pointer: String,
    mut item: &'a ReferenceOr<T>,
) -> Option<Resolved<'a, T>> {
    for _ in 0..MAX_HOPS {
        let reference = match item {
            ReferenceOr::Item(value) => return Some(Resolved { pointer, value }),
            ReferenceOr::Reference { reference } => reference,
        };
        item = section.get(&section_name(reference, name)?)?;
        pointer = reference.strip_prefix('#')?.to_owned();
    }
    None
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
    in_content(
        &join(&resolved.pointer, "content"),
        &resolved.value.content,
        rest,
    )
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
    Some(SchemaSource::new(
        join(&join(at, media_type), "schema"),
        schema,
    ))
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
    Some(SchemaSource::new(
        format!("{at_keyword}/{index}"),
        list.get(index)?,
    ))
}

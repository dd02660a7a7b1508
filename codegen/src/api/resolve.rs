//! Following references: from the text of a `$ref` to the place in the normal form that it names.

use super::schema::facts::Facts;
use super::schema_location::{branches, join, tokens, Said, Source};
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, Example, Header, OpenAPI, Operation, Parameter,
    ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
    StatusCode,
};

/// How many references may follow one another before they count as a circle.
const HOPS: usize = 100;

/// A thing of the document and the JSON pointer at which it stands.
#[derive(Debug)]
pub(super) struct Found<'a, T> {
    pub pointer: String,
    pub thing: &'a T,
}

impl<T> Clone for Found<'_, T> {
    fn clone(&self) -> Self {
        Self {
            pointer: self.pointer.clone(),
            thing: self.thing,
        }
    }
}

/// Looks things up in the normal form.
#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    pub openapi: &'a OpenAPI,
    /// Whether a schema says no more than it says.
    pub literal: bool,
}

type Tokens<'t> = std::slice::Iter<'t, String>;

impl<'a> Resolver<'a> {
    pub fn components(self) -> Option<&'a Components> {
        self.openapi.components.as_ref()
    }

    /// The component schemas with their pointers, in the document's order.
    pub fn component_schemas(self) -> impl Iterator<Item = (&'a str, Source<'a>)> {
        self.components()
            .into_iter()
            .flat_map(|components| &components.schemas)
            .filter(|(name, _)| !name.starts_with(keys::HOISTED))
            .map(|(name, schema)| (name.as_str(), Source::new(component(name), schema)))
    }

    /// The component schema of a name.
    pub fn component_schema(self, name: &str) -> Option<Source<'a>> {
        let schema = self.components()?.schemas.get(name)?;
        Some(Source::new(component(name), schema))
    }

    /// The schema at a place, every reference followed.
    pub fn schema_of(self, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in 0..HOPS {
            match schema {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference } => {
                    let name = reference.strip_prefix("#/components/schemas/")?;
                    let name = name.replace("~1", "/").replace("~0", "~");
                    schema = self.components()?.schemas.get(&name)?;
                }
            }
        }
        None
    }

    /// The schema that a `$ref` names; itself a reference where the place holds one.
    pub fn schema(self, reference: &str) -> Option<Source<'a>> {
        let pointer = reference.strip_prefix('#')?;
        let tokens: Vec<String> = tokens(pointer).collect();
        let mut rest = tokens.iter();
        let root = self.schema_root(&mut rest)?;
        self.descend(root, rest)
    }

    fn schema_root(self, rest: &mut Tokens) -> Option<Source<'a>> {
        match next(rest)? {
            "components" => match next(rest)? {
                "schemas" => self.component_schema(next(rest)?),
                "parameters" => of_parameter(self.parameter_named(next(rest)?)?, rest),
                "headers" => of_header(self.header_named(next(rest)?)?, rest),
                "requestBodies" => of_body(self.body_named(next(rest)?)?, rest),
                "responses" => self.of_response(self.response_named(next(rest)?)?, rest),
                _ => None,
            },
            "paths" => self.in_path(rest),
            _ => None,
        }
    }

    fn in_path(self, rest: &mut Tokens) -> Option<Source<'a>> {
        let path = next(rest)?;
        let item = self.openapi.paths.paths.get(path)?.as_item()?;
        let at = join("/paths", path);
        match next(rest)? {
            "parameters" => {
                let found = self.listed_parameter(&at, &item.parameters, rest)?;
                of_parameter(found, rest)
            }
            method => {
                let operation = method_of(item, method)?;
                self.in_operation(&join(&at, method), operation, rest)
            }
        }
    }

    fn in_operation(
        self,
        at: &str,
        operation: &'a Operation,
        rest: &mut Tokens,
    ) -> Option<Source<'a>> {
        match next(rest)? {
            "parameters" => {
                let found = self.listed_parameter(at, &operation.parameters, rest)?;
                of_parameter(found, rest)
            }
            "requestBody" => {
                let body = operation.request_body.as_ref()?;
                of_body(self.body(join(at, "requestBody"), body)?, rest)
            }
            "responses" => self.of_response(self.listed_response(at, operation, rest)?, rest),
            _ => None,
        }
    }

    fn listed_parameter(
        self,
        at: &str,
        list: &'a [ReferenceOr<Parameter>],
        rest: &mut Tokens,
    ) -> Option<Found<'a, Parameter>> {
        let index = next(rest)?;
        let parameter = list.get(index.parse::<usize>().ok()?)?;
        self.parameter(format!("{at}/parameters/{index}"), parameter)
    }

    fn listed_response(
        self,
        at: &str,
        operation: &'a Operation,
        rest: &mut Tokens,
    ) -> Option<Found<'a, Response>> {
        let status = next(rest)?;
        let response = match status {
            "default" => operation.responses.default.as_ref()?,
            exact => operation.responses.responses.get(&status_code(exact)?)?,
        };
        self.response(format!("{at}/responses/{status}"), response)
    }

    fn of_response(self, found: Found<'a, Response>, rest: &mut Tokens) -> Option<Source<'a>> {
        match next(rest)? {
            "content" => of_content(&join(&found.pointer, "content"), &found.thing.content, rest),
            "headers" => {
                let name = next(rest)?;
                let header = found.thing.headers.get(name)?;
                let at = join(&join(&found.pointer, "headers"), name);
                of_header(self.header(at, header)?, rest)
            }
            _ => None,
        }
    }

    /// Goes from a schema to one inside it.
    fn descend(self, root: Source<'a>, mut rest: Tokens) -> Option<Source<'a>> {
        let mut source = root;
        let mut hops = 0;
        while !rest.as_slice().is_empty() {
            source = if let (Said::Reference(reference), 0..HOPS) = (source.said, hops) {
                self.schema_shallow(reference)?
            } else {
                inside(&source.pointer, source.whole()?, &mut rest)?
            };
            hops += 1;
        }
        Some(source)
    }

    /// A component by its `$ref`, without going into one: what bounds the recursion of [`Self::descend`].
    fn schema_shallow(self, reference: &str) -> Option<Source<'a>> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        self.component_schema(&name.replace("~1", "/").replace("~0", "~"))
    }

    pub fn parameter(
        self,
        pointer: String,
        parameter: &'a ReferenceOr<Parameter>,
    ) -> Option<Found<'a, Parameter>> {
        let map = self.components().map(|components| &components.parameters);
        follow(map, "parameters", pointer, parameter)
    }

    pub fn response(
        self,
        pointer: String,
        response: &'a ReferenceOr<Response>,
    ) -> Option<Found<'a, Response>> {
        let map = self.components().map(|components| &components.responses);
        follow(map, "responses", pointer, response)
    }

    pub fn body(
        self,
        pointer: String,
        body: &'a ReferenceOr<RequestBody>,
    ) -> Option<Found<'a, RequestBody>> {
        let map = self
            .components()
            .map(|components| &components.request_bodies);
        follow(map, "requestBodies", pointer, body)
    }

    pub fn header(
        self,
        pointer: String,
        header: &'a ReferenceOr<Header>,
    ) -> Option<Found<'a, Header>> {
        let map = self.components().map(|components| &components.headers);
        follow(map, "headers", pointer, header)
    }

    pub fn example(self, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        let map = self.components().map(|components| &components.examples);
        follow(map, "examples", String::new(), example).map(|found| found.thing)
    }

    /// The security scheme at a place, every reference followed.
    pub fn security_scheme(
        self,
        scheme: &'a ReferenceOr<SecurityScheme>,
    ) -> Option<&'a SecurityScheme> {
        let map = self
            .components()
            .map(|components| &components.security_schemes);
        follow(map, "securitySchemes", String::new(), scheme).map(|found| found.thing)
    }

    fn parameter_named(self, name: &str) -> Option<Found<'a, Parameter>> {
        let parameter = self.components()?.parameters.get(name)?;
        self.parameter(join("/components/parameters", name), parameter)
    }

    fn response_named(self, name: &str) -> Option<Found<'a, Response>> {
        let response = self.components()?.responses.get(name)?;
        self.response(join("/components/responses", name), response)
    }

    fn body_named(self, name: &str) -> Option<Found<'a, RequestBody>> {
        let body = self.components()?.request_bodies.get(name)?;
        self.body(join("/components/requestBodies", name), body)
    }

    fn header_named(self, name: &str) -> Option<Found<'a, Header>> {
        let header = self.components()?.headers.get(name)?;
        self.header(join("/components/headers", name), header)
    }
}

/// The pointer of a component schema.
pub(super) fn component(name: &str) -> String {
    join("/components/schemas", name)
}

/// The operation of a path item by its method in lower case.
fn method_of<'a>(item: &'a PathItem, method: &str) -> Option<&'a Operation> {
    item.iter()
        .find(|(name, _)| *name == method)
        .map(|(_, operation)| operation)
}

fn status_code(text: &str) -> Option<StatusCode> {
    match text.strip_suffix("XX") {
        Some(digit) => digit.parse().ok().map(StatusCode::Range),
        None => text.parse().ok().map(StatusCode::Code),
    }
}

fn next<'t>(rest: &mut Tokens<'t>) -> Option<&'t str> {
    rest.next().map(String::as_str)
}

/// Follows references to components of one section.
fn follow<'a, T>(
    components: Option<&'a IndexMap<String, ReferenceOr<T>>>,
    section: &str,
    pointer: String,
    item: &'a ReferenceOr<T>,
) -> Option<Found<'a, T>> {
    let (mut pointer, mut item) = (pointer, item);
    for _ in 0..HOPS {
        let reference = match item {
            ReferenceOr::Item(thing) => return Some(Found { pointer, thing }),
            ReferenceOr::Reference { reference } => reference,
        };
        let path = reference.strip_prefix('#')?;
        let name = path
            .strip_prefix("/components/")?
            .strip_prefix(section)?
            .strip_prefix('/')?;
        item = components?.get(&name.replace("~1", "/").replace("~0", "~"))?;
        pointer = path.to_owned();
    }
    None
}

fn of_parameter<'a>(found: Found<'a, Parameter>, rest: &mut Tokens) -> Option<Source<'a>> {
    let format = &found.thing.parameter_data_ref().format;
    of_format(&found.pointer, format, rest)
}

fn of_header<'a>(found: Found<'a, Header>, rest: &mut Tokens) -> Option<Source<'a>> {
    of_format(&found.pointer, &found.thing.format, rest)
}

fn of_body<'a>(found: Found<'a, RequestBody>, rest: &mut Tokens) -> Option<Source<'a>> {
    rest.next().filter(|token| *token == "content")?;
    of_content(&join(&found.pointer, "content"), &found.thing.content, rest)
}

fn of_format<'a>(
    at: &str,
    format: &'a ParameterSchemaOrContent,
    rest: &mut Tokens,
) -> Option<Source<'a>> {
    match (next(rest)?, format) {
        ("schema", ParameterSchemaOrContent::Schema(schema)) => {
            Some(Source::new(join(at, "schema"), schema))
        }
        ("content", ParameterSchemaOrContent::Content(content)) => {
            of_content(&join(at, "content"), content, rest)
        }
        _ => None,
    }
}

fn of_content<'a>(at: &str, content: &'a Content, rest: &mut Tokens) -> Option<Source<'a>> {
    let media_type = next(rest)?;
    rest.next().filter(|token| *token == "schema")?;
    let schema = content.get(media_type)?.schema.as_ref()?;
    let pointer = join(&join(at, media_type), "schema");
    Some(Source::new(pointer, schema))
}

/// The schema that the next tokens name inside a schema.
fn inside<'a>(at: &str, schema: &'a Schema, rest: &mut Tokens) -> Option<Source<'a>> {
    let facts = Facts::of(schema);
    let keyword = next(rest)?;
    let list = |list: &'a [ReferenceOr<Schema>], rest: &mut Tokens| {
        let index: usize = next(rest)?.parse().ok()?;
        branches(at, keyword, list).into_iter().nth(index)
    };
    match keyword {
        "properties" => {
            let name = next(rest)?;
            let property = facts.properties?.get(name)?;
            Some(Source::boxed(join(&join(at, keyword), name), property))
        }
        "items" => Some(Source::boxed(join(at, keyword), facts.items?)),
        "not" => Some(Source::new(join(at, keyword), facts.not?)),
        "additionalProperties" => match facts.additional? {
            AdditionalProperties::Schema(schema) => Some(Source::new(join(at, keyword), schema)),
            AdditionalProperties::Any(_) => None,
        },
        "allOf" => list(facts.all_of, rest),
        "oneOf" => list(facts.one_of, rest),
        "anyOf" => list(facts.any_of, rest),
        _ => None,
    }
}

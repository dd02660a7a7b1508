//! Members of small documents that responses may lack.

use super::apply;
use crate::api::model::{Api, MissingValue, Owner, Shape};
use crate::api::read_write::{reach, Reach};
use crate::diagnostics::Diagnostics;
use crate::lower::TypeOptions;
use crate::{analyse, Loader, Options, OwnType, ReadError, Responses};
use insta::assert_snapshot;

struct One(String);

impl Loader for One {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// A document in which `POST /a` sends `Sent` and responds with `Read`.
fn document(schemas: &str) -> One {
    One(format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      operationId: a
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Sent'}}}}}}}}
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Read'}}}}}}}}}}
components:
  schemas:
{schemas}"
    ))
}

/// Lists the members that responses may lack and the components with separate types, then the diagnostics.
fn lacking(schemas: &str, options: &Options) -> String {
    let diagnostics = &mut Diagnostics::new();
    let api = analyse("api.yaml", &document(schemas), options).api.unwrap();
    let type_options = TypeOptions::new(&api, options, diagnostics);
    let api = apply(api, options, &type_options, diagnostics);
    let messages = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}\n", diagnostic.code, diagnostic.message));
    lines(&api) + &messages.collect::<String>()
}

fn lines(api: &Api) -> String {
    let reach = reach(api);
    let mut lines = String::new();
    for (id, schema) in api.schemas.iter() {
        let owner = match &schema.owner {
            Owner::Component(name) => name.clone(),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => {
                schema.at.pointer.replace("/components/schemas/", "")
            }
        };
        if reach[&id] == Reach::BothDiffer {
            lines += &format!("{owner} differs\n");
        }
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        let lacking = object
            .properties
            .iter()
            .filter(|(_, property)| property.if_missing != MissingValue::Error);
        for (name, property) in lacking {
            lines += &format!("{owner}.{name}: {:?}\n", property.if_missing);
        }
    }
    lines
}

fn all() -> Options {
    Options { responses: Responses::Lenient, ..Options::default() }
}

const SENT: &str = "    Sent: {type: object, required: [a], properties: {a: {type: string}}}\n";

#[test]
fn by_default_replies_have_what_is_required() {
    let read = "    Read: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: array}}}\n";
    let text = format!("{SENT}{read}");
    assert_snapshot!(lacking(&text, &Options::default()), @"");
    assert_snapshot!(lacking(&text, &all()), @r"
    Read.a: Unset
    Read.b: Empty
    ");
}

/// Types without an empty value in Rust, and nullable ones, become unset.
#[test]
fn only_lists_and_maps_of_rust_can_be_empty() {
    let text = "    Sent: {type: string}
    Read:
      type: object
      required: [list, alias, map, tree, maybe, own, ownMap, tuple, record, open, secret, fixed, mixed]
      properties:
        list: {type: array, items: {type: string}}
        alias: {$ref: '#/components/schemas/Alias'}
        map: {type: object, additionalProperties: true}
        tree: {$ref: '#/components/schemas/Tree'}
        maybe: {$ref: '#/components/schemas/Maybe'}
        own: {$ref: '#/components/schemas/Own'}
        ownMap: {type: object, additionalProperties: {$ref: '#/components/schemas/Own'}}
        tuple: {type: array, prefixItems: [{type: string}], items: false}
        record: {$ref: '#/components/schemas/Record'}
        open: {type: object, properties: {a: {type: string}}, additionalProperties: true}
        secret: {type: string, writeOnly: true}
        fixed: {const: 1}
        mixed: {$ref: '#/components/schemas/Mixed'}
    Alias: {$ref: '#/components/schemas/Names'}
    Names: {type: array, items: {type: string}}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Maybe: {type: [array, 'null'], items: {type: string}}
    Own: {type: array, items: {type: string}}
    Record: {type: object, required: [a], properties: {a: {type: string}}}
    Mixed: {anyOf: [{type: string}, {type: array, items: {type: string}}]}
";
    let path = |path: &str| OwnType::from(path);
    let types = [("Own".to_owned(), path("a::Own")), ("Record".to_owned(), path("a::Record"))];
    let options = Options { types: types.into_iter().collect(), ..all() };
    assert_snapshot!(lacking(text, &options), @r"
    Read.list: Empty
    Read.alias: Empty
    Read.map: Empty
    Read.tree: Unset
    Read.maybe: Unset
    Read.own: Unset
    Read.ownMap: Empty
    Read.tuple: Unset
    Read.record: Unset
    Read.open: Unset
    Read.fixed: Unset
    Read.mixed: Unset
    ");
}

/// A list is constructed and encoded the same way whether or not responses may lack it; but a container of a type with
/// two directions has two.
#[test]
fn requests_have_a_form_of_their_own_where_they_differ() {
    let text = "    Sent: {type: object, properties: {lists: {$ref: '#/components/schemas/Lists'}, outer: {$ref: '#/components/schemas/Outer'}}}
    Read: {type: object, properties: {lists: {$ref: '#/components/schemas/Lists'}, outer: {$ref: '#/components/schemas/Outer'}}}
    Lists: {type: object, required: [a], properties: {a: {type: array, items: {type: string}}}}
    Outer: {type: object, required: [inner], properties: {inner: {type: array, items: {$ref: '#/components/schemas/Inner'}}}}
    Inner: {type: object, required: [a], properties: {a: {type: string}}}
";
    assert_snapshot!(lacking(text, &all()), @r"
    Lists.a: Empty
    Outer differs
    Outer.inner: Empty
    Inner differs
    Inner.a: Unset
    Outer/properties/inner differs
    ");
    let named =
        |selector: &str| Options { lenient: vec![selector.to_owned()], ..Options::default() };
    assert_snapshot!(lacking(text, &named("Outer")), @"Outer.inner: Empty");
    assert_snapshot!(lacking(text, &named("?nner.*")), @r"
    Outer differs
    Inner differs
    Inner.a: Unset
    Outer/properties/inner differs
    ");
}

/// Names of components may contain dots, and pointers may be written like references.
#[test]
fn selectors_name_components_members_and_pointers() {
    let text = "    Sent: {type: string}
    Read: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/v1.Pod'}, b: {type: object, required: [c], properties: {c: {type: string}}}}}
    v1.Pod: {type: object, required: [x.y, z], properties: {x.y: {type: string}, z: {type: string}}}
";
    let named = |selector: &str| {
        let options = Options { lenient: vec![selector.to_owned()], ..Options::default() };
        lacking(text, &options).replace('\n', "; ")
    };
    assert_snapshot!(named("v1.Pod"), @"v1.Pod.x.y: Unset; v1.Pod.z: Unset;");
    assert_snapshot!(named("v1.Pod.x.y"), @"v1.Pod.x.y: Unset;");
    assert_snapshot!(named("v1.*.z"), @"v1.Pod.z: Unset;");
    assert_snapshot!(named("Read"), @"Read.a: Unset; Read/properties/b.c: Unset;");
    assert_snapshot!(named("Read.b"), @"TW0407: `Read.b` in `lenient` changes nothing: responses may lack all of it anyway;");
    assert_snapshot!(named("#/components/schemas/Read/properties/b"), @"Read/properties/b.c: Unset;");
    assert_snapshot!(named("/components/schemas/Read/properties/a"), @"Read.a: Unset;");
    assert_snapshot!(named("Sent"), @"TW0407: `Sent` in `lenient` changes nothing: no response contains it;");
    assert_snapshot!(named("v1.Pod.w"), @"TW0402: `v1.Pod.w` in `lenient` matches nothing in the document;");
    assert_snapshot!(named(""), @"TW0402: `` in `lenient` matches nothing in the document;");
}

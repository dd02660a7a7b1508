//! References: chains, cycles, into schemas, unresolved.

use super::dump::dump;
use super::{plain, schemas};
use insta::assert_snapshot;

#[test]
fn recursion_is_a_cycle_of_ids() {
    assert_snapshot!(schemas("
Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
List: {type: array, items: {$ref: '#/components/schemas/List'}}
Map: {type: object, additionalProperties: {$ref: '#/components/schemas/Map'}}
Ping: {type: object, properties: {pong: {$ref: '#/components/schemas/Pong'}}}
Pong: {type: object, properties: {ping: {nullable: true, allOf: [{$ref: '#/components/schemas/Ping'}]}}}
"), @r"
    Tree = {
      children: [Tree]
    }
    List = [List]
    Map = {
      *: Map
    }
    Ping = {
      pong: Pong
    }
    Pong = {
      ping: Ping?
    }
    ");
}

#[test]
fn cyclic_and_unresolved_references_are_reported() {
    let (api, messages) = plain("
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    Own: {$ref: '#/components/schemas/Own'}
    Half: {allOf: [{$ref: '#/components/schemas/Half'}, {type: object, properties: {a: {type: string}}}]}
    Any: {anyOf: [{$ref: '#/components/schemas/Any'}, {type: string}]}
    Gone: {type: object, properties: {x: {$ref: '#/components/schemas/Missing'}}}
");
    assert_snapshot!(format!("{}{messages}", dump(&api)), @r"
    A = lost(the reference refers to itself)
    B = same A
    Own = lost(the reference refers to itself)
    Half = {
      a: text
    }
    Any = one of by trial {
      Any
      text
    }
    Gone = {
      x: lost(`#/components/schemas/Missing` has no target)
    }
    TW0310 /components/schemas/Gone/properties/x: `#/components/schemas/Missing` does not refer to a schema
    TW0302 /components/schemas/A: the reference refers to itself
    TW0302 /components/schemas/Own: the reference refers to itself
    TW0309 /components/schemas/Any/anyOf/0: nothing reliably distinguishes the branches of this union
    ");
}

#[test]
fn a_reference_into_a_schema_is_the_schema_there() {
    let text = super::document("3.0.3", "
B: {type: object, properties: {copy: {$ref: '#/components/schemas/A/properties/inner'}, item: {$ref: '#/components/schemas/A/properties/list/items'}}}
A: {type: object, properties: {inner: {type: object, properties: {x: {type: string}}}, list: {type: array, items: {type: string, enum: [p]}}}}
");
    let (api, messages) = super::api(&text, &Default::default());
    assert_snapshot!(format!("{}{messages}", dump(&api)), @r#"
    B = {
      copy: {
        x: text
      }
      item: <"p">
    }
    A = {
      inner: {
        x: text
      }
      list: [<"p">]
    }
    "#);
    let inner = |name: &str| {
        api.schemas
            .iter()
            .filter(|(_, schema)| schema.at.pointer.ends_with(name))
            .map(|(_, schema)| schema.owner.clone())
            .collect::<Vec<_>>()
    };
    let homes = inner("/properties/inner");
    assert_eq!(homes.len(), 1, "one node, wherever it is met first");
    let a = api.schemas.iter().find(|(_, schema)| schema.at.pointer.ends_with("/A")).unwrap().0;
    let role = crate::api::model::Role::Property("inner".to_owned());
    assert_eq!(homes[0], crate::api::model::Owner::Schema(a, role), "at owner where it is written");
}

#[test]
fn names_with_special_characters() {
    assert_snapshot!(schemas("
'a/b~c': {type: string}
Ä: {$ref: '#/components/schemas/a~1b~0c'}
"), @r"
    a/b~c = text
    Ä = same a/b~c
    ");
}

//! Items of small documents.

use super::model::{Field, Item};
use super::{lower, TypeOptions};
use crate::diagnostics::Diagnostics;
use crate::{analyse, names, Loader, Options, ReadError};
use insta::assert_snapshot;

struct One<'a>(&'a str);

impl Loader for One<'_> {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.to_owned())
    }
}

/// Lists each record with the types of its fields.
fn records(text: &str) -> String {
    let options = Options::default();
    let api = analyse("api.yaml", &One(text), &options).api.unwrap();
    let mut diagnostics = Diagnostics::new();
    let names = names::assign(&api, &options, &mut diagnostics);
    let krate = lower(&api, &names, &TypeOptions::default(), &mut diagnostics);
    let items = krate.types.iter().flat_map(|file| &file.items);
    let field = |field: &Field| {
        let named = field.value.ty.named();
        let named: Vec<_> = named.iter().map(ToString::to_string).collect();
        format!("{} {:?} {}", field.name.wire, field.presence, named.join(" "))
    };
    let records = items.filter_map(|item| match item {
        Item::Record(record) => {
            let fields: Vec<_> = record.fields.iter().map(field).collect();
            Some(format!("{}: {}\n", record.name, fields.join(", ")))
        }
        Item::Choice(_)
        | Item::Union(_)
        | Item::Newtype(_)
        | Item::Alias(_)
        | Item::Validation(_) => None,
    });
    records.collect()
}

#[test]
fn what_one_direction_reaches_has_one_form() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
components:
  schemas:
    Sent: {type: object, required: [id, pin, pet], properties: {id: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}, pet: {$ref: '#/components/schemas/Pet'}}}
    Page: {type: object, required: [id, pin, pet], properties: {id: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}, pet: {$ref: '#/components/schemas/Pet'}}}
    Pet: {type: object, required: [id, pin], properties: {id: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}}}
    Unused: {type: object, required: [id, pin], properties: {id: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}}}
";
    assert_snapshot!(records(text), @r"
    Sent: pin Required , pet Required PetInput
    Page: id Required , pet Required Pet
    Pet: id Required 
    PetInput: pin Required 
    Unused: id Required , pin Optional
    ");
}

#[test]
fn examples_have_the_members_of_their_form() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}, example: {id: body, pin: body}}}}, responses: {'204': {description: d}}}}
components:
  schemas:
    Sent: {type: object, example: {id: a, pin: b, list: [{id: c, other: d}]}, properties: {id: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}, list: {type: array, items: {$ref: '#/components/schemas/Sent'}}}}
";
    let options = Options::default();
    let api = analyse("api.yaml", &One(text), &options).api.unwrap();
    let names = names::assign(&api, &options, &mut Diagnostics::new());
    let examples = super::generated_tests::examples(&api, &names, &TypeOptions::default());
    let texts: Vec<_> = examples.iter().map(|example| example.json.as_str()).collect();
    assert_snapshot!(texts.join("\n"), @r#"
    {"list":[{"other":"d"}],"pin":"b"}
    {"pin":"body"}
    "#);
}

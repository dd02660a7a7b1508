//! `allOf`, merged.

use super::schemas;
use insta::assert_snapshot;

#[test]
fn parents_come_first_and_the_tighter_limit_stays() {
    assert_snapshot!(schemas("
Named:
  type: object
  required: [name]
  properties:
    name: {type: string, minLength: 1}
Pet:
  allOf:
    - $ref: '#/components/schemas/Named'
    - type: object
      required: [age]
      properties:
        age: {type: integer, minimum: 0}
        name: {type: string, maxLength: 9}
"), @r"
    Named = {
      name!: text (min length 1)
    }
    Pet = {
      name!: text (min length 1, max length 9)
      age!: integer (min 0)
    }
    ");
}

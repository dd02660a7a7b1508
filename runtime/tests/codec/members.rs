//! Members in whatever order, however many there are.

use typewright_runtime::codegen::v1;

use crate::{read, refused, write};

const NAMES: [&str; 40] = [
    "a00", "a01", "a02", "a03", "a04", "a05", "a06", "a07", "a08", "a09", "a10", "a11", "a12",
    "a13", "a14", "a15", "a16", "a17", "a18", "a19", "b00", "b01", "b02", "b03", "b04", "b05",
    "b06", "b07", "b08", "b09", "b10", "b11", "b12", "b13", "b14", "b15", "b16", "b17", "b18",
    "b19",
];

/// A record of many fields, which keeps what it does not know.
struct Wide {
    fields: [Option<i64>; NAMES.len()],
    rest: v1::Map<i64>,
}

impl v1::Decode for Wide {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut all = [None::<i64>; NAMES.len()];
        let mut rest = v1::Map::new();
        let slots = all.iter_mut().map(|field| field as &mut dyn v1::Slot);
        let mut fields: Vec<v1::Field<'_>> = NAMES.into_iter().zip(slots).collect();
        v1::read_object_with_rest(decoder, &mut fields, &mut rest)?;
        drop(fields);
        Ok(Self { fields: all, rest })
    }
}

/// An object of these members, each with its place as the value.
fn object<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let members = names.enumerate();
    let members: Vec<_> = members.map(|(at, name)| format!("{name:?}:{at}")).collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn every_member_finds_its_field_in_any_order() {
    let count = NAMES.len();
    let orders: [Vec<usize>; 4] = [
        (0..count).collect(),
        (0..count).rev().collect(),
        (0..count).map(|at| at * 7 % count).collect(),
        (0..count).step_by(2).chain((1..count).step_by(2)).collect(),
    ];
    for order in orders {
        let wide: Wide = read(&object(order.iter().map(|at| NAMES[*at]))).unwrap();
        for (at, field) in order.iter().enumerate() {
            assert_eq!(wide.fields[*field], Some(at as i64), "{}", NAMES[*field]);
        }
        assert!(wide.rest.is_empty());
    }
}

#[test]
fn unknown_members_among_many_are_no_fields() {
    let names = NAMES.into_iter().rev();
    let names: Vec<String> =
        names.flat_map(|name| [format!("x{name}"), name.to_owned(), format!("{name}x")]).collect();
    let wide: Wide = read(&object(names.iter().map(String::as_str))).unwrap();
    assert_eq!(wide.rest.len(), 2 * NAMES.len());
    assert_eq!(wide.rest["xa00"], 3 * 39);
    for (at, field) in wide.fields.iter().rev().enumerate() {
        assert_eq!(*field, Some(3 * at as i64 + 1));
    }
}

#[test]
fn maps_are_objects_of_one_type() {
    let map: v1::Map<i64> = read(r#"{"z":1,"a":2}"#).unwrap();
    assert_eq!(write(&map), r#"{"z":1,"a":2}"#);
    assert!(refused::<v1::Map<i64>>(r#"{"z":1,"a":"x"}"#).starts_with("a: expected an integer"));
    assert!(refused::<v1::Map<i64>>("[]").starts_with("expected an object, found a list"));
}

/// Members that are omitted from a written object, through every wrapper that a field may have.
#[test]
fn absent_members_are_left_out_behind_codecs_and_boxes() {
    type Null = v1::Null<v1::Native<i64>>;
    let (none, some) = (None::<i64>, Some(1_i64));
    let members: &[v1::Member<'_>] = &[
        ("codec", &v1::by_codec::<v1::Optional<v1::Native<i64>>>(&none)),
        ("box", &Box::new(none)),
        ("maybe", &v1::Maybe::<i64>::Absent),
        ("null", &v1::by_codec::<Null>(&none)),
        ("one", &some),
        ("two", &Box::new(some)),
        ("three", &v1::by_codec::<Null>(&some)),
    ];
    assert_eq!(write(&Object(members, &[])), r#"{"null":null,"one":1,"two":1,"three":1}"#);
}

#[test]
fn further_members_come_after_the_fields() {
    let fields: &[v1::Member<'_>] = &[("a", &1_i64)];
    let rest: &[v1::Member<'_>] = &[("c", &3_i64), ("b", &2_i64)];
    assert_eq!(write(&Object(fields, rest)), r#"{"a":1,"c":3,"b":2}"#);
    assert_eq!(write(&Object(&[], rest)), r#"{"c":3,"b":2}"#);
    assert_eq!(write(&Object(&[], &[])), "{}");
}

struct Object<'a>(&'a [v1::Member<'a>], &'a [v1::Member<'a>]);

impl v1::Encode for Object<'_> {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        v1::write_object_with_rest(encoder, self.0, &self.1)
    }
}

/// More fields than a machine word has bits.
#[test]
fn left_out_members_are_left_out_of_wide_objects_too() {
    let names: Vec<String> = (0..200).map(|at| format!("m{at}")).collect();
    let values: Vec<Option<i64>> = (0..200).map(|at| (at % 3 == 0).then_some(at)).collect();
    let members = names.iter().zip(&values);
    let members: Vec<v1::Member<'_>> =
        members.map(|(name, value)| (name.as_str(), value as &dyn v1::FieldValue)).collect();
    let written = write(&Object(&members, &[]));
    let again: v1::Map<i64> = read(&written).unwrap();
    assert_eq!(again.len(), 67);
    assert!(again.iter().all(|(name, value)| *name == format!("m{value}")));
}

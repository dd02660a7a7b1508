use typewright_runtime::codegen::v1::{self, Maybe};

use crate::{read, refused, write};

type Nullables = Vec<Option<i64>>;

#[test]
fn lists_may_hold_null_only_where_it_is_allowed() {
    assert_eq!(read::<Nullables>("[1,null]").unwrap(), [Some(1), None]);
    assert_eq!(write(&vec![Some(1), None]), "[1,null]");
    assert!(refused::<Vec<i64>>("[1,null]").starts_with("[1]: expected an integer, found null"));
}

/// `any` is a value of any kind, null included; `nested` an optional list of nullable texts.
struct Loose {
    any: Option<v1::Value>,
    nested: Option<Vec<Option<String>>>,
    three: Maybe<Vec<i64>>,
}

v1::record! { Loose { any: "any", nested: "nested", three: "three" } }

#[test]
fn every_state_is_written_back_as_it_was_read() {
    for text in [
        "{}",
        r#"{"any":null}"#,
        r#"{"any":[1,{}]}"#,
        r#"{"nested":[null,"a"]}"#,
        r#"{"three":null}"#,
        r#"{"three":[]}"#,
    ] {
        assert_eq!(write(&read::<Loose>(text).unwrap()), text);
    }
    assert_eq!(read::<Loose>(r#"{"nested":null}"#).unwrap().nested, None);
}

#[test]
fn maybe_has_three_states() {
    let value = Maybe::from(3);
    assert_eq!(value.value(), Some(&3));
    assert_eq!(value.into_value(), Some(3));
    assert_eq!(Maybe::<i64>::Null.into_value(), None);
    assert!(Maybe::<i64>::Null.is_null() && !value.is_null());
    assert!(!Maybe::<i64>::Absent.is_null() && Maybe::<i64>::Absent.is_absent());
    let if_absent = |value: Maybe<i64>| value.if_absent(|| 20);
    assert_eq!(if_absent(Maybe::Absent), Some(20));
    assert_eq!(if_absent(Maybe::Null), None);
    assert_eq!(if_absent(value), Some(3));
    let mut changed = value;
    *changed.value_mut().unwrap() += 1;
    assert_eq!(changed, Maybe::Value(4));
    assert_eq!(Maybe::<i64>::Null.value_mut(), None);
}

#[test]
fn tuples_have_a_type_for_each_place() {
    let triple: Triple = read(r#"["a", null, true, false]"#).unwrap();
    assert_eq!(triple.0.as_deref(), Some("a"));
    assert_eq!((triple.1, triple.2), (None, vec![true, false]));
    let failure = read::<Pair>(r#"["a",1,2]"#).unwrap_err();
    assert_eq!(failure.path(), "[2]");
    assert_eq!(failure.expected(), "the end of the list");
    let pair: Pair = read(r#"["a"]"#).unwrap();
    assert_eq!(pair, Pair(Some("a".to_owned()), None));
    assert!(refused::<Pair>(r#"["a",true]"#).starts_with("[1]: expected an integer"));
    let items: &[&dyn v1::Encode] = &[&pair.0, &v1::by_codec::<v1::Null<v1::Native<i64>>>(&pair.1)];
    assert_eq!(write(&items), r#"["a",null]"#);
}

#[test]
fn what_is_wrong_beyond_the_places_of_a_tuple_has_its_index() {
    let failure = read::<Triple>(r#"["a",null,true,false,5]"#).err().unwrap();
    assert_eq!(failure.path(), "[4]");
    assert!(refused::<Pair>("{}").starts_with("expected a list, found an object"));
    assert!(refused::<Vec<i64>>("{}").starts_with("expected a list, found an object"));
    assert!(refused::<bool>("[]").starts_with("expected a boolean, found a list"));
}

/// Null is a value where a type has it as one, in a box, behind a codec and within an `Option` too.
#[test]
fn null_has_its_place_in_a_tuple() {
    let list: (Box<v1::Value>, Option<v1::Value>) = read("[null,null]").unwrap();
    assert_eq!(list, (Box::new(v1::Value::Null), Some(v1::Value::Null)));
    assert!(refused::<(Box<i64>,)>("[null]").starts_with("[0]: expected a value"));
    struct Items(Vec<i64>);
    impl v1::Decode for Items {
        fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
            let mut items = Vec::new();
            v1::read_tuple(decoder, &mut [&mut items])?;
            Ok(Self(items))
        }
    }
    assert_eq!(read::<Items>("[5]").unwrap().0, [5]);
    assert!(refused::<Items>("[null]").starts_with("[0]: expected a value, found null"));
}

#[test]
fn an_item_at_the_end_is_left_out_in_a_box_too() {
    type Open = (i64, Box<Maybe<i64>>);
    for text in ["[1]", "[1,null]", "[1,2]"] {
        let open: v1::Prefix<(i64, Maybe<i64>), i64> = read(text).unwrap();
        let boxed: Open = (open.first.0, Box::new(open.first.1));
        assert_eq!(write(&boxed), text);
        assert_eq!(write(&(&boxed.0, &boxed.1)), text);
    }
}

struct Triple(Option<String>, Option<i64>, Vec<bool>);

impl v1::Decode for Triple {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let (mut first, mut second, mut rest) = (None, None, Vec::new());
        v1::read_tuple_with_rest(decoder, &mut [&mut first, &mut second], &mut rest)?;
        Ok(Self(first, second, rest))
    }
}

#[derive(Debug, PartialEq)]
struct Pair(Option<String>, Option<i64>);

impl v1::Decode for Pair {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let (mut first, mut second) = (None, None);
        v1::read_tuple(decoder, &mut [&mut first, &mut second])?;
        Ok(Self(first, second))
    }
}

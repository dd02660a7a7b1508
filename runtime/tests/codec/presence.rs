use typewright_runtime::v1::{self, Maybe};

use crate::{read, refused, write};

type Nullables = Vec<Option<i64>>;

#[test]
fn lists_may_hold_null_only_where_it_is_allowed() {
    assert_eq!(read::<Nullables>("[1,null]").unwrap(), [Some(1), None]);
    assert_eq!(write(&vec![Some(1), None]), "[1,null]");
    assert!(refused::<Vec<i64>>("[1,null]").starts_with("[1]: expected an integer, found null"));
}

/// `any` is a value of any kind, null included; `nested` an optional list of nullable texts.
#[derive(Debug, PartialEq)]
struct Loose {
    any: Option<v1::Value>,
    nested: Option<Vec<Option<String>>>,
    three: Maybe<Vec<i64>>,
}

impl v1::Read for Loose {
    fn read(source: &mut dyn v1::Source) -> Result<Self, v1::Failure> {
        let mut any = None;
        let mut nested = None;
        let mut three = Maybe::Absent;
        let fields: &mut [v1::Field<'_>] = &mut [
            ("any", &mut any),
            ("nested", &mut nested),
            ("three", &mut three),
        ];
        v1::read_object(source, fields)?;
        Ok(Self { any, nested, three })
    }
}

impl v1::Write for Loose {
    fn write(&self, sink: &mut dyn v1::Sink) -> Result<(), v1::Failure> {
        let fields: &[v1::Member<'_>] = &[
            ("any", &self.any),
            ("nested", &self.nested),
            ("three", &self.three),
        ];
        sink.object(fields)
    }
}

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
    assert!(Maybe::<i64>::Absent.required("x").is_err());
    assert_eq!(Maybe::<i64>::Null.required("x").unwrap(), None);
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
    let items: &[&dyn v1::Write] = &[&pair.0, &v1::nullable(&pair.1)];
    assert_eq!(write(&items), r#"["a",null]"#);
}

struct Triple(Option<String>, Option<i64>, Vec<bool>);

impl v1::Read for Triple {
    fn read(source: &mut dyn v1::Source) -> Result<Self, v1::Failure> {
        let (mut first, mut second, mut rest) = (None, None, Vec::new());
        v1::read_tuple_with_rest(source, &mut [&mut first, &mut second], &mut rest)?;
        Ok(Self(first, second, rest))
    }
}

#[derive(Debug, PartialEq)]
struct Pair(Option<String>, Option<i64>);

impl v1::Read for Pair {
    fn read(source: &mut dyn v1::Source) -> Result<Self, v1::Failure> {
        let (mut first, mut second) = (None, None);
        v1::read_tuple(source, &mut [&mut first, &mut second])?;
        Ok(Self(first, second))
    }
}

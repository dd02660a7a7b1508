//! A type written by hand, to see that the probe finds what is there.

use crate::node::{draw, Drawing, Groups};
use crate::probe::shape;
use typewright_runtime::codegen::v1;

#[derive(Debug, Default)]
struct Sample {
    name: String,
    size: Option<i64>,
    at: Option<v1::DateTime>,
    ratio: Option<f64>,
    any: Option<v1::Value>,
    labels: Option<v1::Map<String>>,
    inner: Vec<Sample>,
    done: bool,
    rest: Option<i32>,
}

impl v1::Decode for Sample {
    fn read(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut name = None;
        let mut size = v1::Coded::<v1::Text<i64>>::new();
        let (mut at, mut ratio, mut any, mut labels) = (None, None, None, None);
        let mut inner = None;
        let mut done = None;
        let mut rest = None;
        let fields: &mut [v1::Field<'_>] = &mut [
            ("two words", &mut name),
            ("size", &mut size),
            ("at", &mut at),
            ("ratio", &mut ratio),
            ("any", &mut any),
            ("labels", &mut labels),
            ("inner", &mut inner),
            ("done", &mut done),
            ("rest", &mut rest),
        ];
        v1::read_object(source, fields)?;
        Ok(Self {
            name: v1::required("two words", name)?,
            size: size.value(),
            at,
            ratio,
            any,
            labels,
            inner: v1::required("inner", inner)?,
            done: v1::required("done", done)?,
            rest,
        })
    }
}

impl v1::Encode for Sample {
    fn write(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[
            ("two words", &self.name),
            ("size", &v1::coded::<v1::Text<i64>>(&self.size)),
            ("at", &self.at),
            ("ratio", &self.ratio),
            ("any", &self.any),
            ("labels", &self.labels),
            ("inner", &self.inner),
            ("done", &self.done),
            ("rest", &self.rest),
        ];
        sink.object(fields)
    }
}

#[test]
fn the_probe_finds_what_is_there() {
    let drawn = draw(&shape::<Sample>(), &Groups::new(), Drawing::Exact);
    let start = r#"{
  "two words"!: "string",
  "size": "integer in a string",
  "at": "date-time",
  "ratio": "number",
  "any": "any",
  "labels": "map",
  "inner"!: [
    {
      "two words"!: "string",
"#;
    assert!(drawn.starts_with(start), "{drawn}");
    assert!(drawn.contains("\"again\""), "{drawn}");
}

#[test]
fn scalars_are_told_apart() {
    let drawn = |node| draw(&node, &Groups::new(), Drawing::Exact);
    assert_eq!(drawn(shape::<i64>()), "\"integer\"\n");
    assert_eq!(drawn(shape::<v1::Value>()), "\"any\"\n");
    assert_eq!(drawn(shape::<Vec<bool>>()), "[\n  \"boolean\"\n]\n");
}

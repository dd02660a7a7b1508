//! A type written by hand, to see that the probe finds what is there.

use super::node::{draw, Drawing, Groups};
use super::probe::shape;
use typewright_runtime::codegen::v1;

#[derive(Clone, Debug, PartialEq)]
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

/// An integer in a text, which may be left out.
type Size = v1::Optional<v1::Text<i64>>;

impl v1::Blank for Sample {
    fn blank() -> Self {
        Self {
            name: v1::blank(),
            size: v1::blank(),
            at: v1::blank(),
            ratio: v1::blank(),
            any: v1::blank(),
            labels: v1::blank(),
            inner: v1::blank(),
            done: v1::blank(),
            rest: v1::blank(),
        }
    }
}

impl v1::Decode for Sample {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::decode_record(decoder)
    }

    fn decode_members(&mut self, decoder: &mut dyn v1::Decoder) -> Result<(), v1::CodecError> {
        let fields: &mut [v1::Field<'_>] = &mut [
            ("two words", &mut self.name),
            ("size", &mut v1::slot_by_codec::<Size>(&mut self.size)),
            ("at", &mut self.at),
            ("ratio", &mut self.ratio),
            ("any", &mut self.any),
            ("labels", &mut self.labels),
            ("inner", &mut self.inner),
            ("done", &mut self.done),
            ("rest", &mut self.rest),
        ];
        v1::read_object(decoder, fields)
    }
}

impl v1::Encode for Sample {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[
            ("two words", &self.name),
            ("size", &v1::by_codec::<Size>(&self.size)),
            ("at", &self.at),
            ("ratio", &self.ratio),
            ("any", &self.any),
            ("labels", &self.labels),
            ("inner", &self.inner),
            ("done", &self.done),
            ("rest", &self.rest),
        ];
        encoder.object(fields)
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

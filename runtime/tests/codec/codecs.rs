use typewright_runtime::codegen::v1::{self, Codec};

use crate::write;

/// A value by a codec, to read and write it alone.
struct By<C: Codec>(C::Value);

impl<C: Codec> v1::Decode for By<C> {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        C::decode(decoder).map(Self)
    }
}

impl<C: Codec> v1::Encode for By<C> {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        C::encode(&self.0, encoder)
    }
}

fn read<C: Codec>(text: &str) -> Result<C::Value, v1::CodecError> {
    v1::from_json::<By<C>>(text.as_bytes()).map(|by| by.0)
}

fn round<C: Codec>(text: &str) -> String {
    write(&By::<C>(read::<C>(text).unwrap()))
}

#[test]
fn numbers_in_texts() {
    assert_eq!(read::<v1::Text<i64>>(r#""08""#).unwrap(), 8);
    assert_eq!(read::<v1::Text<i64>>("8").unwrap(), 8);
    assert_eq!(read::<v1::Text<i64>>("8.0").unwrap(), 8);
    assert_eq!(round::<v1::Text<i64>>(r#""-008""#), r#""-8""#);
    assert_eq!(round::<v1::Text<u64>>(r#""18446744073709551615""#), r#""18446744073709551615""#);
    assert_eq!(round::<v1::Text<f64>>(r#""1.50""#), r#""1.5""#);
    assert_eq!(round::<v1::Text<bool>>("true"), r#""true""#);
    let failure = read::<v1::Text<i64>>(r#""eight""#).unwrap_err();
    assert_eq!(failure.actual(), "the text \"eight\"");
    assert_eq!(read::<v1::Text<i64>>("-8").unwrap(), -8);
    let failure = read::<v1::Text<i64>>("[8]").unwrap_err();
    assert_eq!(failure.expected(), "a number or boolean in a text");
    assert!(read::<v1::Text<i64>>(r#""9223372036854775808""#).is_err());
}

#[test]
fn bytes_in_texts() {
    assert_eq!(&read::<v1::Base64>(r#""+/8=""#).unwrap()[..], [0xfb, 0xff]);
    assert_eq!(&read::<v1::Base64>(r#""+/8""#).unwrap()[..], [0xfb, 0xff]);
    assert_eq!(round::<v1::Base64>(r#""+/8""#), r#""+/8=""#);
    assert_eq!(round::<v1::Base64Url>(r#""-_8=""#), r#""-_8""#);
    assert_eq!(round::<v1::Base64>(r#""""#), r#""""#);
    assert!(read::<v1::Base64>(r#""?""#).is_err());
}

#[test]
fn codecs_compose() {
    type Numbers = v1::Each<v1::Null<v1::Text<i64>>>;
    assert_eq!(round::<Numbers>(r#"["1",null,3]"#), r#"["1",null,"3"]"#);
    let failure = read::<Numbers>(r#"["1","x"]"#).unwrap_err();
    assert_eq!(failure.path(), "[1]");
    type Table = v1::Values<v1::Boxed<v1::Each<v1::Base64>>>;
    assert_eq!(round::<Table>(r#"{"b":["AA"],"a":[]}"#), r#"{"b":["AA=="],"a":[]}"#);
    assert_eq!(round::<v1::Null<v1::Native<bool>>>("null"), "null");
    assert_eq!(read::<Table>(r#"{"b":[1]}"#).unwrap_err().path(), "b[0]");
}

/// Null and what is left out are what the inner codec says, however many are around it.
#[test]
fn codecs_hand_on_what_null_and_nothing_mean() {
    type Pair = v1::TupleBy<(v1::Native<v1::Value>, v1::Native<v1::Maybe<i64>>)>;
    for text in ["[null]", "[null,null]", "[null,1]", "[1]"] {
        assert_eq!(round::<Pair>(text), text);
    }
    assert_eq!(read::<Pair>("[null]").unwrap().1, v1::Maybe::Absent);
    type InBox = v1::TupleBy<(v1::Boxed<v1::Native<v1::Value>>, v1::Null<v1::Native<bool>>)>;
    assert_eq!(round::<InBox>("[null,null]"), "[null,null]");
    assert!(read::<v1::TupleBy<(v1::Boxed<v1::Native<bool>>,)>>("[null]").is_err());
}

#[test]
fn a_coded_field_gives_what_came() {
    struct Hours {
        hours: Option<i64>,
    }
    v1::record! { Hours { hours: "hours" as v1::Optional<v1::Text<i64>> } }
    let hours = |text: &str| v1::from_json::<Hours>(text.as_bytes()).unwrap().hours;
    assert_eq!(hours(r#"{"hours":"08"}"#), Some(8));
    assert_eq!(hours(r#"{"hours":null}"#), None);
    assert_eq!(hours("{}"), None);
}

#[test]
fn a_callers_own_types() {
    type Addresses = v1::Each<v1::ViaText<std::net::IpAddr>>;
    assert_eq!(round::<Addresses>(r#"["::1"]"#), r#"["::1"]"#);
    assert!(read::<Addresses>(r#"["x"]"#).unwrap_err().expected().contains("IpAddr"));
    type Pairs = v1::ViaSerde<Vec<(u8, std::net::Ipv4Addr)>>;
    assert_eq!(round::<Pairs>(r#"[[1,"127.0.0.1"]]"#), r#"[[1,"127.0.0.1"]]"#);
    let failure = read::<v1::Each<Pairs>>(r#"[[[1,"x"]]]"#).unwrap_err();
    assert_eq!(failure.path(), "[0]");
    assert!(failure.expected().contains("IPv4"), "{failure}");
}

#[test]
fn coded_members_in_every_presence() {
    type Text = v1::Text<i64>;
    type Maybe = v1::MaybeBy<Text>;
    let (some, none) = (Some(5_i64), None::<i64>);
    let members: &[v1::Member<'_>] = &[
        ("required", &v1::by_codec::<Text>(&4)),
        ("some", &v1::by_codec::<v1::Optional<Text>>(&some)),
        ("none", &v1::by_codec::<v1::Optional<Text>>(&none)),
        ("null", &v1::by_codec::<v1::Null<Text>>(&none)),
        ("maybe", &v1::by_codec::<Maybe>(&v1::Maybe::Null)),
        ("absent", &v1::by_codec::<Maybe>(&v1::Maybe::Absent)),
    ];
    struct All<'a>(&'a [v1::Member<'a>]);
    impl v1::Encode for All<'_> {
        fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
            encoder.object(self.0)
        }
    }
    let text = write(&All(members));
    assert_eq!(text, r#"{"required":"4","some":"5","null":null,"maybe":null}"#);
}

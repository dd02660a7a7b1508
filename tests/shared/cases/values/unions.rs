//! Which branch a value is.

use cases::d03::runtime::value::from_json;
use cases::{d14, d20, d26, d36, d48, server_04};

macro_rules! branches {
    ($($ty:ty: $($text:literal => $branch:pat $(if $guard:expr)?,)*)*) => {$($(
        let value: $ty = from_json($text.as_bytes()).unwrap();
        assert!(matches!(value, $branch $(if $guard)?), "{}", $text);
    )*)*};
}

#[test]
fn values_are_the_branch_of_their_type_or_tag() {
    use d26::types::Undecl;
    use d36::types::BoxUnion;
    use d48::types::{Consistency, ShardKey, ShardKeySelector};
    use server_04::types::MetaValue;
    branches! {
        Undecl:
            r#"{"@type":"q"}"# => Undecl::Q(_),
            r#"{"@type":"q","x":1}"# => Undecl::Q(_),
            r#"{"@type":"p","x":"a"}"# => Undecl::P(_),
            r#"{"@type":"z"}"# => Undecl::Unlisted(_),
        ShardKeySelector:
            r#""a""# => ShardKeySelector::ShardKey(key) if matches!(*key, ShardKey::Text(_)),
            "5" => ShardKeySelector::ShardKey(key) if matches!(*key, ShardKey::Integer(5)),
            r#"["a",5]"# => ShardKeySelector::ShardKeyList(_),
            r#"{"target":"a","fallback":5}"# => ShardKeySelector::ShardKeyWithFallback(_),
        Consistency:
            r#""all""# => Consistency::Union(_),
            r#""other""# => Consistency::Union(_),
            "2" => Consistency::Union(_),
            r#"{"min":2}"# => Consistency::WithMin(_),
        BoxUnion:
            r#"{"k":"ok"}"# => BoxUnion::OkVariant(_),
            r#"{"k":"err"}"# => BoxUnion::ErrVariant(_),
        MetaValue:
            "9007199254740993" => MetaValue::Int64(9_007_199_254_740_993),
            "3" => MetaValue::Int64(3),
            "1.5" => MetaValue::Number(_),
    }
}

#[test]
fn unions_and_templates_hold_what_they_say() {
    let t: d14::types::T = from_json(br#"{"byFieldType":{"id":1}}"#).unwrap();
    assert!(format!("{t:?}").contains("id: 1"), "{t:?}");
    let t: d20::types::T = from_json(br#"{"page":{"items":[{"name":"x"}]}}"#).unwrap();
    let items = t.page.unwrap().items.unwrap();
    assert_eq!(items[0].name.as_deref(), Some("x"));
}

//! JSON that is read as a component and written again is the same JSON.

use cases::d03::runtime::codegen::v1::{Decode, Encode, Value, from_json, to_json};

/// A text, and the text after it is decoded and encoded, both in the same layout.
type Again = fn(&str) -> Result<(), String>;

fn again<T: Decode + Encode>(text: &str) -> Result<(), String> {
    let value: T = from_json(text.as_bytes()).map_err(|failure| failure.to_string())?;
    let written = to_json(&value).map_err(|failure| failure.to_string())?;
    let [before, after] = [text.as_bytes(), &written].map(|text| from_json::<Value>(text).unwrap());
    match before == after {
        true => Ok(()),
        false => Err(format!("written as {}", String::from_utf8_lossy(&written))),
    }
}

macro_rules! rows {
    ($($document:ident::$ty:ident: $($text:literal),*;)*) => {
        &[$((stringify!($document::$ty), again::<cases::$document::types::$ty>, &[$($text),*])),*]
    };
}

/// Texts that are decoded and encoded unchanged.
const SAME: &[(&str, Again, &[&str])] = rows! {
    d06::Form: r#"{"state":"for sale"}"#, r#"{"state":"","states":["sold-out"],"null_ok":null,"raw":"AQI="}"#;
    d14::T: r#"{"byFieldType":{"id":"a"}}"#, r#"{"byFieldType":{"id":1}}"#, r#"{"nested":{"y":"a"}}"#,
        r#"{"numbers":true,"constUnion":null,"mixedEnum":2.5,"multi":null}"#,
        r#"{"constUnion":{"kind":"b","v":1},"multi2":[1],"recursive":[{"a":[null,1.5]}]}"#;
    d20::T: r#"{"page":{"items":[{"name":"x"}]}}"#, r#"{"tuple":["a",1],"tupleRest":["a",1,true,false]}"#,
        r#"{"names":{"a":1,"b":2},"tree":{"data":1,"children":[{"data":null}]}}"#;
    d26::NestedProp: r#"{"meta":null}"#, r#"{"meta":{"t":"c"}}"#;
    d26::Undecl: r#"{"@type":"q"}"#, r#"{"@type":"q","x":1}"#, r#"{"@type":"p","x":"a"}"#,
        r#"{"@type":"z","x":[1],"y":null}"#;
    d26::T: r#"{"base":{"kind":"leaf","id":1,"m":"m"}}"#, r#"{"ints":{"v":2,"b":"b"},"bools":{"ok":false,"error":"e"}}"#,
        r#"{"outer":{"v":1,"a":"a"}}"#, r#"{"outer":{"v":3,"c":"c"}}"#, r#"{"nbase":null}"#;
    d27::Pet: r#"{"kind":"Cat","name":null,"claws":1}"#;
    d28::TAnyOfObjects: r#"{"a":"1","b":"2","s":"x"}"#, r#"{"a":"1"}"#, r#"{"b":"2"}"#;
    d28::T: r#"{"anyOfObjects":{"a":"1","b":"2","s":"x"}}"#, r#"{"mapAllOf":{"known":"k","n":1}}"#,
        r#"{"mapNullable":null}"#, r#"{"mapNullable":{"a":null}}"#, r#"{"mixed":{"id":"i","n":1,"t":"a"}}"#,
        r#"{"additional":{"additional":"a","more":"b"}}"#;
    d31::T: r#"{"tagged":null,"untagged":null,"inferred":null,"single":null}"#,
        r#"{"tagged":{"k":"a"},"untagged":{"y":"y"},"inferred":{"k":"b"},"single":{"y":"y"},"anyOf":null,"prim":null,"enums":null}"#,
        r#"{"tagged":null,"untagged":null,"inferred":null,"single":null,"list":[null,{"k":"b"}],"map":{"a":null}}"#,
        r#"{"tagged":null,"untagged":null,"inferred":null,"single":null,"prim":5,"enums":"b"}"#;
    d33::UserPage: r#"{"items":[{"name":"x"}]}"#;
    d33::StrictTree: r#"{"data":"d","children":[{"data":"e","extra":1}]}"#;
    d34::CredentialsObject: r#"{"x":"None","y":{"x":{"x":{"default_or_default":1}}}}"#, r#"{"x":"Unlisted value"}"#;
    d34::ItemObject: r#"{"a":{"b":{"c":"d"}}}"#;
    d36::Everything: r#"{"result":"Err","option":1,"box":{"k":"err"},"some":{"a":"Ok"},"err":{"ok":"a"},"into":["Ok"]}"#;
    d44::L: r#"{"source":"1","json_source":"2","json_fields":"3","fields":"4","sink":"5","json_sink":"6","required":"7","value":"8","read":"9","self":"10","Self":"11","v1":"12","new":"13","other":"14","one more":"15"}"#;
    d44::LInput: r#"{"source":"1","json_source":"2","json_fields":"3","fields":"4","sink":"5","json_sink":"6","required":"7","value":"8","read":"9","self":"10","Self":"11","v1":"12","new":"13","other":"14","one more":"15"}"#;
    d45::T: r#"{"f":0.5,"e":"b","m":{"a":"b"}}"#;
    d45_validated::T: r#"{"f":0.5,"e":"c","m":{"a":"b"}}"#;
    d46::T: r#"{"a":null,"b":null,"c":null,"d":null}"#, r#"{"a":{"y":"y"},"b":"b","c":{"z":"z"},"d":5}"#;
    d48::T: r#"{"shardKey":"a"}"#, r#"{"shardKey":5}"#, r#"{"shardKey":["a",5]}"#,
        r#"{"shardKey":{"target":"a","fallback":5}}"#, r#"{"consistency":"all"}"#, r#"{"consistency":"other"}"#,
        r#"{"consistency":2}"#, r#"{"consistency":{"min":2}}"#;
    server_02::GetDocsResponse: r#"{"documents":["a",null]}"#, r#"{"documents":null}"#;
    server_04::Meta: r#"{"a":9007199254740993,"b":3,"c":1.5,"d":"t","e":true}"#;
    server_07::GetStatsResponseItem: r#"{"name":"a","value":"1"}"#, r#"{"name":"b","value":["2"]}"#, r#"{"name":"c","value":"3","more":1}"#;
    server_11::StreamResultOfWatchResponse: r#"{"result":{"created":true}}"#;
    server_12::Share: r#"{"user":"u"}"#;
};

/// Texts that cannot be decoded.
const REFUSED: &[(&str, Again, &[&str])] = rows! {
    d31::T: r#"{"untagged":null,"inferred":null,"single":null}"#, r#"{"tagged":null,"inferred":null,"single":null}"#,
        r#"{"tagged":null,"untagged":null,"single":null}"#, r#"{"tagged":null,"untagged":null,"inferred":null}"#;
    d33::UserPage: r#"{"items":[{}]}"#, r#"{}"#;
    d46::T: r#"{"b":null,"c":null,"d":null}"#, r#"{"a":null,"b":null,"c":null}"#;
};

#[test]
fn components_read_and_write() {
    let mut wrong = Vec::new();
    for (name, again, texts) in SAME {
        for text in *texts {
            if let Err(why) = again(text) {
                wrong.push(format!("{name} {text}: {why}"));
            }
        }
    }
    for (name, again, texts) in REFUSED {
        let read = texts.iter().filter(|text| again(text).is_ok());
        wrong.extend(read.map(|text| format!("{name} {text}: is read")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! A record and an enum, written as the generator writes them.

use typewright_runtime::codegen::v1;

#[non_exhaustive]
pub struct Job {
    pub custom_data: Option<Vec<Label>>,
    pub bucket_id: String,
    pub hour: Option<i64>,
    pub parent: Option<String>,
    pub note: v1::Maybe<String>,
    pub state: Option<State>,
    pub size: i64,
    pub additional: v1::Map<v1::Value>,
}

v1::record! { Job {
    custom_data: "customData", bucket_id: "bucketId", hour: "hour" as v1::Optional<v1::Text<i64>>,
    parent: "parent" as v1::Null<v1::Native<String>>, note: "note", state: "state", size: "size",
    ..additional
} }

/// A pair; its codec refuses other members.
#[non_exhaustive]
pub struct Label {
    pub key: String,
    pub value: Option<String>,
}

v1::record! { Label { key: "key", value: "value", ..! } }

v1::build! { Label(key: String) { with_value(value: String) } }

#[derive(Clone)]
#[non_exhaustive]
pub enum State {
    Queued,
    Done,
    Unlisted(String),
}

v1::choice! { State { Queued: "Queued", Done: "Done" } Unlisted }

pub const JOB: &str = r#"{"customData":[{"key":"a","value":"b"},{"key":"c"}],"bucketId":"5f","hour":"8","parent":null,"note":null,"state":"Queued","size":3,"extra":{"z":1.50,"a":[1e3,-0,12345678901234567890123]}}"#;

pub fn job() -> Job {
    v1::from_json(JOB.as_bytes()).unwrap()
}

use serde::{Deserialize, Serialize};
use typewright_runtime::codegen::v1;

use crate::sample::{job, Job, Label, State, JOB};

#[test]
fn serde_json() {
    let read: Job = serde_json::from_str(JOB).unwrap();
    assert_eq!(read, job());
    let from_reader: Job = serde_json::from_reader(JOB.as_bytes()).unwrap();
    assert_eq!(from_reader, job());
    let again: Job = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(again.custom_data, read.custom_data);
    assert_eq!(serde_json::to_string(&State::Done).unwrap(), "\"Done\"");
    assert_eq!(serde_json::to_string_pretty(&Vec::<Label>::new()).unwrap(), "[]");
}

#[test]
fn serde_json_value() {
    let value: serde_json::Value = serde_json::from_str(JOB).unwrap();
    let read: Job = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(read.custom_data, job().custom_data);
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(written["customData"], value["customData"]);
    let error = serde_json::from_value::<Vec<Label>>(serde_json::json!([{"key": 1}])).unwrap_err();
    assert_eq!(error.to_string(), "key: expected a text, found the number 1");
}

#[test]
fn errors_keep_their_kind_and_place() {
    let error = serde_json::from_str::<Vec<Label>>("[{\"key\":\n true}]").unwrap_err();
    assert!(error.is_data());
    assert_eq!((error.line(), error.column()), (2, 5));
    let message = "key: expected a text, found the boolean true at line 2 column 5";
    assert_eq!(error.to_string(), message);
    assert!(serde_json::from_str::<Vec<Label>>("[{\"key\"").unwrap_err().is_eof());
    assert!(serde_json::from_str::<Vec<Label>>("[{\"key\":}").unwrap_err().is_syntax());
}

#[test]
fn serde_yaml() {
    let text = serde_yaml::to_string(&job()).unwrap();
    let read: Job = serde_yaml::from_str(&text).unwrap();
    assert_eq!(read.bucket_id, "5f");
    assert_eq!(read.custom_data, job().custom_data);
    let error = serde_yaml::from_str::<Vec<Label>>("- key: a\n- key: [b]\n").unwrap_err();
    let message = ".[1].key: expected a text, found a list at line 2 column 8";
    assert_eq!(error.to_string(), message);
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Envelope {
    id: u8,
    #[serde(flatten)]
    label: Label,
}

/// Keeps unknown members, so that it sees the envelope's other members too.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Loose {
    id: u8,
    #[serde(flatten)]
    job: Job,
}

#[test]
fn flatten() {
    let text = r#"{"id":1,"key":"k","value":"v"}"#;
    let read: Envelope = serde_json::from_str(text).unwrap();
    assert_eq!(read.label.value.as_deref(), Some("v"));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let text = JOB.replacen('{', "{\"id\":1,", 1);
    let read: Loose = serde_json::from_str(&text).unwrap();
    assert_eq!(read.job.custom_data, job().custom_data);
    assert_eq!(read.job.hour, Some(8));
    let error = serde_json::from_str::<Envelope>(r#"{"id":1,"key":[5]}"#).unwrap_err();
    assert!(error.to_string().starts_with("key: expected a text, found a list"), "{error}");
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Untagged {
    State(State),
    Label(Label),
    Job(Box<Job>),
}

#[test]
fn untagged() {
    let read = |text: &str| serde_json::from_str::<Untagged>(text).unwrap();
    assert_eq!(read("\"Done\""), Untagged::State(State::Done));
    assert!(matches!(read(r#"{"key":"a"}"#), Untagged::Label(_)));
    assert!(matches!(read(JOB), Untagged::Job(_)));
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Internal {
    Label(Label),
}

#[test]
fn internally_tagged() {
    let text = r#"{"kind":"Label","key":"k"}"#;
    let read: Internal = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn maps_with_types_of_ours_as_values() {
    let text = r#"{"a":{"key":"k"}}"#;
    let read: std::collections::BTreeMap<String, Label> = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn axum() {
    use axum::response::IntoResponse;
    let label: axum::Json<Label> = axum::Json::from_bytes(br#"{"key":"k"}"#).unwrap();
    assert_eq!(label.key, "k");
    let wrong = axum::Json::<Label>::from_bytes(br#"{"key":1}"#).unwrap_err();
    assert_eq!(wrong.into_response().status(), 422);
    let broken = axum::Json::<Label>::from_bytes(b"{").unwrap_err();
    assert_eq!(broken.into_response().status(), 400);
    assert_eq!(axum::Json(label.0).into_response().status(), 200);
}

#[test]
fn a_failing_writer_keeps_its_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(serde_json::to_writer(Full, &job()).unwrap_err().is_io());
    let pretty = v1::to_json_pretty(&v1::Value::from(vec![1])).unwrap();
    assert_eq!(pretty, b"[\n  1\n]");
}

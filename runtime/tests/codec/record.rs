use typewright_runtime::codegen::v1;

use crate::sample::{job, Job, Label, State, JOB};

fn failure(text: &str) -> v1::CodecError {
    v1::from_json::<Job>(text.as_bytes()).unwrap_err()
}

#[test]
fn reads_and_writes_every_presence() {
    let job = job();
    assert_eq!(job.hour, Some(8));
    assert_eq!(job.parent, None);
    assert_eq!(job.note, v1::Maybe::Null);
    assert_eq!(job.state, Some(State::Queued));
    assert_eq!(String::from_utf8(v1::to_json(&job).unwrap()).unwrap(), JOB);
}

#[test]
fn reads_members_in_any_order_and_the_last_of_two() {
    let text = r#"{"size":1,"parent":"p","size":3.0,"bucketId":"5f","hour":"08","customData":[],"hour":null}"#;
    let job: Job = v1::from_json(text.as_bytes()).unwrap();
    assert_eq!(job.size, 3);
    assert_eq!(job.hour, None);
    assert_eq!(job.custom_data, Some(Vec::new()));
}

#[test]
fn says_where_and_why() {
    let wrong = failure(r#"{"customData":[{"key":"a"},{"key":5}]}"#);
    assert_eq!(wrong.path(), "customData[1].key");
    assert_eq!(
        wrong.to_string(),
        "customData[1].key: expected a text, found the number 5 at line 1 column 35"
    );
    let missing = failure(r#"{"size":1,"parent":null}"#);
    assert_eq!(missing.to_string(), "bucketId: expected a value, found nothing or null");
    let absent = failure(r#"{"size":1,"bucketId":""}"#);
    assert_eq!(absent.to_string(), "parent: expected a value or null, found nothing");
    let closed = v1::from_json::<Label>(br#"{"key":"","odd one":1}"#).unwrap_err();
    assert_eq!(closed.path(), "[\"odd one\"]");
    let broken = failure(r#"{"customData":[{"key":"#);
    assert!(broken.is_malformed());
    assert_eq!(broken.path(), "customData[0].key");
    assert_eq!(broken.place(), Some("line 1 column 22"));
    let trailing = failure(&format!("{JOB} x"));
    assert!(trailing.is_malformed(), "{trailing}");
}

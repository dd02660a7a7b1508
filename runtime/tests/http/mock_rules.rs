//! Mocks: conditions on requests, sequences, and expected numbers of calls.

use crate::api::{self, get, Create, Shelf};
use typewright_runtime::codegen::v1::{self, ErrorKind, Map, Mock, Value};

fn mocked() -> (Mock, v1::Client) {
    let mock = Mock::new();
    (mock.clone(), api::builder().transport(mock).build().unwrap())
}

fn number(value: i64) -> Value {
    v1::from_json(value.to_string().as_bytes()).unwrap()
}

/// The number with which a `GET` with this depth and trace is responded to.
async fn size(client: &v1::Client, depth: &str, trace: Option<&str>) -> Result<i64, String> {
    let mut call = get(client, "s");
    call.query("depth", &depth);
    call.header("X-Trace", &trace);
    let value = call.send::<Shelf>().await.map_err(|error| format!("{error:#}"))?;
    Ok(value.as_i64().unwrap())
}

async fn create(client: &v1::Client, json: &str) -> Result<i64, String> {
    let mut call = client.call(&api::CREATE);
    call.path("shelf", &"s");
    let body: Value = v1::from_json(json.as_bytes()).unwrap();
    call.body(0, &body);
    let value = call.send::<Create>().await.map_err(|error| format!("{error:#}"))?;
    Ok(value.as_i64().unwrap())
}

#[tokio::test]
async fn each_combination_of_conditions_has_its_own_sequence() {
    let (mock, client) = mocked();
    mock.on::<Shelf>().reply(200, &number(0));
    mock.on::<Shelf>()
        .with_query("depth", "1 +ä")
        .reply(200, &number(1))
        .reply(200, &number(2))
        .with_query("depth", "9")
        .with_header("x-trace", "t")
        .reply(200, &number(3));
    assert_eq!(size(&client, "1 +ä", None).await, Ok(1));
    assert_eq!(size(&client, "9", Some("t")).await, Ok(3));
    assert_eq!(size(&client, "1 +ä", Some("t")).await, Ok(2));
    // The last is repeated.
    assert_eq!(size(&client, "1 +ä", None).await, Ok(2));
    // Not all conditions are met.
    assert_eq!(size(&client, "9", Some("u")).await, Ok(0));
    assert_eq!(size(&client, "9", None).await, Ok(0));
    assert_eq!(mock.calls::<Shelf>(), 6);
    assert_eq!(mock.calls::<Create>(), 0);
    mock.verify().unwrap();
}

#[tokio::test]
async fn bodies_and_rules_are_conditions_too() {
    let (mock, client) = mocked();
    let expected_body: Value = v1::from_json(br#"{"b":[1.0],"a":"x"}"#).unwrap();
    mock.on::<Create>().with_json(&expected_body).reply(200, &number(1));
    mock.on::<Create>().when(|request| request.body().len() > 20).reply(200, &number(2));
    assert_eq!(create(&client, r#"{"a":"x","b":[1.0]}"#).await, Ok(1));
    assert_eq!(create(&client, r#"{"a":"a text that is longer"}"#).await, Ok(2));
    let error = create(&client, "{}").await.unwrap_err();
    let place = "no response is set for createShelf, but with the body ";
    assert!(error.contains(place), "{error}");
    assert!(
        error.ends_with(", or with a rule of the test: POST /base/shelves/s:create/"),
        "{error}"
    );
}

#[tokio::test]
async fn numbers_of_calls_are_verified() {
    let (mock, client) = mocked();
    mock.on::<Shelf>().with_query("depth", "1").expect(2).reply(200, &number(1));
    mock.on::<Shelf>().expect(0);
    let unmet = mock.verify().unwrap_err();
    let text = "getShelf with the query `depth=1` is expected 2 times, and was called 0 times";
    assert_eq!((unmet.to_string(), format!("{unmet:?}")), (text.to_owned(), text.to_owned()));
    size(&client, "1", None).await.unwrap();
    size(&client, "1", None).await.unwrap();
    mock.verify().unwrap();
    let third = size(&client, "1", None).await.unwrap_err();
    let text = "getShelf with the query `depth=1` is expected 2 times, and was called 3 times: \
                the last by GET /base/shelves/s?depth=1";
    assert!(third.contains(text), "{third}");
    let other = size(&client, "2", None).await.unwrap_err();
    assert!(other.contains("getShelf is expected 0 times, and was called 1 times"), "{other}");
    let unmet = mock.verify().unwrap_err().to_string();
    assert_eq!(unmet.lines().count(), 4, "{unmet}");
}

/// A failure that the program under test does not show is found by `verify`.
#[tokio::test]
async fn requests_without_a_response_are_reported() {
    let (mock, client) = mocked();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    let text = "no response is set for getShelf: GET /base/shelves/s";
    assert!(format!("{error:#}").contains(text), "{error:#}");
    assert_eq!(mock.verify().unwrap_err().to_string(), text);
    let failing = Mock::new();
    failing.on::<Shelf>().with_json(&f64::NAN).reply(200, &Value::Null);
    let client: v1::Client = api::builder().transport(failing.clone()).build().unwrap();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert!(format!("{error:#}").contains("a body that cannot be written"), "{error:#}");
}

#[tokio::test]
async fn values_of_a_query_are_decoded() {
    let (mock, client) = mocked();
    let error: Map<String> = v1::from_json(br#"{"code":"no"}"#).unwrap();
    mock.on::<Shelf>().fail(404, &error);
    let mut call = get(&client, "s");
    call.set_query("tag", "a b");
    call.set_query("tag", "c&d");
    call.send::<Shelf>().await.unwrap_err();
    let request = &mock.requests::<Shelf>()[0];
    assert_eq!(request.query_values("tag"), ["a b", "c&d"]);
    assert!(request.query_values("other").is_empty());
}

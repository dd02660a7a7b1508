//! Macros of generated code: calls, setters, several responses and bodies, pages, and long-running operations.

use crate::api;
use crate::server::{json, serve, typed, Server};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self as rt, Endpoint};

rt::call!(pub(crate) Call);

rt::operation! {
    /// A call that creates a thing.
    CreateThing(CreateThingOperation) -> CreateThingResponse, rt::Json<rt::Map<String>>;
    "createThing POST /shelves/{shelf}/things
    query mode
    path shelf
    header X-Team required
    body application/json
    200 201 application/json
    204
    206 application/json text/csv
    400 application/json
    wait id id=/id done=/done error=/error"
}

rt::setters! { CreateThing {
    /// How much is checked.
    mode: &str => query("mode", &mode);
    tags: &[i64] => query("tags", &tags);
} }

rt::wait! { CreateThing(CreateThingOperation) -> GetThing }

#[derive(Clone, Debug, PartialEq)]
pub enum CreateThingResponse {
    Ok(i64),
    Created(Box<rt::Value>),
    NoContent,
    PartialJson(Vec<i64>),
    PartialCsv(String),
}

rt::responses! { CreateThingResponse {
    0 => Ok(rt::JsonAs<rt::Text<i64>>),
    1 => Created(rt::Json<Box<rt::Value>>),
    2 => NoContent,
    3 / 0 => PartialJson(rt::Json<Vec<i64>>),
    3 / 1 => PartialCsv(rt::PlainText),
} }

rt::operation! {
    /// A call that gets a thing.
    GetThing(GetThingOperation) -> GetThingResponse, rt::Undocumented;
    "getThing GET /things/{id}
    path id
    200 application/json
    404"
}

#[derive(Clone, Debug, PartialEq)]
pub enum GetThingResponse {
    Ok(Box<rt::Value>),
    NotFound,
}

rt::responses! { GetThingResponse: Encode {
    0 => Ok(rt::Json<Box<rt::Value>>),
    1 => NotFound,
} }

rt::operation! {
    /// A call that lists numbers.
    ListNumbers(ListNumbersOperation) -> rt::Json<Vec<i64>>, rt::Undocumented;
    "listNumbers GET /numbers
    query offset
    200 application/json
    pages offset offset"
}

rt::pages! { ListNumbers }

rt::items! { ListNumbers, |page: Vec<i64>| -> Vec<i64> { page } }

rt::operation! {
    /// A call that saves.
    Save(SaveOperation) -> rt::Empty, rt::Undocumented;
    "save PUT /save
    body application/json
    body application/octet-stream
    body multipart/form-data
    204"
}

#[derive(Debug)]
pub enum SaveContent<'a> {
    Json(&'a [i64]),
    Bytes(rt::Body),
    Form(rt::Multipart),
}

rt::bodies! { SaveContent<'a> {
    Json(body: &'a [i64]) => body(0, &body), From;
    Bytes(body: rt::Body) => bytes(1, body), From;
    Form(body: rt::Multipart) => multipart(2, body);
} }

rt::setters! { Save {
    body<'a>: impl Into<SaveContent<'a>> => content(body.into());
} }

fn client(server: &Server) -> rt::Client {
    let builder = api::builder().base_url(&server.url);
    builder.retry(rt::RetryPolicy::off()).build().unwrap()
}

fn create(client: &rt::Client) -> CreateThing {
    CreateThing::new(client, &[&"a b", &"red", &7])
}

#[tokio::test]
async fn required_values_are_given_by_their_order() {
    let server = serve(|_, _| json(200, r#""5""#)).await;
    let call = create(&client(&server)).mode("deep").query("more", "1 2");
    assert!(format!("{call:?}").contains("createThing"));
    assert_eq!(call.await.unwrap(), CreateThingResponse::Ok(5));
    let seen = server.one();
    assert_eq!(seen.target, "/shelves/a%20b/things?mode=deep&more=1%202");
    assert_eq!(seen.headers["x-team"], "red");
    assert_eq!(seen.body, b"7");
    let client = client(&server);
    let error = CreateThing::new(&client, &[&"a", &"b", &1, &2]).await;
    let error = format!("{:#}", error.unwrap_err());
    assert!(error.contains("it takes fewer values"), "{error}");
    let error = create(&client).tags(&[1]).await.unwrap_err();
    let error = format!("{error:#}");
    assert!(error.contains("the operation has no such parameter"), "{error}");
}

#[tokio::test]
async fn each_response_becomes_its_variant() {
    let server = serve(|number, _| match number {
        0 => json(201, r#"{"id":1}"#),
        1 => json(204, ""),
        2 => json(206, "[1,2]"),
        3 => typed(206, "text/csv", "a,b"),
        _ => json(400, r#"{"detail":"no"}"#),
    })
    .await;
    let client = client(&server);
    let created = create(&client).send().await.unwrap();
    let value = rt::from_json(br#"{"id":1}"#).unwrap();
    assert_eq!(created, CreateThingResponse::Created(Box::new(value)));
    let done = create(&client).response().await.unwrap();
    assert_eq!(done.status(), 204);
    assert_eq!(done.into_body(), CreateThingResponse::NoContent);
    let part = create(&client).await.unwrap();
    assert_eq!(part, CreateThingResponse::PartialJson(vec![1, 2]));
    let part = create(&client).await.unwrap();
    assert_eq!(part, CreateThingResponse::PartialCsv("a,b".to_owned()));
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.body().unwrap()["detail"], "no");
}

#[tokio::test]
async fn what_goes_on_is_followed_and_what_is_listed_is_read() {
    let server = serve(|number, seen| match number {
        0 => json(201, r#"{"id":"x","done":false}"#),
        1 => {
            assert_eq!(seen.target, "/things/x");
            json(200, r#"{"done":true}"#)
        }
        2 | 4 => json(200, "[1,2]"),
        _ => json(200, "[]"),
    })
    .await;
    let client = client(&server);
    let pause = Duration::from_millis(1);
    let config = rt::PollConfig::default().backoff(pause, pause);
    let last = create(&client).wait_with(config).await.unwrap();
    assert!(matches!(last, GetThingResponse::Ok(_)));
    let mut items = ListNumbers::new(&client, &[]).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
    let mut pages = ListNumbers::new(&client, &[]).pages();
    assert_eq!(pages.next().await.unwrap().unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_body_goes_out_as_its_variant_says() {
    let server = serve(|_, _| json(204, "")).await;
    let client = client(&server);
    let numbers: &[i64] = &[1, 2];
    Save::new(&client, &[]).body(numbers).await.unwrap();
    let body = rt::Body::from("raw");
    Save::new(&client, &[]).body(body).await.unwrap();
    let form = SaveContent::Form(rt::Multipart::new());
    Save::new(&client, &[]).body(form).await.unwrap();
    let seen = server.seen();
    let types = ["application/json", "application/octet-stream"];
    for (seen, media_type) in seen.iter().zip(types) {
        assert_eq!(seen.headers["content-type"], media_type);
    }
    assert_eq!((&*seen[0].body, &*seen[1].body), (&b"[1,2]"[..], &b"raw"[..]));
    let form = seen[2].headers["content-type"].to_str().unwrap();
    assert!(form.starts_with("multipart/form-data"), "{form}");
}

#[tokio::test]
async fn mocks_and_lists_take_the_type_of_a_call() {
    let mock = rt::Mock::new();
    let client: rt::Client = api::builder().transport(mock.clone()).build().unwrap();
    let response = GetThingResponse::Ok(Box::new(rt::Value::Bool(true)));
    mock.on::<GetThing>().reply(200, &response).status(404);
    let get = || GetThing::new(&client, &[&"1"]);
    assert_eq!(get().await.unwrap(), response);
    let error = get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(mock.requests::<GetThing>().len(), 2);
    let ids = [CreateThing::spec().id, ListNumbers::spec().id];
    assert_eq!(ids, ["createThing", "listNumbers"]);
    let call: rt::Call = get().into();
    assert_eq!(call.operation().id, "getThing");
    assert_eq!(GetThing::from(call).await.unwrap_err().status().unwrap(), 404);
}

#[tokio::test]
async fn a_call_has_limits_of_its_own_and_its_response_as_it_comes() {
    let server = serve(|_, _| json(200, r#"{"a":1}"#)).await;
    let client = client(&server);
    let get = |id: &str| GetThing::new(&client, &[&id]);
    let error = get("1").max_body_bytes(6).await.unwrap_err();
    assert_eq!(error.kind(), rt::ErrorKind::TooLarge);
    get("1").max_body_bytes(7).await.unwrap();
    assert_eq!(get("").await.unwrap_err().kind(), rt::ErrorKind::Encode);
    get("").allow_empty_path().await.unwrap();
    assert_eq!(server.seen().last().unwrap().target, "/things/");
    let response = get("1").max_body_bytes(1).response_raw().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.into_body().collect(100).await.bytes, r#"{"a":1}"#);
    let server = serve(|_, _| typed(404, "text/plain", "no")).await;
    let error = get("1").base_url(&server.url).response_raw().await;
    let error = error.map(drop).unwrap_err();
    assert_eq!(error.kind(), rt::ErrorKind::Api);
    assert_eq!(error.raw_body(), "no");
}

rt::operation! {
    Broken(BrokenOperation) -> rt::Empty, rt::Undocumented;
    "broken GET /broken
    parameter x"
}

#[tokio::test]
async fn a_text_that_cannot_be_read_is_an_error_of_the_call() {
    let server = serve(|_, _| json(204, "")).await;
    let error = Broken::new(&client(&server), &[]).await.unwrap_err();
    let error = format!("{error:#}");
    assert!(error.starts_with("broken: the operation"), "{error}");
    let place = "line 2 of the operation's text: `parameter`: no line begins with this word";
    assert!(error.contains(place), "{error}");
    assert!(server.seen().is_empty());
}

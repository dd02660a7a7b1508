//! Bodies of requests: their media types, limits and faults.

use crate::support::{chunked, send, serve, Received};
use axum::response::{IntoResponse as _, Response};
use axum::Router;
use typewright_runtime::codegen::v1 as rt;

/// An order.
pub struct Order {
    pub items: Vec<Item>,
    pub note: Option<String>,
}
rt::record! { Order { items: "items", note: "note" } }

/// An item of an order.
pub struct Item {
    pub price: i64,
}
rt::record! { Item { price: "price" } }

impl Order {
    fn rules() -> &'static [rt::Rule] {
        &[
            rt::Rule::Member("items", &[rt::Rule::MinItems(1)]),
            rt::Rule::Member("note", &[rt::Rule::MaxLength(3)]),
        ]
    }
}

/// A response of what was read.
fn echo(value: &dyn rt::Encode) -> Response {
    String::from_utf8(rt::to_json(value).unwrap()).unwrap().into_response()
}

/// A router that sends a body of this decoder back as JSON.
macro_rules! echo {
    ($text:expr, $decoder:ty) => {
        echo!($text, $decoder, |routes| routes)
    };
    ($text:expr, $decoder:ty, $settings:expr) => {
        serve(
            $text,
            |_, mut request| {
                Box::pin(async move {
                    let body = request.body::<$decoder>().await?;
                    Ok(echo(&body))
                })
            },
            $settings,
        )
    };
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json; charset=utf-8")];
const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];

async fn post(router: &Router, headers: &[(&str, &str)], body: &'static str) -> Received {
    send(router, "POST /x", headers, body).await
}

/// The status, and the faults or the detail.
async fn fault(router: &Router, headers: &[(&str, &str)], body: &'static str) -> (u16, String) {
    let received = post(router, headers, body).await;
    assert_eq!(received.header("content-type"), "application/problem+json");
    let start = received.body.find(r#""status":"#).unwrap();
    let rest = received.body[start..].split_once(',').map_or("", |(_, rest)| rest);
    (received.status, rest.trim_end_matches('}').to_owned())
}

#[tokio::test]
async fn json_is_decoded_or_refused_with_the_path() {
    let router = echo!("test POST /x\nbody application/json\n200", rt::Json<Order>);
    let order = r#"{"items":[{"price":3}],"note":"!"}"#;
    let received = post(&router, JSON, order).await;
    assert_eq!((received.status, &*received.body), (200, order));
    let merge = [("content-type", "application/merge-patch+json")];
    assert_eq!(post(&router, &merge, order).await.status, 200);
    assert_eq!(
        fault(&router, JSON, r#"{"items":[{"price":3},{"price":"x"}]}"#).await,
        (422, r#""errors":[{"place":"body.items[1].price","detail":"expected an integer, found the text \"x\" at line 1 column 34"}]"#.to_owned())
    );
    // What clients accept of servers, servers do not of clients.
    let null = fault(&router, JSON, r#"{"items":[],"note":null}"#).await;
    assert_eq!(null.0, 422);
    assert!(null.1.contains(r#""place":"body.note""#), "{}", null.1);
    let missing = fault(&router, JSON, r#"{}"#).await;
    assert_eq!(missing.0, 422);
    assert!(
        missing.1.contains(r#""place":"body.items","detail":"expected a value, found nothing"#),
        "{}",
        missing.1
    );
    let malformed = fault(&router, JSON, r#"{"items":["#).await;
    assert_eq!(malformed.0, 400);
    assert!(
        malformed.1.contains(r#""place":"body.items[0]","detail":"expected a well-formed value"#),
        "{}",
        malformed.1
    );
}

#[tokio::test]
async fn a_body_is_missing_or_of_another_type() {
    let router = echo!("test POST /x\nbody application/json\n200", rt::Json<i64>);
    let none = r#""errors":[{"place":"body","detail":"expected a body, found none"}]"#;
    assert_eq!(fault(&router, &[], "").await, (400, none.to_owned()));
    assert_eq!(fault(&router, JSON, "").await, (400, none.to_owned()));
    let other = r#""detail":"the operation takes a body of application/json""#;
    assert_eq!(fault(&router, FORM, "7").await, (415, other.to_owned()));
    assert_eq!(fault(&router, &[], "7").await, (415, other.to_owned()));
    let optional =
        echo!("test POST /x\nbody application/json\n200", rt::OptionalBody<rt::Json<i64>>);
    assert_eq!(post(&optional, &[], "").await.body, "null");
    assert_eq!(post(&optional, JSON, "").await.body, "null");
    assert_eq!(post(&optional, JSON, "7").await.body, "7");
    assert_eq!(post(&optional, &[], "7").await.status, 415);
    // An empty text is a text.
    let text = echo!("test POST /x\nbody text/plain\n200", rt::OptionalBody<rt::PlainText>);
    assert_eq!(post(&text, &[("content-type", "text/plain")], "").await.body, r#""""#);
    assert_eq!(post(&text, &[], "").await.body, "null");
}

#[tokio::test]
async fn what_is_held_in_memory_is_limited() {
    let limit = |routes: rt::Routes<()>| routes.max_body_bytes(4);
    let router = echo!("test POST /x\nbody text/plain\n200", rt::PlainText, limit);
    let text = [("content-type", "text/plain")];
    assert_eq!(post(&router, &text, "1234").await.body, r#""1234""#);
    let large = (413, r#""detail":"the limit is 4 bytes""#.to_owned());
    assert_eq!(fault(&router, &text, "12345").await, large);
    let announced = [("content-type", "text/plain"), ("content-length", "5")];
    assert_eq!(fault(&router, &announced, "1").await, large);
    let received = send(&router, "POST /x", &text, chunked(b"12345", 2)).await;
    assert_eq!(received.status, 413);
    let by_default = echo!("test POST /x\nbody text/plain\n200", rt::PlainText);
    let mebibytes = |count: usize| chunked(&vec![b'x'; count << 20], 1 << 16);
    assert_eq!(send(&by_default, "POST /x", &text, mebibytes(2)).await.status, 200);
    assert_eq!(send(&by_default, "POST /x", &text, mebibytes(3)).await.status, 413);
}

#[tokio::test]
async fn streams_are_limited_where_a_limit_is_set() {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let collected = request.body::<rt::Streamed>().await?.collect(usize::MAX).await;
            let failure = collected.failure.map(|failure| failure.to_string());
            Ok(format!("{} {}", collected.bytes.len(), failure.is_some()).into_response())
        })
    };
    let text = "test POST /x\nbody */*\n200";
    let send = async |router: &Router| {
        send(router, "POST /x", &[("content-type", "a/b")], chunked(&[0; 100], 30)).await.body
    };
    assert_eq!(send(&serve(text, handler, |routes| routes.max_body_bytes(1))).await, "100 false");
    assert_eq!(
        send(&serve(text, handler, |routes| routes.max_stream_bytes(100))).await,
        "100 false"
    );
    assert_eq!(send(&serve(text, handler, |routes| routes.max_stream_bytes(99))).await, "90 true");
}

#[tokio::test]
async fn forms_are_read_in_the_styles_of_the_document() {
    let router = echo!(
        "test POST /x\nbody application/x-www-form-urlencoded\n200",
        rt::Form<rt::Map<rt::Value>>
    );
    assert_eq!(post(&router, FORM, "a=1&b=x+y&b=%26").await.body, r#"{"a":"1","b":["x y","&"]}"#);
    /// Properties in several styles.
    struct Styled {
        ids: Vec<i64>,
        at: Item,
        kind: String,
        order: Order,
        rest: rt::Map<i64>,
    }
    rt::record! { Styled { ids: "ids", at: "at", kind: "kind", order: "order", ..rest } }
    let styled = echo!(
        "test POST /x
        body application/x-www-form-urlencoded
        part ids style=pipeDelimited
        part at style=deepObject
        part kind type=application/json
        200",
        rt::Form<Styled>
    );
    let body = "ids=1%7C2&at%5Bprice%5D=3&kind=%22a%22&order=%7B%22items%22:[]%7D&more=7";
    assert_eq!(
        post(&styled, FORM, body).await.body,
        r#"{"ids":[1,2],"at":{"price":3},"kind":"a","order":{"items":[]},"more":7}"#
    );
    let wrong = fault(&styled, FORM, "ids=1%7Cx&at%5Bprice%5D=3&kind=%22a%22&order={}").await;
    assert_eq!(wrong.0, 422);
    assert!(wrong.1.contains(r#""place":"body.ids[1]""#), "{}", wrong.1);
}

/// Several media types of one body.
#[derive(Debug)]
enum Several {
    Json(Order),
    Form(rt::Map<i64>),
    Bytes(rt::ByteStream),
}
rt::request_bodies! { Several { 0 => Json(rt::Json<Order>), 1 => Form(rt::Form<rt::Map<i64>>), 2 => Bytes(rt::Streamed) } }

#[tokio::test]
async fn the_media_type_chooses_the_decoder() {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            Ok(match request.body::<Several>().await? {
                Several::Json(order) => format!("{} items", order.items.len()),
                Several::Form(form) => format!("{} pairs", form.len()),
                Several::Bytes(stream) => format!("{} bytes", stream.collect(9).await.bytes.len()),
            }
            .into_response())
        })
    };
    let text = "test POST /x\nbody application/json\nbody application/x-www-form-urlencoded\nbody image/*\n200";
    let router = serve(text, handler, |routes| routes);
    assert_eq!(post(&router, JSON, r#"{"items":[]}"#).await.body, "0 items");
    assert_eq!(post(&router, FORM, "a=1&b=2").await.body, "2 pairs");
    assert_eq!(post(&router, &[("content-type", "image/png")], "abc").await.body, "3 bytes");
    assert_eq!(fault(&router, &[("content-type", "text/html")], "abc").await.0, 415);
}

enum Ruled {
    Json(Order),
    Form(rt::Map<i64>),
    Lines(rt::ItemStream<Item>),
}
rt::request_bodies! { Ruled {
    0 => Json(rt::Json<Order>) where Order::rules(),
    1 => Form(rt::Form<rt::Map<i64>>) where &[rt::Rule::Member("a", &[rt::Rule::Minimum("2")])],
    2 => Lines(rt::Lines<Item>) where &[rt::Rule::Member("price", &[rt::Rule::Minimum("2")])],
    3 => Json(rt::Json<Order>) where Order::rules()
} }

/// The number of items up to the end of the stream; the first failure if there is one.
async fn number_of(mut items: rt::ItemStream<Item>) -> Result<usize, rt::Problem> {
    let mut count = 0;
    while let Some(item) = items.next().await {
        item?;
        count += 1;
    }
    assert!(items.next().await.is_none());
    Ok(count)
}

#[tokio::test]
async fn each_media_type_has_its_rules() {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let mut count = 0;
            match request.body::<rt::OptionalBody<Ruled>>().await? {
                Some(Ruled::Json(order)) => count += order.items.len(),
                Some(Ruled::Form(form)) => count += form.len(),
                Some(Ruled::Lines(items)) => count += number_of(items).await?,
                None => {}
            }
            Ok(count.to_string().into_response())
        })
    };
    let text = "test POST /x\nbody application/json\nbody application/x-www-form-urlencoded\nbody application/x-ndjson\n\
        body application/vnd.order+json\n200";
    let router = serve(text, handler, |routes| routes);
    let other = [("content-type", "application/vnd.order+json")];
    let lines = [("content-type", "application/x-ndjson")];
    let order = r#"{"items":[{"price":1}]}"#;
    for (headers, body, count) in [
        (JSON, order, "1"),
        (&other, order, "1"),
        (FORM, "a=2&b=1", "2"),
        (&lines, "{\"price\":2}\n{\"price\":3}\n", "2"),
        (&[], "", "0"),
    ] {
        assert_eq!(post(&router, headers, body).await.body, count);
    }
    for (headers, body, place) in [
        (JSON, r#"{"items":[]}"#, "body.items"),
        (&other, r#"{"items":[{"price":1}],"note":"long"}"#, "body.note"),
        (FORM, "a=1", "body.a"),
        (&lines, "{\"price\":2}\n{\"price\":1}\n{\"price\":0}\n", "body[1].price"),
    ] {
        let (status, errors) = fault(&router, headers, body).await;
        assert_eq!(status, 422);
        assert!(errors.starts_with(&format!(r#""errors":[{{"place":"{place}""#)), "{errors}");
    }
}

#[tokio::test]
async fn lines_are_decoded_while_they_arrive() {
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let mut items = request.body::<rt::Lines<Item>>().await?;
            let mut sum = 0;
            while let Some(item) = items.next().await {
                sum += item?.price;
            }
            assert!(items.next().await.is_none());
            Ok(sum.to_string().into_response())
        })
    };
    let text = "test POST /x\nbody application/x-ndjson\n200";
    let router = serve(text, handler, |routes| routes.max_body_bytes(20));
    let headers = [("content-type", "application/x-ndjson")];
    let lines = b"{\"price\":1}\n\n\x1e{\"price\":2}\r\n{\"price\":3}";
    for size in 1..lines.len() {
        let received = send(&router, "POST /x", &headers, chunked(lines, size)).await;
        assert_eq!(received.body, "6");
    }
    let wrong = fault(&router, &headers, "{\"price\":1}\n{\"price\":[]}\n").await;
    assert_eq!(wrong.0, 422);
    assert!(wrong.1.contains(r#""place":"body[1].price""#), "{}", wrong.1);
    assert_eq!(fault(&router, &headers, "{\"price\":1000000000000}\n").await.0, 413);
    assert_eq!(fault(&router, &headers, "{").await.0, 400);
}

#[tokio::test]
async fn constraints_are_checked_where_they_are_asked_for() {
    rt::handlers! { fn add<S: Orders>() { OrderOperation => order(body: rt::Json<Order> where Order::rules()) -> OrderReply; } }
    operations! { OrderOperation "order POST /x\nbody application/json\n204"; }
    #[derive(Debug)]
    enum OrderReply {
        NoContent,
        Raw(Response),
    }
    rt::replies! { OrderReply { 0 => NoContent; } }
    trait Orders: Send + Sync + 'static {
        fn order(
            &self,
            body: Order,
            context: rt::Context,
        ) -> impl std::future::Future<Output = OrderReply> + Send;
    }
    struct Service;
    impl Orders for Service {
        async fn order(&self, _: Order, _: rt::Context) -> OrderReply {
            OrderReply::NoContent
        }
    }
    let mut routes = rt::Routes::new(&crate::support::API, Service);
    add(&mut routes);
    let router = routes.into_router();
    assert_eq!(post(&router, JSON, r#"{"items":[{"price":1}]}"#).await.status, 204);
    assert_eq!(
        fault(&router, JSON, r#"{"items":[],"note":"long"}"#).await,
        (422, r#""errors":[{"place":"body.items","detail":"expected at least 1 item, found 0"},{"place":"body.note","detail":"expected at most 3 characters, found 4"}]"#.to_owned())
    );
}

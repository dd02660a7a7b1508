//! Responses that deviate from the document, under each leniency of a client.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1::{self, Decoding};

static API: v1::ApiSpec = v1::ApiSpec {
    title: "Kennel",
    version: "1",
    servers: &[v1::Server { url: "https://kennel.example", variables: &[] }],
    schemes: &[],
};

static LIST: v1::OperationSpec = v1::OperationSpec {
    id: "listDogs",
    path: "/dogs",
    responses: &[v1::ResponseSpec {
        status: v1::Status::Exact(200),
        contents: &[v1::Content::json("application/json")],
    }],
    ..v1::OperationSpec::DEFAULT
};

struct Get<T>(PhantomData<T>);
impl<T: v1::Decode + Send + Sync + 'static> v1::Endpoint for Get<T> {
    type Output = v1::Json<T>;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &v1::OperationSpec::DEFAULT
    }
}

/// A record as the generator writes one, without further members.
#[non_exhaustive]
struct Dog {
    name: String,
    age: Option<i64>,
    size: Option<Size>,
    toy: Option<Toy>,
}

v1::record! { Dog { name: "name", age: "age", size: "size", toy: "toy", ..! } }

#[derive(Clone)]
#[non_exhaustive]
enum Size {
    Small,
    Unlisted(String),
}

v1::choice! { Size { Small: "small" } Unlisted }

#[derive(Clone)]
#[non_exhaustive]
enum Toy {
    Ball(Box<Ball>),
    Unlisted(v1::Value),
}

v1::union! { Toy by (Undeclared "kind") { 0: Ball from (Ball) ("ball") } Unlisted }

#[non_exhaustive]
struct Ball {
    radius: i64,
}

v1::record! { Ball { radius: "radius" } }

type Listed = Result<Vec<Dog>, v1::Error<v1::Undocumented>>;

fn listed(body: &'static str, decoding: Decoding) -> Listed {
    reply(body, decoding)
}

/// The value that a client reads from a response.
fn reply<T: v1::Decode + Send + Sync + 'static>(
    body: &'static str,
    decoding: Decoding,
) -> Result<T, v1::Error<v1::Undocumented>> {
    let memory = v1::InMemoryTransport::new(move |_| http::Response::new(body.into()));
    let client: v1::Client =
        v1::ClientBuilder::new(&API).transport(memory).decoding(decoding).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(client.call(&LIST).send::<Get<T>>())
}

/// The value that is read, and the reported deviations: operation, path, expected, found.
fn observed(body: &'static str) -> (Listed, Vec<String>) {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let decoding = Decoding::observing(move |departure| {
        log.lock().unwrap().push(format!(
            "{} {}: expected {}, found {}",
            departure.operation, departure.path, departure.expected, departure.actual
        ));
    });
    let listed = listed(body, decoding);
    let reported = reported.lock().unwrap().clone();
    (listed, reported)
}

fn dog(name: &str) -> Dog {
    Dog { name: name.to_owned(), age: None, size: None, toy: None }
}

/// One response for each departure, what it is read as, and what is told of it.
fn departures() -> Vec<(&'static str, Dog, &'static str)> {
    let with_toy = |text: &str| Dog {
        toy: Some(Toy::Unlisted(v1::from_json(text.as_bytes()).unwrap())),
        ..dog("rex")
    };
    vec![
        (r#"[{"name":"rex","age":null}]"#, dog("rex"), "[0].age: expected a value, found null"),
        (
            r#"[{"name":"rex","size":"huge"}]"#,
            Dog { size: Some(Size::Unlisted("huge".to_owned())), ..dog("rex") },
            r#"[0].size: expected a value that the document lists, found the text "huge""#,
        ),
        (
            r#"[{"name":"rex","toy":{"kind":"bone","length":3}}]"#,
            with_toy(r#"{"kind":"bone","length":3}"#),
            r#"[0].toy: expected a branch that the document lists, found the text "bone""#,
        ),
        (
            r#"[{"name":"rex","toy":{"kind":"ball","radius":"wide"}}]"#,
            with_toy(r#"{"kind":"ball","radius":"wide"}"#),
            r#"[0].toy.radius: expected an integer, found the text "wide""#,
        ),
        (
            r#"[{"name":"rex","toy":{"radius":true,"kind":"ball"}}]"#,
            with_toy(r#"{"radius":true,"kind":"ball"}"#),
            "[0].toy.radius: expected an integer, found the boolean true",
        ),
        (
            r#"[{"name":"rex","chip":17}]"#,
            dog("rex"),
            "[0].chip: expected no member of this name, found a value",
        ),
    ]
}

#[test]
fn what_has_a_typed_way_is_kept_and_told() {
    for (body, expected, message) in departures() {
        let strict = listed(body, Decoding::Strict).unwrap_err();
        assert_eq!(strict.kind(), v1::ErrorKind::Decode, "{body}");
        assert!(format!("{strict:#}").contains(message), "{strict}");
        let tolerant = listed(body, Decoding::Tolerant).unwrap();
        assert_eq!(tolerant, std::slice::from_ref(&expected), "{body}");
        let (read, reported) = observed(body);
        assert_eq!(read.unwrap(), [expected], "{body}");
        assert_eq!(reported, [format!("listDogs {message}")], "{body}");
    }
}

/// How a response is taken holds for that response, whatever the same thread reads next.
#[test]
fn a_strict_reply_makes_nothing_else_strict() {
    let body = r#"[{"name":"rex","age":null}]"#;
    assert!(listed(body, Decoding::Strict).is_err());
    let plain: Vec<Dog> = v1::from_json(body.as_bytes()).unwrap();
    assert_eq!(plain, [dog("rex")]);
}

#[test]
fn what_has_none_stays_an_error_with_the_whole_reply() {
    for body in [
        r#"[{"age":3}]"#,
        r#"[{"name":null}]"#,
        r#"[{"name":"rex","age":"old"}]"#,
        "[null]",
        "{}",
        "[",
    ] {
        for decoding in [Decoding::Strict, Decoding::Tolerant, Decoding::observing(|_| {})] {
            let error = listed(body, decoding).unwrap_err();
            assert_eq!(error.kind(), v1::ErrorKind::Decode, "{body}");
            assert_eq!(error.raw_body(), body);
        }
        // What is no JSON, or of another type, is no departure.
        let (_, reported) = observed(body);
        assert!(reported.is_empty() || body.contains("null"), "{reported:?}");
    }
}

#[test]
fn everything_is_told_in_its_order_and_nothing_twice() {
    let body =
        r#"[{"name":"a","age":null,"size":"x"},{"name":"b"},{"name":"c","size":"y","new":1}]"#;
    let (read, reported) = observed(body);
    assert_eq!(read.unwrap().len(), 3);
    let paths: Vec<_> = reported.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(paths, ["[0].age:", "[0].size:", "[2].size:", "[2].new:"]);
    let (read, reported) =
        observed(r#"[{"name":"a","size":"small","toy":{"kind":"ball","radius":1}}]"#);
    assert!(read.is_ok() && reported.is_empty());
}

/// A wrong list of a million items does not make a million readings.
#[test]
fn there_is_an_end_to_telling() {
    let body = format!("[{}]", vec![r#"{"name":"a","age":null}"#; 1000].join(","));
    let (read, reported) = observed(body.leak());
    assert_eq!(read.unwrap().len(), 1000);
    assert_eq!(reported.len(), 100);
}

/// A member in each presence, by a codec and without one.
struct Nulls {
    required: Option<v1::Value>,
    nullable: Option<i64>,
    optional: Option<i64>,
    maybe: v1::Maybe<i64>,
    coded_nullable: Option<i64>,
    coded_optional: Option<i64>,
    coded_maybe: v1::Maybe<i64>,
    list: Vec<Option<i64>>,
    map: v1::Map<Option<i64>>,
    coded_list: Vec<Option<i64>>,
    optional_list: Option<Vec<Option<i64>>>,
    maybe_list: v1::Maybe<Vec<Option<i64>>>,
    pair: (Option<i64>, Option<i64>),
}

v1::record! { Nulls {
    required: "required" as v1::Null<v1::Native<v1::Value>>,
    nullable: "nullable" as v1::Null<v1::Native<i64>>, optional: "optional", maybe: "maybe",
    coded_nullable: "codedNullable" as v1::Null<v1::Text<i64>>,
    coded_optional: "codedOptional" as v1::Optional<v1::Text<i64>>,
    coded_maybe: "codedMaybe" as v1::MaybeBy<v1::Text<i64>>, list: "list", map: "map",
    coded_list: "codedList" as v1::Each<v1::Null<v1::Text<i64>>>, optional_list: "optionalList",
    maybe_list: "maybeList", pair: "pair"
} }

/// A response in which so many members are null; those of the second list may not be.
fn nulls(others: &str) -> &'static str {
    let text = r#"{"required":null,"nullable":null,"maybe":null,"codedNullable":null,"codedMaybe":null,"list":[1,null],"map":{"a":null},"codedList":["1",null],"optionalList":[null,2],"maybeList":[null],"pair":[null,1]"#;
    format!("{text}{others}}}").leak()
}

#[test]
fn null_is_no_departure_where_the_document_allows_it() {
    for decoding in [Decoding::Strict, Decoding::Tolerant] {
        let read: Nulls = reply(nulls(""), decoding).unwrap();
        assert_eq!(read.list, [Some(1), None]);
        assert_eq!(read.map["a"], None);
        assert_eq!(read.optional_list, Some(vec![None, Some(2)]));
        assert_eq!(read.maybe_list, v1::Maybe::Value(vec![None]));
        assert_eq!((read.maybe, read.coded_maybe), (v1::Maybe::Null, v1::Maybe::Null));
    }
    let reported = Arc::new(Mutex::new(0));
    let count = Arc::clone(&reported);
    let decoding = Decoding::observing(move |_| *count.lock().unwrap() += 1);
    assert!(reply::<Nulls>(nulls(""), decoding).is_ok());
    assert_eq!(*reported.lock().unwrap(), 0);
    // As a whole response, and as an item.
    assert_eq!(reply::<Option<i64>>("null", Decoding::Strict).unwrap(), None);
    let items = reply::<Vec<Option<i64>>>("[null,1]", Decoding::Strict).unwrap();
    assert_eq!(items, [None, Some(1)]);
}

#[test]
fn null_of_an_optional_member_is_a_departure_and_of_a_required_one_an_error() {
    for (member, is_departure) in [
        (r#","optional":null"#, true),
        (r#","codedOptional":null"#, true),
        (r#","list":[true]"#, false),
        (r#","codedList":null"#, false),
        (r#","map":null"#, false),
    ] {
        let strict = reply::<Nulls>(nulls(member), Decoding::Strict);
        assert!(strict.is_err(), "{member}");
        let tolerant = reply::<Nulls>(nulls(member), Decoding::Tolerant);
        assert_eq!(tolerant.is_ok(), is_departure, "{member}");
        if let Ok(read) = tolerant {
            assert_eq!((read.optional, read.coded_optional), (None, None));
        }
    }
}

/// In any mode, deviations of attempted branches are not counted, and those of the chosen branch are counted once.
#[test]
fn a_branch_that_is_tried_departs_only_if_it_is_chosen() {
    let body = r#"[{"size":"huge","toys":[{"size":"small"},{"size":"vast"}]},{"size":"small"}]"#;
    assert!(reply::<Vec<Chest>>(body, Decoding::Strict).is_err());
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let decoding = Decoding::observing(move |departure| {
        log.lock().unwrap().push(departure.path.to_owned());
    });
    let read = reply::<Vec<Chest>>(body, decoding).unwrap();
    assert!(matches!(read[0], Chest::Full(_)) && matches!(read[1], Chest::Empty(_)));
    assert_eq!(*reported.lock().unwrap(), ["[0].size", "[0].toys[1].size"]);
    assert!(reply::<Vec<Chest>>(r#"[{"size":"small"}]"#, Decoding::Strict).is_ok());
}

/// A generated type within one of the caller's own is read as [`v1::from_json`] reads it.
#[cfg(feature = "serde")]
#[test]
fn a_type_of_the_callers_own_decides_what_it_accepts() {
    #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Pair(Empty, Empty);
    struct Shelf {
        pair: Option<Pair>,
        size: Option<Size>,
    }
    v1::record! { Shelf { pair: "pair" as v1::Optional<v1::ViaSerde<Pair>>, size: "size" } }
    let reported = Arc::new(Mutex::new(0));
    let count = Arc::clone(&reported);
    let observing = Decoding::observing(move |_| *count.lock().unwrap() += 1);
    for decoding in [Decoding::Strict, Decoding::Tolerant, observing] {
        let read: Shelf = reply(r#"{"pair":[{"size":null},{"size":"vast"}]}"#, decoding).unwrap();
        let Pair(first, second) = read.pair.unwrap();
        assert!(first.size.is_none());
        assert!(matches!(second.size, Some(Size::Unlisted(text)) if text == "vast"));
    }
    assert_eq!(*reported.lock().unwrap(), 0);
    assert!(reply::<Shelf>(r#"{"size":"vast"}"#, Decoding::Strict).is_err());
    assert!(reply::<Shelf>(r#"{"pair":[{"size":1},{}]}"#, Decoding::Tolerant).is_err());
}

#[derive(Clone)]
enum Chest {
    Empty(Box<Empty>),
    Full(Box<Full>),
}

v1::union! { Chest by (Trial) { 0: Empty from (Empty), 1: Full from (Full) }; blank Empty }

struct Empty {
    size: Option<Size>,
}

v1::record! { Empty { size: "size" } }

struct Full {
    size: Option<Size>,
    toys: Option<Vec<Chest>>,
}

v1::record! { Full { size: "size", toys: "toys" } }

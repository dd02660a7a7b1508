use super::*;

const HARD: &str = r#"create@2023 POST "/a b/{id}"
    server https://{region}.example.com/v1
    variable region eu eu "us, west" ""
    server /relative
    path id
    query filter required style=deepObject explode=false reserved empty
    query "a=b" content="application/json; charset=utf-8"
    query style
    header X-Trace style=simple explode=true
    cookie theme style=cookie
    querystring q
    body application/json

    body multipart/form-data
    part meta type="a/b, c/d" reserved headers X-Kind "a b" X-Other ""
    part "" style=pipeDelimited
    part tags style=form explode=false reserved
    body multipart/mixed
    first type=application/json
    others
    200 application/json "as" as text "404"
    201 204
    4XX default application/octet-stream as json
    security oauth read "+" "|" + key | none | "none"
    idempotent
    idempotency-key Idempotency-Key
    pages number page 1 items=/results limit=size more=/more total="/a b"
    wait id id=/id state=/state success=DONE success="ALL OK" failure=BAD
    get https://operations.example.com /operations/{id}"#;

fn parts() -> [Content; 3] {
    const META: PartSpec = PartSpec::new("meta").content_type("a/b, c/d");
    const PARTS: &[PartSpec] = &[
        META.allow_reserved().headers(&[("X-Kind", "a b"), ("X-Other", "")]),
        PartSpec::new("").style(Style::PipeDelimited, false),
        PartSpec::new("tags").style(Style::Form, false).allow_reserved(),
    ];
    const ORDERED: &OrderedParts = &OrderedParts {
        first: &[PartSpec::new("").content_type("application/json")],
        others: Some(PartSpec::new("")),
    };
    let mixed = Content::new("multipart/mixed", MediaCodec::Multipart);
    [
        Content::json("application/json"),
        Content::new("multipart/form-data", MediaCodec::FormData).parts(PARTS),
        Content { ordered: Some(ORDERED), ..mixed },
    ]
}

#[test]
fn a_text_says_all_that_an_operation_is() {
    let spec = OperationSpec::parse(HARD).unwrap();
    assert_eq!((spec.id, spec.method, spec.path), ("create@2023", "POST", "/a b/{id}"));
    let region = Variable { name: "region", default: "eu", values: &["eu", "us, west", ""] };
    assert_eq!(spec.servers[0].url, "https://{region}.example.com/v1");
    assert_eq!(spec.servers[0].variables, [region]);
    assert_eq!(spec.servers[1].url, "/relative");
    let filter = Parameter::query("filter").style(Style::DeepObject);
    let json = "application/json; charset=utf-8";
    let parameters = [
        Parameter::path("id"),
        filter.required().allow_reserved().allow_empty(),
        Parameter::query("a=b").content(json),
        Parameter::query("style"),
        Parameter::header("X-Trace").explode(true),
        Parameter::cookie("theme").style(Style::Cookie),
        Parameter::query_string("q"),
    ];
    assert_eq!(spec.parameters, parameters);
    assert_eq!(spec.bodies, parts());
    assert!(spec.idempotent);
    assert_eq!(spec.idempotency_key, Some("Idempotency-Key"));
}

#[test]
fn a_text_says_what_comes_back() {
    const BYTES: &[Content] = &[Content::json("application/octet-stream")];
    const CONTENTS: &[Content] = &[
        Content::json("application/json"),
        Content::new("as", MediaCodec::Text),
        Content::new("404", MediaCodec::Bytes),
    ];
    let spec = OperationSpec::parse(HARD).unwrap();
    let responses = [
        ResponseSpec::new(200, CONTENTS),
        ResponseSpec::new(201, &[]),
        ResponseSpec::new(204, &[]),
        ResponseSpec::range(4, BYTES),
        ResponseSpec::other(BYTES),
    ];
    assert_eq!(spec.responses, responses);
    let security: &[&[SecurityNeed]] = &[
        &[SecurityNeed::scheme("oauth").scopes(&["read", "+", "|"]), SecurityNeed::scheme("key")],
        &[],
        &[SecurityNeed::scheme("none")],
    ];
    assert_eq!(spec.security, security);
    let number = NextPage::Number { parameter: "page", first: 1 };
    let paging = Paging::new(number, "/results");
    let paging = paging.limit("size").more("/more").total("/a b");
    assert_eq!(spec.paging, Some(paging));
    let Some(Follow::Poll(polling)) = spec.follow else {
        panic!("it goes on");
    };
    let until = Until::State { state: "/state", success: &["DONE", "ALL OK"], failure: &["BAD"] };
    assert_eq!((polling.parameter, polling.id), ("id", "/id"));
    assert_eq!(polling.until, until);
    let get = polling.elsewhere.unwrap();
    assert_eq!((get.id, get.method), ("create@2023.get", "GET"));
    assert_eq!(get.path, "/operations/{id}");
    assert_eq!(get.servers[0].url, "https://operations.example.com");
    assert_eq!(get.parameters, [Parameter::path("id")]);
    assert_eq!((get.responses, get.security), (spec.responses, spec.security));
}

#[test]
fn each_way_to_the_next_page_has_a_word() {
    let parse = |line: &'static str| {
        let text: &'static str = format!("a GET /\n{line}").leak();
        OperationSpec::parse(text).unwrap()
    };
    let (parameter, pointer) = ("p", "/x");
    for (line, next) in [
        ("pages offset p", NextPage::Offset { parameter }),
        ("pages index p", NextPage::Index { parameter }),
        ("pages last p /x", NextPage::LastItem { parameter, pointer }),
        ("pages token p /x", NextPage::Token { parameter, pointer }),
        ("pages link /x", NextPage::Link { pointer }),
        ("pages header", NextPage::Header),
    ] {
        assert_eq!(parse(line).paging, Some(Paging::new(next, "")), "{line}");
    }
    assert_eq!(parse("wait location").follow, Some(Follow::Location));
    let until = Until::Done { done: "/done", error: "/error" };
    let polling = Polling { elsewhere: None, parameter: "location", id: "/id", until };
    let line = "wait location id=/id done=/done error=/error";
    assert_eq!(parse(line).follow, Some(Follow::Poll(polling)));
    assert_eq!(parse("security none").security, [&[]]);
    assert_eq!(parse("").security.len(), 0);
}

/// Texts with a line that is none, and the message without its beginning.
const BAD_LINES: &[(&str, &str)] = &[
    ("", "1 ``: the id of the operation is missing"),
    ("a GET", "1 ``: the path is missing"),
    ("a GET / b", "1 `b`: the line should end before this"),
    ("a GET /\n\nquerry x", "3 `querry`: no line begins with this word"),
    ("a GET /\nquery \"x", "2 `\"x`: this is not a JSON string"),
    ("a GET /\nquery \"\\x\"", "2 `\"\\x\"`: this is not a JSON string"),
    ("a GET /\nquery", "2 ``: the name of the parameter is missing"),
    ("a GET /\nquery x needed", "2 `needed`: a parameter has no such setting"),
    ("a GET /\nquery x \"required\"", "2 `required`: a parameter has no such setting"),
    ("a GET /\nquery x style=odd", "2 `odd`: there is no such style"),
    ("a GET /\nquery x explode=yes", "2 `yes`: this is neither `true` nor `false`"),
    ("a GET /\nvariable x y", "2 `x`: no server has this variable"),
    ("a GET /\nbody", "2 ``: the media type is missing"),
    ("a GET /\nbody a/b as", "2 ``: the codec is missing"),
    ("a GET /\nbody a/b as yaml", "2 `yaml`: there is no such codec"),
    ("a GET /\nbody a/b as xml", "2 ``: the names of XML are missing"),
    ("a GET /\nbody a/b as xml 0", "2 `0`: there are no such names"),
    ("a GET /\nbody a/b c/d", "2 `c/d`: the line should end before this"),
    ("a GET /\npart x", "2 `part`: no body has this part"),
    ("a GET /\nbody a/b\npart x headers y", "3 ``: the value of the header is missing"),
    ("a GET /\nbody a/b\npart x empty", "3 `empty`: a part has no such setting"),
    ("a GET /\nsecurity", "2 ``: the scheme is missing"),
    ("a GET /\nsecurity none x", "2 `x`: the line should end before this"),
    ("a GET /\npages by x", "2 `by`: there is no such pagination"),
    ("a GET /\npages number x y", "2 `y`: this is no number of a page"),
    ("a GET /\npages offset x by=y", "2 `by=y`: pages have no such setting"),
    ("a GET /\nwait x", "2 `x`: the condition of the end is missing"),
    ("a GET /\nwait x state=/s", "2 `x`: the pointer of the id is missing"),
    ("a GET /\nidempotent really", "2 `really`: the line should end before this"),
];

#[test]
fn the_error_of_a_bad_line_has_its_number() {
    for (text, message) in BAD_LINES {
        let error = OperationSpec::parse(text).unwrap_err();
        let message = message.replacen(' ', " of the operation's text: ", 1);
        assert_eq!(error.to_string(), format!("line {message}"), "{text}");
    }
    static BAD: LazySpec = LazySpec::new("a GET /\nquerry x");
    assert_eq!(BAD.invalid.map(|error| error.line()), Some(2));
    assert_eq!(BAD.id, "a", "messages begin with it");
}

//! The table of styles (OpenAPI 3.1, section 4.8.12.4), cell by cell, and values that it does not cover.

use crate::api::{reply, Shelf, JSON};
use typewright_runtime::codegen::v1::{self, Parameter, Status, Style};

const PATH: v1::OperationSpec = v1::OperationSpec {
    id: "path",
    path: "/x{color}y",
    responses: &[reply(Status::Exact(200), JSON)],
    ..v1::OperationSpec::DEFAULT
};
const PLAIN: v1::OperationSpec = v1::OperationSpec { path: "/x", ..PATH };

/// The text that a call with this parameter sends: the part of the path between x and y, the query, header or cookie.
async fn sent(parameter: Parameter, json: &str) -> Result<String, String> {
    sent_value(parameter, &v1::from_json::<v1::Value>(json.as_bytes()).unwrap()).await
}

async fn sent_value(parameter: Parameter, value: &dyn v1::Encode) -> Result<String, String> {
    let memory = v1::InMemoryTransport::new(|_| http::Response::new("{}".into()));
    let builder = v1::ClientBuilder::<v1::Client>::new(&crate::api::API).transport(memory.clone());
    let client = builder.base_url("http://h").build().unwrap();
    // Statics are what generated code has; a test leaks its own.
    let parameters: &'static [Parameter] = Box::leak(Box::new([parameter]));
    let formatted = format!("{parameter:?}");
    let base = if formatted.contains("location: Path") { PATH } else { PLAIN };
    let operation = Box::leak(Box::new(v1::OperationSpec { parameters, ..base }));
    let mut call = client.call(operation);
    match &formatted {
        text if text.contains("location: Path") => call.path("color", value),
        text if text.contains("location: QueryString") => call.query_string("color", value),
        text if text.contains("location: Query") => call.query("color", value),
        text if text.contains("location: Header") => call.header("color", value),
        _ => call.cookie("color", value),
    }
    call.send::<Shelf>().await.map_err(|error| format!("{error:#}"))?;
    let request = memory.requests().remove(0);
    let header = |name: &str| request.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
    let path = request.uri().path();
    let path = path.strip_prefix("/x").unwrap();
    let path = path.strip_suffix('y').unwrap_or(path);
    let actual = match request.uri().query() {
        Some(query) => query.to_owned(),
        None => header("color").or_else(|| header("cookie")).unwrap_or_else(|| path.to_owned()),
    };
    Ok(actual)
}

const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

/// Style, explode, and what an empty text, a text, a list and an object become.
const PATHS: &str = "
Matrix false ;color ;color=blue ;color=blue,black,brown             ;color=R,100,G,200,B,150
Matrix true  ;color ;color=blue ;color=blue;color=black;color=brown ;R=100;G=200;B=150
Label  false .      .blue       .blue,black,brown                   .R,100,G,200,B,150
Label  true  .      .blue       .blue.black.brown                   .R=100.G=200.B=150
Simple false -      blue        blue,black,brown                    R,100,G,200,B,150
Simple true  -      blue        blue,black,brown                    R=100,G=200,B=150
SpaceDelimited false - blue     blue%20black%20brown                R%20100%20G%20200%20B%20150
PipeDelimited  false - blue     blue%7Cblack%7Cbrown                R%7C100%7CG%7C200%7CB%7C150
TabDelimited   false - blue     blue%09black%09brown                R%09100%09G%09200%09B%09150";

const QUERIES: &str = "
Form           false color= color=blue color=blue,black,brown             color=R,100,G,200,B,150
Form           true  color= color=blue color=blue&color=black&color=brown R=100&G=200&B=150
SpaceDelimited false color= color=blue color=blue%20black%20brown         color=R%20100%20G%20200%20B%20150
PipeDelimited  false color= color=blue color=blue%7Cblack%7Cbrown         color=R%7C100%7CG%7C200%7CB%7C150
TabDelimited   false color= color=blue color=blue%09black%09brown         color=R%09100%09G%09200%09B%09150
DeepObject     true  color= color=blue color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";

/// Style, explode, and values with what they become.
type Row<'a> = (Style, bool, [(&'a str, &'a str); 4]);

fn cells(table: &str) -> Vec<Row<'_>> {
    let rows = table.trim().lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
    rows.map(|row| {
        let style = match row[0] {
            "Matrix" => Style::Matrix,
            "Label" => Style::Label,
            "Simple" => Style::Simple,
            "Form" => Style::Form,
            "SpaceDelimited" => Style::SpaceDelimited,
            "PipeDelimited" => Style::PipeDelimited,
            "TabDelimited" => Style::TabDelimited,
            _ => Style::DeepObject,
        };
        let cells = [(r#""""#, row[2]), (STRING, row[3]), (ARRAY, row[4]), (OBJECT, row[5])];
        (style, row[1] == "true", cells)
    })
    .collect()
}

#[tokio::test]
async fn the_table_of_paths() {
    for (style, explode, cells) in cells(PATHS) {
        let parameter = Parameter::path("color").style(style).explode(explode);
        for (value, expected) in cells {
            let actual = sent(parameter, value).await;
            match expected {
                // The one cell in which another resource would be named.
                "-" => assert!(actual.unwrap_err().contains("needs a value")),
                _ => assert_eq!(actual.unwrap(), expected, "{style:?} {explode} {value}"),
            }
        }
        for value in ["null", "[]", "{}"] {
            let error = sent(parameter, value).await.unwrap_err();
            assert!(error.contains("a path parameter needs a value"), "{error}");
        }
    }
}

#[tokio::test]
async fn the_table_of_queries() {
    for (style, explode, cells) in cells(QUERIES) {
        let parameter = Parameter::query("color").style(style).explode(explode);
        for (value, expected) in cells {
            let actual = sent(parameter, value).await.unwrap();
            assert_eq!(actual, expected, "{style:?} {explode} {value}");
        }
        for value in ["null", "[]", "{}"] {
            assert_eq!(sent(parameter, value).await.unwrap(), "", "nothing is sent of {value}");
        }
    }
}

/// Servers that want an integer refuse `2.0`, and so do JSON Schema's older drafts.
#[tokio::test]
async fn whole_floats_have_no_fraction() {
    let object = |value: f64| v1::Map::from([("x".to_owned(), value)]);
    for (parameter, text) in [
        (Parameter::path("color"), "2"),
        (Parameter::query("color"), "color=2"),
        (Parameter::header("color"), "2"),
        (Parameter::cookie("color"), "color=2"),
        (Parameter::query("color").content("application/json"), "color=2"),
    ] {
        assert_eq!(sent_value(parameter, &2.0).await.unwrap(), text);
        let list = sent_value(parameter, &vec![2.0, 2.5]).await.unwrap();
        assert!(!list.contains(".0"), "{list}");
        let object = sent_value(parameter, &object(2.0)).await.unwrap();
        assert!(!object.contains(".0"), "{object}");
    }
    let large = sent_value(Parameter::query("color"), &1e300).await;
    assert_eq!(large.unwrap(), "color=1e300");
    let unchanged = sent(Parameter::query("color"), "2.0").await;
    assert_eq!(unchanged.unwrap(), "color=2.0");
}

#[tokio::test]
async fn headers_and_cookies() {
    let header = Parameter::header("color");
    let cookie = Parameter::cookie("color");
    for (parameter, value, expected) in [
        (header, STRING, "blue"),
        (header, ARRAY, "blue,black,brown"),
        (header, OBJECT, "R,100,G,200,B,150"),
        (header.explode(true), OBJECT, "R=100,G=200,B=150"),
        (header.style(Style::PipeDelimited), ARRAY, "blue|black|brown"),
        (header.style(Style::TabDelimited), ARRAY, "blue\tblack\tbrown"),
        (header, r#""a b/%c""#, "a b/%c"),
        (cookie, STRING, "color=blue"),
        (cookie, r#""a;b""#, "color=a%3Bb"),
        (cookie, ARRAY, "color=blue; color=black; color=brown"),
        (cookie, OBJECT, "R=100; G=200; B=150"),
        (cookie.explode(false), ARRAY, "color=blue,black,brown"),
        (cookie.explode(false), OBJECT, "color=R,100,G,200,B,150"),
        (cookie.style(Style::Cookie), r#""a%20b""#, "color=a%20b"),
        (header, "null", ""),
        (cookie, "null", ""),
    ] {
        assert_eq!(sent(parameter, value).await.unwrap(), expected, "{parameter:?} {value}");
    }
    assert!(sent(header, r#""a\r\nb: c""#).await.is_err());
    assert!(sent(cookie.style(Style::Cookie), r#""a\nb""#).await.is_err());
}

#[tokio::test]
async fn lists_within_lists() {
    let header = Parameter::header("color").nested(&[Style::SpaceDelimited]);
    let actual = sent(header, "[[1,2],[3]]").await;
    assert_eq!(actual.unwrap(), "1 2,3");
    let query = Parameter::query("color").nested(&[Style::Form, Style::PipeDelimited]);
    let actual = sent(query, "[[1,[2,3]],[4]]").await;
    assert_eq!(actual.unwrap(), "color=1%2C2%7C3&color=4");
    let actual = sent(Parameter::query("color"), "[[1,2]]").await;
    assert_eq!(actual.unwrap(), "color=%5B1%2C2%5D");
}

#[tokio::test]
async fn reserved_characters_and_others() {
    let query = Parameter::query("color");
    let path = Parameter::path("color");
    let odd = r#""a/b?c=d&e #%+é,[]'""#;
    for (parameter, value, expected) in [
        (query, odd, "color=a%2Fb%3Fc%3Dd%26e%20%23%25%2B%C3%A9%2C%5B%5D%27"),
        (query.allow_reserved(), odd, "color=a/b?c=d%26e%20%23%25%2B%C3%A9,[]%27"),
        (path, odd, "a%2Fb%3Fc%3Dd%26e%20%23%25%2B%C3%A9%2C%5B%5D%27"),
        (path.allow_reserved(), odd, "a%2Fb%3Fc=d&e%20%23%25+%C3%A9,%5B%5D'"),
        (query.explode(false), r#"["a,b","c d"]"#, "color=a%2Cb,c%20d"),
        (query, r#"{"a b":"c&d"}"#, "a%20b=c%26d"),
        (query.allow_empty(), r#""""#, "color"),
        (query.allow_empty(), "[]", "color"),
        (query, "[null,1,true,1.5e300]", "color=1&color=true&color=1.5e300"),
        (query, r#"{"a":null,"b":{"c":[1]}}"#, "b=%7B%22c%22%3A%5B1%5D%7D"),
        (query, "12345678901234567890123.50", "color=12345678901234567890123.50"),
    ] {
        assert_eq!(sent(parameter, value).await.unwrap(), expected, "{parameter:?} {value}");
    }
}

#[tokio::test]
async fn deep_objects_content_and_whole_queries() {
    let deep = Parameter::query("color").style(Style::DeepObject).explode(true);
    let nested = r#"{"a":{"b":[{"c":1},"d e"]},"f":null,"g h":true}"#;
    assert_eq!(
        sent(deep, nested).await.unwrap(),
        "color%5Ba%5D%5Bb%5D%5B0%5D%5Bc%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=d%20e&color%5Bg%20h%5D=true"
    );
    let json = "application/json";
    for (parameter, expected) in [
        (Parameter::query("color").content(json), "color=%7B%22R%22%3A1%7D"),
        (Parameter::path("color").content(json), "%7B%22R%22%3A1%7D"),
        (Parameter::header("color").content(json), r#"{"R":1}"#),
        (Parameter::cookie("color").content(json), "color=%7B%22R%22%3A1%7D"),
        (Parameter::query_string("color"), "R=1"),
        (Parameter::query_string("color").content(json), "%7B%22R%22%3A1%7D"),
    ] {
        assert_eq!(sent(parameter, r#"{"R":1}"#).await.unwrap(), expected, "{parameter:?}");
    }
    let query = Parameter::query("color").content(json);
    let none = sent_value(query, &None::<String>).await;
    assert_eq!(none.unwrap(), "color=null");
    assert_eq!(sent(query, "null").await.unwrap(), "color=null");
    let form = sent(Parameter::query_string("color"), r#"{"a b":["c d","é"],"n":null}"#).await;
    assert_eq!(form.unwrap(), "a+b=c+d&a+b=%C3%A9");
    let form = Parameter::query("color").content("application/x-www-form-urlencoded");
    let inside = sent(form, r#"{"a b":"c&d"}"#).await;
    assert_eq!(inside.unwrap(), "color=a%2Bb%3Dc%2526d");
    let text = Parameter::query("color").content("text/plain");
    assert_eq!(sent(text, r#""a b""#).await.unwrap(), "color=a%20b");
}

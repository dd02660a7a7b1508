//! The mock without its network.

use typewright::api::model::Api;
use typewright::{Loader, Options, ReadError};

/// Loads one text.
struct Memory(String);

impl Loader for Memory {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// Returns the meaning of a document of which the members after `info` are given.
pub fn api(members: &str) -> Api {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{members}");
    let analysed = typewright::analyse_for_server("api.yaml", &Memory(text), &Options::default());
    analysed.api.unwrap_or_else(|| panic!("{:#?}", analysed.diagnostics))
}

use super::handler::{Answer, Mock};
use super::request::Request;
use hyper::body::Bytes;
use serde_json::Value;

const DOCUMENT: &str = r##"
servers: [{ url: https://shop.example/v1 }]
security: []
paths:
  /items:
    get:
      operationId: listItems
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
        - { name: tags, in: query, explode: false, schema: { type: array, maxItems: 2, items: { type: string, enum: [red, blue] } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, required: [price], properties: { price: { type: number }, name: { type: string } } } }
        - { name: where, in: query, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
        - { name: session, in: cookie, schema: { type: boolean } }
        - { name: any, in: query, schema: { oneOf: [{ type: integer }, { type: array, items: { type: integer } }] } }
      responses:
        '200':
          description: D
          headers:
            X-Total: { required: true, schema: { type: integer, example: 7 } }
            X-Page: { schema: { type: integer } }
            X-Next: { example: abc, schema: { type: string } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Item' } }
              examples:
                none: { value: [] }
                one: { value: [{ id: 1, price: 2.5 }] }
            text/csv: { schema: { type: string }, example: "id,price" }
            application/xml: { schema: { $ref: '#/components/schemas/Item' } }
        '404': { description: D, content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
        5XX: { description: D }
    post:
      operationId: createItem
      security: [{ key: [] }, { token: [] }]
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Item' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Item' } }
          multipart/form-data: { schema: { type: object, required: [file], properties: { file: { type: string, format: binary }, count: { type: integer } } } }
          application/x-ndjson: { schema: { $ref: '#/components/schemas/Item' } }
      responses: { '201': { description: D, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } } }
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, format: int32 } }]
    delete: { operationId: deleteItem, responses: { '204': { description: D } } }
    get:
      operationId: getItem
      responses: { '200': { description: D, content: { application/json: { schema: { $ref: '#/components/schemas/Item' }, example: { id: x } } } } }
  /events:
    get:
      operationId: events
      responses: { '200': { description: D, content: { text/event-stream: { schema: { type: object, properties: { event: { type: string, example: change }, data: { type: string, example: hello } } } } } } }
  /lines:
    get:
      operationId: lines
      responses: { '200': { description: D, content: { application/x-ndjson: { schema: { $ref: '#/components/schemas/Problem' } } } } }
  /picture:
    get: { operationId: picture, responses: { '200': { description: D, content: { image/*: {} } } } }
  /old:
    post: { operationId: unknown, responses: {} }
    get: { operationId: old, responses: { '302': { description: D, headers: { Location: { required: true, schema: { type: string, format: uri } } } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
  schemas:
    Item:
      type: object
      required: [id, price]
      properties:
        id: { type: integer, readOnly: true, example: 5 }
        price: { type: number, minimum: 0, example: 9.5 }
        tags: { type: array, items: { type: string, maxLength: 3 } }
        secret: { type: string, writeOnly: true }
    Problem: { type: object, required: [code], properties: { code: { type: string, example: gone } } }
"##;

/// Answers a request: `POST /items`, lines of headers, an empty line, the body.
fn answer(refuses: bool, text: &str) -> Answer {
    answer_of(DOCUMENT, refuses, text)
}

fn answer_of(document: &str, refuses: bool, text: &str) -> Answer {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().unwrap().split_once(' ').unwrap();
    let mut request = hyper::Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    let (head, ()) = request.body(()).unwrap().into_parts();
    let request = Request::new(head, Bytes::from(body.to_owned()));
    Mock::new(api(document), refuses).answer(&request)
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(answer.reply.body()).unwrap()
}

const TRACE: &str = "x-trace: 123e4567-e89b-42d3-a456-426614174000";

fn faults(text: &str) -> Vec<String> {
    let faults = answer(true, text).faults;
    let line = |fault: &super::fault::Fault| {
        let status = fault.status.as_u16();
        let kind = if fault.violation.is_remark { "remark".to_owned() } else { status.to_string() };
        format!("{kind} {}: {}", fault.violation.place, fault.violation.detail)
    };
    faults.iter().map(line).collect()
}

#[test]
fn parameters_are_checked() {
    for (query, expected) in [
        ("", &[][..]),
        ("?limit=5&tags=red,blue&filter[price]=1.5&where=%7B%22a%22:1%7D", &[]),
        ("?any=1&any=2", &[]),
        ("?any=1", &[]),
        ("?any=x", &["422 query.any[0]: expected an integer, not the string \"x\""]),
        ("?limit=0", &["422 query.limit: expected at least 1, not `0`"]),
        ("?limit=ten", &["422 query.limit: expected an integer, not the string \"ten\""]),
        (
            "?tags=red,green,blue",
            &["422 query.tags[1]: expected \"red\" or \"blue\", not the string \"green\""],
        ),
        ("?tags=red,red,red", &["422 query.tags: expected at most 2 items, not 3"]),
        ("?filter[name]=x", &["422 query.filter.price: is required"]),
        (
            "?where=%7B",
            &["400 query.where: is not JSON: EOF while parsing an object at line 1 column 1"],
        ),
        (
            "?limti=5",
            &["remark query.limti: the operation has no such parameter; did you mean `limit`?"],
        ),
    ] {
        assert_eq!(faults(&format!("GET /items{query}\n{TRACE}")), expected, "{query}");
    }
    assert_eq!(faults("GET /v1/items"), ["422 header.X-Trace: is required"]);
    assert_eq!(
        faults("GET /items\nx-trace: 7\ncookie: a=b; session=maybe"),
        [
            "422 header.X-Trace: expected a string of the format `uuid`, not the string \"7\"",
            "422 cookie.session: expected a boolean, not the string \"maybe\"",
        ]
    );
    assert_eq!(
        faults("DELETE /items/3000000000"),
        ["422 path.id: expected an integer of the format `int32`, not `3000000000`"]
    );
}

#[test]
fn bodies_are_checked() {
    let json = "POST /items\nx-key: k\ncontent-type: application/json\n\n";
    let form = "POST /items\nx-key: k\ncontent-type: application/x-www-form-urlencoded\n\n";
    let lines = "POST /items\nx-key: k\ncontent-type: application/x-ndjson\n\n";
    let parts = "POST /items\nx-key: k\ncontent-type: multipart/form-data; boundary=b\n\n--b\r\nContent-Disposition: form-data; name=";
    for (request, body, expected) in [
        (json, r#"{"price":1}"#, &[][..]),
        (json, r#"{"price":1,"tags":["ab","abcd"]}"#, &["422 body.tags[1]: expected at most 3 characters, not 4"]),
        (json, r#"{"price":"1"}"#, &["422 body.price: expected a number, not the string \"1\""]),
        (json, r#"{"id":1,"price":-1}"#, &[
            "remark body.id: this direction does not have this member",
            "422 body.price: expected at least 0, not `-1`",
        ]),
        (json, "{", &["400 body: is not JSON: EOF while parsing an object at line 1 column 1"]),
        (json, "", &["400 body: is not JSON: EOF while parsing a value at line 1 column 0"]),
        (form, "price=1.5&tags=a&tags=b", &[]),
        (form, "tags=a", &["422 body.price: is required"]),
        (form, "price=x", &["422 body.price: expected a number, not the string \"x\""]),
        (lines, "{\"price\":1}\n{}\n", &["422 body[1].price: is required"]),
        (lines, "{\"price\":1}\n{\n", &["400 body: the line 2 is not JSON: EOF while parsing an object at line 1 column 1"]),
        (parts, "file\r\n\r\nx\r\n--b--\r\n", &[]),
        (parts, "count\r\n\r\nx\r\n--b--\r\n", &[
            "422 body.file: is required",
            "422 body.count: expected an integer, not the string \"x\"",
        ]),
        (parts, "file\r\n\r\nx", &["400 body: the last boundary is missing"]),
        ("POST /items\nx-key: k", "", &["422 body: is required"]),
        ("POST /items\nx-key: k\n\n", "x", &[
            "415 header.Content-Type: `Content-Type` is required; it takes `application/json`, `application/x-www-form-urlencoded`, `multipart/form-data`, `application/x-ndjson`",
        ]),
        ("DELETE /items/1\n\n", "x", &["remark body: the operation has no body"]),
    ] {
        assert_eq!(faults(&format!("{request}{body}")), expected, "{request}{body}");
    }
    let unsupported = faults("POST /items\nx-key: k\ncontent-type: text/plain; a=b\n\nx");
    assert!(unsupported[0]
        .starts_with("415 header.Content-Type: the operation takes no `text/plain`; it takes"));
}

#[test]
fn credentials_are_looked_for() {
    let request = |header: &str| {
        format!("POST /items\n{header}\ncontent-type: application/json\n\n{{\"price\":1}}")
    };
    assert_eq!(
        faults(&request("accept: */*")),
        ["401 security: expected `key` (header.X-Key), or `token` (header.Authorization: Bearer)"]
    );
    for credential in ["x-key: k", "authorization: bearer t"] {
        assert!(faults(&request(credential)).is_empty(), "{credential}");
    }
    let refused = answer(true, &request("authorization: Basic eA=="));
    assert_eq!(refused.reply.status(), 401);
    assert_eq!(refused.reply.headers()["www-authenticate"], "Bearer");
}

#[test]
fn faults_are_problems_only_if_the_mock_refuses() {
    let request = format!("GET /items?limit=0&tags=x\n{TRACE}");
    let refused = answer(true, &request);
    assert_eq!(refused.reply.status(), 422);
    assert_eq!(refused.reply.headers()["content-type"], "application/problem+json");
    let problem = json(&refused);
    assert_eq!(problem["errors"][0]["place"], "query.limit");
    assert_eq!(problem["errors"][1]["place"], "query.tags[0]");
    let answered = answer(false, &request);
    assert_eq!((answered.reply.status().as_u16(), answered.faults.len()), (200, 2));
}

#[test]
fn the_document_chooses_the_response() {
    let listed = answer(true, &format!("GET /items\n{TRACE}"));
    assert_eq!((listed.reply.status().as_u16(), json(&listed).to_string()), (200, "[]".to_owned()));
    assert_eq!(listed.reply.headers()["x-total"], "7");
    assert_eq!(listed.reply.headers()["x-next"], "abc");
    assert!(!listed.reply.headers().contains_key("x-page"), "no value is invented");
    let created =
        answer(true, "POST /items\nx-key: k\ncontent-type: application/json\n\n{\"price\":1}");
    assert_eq!(created.reply.status(), 201);
    assert_eq!(json(&created).to_string(), r#"{"id":5,"price":9.5,"tags":["tex"]}"#);
    let deleted = answer(true, "DELETE /items/1");
    assert_eq!((deleted.reply.status().as_u16(), deleted.reply.body().len()), (204, 0));
    let nothing = answer(true, "POST /old");
    assert_eq!((nothing.reply.status().as_u16(), nothing.faults.len()), (200, 1));
    let old = answer(true, "GET /old");
    assert_eq!(
        (old.reply.status().as_u16(), &old.reply.headers()["location"]),
        (302, &"https://example.com/path".parse().unwrap())
    );
}

#[test]
fn an_example_that_does_not_match_is_not_sent() {
    let item = answer(true, "GET /items/1");
    assert_eq!(json(&item)["id"], 5);
    assert_eq!(item.faults.len(), 1, "{:?}", item.faults);
    assert!(item.faults[0].violation.detail.starts_with("the example is not sent: "));
    assert_eq!(item.faults[0].violation.place, "response.price");
}

#[test]
fn prefer_chooses_status_and_example() {
    let prefer = |value: &str| answer(true, &format!("GET /items\n{TRACE}\nprefer: {value}"));
    let missing = prefer("code=404");
    assert_eq!(
        (missing.reply.status().as_u16(), json(&missing).to_string()),
        (404, r#"{"code":"gone"}"#.to_owned())
    );
    assert_eq!(missing.reply.headers()["content-type"], "application/problem+json");
    assert_eq!(missing.reply.headers()["preference-applied"], "code=404");
    assert_eq!(prefer("code=503").reply.status(), 503);
    assert_eq!(json(&prefer("example=one")).to_string(), r#"[{"id":1,"price":2.5}]"#);
    for (value, detail) in [
        ("code=409", "`listItems` has no response of the status 409; it has 200, 404, 5XX"),
        ("example=two", "the response 200 has no example `two`; it has `none`, `one`"),
        (
            "code=404, example=one",
            "the response 404 has no example `one`; it has no named examples",
        ),
        ("code=x", "`code=x` is not a status from 200 to 599"),
    ] {
        let refused = prefer(value);
        assert_eq!(
            (refused.reply.status().as_u16(), json(&refused)["detail"].as_str()),
            (400, Some(detail)),
            "{value}"
        );
    }
}

#[test]
fn accept_chooses_the_media_type() {
    let accept = |value: &str| answer(true, &format!("GET /items\n{TRACE}\naccept: {value}"));
    let csv = accept("text/csv, */*;q=0.1");
    assert_eq!(
        (&csv.reply.headers()["content-type"], &csv.reply.body()[..]),
        (&"text/csv".parse().unwrap(), &b"id,price"[..])
    );
    assert_eq!(accept("application/json").reply.headers()["content-type"], "application/json");
    let refused = accept("image/png");
    assert_eq!(refused.reply.status(), 406);
    assert_eq!(
        json(&refused)["detail"],
        "the response has `application/json`, `text/csv`, `application/xml`"
    );
    assert_eq!(accept("application/xml").reply.status(), 501);
    assert_eq!(
        accept("application/xml, text/csv;q=0.5").reply.headers()["content-type"],
        "text/csv"
    );
}

const XML: &str = r##"
servers: [{ url: https://pets.example }]
security: []
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: D, content: { application/xml: { schema: { $ref: '#/components/schemas/Pets' } } } } }
    put:
      operationId: putPet
      requestBody: { required: true, content: { text/xml: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: D } }
  /owner:
    get:
      operationId: getOwner
      responses: { '200': { description: D, content: { application/xml: { schema: { $ref: '#/components/schemas/Owner' } } } } }
components:
  schemas:
    Pets: { type: array, xml: { name: pets, wrapped: true }, minItems: 1, items: { $ref: '#/components/schemas/Pet' } }
    Pet:
      type: object
      additionalProperties: false
      required: [id, weight]
      xml: { name: pet }
      properties:
        id: { type: integer, example: 7, xml: { attribute: true } }
        name: { type: string, example: "Mia <& Co>", xml: { prefix: p, namespace: 'urn:pets' } }
        weight: { type: number, example: 4.5 }
        tags: { type: array, items: { type: string, example: red, maxLength: 3, xml: { name: tag } }, minItems: 2, example: [red, sly] }
        notes: { type: array, xml: { wrapped: true }, items: { type: string, example: none, xml: { name: note } }, minItems: 1 }
    Owner:
      oneOf: [{ $ref: '#/components/schemas/Person' }, { $ref: '#/components/schemas/Shelter' }]
      discriminator: { propertyName: kind }
    Person:
      type: object
      required: [kind]
      xml: { namespace: 'urn:owners' }
      properties: { kind: { type: string, xml: { attribute: true } }, born: { type: [integer, 'null'], example: null } }
    Shelter:
      type: object
      required: [kind]
      properties: { kind: { type: string, xml: { attribute: true } }, rooms: { type: integer } }
"##;

#[test]
fn xml_is_made_by_the_names_of_the_document() {
    let text = |target: &str| {
        let answer = answer_of(XML, true, target);
        assert_eq!(answer.reply.headers()["content-type"], "application/xml", "{answer:?}");
        String::from_utf8(answer.reply.body().to_vec()).unwrap()
    };
    let pets =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><pets xmlns:p=\"urn:pets\"><pet id=\"7\">\
        <p:name>Mia &lt;&amp; Co&gt;</p:name><weight>4.5</weight><tag>red</tag><tag>sly</tag>\
        <notes><note>none</note></notes></pet></pets>";
    assert_eq!(text("GET /pets"), pets);
    let owner = text("GET /owner");
    assert!(owner.contains("<Owner") && owner.contains("kind=\"Person\""), "{owner}");
}

#[test]
fn xml_is_checked_by_the_schema() {
    let faults = |body: &str| {
        let answer = answer_of(XML, true, &format!("PUT /pets\ncontent-type: text/xml\n\n{body}"));
        let line = |fault: &super::fault::Fault| {
            let (status, violation) = (fault.status.as_u16(), &fault.violation);
            format!("{status} {}: {}", violation.place, violation.detail)
        };
        answer.faults.iter().map(line).collect::<Vec<_>>()
    };
    let right = "<pet id='1' xmlns:x='urn:pets'><x:name>Mia</x:name><weight> 4 </weight><tag>a</tag><tag>b</tag>\
        <notes><note>1</note></notes></pet>";
    for (body, expected) in [
        (right, &[][..]),
        ("<pet id='1'><weight>4</weight></pet>", &[]),
        ("<pet id='1'>", &["400 body: is not XML: the element `pet` has no end"]),
        ("<dog/>", &["422 body: expected the element `pet`, not `dog`"]),
        (
            "<pet id='x'><weight>4</weight></pet>",
            &["422 body.id: expected an integer, not the string \"x\""],
        ),
        (
            "<pet id='1'><weight>4</weight><weight>5</weight></pet>",
            &["422 body.weight: expected a number, not an array"],
        ),
        (
            "<pet id='1'><weight>4</weight><tag>long</tag><tag>b</tag></pet>",
            &["422 body.tags[0]: expected at most 3 characters, not 4"],
        ),
        (
            "<pet id='1'><weight>4</weight><age>4</age></pet>",
            &["422 body.age: the document has no such member; did you mean `name`?"],
        ),
        ("<pet><weight>4</weight></pet>", &["422 body.id: is required"]),
    ] {
        assert_eq!(faults(body), expected, "{body}");
    }
}

#[test]
fn streams_and_files_have_a_little_content() {
    let events = answer(true, "GET /events");
    assert_eq!(events.reply.body(), "event: change\ndata: hello\n\n".repeat(2).as_bytes());
    assert_eq!(events.reply.headers()["content-type"], "text/event-stream");
    let lines = answer(true, "GET /lines");
    assert_eq!(lines.reply.body(), "{\"code\":\"gone\"}\n".repeat(2).as_bytes());
    let picture = answer(true, "GET /picture");
    assert_eq!(
        (&picture.reply.headers()["content-type"], &picture.reply.body()[..]),
        (&"image/png".parse().unwrap(), &[1, 2, 3][..])
    );
}

#[test]
fn unknown_paths_and_methods_name_what_is_near() {
    let unknown = answer(false, "GET /item");
    assert_eq!(unknown.reply.status(), 404);
    assert!(
        json(&unknown)["detail"].as_str().unwrap().starts_with(
            "no operation has the path /item; the nearest are GET /items, POST /items"
        ),
        "{unknown:?}"
    );
    let other = answer(false, "PUT /items");
    assert_eq!(
        (other.reply.status().as_u16(), &other.reply.headers()["allow"]),
        (405, &"GET, POST".parse().unwrap())
    );
    assert_eq!(answer(false, &format!("HEAD /items\n{TRACE}")).reply.status(), 200);
}

#[test]
fn the_same_request_has_the_same_response() {
    let request = format!("GET /items?limit=5\n{TRACE}");
    let replies = [(); 2].map(|()| format!("{:?}", answer(false, &request).reply));
    assert_eq!(replies[0], replies[1]);
}

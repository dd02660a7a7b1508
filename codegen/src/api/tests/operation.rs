//! Operations: parameters, bodies, responses, security.

use super::api;
use super::dump::dump;
use crate::api::Options;
use insta::assert_snapshot;

fn lowered(paths: &str) -> String {
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{paths}");
    let (api, messages) = api(&text, &Default::default());
    format!("{}{messages}", dump(&api))
}

#[test]
fn parameters() {
    assert_snapshot!(lowered("
paths:
  /a/{x}/{y}:verb:
    parameters:
      - {name: y, in: path, required: true, schema: {type: integer}}
      - {name: q, in: query, schema: {type: string}}
      - {name: gone, in: path, required: true, schema: {type: string}}
    get:
      operationId: get
      parameters:
        - {name: q, in: query, required: true, schema: {type: array, items: {type: string}}, style: pipeDelimited}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object, additionalProperties: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: c, in: cookie, schema: {type: string}}
        - {name: j, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
        - $ref: '#/components/parameters/page'
      responses: {'204': {description: Done}}
components:
  parameters:
    page: {name: page, in: query, schema: {type: string, enum: [first, last]}}
"), @r#"
    get GET /a/{x}/{y}:verb
      Path x!: text Simple
      Path y!: integer Simple
      Query q!: [text] PipeDelimited
      Query deep: {
        *: text
      } DeepObject*
      Header X-Trace: text Simple
      Cookie c: text Form*
      Query j: {
        a: text
      } as application/json
      Query page: <"first" | "last"> Form*
      Exact(204)
    TW0312 /paths/~1a~1{x}~1{y}:verb/get/parameters/3: `Accept` is written by the client itself
    "#);
}

#[test]
fn bodies_and_responses() {
    assert_snapshot!(lowered("
paths:
  /a:
    post:
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object, properties: {a: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
          application/xml: {schema: {type: string}}
      responses:
        '200':
          description: Good
          headers: {X-Rate: {schema: {type: integer}}, Content-Type: {schema: {type: string}}}
          content:
            application/vnd.a.2023-01-01+json: {schema: {type: object, properties: {one: {type: string}}}}
            application/vnd.a.2024-01-01+json; charset=utf-8: {schema: {type: object, properties: {two: {type: string}}}}
        4XX: {$ref: '#/components/responses/Bad'}
        default: {description: Else, content: {text/event-stream: {}}}
components:
  responses:
    Bad: {description: Bad, content: {application/problem+json: {schema: {type: object, properties: {detail: {type: string}}}}}}
"), @r"
    post_a POST /a
      body! application/json Json: {
        a: text
      }
      body! application/xml Bytes: text
      also application/x-www-form-urlencoded Form
      Exact(200) application/vnd.a.2023-01-01+json Json: {
        one: text
      } application/vnd.a.2024-01-01+json; charset=utf-8 Json: {
        two: text
      } [X-Rate: integer]
      Range(4) application/problem+json Json: {
        detail: text
      }
      Default text/event-stream EventStream: -
    TW0316 /paths/~1a/post/requestBody/content/application~1xml: `application/xml` is handed over as bytes
    ");
}

#[test]
fn security() {
    assert_snapshot!(lowered("
security: [{key: []}, {basic: [], bearer: []}]
paths:
  /default: {get: {operationId: default, responses: {}}}
  /none: {get: {operationId: none, security: [], responses: {}}}
  /optional: {get: {operationId: optional, security: [{}, {oauth: [read]}], responses: {}}}
  /unknown: {get: {operationId: unknown, security: [{missing: []}, {key: []}], responses: {}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: Basic}
    bearer: {type: http, scheme: bearer}
    odd: {type: http, scheme: HOBA}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t', scopes: {read: Read}}}}
"), @r"
    default GET /default
      needs [key]
      needs [basic + bearer]
    none GET /none
    optional GET /optional
      needs []
      needs [oauth]
    unknown GET /unknown
      needs [key]
    TW0313 /components/securitySchemes/odd: `HOBA` is not supported and is treated as a bearer token
    TW0314 /paths/~1unknown/get/security/0/missing: security scheme `missing` is not declared
    ");
}

const SCHEMES: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  securitySchemes:
    digest: {type: http, scheme: DIGEST}
    odd: {type: http, scheme: HOBA}
    oauth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://t', scopes: {}}
        authorizationCode: {authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {}}
";

#[test]
fn schemes() {
    let text = SCHEMES;
    let (api, messages) = api(text, &Default::default());
    let kinds: Vec<_> =
        api.security_schemes.iter().map(|(name, scheme)| (name, &scheme.kind)).collect();
    assert_snapshot!(format!("{kinds:#?}\n{messages}"), @r#"
    [
        (
            "digest",
            Digest,
        ),
        (
            "odd",
            Other(
                "HOBA",
            ),
        ),
        (
            "oauth",
            OAuth2 {
                client_credentials: Some(
                    "https://t",
                ),
                flows: [
                    Flow {
                        name: "authorizationCode",
                        authorization_url: Some(
                            "https://a",
                        ),
                        token_url: Some(
                            "https://t",
                        ),
                    },
                ],
            },
        ),
    ]
    TW0313 /components/securitySchemes/odd: `HOBA` is not supported and is treated as a bearer token
    "#);
}

#[test]
fn long_running_operations_name_their_types() {
    let text = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: start
      x-typewright-operation: {metadata: Meta, response: '#/components/schemas/Done'}
      responses: {}
components: {schemas: {Meta: {type: object}, Done: {type: string}}}
";
    let (api, messages) = api(text, &Default::default());
    let running = api.operations[0].long_running.clone().unwrap();
    assert_eq!(running.metadata.map(|id| id.0), Some(0));
    assert_eq!(running.response.map(|id| id.0), Some(1));
    assert_eq!(messages, "");
}

#[test]
fn parameters_of_a_path_are_texts_or_scalars() {
    assert_snapshot!(lowered("
paths:
  /a/{any}/{null}/{union}/{id}/{lost}:
    get:
      operationId: get
      parameters:
        - {name: any, in: path, required: true, schema: {title: Any}}
        - {name: 'null', in: path, required: true, schema: {allOf: [{$ref: '#/components/schemas/Any'}], nullable: true}}
        - {name: union, in: path, required: true, schema: {anyOf: [{}, {type: string}]}}
        - {name: id, in: path, required: true, schema: {anyOf: [{type: integer}, {type: string}]}}
        - {name: lost, in: path, required: true, schema: {$ref: '#/components/schemas/Nowhere'}}
        - {name: q, in: query, schema: {}}
      responses: {'204': {description: Done}}
components:
  schemas: {Any: {}}
"), @r"
    get GET /a/{any}/{null}/{union}/{id}/{lost}
      Path any!: text Simple
      Path null!: text Simple
      Path union!: text Simple
      Path id!: one of by type {
        integer
        text
      } Simple
      Path lost!: text Simple
      Query q: any Form*
      Exact(204)
    Any = any
    ");
}

#[test]
fn null_of_a_parameter_omits_it() {
    let (api, _) = api(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a/{p}:
    get:
      operationId: get
      parameters:
        - {name: p, in: path, required: true, schema: {anyOf: [{type: string}, {type: 'null'}]}}
        - {name: o, in: query, schema: {anyOf: [{type: string}, {type: 'null'}]}}
        - {name: h, in: header, schema: {type: [string, 'null']}}
        - {name: r, in: query, required: true, schema: {type: [string, 'null']}}
        - {name: j, in: query, content: {application/json: {schema: {type: [string, 'null']}}}}
      responses: {'204': {description: Done}}
",
        &Default::default(),
    );
    let parameters = api.operations.iter().flat_map(|one| &one.parameters);
    let distinguishing: Vec<_> =
        parameters.map(|one| (one.name.as_str(), one.distinguishes_null())).collect();
    assert_eq!(
        distinguishing,
        [("p", false), ("o", false), ("h", false), ("r", true), ("j", true)]
    );
}

#[test]
fn names_of_headers_ignore_case() {
    assert_snapshot!(lowered("
paths:
  /a:
    parameters:
      - {name: trace, in: header, schema: {type: string}}
      - {name: id, in: query, schema: {type: string}}
    get:
      operationId: get
      parameters:
        - {name: Trace, in: header, required: true, schema: {type: integer}}
        - {name: Id, in: query, schema: {type: string}}
      responses: {'204': {description: Done}}
"), @r"
    get GET /a
      Header Trace!: integer Simple
      Query id: text Form*
      Query Id: text Form*
      Exact(204)
    ");
}

#[test]
fn authorization_is_reserved_for_security_schemes() {
    assert_snapshot!(lowered("
security: [{key: []}]
paths:
  /a:
    parameters: [{name: authorization, in: header, required: true, schema: {type: string}}]
    get: {operationId: get, responses: {'204': {description: Done}}}
    put: {operationId: put, security: [], responses: {'204': {description: Done}}}
    post: {operationId: post, security: [{key: []}, {token: []}], responses: {'204': {description: Done}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}, token: {type: http, scheme: bearer}}
"), @r"
    get GET /a
      Exact(204)
      needs [key]
    put PUT /a
      Exact(204)
    post POST /a
      Exact(204)
      needs [key]
      needs [token]
    TW0312 /paths/~1a/parameters/0: `authorization` cannot be a parameter and is ignored, and no security scheme of this operation writes it; declare a scheme, or set the header of the call
    TW0312 /paths/~1a/parameters/0: `authorization` is written by the client itself
    ");
}

#[test]
fn the_same_value_in_several_media_types() {
    assert_snapshot!(lowered("
paths:
  /a:
    post:
      operationId: post
      requestBody:
        content:
          application/xml: {schema: {$ref: '#/components/schemas/A'}}
          application/json: {schema: {$ref: '#/components/schemas/A'}}
          application/merge-patch+json: {schema: {$ref: '#/components/schemas/A'}}
          text/csv: {schema: {type: string}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/A'}}
      responses: {'200': {description: Done, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/A'}}}}}
components:
  schemas: {A: {type: object, properties: {a: {type: string}}}}
"), @r"
    post POST /a
      body application/json Json: A
      body text/csv Text: text
      also application/merge-patch+json Json
      also application/x-www-form-urlencoded Form
      Exact(200) application/x-www-form-urlencoded Form: A
    A = {
      a: text
    }
    TW0326 /paths/~1a/post/requestBody/content/application~1xml: `application/xml` is not sent; the same value is sent as `application/json`
    ");
}

#[test]
fn a_server_has_every_media_type_and_the_names_of_examples() {
    let text = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}, application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses:
        '200': {description: D, content: {application/vnd.a.v1+json: {schema: {type: object}}, application/vnd.a.v2+json: {schema: {type: object}, examples: {b: {value: {c: 1}}}}, text/plain: {example: d}}}
components: {schemas: {A: {type: object}}}
";
    let media_types = |options: &Options| {
        let (api, _) = api(text, options);
        let operation = &api.operations[0];
        let contents =
            [&operation.body.as_ref().unwrap().contents, &operation.responses[0].contents];
        contents.map(|contents| {
            contents.iter().map(|one| one.media_type.clone()).collect::<Vec<_>>().join(" ")
        })
    };
    let complete = Options { every_media_type: true, ..Options::default() };
    assert_eq!(
        media_types(&complete),
        [
            "application/xml application/json",
            "application/vnd.a.v1+json application/vnd.a.v2+json text/plain",
        ]
    );
    assert_eq!(
        media_types(&Options::default()),
        ["application/json", "application/vnd.a.v2+json text/plain"]
    );
    let (api, _) = api(text, &complete);
    let examples: Vec<_> = {
        let contents = api.operations[0].responses[0].contents.iter();
        let examples = contents.flat_map(|content| &content.examples);
        examples.map(|one| (one.name.as_deref(), one.value.to_string())).collect()
    };
    assert_eq!(examples, [(Some("b"), "{\"c\":1}".to_owned()), (None, "\"d\"".to_owned())]);
}

//! Operations: parameters, bodies, replies, security.

use super::api;
use crate::api::dump::dump;
use insta::assert_snapshot;

fn shown(paths: &str) -> String {
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{paths}");
    let (api, findings) = api(&text, &Default::default());
    format!("{}{findings}", dump(&api))
}

#[test]
fn parameters() {
    assert_snapshot!(shown("
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
fn bodies_and_replies() {
    assert_snapshot!(shown("
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
    assert_snapshot!(shown("
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
    TW0313 /components/securitySchemes/odd: `HOBA` is not supported yet and takes a bearer token
    TW0314 /paths/~1unknown/get/security/0/missing: there is no security scheme `missing`
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
    let (api, findings) = api(text, &Default::default());
    let kinds: Vec<_> = api
        .schemes
        .iter()
        .map(|(name, scheme)| (name, &scheme.kind))
        .collect();
    assert_snapshot!(format!("{kinds:#?}\n{findings}"), @r#"
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
    TW0313 /components/securitySchemes/odd: `HOBA` is not supported yet and takes a bearer token
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
    let (api, findings) = api(text, &Default::default());
    let running = api.operations[0].long_running.clone().unwrap();
    assert_eq!(running.metadata.map(|id| id.0), Some(0));
    assert_eq!(running.response.map(|id| id.0), Some(1));
    assert_eq!(findings, "");
}

//! Multipart bodies that are lists: which are values, and which are given part by part.

use super::api;
use crate::api::model::Content;
use crate::api::{is_made_of_parts, Options};

/// The content of a body in this media type, whether it is given part by part, and what there is to say of it.
fn body(media_type: &str, said: &str) -> (Content, bool, String) {
    let content = format!("{{{media_type}: {{{said}}}}}");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/e: {{post: {{operationId: e, requestBody: {{content: {content}}}, \
         responses: {{'204': {{description: d}}}}}}}}}}"
    );
    let (api, findings) = api(&text, &Options::default());
    let content = api.operations[0].body.as_ref().unwrap().contents[0].clone();
    let made = is_made_of_parts(&api, &content);
    (content, made, findings)
}

const TEXTS: &str = "schema: {type: array, items: {type: string}}";
const PAIR: &str = "schema: {type: array, prefixItems: [{type: object, properties: {a: {type: string}}}, {type: string}], items: false}";

#[test]
fn lists_of_values_are_values() {
    let typed = [
        TEXTS.to_owned(),
        PAIR.to_owned(),
        "itemSchema: {type: object, properties: {a: {type: string}}}".to_owned(),
        format!("{TEXTS}, itemEncoding: {{contentType: text/csv}}"),
        format!("{PAIR}, prefixEncoding: [{{contentType: application/a+json}}, {{contentType: 'text/csv, text/plain'}}]"),
        format!("{TEXTS}, itemEncoding: {{headers: {{X: {{required: true, schema: {{type: string, const: x}}}}}}}}"),
    ];
    for said in typed {
        let (_, made, findings) = body("multipart/mixed", &said);
        assert!(!made && findings.is_empty(), "{said}: {findings}");
    }
}

#[test]
fn what_no_value_says_is_given_in_parts() {
    let given = [
        "schema: {type: array, items: {type: string, contentMediaType: image/png}}".to_owned(),
        "itemSchema: {}, itemEncoding: {contentType: image/png}".to_owned(),
        // The second item is bytes, and so is what follows.
        format!("{PAIR}, prefixEncoding: [{{}}, {{contentType: image/png}}]"),
        format!("{PAIR}, prefixEncoding: [{{}}], itemEncoding: {{contentType: image/png}}"),
        format!("{TEXTS}, prefixEncoding: [{{contentType: image/png}}]"),
        "schema: {type: array, prefixItems: [{type: string}], items: {}}, itemEncoding: {contentType: application/pdf}".to_owned(),
        format!("{TEXTS}, itemEncoding: {{contentType: multipart/mixed, itemEncoding: {{contentType: text/csv}}}}"),
        format!("{TEXTS}, itemEncoding: {{headers: {{X: {{schema: {{type: integer}}}}}}}}"),
        String::new(),
    ];
    for said in given {
        assert!(body("multipart/mixed", &said).1, "{said}");
    }
    assert!(
        body("multipart/form-data", TEXTS).1,
        "parts of forms have names"
    );
    assert!(!body("multipart/mixed", "schema: {type: object}").1);
}

#[test]
fn encodings_are_kept_by_their_places() {
    let said = format!(
        "{PAIR}, prefixEncoding: [{{contentType: a/b}}, {{}}], itemEncoding: {{contentType: c/d}}"
    );
    let (content, _, findings) = body("multipart/mixed", &said);
    let ordered = content.ordered.unwrap();
    let kinds: Vec<_> = ordered
        .first
        .iter()
        .map(|part| part.content_type.as_deref())
        .collect();
    assert_eq!(kinds, [Some("a/b"), None]);
    assert_eq!(ordered.others.unwrap().content_type.as_deref(), Some("c/d"));
    assert!(!ordered.needs_caller && findings.is_empty(), "{findings}");
    for (media_type, said, why) in [
        ("text/plain", TEXTS, "this media type has no parts"),
        (
            "multipart/mixed",
            "schema: {type: object}",
            "this body is not a list of parts",
        ),
    ] {
        let (content, _, findings) = body(media_type, &format!("{said}, itemEncoding: {{}}"));
        assert!(
            content.ordered.is_none() && findings.contains(why),
            "{findings}"
        );
    }
}

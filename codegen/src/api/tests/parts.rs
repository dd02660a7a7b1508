//! Multipart bodies that are lists: which are values, and which the caller provides part by part.

use super::api;
use crate::api::model::Content;
use crate::api::{is_made_of_parts, Options};

/// Returns the content of a body in this media type, `true` if the caller provides its parts, and the diagnostics.
fn body(media_type: &str, declaration: &str) -> (Content, bool, String) {
    let content = format!("{{{media_type}: {{{declaration}}}}}");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/e: {{post: {{operationId: e, requestBody: {{content: {content}}}, \
         responses: {{'204': {{description: d}}}}}}}}}}"
    );
    let (api, messages) = api(&text, &Options::default());
    let content = api.operations[0].body.as_ref().unwrap().contents[0].clone();
    let made = is_made_of_parts(&api, &content);
    (content, made, messages)
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
    for declaration in typed {
        let (_, made, messages) = body("multipart/mixed", &declaration);
        assert!(!made && messages.is_empty(), "{declaration}: {messages}");
    }
}

#[test]
fn parts_that_no_value_has_are_provided_one_by_one() {
    let one_by_one = [
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
    for declaration in one_by_one {
        assert!(body("multipart/mixed", &declaration).1, "{declaration}");
    }
    assert!(body("multipart/form-data", TEXTS).1, "parts of forms have names");
    assert!(!body("multipart/mixed", "schema: {type: object}").1);
}

#[test]
fn encodings_apply_by_position() {
    let declaration = format!(
        "{PAIR}, prefixEncoding: [{{contentType: a/b}}, {{}}], itemEncoding: {{contentType: c/d}}"
    );
    let (content, _, messages) = body("multipart/mixed", &declaration);
    let ordered = content.ordered.unwrap();
    let kinds: Vec<_> = ordered.first.iter().map(|part| part.content_type.as_deref()).collect();
    assert_eq!(kinds, [Some("a/b"), None]);
    assert_eq!(ordered.others.unwrap().content_type.as_deref(), Some("c/d"));
    assert!(!ordered.needs_caller && messages.is_empty(), "{messages}");
    for (media_type, declaration, why) in [
        ("text/plain", TEXTS, "this media type has no parts"),
        ("multipart/mixed", "schema: {type: object}", "this body is not a list of parts"),
    ] {
        let (content, _, messages) =
            body(media_type, &format!("{declaration}, itemEncoding: {{}}"));
        assert!(content.ordered.is_none() && messages.contains(why), "{messages}");
    }
}

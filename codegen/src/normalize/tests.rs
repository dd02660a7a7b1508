//! Robustness: documents that were damaged at random are read without a panic.

use super::{bundle, normalize};
use crate::diagnostics::{human, lines, Diagnostics, Style};
use crate::load::{load, Loader, ReadError};
use proptest::prelude::*;

struct One(String);

impl Loader for One {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        if path == "main.yaml" {
            Ok(self.0.clone())
        } else {
            Err("no such file".into())
        }
    }
}

/// Reads a text as far as possible, and prints all diagnostics.
fn read(text: &str) -> Option<super::Document> {
    let mut diagnostics = Diagnostics::new();
    let loaded = load("main.yaml", &One(text.to_owned()), &mut diagnostics).ok()?;
    let document = normalize(&loaded, &mut diagnostics);
    human(&diagnostics, &loaded.files, Style::Plain);
    lines(&diagnostics, &loaded.files);
    if let Some(document) = &document {
        bundle(document).unwrap();
        for place in ["", "/paths", "/paths/~1a/get/responses/200", "/nowhere/at/all"] {
            document.origins.place(place);
        }
    }
    document
}

const SEEDS: [&str; 3] = [
    "openapi: 3.1.0\ninfo: {title: T, version: 1.10}\nservers: [{url: 'https://{a}', variables: {a: {default: b, enum: [b]}}}]\npaths:\n  /a/{b}:\n    parameters: [{name: b, in: path, required: true, schema: {type: string}}]\n    get:\n      operationId: a\n      parameters: [{$ref: '#/components/parameters/P'}]\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n      responses: {200: {description: d, headers: {X: {schema: {type: integer}}}, content: {text/plain: {schema: {type: [string, 'null']}}}}, default: {$ref: '#/components/responses/R'}}\n      callbacks: {c: {'{$request.body#/u}': {post: {responses: {200: {description: d}}}}}}\n      security: [{k: []}]\ncomponents:\n  parameters: {P: {name: p, in: query, style: form, explode: false, schema: {type: array, items: {type: integer, minimum: 3}}}}\n  responses: {R: {description: r}}\n  securitySchemes: {k: {type: apiKey, in: header, name: K}}\n  schemas:\n    A: {type: object, required: [x], properties: {x: {enum: [a, b], default: a}, y: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}}, $defs: {D: {const: 1}}}\n    B: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k, mapping: {a: A}}, prefixItems: [true], if: {required: [a]}}\n",
    "swagger: '2.0'\ninfo: {title: T, version: '1'}\nhost: x.example\nbasePath: /v\nschemes: [https]\nconsumes: [application/json]\nparameters: {B: {name: b, in: body, schema: {$ref: '#/definitions/A'}}}\ndefinitions: {A: {type: object, discriminator: k, properties: {k: {type: string}, a: {type: array, items: {$ref: '#/definitions/A'}}}}}\nsecurityDefinitions: {o: {type: oauth2, flow: implicit, authorizationUrl: u, scopes: {a: b}}}\npaths: {/a: {post: {operationId: a, parameters: [{$ref: '#/parameters/B'}, {name: f, in: formData, type: file}], responses: {200: {description: d, schema: {type: file}, examples: {a/b: 1}}}}}}\n",
    "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths: {/a: {query: {responses: {200: {content: {a/b: {itemSchema: {type: string}}}}}}, additionalOperations: {LINK: {responses: {}}}}}\nwebhooks: {w: {$ref: '#/components/pathItems/I'}}\ncomponents: {pathItems: {I: {post: {}}}, mediaTypes: {M: {}}}\n",
];

/// Fragments that often break a document.
const FRAGMENTS: [&str; 24] = [
    "null",
    "[]",
    "{}",
    "true",
    "-1",
    "1e999",
    "''",
    "*x",
    "&x",
    "$ref: '#'",
    "$ref: '#/paths'",
    "'#/components/schemas/A'",
    "$ref",
    "schemas",
    "properties",
    "items",
    "type",
    "x-a",
    "[[[[",
    "{a: {a: {a: 1}}}",
    "é\u{202e}",
    "\t",
    "- ",
    "<<: {a: 1}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_documents_are_read(seed in 0..SEEDS.len(), cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, 0..FRAGMENTS.len()), 1..6)) {
        let mut letters: Vec<char> = SEEDS[seed].chars().collect();
        for (at, length, word) in cuts {
            let at = at.index(letters.len());
            let end = (at + length).min(letters.len());
            letters.splice(at..end, FRAGMENTS[word].chars());
        }
        read(&letters.iter().collect::<String>());
    }

    #[test]
    fn swapped_words_are_read(seed in 0..SEEDS.len(), swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..5)) {
        let mut words: Vec<&str> = SEEDS[seed].split_inclusive([' ', ',', '{', '[', '}', ']']).collect();
        for (left, right) in swaps {
            let (left, right) = (left.index(words.len()), right.index(words.len()));
            words.swap(left, right);
        }
        read(&words.concat());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        read(&text);
    }
}

#[test]
fn the_seeds_are_whole() {
    for seed in SEEDS {
        let document = read(seed).unwrap();
        let again = read(&bundle(&document).unwrap()).unwrap();
        let mut first = document.openapi;
        let mut second = again.openapi;
        first.extensions.clear();
        second.extensions.clear();
        assert_eq!(first, second, "the normal form is its own normal form");
    }
}

#[test]
fn references_that_multiply_come_to_an_end() {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: '#/components/pathItems/I0'}}\ncomponents:\n  pathItems:\n".to_owned();
    for level in 0..40 {
        let next = format!("{{$ref: '#/components/pathItems/I{}'}}", level + 1);
        text.push_str(&format!("    I{level}: {{get: {{callbacks: {{a: {{x: {next}, y: {next}}}}}, responses: {{}}}}}}\n"));
    }
    text.push_str("    I40: {}\n");
    read(&text).unwrap();
}

#[test]
fn long_chains_of_references_are_no_circle() {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for level in 0..30 {
        text.push_str(&format!("    S{level}: {{$ref: '#/components/schemas/S{}'}}\n", level + 1));
    }
    text.push_str("    S30: {type: string}\n");
    let document = read(&text).unwrap();
    assert_eq!(document.openapi.components.unwrap().schemas.len(), 31);
}

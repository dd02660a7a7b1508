//! Characters that nobody sees, wherever a document may have them: output never holds those that the compiler refuses, and
//! findings show none of them as they are.

use std::fmt::Write as _;
use typewright::diagnostics::{human, lines, Style};
use typewright::load::{Loader, ReadError};
use typewright::{Generated, Options};

/// Those that change the direction of text, which the compiler refuses in literals and comments, a carriage return on
/// its own, which it refuses in comments and raw literals, and others that a terminal acts on or hides.
const REFUSED: [char; 15] = [
    '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}', '\r', '\0', '\u{7}', '\u{1b}', '\u{200B}', '\u{85}',
];

/// Those that are right within a text, and mislead in what is rendered of it.
const UNSEEN: [char; 4] = ['\u{200E}', '\u{200F}', '\u{61C}', '\u{E0061}'];

struct Text(String);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// A document with the mark `@` in every place that takes a text.
const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "T@", "version": "1@", "description": "About@this\n\nA@ `code@x` [a@](https://a.example/@) <b>@</b>\n\n    in@dented"},
  "externalDocs": {"url": "https://a.example/@", "description": "more@"},
  "servers": [
    {"url": "https://{region}.a.example/v@1", "description": "Server@", "variables": {"region": {"default": "eu@", "enum": ["eu@", "us@"], "description": "Where@"}}},
    {"url": "https://b.example/{free}@", "variables": {"free": {"default": "x@"}}}
  ],
  "tags": [{"name": "pets@", "description": "All@"}],
  "paths": {
    "/pe@ts/{id@}": {
      "post": {
        "operationId": "add@Pet", "tags": ["pets@"], "summary": "Adds@", "description": "Adds@ one.\r\n@",
        "parameters": [
          {"name": "id@", "in": "path", "required": true, "description": "Id@", "schema": {"type": "string", "default": "a@"}},
          {"name": "q@", "in": "query", "description": "Q@", "schema": {"type": "string", "enum": ["x@", "y"], "default": "x@"}},
          {"name": "l@", "in": "query", "schema": {"type": "array", "items": {"type": "string"}, "default": ["a@", "b"]}},
          {"name": "X-H@", "in": "header", "schema": {"type": "string", "pattern": "^a@+$"}},
          {"name": "c@", "in": "cookie", "schema": {"type": "string"}}
        ],
        "requestBody": {"description": "Body@", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"na@me": "x@"}}}},
        "responses": {
          "200": {"description": "Ok@", "headers": {"X-R@": {"schema": {"type": "string"}, "description": "R@"}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
          "404": {"description": "No@", "content": {"application/json": {"schema": {"type": "object", "properties": {"why@": {"type": "string"}}}}}}
        },
        "security": [{"key@": []}]
      }
    }
  },
  "components": {
    "securitySchemes": {"key@": {"type": "apiKey", "in": "header", "name": "X-K@", "description": "Key@"}},
    "schemas": {
      "Pet": {
        "type": "object", "title": "Pet@", "description": "A@ pet",
        "required": ["kind@"],
        "properties": {
          "kind@": {"type": "string", "enum": ["c@t", "dog"], "default": "c@t", "description": "Kind@"},
          "name": {"type": "string", "default": "n@", "pattern": "^@$", "example": "e@", "format": "f@"},
          "o": {"type": "object", "default": {"a@": ["b@"]}, "properties": {"a@": {"type": "array", "items": {"type": "string"}}}},
          "any": {"default": {"a@": "b@"}},
          "u": {"oneOf": [{"$ref": "#/components/schemas/A@"}, {"$ref": "#/components/schemas/B"}], "discriminator": {"propertyName": "t@", "mapping": {"a@": "#/components/schemas/A@", "b@": "#/components/schemas/B"}}}
        }
      },
      "A@": {"type": "object", "required": ["t@"], "properties": {"t@": {"type": "string"}, "x@": {"type": "integer", "default": 1}}},
      "B": {"type": "object", "required": ["t@"], "properties": {"t@": {"type": "string"}, "const@": {"type": "string", "enum": ["only@"]}}},
      "un@used": {"type": "stri@ng", "x-extra@": "y@"}
    }
  }
}"##;

/// The document with a character in each of its places, as JSON writes it.
fn with(character: char) -> String {
    let mut escaped = String::new();
    let mut units = [0; 2];
    for unit in character.encode_utf16(&mut units) {
        let _ = write!(escaped, "\\u{unit:04x}");
    }
    DOCUMENT.replace('@', &escaped)
}

fn generated(text: &str) -> Generated {
    let options = Options::new(|options| {
        options.name = "pets".to_owned();
        options.validate = true;
        options.tests = true;
    });
    typewright::generate("pets.json", &Text(text.to_owned()), &options)
}

#[test]
fn output_holds_nothing_that_the_compiler_refuses() {
    for character in REFUSED.into_iter().chain(UNSEEN).chain(['\n', '\t', '"', '\\', '`', '*']) {
        let generated = generated(&with(character));
        let report = human(&generated.diagnostics, &generated.files, Style::Plain);
        let output = generated.output.unwrap_or_else(|| panic!("{character:?}: {report}"));
        let modules = output.modules.iter().map(|module| (&module.path, &module.text));
        let tests = output.tests.iter().map(|test| (&test.name, &test.text));
        for (path, text) in modules.chain(tests) {
            let at = text.find(character).filter(|_| REFUSED.contains(&character));
            let line = at.map(|at| text[..at].lines().last().unwrap_or_default());
            assert_eq!(line, None, "{character:?} in {path}");
            if let Err(error) = syn::parse_file(text) {
                panic!("{character:?} in {path}: {error}");
            }
        }
    }
}

#[test]
fn findings_show_what_is_unseen_as_escapes() {
    for character in REFUSED.into_iter().chain(UNSEEN) {
        // both as JSON escapes it and as it stands in the file
        let plain = DOCUMENT.replace('@', &character.to_string());
        let escaped = with(character);
        for text in [escaped.as_str(), plain.as_str()] {
            let generated = generated(text);
            assert!(generated.diagnostics.iter().count() > 0);
            let rendered = human(&generated.diagnostics, &generated.files, Style::Plain);
            let json = lines(&generated.diagnostics, &generated.files);
            for rendered in [&rendered, &json] {
                let at = rendered.find(character);
                let line = at.map(|at| rendered[..at].lines().last().unwrap_or_default());
                assert_eq!(line, None, "{character:?}");
            }
        }
    }
}

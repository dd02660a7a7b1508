//! Documents of shapes that no service has, each for any size: what takes more than time in proportion to such a document
//! lets whoever writes it stop whoever reads it.

use std::fmt::Write as _;

/// A kind of document.
pub struct Shape {
    /// The thing that there is much of.
    pub name: &'static str,
    /// The size at which it is measured first; twice, four and eight times as much come next.
    pub size: usize,
    /// The document of a size.
    pub document: fn(usize) -> String,
}

const fn shape(name: &'static str, size: usize, document: fn(usize) -> String) -> Shape {
    Shape { name, size, document }
}

/// Every shape.
pub const SHAPES: &[Shape] = &[
    shape("parentheses after a URL", 16_000, |n| {
        described(&format!("https://x.example/{}", ")".repeat(n)))
    }),
    shape("parentheses that open", 16_000, |n| described(&"(".repeat(n))),
    shape("brackets that open", 8_000, |n| described(&"[".repeat(n))),
    shape("links that end nowhere", 4_000, |n| described(&"[a](".repeat(n))),
    shape("images in images", 4_000, |n| described(&"![".repeat(n))),
    shape("URLs without an end", 4_000, |n| described(&"http://".repeat(n))),
    shape("URLs within a link", 4_000, |n| {
        described(&format!("[{}](https://x.example)", "http://".repeat(n)))
    }),
    shape("stars", 8_000, |n| described(&"*a ".repeat(n))),
    shape("stars and underscores", 8_000, |n| described(&"*a _b ".repeat(n))),
    shape("backticks", 300, |n| {
        let runs = (1..n).map(|run| format!("{} ", "`".repeat(run % 300)));
        described(&runs.collect::<String>())
    }),
    shape("tildes", 8_000, |n| described(&"~~a ".repeat(n))),
    shape("entities", 8_000, |n| described(&"&".repeat(n))),
    shape("tags that open", 8_000, |n| described(&"<b>".repeat(n))),
    shape("tags without an end", 8_000, |n| described(&"<a ".repeat(n))),
    shape("comments without an end", 4_000, |n| described(&"a <!-- ".repeat(n))),
    shape("declarations without an end", 4_000, |n| described(&"a <!X ".repeat(n))),
    shape("items of HTML", 4_000, |n| described(&format!("<ul>{}", "<li>a".repeat(n)))),
    shape("quotes in quotes", 500, |n| described(&"> ".repeat(n))),
    shape("lists in lists", 500, |n| described(&"- ".repeat(n))),
    shape("lines in nested lists", 1_000, |n| {
        described(&(0..n).map(|at| format!("{}- a\n", "  ".repeat(at % 40))).collect::<String>())
    }),
    shape("definitions", 4_000, |n| {
        described(&(0..n).map(|at| format!("[a{at}]: b\n\n[a{at}] ")).collect::<String>())
    }),
    shape("columns of a table", 2_000, |n| {
        described(&format!("|{}\n|{}\n|{}", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n)))
    }),
    shape("rows of a table", 2_000, |n| {
        described(&format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(n)))
    }),
    shape("paragraphs", 4_000, |n| described(&"a\n\n".repeat(n))),
    shape("words", 16_000, |n| described(&"word ".repeat(n))),
    shape("one long word", 64_000, |n| described(&"x".repeat(n))),
    shape("values of an enum", 2_000, |n| {
        schema(&format!(
            "{{\"type\": \"string\", \"enum\": [{}]}}",
            list(n, |at| format!("\"v{at}\""))
        ))
    }),
    shape("values of an enum that are alike", 1_000, |n| {
        schema(&format!(
            "{{\"type\": \"string\", \"enum\": [{}]}}",
            list(n, |at| format!("\"{}a\"", "-".repeat(at % 7 + 1).repeat(at / 7 + 1).len()))
        ))
    }),
    shape("properties", 1_000, |n| {
        schema(&format!(
            "{{\"type\": \"object\", \"properties\": {{{}}}}}",
            list(n, |at| format!("\"p{at}\": {{\"type\": \"string\"}}"))
        ))
    }),
    shape("schemas", 1_000, |n| {
        schemas(&list(n, |at| {
            format!("\"S{at}\": {{\"type\": \"object\", \"properties\": {{\"a\": {{\"type\": \"string\"}}}}}}")
        }))
    }),
    shape("a chain of references", 1_000, |n| {
        schemas(&list(n, |at| {
            format!("\"S{at}\": {{\"$ref\": \"#/components/schemas/S{}\"}}", at + 1)
        }))
    }),
    shape("branches of a union", 200, |n| {
        schema(&format!(
            "{{\"oneOf\": [{}]}}",
            list(n, |at| {
                format!("{{\"type\": \"object\", \"required\": [\"p{at}\"], \"properties\": {{\"p{at}\": {{\"type\": \"string\"}}}}}}")
            })
        ))
    }),
    shape("findings on one line", 2_000, |n| {
        schema(&format!(
            "{{\"type\": \"object\", \"properties\": {{{}}}}}",
            list(n, |at| format!("\"p{at}\": {{\"type\": \"strin\"}}"))
        ))
    }),
    shape("findings on lines of their own", 2_000, |n| {
        schema(&format!(
            "{{\"type\": \"object\", \"properties\": {{{}}}}}",
            list(n, |at| format!("\n\"p{at}\": {{\"type\": \"strin\"}}"))
        ))
    }),
    shape("keys that stand twice", 2_000, |n| {
        schema(&format!(
            "{{\"type\": \"object\", \"properties\": {{{}}}}}",
            list(n, |at| format!("\"p\": {{\"type\": \"string\", \"description\": \"{at}\"}}"))
        ))
    }),
    shape("an example", 8_000, |n| {
        schema(&format!(
            "{{\"type\": \"array\", \"items\": {{\"type\": \"integer\"}}, \"example\": [{}]}}",
            list(n, |at| at.to_string())
        ))
    }),
    shape("lines of YAML", 4_000, |n| {
        yaml(&(0..n).map(|at| format!("    S{at}: {{ type: string }}\n")).collect::<String>())
    }),
    shape("a long line of YAML", 4_000, |n| {
        yaml(&format!(
            "    S: {{ type: object, properties: {{ {} }} }}\n",
            list(n, |at| format!("p{at}: {{ type: string }}"))
        ))
    }),
    shape("anchors and aliases", 2_000, |n| {
        yaml(
            &(0..n)
                .map(|at| format!("    S{at}: &a{at} {{ type: string }}\n    T{at}: *a{at}\n"))
                .collect::<String>(),
        )
    }),
    shape("merge keys", 200, |n| {
        yaml(
            &(0..n)
                .map(|at| {
                    format!("    S{at}: &s{at} {{ <<: *s{}, x-{at}: 1 }}\n", at.saturating_sub(1))
                })
                .collect::<String>()
                .replacen("<<: *s0", "type: string", 1),
        )
    }),
    shape("a block of text", 8_000, |n| {
        yaml(&format!(
            "    S:\n      type: string\n      description: |\n{}",
            "        line\n".repeat(n)
        ))
    }),
    shape("comments", 16_000, |n| {
        yaml(&format!("{}    S: {{ type: string }}\n", "    # comment\n".repeat(n)))
    }),
    shape("characters of a quoted text", 64_000, |n| {
        yaml(&format!("    S: {{ type: string, description: \"{}\" }}\n", "\\u0041".repeat(n)))
    }),
    shape("operations", 500, |n| {
        paths(&list(n, |at| {
            format!("\"/p{at}\": {{\"get\": {{\"responses\": {{\"204\": {{\"description\": \"\"}}}}}}}}")
        }))
    }),
    shape("parameters", 500, |n| {
        paths(&format!(
            "\"/p\": {{\"get\": {{\"responses\": {{}}, \"parameters\": [{}]}}}}",
            list(n, |at| format!(
                "{{\"name\": \"q{at}\", \"in\": \"query\", \"schema\": {{\"type\": \"string\"}}}}"
            ))
        ))
    }),
    // A path has at most 4,096 bytes, all of which each parameter's place repeats: larger ones are refused.
    shape("parameters of a path", 50, |n| {
        let path: String = (0..n).map(|at| format!("/{{p{at}}}")).collect();
        let declared = list(n, |at| {
            format!("{{\"name\": \"p{at}\", \"in\": \"path\", \"required\": true, \"schema\": {{\"type\": \"string\"}}}}")
        });
        paths(&format!(
            "\"{path}\": {{\"get\": {{\"parameters\": [{declared}], \"responses\": {{}}}}}}"
        ))
    }),
    shape("paths behind a long key", 500, |n| {
        let key = "k".repeat(3_000);
        schemas(&format!(
            "\"{key}\": {{\"type\": \"object\", \"properties\": {{{}}}}}",
            list(n, |at| format!("\"p{at}\": {{\"type\": \"string\"}}"))
        ))
    }),
    shape("braces of a path", 4_000, |n| {
        paths(&format!("\"/{}\": {{\"get\": {{\"responses\": {{}}}}}}", "{".repeat(n)))
    }),
];

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    let mut list = String::new();
    for at in 0..count {
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(list, "{comma}{}", item(at));
    }
    list
}

fn described(description: &str) -> String {
    let text = serde_json::to_string(description).unwrap_or_default();
    schema(&format!("{{\"type\": \"string\", \"description\": {text}}}"))
}

fn schema(schema: &str) -> String {
    schemas(&format!("\"S\": {schema}"))
}

fn schemas(schemas: &str) -> String {
    format!("{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{{schemas}}}}}}}")
}

fn paths(paths: &str) -> String {
    format!("{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"servers\": [{{\"url\": \"https://x.example\"}}], \"paths\": {{{paths}}}}}")
}

fn yaml(schemas: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}")
}

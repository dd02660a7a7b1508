//! Files in other formats, recognized by their first characters.

/// The message and the help for a text in a format that is neither YAML nor JSON.
pub(super) fn detect(text: &str) -> Option<(&'static str, &'static str)> {
    let start = text.trim_start();
    let lower: String = start.chars().take(4096).collect();
    let lower = lower.to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Some((
            "this is a web page (HTML)",
            "save the API description that the page displays, often at `/openapi.json`, `/swagger.json` or `/v3/api-docs`",
        ));
    }
    let tag = |c: char| c.is_ascii_alphabetic() || c == '?' || c == '!';
    if lower.strip_prefix('<').is_some_and(|rest| rest.starts_with(tag)) {
        let soap = lower.contains("wsdl") || lower.contains("<definitions");
        return Some(match soap {
            true => (
                "this is a WSDL file, which describes a SOAP service",
                "SOAP is not supported: ask whether the service has an HTTP API with an OpenAPI document",
            ),
            false => (
                "this is XML",
                "an API description is YAML or JSON with `openapi` or `swagger` at the top level",
            ),
        });
    }
    if lower.starts_with("#%raml") {
        return Some((
            "this is a RAML file",
            "`npx oas-raml-converter --from RAML --to OAS30 FILE` converts it to OpenAPI",
        ));
    }
    let mut lines = start.lines().map(str::trim);
    let protobuf = |line: &str| {
        let rest = line.strip_prefix("syntax").or(line.strip_prefix("edition"));
        rest.is_some_and(|rest| rest.trim_start().starts_with('=') && line.ends_with(';'))
    };
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
    first.filter(|line| protobuf(line)).map(|_| {
        (
            "this is a Protocol Buffers file",
            "`protoc --openapi_out=.` with `protoc-gen-openapi` converts its HTTP rules to OpenAPI",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn other_kinds_of_files_are_known() {
        let word = |text: &str| detect(text).map(|(message, _)| message);
        let kinds = [
            ("\n<!DOCTYPE html><title>Docs</title>", "HTML"),
            ("<html lang='en'>", "HTML"),
            ("<?xml version='1.0'?><wsdl:definitions/>", "WSDL"),
            ("<?xml version='1.0'?><rss/>", "XML"),
            ("#%RAML 1.0\ntitle: T", "RAML"),
            ("// Licence\n\nsyntax = \"proto3\";\npackage p;", "Protocol Buffers"),
        ];
        for (text, kind) in kinds {
            assert!(word(text).is_some_and(|message| message.contains(kind)), "{text}");
        }
        for text in ["openapi: 3.0.3", "<<: {}", "{}", "", "syntax: x", "// no\n{}"] {
            assert_eq!(word(text), None, "{text}");
        }
    }
}

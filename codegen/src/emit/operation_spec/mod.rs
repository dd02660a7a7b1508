//! The text of an operation, one statement a line, which the runtime parses. The runtime documents the grammar.

use super::code::escape_json;
use crate::api::codec_of;
use crate::api::model::{
    Codec, Completion, Location, NextPage, OrderedParts, Pagination, ParameterEncoding, Part,
    Polling, RequiredScheme, Server, Status, Style,
};
use crate::lower::model::{
    ContentData, FollowUp, Method, OperationData, ParameterData, PollRequest, ResponseData,
};

/// Returns the lines of an operation.
pub fn lines(method: &Method) -> Vec<String> {
    let data = &method.data;
    let mut lines = vec![Line::default().word(&data.id).word(&data.method).word(&data.path)];
    data.servers.iter().for_each(|one| server(one, &mut lines));
    lines.extend(data.parameters.iter().map(parameter));
    data.bodies.iter().for_each(|one| body(one, &mut lines));
    lines.extend(responses(data));
    lines.extend(security(&data.security));
    let key = data.idempotency_key.iter();
    lines.extend(key.map(|name| Line::new("idempotency-key").word(name)));
    lines.extend(method.pages.iter().map(|pages| paging(&pages.paging)));
    lines.extend(method.follow_up.iter().flat_map(follow_up));
    lines.into_iter().map(|line| line.0).collect()
}

/// A line being written.
#[derive(Default)]
pub(super) struct Line(String);

impl Line {
    /// Returns the text.
    pub fn into_text(self) -> String {
        self.0
    }

    /// Starts a line with a keyword.
    pub fn new(keyword: &str) -> Self {
        Self(keyword.to_owned())
    }

    /// Appends a word of the grammar.
    pub fn plain(mut self, word: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(word);
        self
    }

    /// Appends a word of the document.
    pub fn word(self, word: &str) -> Self {
        let quoted = quoted(word, false);
        self.plain(&quoted)
    }

    /// Appends a word of the document where the grammar allows keywords that match `is_grammar`.
    pub fn word_unless(self, word: &str, is_grammar: impl Fn(&str) -> bool) -> Self {
        let quoted = quoted(word, is_grammar(word));
        self.plain(&quoted)
    }

    /// Appends a setting, if it has a value.
    pub fn setting(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.plain(&format!("{name}={}", quoted(value, false))),
            None => self,
        }
    }

    fn settings(self, name: &str, values: &[String]) -> Self {
        let values = values.iter();
        values.fold(self, |line, value| line.setting(name, Some(value)))
    }

    pub fn flag(self, name: &str, is_set: bool) -> Self {
        if is_set {
            self.plain(name)
        } else {
            self
        }
    }
}

/// Returns a word of the document: unchanged if possible, else as a JSON string.
fn quoted(word: &str, is_grammar: bool) -> String {
    let is_plain = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '"' | '\\' | ',');
    if !is_grammar && !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    escape_json(&serde_json::Value::from(word).to_string())
}

/// Returns a JSON pointer (RFC 6901).
fn pointer(path: &[String]) -> String {
    let escaped = path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
    escaped.map(|name| format!("/{name}")).collect()
}

fn server(server: &Server, lines: &mut Vec<Line>) {
    lines.push(Line::new("server").word(&server.url));
    for variable in &server.variables {
        let line = Line::new("variable").word(&variable.name);
        let values = variable.values.iter();
        let line = line.word(&variable.default);
        lines.push(values.fold(line, |line, value| line.word(value)));
    }
}

fn parameter(parameter: &ParameterData) -> Line {
    let (word, default_style) = match parameter.location {
        Location::Path => ("path", Style::Simple),
        Location::Query => ("query", Style::Form),
        Location::Header => ("header", Style::Simple),
        Location::Cookie => ("cookie", Style::Form),
        Location::QueryString => ("querystring", Style::Form),
    };
    let is_marked_required = parameter.required && parameter.location != Location::Path;
    let line = Line::new(word).word(&parameter.name);
    let line = line.flag("required", is_marked_required);
    match &parameter.encoding {
        ParameterEncoding::Content(media_type) => line.setting("content", Some(media_type)),
        ParameterEncoding::Style { style, explode, allow_reserved, allow_empty, nested } => {
            let line = line.setting("style", (*style != default_style).then(|| style.name()));
            line.setting("explode", explode_word(*style, *explode))
                .flag("reserved", *allow_reserved)
                .flag("empty", *allow_empty)
                .setting("nested", styles(nested).as_deref())
        }
    }
}

/// Returns `explode`, unless it is the default of the style.
fn explode_word(style: Style, explode: bool) -> Option<&'static str> {
    (explode != (style == Style::Form)).then_some(if explode { "true" } else { "false" })
}

/// Returns the styles of nested lists, from the outermost inwards.
fn styles(nested: &[Style]) -> Option<String> {
    let names: Vec<_> = nested.iter().map(|style| style.name()).collect();
    (!names.is_empty()).then(|| names.join("/"))
}

fn codec_word(codec: Codec) -> &'static str {
    match codec {
        Codec::Json => "json",
        Codec::Form => "form",
        Codec::FormData => "formdata",
        Codec::Multipart => "multipart",
        Codec::Text => "text",
        Codec::EventStream => "events",
        Codec::JsonLines => "lines",
        Codec::Xml => "xml",
        Codec::Bytes => "bytes",
    }
}

/// Appends a media type, and its codec if the name implies another.
fn content(line: Line, content: &ContentData) -> Line {
    let line = line.word_unless(&content.media_type, |word| word == "as" || is_status(word));
    if content.codec == codec_of(&content.media_type) {
        return line;
    }
    let line = line.plain("as").plain(codec_word(content.codec));
    match content.xml {
        Some(index) => line.plain(&index.to_string()),
        None => line,
    }
}

fn body(body: &ContentData, lines: &mut Vec<Line>) {
    lines.push(content(Line::new("body"), body));
    let parts = body.parts.iter();
    lines.extend(parts.map(|one| part(Line::new("part").word(&one.name), one)));
    if let Some(OrderedParts { first, others, .. }) = &body.ordered {
        lines.extend(first.iter().map(|one| part(Line::new("first"), one)));
        lines.extend(others.iter().map(|one| part(Line::new("others"), one)));
    }
}

fn part(line: Line, part: &Part) -> Line {
    let line = line.setting("type", part.content_type.as_deref());
    let line = match &part.encoding {
        Some(ParameterEncoding::Style { style, explode, allow_reserved, nested, .. }) => line
            .setting("style", Some(style.name()))
            .setting("explode", explode_word(*style, *explode))
            .flag("reserved", *allow_reserved)
            .setting("nested", styles(nested).as_deref()),
        Some(ParameterEncoding::Content(_)) | None => line,
    };
    let line = line.flag("headers", !part.headers.is_empty());
    let headers = part.headers.iter();
    headers.fold(line, |line, (name, value)| line.word(name).word(value))
}

fn is_status(word: &str) -> bool {
    let digits = word.strip_suffix("XX").unwrap_or(word);
    word == "default" || digits.chars().all(|letter| letter.is_ascii_digit())
}

fn status_word(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// Returns a line for each run of responses with equal contents.
fn responses(data: &OperationData) -> impl Iterator<Item = Line> + '_ {
    let is_alike = |one: &ResponseData, next: &ResponseData| one.contents == next.contents;
    data.responses.chunk_by(is_alike).map(|alike| {
        let line = alike
            .iter()
            .fold(Line::default(), |line, response| line.plain(&status_word(response.status)));
        let contents = alike.first().map_or(&[][..], |response| &response.contents);
        contents.iter().fold(line, content)
    })
}

fn security(alternatives: &[Vec<RequiredScheme>]) -> Option<Line> {
    let mut line = Line::new("security");
    for (index, needs) in alternatives.iter().enumerate() {
        line = line.flag("|", index > 0).flag("none", needs.is_empty());
        for (index, need) in needs.iter().enumerate() {
            line = line.flag("+", index > 0);
            line = line.word_unless(&need.scheme, |word| word == "none");
            let scopes = need.scopes.iter();
            line = scopes.fold(line, |line, scope| {
                line.word_unless(scope, |word| word == "+" || word == "|")
            });
        }
    }
    (!alternatives.is_empty()).then_some(line)
}

fn paging(paging: &Pagination) -> Line {
    let line = Line::new("pages");
    let line = match &paging.next {
        NextPage::Number { parameter, first } => {
            let line = line.plain("number").word(parameter);
            line.plain(&first.to_string())
        }
        NextPage::Offset { parameter } => line.plain("offset").word(parameter),
        NextPage::Index { parameter } => line.plain("index").word(parameter),
        NextPage::LastItem { parameter, path } => {
            line.plain("last").word(parameter).word(&pointer(path))
        }
        NextPage::Token { parameter, path } => {
            line.plain("token").word(parameter).word(&pointer(path))
        }
        NextPage::Link { path } => line.plain("link").word(&pointer(path)),
        NextPage::LinkHeader => line.plain("header"),
    };
    let at = |path: &Option<Vec<String>>| path.as_deref().map(pointer);
    let items = at(&paging.items).filter(|items| !items.is_empty());
    line.setting("items", items.as_deref())
        .setting("limit", paging.limit.as_deref())
        .setting("more", at(&paging.more).as_deref())
        .setting("total", at(&paging.total).as_deref())
}

fn follow_up(follow_up: &FollowUp) -> Vec<Line> {
    match follow_up {
        FollowUp::Location => vec![Line::new("wait").plain("location")],
        FollowUp::Poll { request, polling } => {
            let mut lines = vec![wait(polling)];
            if let PollRequest::External { origin, path } = request {
                lines.push(Line::new("get").word(origin).word(path));
            }
            lines
        }
    }
}

fn wait(polling: &Polling) -> Line {
    let line = Line::new("wait").word(&polling.parameter);
    let line = line.setting("id", Some(&pointer(&polling.id)));
    match &polling.completion {
        Completion::Done { done, error } => {
            line.setting("done", Some(&pointer(done))).setting("error", Some(&pointer(error)))
        }
        Completion::State { state, success, failure } => line
            .setting("state", Some(&pointer(state)))
            .settings("success", success)
            .settings("failure", failure),
    }
}

#[cfg(test)]
mod expected;
#[cfg(test)]
mod tests;

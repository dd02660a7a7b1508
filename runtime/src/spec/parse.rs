//! An operation out of the lines of its text.

use crate::spec::text::{Line, SpecError, Token};
use crate::spec::{
    Content, Follow, MediaCodec, NextPage, OperationSpec, OrderedParts, Paging, Parameter,
    PartSpec, Polling, ResponseSpec, SecurityNeed, Server, Status, Style, Until, Variable,
    XmlNames,
};

/// The parsed lines of an operation.
pub(super) struct Builder {
    spec: OperationSpec,
    names: Option<&'static XmlNames>,
    servers: Vec<(&'static str, Vec<Variable>)>,
    parameters: Vec<Parameter>,
    bodies: Vec<Body>,
    responses: Vec<ResponseSpec>,
    security: Vec<&'static [SecurityNeed]>,
    /// Server and path of the operation's state, where another server has it.
    elsewhere: Option<(&'static str, &'static str)>,
}

/// A body with the parts that have a line of their own.
struct Body {
    content: Content,
    parts: Vec<PartSpec>,
    first: Vec<PartSpec>,
    others: Option<PartSpec>,
}

impl Builder {
    /// Reads the first line.
    pub(super) fn new(mut line: Line, names: Option<&'static XmlNames>) -> Result<Self, SpecError> {
        let id = line.word("the id of the operation is missing")?;
        let method = line.word("the method is missing")?;
        let path = line.word("the path is missing")?;
        line.end()?;
        Ok(Self {
            spec: OperationSpec { id, method, path, ..OperationSpec::DEFAULT },
            names,
            servers: Vec::new(),
            parameters: Vec::new(),
            bodies: Vec::new(),
            responses: Vec::new(),
            security: Vec::new(),
            elsewhere: None,
        })
    }

    /// Reads a further line.
    pub(super) fn line(&mut self, mut line: Line) -> Result<(), SpecError> {
        if let Some(first) = line.next_if(|word| status(word).is_some()) {
            return self.responses(first, line);
        }
        match line.word("the line is empty")? {
            "server" => self.servers.push((line.word("the URL is missing")?, Vec::new())),
            "variable" => return self.variable(line),
            "path" => return self.parameter(Parameter::path, line),
            "query" => return self.parameter(Parameter::query, line),
            "header" => return self.parameter(Parameter::header, line),
            "cookie" => return self.parameter(Parameter::cookie, line),
            "querystring" => return self.parameter(Parameter::query_string, line),
            "body" => return self.body(line),
            kind @ ("part" | "first" | "others") => return self.part(kind, line),
            "security" => return self.security(line),
            "idempotent" => self.spec.idempotent = true,
            "idempotency-key" => {
                self.spec.idempotency_key = Some(line.word("the header is missing")?);
            }
            "pages" => self.spec.paging = Some(paging(&mut line)?),
            "wait" => self.spec.follow = Some(follow(&mut line)?),
            "get" => {
                let origin = line.word("the server is missing")?;
                self.elsewhere = Some((origin, line.word("the path is missing")?));
            }
            other => return Err(line.wrong(other, "no line begins with this word")),
        }
        line.end()
    }

    fn variable(&mut self, mut line: Line) -> Result<(), SpecError> {
        let name = line.word("the name of the variable is missing")?;
        let default = line.word("the default is missing")?;
        let Some((_, variables)) = self.servers.last_mut() else {
            return Err(line.wrong(name, "no server has this variable"));
        };
        let values = line.rest().leak();
        variables.push(Variable { name, default, values });
        Ok(())
    }

    fn parameter(
        &mut self,
        made: fn(&'static str) -> Parameter,
        mut line: Line,
    ) -> Result<(), SpecError> {
        let mut parameter = made(line.word("the name of the parameter is missing")?);
        while let Some(word) = line.next() {
            parameter = match split(word) {
                ("required", None) => parameter.required(),
                ("reserved", None) => parameter.allow_reserved(),
                ("empty", None) => parameter.allow_empty(),
                ("content", Some(media_type)) => parameter.content(media_type),
                ("style", Some(style)) => parameter.style(self::style(style, &line)?),
                ("explode", Some(explode)) => parameter.explode(flag(explode, &line)?),
                ("nested", Some(text)) => parameter.nested(styles(text, &line)?),
                _ => return Err(line.wrong(word.text, "a parameter has no such setting")),
            };
        }
        self.parameters.push(parameter);
        Ok(())
    }

    fn body(&mut self, mut line: Line) -> Result<(), SpecError> {
        let content = content(&mut line, self.names)?;
        let content = content.ok_or_else(|| line.wrong("", "the media type is missing"))?;
        self.bodies.push(Body { content, parts: Vec::new(), first: Vec::new(), others: None });
        line.end()
    }

    fn part(&mut self, kind: &'static str, mut line: Line) -> Result<(), SpecError> {
        let Some(body) = self.bodies.last_mut() else {
            return Err(line.wrong(kind, "no body has this part"));
        };
        match kind {
            "part" => {
                let name = line.word("the name of the part is missing")?;
                body.parts.push(part(name, line)?);
            }
            "first" => body.first.push(part("", line)?),
            _ => body.others = Some(part("", line)?),
        }
        Ok(())
    }

    fn responses(&mut self, first: &'static str, mut line: Line) -> Result<(), SpecError> {
        let mut statuses = vec![first];
        while let Some(another) = line.next_if(|word| status(word).is_some()) {
            statuses.push(another);
        }
        let mut contents = Vec::new();
        while let Some(content) = content(&mut line, self.names)? {
            contents.push(content);
        }
        let contents: &[Content] = contents.leak();
        let statuses = statuses.into_iter().filter_map(status);
        self.responses.extend(statuses.map(|status| ResponseSpec { status, contents }));
        line.end()
    }

    fn security(&mut self, mut line: Line) -> Result<(), SpecError> {
        loop {
            let needs = alternative(&mut line)?;
            self.security.push(needs.leak());
            if !line.skip("|") {
                return line.end();
            }
        }
    }

    /// The operation.
    pub(super) fn build(self) -> OperationSpec {
        let servers = self
            .servers
            .into_iter()
            .map(|(url, variables)| Server { url, variables: variables.leak() });
        let mut spec = OperationSpec {
            servers: leak(servers),
            parameters: self.parameters.leak(),
            bodies: leak(self.bodies.into_iter().map(Body::build)),
            responses: self.responses.leak(),
            security: self.security.leak(),
            ..self.spec
        };
        if let (Some(Follow::Poll(mut polling)), Some(place)) = (spec.follow, self.elsewhere) {
            let get = elsewhere(&spec, place, polling.parameter);
            polling.elsewhere = Some(Box::leak(Box::new(get)));
            spec.follow = Some(Follow::Poll(polling));
        }
        spec
    }
}

impl Body {
    fn build(self) -> Content {
        let is_ordered = !self.first.is_empty() || self.others.is_some();
        let ordered =
            is_ordered.then(|| OrderedParts { first: self.first.leak(), others: self.others });
        Content {
            parts: self.parts.leak(),
            ordered: ordered.map(|ordered| &*Box::leak(Box::new(ordered))),
            ..self.content
        }
    }
}

fn leak<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    items.collect::<Vec<_>>().leak()
}

/// The operation that returns the state of a long-running one from another server, with the responses and the security of
/// the operation itself.
fn elsewhere(
    spec: &OperationSpec,
    (url, path): (&'static str, &'static str),
    parameter: &'static str,
) -> OperationSpec {
    let variables = &[];
    OperationSpec {
        id: format!("{}.get", spec.id).leak(),
        path,
        servers: vec![Server { url, variables }].leak(),
        parameters: vec![Parameter::path(parameter)].leak(),
        responses: spec.responses,
        security: spec.security,
        ..OperationSpec::DEFAULT
    }
}

/// A word as a setting and its value.
pub(super) fn split(word: Token) -> (&'static str, Option<&'static str>) {
    if word.quoted {
        return ("", None);
    }
    match word.text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word.text, None),
    }
}

pub(super) fn flag(word: &'static str, line: &Line) -> Result<bool, SpecError> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(line.wrong(word, "this is neither `true` nor `false`")),
    }
}

pub(super) fn style(word: &'static str, line: &Line) -> Result<Style, SpecError> {
    Ok(match word {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "tabDelimited" => Style::TabDelimited,
        "deepObject" => Style::DeepObject,
        "cookie" => Style::Cookie,
        _ => return Err(line.wrong(word, "there is no such style")),
    })
}

/// The styles of lists within a list: `spaceDelimited/pipeDelimited`.
pub(super) fn styles(text: &'static str, line: &Line) -> Result<&'static [Style], SpecError> {
    let styles = text.split('/').map(|word| style(word, line));
    let styles = styles.collect::<Result<Vec<_>, _>>()?;
    Ok(styles.leak())
}

fn codec(word: &'static str, line: &Line) -> Result<MediaCodec, SpecError> {
    Ok(match word {
        "json" => MediaCodec::Json,
        "form" => MediaCodec::Form,
        "formdata" => MediaCodec::FormData,
        "multipart" => MediaCodec::Multipart,
        "text" => MediaCodec::Text,
        "events" => MediaCodec::EventStream,
        "lines" => MediaCodec::JsonLines,
        "bytes" => MediaCodec::Bytes,
        "xml" => MediaCodec::Xml,
        _ => return Err(line.wrong(word, "there is no such codec")),
    })
}

/// The statuses that a word is for: `404`, `4XX` or `default`.
pub(super) fn status(word: &str) -> Option<Status> {
    if word == "default" {
        return Some(Status::Default);
    }
    if let Some(class) = word.strip_suffix("XX") {
        return class.parse().ok().map(Status::Range);
    }
    let is_code = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_code).map(Status::Exact)
}

/// A media type with its codec; `None` at the end of the line.
pub(super) fn content(
    line: &mut Line,
    names: Option<&'static XmlNames>,
) -> Result<Option<Content>, SpecError> {
    let Some(media_type) = line.next().map(|word| word.text) else {
        return Ok(None);
    };
    let codec = if line.skip("as") {
        let word = line.word("the codec is missing")?;
        codec(word, line)?
    } else {
        MediaCodec::from_media_type(media_type)
    };
    let mut content = Content::new(media_type, codec);
    if codec == MediaCodec::Xml {
        let word = line.word("the names of XML are missing")?;
        let body = word.parse().ok().and_then(|index| names?.body(index));
        content.xml = Some(body.ok_or_else(|| line.wrong(word, "there are no such names"))?);
    }
    Ok(Some(content))
}

/// A part by its settings, the rest of the line.
pub(super) fn part(name: &'static str, mut line: Line) -> Result<PartSpec, SpecError> {
    let mut part = PartSpec::new(name);
    let (mut explode, mut reserved) = (None, false);
    let mut nested: &[Style] = &[];
    let mut styled = None;
    while let Some(word) = line.next() {
        match split(word) {
            ("type", Some(media_type)) => part = part.content_type(media_type),
            ("style", Some(word)) => styled = Some(style(word, &line)?),
            ("explode", Some(word)) => explode = Some(flag(word, &line)?),
            ("reserved", None) => reserved = true,
            ("nested", Some(text)) => nested = styles(text, &line)?,
            ("headers", None) => part.headers = headers(&mut line)?,
            _ => return Err(line.wrong(word.text, "a part has no such setting")),
        }
    }
    if let Some(style) = styled {
        let parameter = Parameter::query(name).style(style);
        part = part.style(style, explode.unwrap_or(parameter.explode));
    }
    if !nested.is_empty() {
        part = part.nested(nested);
    }
    Ok(if reserved { part.allow_reserved() } else { part })
}

/// Names and values by turns.
fn headers(line: &mut Line) -> Result<&'static [(&'static str, &'static str)], SpecError> {
    let mut headers = Vec::new();
    while let Some(name) = line.next() {
        headers.push((name.text, line.word("the value of the header is missing")?));
    }
    Ok(headers.leak())
}

/// One alternative of `security`: up to the next `|`.
pub(super) fn alternative(line: &mut Line) -> Result<Vec<SecurityNeed>, SpecError> {
    let mut needs = Vec::new();
    if line.skip("none") {
        return Ok(needs);
    }
    loop {
        let scheme = line.word("the scheme is missing")?;
        let mut scopes = Vec::new();
        while let Some(scope) = line.next_unless(&["+", "|"]) {
            scopes.push(scope);
        }
        let scopes = scopes.leak();
        needs.push(SecurityNeed { scheme, scopes });
        if !line.skip("+") {
            return Ok(needs);
        }
    }
}

/// How pages follow each other.
pub(super) fn paging(line: &mut Line) -> Result<Paging, SpecError> {
    const PARAMETER: &str = "the parameter is missing";
    const POINTER: &str = "the pointer is missing";
    let next = match line.word("the way to the next page is missing")? {
        "number" => NextPage::Number { parameter: line.word(PARAMETER)?, first: number(line)? },
        "offset" => NextPage::Offset { parameter: line.word(PARAMETER)? },
        "index" => NextPage::Index { parameter: line.word(PARAMETER)? },
        "last" => {
            NextPage::LastItem { parameter: line.word(PARAMETER)?, pointer: line.word(POINTER)? }
        }
        "token" => {
            NextPage::Token { parameter: line.word(PARAMETER)?, pointer: line.word(POINTER)? }
        }
        "link" => NextPage::Link { pointer: line.word(POINTER)? },
        "header" => NextPage::Header,
        other => return Err(line.wrong(other, "there is no such pagination")),
    };
    let mut paging = Paging::new(next, "");
    while let Some(word) = line.next() {
        match split(word) {
            ("items", Some(pointer)) => paging.items = pointer,
            ("limit", Some(parameter)) => paging.limit = Some(parameter),
            ("more", Some(pointer)) => paging.more = Some(pointer),
            ("total", Some(pointer)) => paging.total = Some(pointer),
            _ => return Err(line.wrong(word.text, "pages have no such setting")),
        }
    }
    Ok(paging)
}

fn number(line: &mut Line) -> Result<u64, SpecError> {
    let word = line.word("the number of the first page is missing")?;
    word.parse().map_err(|_| line.wrong(word, "this is no number of a page"))
}

/// How an operation is followed to its end.
pub(super) fn follow(line: &mut Line) -> Result<Follow, SpecError> {
    let parameter = line.word("the parameter of the id is missing")?;
    let (mut id, mut done, mut error, mut state) = (None, None, None, None);
    let (mut success, mut failure) = (Vec::new(), Vec::new());
    while let Some(word) = line.next() {
        match split(word) {
            ("id", Some(pointer)) => id = Some(pointer),
            ("done", Some(pointer)) => done = Some(pointer),
            ("error", Some(pointer)) => error = Some(pointer),
            ("state", Some(pointer)) => state = Some(pointer),
            ("success", Some(name)) => success.push(name),
            ("failure", Some(name)) => failure.push(name),
            _ => return Err(line.wrong(word.text, "`wait` has no such setting")),
        }
    }
    let until = match (done, error, state) {
        (Some(done), Some(error), None) => Until::Done { done, error },
        (None, None, Some(state)) => {
            Until::State { state, success: success.leak(), failure: failure.leak() }
        }
        (None, None, None) if parameter == "location" && id.is_none() => {
            return Ok(Follow::Location);
        }
        _ => return Err(line.wrong(parameter, "the condition of the end is missing")),
    };
    let id = id.ok_or_else(|| line.wrong(parameter, "the pointer of the id is missing"))?;
    Ok(Follow::Poll(Polling { elsewhere: None, parameter, id, until }))
}

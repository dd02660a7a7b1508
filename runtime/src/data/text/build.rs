//! An operation out of the lines of its text.

use super::follow::{follow, paging};
use super::settings::{alternative, content, flag, part, split, status, style, styles};
use super::words::Line;
use super::SpecError;
use crate::data::{
    Content, Follow, OperationSpec, OrderedParts, Parameter, PartSpec, Reply, SecurityNeed, Server,
    Variable,
};

/// What has been read of an operation.
pub(super) struct Builder {
    spec: OperationSpec,
    servers: Vec<(&'static str, Vec<Variable>)>,
    parameters: Vec<Parameter>,
    bodies: Vec<Body>,
    replies: Vec<Reply>,
    security: Vec<&'static [SecurityNeed]>,
    /// Where another server is asked how far the operation is.
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
    pub(super) fn new(mut line: Line) -> Result<Self, SpecError> {
        let id = line.word("the id of the operation is missing")?;
        let method = line.word("the method is missing")?;
        let path = line.word("the path is missing")?;
        line.end()?;
        Ok(Self {
            spec: OperationSpec {
                id,
                method,
                path,
                ..OperationSpec::DEFAULT
            },
            servers: Vec::new(),
            parameters: Vec::new(),
            bodies: Vec::new(),
            replies: Vec::new(),
            security: Vec::new(),
            elsewhere: None,
        })
    }

    /// Reads a further line.
    pub(super) fn line(&mut self, mut line: Line) -> Result<(), SpecError> {
        if let Some(first) = line.next_if(|word| status(word).is_some()) {
            return self.replies(first, line);
        }
        match line.word("a line has words")? {
            "server" => self
                .servers
                .push((line.word("the URL is missing")?, Vec::new())),
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
            other => return Err(line.wrong(other, "no line begins so")),
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
        variables.push(Variable {
            name,
            default,
            values,
        });
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
                ("nested", Some(words)) => parameter.nested(styles(words, &line)?),
                _ => return Err(line.wrong(word.text, "a parameter has no such setting")),
            };
        }
        self.parameters.push(parameter);
        Ok(())
    }

    fn body(&mut self, mut line: Line) -> Result<(), SpecError> {
        let content = content(&mut line)?;
        let content = content.ok_or_else(|| line.wrong("", "the media type is missing"))?;
        self.bodies.push(Body {
            content,
            parts: Vec::new(),
            first: Vec::new(),
            others: None,
        });
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

    fn replies(&mut self, first: &'static str, mut line: Line) -> Result<(), SpecError> {
        let mut statuses = vec![first];
        while let Some(another) = line.next_if(|word| status(word).is_some()) {
            statuses.push(another);
        }
        let mut contents = Vec::new();
        while let Some(content) = content(&mut line)? {
            contents.push(content);
        }
        let contents: &[Content] = contents.leak();
        let statuses = statuses.into_iter().filter_map(status);
        self.replies
            .extend(statuses.map(|status| Reply { status, contents }));
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
        let servers = self.servers.into_iter().map(|(url, variables)| Server {
            url,
            variables: variables.leak(),
        });
        let mut spec = OperationSpec {
            servers: leak(servers),
            parameters: self.parameters.leak(),
            bodies: leak(self.bodies.into_iter().map(Body::build)),
            replies: self.replies.leak(),
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
        let ordered = is_ordered.then(|| OrderedParts {
            first: self.first.leak(),
            others: self.others,
        });
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

/// The question about an operation that goes on, where another server answers it: as the operation itself answers, and
/// for the same credentials.
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
        replies: spec.replies,
        security: spec.security,
        ..OperationSpec::DEFAULT
    }
}

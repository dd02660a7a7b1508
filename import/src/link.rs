//! Turns a page into operations and messages: anchors become full names, tables become messages.

use crate::model::{At, Field, Message, Operation, OPERATION};
use crate::page::{Binding, Kind, Page, Row, Section};
use crate::parse::types::counted;
use crate::say::Say;
use crate::template;
use crate::words::{camel, capitalized, uncapitalized};
use indexmap::IndexMap;
use typewright::diagnostics::codes::import::{IMPORT_LEFT_OPEN, IMPORT_PARAMETER, IMPORT_RENAMED};
use typewright::source::FileId;

/// What one page says.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The operations, one a request.
    pub operations: Vec<Operation>,
    /// The messages, in the page's order; a type that the page has twice is there twice.
    pub messages: Vec<Message>,
}

/// Links a page.
pub fn page(page: &Page, say: &mut Say<'_>) -> Linked {
    let mut linked = Linked::default();
    let mut anchors: Vec<String> = Vec::new();
    for (number, binding) in page.bindings.iter().enumerate() {
        let mut linker = Linker {
            page,
            number,
            messages: Vec::new(),
        };
        let body = binding
            .body
            .as_ref()
            .map(|body| linker.body(body, &anchors));
        linker.types(&binding.types);
        let reply = binding
            .reply
            .as_ref()
            .and_then(|reply| linker.reply(reply, binding, &anchors));
        linker.types(&binding.reply_types);
        let roots = [&binding.query, &binding.body, &binding.reply];
        anchors.extend(
            roots
                .into_iter()
                .flatten()
                .map(|section| section.anchor.clone()),
        );
        anchors.extend(binding.types.iter().map(|section| section.anchor.clone()));
        let long_running = reply
            .as_deref()
            .is_some_and(|key| crate::model::full_name(key) == OPERATION)
            && page.title.resource != "Operation";
        let operation = linker.operation(binding, say);
        linked.operations.push(Operation {
            body,
            reply,
            long_running,
            ..operation
        });
        linked.messages.extend(linker.messages);
    }
    linked
}

struct Linker<'p> {
    page: &'p Page,
    number: usize,
    messages: Vec<Message>,
}

impl Linker<'_> {
    fn at(&self, section: &Section) -> At {
        At {
            file: self.page.file,
            span: section.heading.span.clone(),
        }
    }

    fn message(&self, key: String, section: &Section) -> Message {
        let name = crate::model::short_name(&key).to_owned();
        Message {
            name,
            owner: None,
            doc: section.doc.clone(),
            fields: fields(&section.rows, self.page.file),
            groups: section.groups.clone(),
            closed: section.closed,
            newer: self.page.playground,
            at: self.at(section),
            key,
        }
    }

    fn types(&mut self, sections: &[Section]) {
        for section in sections {
            let key = counted(&section.heading.value, &section.anchor).to_owned();
            let message = self.message(key, section);
            self.messages.push(message);
        }
    }

    /// The body of a request is its own message: variables of the path are not in it.
    fn body(&mut self, section: &Section, anchors: &[String]) -> String {
        let name = repeated(&section.anchor, anchors);
        let mut key = format!("body:{name}");
        if self.number > 0 {
            key = format!("{key}~{}", binding_suffix(self.page, self.number));
        }
        let message = Message {
            owner: Some(self.page.title.resource.clone()),
            ..self.message(key.clone(), section)
        };
        self.messages.push(message);
        key
    }

    fn reply(
        &mut self,
        section: &Section,
        binding: &Binding,
        anchors: &[String],
    ) -> Option<String> {
        if section.rows.is_empty() {
            return None;
        }
        let own = [&binding.query, &binding.body];
        let own = own.into_iter().flatten().chain(&binding.types);
        let earlier: Vec<String> = own.map(|section| section.anchor.clone()).collect();
        let name = repeated(repeated(&section.anchor, &earlier), anchors);
        let key = if name == OPERATION {
            operation_key(section)
        } else {
            name.to_owned()
        };
        let message = self.message(key.clone(), section);
        self.messages.push(message);
        Some(key)
    }

    fn operation(&self, binding: &Binding, say: &mut Say<'_>) -> Operation {
        let title = &self.page.title;
        let (host, path) = template::split(&binding.url.value);
        let (path, variables) = self.variables(binding, path, say);
        let mut id = format!(
            "{}{}",
            uncapitalized(&title.resource),
            capitalized(&title.method)
        );
        if self.number > 0 {
            id.push_str(&binding_suffix(self.page, self.number));
        }
        let query = binding.query.as_ref();
        let query_rows = query.map_or(&[][..], |section| section.rows.as_slice());
        objects_in_query(query_rows, say);
        Operation {
            id,
            tag: title.resource.clone(),
            doc: told(&self.page.doc),
            verb: binding.verb,
            host: host.to_owned(),
            path,
            variables,
            query: fields(query_rows, self.page.file).into_values().collect(),
            groups: query
                .map(|section| section.groups.clone())
                .unwrap_or_default(),
            body: None,
            reply: None,
            long_running: false,
            at: At {
                file: self.page.file,
                span: binding.url.span.clone(),
            },
        }
    }

    /// The path as OpenAPI takes it, and a field for each of its variables.
    fn variables(&self, binding: &Binding, path: &str, say: &mut Say<'_>) -> (String, Vec<Field>) {
        let rows = binding
            .path
            .as_ref()
            .map_or(&[][..], |section| section.rows.as_slice());
        let mut found: Vec<Field> = Vec::new();
        let path = template::rename(path, |variable| {
            let plain = camel(variable);
            let row = rows
                .iter()
                .find(|row| row.name == variable || row.name == plain);
            let row = row
                .cloned()
                .unwrap_or_else(|| self.variable(binding, variable, &plain, say));
            let name = row.name.clone();
            if name != variable {
                let message =
                    format!("the path's variable `{variable}` is `{name}` in the document");
                say.at(IMPORT_RENAMED, &binding.url.span, message);
            }
            if !found.iter().any(|field| field.row.name == name) {
                found.push(Field {
                    row: Row {
                        required: true,
                        ..row
                    },
                    file: self.page.file,
                });
            }
            name
        });
        for row in rows {
            if !found.iter().any(|field| field.row.name == row.name) {
                say.at(
                    IMPORT_PARAMETER,
                    &row.span,
                    format!("the path has no variable `{}`", row.name),
                );
            }
        }
        (path, found)
    }

    /// A variable that no row describes: a field of the body by its dotted name, or a string.
    fn variable(&self, binding: &Binding, variable: &str, plain: &str, say: &mut Say<'_>) -> Row {
        let mut parts = variable.split('.').map(camel);
        let first = parts.next().unwrap_or_default();
        let body = binding.body.as_ref();
        let mut row = body.and_then(|body| body.rows.iter().find(|row| row.name == first));
        for part in parts {
            row = row.and_then(|row| inside(row, binding, &part));
        }
        if let Some(row) = row {
            return Row {
                name: plain.to_owned(),
                group: Vec::new(),
                ..row.clone()
            };
        }
        let message =
            format!("no row describes the path's variable `{variable}`; a string is assumed");
        say.at(IMPORT_PARAMETER, &binding.url.span, message);
        Row {
            name: plain.to_owned(),
            repeated: false,
            kind: Kind::Text(""),
            required: true,
            deprecated: false,
            unique: false,
            doc: String::new(),
            limits: crate::page::Limits::default(),
            values: IndexMap::new(),
            group: Vec::new(),
            span: binding.url.span.clone(),
        }
    }
}

/// The field of the message that a row links to.
fn inside<'b>(row: &Row, binding: &'b Binding, name: &str) -> Option<&'b Row> {
    let Kind::Message(key) = &row.kind else {
        return None;
    };
    let section = binding
        .types
        .iter()
        .find(|section| counted(&section.heading.value, &section.anchor) == key)?;
    section.rows.iter().find(|row| row.name == name)
}

/// Says which query parameters are objects: no page says how their members are written.
fn objects_in_query(rows: &[Row], say: &mut Say<'_>) {
    let object = |row: &&Row| matches!(row.kind, Kind::Message(_) | Kind::Map(_) | Kind::Free);
    for row in rows.iter().filter(object) {
        let message = format!(
            "`{}` is an object in a query, and the page does not say how it is written",
            row.name
        );
        say.at(IMPORT_LEFT_OPEN, &row.span, message);
    }
}

fn fields(rows: &[Row], file: FileId) -> IndexMap<String, Field> {
    let field = |row: &Row| {
        (
            row.name.clone(),
            Field {
                row: row.clone(),
                file,
            },
        )
    };
    rows.iter().map(field).collect()
}

/// An anchor without the digits that it has because the page has the type before: the shorter anchor is on the page then.
fn repeated<'t>(anchor: &'t str, earlier: &[String]) -> &'t str {
    let bare = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
    if earlier.iter().any(|other| other == bare) {
        bare
    } else {
        anchor
    }
}

/// Operations are told apart by what they return, since one name stands for all of them.
fn operation_key(section: &Section) -> String {
    let word = |name: &str| match section.rows.iter().find(|row| row.name == name) {
        Some(row) => match &row.kind {
            Kind::Message(key) => key.clone(),
            Kind::Text(_)
            | Kind::Boolean
            | Kind::Integer
            | Kind::Number
            | Kind::Free
            | Kind::Enum(..)
            | Kind::Map(_)
            | Kind::Either(_) => "object".to_owned(),
        },
        None => "none".to_owned(),
    };
    let (metadata, response) = (word("metadata"), word("response"));
    if metadata == "object" && response == "object" {
        return OPERATION.to_owned();
    }
    format!("{OPERATION}~{metadata},{response}")
}

/// What tells a further request of a method from the first: the variables that only its path has.
fn binding_suffix(page: &Page, number: usize) -> String {
    let variables = |binding: &Binding| template::variables(template::split(&binding.url.value).1);
    let first = page.bindings.first().map(variables).unwrap_or_default();
    let own = page.bindings.get(number).map(variables).unwrap_or_default();
    let new: Vec<String> = own
        .iter()
        .filter(|name| !first.contains(name))
        .map(|name| capitalized(&camel(name)))
        .collect();
    if new.is_empty() {
        return (number + 1).to_string();
    }
    format!("By{}", new.join("And"))
}

/// A method's text without the ends of comments that leaked into it, such as `https://google.aip.dev/130 --)`.
fn told(doc: &str) -> String {
    let paragraphs = doc
        .split("\n\n")
        .filter(|text| !text.trim_end().ends_with("--)"));
    paragraphs
        .collect::<Vec<&str>>()
        .join("\n\n")
        .trim()
        .to_owned()
}

//! Turns a page into operations and messages: anchors become full names, tables become messages.

use crate::case::{camel, capitalized, uncapitalized};
use crate::model::{At, Field, Message, Operation, OPERATION};
use crate::page::{Binding, Kind, Page, Row, Section};
use crate::page_reporter::PageReporter;
use crate::parse::types::counted;
use crate::template;
use indexmap::IndexMap;
use typewright::diagnostics::codes::import::{
    IMPORT_GROUP, IMPORT_LEFT_OPEN, IMPORT_PARAMETER, IMPORT_RENAMED,
};
use typewright::source::FileId;

/// The operations and messages of one page.
#[derive(Clone, Debug, Default)]
pub struct ResolvedPage {
    /// The operations, one a request.
    pub operations: Vec<Operation>,
    /// The messages, in the page's order; a type that the page has twice is there twice.
    pub messages: Vec<Message>,
}

/// Links a page.
pub fn resolve(page: &Page, reporter: &mut PageReporter<'_>) -> ResolvedPage {
    let mut resolved = ResolvedPage::default();
    let mut anchors: Vec<String> = Vec::new();
    for (number, binding) in page.bindings.iter().enumerate() {
        let mut resolver = Resolver { page, number, messages: Vec::new() };
        let body = binding.body.as_ref().map(|body| resolver.body(body, &anchors));
        resolver.types(&binding.types);
        let response = binding
            .response
            .as_ref()
            .and_then(|response| resolver.response(response, binding, &anchors));
        resolver.types(&binding.response_types);
        let roots = [&binding.query, &binding.body, &binding.response];
        anchors.extend(roots.into_iter().flatten().map(|section| section.anchor.clone()));
        anchors.extend(binding.types.iter().map(|section| section.anchor.clone()));
        let long_running =
            response.as_deref().is_some_and(|key| crate::model::full_name(key) == OPERATION)
                && page.title.resource != "Operation";
        let operation = resolver.operation(binding, reporter);
        resolved.operations.push(Operation { body, response, long_running, ..operation });
        resolved.messages.extend(resolver.messages);
    }
    resolved
}

struct Resolver<'p> {
    page: &'p Page,
    number: usize,
    messages: Vec<Message>,
}

impl Resolver<'_> {
    fn at(&self, section: &Section) -> At {
        At { file: self.page.file, span: section.heading.span.clone() }
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

    fn response(
        &mut self,
        section: &Section,
        binding: &Binding,
        anchors: &[String],
    ) -> Option<String> {
        if section.rows.is_empty() {
            return None;
        }
        let earlier_sections = [&binding.query, &binding.body];
        let earlier_sections = earlier_sections.into_iter().flatten().chain(&binding.types);
        let earlier: Vec<String> = earlier_sections.map(|section| section.anchor.clone()).collect();
        let name = repeated(repeated(&section.anchor, &earlier), anchors);
        let key = if name == OPERATION { operation_key(section) } else { name.to_owned() };
        let message = self.message(key.clone(), section);
        self.messages.push(message);
        Some(key)
    }

    fn operation(&self, binding: &Binding, reporter: &mut PageReporter<'_>) -> Operation {
        let title = &self.page.title;
        let (host, path) = template::split(&binding.url.value);
        let (path, variables) = self.variables(binding, path, reporter);
        let mut id = format!("{}{}", uncapitalized(&title.resource), capitalized(&title.method));
        if self.number > 0 {
            id.push_str(&binding_suffix(self.page, self.number));
        }
        let query = binding.query.as_ref();
        let query_rows = query.map_or(&[][..], |section| section.rows.as_slice());
        objects_in_query(query_rows, reporter);
        Operation {
            id,
            tag: title.resource.clone(),
            doc: without_leaked_comments(&self.page.doc),
            verb: binding.verb,
            host: host.to_owned(),
            path,
            variables,
            query: fields(query_rows, self.page.file).into_values().collect(),
            groups: query.map(|section| section.groups.clone()).unwrap_or_default(),
            body: None,
            response: None,
            long_running: false,
            at: At { file: self.page.file, span: binding.url.span.clone() },
        }
    }

    /// The path for OpenAPI, and a field for each of its variables.
    fn variables(
        &self,
        binding: &Binding,
        path: &str,
        reporter: &mut PageReporter<'_>,
    ) -> (String, Vec<Field>) {
        let rows = binding.path.as_ref().map_or(&[][..], |section| section.rows.as_slice());
        let mut fields: Vec<Field> = Vec::new();
        let path = template::rename(path, |variable| {
            let plain = camel(variable);
            let row = rows.iter().find(|row| row.name == variable || row.name == plain);
            let row =
                row.cloned().unwrap_or_else(|| self.variable(binding, variable, &plain, reporter));
            let name = row.name.clone();
            if name != variable {
                let message =
                    format!("the path's variable `{variable}` is `{name}` in the document");
                reporter.at(IMPORT_RENAMED, &binding.url.span, message);
            }
            if !fields.iter().any(|field| field.row.name == name) {
                fields.push(Field { row: Row { required: true, ..row }, file: self.page.file });
            }
            name
        });
        for row in rows {
            if !fields.iter().any(|field| field.row.name == row.name) {
                let message = format!("the path has no variable `{}`", row.name);
                reporter.at(IMPORT_PARAMETER, &row.span, message);
            }
        }
        (path, fields)
    }

    /// A variable that no row describes: a field of the body by its dotted name, or a string.
    fn variable(
        &self,
        binding: &Binding,
        variable: &str,
        plain: &str,
        reporter: &mut PageReporter<'_>,
    ) -> Row {
        let mut parts = variable.split('.').map(camel);
        let first = parts.next().unwrap_or_default();
        let body = binding.body.as_ref();
        let mut row = body.and_then(|body| body.rows.iter().find(|row| row.name == first));
        for part in parts {
            row = row.and_then(|row| inside(row, binding, &part));
        }
        if let Some(row) = row {
            return Row { name: plain.to_owned(), group: Vec::new(), ..row.clone() };
        }
        let message =
            format!("no row describes the path's variable `{variable}`; a string is assumed");
        reporter.at(IMPORT_PARAMETER, &binding.url.span, message);
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
    let key = row.kind.message()?;
    let section = binding
        .types
        .iter()
        .find(|section| counted(&section.heading.value, &section.anchor) == key)?;
    section.rows.iter().find(|row| row.name == name)
}

/// Reports query parameters that are objects: no page states how their members are encoded.
fn objects_in_query(rows: &[Row], reporter: &mut PageReporter<'_>) {
    let object = |row: &&Row| matches!(row.kind, Kind::Message(_) | Kind::Map(_) | Kind::Free);
    for row in rows.iter().filter(object) {
        let message = format!(
            "`{}` is an object in a query, and the page does not state its encoding",
            row.name
        );
        reporter.at(IMPORT_LEFT_OPEN, &row.span, message);
    }
}

fn fields(rows: &[Row], file: FileId) -> IndexMap<String, Field> {
    let field = |row: &Row| (row.name.clone(), Field { row: row.clone(), file });
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

/// The key of an operation message, with the types that it returns, since all have the same name.
fn operation_key(section: &Section) -> String {
    let word = |name: &str| match section.rows.iter().find(|row| row.name == name) {
        Some(row) => row.kind.message().unwrap_or("object").to_owned(),
        None => "none".to_owned(),
    };
    let (metadata, response) = (word("metadata"), word("response"));
    if metadata == "object" && response == "object" {
        return OPERATION.to_owned();
    }
    format!("{OPERATION}~{metadata},{response}")
}

/// Suffix of a further request of a method: the variables that the first request lacks.
fn binding_suffix(page: &Page, number: usize) -> String {
    let variables = |binding: &Binding| template::variables(template::split(&binding.url.value).1);
    let first = page.bindings.first().map(variables).unwrap_or_default();
    let variables_of_this = page.bindings.get(number).map(variables).unwrap_or_default();
    let new: Vec<String> = variables_of_this
        .iter()
        .filter(|name| !first.contains(name))
        .map(|name| capitalized(&camel(name)))
        .collect();
    if new.is_empty() {
        return (number + 1).to_string();
    }
    format!("By{}", new.join("And"))
}

/// The description of a method without remains of comments, such as `https://google.aip.dev/130 --)`.
fn without_leaked_comments(doc: &str) -> String {
    let paragraphs = doc.split("\n\n").filter(|text| !text.trim_end().ends_with("--)"));
    paragraphs.collect::<Vec<&str>>().join("\n\n").trim().to_owned()
}

/// The page with the groups of every section.
pub fn with_groups(page: Page, reporter: &mut PageReporter<'_>) -> Page {
    let mut gather = |section: Section| section_groups(section, reporter);
    let bindings = page.bindings.into_iter().map(|binding| Binding {
        path: binding.path,
        query: binding.query.map(&mut gather),
        body: binding.body.map(&mut gather),
        response: binding.response.map(&mut gather),
        types: binding.types.into_iter().map(&mut gather).collect(),
        response_types: binding.response_types.into_iter().map(&mut gather).collect(),
        ..binding
    });
    let bindings = bindings.collect();
    Page { bindings, ..page }
}

fn section_groups(section: Section, reporter: &mut PageReporter<'_>) -> Section {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for row in section.rows.iter().filter(|row| !row.group.is_empty()) {
        if !row.group.contains(&row.name) {
            let message = format!("`{}` is not in the group that it names", row.name);
            reporter.at(IMPORT_GROUP, &row.span, message);
        } else if !groups.contains(&row.group) {
            groups.push(row.group.clone());
        }
    }
    let checked = groups.iter().map(|group| group_members(group, &section.rows, reporter));
    let mut groups: Vec<Vec<String>> = checked.filter(|group| !group.is_empty()).collect();
    groups.extend(section.groups.iter().cloned());
    Section { groups, ..section }
}

/// The members of a group that are fields. Contradicting rows are reported.
fn group_members(group: &[String], rows: &[Row], reporter: &mut PageReporter<'_>) -> Vec<String> {
    let named = rows.iter().find(|row| row.group == group);
    let span = named.map(|row| row.span.clone()).unwrap_or_default();
    let mut known = Vec::new();
    for member in group {
        match rows.iter().find(|row| row.name == *member) {
            None => reporter.at(
                IMPORT_GROUP,
                &span,
                format!("the group names `{member}`, which has no row"),
            ),
            Some(row) => {
                if row.group != group {
                    let message =
                        format!("`{member}` does not name the group that other rows put it in");
                    reporter.at(IMPORT_GROUP, &row.span, message);
                }
                known.push(member.clone());
            }
        }
    }
    known
}

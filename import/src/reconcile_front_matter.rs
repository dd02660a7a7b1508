//! Reconciles a page's tables with its front matter: tables take precedence, gaps are filled, and differences are reported.

use crate::front_matter::{FrontField, FrontType, Item};
use crate::page::{Binding, Kind, Page, Row, Section, TextLimits};
use crate::page_reporter::PageReporter;
use crate::parse::table::{enum_values, read_cell};
use crate::parse::types;
use crate::scanner::lines;
use indexmap::IndexMap;
use std::ops::Range;
use typewright::diagnostics::codes::import::{
    IMPORT_DISAGREES, IMPORT_FILLED, IMPORT_FRONT_MATTER, IMPORT_OTHER_TYPE,
};

/// The page, completed by its front matter.
pub fn reconcile(page: Page, items: &[Item], reporter: &mut PageReporter<'_>) -> Page {
    let bindings = page.bindings.into_iter().map(|binding| {
        let same = |item: &&Item| item.url == binding.url.value && item.verb == Some(binding.verb);
        let Some(item) = items.iter().find(same) else {
            let message = "the front matter does not have this request";
            reporter.at(IMPORT_FRONT_MATTER, &binding.url.span, message);
            return binding;
        };
        self::binding(binding, item, reporter)
    });
    let bindings = bindings.collect();
    Page { playground: true, bindings, ..page }
}

fn binding(binding: Binding, item: &Item, reporter: &mut PageReporter<'_>) -> Binding {
    let root = |section: Option<Section>,
                front: &Option<FrontType>,
                reporter: &mut PageReporter<'_>| match front {
        Some(front) => section.map(|section| self::section(section, front, reporter)),
        None => section,
    };
    let twins: Vec<String> = headings(&binding.types);
    let types = binding.types.into_iter();
    let types = types.map(|section| definition(section, item, &twins, reporter));
    let types: Vec<Section> = types.collect();
    Binding {
        path: root(binding.path, &item.path, reporter),
        query: root(binding.query, &item.query, reporter),
        body: root(binding.body, &item.body, reporter),
        types,
        ..binding
    }
}

fn headings(sections: &[Section]) -> Vec<String> {
    let names = sections.iter().map(|section| section.heading.value.clone());
    names.collect()
}

/// A type with its definition, if the definition of that short name is this type's.
fn definition(
    section: Section,
    item: &Item,
    twins: &[String],
    reporter: &mut PageReporter<'_>,
) -> Section {
    let Some(front) = item.definitions.get(&section.heading.value) else {
        return section;
    };
    let rows = &section.rows;
    let known = |name: &String| rows.iter().any(|row| row.name == *name);
    let all_known = front.fields.keys().all(known);
    let all_defined = rows.iter().all(|row| front.fields.contains_key(&row.name));
    let fits = all_known || (all_defined && !rows.is_empty());
    let twin = twins.iter().filter(|name| **name == section.heading.value).count() > 1;
    if fits && (!twin || repeats_texts(rows, front)) {
        return self::section(section, front, reporter);
    }
    let what = if fits { "texts" } else { "fields" };
    let message = format!(
        "the definition `{}` of the front matter has other {what} than this type",
        section.heading.value
    );
    reporter.at(IMPORT_OTHER_TYPE, &section.heading.span, message);
    section
}

/// `true` if the front matter repeats the text of every row: of two types with one name, that is the one it defines.
fn repeats_texts(rows: &[Row], front: &FrontType) -> bool {
    let is_described = |row: &Row| {
        let description = front.fields.get(&row.name).map(|field| field.description.as_str());
        let first = row.doc.lines().next().unwrap_or_default();
        description.is_some_and(|description| description.contains(first))
    };
    rows.iter().any(|row| !row.doc.is_empty()) && rows.iter().all(is_described)
}

fn section(section: Section, front: &FrontType, reporter: &mut PageReporter<'_>) -> Section {
    let mut rows: Vec<Row> = Vec::new();
    for row in section.rows {
        let Some(field) = front.fields.get(&row.name) else {
            if !front.partial {
                let message = format!("the front matter has no field `{}`", row.name);
                reporter.at(IMPORT_DISAGREES, &row.span, message);
            }
            rows.push(row);
            continue;
        };
        let required = front.required.contains(&row.name);
        if required != row.required && !front.partial {
            let word = if required { "required" } else { "optional" };
            let message = format!("the front matter calls `{}` {word}", row.name);
            reporter.at(IMPORT_DISAGREES, &row.span, message);
        }
        rows.push(self::row(row, field, reporter));
    }
    for (name, field) in &front.fields {
        if !rows.iter().any(|row| row.name == *name) {
            let message = format!("the table lacks the field `{name}` of the front matter");
            reporter.at(IMPORT_DISAGREES, &section.heading.span, message);
            rows.extend(only_in_front(name, field, front, &section.heading.span));
        }
    }
    let groups = groups(&rows, front, &section.heading.span, reporter);
    Section { rows, groups, closed: front.closed, ..section }
}

/// The groups that only the front matter has. One whose fields the table groups in another way is reported.
fn groups(
    rows: &[Row],
    front: &FrontType,
    span: &Range<usize>,
    reporter: &mut PageReporter<'_>,
) -> Vec<Vec<String>> {
    let mut filled = Vec::new();
    for group in &front.groups {
        let mut grouped =
            rows.iter().filter(|row| group.contains(&row.name) && !row.group.is_empty());
        let names = group.join("`, `");
        match grouped.next() {
            None => {
                let message =
                    format!("the table does not state that only one of `{names}` may be set");
                reporter.at(IMPORT_FILLED, span, message);
                filled.push(group.clone());
            }
            Some(row)
                if row.group.len() != group.len()
                    || !group.iter().all(|name| row.group.contains(name)) =>
            {
                let message = format!("the front matter has another group, of `{names}`");
                reporter.at(IMPORT_DISAGREES, &row.span, message);
            }
            Some(_) => {}
        }
    }
    filled
}

/// A field without a row, from its description in the front matter.
fn only_in_front(
    name: &str,
    field: &FrontField,
    front: &FrontType,
    span: &Range<usize>,
) -> Option<Row> {
    let (kind, _) = types::read(field.description.lines().next()?)?;
    let prose: Vec<_> = lines(&field.description, span.start).skip(1).collect();
    let mut unsaid = typewright::diagnostics::Diagnostics::new();
    let mut quiet = PageReporter::new(typewright::source::FileId(0), &mut unsaid);
    let cell = read_cell(&kind, &prose, &mut quiet);
    let mut values = cell.values;
    for value in &field.values {
        values.entry(value.clone()).or_default();
    }
    Some(Row {
        name: name.to_owned(),
        repeated: field.repeated,
        kind,
        required: front.required.iter().any(|required| required == name),
        deprecated: field.deprecated || cell.deprecated,
        unique: field.unique,
        doc: cell.doc,
        limits: cell.limits,
        values,
        group: cell.group,
        span: span.clone(),
    })
}

fn row(mut row: Row, field: &FrontField, reporter: &mut PageReporter<'_>) -> Row {
    let described = field.description.lines().next().and_then(types::read);
    if !bases(&row.kind).contains(&field.base.as_str()) {
        let message = format!("the front matter has `{}` as `{}`", row.name, field.base);
        reporter.at(IMPORT_DISAGREES, &row.span, message);
    } else if described.is_some_and(|(kind, _)| !same(&kind, &row.kind)) {
        let first = field.description.lines().next().unwrap_or_default();
        let message = format!("the front matter has `{}` as {first}", row.name);
        reporter.at(IMPORT_DISAGREES, &row.span, message);
    }
    if field.repeated != row.repeated {
        let word = if field.repeated { "a list" } else { "no list" };
        let code = if field.repeated { IMPORT_FILLED } else { IMPORT_DISAGREES };
        reporter.at(code, &row.span, format!("the front matter has `{}` as {word}", row.name));
        row.repeated = true;
    }
    row.unique |= field.unique;
    if field.deprecated && !row.deprecated {
        let message = format!("the table does not mark `{}` as deprecated", row.name);
        reporter.at(IMPORT_FILLED, &row.span, message);
        row.deprecated = true;
    }
    if matches!(row.kind, Kind::Enum(..)) {
        row.values = values(&row, field, reporter);
    }
    limits(&mut row, field, reporter);
    row
}

/// `true` if two types are equal, apart from an enum's full name, which only prose has.
fn same(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Enum(one, _), Kind::Enum(other, _)) => one == other,
        (Kind::Map(one), Kind::Map(other)) => same(one, other),
        _ => one == other,
    }
}

/// The names that a type may have in the front matter; a reference has none.
fn bases(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Text(_) | Kind::Enum(..) => &["string"],
        Kind::Boolean => &["boolean"],
        Kind::Integer => &["integer"],
        Kind::Number => &["number"],
        Kind::Message(_) => &[""],
        Kind::Free => &["object", ""],
        Kind::Map(_) => &["object"],
        Kind::Either(_) => &["object", "string", "boolean", "integer", "number", ""],
    }
}

/// The values of an enum, with the member for values that were not given if only the front matter has it.
fn values(
    row: &Row,
    field: &FrontField,
    reporter: &mut PageReporter<'_>,
) -> IndexMap<String, String> {
    let missing: Vec<&String> =
        field.values.iter().filter(|value| !row.values.contains_key(*value)).collect();
    let extra = row.values.keys().any(|value| !field.values.contains(value));
    let unspecified = missing.iter().all(|value| value.ends_with("_UNSPECIFIED"));
    if !extra && unspecified {
        texts(row, field, reporter);
    }
    if field.values.is_empty() || (missing.is_empty() && !extra) {
        return row.values.clone();
    }
    if row.values.is_empty() || (unspecified && !extra) {
        let message = format!("the table lacks the values {missing:?} of `{}`", row.name);
        reporter.at(IMPORT_FILLED, &row.span, message);
        let filled = missing.into_iter().map(|value| (value.clone(), String::new()));
        return filled.chain(row.values.clone()).collect();
    }
    let message =
        format!("the front matter has other values for `{}`: {:?}", row.name, field.values);
    reporter.at(IMPORT_DISAGREES, &row.span, message);
    row.values.clone()
}

/// Reports values that the front matter lists in another order or with other texts: they may be those of another enum.
fn texts(row: &Row, field: &FrontField, reporter: &mut PageReporter<'_>) {
    let description: Vec<_> = lines(&field.description, 0).collect();
    let (values, _) = enum_values(&description);
    let flat = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = values
        .iter()
        .any(|(value, text)| row.values.get(value).is_some_and(|other| flat(other) != flat(text)));
    let order = values.len() == row.values.len() && !values.keys().eq(row.values.keys());
    if text || order {
        let what = if text { "texts" } else { "places" };
        let message = format!("the front matter has other {what} for the values of `{}`", row.name);
        reporter.at(IMPORT_DISAGREES, &row.span, message);
    }
}

fn limits(row: &mut Row, field: &FrontField, reporter: &mut PageReporter<'_>) {
    let is_map = matches!(row.kind, Kind::Map(_));
    let text_limits = if is_map {
        // The first version of the playground writes a map as a string with the pattern of its keys.
        &mut row.limits.key
    } else if row.repeated && row.limits.direct.pattern.is_none() {
        &mut row.limits.each
    } else {
        &mut row.limits.direct
    };
    match (&text_limits.pattern, &field.pattern) {
        (None, Some(pattern)) => {
            let message = format!("the table lacks the pattern of `{}`", row.name);
            reporter.at(IMPORT_FILLED, &row.span, message);
            text_limits.pattern = Some(pattern.clone());
        }
        (Some(one), Some(other)) if one != other => {
            let message =
                format!("the front matter has another pattern for `{}`: {other}", row.name);
            reporter.at(IMPORT_DISAGREES, &row.span, message);
        }
        _ => {}
    }
    if !is_map {
        return;
    }
    let none = TextLimits::default();
    let limits = &mut row.limits;
    let before = limits.clone();
    if limits.each == none {
        limits.each = field.each.clone();
    }
    if limits.key == none {
        limits.key = field.key.clone();
    }
    limits.count.max = limits.count.max.or(field.most);
    if *limits != before {
        let message = format!("the table lacks limits of the map `{}`", row.name);
        reporter.at(IMPORT_FILLED, &row.span, message);
    }
}

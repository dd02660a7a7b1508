//! Holds a page's tables against its front matter: the tables are followed, what they leave out is taken over, and each difference is said.

use crate::front_matter::{FrontField, FrontType, Item};
use crate::page::{Binding, Kind, Page, Row, Section, TextLimits};
use crate::parse::{cell, enums, types};
use crate::say::Say;
use crate::text::lines;
use indexmap::IndexMap;
use std::ops::Range;
use typewright::diagnostics::codes::import::{
    IMPORT_DISAGREES, IMPORT_FILLED, IMPORT_FRONT_MATTER, IMPORT_OTHER_TYPE,
};

/// The page with what only its front matter says.
pub fn page(page: Page, items: &[Item], say: &mut Say<'_>) -> Page {
    let bindings = page.bindings.into_iter().map(|binding| {
        let same = |item: &&Item| item.url == binding.url.value && item.verb == Some(binding.verb);
        let Some(item) = items.iter().find(same) else {
            let message = "the front matter does not have this request";
            say.at(IMPORT_FRONT_MATTER, &binding.url.span, message);
            return binding;
        };
        self::binding(binding, item, say)
    });
    let bindings = bindings.collect();
    Page {
        playground: true,
        bindings,
        ..page
    }
}

fn binding(binding: Binding, item: &Item, say: &mut Say<'_>) -> Binding {
    let root = |section: Option<Section>, front: &Option<FrontType>, say: &mut Say<'_>| match front
    {
        Some(front) => section.map(|section| self::section(section, front, say)),
        None => section,
    };
    let twins: Vec<String> = headings(&binding.types);
    let types = binding.types.into_iter();
    let types = types.map(|section| definition(section, item, &twins, say));
    let types: Vec<Section> = types.collect();
    Binding {
        path: root(binding.path, &item.path, say),
        query: root(binding.query, &item.query, say),
        body: root(binding.body, &item.body, say),
        types,
        ..binding
    }
}

fn headings(sections: &[Section]) -> Vec<String> {
    let names = sections.iter().map(|section| section.heading.value.clone());
    names.collect()
}

/// A type with its definition, if the definition of that short name is this type's.
fn definition(section: Section, item: &Item, twins: &[String], say: &mut Say<'_>) -> Section {
    let Some(front) = item.definitions.get(&section.heading.value) else {
        return section;
    };
    let rows = &section.rows;
    let known = |name: &String| rows.iter().any(|row| row.name == *name);
    let all_known = front.fields.keys().all(known);
    let all_defined = rows.iter().all(|row| front.fields.contains_key(&row.name));
    let fits = all_known || (all_defined && !rows.is_empty());
    let twin = twins
        .iter()
        .filter(|name| **name == section.heading.value)
        .count()
        > 1;
    if fits && (!twin || has_words(rows, front)) {
        return self::section(section, front, say);
    }
    let what = if fits { "texts" } else { "fields" };
    let message = format!(
        "the definition `{}` of the front matter has other {what} than this type",
        section.heading.value
    );
    say.at(IMPORT_OTHER_TYPE, &section.heading.span, message);
    section
}

/// Whether each row's text is in the front matter's text of the field: of two types with one name, the definition is the one that it
/// describes in the same words.
fn has_words(rows: &[Row], front: &FrontType) -> bool {
    let told = |row: &Row| {
        let words = front
            .fields
            .get(&row.name)
            .map(|field| field.words.as_str());
        let first = row.doc.lines().next().unwrap_or_default();
        words.is_some_and(|words| words.contains(first))
    };
    rows.iter().any(|row| !row.doc.is_empty()) && rows.iter().all(told)
}

fn section(section: Section, front: &FrontType, say: &mut Say<'_>) -> Section {
    let mut rows: Vec<Row> = Vec::new();
    for row in section.rows {
        let Some(field) = front.fields.get(&row.name) else {
            if !front.partial {
                let message = format!("the front matter has no field `{}`", row.name);
                say.at(IMPORT_DISAGREES, &row.span, message);
            }
            rows.push(row);
            continue;
        };
        let required = front.required.contains(&row.name);
        if required != row.required && !front.partial {
            let word = if required { "required" } else { "optional" };
            let message = format!("the front matter calls `{}` {word}", row.name);
            say.at(IMPORT_DISAGREES, &row.span, message);
        }
        rows.push(self::row(row, field, say));
    }
    for (name, field) in &front.fields {
        if !rows.iter().any(|row| row.name == *name) {
            let message = format!("the table lacks the field `{name}` of the front matter");
            say.at(IMPORT_DISAGREES, &section.heading.span, message);
            rows.extend(only_in_front(name, field, front, &section.heading.span));
        }
    }
    let groups = groups(&rows, front, &section.heading.span, say);
    Section {
        rows,
        groups,
        closed: front.closed,
        ..section
    }
}

/// The groups that only the front matter has. One whose fields the table groups in another way is reported.
fn groups(
    rows: &[Row],
    front: &FrontType,
    span: &Range<usize>,
    say: &mut Say<'_>,
) -> Vec<Vec<String>> {
    let mut filled = Vec::new();
    for group in &front.groups {
        let mut told = rows
            .iter()
            .filter(|row| group.contains(&row.name) && !row.group.is_empty());
        let names = group.join("`, `");
        match told.next() {
            None => {
                say.at(
                    IMPORT_FILLED,
                    span,
                    format!("that only one of `{names}` may be set"),
                );
                filled.push(group.clone());
            }
            Some(row)
                if row.group.len() != group.len()
                    || !group.iter().all(|name| row.group.contains(name)) =>
            {
                let message = format!("the front matter has another group, of `{names}`");
                say.at(IMPORT_DISAGREES, &row.span, message);
            }
            Some(_) => {}
        }
    }
    filled
}

/// A field without a row, from the same words in the front matter.
fn only_in_front(
    name: &str,
    field: &FrontField,
    front: &FrontType,
    span: &Range<usize>,
) -> Option<Row> {
    let (kind, _) = types::read(field.words.lines().next()?)?;
    let words: Vec<_> = lines(&field.words, span.start).skip(1).collect();
    let mut unsaid = typewright::diagnostics::Diagnostics::new();
    let mut quiet = Say::of(typewright::source::FileId(0), &mut unsaid);
    let cell = cell::read(&kind, &words, &mut quiet);
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

fn row(mut row: Row, field: &FrontField, say: &mut Say<'_>) -> Row {
    let words = field.words.lines().next().and_then(types::read);
    if !bases(&row.kind).contains(&field.base.as_str()) {
        let message = format!("the front matter has `{}` as `{}`", row.name, field.base);
        say.at(IMPORT_DISAGREES, &row.span, message);
    } else if words.is_some_and(|(kind, _)| !same(&kind, &row.kind)) {
        let first = field.words.lines().next().unwrap_or_default();
        let message = format!("the front matter has `{}` as {first}", row.name);
        say.at(IMPORT_DISAGREES, &row.span, message);
    }
    if field.repeated != row.repeated {
        let word = if field.repeated { "a list" } else { "no list" };
        let code = if field.repeated {
            IMPORT_FILLED
        } else {
            IMPORT_DISAGREES
        };
        say.at(
            code,
            &row.span,
            format!("the front matter has `{}` as {word}", row.name),
        );
        row.repeated = true;
    }
    row.unique |= field.unique;
    if field.deprecated && !row.deprecated {
        say.at(IMPORT_FILLED, &row.span, "that this field is deprecated");
        row.deprecated = true;
    }
    if matches!(row.kind, Kind::Enum(..)) {
        row.values = values(&row, field, say);
    }
    limits(&mut row, field, say);
    row
}

/// Whether two types are written alike; the prose alone has an enum's full name.
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
fn values(row: &Row, field: &FrontField, say: &mut Say<'_>) -> IndexMap<String, String> {
    let missing: Vec<&String> = field
        .values
        .iter()
        .filter(|value| !row.values.contains_key(*value))
        .collect();
    let extra = row.values.keys().any(|value| !field.values.contains(value));
    let unspecified = missing.iter().all(|value| value.ends_with("_UNSPECIFIED"));
    if !extra && unspecified {
        texts(row, field, say);
    }
    if field.values.is_empty() || (missing.is_empty() && !extra) {
        return row.values.clone();
    }
    if row.values.is_empty() || (unspecified && !extra) {
        say.at(
            IMPORT_FILLED,
            &row.span,
            format!("the values {missing:?} of `{}`", row.name),
        );
        let filled = missing
            .into_iter()
            .map(|value| (value.clone(), String::new()));
        return filled.chain(row.values.clone()).collect();
    }
    let message = format!(
        "the front matter has other values for `{}`: {:?}",
        row.name, field.values
    );
    say.at(IMPORT_DISAGREES, &row.span, message);
    row.values.clone()
}

/// Says where the front matter lists the same values in another order or with other texts: it may have those of another enum.
fn texts(row: &Row, field: &FrontField, say: &mut Say<'_>) {
    let words: Vec<_> = lines(&field.words, 0).collect();
    let (told, _) = enums::values(&words);
    let flat = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = told.iter().any(|(value, text)| {
        row.values
            .get(value)
            .is_some_and(|own| flat(own) != flat(text))
    });
    let order = told.len() == row.values.len() && !told.keys().eq(row.values.keys());
    if text || order {
        let what = if text { "texts" } else { "places" };
        let message = format!(
            "the front matter has other {what} for the values of `{}`",
            row.name
        );
        say.at(IMPORT_DISAGREES, &row.span, message);
    }
}

fn limits(row: &mut Row, field: &FrontField, say: &mut Say<'_>) {
    let is_map = matches!(row.kind, Kind::Map(_));
    let own = if is_map {
        // The first version of the playground writes a map as a string with the pattern of its keys.
        &mut row.limits.key
    } else if row.repeated && row.limits.own.pattern.is_none() {
        &mut row.limits.each
    } else {
        &mut row.limits.own
    };
    match (&own.pattern, &field.pattern) {
        (None, Some(pattern)) => {
            say.at(
                IMPORT_FILLED,
                &row.span,
                format!("the pattern of `{}`", row.name),
            );
            own.pattern = Some(pattern.clone());
        }
        (Some(one), Some(other)) if one != other => {
            let message = format!(
                "the front matter has another pattern for `{}`: {other}",
                row.name
            );
            say.at(IMPORT_DISAGREES, &row.span, message);
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
        say.at(
            IMPORT_FILLED,
            &row.span,
            format!("limits of the map `{}`", row.name),
        );
    }
}

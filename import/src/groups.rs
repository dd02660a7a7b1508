//! Gathers the groups of which at most one field may be set from the rows that name them.

use crate::page::{Binding, Page, Row, Section};
use crate::say::Say;
use typewright::diagnostics::codes::import::IMPORT_GROUP;

/// The page with the groups of every section.
pub fn page(page: Page, say: &mut Say<'_>) -> Page {
    let mut gather = |section: Section| self::section(section, say);
    let bindings = page.bindings.into_iter().map(|binding| Binding {
        path: binding.path,
        query: binding.query.map(&mut gather),
        body: binding.body.map(&mut gather),
        reply: binding.reply.map(&mut gather),
        types: binding.types.into_iter().map(&mut gather).collect(),
        reply_types: binding.reply_types.into_iter().map(&mut gather).collect(),
        ..binding
    });
    let bindings = bindings.collect();
    Page { bindings, ..page }
}

fn section(section: Section, say: &mut Say<'_>) -> Section {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for row in section.rows.iter().filter(|row| !row.group.is_empty()) {
        if !row.group.contains(&row.name) {
            let message = format!("`{}` is not in the group that it names", row.name);
            say.at(IMPORT_GROUP, &row.span, message);
        } else if !groups.contains(&row.group) {
            groups.push(row.group.clone());
        }
    }
    let checked = groups
        .iter()
        .map(|group| members(group, &section.rows, say));
    let mut groups: Vec<Vec<String>> = checked.filter(|group| !group.is_empty()).collect();
    groups.extend(section.groups.iter().cloned());
    Section { groups, ..section }
}

/// The members of a group that are fields. What a row of theirs says otherwise is reported.
fn members(group: &[String], rows: &[Row], say: &mut Say<'_>) -> Vec<String> {
    let named = rows.iter().find(|row| row.group == group);
    let span = named.map(|row| row.span.clone()).unwrap_or_default();
    let mut known = Vec::new();
    for member in group {
        match rows.iter().find(|row| row.name == *member) {
            None => say.at(
                IMPORT_GROUP,
                &span,
                format!("the group names `{member}`, which has no row"),
            ),
            Some(row) => {
                if row.group != group {
                    let message =
                        format!("`{member}` does not name the group that other rows put it in");
                    say.at(IMPORT_GROUP, &row.span, message);
                }
                known.push(member.clone());
            }
        }
    }
    known
}

//! Pages as the document or the configuration declares them.

use super::recognise::items;
use super::view::View;
use crate::api::model::{Json, NextPage, Pagination};

/// What `x-typewright-pagination` says: `{style: token, token: pageToken, next: nextPageToken, size: pageSize, items:
/// results}`; `style` is `page`, `offset`, `index`, `token`, `last-item`, `link` or `header`.
///
/// # Errors
/// What of it does not fit the operation.
pub fn declared(view: View<'_>, said: &Json) -> Result<Pagination, String> {
    let text = |name: &str| said.get(name).and_then(Json::as_str);
    let parameter = |names: &[&str]| {
        let given = names.iter().find_map(|name| text(name));
        let name = given.ok_or_else(|| format!("`{}` is missing", names.join("` or `")))?;
        match view.parameter(name) {
            Some(_) => Ok(name.to_owned()),
            None => Err(format!("the operation has no query parameter `{name}`")),
        }
    };
    let member = |name: &str| {
        let said = text(name).ok_or_else(|| format!("`{name}` is missing"))?;
        path(view, said)
    };
    let optional = |name: &str| text(name).map(|said| path(view, said)).transpose();
    let items = optional("items")?.or_else(|| items(view));
    let next = match text("style") {
        Some("page" | "number") => NextPage::Number {
            parameter: parameter(&["page", "parameter"])?,
            first: said.get("first").and_then(Json::as_u64).unwrap_or(1),
        },
        Some("offset") => NextPage::Offset {
            parameter: parameter(&["offset", "parameter"])?,
        },
        Some("index") => NextPage::Index {
            parameter: parameter(&["index", "parameter"])?,
        },
        Some("last-item") => NextPage::LastItem {
            parameter: parameter(&["after", "parameter"])?,
            path: of_item(view, items.as_deref(), text("id").unwrap_or("id"))?,
        },
        Some("token" | "cursor") => NextPage::Token {
            parameter: parameter(&["token", "cursor", "parameter"])?,
            path: member("next")?,
        },
        Some("link") => NextPage::Link {
            path: member("next")?,
        },
        Some("header") => NextPage::LinkHeader,
        Some(other) => return Err(format!("`{other}` is no style of pagination")),
        None => return Err("`style` is missing".to_owned()),
    };
    let size = text("size").map(|_| parameter(&["size"])).transpose()?;
    Ok(Pagination {
        next,
        items,
        limit: size,
        more: optional("more")?,
        total: optional("total")?,
    })
}

/// A member of a page: a JSON pointer, or names with dots between.
fn path(view: View<'_>, said: &str) -> Result<Vec<String>, String> {
    let path = names(said);
    match view.at(&path) {
        Some(_) => Ok(path),
        None => Err(format!("a reply has no member `{said}`")),
    }
}

/// A member of the items of a page.
fn of_item(view: View<'_>, items: Option<&[String]>, said: &str) -> Result<Vec<String>, String> {
    let path = names(said);
    let list = items.and_then(|items| view.at(items));
    let item = list.and_then(|list| view.item(list));
    match item.and_then(|item| view.from(item, &path)) {
        Some(_) => Ok(path),
        None => Err(format!("the items of a page have no member `{said}`")),
    }
}

fn names(said: &str) -> Vec<String> {
    let pointed = |name: &str| name.replace("~1", "/").replace("~0", "~");
    match said.strip_prefix('/') {
        Some(pointer) => pointer.split('/').map(pointed).collect(),
        None if said.is_empty() => Vec::new(),
        None => said.split('.').map(str::to_owned).collect(),
    }
}

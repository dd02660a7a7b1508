//! Pagination of operations: as declared, else recognized by the names and types of parameters and properties.

use super::model::{Json, NextPage, Operation, Pagination, Parameter, Schemas, Shape};
use super::response_view::{plain, Property, ResponseView};
use std::collections::BTreeMap;

/// Parameters with the number of the page.
const NUMBER: [&str; 7] =
    ["page", "pagenumber", "pagenum", "pageno", "pageindex", "currentpage", "p"];
/// Parameters with the number of items before the page.
const OFFSET: [&str; 5] = ["offset", "skip", "startat", "start", "firstresult"];
/// Parameters with the position of the first item, counted from 1 (SCIM, OpenSearch).
const INDEX: [&str; 1] = ["startindex"];
/// Parameters with the id of the previous page's last item.
const LAST_ITEM: [&str; 4] = ["startingafter", "startafter", "afterid", "after"];
/// Properties with the number of all items.
const TOTAL: [&str; 1] = ["totalresults"];
/// Parameters with a token from the previous page.
const TOKEN: [&str; 14] = [
    "pagetoken",
    "nextpagetoken",
    "cursor",
    "pagecursor",
    "nextcursor",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "marker",
    "paginationtoken",
    "startcursor",
    "starttoken",
    "after",
    "page",
];
/// Parameters with the maximum number of items per page.
const LIMIT: [&str; 13] = [
    "limit",
    "pagesize",
    "perpage",
    "itemsperpage",
    "maxresults",
    "maxitems",
    "pagelimit",
    "resultsperpage",
    "count",
    "size",
    "first",
    "top",
    "max",
];
/// Properties with the token of the next page.
const NEXT_TOKEN: [&str; 10] = [
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "nextmarker",
    "nextcontinuationtoken",
    "continuationtoken",
    "endcursor",
    "nextpage",
    "nextpagecursor",
    "next",
];
/// Properties with the URL of the next page.
const NEXT_URL: [&str; 8] = [
    "next",
    "nexturl",
    "nextlink",
    "nextpageurl",
    "nextpagelink",
    "nextpageuri",
    "nexthref",
    "odatanextlink",
];
/// Properties that are `true` if more pages follow.
const MORE: [&str; 5] = ["hasmore", "hasnext", "hasnextpage", "hasmoreitems", "hasmorepages"];
/// Lists in a page that are not its items.
const OTHER_LISTS: [&str; 6] = ["links", "errors", "warnings", "facets", "messages", "included"];
/// Names of the list of items in a page with several lists.
const ITEMS: [&str; 12] = [
    "items", "results", "data", "values", "records", "entries", "elements", "content", "rows",
    "objects", "list", "value",
];

/// Settings by `operationId`, `METHOD /path` or `*`, such as `[pagination]` of the configuration.
pub type OperationSettings = BTreeMap<String, Json>;

/// Returns the settings of the operation with one of these ids, or of this method and path.
pub(super) fn configured<'s>(
    settings: &'s OperationSettings,
    ids: &[String; 2],
    method: &str,
    path: &str,
) -> Option<&'s Json> {
    let line = format!("{method} {path}");
    let mut names = ids.iter().map(String::as_str).chain([line.as_str(), "*"]);
    names.find_map(|name| settings.get(name))
}

/// Returns the pagination of an operation; and why the declared one does not fit, in which case the recognized one
/// applies.
pub(super) fn pagination(
    operation: &Operation,
    schemas: &Schemas,
    declared: Option<&Json>,
) -> (Option<Pagination>, Option<String>) {
    let view = ResponseView { operation, schemas };
    match declared.map(|json| (json, declared_pagination(view, json))) {
        None => (recognize(view), None),
        Some((Json::Bool(false), _)) => (None, None),
        Some((_, Ok(pagination))) => (Some(pagination), None),
        Some((_, Err(reason))) => (recognize(view), Some(reason)),
    }
}

/// Reads `x-typewright-pagination`: `{style: token, token: pageToken, next: nextPageToken, size: pageSize, items:
/// results}`; `style` is `page`, `offset`, `index`, `token`, `last-item`, `link` or `header`.
///
/// # Errors
/// Returns what does not fit the operation.
fn declared_pagination(view: ResponseView<'_>, declared: &Json) -> Result<Pagination, String> {
    let text = |name: &str| declared.get(name).and_then(Json::as_str);
    let parameter = |keys: &[&str]| {
        let name = keys
            .iter()
            .find_map(|key| text(key))
            .ok_or_else(|| format!("`{}` is missing", keys.join("` or `")))?;
        match view.query_parameter(name) {
            Some(_) => Ok(name.to_owned()),
            None => Err(format!("the operation has no query parameter `{name}`")),
        }
    };
    let property_path = |text: &str| {
        let path = parse_path(text);
        match view.at(&path) {
            Some(_) => Ok(path),
            None => Err(format!("the response has no property `{text}`")),
        }
    };
    let required_path = |key: &str| {
        let text = text(key).ok_or_else(|| format!("`{key}` is missing"))?;
        property_path(text)
    };
    let optional_path = |key: &str| text(key).map(property_path).transpose();
    let items = optional_path("items")?.or_else(|| recognize_items(view));
    let next = match text("style") {
        Some("page" | "number") => NextPage::Number {
            parameter: parameter(&["page", "parameter"])?,
            first: declared.get("first").and_then(Json::as_u64).unwrap_or(1),
        },
        Some("offset") => NextPage::Offset { parameter: parameter(&["offset", "parameter"])? },
        Some("index") => NextPage::Index { parameter: parameter(&["index", "parameter"])? },
        Some("last-item") => {
            let parameter = parameter(&["after", "parameter"])?;
            let id = text("id").unwrap_or("id");
            let path = parse_path(id);
            let list = items.as_ref().and_then(|items| view.at(items));
            let item = list.and_then(|list| view.item(list));
            item.and_then(|item| view.within(item, &path))
                .ok_or_else(|| format!("the items of a page have no property `{id}`"))?;
            NextPage::LastItem { parameter, path }
        }
        Some("token" | "cursor") => NextPage::Token {
            parameter: parameter(&["token", "cursor", "parameter"])?,
            path: required_path("next")?,
        },
        Some("link") => NextPage::Link { path: required_path("next")? },
        Some("header") => NextPage::LinkHeader,
        Some(other) => return Err(format!("`{other}` is not a style of pagination")),
        None => return Err("`style` is missing".to_owned()),
    };
    let limit = text("size").map(|_| parameter(&["size"])).transpose()?;
    Ok(Pagination {
        next,
        items,
        limit,
        more: optional_path("more")?,
        total: optional_path("total")?,
    })
}

/// Parses the path of a property: a JSON pointer, or names separated by dots.
fn parse_path(text: &str) -> Vec<String> {
    match text.strip_prefix('/') {
        Some(pointer) => {
            let tokens = pointer.split('/');
            tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect()
        }
        None if text.is_empty() => Vec::new(),
        None => text.split('.').map(str::to_owned).collect(),
    }
}

/// Returns the pagination that names and types leave little doubt of.
///
/// Information from the server precedes counting; if a page has a number as well as a token, the number is used,
/// because it needs no further parameters.
fn recognize(view: ResponseView<'_>) -> Option<Pagination> {
    if view.operation.method != "GET" {
        return None;
    }
    let items = recognize_items(view);
    let more = view.property_named(&MORE, |value| matches!(view.shape(value), Some(Shape::Bool)));
    let counted = || items.is_some().then(|| page_number(view).or_else(|| position(view)))?;
    let next = link_header(view)
        .or_else(|| links(view))
        .or_else(|| url(view))
        .or_else(counted)
        .or_else(|| token(view))
        .or_else(|| last_item(view, items.as_deref()?, more.as_ref()))?;
    let has_total = matches!(next, NextPage::Index { .. });
    let total = || view.property_named(&TOTAL, |value| view.is_count(value));
    Some(Pagination {
        total: has_total.then(total).flatten(),
        next,
        items,
        limit: view.parameter_named(&LIMIT).map(|parameter| parameter.name.clone()),
        more,
    })
}

/// Returns the path of the items in a page.
fn recognize_items(view: ResponseView<'_>) -> Option<Vec<String>> {
    if view.is_list(view.page()?) {
        return Some(Vec::new());
    }
    let lists = |depth: usize| {
        let lists = view.properties().into_iter().filter(move |property| {
            property.path.len() == depth
                && view.is_list(property.value)
                && !OTHER_LISTS.contains(&property.name().as_str())
        });
        lists.collect::<Vec<_>>()
    };
    let only_or_named = |mut lists: Vec<Property<'_>>| {
        if lists.len() < 2 {
            return lists.pop().map(|list| list.path);
        }
        let find = |name: &&str| lists.iter().find(|list| list.name() == *name);
        ITEMS.iter().find_map(find).map(|list| list.path.clone())
    };
    [1, 2].into_iter().find_map(|depth| only_or_named(lists(depth)))
}

/// `true` if the operation has a parameter of counted pages.
fn is_counted(view: ResponseView<'_>) -> bool {
    let parameters = [&LIMIT[..], &NUMBER, &OFFSET].concat();
    view.parameter_named(&parameters).is_some()
}

fn link_header(view: ResponseView<'_>) -> Option<NextPage> {
    let mut headers = view.response()?.headers.iter();
    let is_declared = headers.any(|header| header.name.eq_ignore_ascii_case("link"));
    let is_paged = is_counted(view) || view.parameter_named(&TOKEN).is_some();
    (is_declared && is_paged).then_some(NextPage::LinkHeader)
}

/// Recognizes a list of links with `rel` and `href` in a counted page, or an object of links with `next`.
fn links(view: ResponseView<'_>) -> Option<NextPage> {
    let properties = view.properties();
    let links = properties.iter().find(|property| {
        property.path.len() == 1 && matches!(property.name().as_str(), "links" | "link")
    })?;
    let shape = view.shape(links.value)?;
    if let Shape::List(list) = shape {
        let link = view.object(&list.item)?;
        let is_link = ["rel", "href"].iter().all(|name| link.properties.contains_key(*name));
        let path = links.path.clone();
        return (is_link && is_counted(view)).then_some(NextPage::Link { path });
    }
    let Shape::Object(object) = shape else {
        return None;
    };
    let mut path = links.path.clone();
    path.push("next".to_owned());
    object.properties.contains_key("next").then_some(NextPage::Link { path })
}

/// Recognizes a URL in a page of an operation without a token parameter.
fn url(view: ResponseView<'_>) -> Option<NextPage> {
    let tokens: Vec<_> = TOKEN.into_iter().filter(|name| *name != "page").collect();
    if view.parameter_named(&tokens).is_some() || !is_counted(view) {
        return None;
    }
    let path = view.property_named(&NEXT_URL, |value| view.is_text(value))?;
    Some(NextPage::Link { path })
}

fn page_number(view: ResponseView<'_>) -> Option<NextPage> {
    let parameter = view.parameter_named(&NUMBER)?;
    let default = u64::from(plain(&parameter.name) != "pageindex");
    view.is_count(&parameter.value).then(|| NextPage::Number {
        parameter: parameter.name.clone(),
        first: first_number(view, parameter).unwrap_or(default),
    })
}

/// Returns the default of a counting parameter, else its minimum if that is 0 or 1.
fn first_number(view: ResponseView<'_>, parameter: &Parameter) -> Option<u64> {
    let schema = view.schema(parameter.value.schema)?;
    let default = parameter.value.default.as_ref().or(schema.default.as_ref());
    let minimum = || schema.constraints.minimum.as_ref()?.parse().ok();
    default.and_then(Json::as_u64).or_else(|| minimum().filter(|minimum| *minimum < 2))
}

/// Recognizes the position of the first item, counted from 0 or 1, next to a limit.
fn position(view: ResponseView<'_>) -> Option<NextPage> {
    let is_limited = view.parameter_named(&LIMIT).is_some();
    let counting = |names: &[&str]| {
        let parameter = view.parameter_named(names)?;
        (view.is_count(&parameter.value) && is_limited).then_some(parameter)
    };
    let name = |parameter: &Parameter| parameter.name.clone();
    if let Some(offset) = counting(&OFFSET) {
        let parameter = name(offset);
        return Some(NextPage::Offset { parameter });
    }
    let index = counting(&INDEX)?;
    let parameter = name(index);
    Some(match first_number(view, index) {
        Some(0) => NextPage::Offset { parameter },
        Some(_) | None => NextPage::Index { parameter },
    })
}

/// Recognizes a page of items with an id that also states whether more pages follow.
fn last_item(
    view: ResponseView<'_>,
    items: &[String],
    more: Option<&Vec<String>>,
) -> Option<NextPage> {
    more?;
    let parameter = view.parameter_named(&LAST_ITEM)?.name.clone();
    let path = vec!["id".to_owned()];
    let id = view.within(view.item(view.at(items)?)?, &path)?;
    (view.is_text(id) || view.is_integer(id)).then_some(NextPage::LastItem { parameter, path })
}

fn token(view: ResponseView<'_>) -> Option<NextPage> {
    let parameter = view.parameter_named(&TOKEN)?.name.clone();
    let is_token = |value: &_| view.is_text(value) || view.is_integer(value);
    let path = view.property_named(&NEXT_TOKEN, is_token)?;
    Some(NextPage::Token { parameter, path })
}

//! Pages recognised by the names of parameters and members.

use super::view::{plain, Member, View};
use crate::api::model::{NextPage, Pagination, Parameter, Shape};

const NUMBER: [&str; 7] = [
    "page",
    "pagenumber",
    "pagenum",
    "pageno",
    "pageindex",
    "currentpage",
    "p",
];
const OFFSET: [&str; 5] = ["offset", "skip", "startat", "start", "firstresult"];
/// The place of the first item, counted from 1 (SCIM, OpenSearch).
const INDEX: [&str; 1] = ["startindex"];
/// What names the last item of the page before.
const LAST_ITEM: [&str; 4] = ["startingafter", "startafter", "afterid", "after"];
const TOTAL: [&str; 1] = ["totalresults"];
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
/// Members that hold the token of the next page.
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
/// Members that hold the URL of the next page.
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
const MORE: [&str; 5] = [
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmoreitems",
    "hasmorepages",
];
/// Lists of a page that are not what it is a page of.
const ASIDE: [&str; 6] = [
    "links", "errors", "warnings", "facets", "messages", "included",
];
/// What the list of a page is called where it has several.
const ITEMS: [&str; 12] = [
    "items", "results", "data", "values", "records", "entries", "elements", "content", "rows",
    "objects", "list", "value",
];

/// How the pages of an operation follow each other, where names and types leave little doubt.
///
/// What the server itself says of the next page goes before what is counted; where a page can be named by number as
/// well as by a token, the number works without further parameters, and is taken.
pub fn recognise(view: View<'_>) -> Option<Pagination> {
    if view.operation.method != "GET" {
        return None;
    }
    let items = items(view);
    let limit = view.one_of(&LIMIT).map(|parameter| parameter.name.clone());
    let more = member(view, &MORE, |view, member| {
        matches!(view.shape(member.value), Some(Shape::Bool))
    });
    let next = in_header(view)
        .or_else(|| links(view))
        .or_else(|| url(view))
        .or_else(|| items.as_ref().and_then(|_| number(view)))
        .or_else(|| items.as_ref().and_then(|_| offset(view)))
        .or_else(|| items.as_ref().and_then(|_| index(view)))
        .or_else(|| token(view))
        .or_else(|| last_item(view, items.as_deref()?, more.as_ref()))?;
    let counted = matches!(next, NextPage::Index { .. });
    let total = || member(view, &TOTAL, |view, member| view.is_count(member.value));
    Some(Pagination {
        total: counted.then(total).flatten(),
        next,
        items,
        limit,
        more,
    })
}

/// Where the list of a page is.
pub fn items(view: View<'_>) -> Option<Vec<String>> {
    if view.is_list(view.page()?) {
        return Some(Vec::new());
    }
    let lists = |depth: usize| {
        let members = view.members().into_iter();
        let lists = members.filter(move |member| {
            member.path.len() == depth
                && view.is_list(member.value)
                && !ASIDE.contains(&member.name().as_str())
        });
        lists.collect::<Vec<_>>()
    };
    [1, 2].into_iter().find_map(|depth| chosen(lists(depth)))
}

/// The only list, or the one that is called as lists of pages are.
fn chosen(mut lists: Vec<Member<'_>>) -> Option<Vec<String>> {
    if lists.len() < 2 {
        return lists.pop().map(|member| member.path);
    }
    let mut names = ITEMS.iter();
    names.find_map(|name| {
        let found = lists.iter().find(|member| member.name() == *name);
        found.map(|member| member.path.clone())
    })
}

fn member(
    view: View<'_>,
    names: &[&str],
    fits: impl Fn(&View<'_>, &Member<'_>) -> bool,
) -> Option<Vec<String>> {
    let members = view.members();
    names.iter().find_map(|name| {
        let found = members
            .iter()
            .find(|member| member.name() == *name && fits(&view, member));
        found.map(|member| member.path.clone())
    })
}

fn counts(view: View<'_>) -> bool {
    let counting = [&LIMIT[..], &NUMBER, &OFFSET].concat();
    view.one_of(&counting).is_some()
}

fn in_header(view: View<'_>) -> Option<NextPage> {
    let mut headers = view.reply()?.headers.iter();
    let declared = headers.any(|header| header.name.eq_ignore_ascii_case("link"));
    let asked = counts(view) || view.one_of(&TOKEN).is_some();
    (declared && asked).then_some(NextPage::LinkHeader)
}

/// A list of links with `rel` and `href`, or an object of links with `next`, in a page that is counted.
fn links(view: View<'_>) -> Option<NextPage> {
    let members = view.members();
    let links = members.iter().find(|member| {
        member.path.len() == 1 && matches!(member.name().as_str(), "links" | "link")
    })?;
    let path = match view.shape(links.value)? {
        Shape::List(list) => {
            let link = view.object(&list.item)?;
            let whole = ["rel", "href"]
                .iter()
                .all(|name| link.properties.contains_key(*name));
            (whole && counts(view)).then(|| links.path.clone())?
        }
        Shape::Object(object) => {
            object.properties.get("next")?;
            let name = "next".to_owned();
            links.path.iter().cloned().chain([name]).collect()
        }
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Alias(_) => return None,
    };
    Some(NextPage::Link { path })
}

/// A URL in a page of an operation that takes no token.
fn url(view: View<'_>) -> Option<NextPage> {
    let tokens = TOKEN
        .iter()
        .filter(|name| **name != "page")
        .copied()
        .collect::<Vec<_>>();
    if view.one_of(&tokens).is_some() || !counts(view) {
        return None;
    }
    let path = member(view, &NEXT_URL, |view, member| view.is_text(member.value))?;
    Some(NextPage::Link { path })
}

fn number(view: View<'_>) -> Option<NextPage> {
    let parameter = view.one_of(&NUMBER)?;
    if !view.is_count(&parameter.value) {
        return None;
    }
    let zero = plain(&parameter.name) == "pageindex";
    let first = first(view, parameter).unwrap_or(if zero { 0 } else { 1 });
    let parameter = parameter.name.clone();
    Some(NextPage::Number { parameter, first })
}

/// The default, else the least that the document allows where that is 0 or 1.
fn first(view: View<'_>, parameter: &Parameter) -> Option<u64> {
    let schema = view.schema(parameter.value.schema)?;
    let default = parameter.value.default.as_ref().or(schema.default.as_ref());
    let least = schema
        .constraints
        .minimum
        .as_ref()
        .and_then(|text| text.parse().ok());
    let least = least.filter(|least| *least < 2);
    default.and_then(serde_json::Value::as_u64).or(least)
}

fn offset(view: View<'_>) -> Option<NextPage> {
    let parameter = view.one_of(&OFFSET)?;
    let fits = view.is_count(&parameter.value) && view.one_of(&LIMIT).is_some();
    let parameter = parameter.name.clone();
    fits.then_some(NextPage::Offset { parameter })
}

/// A place that the document does not count from 0.
fn index(view: View<'_>) -> Option<NextPage> {
    let parameter = view.one_of(&INDEX)?;
    let fits = view.is_count(&parameter.value) && view.one_of(&LIMIT).is_some();
    let zero = first(view, parameter) == Some(0);
    let parameter = parameter.name.clone();
    fits.then_some(match zero {
        true => NextPage::Offset { parameter },
        false => NextPage::Index { parameter },
    })
}

/// A page of things with an id that also says whether there are more.
fn last_item(view: View<'_>, items: &[String], more: Option<&Vec<String>>) -> Option<NextPage> {
    more?;
    let parameter = view.one_of(&LAST_ITEM)?.name.clone();
    let path = vec!["id".to_owned()];
    let id = view.from(view.item(view.at(items)?)?, &path)?;
    (view.is_text(id) || view.is_integer(id)).then_some(NextPage::LastItem { parameter, path })
}

fn token(view: View<'_>) -> Option<NextPage> {
    let parameter = view.one_of(&TOKEN)?;
    let path = member(view, &NEXT_TOKEN, |view, member| {
        view.is_text(member.value) || view.is_integer(member.value)
    })?;
    let parameter = parameter.name.clone();
    Some(NextPage::Token { parameter, path })
}

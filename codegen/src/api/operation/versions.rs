//! A version per call: an operation once more for each further version of its media types that callers can choose.

use super::version::{used, version};
use super::Entry;
use crate::api::resolve::Resolver;
use crate::diagnostics::{codes::api as codes, Diagnostics, Place};
use openapiv3::Content;

/// Every version that the media types have, in place of a list of them.
const ALL: &str = "all";

/// Which versions of media types are used.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// Up to which version, where a call says nothing; the newest that is released where nothing is said here either.
    pub base: Option<String>,
    /// The versions that a call can choose beside; `all` for every one there is.
    pub calls: Vec<String>,
    /// The version of the operation that is being read, where it is one of `calls`.
    pub current: Option<String>,
}

impl Versions {
    /// For each of these media types the one that is used in its place.
    pub fn used<'a>(&self, media_types: &[&'a str]) -> Vec<&'a str> {
        let wanted = self.current.as_deref().or(self.base.as_deref());
        used(media_types, wanted)
    }

    /// Whether a call can choose a media type that is passed over otherwise.
    pub fn offers(&self, media_types: &[&str], name: &str) -> bool {
        let mut calls = self.calls.iter();
        calls.any(|version| used(media_types, Some(version)).contains(&name))
    }
}

/// The operations, each followed by itself in the further versions that change what it sends or gets. What is wanted of
/// the versions comes back with `all` replaced by those that there are.
pub fn expand<'a>(
    resolver: Resolver<'a>,
    entries: Vec<Entry<'a>>,
    versions: Versions,
    diagnostics: &mut Diagnostics,
) -> (Vec<Entry<'a>>, Versions) {
    if versions.calls.is_empty() {
        return (entries, versions);
    }
    let offers = |entry: &Entry<'a>| offers(resolver, entry);
    let there = labels(entries.iter().flat_map(offers));
    let all = versions.calls.iter().any(|version| version == ALL);
    let calls = if all { there.clone() } else { versions.calls };
    let versions = Versions { calls, ..versions };
    let mut result = Vec::with_capacity(entries.len());
    for entry in entries {
        let further = further(&offers(&entry), &versions);
        let further = further.into_iter().map(|version| Entry {
            version: Some(version.to_owned()),
            ..entry.clone()
        });
        let further = further.collect::<Vec<_>>();
        result.push(entry);
        result.extend(further);
    }
    for version in versions.calls.iter().filter(|_| !all) {
        let mut made = result.iter().filter_map(|entry| entry.version.as_ref());
        if !made.any(|made| made == version) {
            report(version, &there, diagnostics);
        }
    }
    (result, versions)
}

/// The versions that use other media types than any before.
fn further<'v>(offers: &[Vec<&str>], versions: &'v Versions) -> Vec<&'v str> {
    let chosen = |version: Option<&str>| -> Vec<_> {
        let each = offers.iter().map(|names| used(names, version));
        each.collect()
    };
    let mut seen = vec![chosen(versions.base.as_deref())];
    let mut found = Vec::new();
    for version in &versions.calls {
        let choice = chosen(Some(version));
        if !seen.contains(&choice) {
            seen.push(choice);
            found.push(version.as_str());
        }
    }
    found
}

fn report(version: &str, there: &[String], diagnostics: &mut Diagnostics) {
    let message = format!("`{version}` gives no operation another version");
    match there {
        [] => diagnostics.push(codes::SELECTS_NOTHING, Place::Nowhere, message),
        there => {
            let help = format!("there are `{}`", there.join("`, `"));
            diagnostics.push_with_help(codes::SELECTS_NOTHING, Place::Nowhere, message, help);
        }
    }
}

/// The media types of the body, and of each reply.
fn offers<'a>(resolver: Resolver<'a>, entry: &Entry<'a>) -> Vec<Vec<&'a str>> {
    let body = entry.operation.request_body.as_ref();
    let body = body.and_then(|said| resolver.body(String::new(), said));
    let body = body.map(|found| names(&found.thing.content));
    let responses = &entry.operation.responses;
    let replies = responses.responses.values().chain(&responses.default);
    let replies = replies.filter_map(|said| resolver.response(String::new(), said));
    let replies = replies.map(|found| names(&found.thing.content));
    body.into_iter().chain(replies).collect()
}

fn names(content: &Content) -> Vec<&str> {
    content.keys().map(String::as_str).collect()
}

/// The versions among them, the oldest first.
fn labels<'a>(offers: impl Iterator<Item = Vec<&'a str>>) -> Vec<String> {
    let mut found: Vec<_> = offers.flatten().filter_map(version).collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|version| version.text).collect()
}

//! Versions per call: an operation is repeated for each further version of its media types that callers can select.

use super::Entry;
use crate::api::media_type::{newest, version};
use crate::api::resolve::Resolver;
use crate::diagnostics::{codes::api as codes, Diagnostic, Diagnostics, Place};

/// Stands for every version in the list of selectable ones.
const ALL: &str = "all";

/// Versions of media types in use.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// Newest version that calls use by default; the newest released one if `None`.
    pub default: Option<String>,
    /// Further versions that a call can select; `all` for every one.
    pub selectable: Vec<String>,
}

impl Versions {
    /// Returns, for each media type, the one used in its place by an operation of this version.
    pub fn newest<'a>(&self, media_types: &[&'a str], version: Option<&str>) -> Vec<&'a str> {
        newest(media_types, version.or(self.default.as_deref()))
    }

    /// `true` if a call can select a media type.
    pub fn can_select(&self, media_types: &[&str], name: &str) -> bool {
        let mut selectable = self.selectable.iter();
        selectable.any(|version| newest(media_types, Some(version)).contains(&name))
    }
}

/// Returns the operations, each followed by its further versions that change what it sends or receives; and the
/// versions with `all` replaced by the existing ones.
pub fn expand<'a>(
    resolver: Resolver<'a>,
    entries: Vec<Entry<'a>>,
    versions: Versions,
    diagnostics: &mut Diagnostics,
) -> (Vec<Entry<'a>>, Versions) {
    if versions.selectable.is_empty() {
        return (entries, versions);
    }
    let media_types = |entry: &Entry<'a>| media_types(resolver, entry);
    let existing = labels(entries.iter().flat_map(media_types));
    let all = versions.selectable.iter().any(|version| version == ALL);
    let versions = Versions {
        selectable: if all { existing.clone() } else { versions.selectable },
        ..versions
    };
    let mut expanded = Vec::with_capacity(entries.len());
    for entry in entries {
        let further: Vec<_> = further_versions(&media_types(&entry), &versions)
            .into_iter()
            .map(|version| Entry { version: Some(version.to_owned()), ..entry.clone() })
            .collect();
        expanded.push(entry);
        expanded.extend(further);
    }
    for version in versions.selectable.iter().filter(|_| !all) {
        if !expanded.iter().any(|entry| entry.version.as_ref() == Some(version)) {
            report_unused(version, &existing, diagnostics);
        }
    }
    (expanded, versions)
}

/// Returns the versions that use other media types than all versions before.
fn further_versions<'v>(media_types: &[Vec<&str>], versions: &'v Versions) -> Vec<&'v str> {
    let used = |version: Option<&str>| -> Vec<_> {
        media_types.iter().map(|names| newest(names, version)).collect()
    };
    let mut seen = vec![used(versions.default.as_deref())];
    let mut further = Vec::new();
    for version in &versions.selectable {
        let used = used(Some(version));
        if !seen.contains(&used) {
            seen.push(used);
            further.push(version.as_str());
        }
    }
    further
}

fn report_unused(version: &str, existing: &[String], diagnostics: &mut Diagnostics) {
    let message = format!("`{version}` changes the version of no operation");
    let help = (!existing.is_empty()).then(|| format!("there are `{}`", existing.join("`, `")));
    let (code, place) = (codes::SELECTS_NOTHING, Place::Nowhere);
    diagnostics.record(Diagnostic { code, place, message, help });
}

/// Returns the media types of the request body, and of each response.
fn media_types<'a>(resolver: Resolver<'a>, entry: &Entry<'a>) -> Vec<Vec<&'a str>> {
    let operation = entry.operation;
    let bodies = operation.request_body.iter().filter_map(|one| resolver.value(one));
    let declared = &operation.responses;
    let responses =
        declared.responses.values().chain(&declared.default).filter_map(|one| resolver.value(one));
    bodies
        .map(|body| &body.content)
        .chain(responses.map(|response| &response.content))
        .map(|content| content.keys().map(String::as_str).collect())
        .collect()
}

/// Returns the versions of media types, the oldest first.
fn labels<'a>(media_types: impl Iterator<Item = Vec<&'a str>>) -> Vec<String> {
    let versions: std::collections::BTreeSet<_> =
        media_types.flatten().filter_map(version).collect();
    versions.into_iter().map(|version| version.text).collect()
}

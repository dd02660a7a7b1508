//! Names derived from tags: groups of operations, and modules below `operations`.

use super::case::{camel, explicit_value, snake};
use super::register::Register;
use super::reserved;
use super::scope::{NameRequest, Scope};
use super::{nodes, Ident};
use crate::api::model::{Api, Operation, Tag};
use crate::diagnostics::Place;
use crate::options::Grouping;
use std::collections::{BTreeMap, BTreeSet};

/// An API with more operations is grouped by default.
const MOST_UNGROUPED: usize = 60;

/// Names of the group of one tag's operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagNames {
    /// Method of the client that returns the group.
    pub accessor: Ident,
    /// The struct.
    pub ty: Ident,
}

/// Names derived from tags.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// Groups by tag; none if operations are not grouped.
    pub groups: BTreeMap<String, TagNames>,
    modules: BTreeMap<Option<String>, Ident>,
    client: Scope,
}

/// Names the groups, if operations are grouped, and the modules.
pub fn assign(api: &Api, is_grouped: bool, items: &mut Scope, register: &mut Register) -> Tags {
    let reserved_words: [&[&str]; 2] = [&reserved::CLIENT_METHODS, &reserved::TRAIT_METHODS];
    let mut client = Scope::reserving(&reserved_words).shared("client", register);
    let tags: Vec<&Tag> = match is_grouped {
        true => api.tags.iter().collect(),
        false => Vec::new(),
    };
    let request = |node: String, tag: &&Tag, candidates: [String; 2]| NameRequest {
        node,
        explicit: false,
        rank: NameRequest::rank(false, &tag.name, &candidates[0]),
        key: tag.name.clone(),
        candidates: candidates.to_vec(),
        place: Place::Nowhere,
    };
    let accessors = tags.iter().map(|tag| {
        let word = snake(&tag.name);
        let node = format!("tag {}", tag.name);
        request(node, tag, [word.clone(), format!("{word}_operations")])
    });
    let types = tags.iter().map(|tag| {
        let word = camel(&tag.name);
        let node = format!("tag {}/type", tag.name);
        request(node, tag, [format!("{word}Operations"), format!("{word}Group")])
    });
    let accessors = client.settle(&accessors.collect::<Vec<_>>(), register);
    let types = items.settle(&types.collect::<Vec<_>>(), register);
    let names = accessors.into_iter().zip(types);
    let names = names.map(|(accessor, ty)| TagNames { accessor, ty });
    Tags {
        groups: tags.iter().map(|tag| tag.name.clone()).zip(names).collect(),
        modules: modules(api, register),
        client,
    }
}

/// `true` if operations are in groups. A lock decides what the options leave open.
pub fn is_grouped(api: &Api, grouping: Grouping, locked: Option<bool>) -> bool {
    match grouping {
        Grouping::Auto => locked.unwrap_or_else(|| {
            let unversioned = api.operations.iter();
            let unversioned = unversioned.filter(|operation| operation.version.is_none());
            unversioned.count() > MOST_UNGROUPED && api.tags.len() > 1
        }),
        Grouping::Flat => false,
        Grouping::ByTag => true,
    }
}

/// Names a module for each first tag.
fn modules(api: &Api, register: &mut Register) -> BTreeMap<Option<String>, Ident> {
    let tags = api.operations.iter().map(|operation| operation.tag.clone());
    let tags: BTreeSet<Option<String>> = tags.collect();
    let requests = tags.iter().map(|tag| {
        let preferred = tag.as_deref().map_or_else(|| "untagged".to_owned(), snake);
        NameRequest {
            node: String::new(),
            explicit: false,
            rank: NameRequest::rank(tag.is_none(), tag.as_deref().unwrap_or_default(), &preferred),
            key: tag.clone().unwrap_or_default(),
            candidates: vec![preferred.clone(), format!("{preferred}_tag")],
            place: Place::Nowhere,
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    let mut scope = Scope::files(&[&reserved::FILES]);
    let idents = scope.settle(&requests, register);
    tags.into_iter().zip(idents).collect()
}

impl Tags {
    /// Returns the module of an operation.
    pub fn module(&self, operation: &Operation) -> Ident {
        let module = self.modules.get(&operation.tag);
        module.cloned().unwrap_or_else(|| Ident::new("untagged"))
    }

    /// Names the methods of all operations, in order.
    pub fn methods(&self, api: &Api, whole: &[Ident], register: &mut Register) -> Vec<Ident> {
        let mut scopes = BTreeMap::<Option<&str>, Vec<(usize, NameRequest)>>::new();
        for (at, (operation, whole)) in api.operations.iter().zip(whole).enumerate() {
            let tag = operation.tag.as_deref();
            let tag = tag.filter(|tag| self.groups.contains_key(*tag));
            let request = request(operation, whole, tag);
            scopes.entry(tag).or_default().push((at, request));
        }
        let mut methods = Vec::new();
        for (tag, requests) in scopes {
            let (places, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
            let mut scope = match tag {
                Some(_) => Scope::reserving(&[&reserved::TRAIT_METHODS]),
                None => self.client.clone(),
            };
            let idents = scope.settle(&requests, register);
            methods.extend(places.into_iter().zip(idents));
        }
        methods.sort_by_key(|(at, _)| *at);
        methods.into_iter().map(|(_, ident)| ident).collect()
    }
}

fn request(operation: &Operation, whole: &Ident, tag: Option<&str>) -> NameRequest {
    let explicit = operation.name.as_deref().map(explicit_value);
    let word = whole.text().to_owned();
    let short = match (explicit, tag) {
        (Some(explicit), _) => explicit,
        (None, Some(tag)) => within(&word, &snake(tag)).to_owned(),
        (None, None) => word.clone(),
    };
    NameRequest {
        node: nodes::operation(operation),
        rank: NameRequest::rank(operation.name.is_some(), whole.text(), &short),
        key: word.clone(),
        explicit: operation.name.is_some(),
        candidates: vec![short, word.clone(), format!("{word}_call")],
        place: operation.at.place.clone(),
    }
}

/// Removes the group's name from the start of a method's name: `repos_list_for_org` in `repos` is `list_for_org`.
fn within<'a>(name: &'a str, group: &str) -> &'a str {
    let rest = name.strip_prefix(group).and_then(|rest| rest.strip_prefix('_'));
    let starts = |rest: &&str| rest.starts_with(char::is_alphabetic);
    rest.filter(starts).unwrap_or(name)
}

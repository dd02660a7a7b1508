//! Cargo features by tag: the operations of a tag with the types that they need.

use super::imports::{item_types, method_types, polled_call};
use super::model::{Alias, Client, CrateFeature, Item, TypeFile, ALL_TAGS};
use crate::names::{reserved, Ident, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// Names that a crate has for other features.
const RESERVED: [&str; 18] = [
    "default",
    ALL_TAGS,
    "reqwest",
    "rustls-tls",
    "native-tls",
    "gzip",
    "brotli",
    "zstd",
    "http2",
    "blocking",
    "serde",
    "server",
    "tower",
    "tracing",
    "metrics",
    "opentelemetry",
    "webhooks",
    "xml",
];

/// Maximum number of features: crates.io accepts 300 of a crate, some of which are not of tags.
const MOST: usize = 250;

/// A tag's types of one subject have a file of their own from this number on.
const FEWEST_OF_A_SUBJECT: usize = 12;

/// Names of features.
type Features = BTreeSet<String>;

/// Divides operations and types by features. Types that most features need are in every build of the crate.
pub fn divide(
    types: Vec<TypeFile>,
    client: &mut Client,
    incoming: &[Alias],
) -> (Vec<TypeFile>, Vec<CrateFeature>) {
    let features = features(client);
    let references = references(&types);
    let mut users = BTreeMap::<&Ident, Features>::new();
    for file in &client.files {
        for name in reachable(file.methods.iter().flat_map(method_types), &references) {
            users.entry(name).or_default().extend(file.feature.clone());
        }
    }
    let headers = client.headers.iter().flat_map(|header| header.value.ty.named());
    let incoming = incoming.iter().flat_map(|alias| alias.ty.named());
    let always = reachable(incoming.chain(headers), &references);
    let condition = |name: &Ident| match users.get(name) {
        _ if always.contains(name) => Features::new(),
        // What most features need, they need of it as well: no type lacks another one.
        Some(users) if 2 * users.len() > features.len() => Features::new(),
        Some(users) => users.clone(),
        // No operation needs it, but it may need types that operations do.
        None => Features::from([ALL_TAGS.to_owned()]),
    };
    let conditions: BTreeMap<Ident, Features> =
        references.keys().map(|name| ((*name).clone(), condition(name))).collect();
    (regrouped(types, &conditions), features)
}

/// Names the feature of each file of operations.
fn features(client: &mut Client) -> Vec<CrateFeature> {
    let names = names(client.files.iter().map(|file| &file.module));
    let calls: BTreeMap<Ident, String> = client
        .files
        .iter()
        .zip(&names)
        .flat_map(|(file, name)| {
            file.methods.iter().map(|method| (method.call.clone(), name.clone()))
        })
        .collect();
    let mut features = BTreeMap::<String, CrateFeature>::new();
    for (file, name) in client.files.iter_mut().zip(&names) {
        file.feature = Some(name.clone());
        let polled = file.methods.iter().filter_map(polled_call);
        let needs = polled.filter_map(|call| calls.get(call)).filter(|need| *need != name);
        let feature = features.entry(name.clone()).or_default();
        feature.name.clone_from(name);
        feature.tags.extend(file.tag.as_ref().map(|tag| tag.name.clone()));
        feature.needs.extend(needs.cloned());
    }
    features.into_values().collect()
}

/// Returns a feature for each module: its name, or if there are too many modules, their first word or letter.
fn names<'a>(modules: impl Iterator<Item = &'a Ident>) -> Vec<String> {
    let whole: Vec<String> = modules.map(|module| feature_name(module.text())).collect();
    let first_word = |name: &String| name.split('-').next().unwrap_or_default().to_owned();
    let first_letter = |name: &String| name.chars().take(1).collect();
    let distinct = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len();
    let mut names = whole.clone();
    if distinct(&names) > MOST {
        names = whole.iter().map(first_word).collect();
    }
    if distinct(&names) > MOST {
        names = whole.iter().map(first_letter).collect();
    }
    let free = |name: String| match RESERVED.contains(&name.as_str()) {
        true => format!("tag-{name}"),
        false => name,
    };
    names.into_iter().map(free).collect()
}

/// Returns a module's name as that of a feature: crates.io accepts ASCII only.
fn feature_name(module: &str) -> String {
    let mut name = String::with_capacity(module.len());
    for letter in module.chars() {
        match letter {
            '_' => name.push('-'),
            letter if letter.is_ascii() => name.push(letter),
            letter => name.push_str(&format!("u{:x}", u32::from(letter))),
        }
    }
    name
}

/// Returns the types that each type names.
fn references(types: &[TypeFile]) -> BTreeMap<Ident, Vec<Ident>> {
    let mut references = BTreeMap::<Ident, Vec<Ident>>::new();
    for item in types.iter().flat_map(|file| &file.items) {
        references
            .entry(item.name().clone())
            .or_default()
            .extend(item_types(item).into_iter().cloned());
    }
    references
}

/// Returns the types that these need, themselves included.
fn reachable<'a>(
    roots: impl Iterator<Item = &'a Ident>,
    references: &'a BTreeMap<Ident, Vec<Ident>>,
) -> BTreeSet<&'a Ident> {
    let mut reached = BTreeSet::new();
    let mut pending: Vec<&Ident> = roots.collect();
    while let Some(name) = pending.pop() {
        if reached.insert(name) {
            pending.extend(references.get(name).into_iter().flatten());
        }
    }
    reached
}

/// Returns files whose types need the same features.
fn regrouped(types: Vec<TypeFile>, conditions: &BTreeMap<Ident, Features>) -> Vec<TypeFile> {
    let mut groups = BTreeMap::<Features, BTreeMap<Ident, Vec<Item>>>::new();
    for file in types {
        for item in file.items {
            let condition = conditions.get(item.name()).cloned().unwrap_or_default();
            let group = groups.entry(condition).or_default();
            group.entry(file.module.clone()).or_default().push(item);
        }
    }
    let mut scope = Scope::files(&[&reserved::FILES]);
    let mut files = Vec::new();
    for (features, subjects) in groups {
        for (name, items) in named(&features, subjects) {
            let (imports, allow_deprecated) = (BTreeSet::new(), false);
            let (module, features) = (scope.claim(&[name]), features.clone());
            files.push(TypeFile { module, items, features, imports, allow_deprecated });
        }
    }
    files.sort_by(|a, b| a.module.cmp(&b.module));
    files
}

/// Returns the files for types of the same features: by subject where these are none, or only one and the subject is large.
fn named(features: &Features, subjects: BTreeMap<Ident, Vec<Item>>) -> BTreeMap<String, Vec<Item>> {
    let tags: Vec<String> = features.iter().map(|name| name.replace('-', "_")).collect();
    let name = |subject: &Ident, items: &[Item]| match tags.as_slice() {
        [] => subject.text().to_owned(),
        [tag] if items.len() < FEWEST_OF_A_SUBJECT || subject.text() == tag => tag.clone(),
        [tag] => format!("{tag}_{}", subject.text()),
        [one, other] => format!("{one}_and_{other}"),
        several => format!("shared_by_{}_tags", several.len()),
    };
    let mut files = BTreeMap::<String, Vec<Item>>::new();
    for (subject, items) in subjects {
        files.entry(name(&subject, &items)).or_default().extend(items);
    }
    files
}

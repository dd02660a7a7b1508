//! The short form of a lock in its file: a line for each item of the public API, with its parts, and nothing that follows
//! from another line.
//!
//! A part is `name: signature = key`, after a word for its kind unless it is a field of a struct or a variant of an enum. The
//! key is the end of its node, and is left out where it follows from the name. A constructor is `new(a, b)`: its arguments
//! have the types of the fields.

use super::{ApiItem, Lock};
use heck::ToSnakeCase as _;
use std::collections::BTreeMap;

/// Kinds of parts that are written, in addition to `field` and `variant`, which follow from the item.
const KINDS: [&str; 6] = ["field", "variant", "constructor", "setter", "method", "implementation"];

/// Ends of the nodes of items whose parts have nodes beside them.
const BESIDE: [&str; 4] = ["/call", "/arguments", "/output", "/error"];

/// Traits of every struct and enum.
const TRAITS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// Accessors of the values of choices, and the traits of a choice that has one.
const CHOICES: [(&str, &[&str]); 3] = [
    ("as_str", &["Display", "Eq", "FromStr", "Hash"]),
    ("as_i64", &["Display", "Eq", "FromStr", "Hash"]),
    ("to_value", &["Display", "Eq", "Hash"]),
];

/// Word for a part that would follow from the others, and does not exist.
const WITHOUT: &str = "without ";

/// Items of the public API by path.
type Items = BTreeMap<String, ApiItem>;

/// An item of the public API with its path.
type Item<'i> = (&'i str, &'i ApiItem);

/// Returns the names that do not follow from the public API or from the arguments.
pub fn further_names(lock: &Lock) -> BTreeMap<String, String> {
    let implied = implied_names(&lock.api);
    let names = lock.names.iter().filter(|(node, name)| implied.get(*node) != Some(*name));
    names.map(|(node, name)| (node.clone(), name.clone())).collect()
}

/// Returns the order of arguments that does not follow from the public API.
pub fn further_arguments(lock: &Lock) -> BTreeMap<String, Vec<String>> {
    let implied = implied_arguments(&lock.api);
    let arguments = lock.arguments.iter();
    let arguments = arguments.filter(|(node, order)| implied.get(*node) != Some(*order));
    arguments.map(|(node, order)| (node.clone(), order.clone())).collect()
}

/// Returns the order of arguments that follows from the signatures of methods and constructors. Arguments are called as on
/// the wire: in the path if the path has a parameter of that name, else in the query.
pub fn implied_arguments(api: &Items) -> BTreeMap<String, Vec<String>> {
    let mut arguments = BTreeMap::new();
    for (path, item) in api {
        let names = argument_names(&item.signature);
        let order: Vec<String> = match item.kind.as_str() {
            "operation" => {
                let argument = |name: &str| match path_parameter(&item.node, name) {
                    Some(parameter) => format!("path {parameter}"),
                    None if name == "body" => name.to_owned(),
                    None => format!("query {name}"),
                };
                names.map(argument).collect()
            }
            "constructor" => {
                let Some((owner, _)) = path.rsplit_once("::") else {
                    continue;
                };
                let field = |name: &str| api.get(&format!("{owner}::{name}"));
                let wire = |name: &str| {
                    let node = field(name).map_or(name, |field| &field.node);
                    node.strip_prefix(item.node.trim_end_matches("new")).unwrap_or(name).to_owned()
                };
                names.map(wire).collect()
            }
            _ => continue,
        };
        if !order.is_empty() {
            let node = item.node.strip_suffix("/new").unwrap_or(&item.node);
            arguments.insert(node.to_owned(), order);
        }
    }
    arguments
}

/// The parameter of a path, such as `{petId}`, that an argument is named after, such as `pet_id`.
fn path_parameter<'n>(node: &'n str, name: &str) -> Option<&'n str> {
    let letters = |name: &str| -> String {
        name.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let parameters = node.split('{').skip(1).filter_map(|start| start.split('}').next());
    let mut parameters = parameters.filter(|parameter| letters(parameter) == letters(name));
    parameters.next()
}

/// The names in a list of arguments, `id: &str, tags: Map<String>`.
fn argument_names(signature: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let arguments = signature.split(move |letter: char| {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    });
    arguments.filter_map(|argument| argument.split_once(": ")).map(|(name, _)| name.trim())
}

/// Returns the names that follow from the public API: the end of the path names the node, an argument is called as on the
/// wire, and an operation as its call.
pub fn implied_names(api: &Items) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (path, item) in api {
        if item.kind == "operation" {
            let parts = implied_arguments(&[(path.clone(), item.clone())].into());
            for (part, name) in parts.values().flatten().zip(argument_names(&item.signature)) {
                names.insert(format!("{}/argument {part}", item.node), name.to_owned());
            }
        }
        if let Some(operation) = item.node.strip_suffix("/call").filter(|_| item.kind == "type") {
            names.insert(format!("{operation}/name"), last(path).to_snake_case());
        }
        let is_of_record = path.starts_with("types::");
        let is_name = match item.kind.as_str() {
            "setter" => !is_of_record,
            "implementation" | "constructor" => false,
            _ => true,
        };
        if is_name {
            names.insert(item.node.clone(), plain(last(path)).to_owned());
        }
    }
    names
}

/// Returns the columns of the line of each item: kind, node and signature, then its parts.
pub fn lines(api: &Items) -> BTreeMap<&str, Vec<String>> {
    let mut parts = BTreeMap::<&str, Items>::new();
    let mut lines = BTreeMap::new();
    for (path, item) in api {
        match owner(api, (path, item)) {
            Some(owner) => {
                parts.entry(owner).or_default().insert(path.clone(), item.clone());
            }
            None => {
                let columns = [&item.kind, &item.node, &item.signature];
                lines.insert(path.as_str(), columns.map(String::clone).to_vec());
            }
        }
    }
    for (path, line) in &mut lines {
        if let Some(item) = api.get(*path) {
            let parts = parts.remove(path).unwrap_or_default();
            line.extend(part_columns((path, item), &parts));
        }
    }
    lines
}

fn part_columns(owner: Item<'_>, parts: &Items) -> Vec<String> {
    let consequences = consequences(owner, parts);
    let listed = parts.iter().filter(|(path, part)| consequences.get(*path) != Some(*part));
    let listed = listed.map(|(path, part)| match constructor(owner, parts) {
        Some((other, text)) if other == *path => text,
        Some(_) | None => part_text(owner, (path, part)),
    });
    let missing = consequences.keys().filter(|path| !parts.contains_key(*path));
    listed.chain(missing.map(|path| format!("{WITHOUT}{path}"))).collect()
}

/// Returns the items of a line; `None` if a part cannot be read.
pub fn items(path: &str, item: ApiItem, columns: &[String]) -> Option<Items> {
    let owner = (path, &item);
    let mut parts = Items::new();
    let mut constructors = Vec::new();
    let mut missing = Vec::new();
    for text in columns {
        let names = text.strip_prefix("new(").and_then(|text| text.strip_suffix(')'));
        match (text.strip_prefix(WITHOUT), names) {
            (Some(path), _) => missing.push(path),
            (None, Some(names)) => constructors.push(names),
            (None, None) => {
                let (path, part) = part(owner, text)?;
                parts.insert(path, part);
            }
        }
    }
    for names in constructors {
        let arguments = names.split(", ").filter(|name| !name.is_empty()).map(|name| {
            let field = parts.get(&format!("{path}::{name}"))?;
            Some(format!("{name}: {}", field.signature))
        });
        let signature = arguments.collect::<Option<Vec<String>>>()?.join(", ");
        parts.insert(format!("{path}::new()"), constructor_item(&item, signature));
    }
    let mut consequences = consequences(owner, &parts);
    consequences.retain(|path, _| !missing.contains(&path.as_str()));
    consequences.append(&mut parts);
    consequences.insert(path.to_owned(), item);
    Some(consequences)
}

fn constructor_item(owner: &ApiItem, signature: String) -> ApiItem {
    ApiItem { kind: "constructor".to_owned(), node: format!("{}/new", owner.node), signature }
}

/// Returns the short form of a constructor whose arguments have the types of the fields, with its path.
fn constructor(owner: Item<'_>, parts: &Items) -> Option<(String, String)> {
    let path = format!("{}::new()", owner.0);
    let part = parts.get(&path)?;
    let names: Vec<&str> = argument_names(&part.signature).collect();
    let arguments = names.iter().map(|name| {
        let field = parts.get(&format!("{}::{name}", owner.0))?;
        Some(format!("{name}: {}", field.signature))
    });
    let signature = arguments.collect::<Option<Vec<String>>>()?.join(", ");
    let is_short = *part == constructor_item(owner.1, signature);
    is_short.then(|| (path, format!("new({})", names.join(", "))))
}

/// Returns the parts of a generated type that follow from others: the traits of every struct and enum, those of a choice by its
/// accessor, the conversion into an open choice, and, of a struct with a constructor, `Default` if it has no arguments and the
/// setters of optional fields.
fn consequences((owner, item): Item<'_>, parts: &Items) -> Items {
    let is_type = owner.starts_with("types::") && item.kind == "type";
    if !is_type || item.signature.starts_with('=') {
        return Items::new();
    }
    let traits = traits(owner, parts).into_iter().map(|name| {
        let node = format!("{}/{name}", item.node);
        let signature = String::new();
        let part = ApiItem { kind: "implementation".to_owned(), node, signature };
        (format!("impl {name} for {owner}"), part)
    });
    let constructor = parts.get(&format!("{owner}::new()"));
    let fields = parts.iter().filter(|(_, part)| constructor.is_some() && part.kind == "field");
    let setters = fields.filter_map(|(path, field)| {
        let name = last(path);
        let mut arguments = constructor.map(|item| argument_names(&item.signature))?;
        let key = field.node.strip_prefix(item.node.as_str())?;
        let is_additional = key == "/additionalProperties";
        let optional = ["Option<", "Maybe<"]
            .iter()
            .find_map(|start| field.signature.strip_prefix(start)?.strip_suffix('>'));
        let ty = optional.or(Some(field.signature.as_str()).filter(|_| is_additional))?;
        let setter = ApiItem {
            kind: "setter".to_owned(),
            node: format!("{}/new{key}", item.node),
            signature: ty.to_owned(),
        };
        let path = format!("{owner}::with_{}()", name.trim_end_matches('_'));
        (!arguments.any(|argument| argument == name)).then_some((path, setter))
    });
    setters.chain(traits).collect()
}

/// Returns the traits of a generated type that follow from its parts.
fn traits(owner: &str, parts: &Items) -> Vec<String> {
    let mut traits = TRAITS.map(str::to_owned).to_vec();
    for (accessor, further) in CHOICES {
        let Some(accessor) = parts.get(&format!("{owner}::{accessor}()")) else {
            continue;
        };
        traits.extend(further.iter().map(|name| (*name).to_owned()));
        let is_open = parts.values().any(|part| part.node.ends_with("/unlisted"));
        let conversion = if is_open { "From" } else { "TryFrom" };
        traits.push(format!("{conversion}<{}>", accessor.signature));
    }
    let constructor = parts.get(&format!("{owner}::new()"));
    if constructor.is_some_and(|constructor| constructor.signature.is_empty()) {
        traits.push("Default".to_owned());
    }
    traits
}

/// Returns the path of the item in whose line an item is written: its owner, if the short form holds it.
fn owner<'p>(api: &Items, (path, item): Item<'p>) -> Option<&'p str> {
    let path_of_owner = match path.split_once(" for ") {
        Some((_, owner)) => owner,
        None => path.rsplit_once("::")?.0,
    };
    let owner = (path_of_owner, api.get(path_of_owner)?);
    // A part has no parts of its own.
    let above = path_of_owner.rsplit_once("::").map(|(above, _)| above);
    if above.is_some_and(|above| api.contains_key(above)) {
        return None;
    }
    let (read_path, read_item) = part(owner, &part_text(owner, (path, item)))?;
    (read_path == path && read_item == *item).then_some(path_of_owner)
}

fn part_text(owner: Item<'_>, (path, item): Item<'_>) -> String {
    let name = match item.kind.as_str() {
        "implementation" => {
            path.trim_start_matches("impl ").split(" for ").next().unwrap_or_default()
        }
        _ => last(path),
    };
    let mut text = match item.kind == usual_kind(owner.1) {
        true => name.to_owned(),
        false => format!("{} {name}", item.kind),
    };
    if !item.signature.is_empty() {
        text += &format!(": {}", item.signature);
    }
    let key = item.node.strip_prefix(base(&owner.1.node)).unwrap_or_default();
    let key = key.strip_prefix('/').unwrap_or_default();
    if key != usual_key(owner.1, &item.kind, name) {
        text += &format!(" = {key}");
    }
    text
}

/// Reads a part.
fn part(owner: Item<'_>, text: &str) -> Option<(String, ApiItem)> {
    let (kind, text) = match text.split_once(' ') {
        Some((kind, text)) if KINDS.contains(&kind) => (kind, text),
        Some(_) | None => (usual_kind(owner.1), text),
    };
    let (text, key) = match text.split_once(" = ") {
        Some((text, key)) => (text, Some(key)),
        None => (text, None),
    };
    let (name, signature) = text.split_once(": ").unwrap_or((text, ""));
    let key = key.map_or_else(|| usual_key(owner.1, kind, name), str::to_owned);
    let path = match kind {
        "implementation" => format!("impl {name} for {}", owner.0),
        _ => format!("{}::{name}", owner.0),
    };
    let item = ApiItem {
        kind: kind.to_owned(),
        node: format!("{}/{key}", base(&owner.1.node)),
        signature: signature.to_owned(),
    };
    (!name.is_empty()).then_some((path, item))
}

/// Returns the node below which the parts of an item have theirs.
fn base(node: &str) -> &str {
    BESIDE.iter().find_map(|end| node.strip_suffix(end)).unwrap_or(node)
}

fn usual_kind(owner: &ApiItem) -> &'static str {
    let word = owner.signature.trim_start_matches("exhaustive ").split('<').next();
    match word {
        Some("enum") => "variant",
        Some(word) if word.starts_with("->") => "setter",
        Some(_) | None => "field",
    }
}

fn usual_key(owner: &ApiItem, kind: &str, name: &str) -> String {
    let is_of_call = base(&owner.node) != owner.node;
    match kind {
        "setter" if is_of_call => format!("argument query {}", plain(name)),
        "variant" => name.to_lowercase(),
        _ => plain(name).to_owned(),
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or_default()
}

fn plain(name: &str) -> &str {
    name.trim_end_matches("()")
}

//! The public API of the generated crate before and after.

use super::edits::{owner_of, simple_name, Renames};
use super::types::{self, standard, Ty};
use std::collections::BTreeMap;
use typewright::diff::{Entry, Kind, Surface};

/// The modules of a generated crate that its callers name.
const MODULES: [&str; 5] = ["types", "operations", "servers", "headers", "incoming"];
/// The types at its root.
const ROOT_TYPES: [&str; 2] = ["Client", "Credentials"];

/// Both public APIs, and the renames between them.
pub struct Api {
    old: Surface,
    new: Surface,
    /// Renamed items.
    pub renames: Renames,
    /// Changed items by their simple names: fields, methods, and all others.
    changed: BTreeMap<(Role, String), String>,
}

/// Syntax in which a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// After the dot of a field access, or in a struct expression or pattern.
    Field,
    /// After the dot of a method call.
    Method,
    /// In a path.
    Path,
}

/// Consequence of the changes for one use of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// New name.
    pub name: Option<String>,
    /// Remark on what callers have to change themselves.
    pub remark: Option<String>,
    /// Signatures before and after, if they differ.
    pub signatures: Option<(String, String)>,
    /// New path, if the item has another owner.
    pub moved: Option<String>,
}

impl Fate {
    fn is_change(&self) -> bool {
        *self != Self::default()
    }
}

impl Api {
    /// Both APIs with their renames.
    pub fn new(old: Surface, new: Surface, renames: Renames) -> Self {
        let mut api = Self { old, new, renames, changed: BTreeMap::new() };
        let changed = api.old.iter().filter(|(path, _)| api.fate(path).is_change());
        let changed = changed.map(|(path, entry)| {
            ((role(path, entry.kind), simple_name(path).to_owned()), path.clone())
        });
        api.changed = changed.collect();
        api
    }

    /// A changed item with this simple name.
    pub fn changed(&self, role: Role, name: &str) -> Option<&str> {
        self.changed.get(&(role, name.to_owned())).map(String::as_str)
    }

    /// A changed method of a type with this simple name.
    pub fn changed_method(&self, owner: &str, name: &str) -> Option<String> {
        let modules = ["", "types::", "operations::", "servers::"].iter();
        let mut paths = modules.map(|module| format!("{module}{owner}::{name}()"));
        paths.find(|path| self.fate(path).is_change())
    }

    /// The consequence for uses of an item.
    pub fn fate(&self, old: &str) -> Fate {
        let Some(entry) = self.old.get(old).filter(|entry| entry.kind != Kind::Trait) else {
            return Fate::default();
        };
        let new = self.renames.path(old);
        let Some(now) = self.new.get(&new) else {
            let owner = owner_of(old).filter(|owner| self.old.contains_key(*owner));
            let is_part =
                owner.is_some_and(|owner| !self.new.contains_key(&self.renames.path(owner)));
            let remark = (!is_part).then(|| format!("`{old}` is gone"));
            return Fate { remark, ..Fate::default() };
        };
        let owner = |path: &str| path.rsplit_once("::").map(|(owner, _)| owner.to_owned());
        let owner_now = owner(old).map(|owner| self.renames.path(&owner));
        let before = self.renames.signature(&entry.signature);
        let signatures = (before != now.signature).then(|| (before, now.signature.clone()));
        let remark = signatures.as_ref().map(|(before, after)| {
            format!("`{new}` has another declaration: `{before}` → `{after}`")
        });
        Fate {
            name: (simple_name(old) != simple_name(&new)).then(|| simple_name(&new).to_owned()),
            remark,
            signatures,
            moved: (owner(&new) != owner_now).then_some(new),
        }
    }

    /// A text that is equal for equal changes, if a mended source may look as if it were not mended: names are swapped or
    /// follow each other along a chain, or arguments change and their number does not.
    pub fn ambiguity(&self) -> Option<String> {
        let signatures = self.old.keys().filter_map(|path| {
            let (before, after) = self.fate(path).signatures?;
            let has_arguments = matches!(self.kind(path)?, Kind::Constructor | Kind::Operation);
            let is_same_number = parameters(&before).len() == parameters(&after).len();
            (has_arguments && is_same_number).then(|| format!("{path}: {before} -> {after}\n"))
        });
        let signatures: String = signatures.collect();
        let is_ambiguous = self.renames.overlap() || !signatures.is_empty();
        is_ambiguous.then(|| self.renames.list() + &signatures)
    }

    /// The item in a module of the old crate, or the part of an item.
    pub fn child(&self, owner: &str, name: &str) -> Option<String> {
        let path = format!("{owner}::{name}");
        let call = format!("{path}()");
        if self.old.contains_key(&call) {
            return Some(call);
        }
        self.old.contains_key(&path).then_some(path)
    }

    /// The child of the old crate's root.
    pub fn root_child(name: &str) -> Option<String> {
        let mut known = MODULES.iter().chain(&ROOT_TYPES);
        known.any(|known| *known == name).then(|| name.to_owned())
    }

    /// The children of a module or an enum that a glob imports.
    pub fn glob_child(&self, owner: &str, name: &str) -> Option<String> {
        self.child(owner, name).filter(|path| !path.ends_with("()"))
    }

    fn old(&self, path: &str) -> Option<&Entry> {
        self.old.get(path)
    }

    /// Kind of an item of the old crate.
    pub fn kind(&self, path: &str) -> Option<Kind> {
        self.old(path).map(|entry| entry.kind)
    }

    /// The field of a struct, with its type.
    pub fn field(&self, owner: &str, name: &str) -> Option<(String, Ty)> {
        let path = format!("{owner}::{name}");
        let entry = self.old(&path).filter(|entry| entry.kind == Kind::Field)?;
        let ty = self.parse(&entry.signature);
        Some((path, ty))
    }

    /// The method of a type, with the type that it returns.
    pub fn method(&self, owner: &str, name: &str) -> Option<(String, Ty)> {
        let path = format!("{owner}::{name}()");
        let entry = self.old(&path)?;
        Some((path.clone(), self.returned(owner, &path, entry)))
    }

    fn returned(&self, owner: &str, path: &str, entry: &Entry) -> Ty {
        match entry.kind {
            Kind::Operation => self.call(&entry.node).map_or(Ty::Unknown, Ty::Api),
            Kind::Setter => Ty::Api(owner.to_owned()),
            Kind::Group => Ty::Api(entry.signature.clone()),
            Kind::Constructor => match path {
                "Client::new()" => Ty::result(Ty::Api(owner.to_owned())),
                "Client::builder()" => Ty::Builder,
                _ => Ty::Api(owner.to_owned()),
            },
            Kind::Method => match simple_name(path) {
                _ if owner == "Credentials" => Ty::Api(owner.to_owned()),
                "items" => Ty::sequence(Ty::result(self.parse(&entry.signature))),
                "pages" => Ty::sequence(self.response(owner).0),
                _ if entry.signature.starts_with("types::") => {
                    Ty::option(Ty::Api(entry.signature.clone()))
                }
                _ => Ty::Unknown,
            },
            Kind::Type
            | Kind::Field
            | Kind::Variant
            | Kind::Trait
            | Kind::Constant
            | Kind::Handler => Ty::Unknown,
        }
    }

    /// The type of the calls of an operation: both belong to one node of the document.
    pub fn call(&self, operation: &str) -> Option<String> {
        let node = format!("{operation}/call");
        let calls = self.old.iter().filter(|(_, entry)| entry.kind == Kind::Type);
        calls.into_iter().find(|(_, entry)| entry.node == node).map(|(path, _)| path.clone())
    }

    /// The type of the calls of a method that begins one.
    pub fn call_of(&self, method: &str) -> Option<String> {
        let entry = self.old(method).filter(|entry| entry.kind == Kind::Operation)?;
        self.call(&entry.node)
    }

    /// The outcome of a call, and the type of its output; `Unknown` for a type that is no call.
    pub fn response(&self, call: &str) -> (Ty, Ty) {
        let decoders = self.old(call).and_then(|entry| entry.signature.strip_prefix("-> "));
        let decoders = decoders.map(|decoders| self.parse(&format!("({decoders})")));
        match decoders {
            Some(Ty::Tuple(both)) => {
                let mut both = both.into_iter();
                let output = both.next().unwrap_or(Ty::Unknown);
                let error = Ty::Error(Box::new(both.next().unwrap_or(Ty::Unknown)));
                (Ty::Result(Box::new(output.clone()), Box::new(error)), output)
            }
            Some(_) | None => (Ty::Unknown, Ty::Unknown),
        }
    }

    /// Types of the contents of a variant.
    pub fn contents(&self, variant: &str) -> Vec<Ty> {
        let Some(entry) = self.old(variant).filter(|entry| !entry.signature.is_empty()) else {
            return Vec::new();
        };
        match self.parse(&entry.signature) {
            Ty::Tuple(types) => types,
            one => vec![one],
        }
    }

    /// A type of the old crate, with aliases resolved.
    pub fn aliased(&self, path: &str) -> Ty {
        match self.old(path).and_then(|entry| entry.signature.strip_prefix("= ")) {
            Some(alias) if !alias.contains(simple_name(path)) => self.parse(alias),
            Some(_) => Ty::Unknown,
            None => Ty::Api(path.to_owned()),
        }
    }

    /// The accessor of the new crate for a group, by the path of the group's type.
    pub fn new_accessor(&self, group: &str) -> Option<&str> {
        let mut groups = self.new.iter().filter(|(_, entry)| entry.kind == Kind::Group);
        groups.find(|(_, entry)| entry.signature == group).map(|(path, _)| simple_name(path))
    }

    /// The argument of a setter in the old crate, with new names of types.
    pub fn old_setter(&self, owner: &str, setter: &str) -> Option<String> {
        let entry = self.old(&format!("{owner}::{setter}()"));
        let entry = entry.filter(|entry| entry.kind == Kind::Setter)?;
        Some(self.renames.signature(&entry.signature))
    }

    /// The argument of a setter in the new crate, by the old path of its owner.
    pub fn new_setter(&self, owner: &str, setter: &str) -> Option<&str> {
        let path = format!("{}::{setter}()", self.renames.path(owner));
        let entry = self.new.get(&path).filter(|entry| entry.kind == Kind::Setter)?;
        Some(&entry.signature)
    }

    /// The type that a signature of the old crate names.
    fn parse(&self, signature: &str) -> Ty {
        let Some(ty) = types::parse(signature) else {
            return Ty::Unknown;
        };
        types::convert(&ty, &mut |named, arguments| {
            let Some(name) = named.path.segments.last().map(|segment| segment.ident.to_string())
            else {
                return Ty::Unknown;
            };
            let paths =
                ["types", "operations", "servers"].map(|module| format!("{module}::{name}"));
            let mut known = paths.iter().filter(|path| self.old.contains_key(*path));
            match (known.next(), known.next()) {
                (Some(path), None) => return self.aliased(path),
                // A signature names no module.
                (Some(_), Some(_)) => return Ty::Unknown,
                (None, _) => {}
            }
            match name.as_str() {
                "Json" => arguments.into_iter().next().unwrap_or(Ty::Unknown),
                "Map" => Ty::Map(Box::new(arguments.into_iter().next().unwrap_or(Ty::Unknown))),
                "Maybe" | "JsonAs" | "Either" => Ty::Unknown,
                _ => standard(&name, &arguments).unwrap_or(Ty::Foreign),
            }
        })
    }
}

fn role(path: &str, kind: Kind) -> Role {
    match kind {
        Kind::Field => Role::Field,
        _ if path.ends_with("()") => Role::Method,
        Kind::Operation
        | Kind::Group
        | Kind::Type
        | Kind::Variant
        | Kind::Constructor
        | Kind::Setter
        | Kind::Method
        | Kind::Trait
        | Kind::Constant
        | Kind::Handler => Role::Path,
    }
}

/// A parameter of a signature: `name: Type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Type, without the path of the runtime.
    pub ty: String,
}

/// The parameters of a signature. Commas in brackets separate nothing.
pub fn parameters(signature: &str) -> Vec<Parameter> {
    let mut depth = 0_i32;
    let texts = signature.split(|letter| {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    });
    let parameters = texts.map(str::trim).filter(|text| !text.is_empty());
    let parts = parameters.map(|text| text.split_once(": ").unwrap_or((text, "")));
    parts.map(|(name, ty)| Parameter { name: name.to_owned(), ty: ty.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn parameters_are_split_at_their_commas() {
        let names = |signature: &str| -> Vec<String> {
            parameters(signature).into_iter().map(|parameter| parameter.name).collect()
        };
        assert_eq!(names("a: Map<A, B>, b: (C, D)"), ["a", "b"]);
        assert_eq!(names("username, password"), ["username", "password"]);
        assert!(names("").is_empty());
    }
}

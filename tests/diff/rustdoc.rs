//! Public items of a crate, as rustdoc's JSON lists them.

use crate::support::package::{run, Package, Workspace};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Writes the rustdoc JSON of packages; returns the folder of the files. The format is unstable, so the compiler has to be told.
pub fn document(name: &str, packages: &[Package]) -> PathBuf {
    let workspace = Workspace::write(name, packages);
    // Not the common folder: the variable makes Cargo compile what others have compiled without it.
    let target = workspace.folder.join("target");
    run(workspace
        .command(&["doc", "--workspace", "--no-deps", "--lib"])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTDOCFLAGS", "-Zunstable-options --output-format json --cap-lints allow"));
    target.join("doc")
}

/// The items of a crate, read from its JSON.
pub struct Items {
    index: Value,
    root: Value,
    paths: BTreeSet<String>,
}

/// Kind and content of an item: `("struct", {…})`.
fn inner(item: &Value) -> (&str, &Value) {
    let (kind, content) = item["inner"].as_object().unwrap().iter().next().unwrap();
    (kind, content)
}

/// The name of a type or trait with its arguments: `From<&str>`.
fn name(path: &Value) -> String {
    let text = path["path"].as_str().unwrap();
    let text = text.rsplit("::").next().unwrap();
    let arguments = path["args"]["angle_bracketed"]["args"].as_array();
    let types = arguments.into_iter().flatten().filter_map(|one| one.get("type"));
    let types: Vec<_> = types.map(type_name).collect();
    match types.is_empty() {
        true => text.to_owned(),
        false => format!("{text}<{}>", types.join(", ")),
    }
}

fn type_name(ty: &Value) -> String {
    let (kind, content) = ty.as_object().unwrap().iter().next().unwrap();
    match kind.as_str() {
        "resolved_path" => name(content),
        "primitive" | "generic" => content.as_str().unwrap().to_owned(),
        "borrowed_ref" => {
            let lifetime = content["lifetime"].as_str();
            let lifetime = lifetime.map(|name| format!("{name} ")).unwrap_or_default();
            format!("&{lifetime}{}", type_name(&content["type"]))
        }
        "slice" => format!("[{}]", type_name(content)),
        other => other.to_owned(),
    }
}

impl Items {
    /// The paths of all public items, functions and methods with `()`, implementations as `impl Clone for types::Pet`.
    pub fn paths(json: &str) -> BTreeSet<String> {
        let mut json: Value = serde_json::from_str(json).unwrap();
        let (index, root) = (json["index"].take(), json["root"].take());
        let mut items = Self { index, root, paths: BTreeSet::new() };
        let root = items.root.clone();
        for id in items.item(&root)["inner"]["module"]["items"].as_array().cloned().unwrap() {
            items.list(&id, "");
        }
        items.paths
    }

    fn item(&self, id: &Value) -> &Value {
        &self.index[id.to_string()]
    }

    /// Adds an item and its parts.
    fn list(&mut self, id: &Value, module: &str) {
        let item = self.item(id).clone();
        let is_hidden = item["attrs"].to_string().contains("hidden");
        if item["visibility"] != "public" || is_hidden {
            return;
        }
        let (kind, content) = inner(&item);
        let within = |name: &str| match module {
            "" => name.to_owned(),
            module => format!("{module}::{name}"),
        };
        if kind == "use" {
            return self.list_import(content, module);
        }
        let path = within(item["name"].as_str().unwrap());
        if kind == "function" {
            self.paths.insert(format!("{path}()"));
            return;
        }
        self.paths.insert(path.clone());
        if kind == "trait" {
            return self.list_trait(content, &path);
        }
        for part in content["items"].as_array().into_iter().flatten() {
            self.list(part, &path);
        }
        let fields = [&content["kind"]["plain"]["fields"], &content["variants"]];
        for part in fields.into_iter().filter_map(Value::as_array).flatten() {
            let name = self.item(part)["name"].as_str().unwrap().to_owned();
            self.paths.insert(format!("{path}::{name}"));
        }
        for implementation in content["impls"].as_array().into_iter().flatten() {
            self.list_implementation(implementation, id, &path);
        }
    }

    /// Adds the methods of a trait, which have no visibility of their own.
    fn list_trait(&mut self, content: &Value, path: &str) {
        for part in content["items"].as_array().into_iter().flatten() {
            let item = self.item(part);
            if inner(item).0 == "function" {
                let method = format!("{path}::{}()", item["name"].as_str().unwrap());
                self.paths.insert(method);
            }
        }
    }

    fn list_import(&mut self, import: &Value, module: &str) {
        let target = self.item(&import["id"]).clone();
        if target.is_null() {
            self.paths.insert(format!("{module}::{}", import["name"].as_str().unwrap()));
        } else if import["is_glob"] == true {
            for id in target["inner"]["module"]["items"].as_array().into_iter().flatten() {
                self.list(id, module);
            }
        } else {
            self.list(&import["id"], module);
        }
    }

    fn list_implementation(&mut self, id: &Value, owner: &Value, path: &str) {
        let implementation = self.item(id)["inner"]["impl"].clone();
        let is_of_owner = implementation["for"]["resolved_path"]["id"] == *owner;
        if !is_of_owner || !implementation["blanket_impl"].is_null() {
            return;
        }
        if implementation["trait"].is_null() {
            for method in implementation["items"].as_array().into_iter().flatten() {
                let method = self.item(method);
                let name = method["name"].as_str().unwrap();
                if method["visibility"] == "public" {
                    let path = format!("{path}::{name}()");
                    self.paths.insert(path);
                }
            }
        } else if implementation["is_negative"] == false {
            let path = format!("impl {} for {path}", name(&implementation["trait"]));
            self.paths.insert(path);
        }
    }
}

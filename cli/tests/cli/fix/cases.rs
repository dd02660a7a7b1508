//! One kind of edit at a time, and what is left.

use super::{fix, sandbox};

/// Edits a file; asserts its new text, and what is left: `line:column reason`, as far as it is written.
#[track_caller]
fn assert_edits(before: &str, after: &str, left: &[&str]) {
    let sandbox = sandbox();
    sandbox.write("edits.txt", include_str!("edits.txt"));
    sandbox.write("src/lib.rs", before);
    let status = if left.is_empty() { 0 } else { 5 };
    let run = fix(&sandbox, &["src", "--write", "--edits", "edits.txt"]).ends(status);
    assert_eq!(sandbox.read("src/lib.rs"), after, "{}", run.stderr);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), left.len(), "{}", run.stderr);
    for (line, left) in lines.iter().zip(left) {
        assert!(line.starts_with(&format!("src/lib.rs:{left}")), "{line}\n{left}");
    }
}

/// Asserts that a file stays as it is, and what is left.
#[track_caller]
fn assert_left(text: &str, left: &[&str]) {
    assert_edits(text, text, left);
}

#[test]
fn paths_and_imports() {
    assert_edits(
        "use pets::types::{Kind as K, Pet};\nfn a(_: Vec<Pet>, k: K) -> pets::types::Kind { k }\n",
        "use pets::types::{Species as K, Animal};\nfn a(_: Vec<Animal>, k: K) -> pets::types::Species { k }\n",
        &[],
    );
    assert_edits(
        "use pets as p;\nuse p::types::Kind::{self, Cat};\nfn a() -> [Kind; 2] { [Cat, Kind::Cat] }\n",
        "use pets as p;\nuse p::types::Species::{self, Feline};\nfn a() -> [Species; 2] { [Feline, Species::Feline] }\n",
        &[],
    );
    assert_edits(
        "fn a() { use ::pets::types::*; let _: Option<Pet>; }\nmod b { use super::*; fn c(_: Pet) {} struct Pet; }\n",
        "fn a() { use ::pets::types::*; let _: Option<Animal>; }\nmod b { use super::*; fn c(_: Pet) {} struct Pet; }\n",
        &[],
    );
}

#[test]
fn a_name_that_stands_for_something_else_is_not_taken() {
    assert_edits(
        "use pets::types::Pet;\nstruct Animal(Pet);\n",
        "use pets::types::Animal as Pet;\nstruct Animal(Pet);\n",
        &[],
    );
    assert_edits(
        "pub use pets::types::Pet;\nfn a(_: Pet) {}\n",
        "pub use pets::types::Animal as Pet;\nfn a(_: Pet) {}\n",
        &[],
    );
    assert_edits(
        "use pets::types::Kind::{self, Cat};\nenum Species { A }\nfn a() -> Kind { Cat }\n",
        "use pets::types::Species::{self as Kind, Feline};\nenum Species { A }\nfn a() -> Kind { Feline }\n",
        &[],
    );
    assert_left(
        "use pets::types::*;\nstruct Animal(Pet);\n",
        &["2:15: `types::Pet` is renamed, but `Animal` stands for something else here"],
    );
}

#[test]
fn operations_through_every_kind_of_receiver() {
    let text = |name: &str| {
        format!(
            "use pets::Client;\nuse std::sync::Arc;\n\
             struct App {{ client: Arc<Client> }}\n\
             impl App {{\n    fn client(&self) -> &Client {{ &self.client }}\n    async fn a(&self) {{\n        \
             let c = Client::new(pets::Credentials::new()).unwrap();\n        \
             c.{name}(1).await.ok();\n        self.client.clone().{name}(2);\n        self.client().{name}(3);\n        \
             Client::{name}(&c, 4);\n        (&*self.client).{name}(5);\n        \
             let f = move |c: Client| async move {{ c.{name}(6).timeout(None).send().await }};\n    }}\n}}\n\
             static C: std::sync::OnceLock<Client> = std::sync::OnceLock::new();\n\
             fn new() -> Result<Client, String> {{ Err(String::new()) }}\n\
             fn b() -> Option<()> {{ new().ok()?.{name}(7); if let Ok(c) = new() {{ c.{name}(8); }} None }}\n"
        )
    };
    assert_edits(&text("delete_pet"), &text("remove_pet"), &[]);
}

#[test]
fn what_is_not_traced_is_left() {
    assert_left(
        "use pets::Client;\nfn a<T>(t: T, client: &Client) {\n    t.delete_pet(1);\n    other::client().delete_pet(2);\n}\n",
        &["3:7: it may be `Client::delete_pet()`", "4:21: it may be `Client::delete_pet()`"],
    );
    assert_left(
        "trait Delete { fn delete_pet(self, id: i64); }\nfn a(client: &pets::Client) { client.delete_pet(1); }\n",
        &["2:38: it may be `Client::delete_pet()`, which has changed: a trait"],
    );
    // Values of other types are none of ours.
    assert_left(
        "use pets::Client;\nstruct Own { name: String }\nimpl Own { fn delete_pet(&self) {} }\n\
         fn a(own: Own) { own.delete_pet(); let _ = own.name; let _: Own = Own { name: String::new() }; }\n",
        &[],
    );
    assert_left(
        "use elsewhere::*;\nuse pets::Client;\nfn a(_: Pet) {}\n",
        &["3:9: it may be `types::Pet`, which has changed: the path is not resolved"],
    );
}

#[test]
fn a_variable_that_is_declared_again_has_another_type() {
    assert_edits(
        "fn a(x: pets::types::Pet) {\n    let y = x.name;\n    let x = other::value(&y);\n    x.name;\n}\n",
        "fn a(x: pets::types::Animal) {\n    let y = x.full_name;\n    let x = other::value(&y);\n    x.name;\n}\n",
        &["4:7: it may be `types::Pet::name`"],
    );
    assert_left(
        "fn a(pet: &pets::types::Owner) {\n    with_each!(pet);\n    pet.first;\n}\n",
        &["3:9: it may be `types::Owner::first`"],
    );
}

#[test]
fn alternatives_are_left() {
    let text = |pet: &str| {
        format!(
            "#[cfg(a)]\nuse other::Pet;\n#[cfg(not(a))]\nuse pets::types::{pet} as Pet;\nfn a(p: Pet) {{ p.name; }}\n"
        )
    };
    assert_edits(
        &text("Pet"),
        &text("Animal"),
        &["5:9: it may be `types::Pet`", "5:18: it may be `types::Pet::name`"],
    );
}

#[test]
fn fields_in_expressions_and_patterns() {
    assert_edits(
        "mod pets { include!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\")); }\nuse pets::types::{Kind, Pet};\n\
         fn a(name: String) -> Pet {\n    let pet = Pet { id: 1, name, kind: Kind::Dog, tag: None, owner: None };\n    \
         let Pet { name, tag: Some(tag), .. } = &pet else { return pet };\n    let Pet { ref name, .. } = pet;\n    \
         Pet { name: name.clone(), ..pet.clone() }\n}\n",
        "mod pets { include!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\")); }\nuse pets::types::{Species, Animal};\n\
         fn a(name: String) -> Animal {\n    let pet = Animal { id: 1, full_name: name, kind: Species::Dog, label: None, owner: None };\n    \
         let Animal { full_name: name, label: Some(tag), .. } = &pet else { return pet };\n    let Animal { full_name: ref name, .. } = pet;\n    \
         Animal { full_name: name.clone(), ..pet.clone() }\n}\n",
        &[],
    );
}

#[test]
fn values_through_collections_and_closures() {
    let text = |pet: &str, name: &str| {
        format!(
            "use std::collections::HashMap;\ntype All = Vec<pets::types::{pet}>;\n\
             fn a(all: All, by: HashMap<u8, pets::types::{pet}>) {{\n    for (n, p) in all.iter().enumerate() {{ n; p.{name}; }}\n    \
             let v: Vec<_> = all.iter().filter(|p| p.{name}.is_empty()).collect();\n    v[0].{name};\n    \
             all.iter().map(|p| &p.{name}).for_each(drop);\n    by[&1].{name};\n    by.get(&2).map(|p| p.{name}.len());\n    \
             for (_, p) in &by {{ p.{name}; }}\n    by.values().next().unwrap().{name};\n    \
             let t = (1, all);\n    t.1.last().unwrap().{name};\n    match by.get(&3) {{ Some(p) if p.{name} == \"\" => {{}} _ => {{}} }}\n}}\n"
        )
    };
    assert_edits(&text("Pet", "name"), &text("Animal", "full_name"), &[]);
}

#[test]
fn errors_and_pages() {
    assert_edits(
        "async fn a(c: pets::Client) {\n    let job = match c.list_pets(&pets::types::Kind::Cat).limit(1).await {\n        \
         Ok(page) => page.items[0].name.clone(),\n        Err(e) => e.body().unwrap().detail.clone().unwrap(),\n    };\n}\n",
        "async fn a(c: pets::Client) {\n    let job = match c.search_pets(&pets::types::Species::Feline, 1).await {\n        \
         Ok(page) => page.items[0].full_name.clone(),\n        Err(e) => e.body().unwrap().detail.clone().unwrap(),\n    };\n}\n",
        &[],
    );
}

#[test]
fn arguments_come_from_the_setters_beside_them() {
    assert_edits(
        "use pets::types::{Kind, NewPet};\nfn a(k: Kind) {\n    NewPet::new(\"a\", k)\n        .with_title(b())\n        .with_note(\"c\");\n}\n",
        "use pets::types::{Species, NewPet};\nfn a(k: Species) {\n    NewPet::new(\"a\", k)\n        .with_title(b())\n        .with_note(\"c\");\n}\n",
        // `k` would come after `b()`.
        &["3:13: `types::NewPet::new()` has another declaration", "4:10: `types::NewPet::with_title()` is gone"],
    );
    assert_edits(
        "use pets::types::{Kind, NewPet};\nfn a() {\n    NewPet::new(\"a\", Kind::Cat).with_title(\"b\").with_note(\"c\");\n}\n",
        "use pets::types::{Species, NewPet};\nfn a() {\n    NewPet::new(\"a\", \"b\").with_kind(Species::Feline).with_note(\"c\");\n}\n",
        &[],
    );
    assert_left(
        "fn a(c: pets::types::NewPet) {\n    pets::types::NewPet::new(\"a\", k);\n}\n",
        &["2:26: `types::NewPet::new()` has another declaration: `name: String, kind: Species` → `name: String, title: String`"],
    );
    assert_left(
        "fn a(c: pets::types::NewPet) {\n    pets::types::NewPet::new(\"a\", k) /* why */.with_title(\"b\");\n}\n",
        &["2:26: `types::NewPet::new()`", "2:48: `types::NewPet::with_title()` is gone"],
    );
    assert_left(
        "fn a(c: &pets::types::NewPet) { &c.title; }\n",
        &["1:36: `types::NewPet::title` has another declaration"],
    );
}

#[test]
fn macros() {
    assert_edits(
        "use pets::types::{Kind, Pet};\nfn a(pet: Pet) {\n    println!(\"{} {n} {name}\", pet.name, n = pet.name);\n    \
         assert_eq!(vec![pet.kind; 2], vec![Kind::Cat]);\n    assert!(matches!(pet, Pet { kind: Kind::Cat | Kind::Dog, .. } if pet.name == \"\"));\n    \
         dbg!(&pet).name;\n}\n",
        "use pets::types::{Species, Animal};\nfn a(pet: Animal) {\n    println!(\"{} {n} {name}\", pet.full_name, n = pet.full_name);\n    \
         assert_eq!(vec![pet.kind; 2], vec![Species::Feline]);\n    assert!(matches!(pet, Animal { kind: Species::Feline | Species::Dog, .. } if pet.full_name == \"\"));\n    \
         dbg!(&pet).full_name;\n}\n",
        &[],
    );
    assert_left(
        "macro_rules! get { ($p:ident) => { $p.name } }\nfn a(pet: pets::types::Owner) {\n    get!(pet);\n    select! { x = pet.first => {} }\n}\n",
        &["1:39: it may be `types::Pet::name`, which has changed: definitions", "4:23: it may be `types::Owner::first`, which has changed: the arguments"],
    );
    assert_edits(
        "use pets::headers::X_TOTAL;\nfn a() { println!(\"{X_TOTAL:?}\"); }\n",
        "use pets::headers::X_COUNT;\nfn a() { println!(\"{X_TOTAL:?}\"); }\n",
        &["2:19: `{X_TOTAL}` in the text names an item that is renamed"],
    );
}

#[test]
fn the_example_of_the_book() {
    let page = include_str!("../../../../docs/book/src/regeneration.md");
    let example = page.split("```diff\n").nth(1).unwrap().split("```").next().unwrap();
    let lines = |sign: &str| {
        let lines = example.lines().filter_map(|line| line.strip_prefix(sign));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    let text = |kind: &str, sign: &str| {
        let body = lines(sign);
        format!(
            "use pets::types::{{{kind}, NewPet}};\nasync fn a(client: pets::Client) {{\n{body}}}\n"
        )
    };
    assert_edits(&text("Kind", "-"), &text("Species", "+"), &[]);
}

#[test]
fn what_is_declared_under_conditions_is_not_known() {
    let field = "it may be `types::Pet::name`";
    assert_left(
        "struct App {\n    #[cfg(a)]\n    pet: pets::types::Owner,\n    #[cfg(not(a))]\n    pet: other::Pet,\n}\n\
         fn a(app: App) { app.pet.name; }\n",
        &[&format!("7:26: {field}")],
    );
    assert_left(
        "fn a(o: pets::types::Owner) {\n    #[cfg(b)]\n    let pet = other::pet();\n    #[cfg(c)]\n    let pet = o;\n    pet.name;\n}\n",
        &[&format!("6:9: {field}")],
    );
    assert_edits(
        "#[cfg(a)]\nuse pets::types::Pet;\nuse other::*;\nfn a(pet: Pet) {}\n",
        "#[cfg(a)]\nuse pets::types::Animal as Pet;\nuse other::*;\nfn a(pet: Pet) {}\n",
        &[],
    );
    let text = |a: &str, b: &str| {
        format!(
            "#[cfg(a)]\nmod m {{ use pets::types::{a}; fn a(_: {a}) {{}} }}\n\
             #[cfg(not(a))]\nmod m {{ struct {b}; fn a(_: {b}) {{}} }}\n"
        )
    };
    assert_edits(&text("Kind", "Kind"), &text("Species", "Kind"), &[]);
}

#[test]
fn arguments_of_the_client_are_left() {
    let sandbox = crate::support::Sandbox::empty();
    sandbox.write("old.yaml", crate::support::DOCUMENT);
    sandbox.write("new.yaml", crate::support::DOCUMENT.replace("servers:", "x-servers:"));
    sandbox.write("lib.rs", "fn a() { pets::Client::new(pets::Credentials::new()); }\n");
    let run = fix(&sandbox, &["lib.rs"]).ends(5);
    assert!(
        run.stderr.contains("lib.rs:1:24: `Client::new()` has another declaration"),
        "{}",
        run.stderr
    );
}

#[test]
fn globs_that_lead_to_each_other_are_resolved_in_time() {
    let modules: String = (0..40)
        .map(|number| {
            let globs =
                (0..40).map(|other| format!("pub use crate::m{other}::*; ")).collect::<String>();
            format!("pub mod m{number} {{ {globs} }}\n")
        })
        .collect();
    let text = |pet: &str| {
        format!("{modules}mod last {{ use crate::m0::*; fn a(_: Absent) {{}} fn b(_: pets::types::{pet}) {{}} }}\n")
    };
    assert_edits(&text("Pet"), &text("Animal"), &[]);
}

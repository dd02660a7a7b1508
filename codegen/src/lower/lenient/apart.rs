//! What tells the branches of unions apart, and so cannot be missing.

use crate::api::model::{Access, Api, SchemaId, Shape, Tagging, Union};
use crate::api::read_write::reachable;
use std::collections::{BTreeMap, BTreeSet};

/// What tells the branches of unions apart that replies hold.
#[derive(Default)]
pub struct Apart {
    /// The unions whose branches are tried, with all that these hold: the first that takes a value might be another one if
    /// it took more.
    pub tried: BTreeMap<SchemaId, BTreeSet<SchemaId>>,
    /// The members by whose value or presence a branch is found.
    pub told: BTreeSet<(SchemaId, String)>,
}

impl Apart {
    /// What tells branches apart in the unions that are read.
    pub fn of(api: &Api, is_read: &dyn Fn(SchemaId) -> bool) -> Self {
        let mut apart = Self::default();
        for (id, schema) in api.schemas.iter().filter(|(id, _)| is_read(*id)) {
            if let Shape::Union(union) = &schema.shape {
                apart.add(api, id, union);
            }
        }
        apart
    }

    /// The schemas of which a value may be tried in place of one of another.
    pub fn all_tried(&self) -> BTreeSet<SchemaId> {
        self.tried.values().flatten().copied().collect()
    }

    fn add(&mut self, api: &Api, id: SchemaId, union: &Union) {
        if is_tried(union) {
            let branches = union.variants.iter().map(|variant| variant.value.schema);
            let branches = reachable(&api.schemas, branches.collect(), Access::ReadOnly);
            self.tried.insert(id, branches);
        }
        for (at, variant) in union.variants.iter().enumerate() {
            let told = match &union.tagging {
                Tagging::Property { name, .. } => Some(name),
                Tagging::Keys(keys) => keys.get(at).and_then(Option::as_ref),
                Tagging::Type | Tagging::Text(_) | Tagging::Event(_) | Tagging::Trial => None,
            };
            if let Some(name) = told {
                let objects = objects(api, variant.value.schema).into_iter();
                self.told.extend(objects.map(|id| (id, name.clone())));
            }
        }
    }
}

/// True where values are tried by one branch after another. Of texts only those are that no branch lists.
fn is_tried(union: &Union) -> bool {
    match &union.tagging {
        Tagging::Trial => true,
        Tagging::Property { .. } => union.has_shared_tags(),
        Tagging::Type | Tagging::Keys(_) | Tagging::Text(_) | Tagging::Event(_) => false,
    }
}

/// The objects that a branch is, unions within the union followed.
fn objects(api: &Api, branch: SchemaId) -> BTreeSet<SchemaId> {
    let mut pending = vec![branch];
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        match api.schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::Alias(usage)) => pending.push(usage.schema),
            Some(Shape::Union(union)) => {
                pending.extend(union.variants.iter().map(|variant| variant.value.schema));
            }
            Some(_) | None => {}
        }
    }
    seen
}

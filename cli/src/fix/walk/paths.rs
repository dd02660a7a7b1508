//! Paths and `use` trees.

use super::Walk;
use crate::fix::api::Role;
use crate::fix::resolve::import_of;
use crate::fix::text::Edit;
use crate::fix::tree::{keeps_names, Entity, Import, Namespace, Step};
use proc_macro2::Ident;
use syn::visit::Visit as _;
use syn::{ItemUse, UseTree};

impl Walk<'_, '_> {
    /// Walks through a path, including its generic arguments; returns the meaning of its segments.
    pub fn path(&mut self, path: &syn::Path, namespace: Namespace) -> Vec<Step> {
        let steps =
            self.tree.resolve(self.scope, &import_of(path), namespace, self.self_type.as_ref());
        self.path_names(path, &steps, true);
        steps
    }

    /// Walks through a path to a function that is called; changes of its arguments are left to the caller.
    pub fn called_path(&mut self, path: &syn::Path) -> Vec<Step> {
        let import = import_of(path);
        let steps =
            self.tree.resolve(self.scope, &import, Namespace::Value, self.self_type.as_ref());
        self.path_names(path, &steps, false);
        steps
    }

    fn path_names(&mut self, path: &syn::Path, steps: &[Step], reports_last: bool) {
        let count = path.segments.len();
        for (number, (segment, step)) in path.segments.iter().zip(steps).enumerate() {
            self.visit_path_arguments(&segment.arguments);
            let is_last = number + 1 == count;
            match &step.entity {
                Entity::Api(old) => {
                    let reports = reports_last || !is_last;
                    self.segment(&segment.ident, old, step, number == 0, reports);
                }
                Entity::Unknown => self.unsure(&segment.ident, Role::Path),
                _ => {}
            }
        }
    }

    fn segment(&mut self, ident: &Ident, old: &str, step: &Step, is_first: bool, reports: bool) {
        let fate = self.api.fate(old);
        if step.is_own_name {
            let clash = fate.name.filter(|name| is_first && self.tree.clashes.contains(name));
            match clash {
                Some(name) => {
                    let at = self.range(ident.span()).start;
                    self.findings.items.insert(at);
                    let reason =
                        format!("`{old}` is renamed, but `{name}` stands for something else here");
                    self.remark(ident.span(), reason);
                }
                None => self.rename(ident, old),
            }
        }
        if let Some(remark) = fate.remark.filter(|_| reports) {
            self.remark(ident.span(), remark);
        }
    }

    /// Walks through an import.
    pub fn use_item_tree(&mut self, item: &ItemUse) {
        let mut import = Import {
            segments: Vec::new(),
            is_absolute: item.leading_colon.is_some(),
            has_alias: false,
            is_shared: keeps_names(item),
        };
        self.use_tree(&item.tree, &mut import);
    }

    fn use_tree(&mut self, tree: &UseTree, import: &mut Import) {
        match tree {
            UseTree::Path(path) => {
                import.segments.push(path.ident.to_string());
                self.prefix(&path.ident, import);
                self.use_tree(&path.tree, import);
                import.segments.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.use_tree(tree, import));
            }
            UseTree::Glob(_) => {}
            UseTree::Name(name) if name.ident == "self" => self.self_leaf(&name.ident, import),
            UseTree::Rename(rename) if rename.ident == "self" => {}
            UseTree::Name(name) => self.leaf(&name.ident, import, false),
            UseTree::Rename(rename) => self.leaf(&rename.ident, import, true),
        }
    }

    fn last_step(&self, import: &Import) -> Option<Step> {
        let namespaces = [Namespace::Type, Namespace::Value].into_iter();
        let mut steps = namespaces.filter_map(|namespace| {
            // The own name of `use pets;` would lead back to the import.
            let mut import = import.clone();
            import.is_absolute |= import.segments.len() == 1;
            self.tree.resolve(self.scope, &import, namespace, None).pop()
        });
        let first = steps.next()?;
        let is_item = |step: &Step| matches!(step.entity, Entity::Api(_));
        if is_item(&first) {
            Some(first)
        } else {
            steps.find(is_item).or(Some(first))
        }
    }

    fn prefix(&mut self, ident: &Ident, import: &Import) {
        if let Some(step) = self.tree.resolve(self.scope, import, Namespace::Type, None).last() {
            match &step.entity {
                Entity::Api(old) if step.is_own_name => self.rename(ident, old),
                Entity::Unknown => self.unsure(ident, Role::Path),
                _ => {}
            }
        }
    }

    /// `self` in a group, which imports the item before the group.
    fn self_leaf(&mut self, ident: &Ident, import: &Import) {
        let Some(step) = self.last_step(import) else {
            return;
        };
        if let (Entity::Api(old), true) = (&step.entity, self.tree.keeps_name(import, &step)) {
            let name = crate::fix::edits::simple_name(old);
            self.edit(ident.span(), format!("self as {name}"));
        }
    }

    fn leaf(&mut self, ident: &Ident, import: &Import, has_alias: bool) {
        let mut import = import.clone();
        import.segments.push(ident.to_string());
        let Some(step) = self.last_step(&import) else {
            return;
        };
        let Entity::Api(old) = &step.entity else {
            if matches!(step.entity, Entity::Unknown) {
                self.unsure(ident, Role::Path);
            }
            return;
        };
        let fate = self.api.fate(old);
        if !step.is_own_name {
            return;
        }
        let keeps = !has_alias && self.tree.keeps_name(&import, &step);
        self.use_item(ident, old);
        if !has_alias && !keeps {
            let name = fate.name.clone().unwrap_or_else(|| ident.to_string());
            self.findings.imports.insert((name, old.clone()));
        }
        if keeps && fate.moved.is_none() && self.is_edited(ident) {
            let end = self.range(ident.span()).end;
            self.findings.edits.push(Edit::new(end..end, format!(" as {ident}")));
        }
    }

    fn is_edited(&self, ident: &Ident) -> bool {
        let start = self.range(ident.span()).start;
        self.findings.edits.iter().any(|edit| edit.start == start)
    }
}

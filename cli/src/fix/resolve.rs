//! Resolution of names and types.

use super::tree::{Definition, Entity, Import, Lookup, Namespace, Step, Tree};
use super::types::{self, standard, Ty};
use std::collections::BTreeMap;
use syn::{Signature, Type};

/// Limit on the length of a chain of aliases.
const MAX_DEPTH: usize = 24;

impl Tree<'_> {
    /// The meaning of each segment of a path. `self_type` is the type that `Self` stands for.
    pub fn resolve(
        &self,
        scope: usize,
        import: &Import,
        namespace: Namespace,
        self_type: Option<&Ty>,
    ) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for (number, name) in import.segments.iter().enumerate() {
            let is_last = number + 1 == import.segments.len();
            let namespace = if is_last { namespace } else { Namespace::Type };
            let step = match steps.last() {
                None if import.is_absolute => self.extern_crate(name, false),
                None => self.first(scope, name, namespace, self_type),
                Some(step) => match (name.as_str(), &step.entity) {
                    ("super", Entity::Module(module)) => self.parent(*module),
                    (_, entity) => self.child(entity, name, namespace),
                },
            };
            steps.push(step);
        }
        steps
    }

    fn first(
        &self,
        scope: usize,
        name: &str,
        namespace: Namespace,
        self_type: Option<&Ty>,
    ) -> Step {
        let module = self.module_of(scope);
        let at = |entity| Step { entity, is_own_name: false };
        match name {
            "crate" => at(Entity::Module(self.root_of(module))),
            "self" => at(Entity::Module(module)),
            "super" => self.parent(module),
            "Self" => at(match self_type {
                Some(Ty::Api(path)) => Entity::Api(path.clone()),
                Some(Ty::Local(number)) => Entity::Type(*number),
                Some(_) | None => Entity::Unknown,
            }),
            _ => self.lexical(scope, name, namespace),
        }
    }

    /// Looks a name up in a scope, in those around it, and among crates.
    fn lexical(&self, scope: usize, name: &str, namespace: Namespace) -> Step {
        let mut current = Some(scope);
        let mut is_unclear = false;
        while let Some(scope) = current {
            match self.lookup(scope, name, namespace) {
                Lookup::Step(step) if is_unclear => {
                    return Step { entity: Entity::Unknown, ..step }
                }
                Lookup::Step(step) => return step,
                Lookup::Unclear => is_unclear = true,
                Lookup::Nothing => {}
            }
            current = self.scopes.get(scope).and_then(|scope| scope.enclosing);
        }
        self.extern_crate(name, is_unclear)
    }

    fn extern_crate(&self, name: &str, is_unclear: bool) -> Step {
        let entity = match (self.crates.iter().any(|known| known == name), is_unclear) {
            (true, _) => Entity::Root,
            (false, true) => Entity::Unknown,
            (false, false) => Entity::Foreign,
        };
        Step { entity, is_own_name: false }
    }

    fn module_of(&self, scope: usize) -> usize {
        let mut scope = scope;
        while let Some(outer) = self.scopes.get(scope).and_then(|scope| scope.enclosing) {
            scope = outer;
        }
        scope
    }

    fn root_of(&self, module: usize) -> usize {
        let mut module = module;
        while let Some(parent) = self.scopes.get(module).and_then(|scope| scope.parent) {
            module = parent;
        }
        module
    }

    fn parent(&self, module: usize) -> Step {
        let parent = self.scopes.get(module).and_then(|scope| scope.parent);
        let entity =
            parent.map_or(Entity::Unknown, |parent| Entity::Module(self.module_of(parent)));
        Step { entity, is_own_name: false }
    }

    fn child(&self, owner: &Entity, name: &str, namespace: Namespace) -> Step {
        let own_name = |path: Option<String>| match path {
            Some(path) => Step { entity: Entity::Api(path), is_own_name: true },
            None => Step { entity: Entity::Foreign, is_own_name: false },
        };
        match owner {
            Entity::Root => own_name(super::api::Api::root_child(name)),
            Entity::Api(path) => match self.api.aliased(path) {
                Ty::Api(path) => own_name(self.api.child(&path, name)),
                _ => Step { entity: Entity::Foreign, is_own_name: false },
            },
            Entity::Module(module) => match self.lookup(*module, name, namespace) {
                Lookup::Step(step) => step,
                Lookup::Unclear => Step::unknown(),
                Lookup::Nothing => Step { entity: Entity::Foreign, is_own_name: false },
            },
            Entity::Alias(alias, scope) => match self.ty(*scope, &alias.ty, None) {
                Ty::Api(path) => own_name(self.api.child(&path, name)),
                Ty::Unknown => Step::unknown(),
                _ => Step { entity: Entity::Foreign, is_own_name: false },
            },
            Entity::Unknown => Step::unknown(),
            Entity::Type(_) | Entity::Function(..) | Entity::Value(..) | Entity::Foreign => {
                Step { entity: Entity::Foreign, is_own_name: false }
            }
        }
    }

    /// Looks a name up in one scope. Names that lead to each other in a circle are unclear.
    fn lookup(&self, scope: usize, name: &str, namespace: Namespace) -> Lookup {
        let key = (scope, namespace, name.to_owned());
        if let Some(known) = self.lookups.borrow().get(&key) {
            return known.clone();
        }
        self.lookups.borrow_mut().insert(key.clone(), Lookup::Unclear);
        let outcome = self.look(scope, name, namespace);
        self.lookups.borrow_mut().insert(key, outcome.clone());
        outcome
    }

    fn look(&self, scope: usize, name: &str, namespace: Namespace) -> Lookup {
        let Some(current) = self.scopes.get(scope) else {
            return Lookup::Unclear;
        };
        let definitions = current.names.get(name).into_iter().flatten();
        let mut definitions = definitions.filter(|definition| definition.is_in(namespace));
        if let Some(first) = definitions.next() {
            // Alternatives under `#[cfg]`: which of them holds is not known.
            return Lookup::Step(match definitions.next() {
                None => self.definition(scope, name, first, namespace),
                Some(_) => Step::unknown(),
            });
        }
        let mut outcome = if current.is_opaque { Lookup::Unclear } else { Lookup::Nothing };
        for glob in &current.globs {
            match self.glob_lookup(scope, glob, name, namespace) {
                Lookup::Step(_) if current.is_opaque => return Lookup::Step(Step::unknown()),
                Lookup::Step(step) => return Lookup::Step(step),
                Lookup::Unclear => outcome = Lookup::Unclear,
                Lookup::Nothing => {}
            }
        }
        outcome
    }

    fn definition(
        &self,
        scope: usize,
        name: &str,
        definition: &Definition,
        namespace: Namespace,
    ) -> Step {
        let entity = match definition {
            Definition::Import(import) => return self.imported(scope, name, import, namespace),
            Definition::Module(module) => Entity::Module(*module),
            Definition::Root => Entity::Root,
            Definition::Type(number) => Entity::Type(*number),
            Definition::Alias(alias) => Entity::Alias(alias.clone(), scope),
            Definition::Function(signature) => Entity::Function(signature.clone(), scope),
            Definition::Value(ty) => Entity::Value(ty.clone(), scope),
            Definition::Opaque(_) => Entity::Unknown,
        };
        Step { entity, is_own_name: false }
    }

    fn imported(&self, scope: usize, name: &str, import: &Import, namespace: Namespace) -> Step {
        // `use pets;` and `use pets::pets;` begin with the crate, not with the name that they define.
        let mut import = import.clone();
        import.is_absolute |= import.segments.first().is_some_and(|first| first == name);
        let steps = self.resolve(scope, &import, namespace, None);
        let Some(step) = steps.last() else {
            return Step::unknown();
        };
        let is_own_name = step.is_own_name && !import.has_alias && !self.keeps_name(&import, step);
        Step { entity: step.entity.clone(), is_own_name }
    }

    /// `true` if the import of a renamed item keeps the old name by `as`: the name is for others too, or the new one
    /// stands for something else.
    pub fn keeps_name(&self, import: &Import, step: &Step) -> bool {
        let Entity::Api(path) = &step.entity else {
            return false;
        };
        let name = self.api.fate(path).name;
        name.is_some_and(|name| import.is_shared || self.clashes.contains(&name))
    }

    fn glob_lookup(&self, scope: usize, glob: &Import, name: &str, namespace: Namespace) -> Lookup {
        let steps = self.resolve(scope, glob, Namespace::Type, None);
        match steps.last().map(|step| &step.entity) {
            Some(Entity::Root) => api_lookup(super::api::Api::root_child(name)),
            Some(Entity::Api(path)) => api_lookup(self.api.glob_child(path, name)),
            Some(Entity::Module(module)) => self.lookup(*module, name, namespace),
            Some(Entity::Type(number)) => {
                let variants = self.types.get(*number).map(|definition| &definition.variants);
                if variants.is_some_and(|variants| variants.contains_key(name)) {
                    return Lookup::Step(Step { entity: Entity::Foreign, is_own_name: false });
                }
                Lookup::Nothing
            }
            _ => Lookup::Unclear,
        }
    }

    /// Converts a type that is written in a scope.
    pub fn ty(&self, scope: usize, ty: &Type, self_type: Option<&Ty>) -> Ty {
        self.ty_with(scope, ty, self_type, &BTreeMap::new(), 0)
    }

    fn ty_with(
        &self,
        scope: usize,
        ty: &Type,
        self_type: Option<&Ty>,
        parameters: &BTreeMap<String, Ty>,
        depth: usize,
    ) -> Ty {
        types::convert(ty, &mut |named, arguments| {
            if named.qself.is_some() || depth > MAX_DEPTH {
                return Ty::Unknown;
            }
            if let (Some(self_type), true) = (self_type, named.path.is_ident("Self")) {
                return self_type.clone();
            }
            let import = import_of(&named.path);
            if let Some(ty) = import.segments.first().and_then(|name| parameters.get(name)) {
                return ty.clone();
            }
            let steps = self.resolve(scope, &import, Namespace::Type, self_type);
            match steps.last().map(|step| &step.entity) {
                Some(Entity::Api(path)) => self.api.aliased(path),
                Some(Entity::Type(number)) => Ty::Local(*number),
                Some(Entity::Alias(alias, scope)) => {
                    let names =
                        alias.generics.type_params().map(|parameter| parameter.ident.to_string());
                    let arguments = arguments.into_iter().chain(std::iter::repeat(Ty::Unknown));
                    let parameters = names.zip(arguments).collect();
                    self.ty_with(*scope, &alias.ty, None, &parameters, depth + 1)
                }
                // A prelude's own `Result`, or one that a glob imports, has the form of the standard one.
                Some(entity @ (Entity::Foreign | Entity::Unknown)) => {
                    let name = import.segments.last().map(String::as_str).unwrap_or_default();
                    let is_foreign = matches!(entity, Entity::Foreign)
                        && arguments.iter().all(|argument| *argument == Ty::Foreign);
                    let other = if is_foreign { Ty::Foreign } else { Ty::Unknown };
                    standard(name, &arguments).unwrap_or(other)
                }
                _ => Ty::Unknown,
            }
        })
    }

    /// The type that a function of the sources returns. Futures are left out: `await` yields the type.
    pub fn returned(&self, scope: usize, signature: &Signature) -> Ty {
        self.returned_with(scope, signature, None, &[])
    }

    fn returned_with(
        &self,
        scope: usize,
        signature: &Signature,
        self_type: Option<&Ty>,
        generics: &[String],
    ) -> Ty {
        let Some(ty) = types::returned(signature) else {
            return Ty::Foreign;
        };
        let parameters =
            signature.generics.type_params().map(|parameter| parameter.ident.to_string());
        let parameters = unknown(parameters.chain(generics.iter().cloned()));
        self.ty_with(scope, ty, self_type, &parameters, 0)
    }

    /// The type of a field of a type of the sources.
    pub fn field(&self, number: usize, name: &str) -> Option<Ty> {
        let definition = self.types.get(number)?;
        let ty = definition.fields.get(name)?;
        let parameters = unknown(definition.generics.iter().cloned());
        Some(self.ty_with(definition.scope, ty, Some(&Ty::Local(number)), &parameters, 0))
    }

    /// The type that a method of a type of the sources returns.
    pub fn method(&self, number: usize, name: &str) -> Option<Ty> {
        let self_type = Ty::Local(number);
        Some(match self.types.get(number)?.methods.get(name)? {
            Some(method) => self.returned_with(
                method.scope,
                &method.signature,
                Some(&self_type),
                &method.generics,
            ),
            None => Ty::Unknown,
        })
    }

    /// Types of the contents of a variant of a type of the sources.
    pub fn contents(&self, number: usize, name: &str) -> Vec<Ty> {
        let Some(definition) = self.types.get(number) else {
            return Vec::new();
        };
        let parameters = unknown(definition.generics.iter().cloned());
        let self_type = Ty::Local(number);
        let types = definition.variants.get(name).into_iter().flatten();
        types
            .map(|ty| self.ty_with(definition.scope, ty, Some(&self_type), &parameters, 0))
            .collect()
    }
}

/// Generic parameters, of which nothing is known.
fn unknown(names: impl Iterator<Item = String>) -> BTreeMap<String, Ty> {
    names.map(|name| (name, Ty::Unknown)).collect()
}

fn api_lookup(path: Option<String>) -> Lookup {
    match path {
        Some(path) => Lookup::Step(Step { entity: Entity::Api(path), is_own_name: true }),
        None => Lookup::Nothing,
    }
}

/// A path as an import has it.
pub fn import_of(path: &syn::Path) -> Import {
    Import {
        segments: path.segments.iter().map(|segment| segment.ident.to_string()).collect(),
        is_absolute: path.leading_colon.is_some(),
        has_alias: false,
        is_shared: false,
    }
}

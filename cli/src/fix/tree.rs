//! Modules of the given sources and the names in them.

use super::api::Api;
use super::sources::Source;
use super::types::Ty;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use syn::spanned::Spanned as _;
use syn::{Fields, Generics, ImplItem, Item, ItemImpl, Signature, TraitItem, Type, Visibility};

/// Namespace of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Namespace {
    /// Types and modules.
    Type,
    /// Functions, constants and variants.
    Value,
}

/// An import: a leaf of a `use` tree.
#[derive(Clone, Debug)]
pub struct Import {
    /// The path up to the leaf.
    pub segments: Vec<String>,
    /// `true` for a path that begins with `::`.
    pub is_absolute: bool,
    /// `true` if `as` gives it another name.
    pub has_alias: bool,
    /// `true` if the name is for others too.
    pub is_shared: bool,
}

/// A definition of a name in a scope.
#[derive(Clone)]
pub enum Definition {
    Import(Import),
    Module(usize),
    Root,
    Type(usize),
    Alias(Rc<syn::ItemType>),
    Function(Rc<Signature>),
    Value(Rc<Type>),
    Opaque(Namespace),
}

impl Definition {
    /// `true` if the definition is in a namespace.
    pub fn is_in(&self, namespace: Namespace) -> bool {
        match self {
            Self::Import(_) | Self::Type(_) => true,
            Self::Module(_) | Self::Root | Self::Alias(_) => namespace == Namespace::Type,
            Self::Function(_) | Self::Value(_) => namespace == Namespace::Value,
            Self::Opaque(self_type) => namespace == *self_type,
        }
    }
}

/// A module or a block.
#[derive(Default)]
pub struct Scope {
    /// The scope around a block.
    pub enclosing: Option<usize>,
    /// The module around a module.
    pub parent: Option<usize>,
    /// Definitions by name.
    pub names: BTreeMap<String, Vec<Definition>>,
    /// Imports of everything in a module or an enum.
    pub globs: Vec<Import>,
    /// `true` if a macro may define further names.
    pub is_opaque: bool,
}

/// The meaning of a name.
#[derive(Clone)]
pub enum Entity {
    /// The root of the generated crate.
    Root,
    /// An item of the generated crate, by its path in the old surface.
    Api(String),
    /// A module of the sources.
    Module(usize),
    /// A type of the sources.
    Type(usize),
    /// An alias of the sources, and the scope of its declaration.
    Alias(Rc<syn::ItemType>, usize),
    /// A function of the sources, and the scope of its declaration.
    Function(Rc<Signature>, usize),
    /// A constant of the sources, and the scope of its declaration.
    Value(Rc<Type>, usize),
    /// Certainly no item of the generated crate.
    Foreign,
    /// Anything.
    Unknown,
}

/// The meaning of one segment of a path.
#[derive(Clone)]
pub struct Step {
    /// The meaning.
    pub entity: Entity,
    /// `true` if the segment is written with the item's own name, which changes when the item is renamed.
    pub is_own_name: bool,
}

impl Step {
    /// A step to anything.
    pub fn unknown() -> Self {
        Self { entity: Entity::Unknown, is_own_name: false }
    }
}

/// The outcome of a look-up in one scope.
#[derive(Clone)]
pub enum Lookup {
    /// A definition.
    Step(Step),
    /// No definition, but there may be one that is not seen.
    Unclear,
    /// No definition.
    Nothing,
}

/// A struct or an enum of the sources.
#[derive(Default)]
pub struct TypeDefinition {
    /// The scope of the declaration.
    pub scope: usize,
    /// Names of the generic parameters.
    pub generics: Vec<String>,
    /// Types of the fields.
    pub fields: BTreeMap<String, Type>,
    /// Types of the contents of the variants.
    pub variants: BTreeMap<String, Vec<Type>>,
    /// Methods by name; `None` for a name with several declarations.
    pub methods: BTreeMap<String, Option<Inherent>>,
}

/// A method of a type of the sources.
pub struct Inherent {
    /// The declaration.
    pub signature: Rc<Signature>,
    /// Generic parameters of the `impl` block.
    pub generics: Vec<String>,
    /// The scope of the `impl` block.
    pub scope: usize,
}

impl TypeDefinition {
    fn new(scope: usize, generics: &Generics) -> Self {
        Self { scope, generics: names_of(generics), ..Self::default() }
    }
}

fn names_of(generics: &Generics) -> Vec<String> {
    generics.type_params().map(|parameter| parameter.ident.to_string()).collect()
}

/// All modules.
pub struct Tree<'a> {
    /// The APIs, which say what paths into the generated crate mean.
    pub api: &'a Api,
    /// Modules and blocks.
    pub scopes: Vec<Scope>,
    /// Types of the sources.
    pub types: Vec<TypeDefinition>,
    modules: BTreeMap<usize, usize>,
    /// Scopes of inline modules, by the scopes around them and the offsets of their names.
    inline: BTreeMap<(usize, usize), usize>,
    /// Outcomes of look-ups.
    pub lookups: RefCell<BTreeMap<(usize, Namespace, String), Lookup>>,
    /// Names of methods that traits of the sources declare.
    pub trait_methods: BTreeSet<String>,
    /// Names of macros that the sources define.
    pub macros: BTreeSet<String>,
    /// Names that stand for something else where a renamed item would be imported.
    pub clashes: BTreeSet<String>,
    /// Names of the generated crate.
    pub crates: &'a [String],
    generated: &'a BTreeSet<PathBuf>,
}

impl<'a> Tree<'a> {
    /// Reads the modules of all sources. `crates` are names of the generated crate.
    pub fn new(
        api: &'a Api,
        crates: &'a [String],
        sources: &[Source],
        generated: &'a BTreeSet<PathBuf>,
    ) -> Self {
        let mut tree = Self {
            api,
            scopes: Vec::new(),
            types: Vec::new(),
            modules: BTreeMap::new(),
            inline: BTreeMap::new(),
            lookups: RefCell::default(),
            trait_methods: BTreeSet::new(),
            macros: BTreeSet::new(),
            clashes: BTreeSet::new(),
            crates,
            generated,
        };
        let mut files = Files { sources, children: BTreeSet::new(), impls: Vec::new() };
        for source in sources {
            files.find_children(&source.path, &source.ast.items, &[]);
        }
        for (number, source) in sources.iter().enumerate() {
            if !files.children.contains(&source.path) {
                tree.file(number, None, &mut files);
            }
        }
        // Modules that form a circle have no root.
        for number in 0..sources.len() {
            tree.file(number, None, &mut files);
        }
        for (scope, item) in files.impls {
            tree.implement(scope, item);
        }
        tree
    }

    /// The scope of a file.
    pub fn scope_of(&self, source: usize) -> usize {
        self.modules.get(&source).copied().unwrap_or_default()
    }

    fn file<'s>(&mut self, number: usize, parent: Option<usize>, files: &mut Files<'s>) -> usize {
        if let Some(scope) = self.modules.get(&number) {
            return *scope;
        }
        let scope = self.scope(Scope { parent, ..Scope::default() });
        self.modules.insert(number, scope);
        if let Some(source) = files.sources.get(number) {
            self.items(
                scope,
                &source.ast.items,
                &mut Folder { path: &source.path, inline: Vec::new() },
                files,
            );
        }
        scope
    }

    fn scope(&mut self, scope: Scope) -> usize {
        self.scopes.push(scope);
        self.scopes.len() - 1
    }

    /// Opens a scope for a block, with the items that its statements declare.
    pub fn block<'i>(&mut self, enclosing: usize, items: impl Iterator<Item = &'i Item>) -> usize {
        let scope = self.scope(Scope { enclosing: Some(enclosing), ..Scope::default() });
        for item in items {
            self.item(scope, item);
        }
        scope
    }

    /// Declares a generic parameter.
    pub fn parameter(&mut self, scope: usize, name: &str) {
        self.define(scope, name, Definition::Opaque(Namespace::Type));
    }

    /// The scope of an inline module in another scope.
    pub fn inline_module(&self, scope: usize, ident: &syn::Ident) -> Option<usize> {
        self.inline.get(&(scope, ident.span().byte_range().start)).copied()
    }

    fn define(&mut self, scope: usize, name: &str, definition: Definition) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.names.entry(name.to_owned()).or_default().push(definition);
        }
    }

    fn items<'s>(
        &mut self,
        scope: usize,
        items: &'s [Item],
        folder: &mut Folder<'_>,
        files: &mut Files<'s>,
    ) {
        for item in items {
            match item {
                Item::Mod(module) => self.module(scope, module, folder, files),
                Item::Impl(item) => files.impls.push((scope, item)),
                _ => self.item(scope, item),
            }
        }
    }

    fn module<'s>(
        &mut self,
        scope: usize,
        module: &'s syn::ItemMod,
        folder: &mut Folder<'_>,
        files: &mut Files<'s>,
    ) {
        let name = module.ident.to_string();
        let is_client = self.crates.contains(&name);
        let definition = match &module.content {
            Some((_, items)) if is_client && items.iter().any(is_include) => Definition::Root,
            Some((_, items)) => {
                let inner = self.scope(Scope { parent: Some(scope), ..Scope::default() });
                self.inline.insert((scope, module.ident.span().byte_range().start), inner);
                folder.inline.push(name.clone());
                self.items(inner, items, folder, files);
                folder.inline.pop();
                Definition::Module(inner)
            }
            None => {
                let paths = child_paths(folder.path, &folder.inline, module);
                let known = paths.iter().find_map(|path| files.number(path));
                match known {
                    Some(number) => Definition::Module(self.file(number, Some(scope), files)),
                    None if is_client && paths.iter().any(|path| self.generated.contains(path)) => {
                        Definition::Root
                    }
                    None => Definition::Opaque(Namespace::Type),
                }
            }
        };
        self.define(scope, &name, definition);
    }

    fn item(&mut self, scope: usize, item: &Item) {
        match item {
            Item::Use(item) => {
                let is_shared = keeps_names(item);
                let mut import = Import {
                    segments: Vec::new(),
                    is_absolute: item.leading_colon.is_some(),
                    has_alias: false,
                    is_shared,
                };
                self.import(scope, &item.tree, &mut import);
            }
            Item::ExternCrate(item) => {
                let name = item.ident.to_string();
                let alias = item.rename.as_ref().map(|(_, alias)| alias.to_string());
                let import = Import {
                    segments: vec![name.clone()],
                    is_absolute: true,
                    has_alias: alias.is_some(),
                    is_shared: false,
                };
                self.define(scope, &alias.unwrap_or(name), Definition::Import(import));
            }
            Item::Struct(item) => {
                let fields = fields(&item.fields);
                let definition =
                    TypeDefinition { fields, ..TypeDefinition::new(scope, &item.generics) };
                self.type_definition(&item.ident, definition);
            }
            Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| {
                    let types = variant.fields.iter().map(|field| field.ty.clone()).collect();
                    (variant.ident.to_string(), types)
                });
                let variants = variants.collect();
                let definition =
                    TypeDefinition { variants, ..TypeDefinition::new(scope, &item.generics) };
                self.type_definition(&item.ident, definition);
            }
            Item::Union(item) => {
                self.define(scope, &item.ident.to_string(), Definition::Opaque(Namespace::Type))
            }
            Item::Type(item) => {
                let alias = Definition::Alias(Rc::new(item.clone()));
                self.define(scope, &item.ident.to_string(), alias);
            }
            Item::Fn(item) => {
                let function = Definition::Function(Rc::new(item.sig.clone()));
                self.define(scope, &item.sig.ident.to_string(), function);
            }
            Item::Const(item) => {
                let value = Definition::Value(Rc::new((*item.ty).clone()));
                self.define(scope, &item.ident.to_string(), value);
            }
            Item::Static(item) => {
                let value = Definition::Value(Rc::new((*item.ty).clone()));
                self.define(scope, &item.ident.to_string(), value);
            }
            Item::Trait(item) => self.declare_trait(scope, item),
            Item::Mod(item) => {
                self.define(scope, &item.ident.to_string(), Definition::Opaque(Namespace::Type))
            }
            Item::Macro(item) => match &item.ident {
                Some(name) => {
                    self.macros.insert(name.to_string());
                }
                None => {
                    if let Some(scope) = self.scopes.get_mut(scope) {
                        scope.is_opaque = true;
                    }
                }
            },
            _ => {}
        }
    }

    fn declare_trait(&mut self, scope: usize, item: &syn::ItemTrait) {
        self.define(scope, &item.ident.to_string(), Definition::Opaque(Namespace::Type));
        for member in &item.items {
            if let TraitItem::Fn(function) = member {
                self.trait_methods.insert(function.sig.ident.to_string());
            }
        }
    }

    fn type_definition(&mut self, ident: &syn::Ident, definition: TypeDefinition) {
        let scope = definition.scope;
        self.types.push(definition);
        self.define(scope, &ident.to_string(), Definition::Type(self.types.len() - 1));
    }

    fn import(&mut self, scope: usize, tree: &syn::UseTree, import: &mut Import) {
        let (name, leaf) = match tree {
            syn::UseTree::Path(path) => {
                import.segments.push(path.ident.to_string());
                self.import(scope, &path.tree, import);
                import.segments.pop();
                return;
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(scope, tree, import));
                return;
            }
            syn::UseTree::Glob(_) => {
                let glob = import.clone();
                self.scopes
                    .get_mut(scope)
                    .into_iter()
                    .for_each(|scope| scope.globs.push(glob.clone()));
                return;
            }
            syn::UseTree::Name(name) => (None, name.ident.to_string()),
            syn::UseTree::Rename(rename) => {
                (Some(rename.rename.to_string()), rename.ident.to_string())
            }
        };
        let mut leaf_import = Import { has_alias: name.is_some(), ..import.clone() };
        if leaf != "self" {
            leaf_import.segments.push(leaf);
        }
        let name = name.or_else(|| leaf_import.segments.last().cloned());
        if let Some(name) = name {
            self.define(scope, &name, Definition::Import(leaf_import));
        }
    }

    fn implement(&mut self, scope: usize, item: &ItemImpl) {
        let Ty::Local(number) = self.ty(scope, &item.self_ty, None) else {
            return;
        };
        let Some(definition) = self.types.get_mut(number) else {
            return;
        };
        for member in &item.items {
            if let ImplItem::Fn(function) = member {
                let signature = Rc::new(function.sig.clone());
                let method = Inherent { signature, generics: names_of(&item.generics), scope };
                let name = function.sig.ident.to_string();
                let is_known = definition.methods.contains_key(&name);
                definition.methods.insert(name, (!is_known).then_some(method));
            }
        }
    }
}

/// `true` if the names that an item imports stay: others may see them, or they come from elsewhere under another
/// condition.
pub fn keeps_names(item: &syn::ItemUse) -> bool {
    !matches!(item.vis, Visibility::Inherited) || is_conditional(&item.attrs)
}

/// Files while the tree is made.
struct Files<'s> {
    sources: &'s [Source],
    /// Files that a `mod` of another file declares.
    children: BTreeSet<PathBuf>,
    impls: Vec<(usize, &'s ItemImpl)>,
}

impl Files<'_> {
    fn number(&self, path: &Path) -> Option<usize> {
        self.sources.iter().position(|source| source.path == path)
    }

    fn find_children(&mut self, file: &Path, items: &[Item], inline: &[String]) {
        for item in items {
            let Item::Mod(module) = item else {
                continue;
            };
            match &module.content {
                Some((_, items)) => {
                    let inline = [inline, &[module.ident.to_string()]].concat();
                    self.find_children(file, items, &inline);
                }
                None => {
                    let paths = child_paths(file, inline, module);
                    let child = paths.into_iter().find(|path| self.number(path).is_some());
                    self.children.extend(child.filter(|child| child != file));
                }
            }
        }
    }
}

/// The file and the inline modules around a `mod` item.
struct Folder<'p> {
    path: &'p Path,
    inline: Vec<String>,
}

/// Paths at which the file of a module may be.
fn child_paths(file: &Path, inline: &[String], module: &syn::ItemMod) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let stem = file.file_stem().unwrap_or_default();
    let is_root = ["main", "lib", "mod", "build"].iter().any(|name| stem == *name);
    // A file such as `tests/a.rs` may be the root of a crate.
    let mut bases = if is_root {
        vec![folder.to_path_buf()]
    } else {
        vec![folder.join(stem), folder.to_path_buf()]
    };
    if let Some(path) = path_attribute(module) {
        bases = if inline.is_empty() { vec![folder.to_path_buf()] } else { bases };
        return bases
            .iter()
            .map(|base| crate::paths::normalized(&base.join(inline.join("/")).join(&path)))
            .collect();
    }
    let name = module.ident.to_string();
    let name = name.trim_start_matches("r#");
    let bases = bases.iter().map(|base| base.join(inline.join("/")));
    bases
        .flat_map(|base| [base.join(format!("{name}.rs")), base.join(name).join("mod.rs")])
        .collect()
}

fn path_attribute(module: &syn::ItemMod) -> Option<String> {
    let attribute = module.attrs.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let value = &attribute.meta.require_name_value().ok()?.value;
    match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) => Some(path.value()),
        _ => None,
    }
}

fn is_include(item: &Item) -> bool {
    matches!(item, Item::Macro(item) if item.mac.path.is_ident("include"))
}

/// Types of the fields by name. Of a field with several declarations, under `#[cfg]`, the type is not known.
fn fields(fields: &Fields) -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for (number, field) in fields.iter().enumerate() {
        let name = field.ident.as_ref().map_or_else(|| number.to_string(), ToString::to_string);
        let inferred =
            Type::Infer(syn::TypeInfer { underscore_token: syn::Token![_](field.ty.span()) });
        let ty = if types.contains_key(&name) { inferred } else { field.ty.clone() };
        types.insert(name, ty);
    }
    types
}

/// `true` if an item is there under a condition.
pub fn is_conditional(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

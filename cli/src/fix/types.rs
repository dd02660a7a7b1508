//! Types of values, as far as the edits need them.

use proc_macro2::TokenStream;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

/// Type of a value. References and smart pointers are left out, since field access and method calls see through them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// Nothing is known.
    Unknown,
    /// A type of neither crate.
    Foreign,
    /// A type of the generated crate, by its path in the old surface.
    Api(String),
    /// A type of the given sources, by its number.
    Local(usize),
    /// The builder of the client.
    Builder,
    /// `Option`.
    Option(Box<Ty>),
    /// `Result`.
    Result(Box<Ty>, Box<Ty>),
    /// A list, an iterator or a stream.
    Sequence(Box<Ty>),
    /// A map, by the type of its values.
    Map(Box<Ty>),
    /// A tuple.
    Tuple(Vec<Ty>),
    /// The error of a call, by the type of its documented body.
    Error(Box<Ty>),
    /// A response with its head, by the type of its body.
    Response(Box<Ty>),
}

impl Ty {
    /// `Option` of a type.
    pub fn option(item: Self) -> Self {
        Self::Option(Box::new(item))
    }

    /// `Result` of a type.
    pub fn result(item: Self) -> Self {
        Self::Result(Box::new(item), Box::new(Self::Unknown))
    }

    /// A sequence of a type.
    pub fn sequence(item: Self) -> Self {
        Self::Sequence(Box::new(item))
    }

    /// The type of items when a value is iterated.
    pub fn item(&self) -> Self {
        match self {
            Self::Sequence(item) | Self::Option(item) => (**item).clone(),
            Self::Map(value) => Self::Tuple(vec![Self::Unknown, (**value).clone()]),
            Self::Foreign => Self::Foreign,
            Self::Unknown
            | Self::Api(_)
            | Self::Local(_)
            | Self::Builder
            | Self::Result(..)
            | Self::Tuple(_)
            | Self::Error(_)
            | Self::Response(_) => Self::Unknown,
        }
    }

    /// An annotation with its `_` replaced by what is inferred.
    pub fn filled(self, inferred: Self) -> Self {
        match (self, inferred) {
            (Self::Unknown, inferred) => inferred,
            (Self::Option(a), Self::Option(b)) => Self::option(a.filled(*b)),
            (Self::Sequence(a), Self::Sequence(b)) => Self::sequence(a.filled(*b)),
            (Self::Map(a), Self::Map(b)) => Self::Map(Box::new(a.filled(*b))),
            (Self::Result(a, e), Self::Result(b, f)) => {
                Self::Result(Box::new(a.filled(*b)), Box::new(e.filled(*f)))
            }
            (annotation, _) => annotation,
        }
    }

    /// The type of a collection of this form, made of a sequence of items.
    pub fn collected(self, item: Self) -> Self {
        match (self, item) {
            (Self::Sequence(form), item) if *form == Self::Unknown => Self::sequence(item),
            (Self::Result(form, e), Self::Result(item, f)) => {
                Self::Result(Box::new(form.collected(*item)), Box::new(e.filled(*f)))
            }
            (Self::Option(form), Self::Option(item)) => Self::option(form.collected(*item)),
            (form, _) => form,
        }
    }

    /// The type of either of two branches.
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Unknown | Self::Foreign => other,
            known => known,
        }
    }
}

/// Parses a type of the surface.
pub fn parse(text: &str) -> Option<Type> {
    syn::parse2(text.parse::<TokenStream>().ok()?).ok()
}

/// A type of the standard library by its name and arguments; `None` for all others.
pub fn standard(name: &str, arguments: &[Ty]) -> Option<Ty> {
    let argument = |number: usize| arguments.get(number).cloned().unwrap_or(Ty::Unknown);
    let last = || arguments.last().cloned().unwrap_or(Ty::Unknown);
    Some(match name {
        "Option" => Ty::option(argument(0)),
        "Result" => Ty::Result(Box::new(argument(0)), Box::new(argument(1))),
        "Box" | "Arc" | "Rc" | "Cow" | "Pin" | "Mutex" | "RwLock" | "RefCell" | "OnceCell"
        | "OnceLock" | "LazyLock" => last(),
        "Vec" | "VecDeque" | "BTreeSet" | "HashSet" | "IndexSet" => Ty::sequence(argument(0)),
        "HashMap" | "BTreeMap" | "IndexMap" => Ty::Map(Box::new(argument(1))),
        _ => return None,
    })
}

/// Converts a type; `path` converts one that has a name, with its converted arguments.
pub fn convert(ty: &Type, path: &mut dyn FnMut(&syn::TypePath, Vec<Ty>) -> Ty) -> Ty {
    if let Type::Reference(reference) = ty {
        return convert(&reference.elem, path);
    }
    if let Type::Paren(inner) = ty {
        return convert(&inner.elem, path);
    }
    if let Type::Group(inner) = ty {
        return convert(&inner.elem, path);
    }
    if let Type::Slice(list) = ty {
        return Ty::sequence(convert(&list.elem, path));
    }
    if let Type::Array(list) = ty {
        return Ty::sequence(convert(&list.elem, path));
    }
    if let Type::Tuple(tuple) = ty {
        return Ty::Tuple(tuple.elems.iter().map(|ty| convert(ty, path)).collect());
    }
    if let Type::ImplTrait(opaque) = ty {
        return opaque
            .bounds
            .iter()
            .find_map(|bound| bound_type(bound, path))
            .unwrap_or(Ty::Unknown);
    }
    if let Type::Path(named) = ty {
        let arguments = named.path.segments.last().map(|segment| &segment.arguments);
        let arguments = arguments.map_or_else(Vec::new, |arguments| types_of(arguments, path));
        return path(named, arguments);
    }
    Ty::Unknown
}

/// The items of `impl Iterator<Item = T>` or `Stream`, the output of `impl Future`, the target of `impl Into<T>`.
fn bound_type(
    bound: &TypeParamBound,
    path: &mut dyn FnMut(&syn::TypePath, Vec<Ty>) -> Ty,
) -> Option<Ty> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let segment = bound.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| {
        let GenericArgument::AssocType(associated) = argument else {
            return None;
        };
        let ty = convert(&associated.ty, path);
        match associated.ident.to_string().as_str() {
            "Item" => Some(Ty::sequence(ty)),
            "Output" => Some(ty),
            _ => None,
        }
    })
}

fn types_of(
    arguments: &PathArguments,
    path: &mut dyn FnMut(&syn::TypePath, Vec<Ty>) -> Ty,
) -> Vec<Ty> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.map(|ty| convert(ty, path)).collect()
}

/// The type that a signature returns, if it states one.
pub fn returned(signature: &syn::Signature) -> Option<&Type> {
    match &signature.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

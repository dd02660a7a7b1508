//! Names of operations, credential constructors and webhooks.

use super::arguments::given;
use super::reserved;
use super::responses::{self, ResponseNames};
use super::scope::{Scope, Wish};
use super::tags::Tags;
use super::word_case::{camel, snake};
use super::{media_types, Ident};
use crate::api::model::{Api, Operation};
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeMap;

/// Names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method of the client or group.
    pub method: Ident,
    /// The call type.
    pub call: Ident,
    /// The marker type that implements the runtime's operation traits.
    pub marker: Ident,
    /// The module below `operations`, after the first tag.
    pub module: Ident,
    /// Arguments and setters, one for each parameter.
    pub parameters: Vec<Ident>,
    /// Argument or setter of the body.
    pub body: Ident,
    /// Arguments and setters of the parts of a multipart body with files.
    pub parts: Vec<Ident>,
    /// Enum of request bodies, for several media types.
    pub content: Ident,
    /// Its variants, one for each media type.
    pub contents: Vec<Ident>,
    /// Name reserved for the operation that polls this one on another server.
    pub get: Ident,
    /// Struct of the arguments, for long argument lists.
    pub arguments: Ident,
    /// Enums of several responses.
    pub responses: ResponseNames,
}

/// Item names of operations, in the order of the operations.
#[derive(Clone, Debug, Default)]
pub struct Types {
    names: Vec<BTreeMap<Kind, Ident>>,
    whole: Vec<Ident>,
    /// Operation ids and places, for diagnostics.
    places: Vec<(String, Place)>,
}

/// An item of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Operation,
    Response,
    Error,
    Content,
    Arguments,
    Marker,
    Get,
}

impl Kind {
    /// Returns the candidate names for an operation with this base name.
    fn candidates(self, whole: &str) -> Vec<String> {
        let word = match self {
            Self::Operation => "",
            Self::Response => "Response",
            Self::Error => "Error",
            Self::Content => "Content",
            Self::Arguments => "Arguments",
            Self::Marker => "Operation",
            Self::Get => "GetOperation",
        };
        let camel = camel(whole);
        vec![format!("{camel}{word}"), format!("{camel}Call{word}")]
    }

    /// `true` if the operation certainly has the item, which then takes precedence over inline types.
    fn is_early(self, operation: &Operation) -> bool {
        match self {
            Self::Operation => true,
            Self::Response => responses::has_several_successes(operation),
            Self::Error => responses::has_several_failures(operation),
            Self::Content => {
                let body = operation.body.as_ref();
                body.is_some_and(|body| body.contents.len() > 1)
            }
            Self::Arguments | Self::Marker | Self::Get => false,
        }
    }
}

impl Types {
    /// Names the items that operations certainly have: after components, before inline types.
    pub fn early(
        api: &Api,
        whole: &[Ident],
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let place = |operation: &Operation| (operation.id.clone(), operation.at.place.clone());
        let mut types = Self {
            names: vec![BTreeMap::new(); whole.len()],
            whole: whole.to_vec(),
            places: api.operations.iter().map(place).collect(),
        };
        let kinds = [Kind::Operation, Kind::Response, Kind::Error, Kind::Content];
        for kind in kinds {
            let operations = api.operations.iter().enumerate();
            let early = operations.filter(|(_, operation)| kind.is_early(operation));
            let early = early.map(|(at, _)| at).collect();
            types.claim(kind, early, scope, diagnostics);
        }
        types
    }

    /// Names the remaining items, which yield to all others.
    pub fn late(&mut self, whole: &[Ident], scope: &mut Scope, diagnostics: &mut Diagnostics) {
        let kinds = [
            Kind::Response,
            Kind::Error,
            Kind::Content,
            Kind::Arguments,
            Kind::Marker,
            Kind::Get,
        ];
        for kind in kinds {
            let unnamed = |at: &usize| {
                let named = self.names.get(*at);
                named.is_some_and(|named| !named.contains_key(&kind))
            };
            let late = (0..whole.len()).filter(unnamed).collect();
            self.claim(kind, late, scope, diagnostics);
        }
    }

    fn claim(
        &mut self,
        kind: Kind,
        of: Vec<usize>,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) {
        let wishes = of.iter().filter_map(|at| {
            let whole = self.whole.get(*at)?.text();
            let (id, place) = self.places.get(*at)?;
            let candidates = kind.candidates(whole);
            let wanted = candidates.first().map_or("", String::as_str);
            Some(Wish {
                rank: Wish::rank(false, id, wanted),
                key: whole.to_owned(),
                candidates,
                place: place.clone(),
            })
        });
        let wishes: Vec<Wish> = wishes.collect();
        let idents = scope.settle(&wishes, diagnostics);
        for (at, ident) in of.into_iter().zip(idents) {
            if let Some(named) = self.names.get_mut(at) {
                named.insert(kind, ident);
            }
        }
    }

    /// Returns the name of this item of the operation at this index.
    fn get(&self, at: usize, kind: Kind) -> Ident {
        let named = self.names.get(at).and_then(|named| named.get(&kind));
        named
            .or(self.whole.get(at))
            .cloned()
            .unwrap_or_else(|| Ident::new("operation"))
    }
}

/// Names every operation. Items of operations and types share one scope, so that a file can import both.
pub fn assign(
    api: &Api,
    types: Types,
    tags: &Tags,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let methods = tags.methods(api, &types.whole, diagnostics);
    let operations = api.operations.iter().zip(methods).enumerate();
    let named = operations.map(|(at, (operation, method))| {
        let given = given(api, operation, diagnostics);
        let body = operation.body.as_ref();
        let contents = body.map_or(&[][..], |body| &body.contents);
        OperationNames {
            method,
            call: types.get(at, Kind::Operation),
            marker: types.get(at, Kind::Marker),
            module: tags.module(operation),
            parameters: given.parameters,
            body: given.body,
            parts: given.parts,
            content: types.get(at, Kind::Content),
            contents: media_types::variants(contents),
            get: types.get(at, Kind::Get),
            arguments: types.get(at, Kind::Arguments),
            responses: ResponseNames {
                output: types.get(at, Kind::Response),
                error: types.get(at, Kind::Error),
                variants: responses::variants(operation),
            },
        }
    });
    named.collect()
}

/// Names the credential constructors.
pub fn schemes(api: &Api, diagnostics: &mut Diagnostics) -> BTreeMap<String, Ident> {
    let words: [&[&str]; 2] = [&reserved::CREDENTIAL_METHODS, &reserved::TRAIT_METHODS];
    let wishes = api.security_schemes.keys().map(|name| {
        let wanted = snake(name);
        Wish {
            rank: Wish::rank(false, name, &wanted),
            key: name.clone(),
            candidates: vec![wanted.clone(), format!("{wanted}_scheme")],
            place: Place::Nowhere,
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    let idents = Scope::reserving(&words).settle(&wishes, diagnostics);
    api.security_schemes.keys().cloned().zip(idents).collect()
}

/// Names the payloads of webhooks and callbacks.
pub fn incoming(api: &Api, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let wishes = api.incoming.iter().map(|incoming| {
        let wanted = camel(&incoming.name);
        Wish {
            rank: Wish::rank(false, &incoming.name, &wanted),
            key: format!("{} {}", incoming.name, incoming.at.pointer),
            candidates: vec![wanted.clone(), format!("{wanted}Payload")],
            place: incoming.at.place.clone(),
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    Scope::reserving(&reserved::TYPES).settle(&wishes, diagnostics)
}

//! Structs: their definition, the table of their members, and how they are made.

use super::attributes::{allow_hash, docs, outer};
use super::code::{fill, inline, Code, WIDTH};
use super::conversions::{each, turned};
use super::defaults;
use super::types::{self, codec_of};
use crate::lower::model::{
    Codec, Construction, Conversion, Field, InputConversion, Presence, Record, Rest, ValueType,
};
use crate::names::{Ident, Path};
use proc_macro2::TokenStream;
use quote::quote;

/// The items of a struct, its groups aside.
pub fn items(record: &Record, more: &[Path]) -> Vec<Code> {
    let mut items = vec![definition(record, more).into(), members(record)];
    let construction = record.construction.as_ref();
    items.extend(construction.map(|construction| build(record, construction)));
    items.extend(defaults::items(record).map(Code::from));
    let from = record.from.as_ref();
    items.extend(from.map(|from| conversion(record, from).into()));
    items
}

fn definition(record: &Record, more: &[Path]) -> TokenStream {
    let (name, attributes) = (&record.name, outer(&record.attributes));
    let fields = record.fields.iter().map(|field| {
        let (attributes, ident, ty) = (
            outer(&field.attributes),
            &field.name.ident,
            field_type(field),
        );
        quote!(#attributes pub #ident: #ty)
    });
    let rest = kept(record).map(|(ident, value)| {
        let attributes =
            docs(&["Every member that is not a field above, in its order on the wire."]);
        let ty = &value.ty;
        quote!(#attributes pub #ident: rt::Map<#ty>)
    });
    let fields = fields.chain(rest);
    // A struct that is read in place is copied by way of its table, too.
    let clone = (!record.in_place).then(|| quote!(Clone,));
    let derives =
        (clone.is_some() || !more.is_empty()).then(|| quote!(#[derive(#clone #(#more),*)]));
    let allow = allow_hash(more);
    quote! {
        #attributes
        #allow
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

/// The field of further members.
fn kept(record: &Record) -> Option<(&Ident, &ValueType)> {
    match &record.rest {
        Rest::Kept(ident, value) => Some((ident, value)),
        Rest::Skipped | Rest::Refused => None,
    }
}

/// The type of a field, its presence included.
pub fn field_type(field: &Field) -> TokenStream {
    let ty = &field.value.ty;
    match field.presence {
        Presence::Required => quote!(#ty),
        Presence::Optional | Presence::Nullable | Presence::Lenient => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(rt::Maybe<#ty>),
    }
}

/// The table of members: `record! { Pet { name: "name", kind: "petKind" } }`.
fn members(record: &Record) -> Code {
    let (head, codec): (_, fn(&Field) -> Option<TokenStream>) = if record.in_place {
        ("rt::record!", field_codec)
    } else {
        ("rt::record_by_parts!", |field| Some(presence_codec(field)))
    };
    let mut rows: Vec<_> = record
        .fields
        .iter()
        .map(|field| {
            let row = format!("{}: {:?}", field.name.ident, field.name.wire);
            match codec(field) {
                Some(codec) => format!("{row} as {}", inline(&codec)),
                None => row,
            }
        })
        .collect();
    match &record.rest {
        Rest::Skipped => {}
        Rest::Refused => rows.push("..!".to_owned()),
        Rest::Kept(ident, value) => rows.push(match types::coded(value) {
            Some(codec) => format!("..{ident} as {}", inline(&codec)),
            None => format!("..{ident}"),
        }),
    }
    Code::table(&format!("{head} {{ {}", record.name), &rows, "")
}

/// The codec of a field with its presence; `None` where the field's type is enough.
fn field_codec(field: &Field) -> Option<TokenStream> {
    let is_own = match field.presence {
        Presence::Required | Presence::Optional | Presence::OptionalNullable => {
            field.value.codec == Codec::Own
        }
        Presence::Nullable | Presence::Lenient => false,
    };
    (!is_own).then(|| presence_codec(field))
}

/// The codec of a field with its presence.
fn presence_codec(field: &Field) -> TokenStream {
    let codec = codec_of(&field.value);
    match field.presence {
        Presence::Required => codec,
        Presence::Optional => quote!(rt::Optional<#codec>),
        Presence::Nullable => quote!(rt::Null<#codec>),
        Presence::OptionalNullable => quote!(rt::MaybeBy<#codec>),
        Presence::Lenient => quote!(rt::OrNone<#codec>),
    }
}

/// `new` and the setters of all that need not be given.
fn build(record: &Record, construction: &Construction) -> Code {
    let required = arguments(record, construction);
    let constants = constants(construction);
    let inline = required.join(", ");
    let mut head = format!("rt::build! {{ {}({inline}{constants})", record.name);
    if head.len() + " {".len() > WIDTH && !required.is_empty() {
        head = format!("rt::build! {{ {}(\n", record.name);
        fill(&mut head, "    ", &required);
        // The last row has a line end of its own.
        head.truncate(head.trim_end().len());
        head.push_str(&format!("{constants}\n)"));
    }
    Code::table(&head, &setters(record, construction), "")
}

/// The required members but constants, as arguments.
pub fn arguments(record: &Record, construction: &Construction) -> Vec<String> {
    let is_constant = |ident: &Ident| {
        construction
            .constants
            .iter()
            .any(|(other, _)| other == ident)
    };
    let given = record
        .fields
        .iter()
        .filter(|field| field.presence.is_given() && !is_constant(&field.name.ident));
    given
        .map(|field| argument(&field.name.ident, &field_type(field)))
        .collect()
}

/// The required members that have one value, behind a semicolon.
fn constants(construction: &Construction) -> String {
    let constants = construction.constants.iter();
    let constants: Vec<_> = constants
        .map(|(ident, value)| format!("{ident} = {}", inline(&defaults::expression(value))))
        .collect();
    match constants.as_slice() {
        [] => String::new(),
        constants => format!("; {}", constants.join(", ")),
    }
}

/// A setter for each member that need not be given, and one for further members.
fn setters(record: &Record, construction: &Construction) -> Vec<String> {
    let optional = record
        .fields
        .iter()
        .filter(|field| !field.presence.is_given());
    let rows = optional.zip(&construction.setters).map(|(field, setter)| {
        let ty = &field.value.ty;
        let row = argument(&field.name.ident, &quote!(#ty));
        let deprecated = match field.attributes.deprecated {
            true => "#[deprecated] ",
            false => "",
        };
        format!("{deprecated}{setter}({row})")
    });
    let rest = kept(record).zip(construction.setters.last());
    let rest = rest.map(|((ident, value), setter)| {
        let ty = &value.ty;
        format!("{setter}({})", argument(ident, &quote!(rt::Map<#ty>)))
    });
    rows.chain(rest).collect()
}

fn argument(ident: &Ident, ty: &TokenStream) -> String {
    format!("{ident}: {}", inline(&ty))
}

/// The form for requests, made from the form in replies.
fn conversion(record: &Record, from: &InputConversion) -> TokenStream {
    let (name, read) = (&record.name, &from.read);
    let fields = record.fields.iter().zip(&from.fields).map(|(field, turn)| {
        let ident = &field.name.ident;
        match turn {
            None if field.presence == Presence::OptionalNullable => {
                quote!(#ident: rt::Maybe::Absent)
            }
            None => quote!(#ident: None),
            Some(turn) => {
                let value = field_value(field, turn);
                quote!(#ident: #value)
            }
        }
    });
    let rest = kept(record).map(|(ident, _)| {
        let value = turned(&quote!(read.#ident), &from.rest);
        quote!(#ident: #value)
    });
    let fields = fields.chain(rest);
    let is_read = from.fields.iter().any(Option::is_some) || kept(record).is_some();
    let argument = if is_read { quote!(read) } else { quote!(_) };
    quote! {
        impl From<#read> for #name {
            #[inline]
            fn from(#argument: #read) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}

/// The value of a field, made from the field in replies.
fn field_value(field: &Field, turn: &Conversion) -> TokenStream {
    let ident = &field.name.ident;
    let value = quote!(read.#ident);
    match (field.presence, turn) {
        (Presence::Required, turn) => turned(&value, turn),
        (_, Conversion::Same) => value,
        (
            Presence::Optional
            | Presence::Nullable
            | Presence::OptionalNullable
            | Presence::Lenient,
            turn,
        ) => {
            let each = each(turn);
            quote!(#value.map(#each))
        }
    }
}

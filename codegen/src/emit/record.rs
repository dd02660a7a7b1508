//! Structs: definition, table of members, constructor and setters, conversion.

use super::code::{allow_hash, docs, fill, inline, outer, Code, WIDTH};
use super::conversions::{converted, each};
use super::defaults;
use super::types::borrowed;
use super::types::{self, codec_of};
use crate::lower::model::{
    AdditionalMembers, Codec, Construction, Conversion, Field, Group, GroupVariant, Presence,
    Record, RecordConversion, Type,
};
use crate::names::{Ident, Path};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of a struct and of its groups.
pub fn items(record: &Record, derives: &[Path]) -> Vec<Code> {
    let mut items = vec![definition(record, derives).into(), table(record)];
    let construction = record.construction.as_ref();
    items.extend(construction.map(|construction| build(record, construction)));
    items.extend(defaults::accessors(record).map(Code::from));
    let conversion = record.conversion.as_ref();
    items.extend(conversion.map(|conversion| from_response(record, conversion).into()));
    items.extend(groups(record));
    items
}

fn definition(record: &Record, derives: &[Path]) -> TokenStream {
    let (name, attributes) = (&record.name, outer(&record.attributes));
    let fields = record.fields.iter().map(|field| {
        let (attributes, ident, ty) =
            (outer(&field.attributes), &field.name.ident, field_type(field));
        quote!(#attributes pub #ident: #ty)
    });
    let additional = record.additional.field().map(|(ident, value)| {
        let attributes = docs(&["Members without a field of their own, in wire order."]);
        let ty = &value.ty;
        quote!(#attributes pub #ident: rt::Map<#ty>)
    });
    let fields = fields.chain(additional);
    // A struct with a blank value is also cloned by its table.
    let clone = (!record.in_place).then(|| quote!(Clone,));
    let has_derives = clone.is_some() || !derives.is_empty();
    let allow = allow_hash(derives);
    let derives = has_derives.then(|| quote!(#[derive(#clone #(#derives),*)]));
    quote! {
        #attributes
        #allow
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

/// Returns the type of a field, including its presence.
pub fn field_type(field: &Field) -> TokenStream {
    let ty = &field.value.ty;
    match field.presence {
        Presence::Required => quote!(#ty),
        Presence::Optional | Presence::Nullable | Presence::Lenient => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(rt::Maybe<#ty>),
    }
}

/// Returns the table of members: `record! { Pet { name: "name", kind: "petKind" } }`.
fn table(record: &Record) -> Code {
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
    match &record.additional {
        AdditionalMembers::Ignored => {}
        AdditionalMembers::Rejected => rows.push("..!".to_owned()),
        AdditionalMembers::Stored(ident, value) => rows.push(match types::coded(value) {
            Some(codec) => format!("..{ident} as {}", inline(&codec)),
            None => format!("..{ident}"),
        }),
    }
    Code::table(&format!("{head} {{ {}", record.name), &rows, "")
}

/// Returns the codec of a field; `None` if its type determines it.
fn field_codec(field: &Field) -> Option<TokenStream> {
    let is_native = match field.presence {
        Presence::Required | Presence::Optional | Presence::OptionalNullable => {
            field.value.codec == Codec::Native
        }
        Presence::Nullable | Presence::Lenient => false,
    };
    (!is_native).then(|| presence_codec(field))
}

/// Returns the codec of a field, including its presence.
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

/// Returns the constructor and setters.
fn build(record: &Record, construction: &Construction) -> Code {
    let required = arguments(record, construction);
    let constants = constants(construction);
    let inline = required.join(", ");
    let mut head = format!("rt::build! {{ {}({inline}{constants})", record.name);
    if head.len() + " {".len() > WIDTH && !required.is_empty() {
        head = format!("rt::build! {{ {}(\n", record.name);
        fill(&mut head, "    ", &required);
        // The last row ends with a line break of its own.
        head.truncate(head.trim_end().len());
        head.push_str(&format!("{constants}\n)"));
    }
    Code::table(&head, &setters(record, construction), "")
}

/// Returns the arguments of the constructor.
pub fn arguments(record: &Record, construction: &Construction) -> Vec<String> {
    let fields = construction
        .arguments
        .iter()
        .filter_map(|name| record.fields.iter().find(|field| field.name.ident == name.ident));
    fields.map(|field| argument(&field.name.ident, &field_type(field))).collect()
}

/// Returns the constant fields, after a semicolon.
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

/// Returns the setters of optional fields and of additional members.
fn setters(record: &Record, construction: &Construction) -> Vec<String> {
    let optional = record.fields.iter().filter(|field| !field.presence.is_required());
    let rows = optional.zip(&construction.setters).map(|(field, setter)| {
        let ty = &field.value.ty;
        let row = argument(&field.name.ident, &quote!(#ty));
        let deprecated = match field.attributes.deprecated {
            true => "#[deprecated] ",
            false => "",
        };
        format!("{deprecated}{setter}({row})")
    });
    let additional = record.additional.field().zip(construction.setters.last());
    let additional = additional.map(|((ident, value), setter)| {
        let ty = &value.ty;
        format!("{setter}({})", argument(ident, &quote!(rt::Map<#ty>)))
    });
    rows.chain(additional).collect()
}

fn argument(ident: &Ident, ty: &TokenStream) -> String {
    format!("{ident}: {}", inline(ty))
}

/// Returns the conversion of the response type into the request type.
fn from_response(record: &Record, conversion: &RecordConversion) -> TokenStream {
    let (name, read) = (&record.name, &conversion.read);
    let fields = record.fields.iter().zip(&conversion.fields).map(|(field, conversion)| {
        let ident = &field.name.ident;
        match conversion {
            None if field.presence == Presence::OptionalNullable => {
                quote!(#ident: rt::Maybe::Absent)
            }
            None => quote!(#ident: None),
            Some(conversion) => {
                let value = field_value(field, conversion);
                quote!(#ident: #value)
            }
        }
    });
    let additional = record.additional.field().map(|(ident, _)| {
        let value = converted(&quote!(read.#ident), &conversion.additional);
        quote!(#ident: #value)
    });
    let fields = fields.chain(additional);
    let is_read =
        conversion.fields.iter().any(Option::is_some) || record.additional.field().is_some();
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

/// Returns the value of a field, converted from the field of the response type.
fn field_value(field: &Field, conversion: &Conversion) -> TokenStream {
    let ident = &field.name.ident;
    let value = quote!(read.#ident);
    match (field.presence, conversion) {
        (Presence::Required, conversion) => converted(&value, conversion),
        (_, Conversion::Same) => value,
        (
            Presence::Optional
            | Presence::Nullable
            | Presence::OptionalNullable
            | Presence::Lenient,
            conversion,
        ) => {
            let each = each(conversion);
            quote!(#value.map(#each))
        }
    }
}

/// Returns the enums and the accessors that return them.
fn groups(record: &Record) -> Vec<Code> {
    if record.groups.is_empty() {
        return Vec::new();
    }
    let name = &record.name;
    let accessors = record.groups.iter().map(group_accessor);
    let methods = quote! {
        impl #name { #(#accessors)* }
    };
    let enums = record.groups.iter().map(|group| group_enum(record, group));
    enums.chain([methods]).map(Code::from).collect()
}

/// Returns the fields as a list of code spans.
fn field_list(group: &Group) -> String {
    let members: Vec<_> =
        group.variants.iter().map(|variant| format!("`{}`", variant.field.text())).collect();
    members.join(", ")
}

fn group_enum(record: &Record, group: &Group) -> TokenStream {
    let name = &group.name;
    let attributes = docs(&[format!(
        "Whichever of {} is set on [`{}`].",
        field_list(group),
        record.name.text()
    )]);
    let variants = group.variants.iter().map(|variant| {
        let (ident, ty) = (&variant.ident, &variant.ty);
        let attributes = docs(&[format!("`{}` is set.", variant.field.text())]);
        if ty.is_copy() {
            quote!(#attributes #ident(#ty))
        } else {
            let target = borrowed(ty);
            quote!(#attributes #ident(&'a #target))
        }
    });
    let lifetime = group.borrows().then(|| quote!(<'a>));
    quote! {
        #attributes
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum #name #lifetime { #(#variants,)* }
    }
}

fn group_accessor(group: &Group) -> TokenStream {
    let (name, accessor) = (&group.name, &group.accessor);
    let attributes = docs(&[
        format!("Returns whichever of {} is set; the first if several are.", field_list(group)),
        String::new(),
        "`None` if none is set, which is valid too.".to_owned(),
    ]);
    let lifetime = group.borrows().then(|| quote!(<'_>));
    let tries = group.variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, group_value(variant));
        quote!(if let Some(value) = #value { return Some(#name::#ident(value)); })
    });
    quote! {
        #attributes
        #[inline]
        pub fn #accessor(&self) -> Option<#name #lifetime> {
            #(#tries)*
            None
        }
    }
}

/// Returns a field's value as an `Option` of the variant's content.
fn group_value(variant: &GroupVariant) -> TokenStream {
    let field = &variant.field;
    if !variant.optional {
        return if variant.ty.is_copy() {
            quote!(self.#field.value().copied())
        } else {
            quote!(self.#field.value())
        };
    }
    if variant.ty.is_copy() {
        quote!(self.#field)
    } else if matches!(variant.ty, Type::Text | Type::List(_) | Type::Boxed(_)) {
        quote!(self.#field.as_deref())
    } else {
        quote!(self.#field.as_ref())
    }
}

//! How a struct is read and written: one table of members each way.

use super::record::allow;
use super::types::coded;
use crate::names::Ident;
use crate::rust::ir::{Codec, Field, Presence, Record, Rest};
use crate::tokens::{quote, Tokens};

/// The codec of a struct.
pub fn items(record: &Record) -> Vec<Tokens> {
    vec![read(record), write(record)]
}

/// Names for what the function itself needs, out of the way of the fields.
fn locals(record: &Record) -> (Tokens, Tokens) {
    let taken = |word: &str| idents(record).any(|ident| ident.text() == word);
    let source = if taken("source") {
        quote!(json_source)
    } else {
        quote!(source)
    };
    let fields = if taken("fields") {
        quote!(json_fields)
    } else {
        quote!(fields)
    };
    (source, fields)
}

fn idents(record: &Record) -> impl Iterator<Item = &Ident> {
    let rest = match &record.rest {
        Rest::Kept(ident, _) => Some(ident),
        Rest::Skipped | Rest::Refused => None,
    };
    record
        .fields
        .iter()
        .map(|field| &field.name.ident)
        .chain(rest)
}

fn read(record: &Record) -> Tokens {
    let (name, allow) = (&record.name, allow(record));
    let (source, fields) = locals(record);
    let slots = record.fields.iter().map(slot);
    let rows = record.fields.iter().map(|field| {
        let (wire, ident) = (&field.name.wire, &field.name.ident);
        quote!((#wire, &mut #ident))
    });
    let Further {
        slot: rest,
        function,
        argument,
        value,
    } = further(record);
    let values = record.fields.iter().map(taken).chain(value);
    quote! {
        #allow
        impl rt::Decode for #name {
            #[inline]
            fn decode(#source: &mut dyn rt::Decoder) -> Result<Self, rt::CodecError> {
                #(#slots)*
                #rest
                let #fields: &mut [rt::Field<'_>] = &mut [#(#rows,)*];
                #function(#source, #fields #argument)?;
                Ok(Self { #(#values,)* })
            }
        }
    }
}

/// What reading further members takes.
struct Further {
    slot: Tokens,
    function: Tokens,
    argument: Tokens,
    value: Option<Tokens>,
}

fn further(record: &Record) -> Further {
    let plain = |function| Further {
        slot: quote!(),
        function,
        argument: quote!(),
        value: None,
    };
    match &record.rest {
        Rest::Skipped => plain(quote!(rt::read_object)),
        Rest::Refused => plain(quote!(rt::read_closed_object)),
        Rest::Kept(ident, value) => {
            let argument = match coded(value) {
                None => quote!(, &mut #ident),
                Some(codec) => quote!(, &mut rt::CodedRest::<#codec>::new(&mut #ident)),
            };
            Further {
                slot: quote!(let mut #ident = rt::Map::new();),
                function: quote!(rt::read_object_with_rest),
                argument,
                value: Some(quote!(#ident)),
            }
        }
    }
}

/// The variable that a field is read into.
fn slot(field: &Field) -> Tokens {
    let ident = &field.name.ident;
    match (coded(&field.value), field.presence) {
        (None, Presence::Required | Presence::Optional) => quote!(let mut #ident = None;),
        (None, Presence::Nullable | Presence::OptionalNullable) => {
            quote!(let mut #ident = rt::Maybe::Absent;)
        }
        (Some(codec), _) => quote!(let mut #ident = rt::Coded::<#codec>::new();),
    }
}

/// The field's value out of its variable.
fn taken(field: &Field) -> Tokens {
    let (wire, ident) = (&field.name.wire, &field.name.ident);
    match (field.value.codec == Codec::Own, field.presence) {
        (true, Presence::Optional | Presence::OptionalNullable) => quote!(#ident),
        (true, Presence::Required) => quote!(#ident: rt::required(#wire, #ident)?),
        (true, Presence::Nullable) | (false, Presence::Required) => {
            quote!(#ident: #ident.required(#wire)?)
        }
        (false, Presence::Optional) => quote!(#ident: #ident.optional(#wire)?),
        (false, Presence::Nullable) => quote!(#ident: #ident.maybe().required(#wire)?),
        (false, Presence::OptionalNullable) => quote!(#ident: #ident.maybe()),
    }
}

fn write(record: &Record) -> Tokens {
    let (name, allow) = (&record.name, allow(record));
    let rows = record.fields.iter().map(|field| {
        let (wire, value) = (&field.name.wire, written(field));
        quote!((#wire, #value))
    });
    let send = match &record.rest {
        Rest::Skipped | Rest::Refused => quote!(encoder.object(fields)),
        Rest::Kept(ident, value) => {
            let rest = match coded(value) {
                None => quote!(&self.#ident),
                Some(codec) => quote!(&rt::CodedValues::<#codec>::new(&self.#ident)),
            };
            quote!(rt::write_object_with_rest(encoder, fields, #rest))
        }
    };
    quote! {
        #allow
        impl rt::Encode for #name {
            #[inline]
            fn encode(&self, encoder: &mut dyn rt::Encoder) -> Result<(), rt::CodecError> {
                let fields: &[rt::Member<'_>] = &[#(#rows,)*];
                #send
            }
        }
    }
}

fn written(field: &Field) -> Tokens {
    let ident = &field.name.ident;
    let Some(coded) = coded(&field.value) else {
        return match field.presence {
            Presence::Nullable => quote!(&rt::nullable(&self.#ident)),
            Presence::Required | Presence::Optional | Presence::OptionalNullable => {
                quote!(&self.#ident)
            }
        };
    };
    match field.presence {
        Presence::Required | Presence::Optional => quote!(&rt::coded::<#coded>(&self.#ident)),
        Presence::Nullable => quote!(&rt::coded_nullable::<#coded>(&self.#ident)),
        Presence::OptionalNullable => quote!(&rt::coded_maybe::<#coded>(&self.#ident)),
    }
}

//! Operations: the method, its setters, its marker and what it answers.

use super::types::{self, borrowed};
use super::words::{docs, or, outer};
use super::{answer, data};
use crate::rust::ir::{Argument, Arguments, Method, OperationFile, OperationGroup, Target, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a file's operations: the client, or its group of that tag.
fn owner(file: &OperationFile) -> &dyn std::fmt::Display {
    match &file.group {
        Some(group) => &group.name,
        None => &"Client",
    }
}

/// The items of one file: its group, then its operations.
pub fn file(file: &OperationFile) -> Vec<TokenStream> {
    let methods = file.methods.iter().flat_map(|method| items(method, file));
    file.group.iter().flat_map(group).chain(methods).collect()
}

fn group(group: &OperationGroup) -> Vec<TokenStream> {
    let (name, accessor) = (&group.name, &group.accessor);
    let words = or(
        &group.words,
        &format!("The operations under `{}`.", group.tag),
    );
    let definition = docs(&[format!("What [`Client::{accessor}`] leads to.")]);
    let accessor = quote! {
        impl Client {
            #words
            #[inline]
            pub fn #accessor(&self) -> #name<'_> {
                #name(&self.0)
            }
        }
    };
    let definition = quote! {
        #definition
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a>(&'a v1::Client);
    };
    vec![accessor, definition]
}

/// The items of one operation.
fn items(method: &Method, file: &OperationFile) -> Vec<TokenStream> {
    let link = format!("[`{}::{}`]", owner(file), method.name);
    let mut items = vec![call(method, file)];
    items.extend(setters(method));
    items.extend(arguments_struct(method, &link));
    items.extend(marker(method, &link));
    items.extend(answer::items(&method.reply));
    items.extend(answer::items(&method.failure));
    items.push(data::operation(method));
    items
}

/// The method on the client.
fn call(method: &Method, file: &OperationFile) -> TokenStream {
    let owner = match &file.group {
        Some(group) => {
            let name = &group.name;
            quote!(#name<'_>)
        }
        None => quote!(Client),
    };
    let (name, marker, data) = (&method.name, &method.marker, &method.static_name);
    let words = outer(&method.words);
    let (parameters, unpack, given) = match &method.arguments {
        Arguments::List(given) => (given.iter().map(parameter).collect(), None, given),
        Arguments::Struct(ty, given) => {
            let names = given.iter().map(|argument| &argument.name.ident);
            let lifetime = given
                .iter()
                .any(|argument| !argument.value.ty.is_copy())
                .then(|| quote!(<'_>));
            (
                vec![quote!(arguments: #ty #lifetime)],
                Some(quote!(let #ty { #(#names),* } = arguments;)),
                given,
            )
        }
    };
    let mutable = (!given.is_empty()).then(|| quote!(mut));
    let sets = given.iter().map(|argument| set(argument, &quote!(call)));
    quote! {
        impl #owner {
            #words
            #[inline]
            pub fn #name(&self, #(#parameters),*) -> Call<#marker> {
                #unpack
                let #mutable call = self.0.call(&#data);
                #(#sets)*
                Call::new(call)
            }
        }
    }
}

/// An argument in the customary way: copied, or borrowed.
fn parameter(argument: &Argument) -> TokenStream {
    let (name, ty) = (&argument.name.ident, argument_type(argument, None));
    quote!(#name: #ty)
}

fn argument_type(argument: &Argument, lifetime: Option<&TokenStream>) -> TokenStream {
    let ty = &argument.value.ty;
    match argument.target {
        Target::Bytes(_) => quote!(v1::Body),
        Target::Path | Target::Query | Target::Header | Target::Cookie | Target::Body(_)
            if ty.is_copy() =>
        {
            quote!(#ty)
        }
        Target::Path | Target::Query | Target::Header | Target::Cookie | Target::Body(_) => {
            let target = borrowed(ty);
            quote!(&#lifetime #target)
        }
    }
}

/// Whether an argument is already the reference that a call takes; a `str` or slice has to be referred to once more.
fn is_sized_reference(argument: &Argument) -> bool {
    let ty = &argument.value.ty;
    !ty.is_copy() && !matches!(ty, Type::Text | Type::List(_))
}

/// Hands an argument to the call.
fn set(argument: &Argument, call: &TokenStream) -> TokenStream {
    let (wire, ident) = (&argument.name.wire, &argument.name.ident);
    let reference = if argument.value.ty.is_copy() {
        quote!(&#ident)
    } else {
        quote!(#ident)
    };
    let value = match (
        types::coded(&argument.value),
        types::coded_item(&argument.value),
    ) {
        (_, Some(item)) => quote!(&v1::coded_items::<#item>(#ident)),
        (None, None) if is_sized_reference(argument) => quote!(#ident),
        (None, None) => quote!(&#ident),
        (Some(codec), None) => quote!(&v1::coded::<#codec>(#reference)),
    };
    match argument.target {
        Target::Path => quote!(#call.path(#wire, #value);),
        Target::Query => quote!(#call.query(#wire, #value);),
        Target::Header => quote!(#call.header(#wire, #value);),
        Target::Cookie => quote!(#call.cookie(#wire, #value);),
        Target::Body(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(#call.body(#index, #value);)
        }
        Target::Bytes(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(#call.bytes(#index, #ident);)
        }
    }
}

/// Optional parameters are setters: a new one breaks nobody.
fn setters(method: &Method) -> Option<TokenStream> {
    if method.setters.is_empty() {
        return None;
    }
    let marker = &method.marker;
    let setters = method.setters.iter().map(|argument| {
        let (ident, ty) = (&argument.name.ident, argument_type(argument, None));
        let words = or(&argument.words, &format!("Sets `{}`.", argument.name.wire));
        let set = set(argument, &quote!(self.call));
        quote! {
            #words
            #[inline]
            pub fn #ident(mut self, #ident: #ty) -> Self {
                #set
                self
            }
        }
    });
    Some(quote!(impl Call<#marker> { #(#setters)* }))
}

fn arguments_struct(method: &Method, link: &str) -> Option<TokenStream> {
    let Arguments::Struct(name, given) = &method.arguments else {
        return None;
    };
    let words = docs(&[format!("What {link} cannot do without.")]);
    let lifetime = quote!('a);
    let borrows = given.iter().any(|argument| {
        !argument.value.ty.is_copy() && !matches!(argument.target, Target::Bytes(_))
    });
    let generics = borrows.then(|| quote!(<'a>));
    let fields = given.iter().map(|argument| {
        let (ident, ty) = (
            &argument.name.ident,
            argument_type(argument, Some(&lifetime)),
        );
        let words = or(&argument.words, &format!("`{}`.", argument.name.wire));
        quote!(#words pub #ident: #ty)
    });
    Some(quote! {
        #words
        #[derive(Clone, Debug)]
        pub struct #name #generics { #(#fields,)* }
    })
}

fn marker(method: &Method, link: &str) -> Vec<TokenStream> {
    let (marker, constant, data) = (&method.marker, &method.constant, &method.static_name);
    let words = docs(&[format!("The types of {link}.")]);
    let typed = docs(&[format!(
        "{link} as a value, for mocks and lists of operations."
    )]);
    let (reply, failure) = (
        answer::decoder(&method.reply),
        answer::decoder(&method.failure),
    );
    let definition = quote! {
        #words
        #[derive(Clone, Copy, Debug)]
        pub struct #marker;
    };
    let signature = quote! {
        impl v1::Signature for #marker {
            type Reply = #reply;
            type Failure = #failure;
        }
    };
    let constant = quote! {
        #typed
        pub const #constant: v1::Operation<#marker> = v1::Operation::new(&#data);
    };
    vec![definition, signature, constant]
}

/// The generated types that an operation names.
pub fn named(method: &Method) -> Vec<&crate::names::Ident> {
    let given = match &method.arguments {
        Arguments::List(given) | Arguments::Struct(_, given) => given,
    };
    let arguments = given
        .iter()
        .chain(&method.setters)
        .map(|argument| &argument.value.ty)
        .flat_map(Type::named);
    arguments
        .chain(answer::named(&method.reply))
        .chain(answer::named(&method.failure))
        .collect()
}

//! Operations: the methods of the client, and what stands with each of them.

use super::argument::{self, Place};
use super::attributes::{docs, outer, outer_or};
use super::{body, follow_up, operation, responses, Code};
use crate::lower::model::{Arguments, Method, OperationFile, OperationGroup};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a file's operations: the client, or its group of that tag.
fn owner(file: &OperationFile) -> &dyn std::fmt::Display {
    match &file.group {
        Some(group) => &group.name,
        None => &"Client",
    }
}

/// The items of one file: its group, the methods, then what stands with each.
pub fn file(file: &OperationFile) -> Vec<Code> {
    let client = match &file.group {
        Some(_) => quote!(self.0),
        None => quote!(&self.0),
    };
    let methods = file.methods.iter().map(|method| call(method, &client));
    let owner = owner_type(file);
    let methods = quote!(impl #owner { #(#methods)* });
    let others = file.methods.iter().flat_map(|method| items(method, file));
    let group = file.group.iter().flat_map(group);
    group
        .chain([methods])
        .map(Code::from)
        .chain(others)
        .collect()
}

fn group(group: &OperationGroup) -> Vec<TokenStream> {
    let (name, accessor) = (&group.name, &group.accessor);
    let attributes = outer_or(
        &group.attributes,
        &format!("The operations under `{}`.", group.tag),
    );
    let definition = docs(&[format!(
        "The operations under `{}`, from [`Client::{}`].",
        group.tag,
        accessor.text()
    )]);
    let accessor = quote! {
        impl Client {
            #attributes
            #[inline]
            pub fn #accessor(&self) -> #name<'_> {
                #name(&self.0)
            }
        }
    };
    let definition = quote! {
        #definition
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a>(&'a rt::Client);
    };
    vec![accessor, definition]
}

/// What stands with one operation.
fn items(method: &Method, file: &OperationFile) -> Vec<Code> {
    // a link names a method without the `r#` of a keyword
    let link = format!("[`{}::{}`]", owner(file), method.name.text());
    let mut items = vec![operation::declaration(method, &link)];
    items.extend(operation::setters(method));
    items.extend(arguments_struct(method, &link).map(Code::from));
    items.extend(body::items(method, &link));
    items.extend(responses::items(&method.output, method, &link));
    items.extend(responses::items(&method.error, method, &link));
    items.extend(follow_up::items(method));
    items
}

fn owner_type(file: &OperationFile) -> TokenStream {
    match &file.group {
        Some(group) => {
            let name = &group.name;
            quote!(#name<'_>)
        }
        None => quote!(Client),
    }
}

/// The method on the client.
fn call(method: &Method, client: &TokenStream) -> TokenStream {
    let (name, ty) = (&method.name, &method.call);
    let attributes = outer(&method.attributes);
    let mut lifetime = None;
    let (parameters, unpack, given) = match &method.arguments {
        Arguments::List(given) => {
            let parameters = given
                .iter()
                .map(|argument| argument::parameter(argument, method));
            lifetime = argument::lifetime(given, method);
            (parameters.collect(), None, given)
        }
        Arguments::Struct(ty, given) => {
            let names = given.iter().map(|argument| &argument.name.ident);
            let lifetime = argument::any_borrowed(given, method).then(|| quote!(<'_>));
            (
                vec![quote!(arguments: #ty #lifetime)],
                Some(quote!(let #ty { #(#names),* } = arguments;)),
                given,
            )
        }
    };
    let body = operation::begin(method, given, client);
    quote! {
        #attributes
        #[inline]
        pub fn #name #lifetime(&self, #(#parameters),*) -> #ty {
            #unpack
            #body
        }
    }
}

fn arguments_struct(method: &Method, link: &str) -> Option<TokenStream> {
    let Arguments::Struct(name, given) = &method.arguments else {
        return None;
    };
    let attributes = docs(&[format!("The required values of {link}.")]);
    let generics = argument::any_borrowed(given, method).then(|| quote!(<'a>));
    let clone = given
        .iter()
        .all(|argument| argument.target.is_value())
        .then(|| quote!(Clone,));
    let fields = given.iter().map(|argument| {
        let ident = &argument.name.ident;
        let ty = argument::argument_type(argument, method, Place::Field);
        let attributes = outer_or(&argument.attributes, &format!("`{}`.", argument.name.wire));
        quote!(#attributes pub #ident: #ty)
    });
    Some(quote! {
        #attributes
        #[derive(#clone Debug)]
        pub struct #name #generics { #(#fields,)* }
    })
}

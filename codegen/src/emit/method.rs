//! Files below `operations/`: methods of the client, and the items of each operation.

use super::argument::{self, Place};
use super::code::{docs, outer, outer_or};
use super::examples::Examples;
use super::{operation, responses, Code};
use crate::lower::model::{Argument, Arguments, Crate, Method, OperationFile, OperationGroup};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the items of one file: the group, the methods, then the items of each operation.
pub fn file(krate: &Crate, file: &OperationFile) -> Vec<Code> {
    let (owner, owner_type, client) = match &file.group {
        Some(group) => {
            let name = &group.name;
            (name.to_string(), quote!(#name<'_>), quote!(self.0))
        }
        None => ("Client".to_owned(), quote!(Client), quote!(&self.0)),
    };
    let has_examples = file.methods.iter().any(|method| method.example.is_some());
    let examples = has_examples.then(|| Examples::new(krate));
    let methods = file.methods.iter().map(|method| {
        let mut attributes = method.attributes.clone();
        let section = examples.iter().flat_map(|examples| examples.section(file, method));
        attributes.docs.extend(section);
        call(method, &client, &outer(&attributes))
    });
    let methods = quote!(impl #owner_type { #(#methods)* });
    let items = file.methods.iter().flat_map(|method| {
        // Links name a method without the `r#` of a keyword.
        items(method, &format!("[`{owner}::{}`]", method.name.text()))
    });
    let group = file.group.iter().flat_map(group);
    group.chain([methods]).map(Code::from).chain(items).collect()
}

fn group(group: &OperationGroup) -> [TokenStream; 2] {
    let (name, accessor) = (&group.name, &group.accessor);
    let line = format!("The operations under `{}`.", group.tag);
    let attributes = outer_or(&group.attributes, &line);
    let definition = docs(&[format!(
        "The operations under `{}`, from [`Client::{}`].",
        group.tag,
        accessor.text()
    )]);
    [
        quote! {
            impl Client {
                #attributes
                #[inline]
                pub fn #accessor(&self) -> #name<'_> {
                    #name(&self.0)
                }
            }
        },
        quote! {
            #definition
            #[derive(Clone, Copy, Debug)]
            pub struct #name<'a>(&'a rt::Client);
        },
    ]
}

/// Returns the items of one operation.
fn items(method: &Method, link: &str) -> Vec<Code> {
    let mut items = vec![operation::declaration(method, link)];
    items.extend(operation::setters(method));
    items.extend(arguments_struct(method, link).map(Code::from));
    let body = method.body_choice.iter();
    items.extend(body.flat_map(|choice| argument::body_choice(choice, link)));
    items.extend(responses::items(&method.output, method, link));
    items.extend(responses::items(&method.error, method, link));
    items.extend(operation::pages(method));
    items.extend(operation::wait(method));
    items
}

fn arguments_struct(method: &Method, link: &str) -> Option<TokenStream> {
    let Arguments::Struct(name, arguments) = &method.arguments else {
        return None;
    };
    let attributes = docs(&[format!("The required values of {link}.")]);
    let generics = arguments.iter().any(Argument::borrows).then(|| quote!(<'a>));
    let is_clone = arguments.iter().all(|argument| argument.target.is_value());
    let clone = is_clone.then(|| quote!(Clone,));
    let fields = arguments.iter().map(|argument| {
        let ident = &argument.name.ident;
        let ty = argument::argument_type(argument, Place::Field);
        let attributes = outer_or(&argument.attributes, &format!("`{}`.", argument.name.wire));
        quote!(#attributes pub #ident: #ty)
    });
    Some(quote! {
        #attributes
        #[derive(#clone Debug)]
        pub struct #name #generics { #(#fields,)* }
    })
}

/// Returns the method of the client or group.
fn call(method: &Method, client: &TokenStream, attributes: &TokenStream) -> TokenStream {
    let (name, ty) = (&method.name, &method.call);
    let body = begin(method, client);
    match &method.arguments {
        Arguments::List(arguments) => {
            let lifetime = argument::lifetime(arguments);
            let parameters = arguments.iter().map(argument::parameter);
            quote! {
                #attributes
                #[inline]
                pub fn #name #lifetime(&self, #(#parameters),*) -> #ty {
                    #body
                }
            }
        }
        Arguments::Struct(struct_name, arguments) => {
            let lifetime = arguments.iter().any(Argument::borrows).then(|| quote!(<'_>));
            let names = arguments.iter().map(|argument| &argument.name.ident);
            quote! {
                #attributes
                #[inline]
                pub fn #name(&self, arguments: #struct_name #lifetime) -> #ty {
                    let #struct_name { #(#names),* } = arguments;
                    #body
                }
            }
        }
    }
}

/// Returns the body of the method that starts a call; `client` is the expression of the client.
fn begin(method: &Method, client: &TokenStream) -> TokenStream {
    let call = &method.call;
    let (arguments, place) = match &method.arguments {
        Arguments::List(arguments) => (arguments, Place::Argument),
        Arguments::Struct(_, arguments) => (arguments, Place::Field),
    };
    let mut arguments: Vec<&Argument> = arguments.iter().collect();
    arguments.sort_by_key(|argument| argument.position);
    let (values, others): (Vec<_>, Vec<_>) =
        arguments.into_iter().partition(|argument| argument.target.is_required_value());
    let values = values.into_iter().map(argument::value);
    let new = quote!(#call::new(#client, &[#(#values),*]));
    if others.is_empty() {
        return new;
    }
    let statements = others.into_iter().map(|argument| {
        let (method, value) = argument::setter(argument, place);
        quote!(call.inner.#method(#value);)
    });
    quote! {
        let mut call = #new;
        #(#statements)*
        call
    }
}

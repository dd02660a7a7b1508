//! Operations: the method, its setters, its marker and what it answers.

use super::argument::Place;
use super::words::{docs, or, outer};
use super::{answer, argument, body, data, going_on};
use crate::rust::ir::{Arguments, Method, OperationFile, OperationGroup, Type};
use crate::tokens::{quote, Tokens};

/// The type of a file's operations: the client, or its group of that tag.
fn owner(file: &OperationFile) -> &dyn std::fmt::Display {
    match &file.group {
        Some(group) => &group.name,
        None => &"Client",
    }
}

/// The items of one file: its group, then its operations.
pub fn file(file: &OperationFile) -> Vec<Tokens> {
    let methods = file.methods.iter().flat_map(|method| items(method, file));
    file.group.iter().flat_map(group).chain(methods).collect()
}

fn group(group: &OperationGroup) -> Vec<Tokens> {
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
        pub struct #name<'a>(&'a rt::Client);
    };
    vec![accessor, definition]
}

/// The items of one operation.
fn items(method: &Method, file: &OperationFile) -> Vec<Tokens> {
    let link = format!("[`{}::{}`]", owner(file), method.name);
    let mut items = vec![call(method, file)];
    items.extend(setters(method));
    items.extend(arguments_struct(method, &link));
    items.extend(body::items(method, &link));
    items.extend(marker(method, &link));
    items.extend(answer::items(&method.reply));
    items.extend(answer::items(&method.failure));
    items.extend(going_on::items(method));
    items.push(data::operation(method));
    items
}

fn owner_type(file: &OperationFile) -> Tokens {
    match &file.group {
        Some(group) => {
            let name = &group.name;
            quote!(#name<'_>)
        }
        None => quote!(Client),
    }
}

/// The method on the client.
fn call(method: &Method, file: &OperationFile) -> Tokens {
    let owner = owner_type(file);
    let (name, marker, data) = (&method.name, &method.marker, &method.static_name);
    let words = outer(&method.words);
    let mut lifetime = None;
    let (parameters, unpack, given, place) = match &method.arguments {
        Arguments::List(given) => {
            let parameters = given
                .iter()
                .map(|argument| argument::parameter(argument, method));
            lifetime = argument::lifetime(given, method);
            (parameters.collect(), None, given, Place::Argument)
        }
        Arguments::Struct(ty, given) => {
            let names = given.iter().map(|argument| &argument.name.ident);
            let lifetime = argument::any_borrowed(given, method).then(|| quote!(<'_>));
            (
                vec![quote!(arguments: #ty #lifetime)],
                Some(quote!(let #ty { #(#names),* } = arguments;)),
                given,
                Place::Field,
            )
        }
    };
    let mutable = (!given.is_empty()).then(|| quote!(mut));
    let sets = given
        .iter()
        .map(|argument| argument::set(argument, &quote!(call), place));
    quote! {
        impl #owner {
            #words
            #[inline]
            pub fn #name #lifetime(&self, #(#parameters),*) -> Call<#marker> {
                #unpack
                let #mutable call = self.0.call(&#data);
                #(#sets)*
                Call::new(call)
            }
        }
    }
}

/// Optional parameters are setters: a new one breaks nobody.
fn setters(method: &Method) -> Option<Tokens> {
    if method.setters.is_empty() {
        return None;
    }
    let marker = &method.marker;
    let setters = method.setters.iter().map(|argument| {
        let ident = &argument.name.ident;
        let ty = argument::argument_type(argument, method, Place::Argument);
        let words = or(&argument.words, &format!("Sets `{}`.", argument.name.wire));
        let lifetime = argument::lifetime([argument], method);
        let set = argument::set(argument, &quote!(self.call), Place::Argument);
        quote! {
            #words
            #[inline]
            pub fn #ident #lifetime(mut self, #ident: #ty) -> Self {
                #set
                self
            }
        }
    });
    Some(quote!(impl Call<#marker> { #(#setters)* }))
}

fn arguments_struct(method: &Method, link: &str) -> Option<Tokens> {
    let Arguments::Struct(name, given) = &method.arguments else {
        return None;
    };
    let words = docs(&[format!("What {link} cannot do without.")]);
    let generics = argument::any_borrowed(given, method).then(|| quote!(<'a>));
    let clone = given.iter().all(argument::is_clone).then(|| quote!(Clone,));
    let fields = given.iter().map(|argument| {
        let ident = &argument.name.ident;
        let ty = argument::argument_type(argument, method, Place::Field);
        let words = or(&argument.words, &format!("`{}`.", argument.name.wire));
        quote!(#words pub #ident: #ty)
    });
    Some(quote! {
        #words
        #[derive(#clone Debug)]
        pub struct #name #generics { #(#fields,)* }
    })
}

fn marker(method: &Method, link: &str) -> Vec<Tokens> {
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
        impl rt::Endpoint for #marker {
            type Reply = #reply;
            type Error = #failure;
        }
    };
    let constant = quote! {
        #typed
        pub const #constant: rt::Operation<#marker> = rt::Operation::new(&#data);
    };
    vec![definition, signature, constant]
}

/// The generated types that an operation names.
pub fn named(method: &Method) -> Vec<&crate::names::Ident> {
    let given = match &method.arguments {
        Arguments::List(given) | Arguments::Struct(_, given) => given,
    };
    let choice = method.choice.iter().flat_map(|choice| &choice.variants);
    let arguments = given
        .iter()
        .chain(&method.setters)
        .chain(choice.map(|variant| &variant.argument))
        .filter(|argument| argument::is_value(argument))
        .map(|argument| &argument.value.ty)
        .flat_map(Type::named);
    arguments
        .chain(answer::named(&method.reply))
        .chain(answer::named(&method.failure))
        .chain(going_on::named(method))
        .collect()
}

/// The names that others may use of an operation's own.
pub fn items_named(method: &Method) -> [&crate::names::Ident; 2] {
    [&method.marker, &method.constant]
}

//! Example calls as Rust: with public names and constructors only, as callers write them.

use super::code::inline;
use crate::lower::model::{
    Arguments, Content, Crate, DefaultRecord, DefaultValue, ExampleArgument, Integer, Item, Method,
    OperationFile, Presence, Record, ResponseType, Scalar, Type,
};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};
use std::collections::{BTreeMap, BTreeSet};

/// Writes the examples of one crate.
pub struct Examples<'m> {
    krate: &'m Crate,
    records: BTreeMap<&'m Ident, &'m Record>,
}

impl<'m> Examples<'m> {
    /// Prepares the types of a crate.
    pub fn new(krate: &'m Crate) -> Self {
        let items = krate.types.iter().flat_map(|file| &file.items);
        let records = items.filter_map(|item| match item {
            Item::Record(record) => Some((&record.name, record)),
            Item::Choice(_)
            | Item::Union(_)
            | Item::Newtype(_)
            | Item::Alias(_)
            | Item::Validation(_) => None,
        });
        Self { krate, records: records.collect() }
    }

    /// Returns the section of a method's documentation; nothing if the method has no example.
    pub fn section(&self, file: &OperationFile, method: &Method) -> Vec<String> {
        let arguments = method.example.as_ref();
        let code =
            arguments.and_then(|arguments| self.call(file, method, arguments, &TokenStream::new()));
        let Some((imports, statements)) = code else {
            return Vec::new();
        };
        let client = inline(&self.krate.ident.to_token_stream());
        let head = format!("# async fn example(client: &{client}::Client) -> {RESULT} {{");
        let mut lines = vec![String::new(), "# Examples".to_owned()];
        lines.extend(fenced(&head, &imports, &statements));
        lines
    }

    /// Returns imports and statements of a call, whose client is the variable `client`. `roots` are further names to import
    /// from the root of the crate.
    pub fn call(
        &self,
        file: &OperationFile,
        method: &Method,
        arguments: &[ExampleArgument],
        roots: &TokenStream,
    ) -> Option<(TokenStream, TokenStream)> {
        let mut statements = TokenStream::new();
        let call = self.begin(file, method, arguments, &mut statements)?;
        statements.extend(sent(method, &call));
        Some((self.imports(arguments, method, &statements, roots), statements))
    }

    /// Returns the expression of the call; statements before it make large values.
    fn begin(
        &self,
        file: &OperationFile,
        method: &Method,
        arguments: &[ExampleArgument],
        statements: &mut TokenStream,
    ) -> Option<TokenStream> {
        let (name, group) = (&method.name, file.group.as_ref().map(|group| &group.accessor));
        let group = group.map(|accessor| quote!(.#accessor()));
        let (required, is_field) = match &method.arguments {
            Arguments::List(required) => (required, false),
            Arguments::Struct(_, required) => (required, true),
        };
        let mut values = Vec::new();
        for (argument, example) in required.iter().zip(arguments) {
            let (ident, ty) = (&argument.name.ident, &argument.value.ty);
            let is_large = matches!(example, ExampleArgument::Value(value) if is_large(value));
            if is_large && ident.text() != "client" {
                if let ExampleArgument::Value(value) = example {
                    let value = self.value(value)?;
                    statements.extend(quote!(let #ident = #value;));
                }
                values.push(quote!(&#ident));
            } else {
                values.push(self.argument(example, ty, is_field)?);
            }
        }
        let arguments = match &method.arguments {
            Arguments::List(_) => quote!(#(#values),*),
            Arguments::Struct(ty, required) => {
                let idents = required.iter().map(|argument| &argument.name.ident);
                statements.extend(quote!(let arguments = #ty { #(#idents: #values,)* };));
                quote!(arguments)
            }
        };
        Some(quote!(client #group.#name(#arguments)))
    }

    fn imports(
        &self,
        arguments: &[ExampleArgument],
        method: &Method,
        statements: &TokenStream,
        roots: &TokenStream,
    ) -> TokenStream {
        let krate = &self.krate.ident;
        let has = |name| super::code::mentions(statements, name);
        let types: BTreeSet<&Ident> = arguments.iter().flat_map(ExampleArgument::named).collect();
        let types = (!types.is_empty()).then(|| {
            let types = types.into_iter();
            quote!(use #krate::types::{#(#types),*};)
        });
        let structure = match &method.arguments {
            Arguments::Struct(name, _) => Some(name),
            Arguments::List(_) => None,
        };
        let bodies = arguments.iter().filter_map(ExampleArgument::body_enum);
        let operations: Vec<&Ident> = structure.into_iter().chain(bodies).collect();
        let operations =
            (!operations.is_empty()).then(|| quote!(use #krate::operations::{#(#operations),*};));
        let value = has("value").then(|| quote!(use #krate::runtime::value;));
        let file = has("FilePart").then(|| quote!(use #krate::runtime::body::FilePart;));
        let secret = has("Secret").then(|| quote!(use #krate::runtime::auth::Secret;));
        let roots = (!roots.is_empty()).then(|| quote!(use #krate::{#roots};));
        quote!(#operations #secret #file #value #types #roots)
    }

    /// Returns an argument of a method, or the field of its arguments' struct.
    fn argument(
        &self,
        example: &ExampleArgument,
        ty: &Type,
        is_field: bool,
    ) -> Option<TokenStream> {
        Some(match example {
            ExampleArgument::Value(value) => self.borrowed(value, ty)?,
            ExampleArgument::Bytes if is_field => quote!(std::fs::read("content")?.into()),
            ExampleArgument::Bytes => quote!(std::fs::read("content")?),
            ExampleArgument::File => file(),
            ExampleArgument::Files => {
                let file = file();
                quote!(vec![#file])
            }
            ExampleArgument::Choice(body) => {
                let (name, variant) = (&body.name, &body.variant);
                let value = self.argument(&body.value, &body.ty, true)?;
                quote!(#name::#variant(#value))
            }
        })
    }

    /// Returns a value as methods accept it: by reference unless it is `Copy`.
    fn borrowed(&self, value: &DefaultValue, ty: &Type) -> Option<TokenStream> {
        match (value, ty) {
            (DefaultValue::Some(value), Type::Option(inner)) => {
                let value = self.borrowed(value, inner)?;
                Some(quote!(Some(#value)))
            }
            (DefaultValue::Integer(number, _), _) if ty.is_copy() => {
                Some(Literal::i128_unsuffixed(*number).to_token_stream())
            }
            (_, _) if ty.is_copy() => self.value(value),
            (DefaultValue::Text(text), Type::Text) => Some(quote!(#text)),
            (DefaultValue::List(items), Type::List(_)) => self.slice(items),
            _ => self.value(value).map(|value| quote!(&#value)),
        }
    }

    fn slice(&self, items: &[DefaultValue]) -> Option<TokenStream> {
        let items = self.values(items)?;
        Some(quote!(&[#(#items),*]))
    }

    fn values(&self, values: &[DefaultValue]) -> Option<Vec<TokenStream>> {
        values.iter().map(|value| self.value(value)).collect()
    }

    /// Returns an expression of exactly the value's type; `None` if the compiler could not infer a part of it.
    fn value(&self, value: &DefaultValue) -> Option<TokenStream> {
        Some(match value {
            DefaultValue::Bool(value) => quote!(#value),
            DefaultValue::Integer(number, ty) => integer(*number, *ty)?,
            DefaultValue::Float(value) => Literal::f64_unsuffixed(*value).to_token_stream(),
            DefaultValue::Text(text) => quote!(#text.to_owned()),
            DefaultValue::Secret(text) => quote!(Secret::from(#text)),
            DefaultValue::Parsed { text, ty } => parsed(text, ty)?,
            DefaultValue::LenientKnown(value) => {
                let value = self.value(value)?;
                quote!(value::Lenient::Known(#value))
            }
            DefaultValue::ChoiceVariant(choice, variant, _) => quote!(#choice::#variant),
            DefaultValue::UnionVariant(union, variant, value) => {
                let value = self.value(value)?;
                quote!(#union::#variant(#value))
            }
            DefaultValue::List(items) if !items.is_empty() => {
                let items = self.values(items)?;
                quote!(vec![#(#items),*])
            }
            DefaultValue::Map(members) if !members.is_empty() => {
                let members = members.iter().map(|(name, value)| {
                    let value = self.value(value)?;
                    Some(quote!((#name.to_owned(), #value)))
                });
                let members = members.collect::<Option<Vec<_>>>()?;
                quote!(value::Map::from_iter([#(#members),*]))
            }
            DefaultValue::Tuple(items, _) => {
                let items = self.values(items)?;
                quote!((#(#items,)*))
            }
            DefaultValue::Record(value) => self.record(value)?,
            DefaultValue::Some(value) => {
                let value = self.value(value)?;
                quote!(Some(#value))
            }
            DefaultValue::Boxed(value) => {
                let value = self.value(value)?;
                quote!(Box::new(#value))
            }
            DefaultValue::Null
            | DefaultValue::LenientText(_)
            | DefaultValue::List(_)
            | DefaultValue::Map(_)
            | DefaultValue::Keyed(_)
            | DefaultValue::Prefix(..)
            | DefaultValue::Maybe(_)
            | DefaultValue::Bytes(_) => return None,
        })
    }

    /// Returns the call of a struct's constructor, and of its setters.
    fn record(&self, value: &DefaultRecord) -> Option<TokenStream> {
        let record = self.records.get(&value.name)?;
        let construction = record.construction.as_ref()?;
        let field = |ident: &Ident| value.fields.iter().find(|field| field.ident == *ident);
        let arguments = construction.arguments.iter().map(|name| {
            let field = field(&name.ident)?;
            let value = field.value.as_ref()?;
            if field.presence == Presence::Required {
                return self.converted(value);
            }
            self.value(value).map(|value| quote!(Some(#value)))
        });
        let arguments = arguments.collect::<Option<Vec<_>>>()?;
        let optional = record.fields.iter().filter(|field| !field.presence.is_required());
        let mut setters = Vec::new();
        for (optional, setter) in optional.zip(&construction.setters) {
            if let Some(value) = field(&optional.name.ident).and_then(|field| field.value.as_ref())
            {
                let value = self.converted(value)?;
                setters.push(quote!(.#setter(#value)));
            }
        }
        let name = &value.name;
        Some(quote!(#name::new(#(#arguments),*) #(#setters)*))
    }

    /// Returns a value that `Into` turns into its type.
    fn converted(&self, value: &DefaultValue) -> Option<TokenStream> {
        if let DefaultValue::Text(text) = value {
            return Some(quote!(#text));
        }
        // A number without a suffix is an `i32`.
        if let DefaultValue::Integer(number, Integer::I64) = value {
            if i32::try_from(*number).is_ok() {
                return Some(Literal::i128_unsuffixed(*number).to_token_stream());
            }
        }
        self.value(value)
    }
}

/// Type of the result of examples.
const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

/// `true` for values that have a statement of their own.
fn is_large(value: &DefaultValue) -> bool {
    matches!(value, DefaultValue::Record(_) | DefaultValue::UnionVariant(..) | DefaultValue::Map(_))
}

fn file() -> TokenStream {
    quote!(FilePart::new(std::fs::read("file")?).name("file"))
}

/// Returns a literal with its type, so that nothing has to be inferred.
fn integer(number: i128, ty: Integer) -> Option<TokenStream> {
    let literal = match ty {
        Integer::I8 => Literal::i8_suffixed(number.try_into().ok()?),
        Integer::I16 => Literal::i16_suffixed(number.try_into().ok()?),
        Integer::I32 => Literal::i32_unsuffixed(number.try_into().ok()?),
        Integer::I64 => Literal::i64_suffixed(number.try_into().ok()?),
        Integer::U8 => Literal::u8_suffixed(number.try_into().ok()?),
        Integer::U16 => Literal::u16_suffixed(number.try_into().ok()?),
        Integer::U32 => Literal::u32_suffixed(number.try_into().ok()?),
        Integer::U64 => Literal::u64_suffixed(number.try_into().ok()?),
    };
    Some(literal.to_token_stream())
}

/// Returns a text as a type of the runtime; `None` if the type has no `FromStr`.
fn parsed(text: &str, ty: &Type) -> Option<TokenStream> {
    if *ty == Type::Value {
        return Some(quote!(value::Value::from_json_text(#text)));
    }
    if let Type::Scalar(Scalar::OffsetDateTime | Scalar::TimeDate) = ty {
        return None;
    }
    let ty = inline(&quote!(#ty)).replace("rt::", "value::");
    let ty: TokenStream = ty.parse().ok()?;
    Some(quote!(#text.parse::<#ty>()?))
}

/// Returns the statements that send a call and read its output.
fn sent(method: &Method, call: &TokenStream) -> TokenStream {
    if method.pages.as_ref().is_some_and(|pages| pages.items.is_some()) {
        return quote! {
            let mut items = #call.items();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        };
    }
    if method.follow_up.is_some() {
        return quote! {
            let result = #call.wait().await?;
            println!("{result:?}");
        };
    }
    match &method.output {
        ResponseType::One(Content::Empty) | ResponseType::Undocumented => quote!(#call.await?;),
        ResponseType::One(Content::Bytes) => quote! {
            let content = #call.await?;
            std::fs::write("content", content)?;
        },
        ResponseType::One(Content::Stream) => quote! {
            let content = #call.await?.collect(1 << 30).await;
            if let Some(failure) = content.failure {
                return Err(failure.into());
            }
            std::fs::write("content", content.bytes)?;
        },
        ResponseType::One(
            Content::Events(_) | Content::NamedEvents(_) | Content::TextEvents | Content::Lines(_),
        ) => quote! {
            let mut events = #call.await?;
            while let Some(event) = events.next().await {
                let event = event?;
                println!("{event:?}");
            }
        },
        ResponseType::One(
            Content::Json(_) | Content::Form(_) | Content::Xml(_) | Content::Text,
        )
        | ResponseType::Several(_) => quote! {
            let response = #call.await?;
            println!("{response:?}");
        },
    }
}

/// Returns a block of code that compiles and is not run: `head` begins its hidden function.
pub fn fenced(head: &str, imports: &TokenStream, statements: &TokenStream) -> Vec<String> {
    let (imports, statements) = (laid_out(imports), laid_out(statements));
    let blank = (!imports.is_empty()).then(String::new);
    let mut lines = vec!["```no_run".to_owned(), head.to_owned()];
    lines.extend(imports.into_iter().chain(blank).chain(statements));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// Returns a block with a whole program: what a file shows must not have the hidden lines of doc comments.
pub fn program(imports: &TokenStream, statements: &TokenStream) -> Vec<String> {
    let main = quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #statements
            Ok(())
        }
    };
    let mut lines = vec!["```rust".to_owned()];
    lines.extend(laid_out(imports));
    lines.push(String::new());
    lines.extend(laid_out(&main));
    lines.push("```".to_owned());
    lines
}

/// Returns statements as prettyplease prints them. Emitted tokens always parse; if they do not, the compiler shows why.
fn laid_out(statements: &TokenStream) -> Vec<String> {
    if statements.is_empty() {
        return Vec::new();
    }
    let function = quote!(async fn example() { #statements });
    let text = match syn::parse2(function) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => return vec![statements.to_string()],
    };
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(str::to_owned).collect()
}

//! The call that a new crate begins with.

use typewright::api::model::{Json, Operation, Use};
use typewright::api::sample::Sampler;
use typewright::diff::Model;
use typewright::lower::model::{
    Argument, Arguments, Client, Content, Method, OperationFile, ResponseType, Target, Type,
};
use typewright::names::{shouty, Ident};

/// A call of an operation that only reads.
pub struct FirstCall<'m> {
    pub operation: &'m Operation,
    pub method: &'m Method,
    /// The expression that begins the call, without its arguments: `client.pets().list`.
    path: String,
    arguments: Vec<Value>,
}

/// An argument, in the ways to state it.
struct Value {
    field: Ident,
    /// `true` for a text, which is passed by reference.
    is_text: bool,
    /// Variable of the environment.
    variable: String,
    /// An example of the document, as a literal.
    documented: Option<String>,
    /// Any valid value, as a literal.
    sample: String,
}

impl<'m> FirstCall<'m> {
    /// The operation that is called first: the one that the crate's documentation begins with, if it only reads and takes plain
    /// values; else, of those that do, one that is not deprecated, with the fewest arguments, the earliest in the document.
    /// `None` if there is no such operation.
    pub fn choose(model: &'m Model, client: &'m Client, prefix: &str) -> Option<Self> {
        let documented = client.first_call.as_ref().and_then(|first| {
            let file = client.files.get(first.file)?;
            file.methods.get(first.method)
        });
        let methods = client
            .files
            .iter()
            .flat_map(|file| file.methods.iter().map(move |method| (file, method)));
        let calls = methods.filter_map(|(file, method)| {
            let operations = model.api.operations.iter();
            let (index, operation) =
                operations.enumerate().find(|(_, operation)| operation.id == method.data.id)?;
            let call = Self::new(model, (file, method, operation), prefix)?;
            let is_documented = documented.is_some_and(|first| std::ptr::eq(first, method));
            let is_deprecated = method.attributes.deprecated;
            Some(((!is_documented, is_deprecated, call.arguments.len(), index), call))
        });
        calls.min_by_key(|(key, _)| *key).map(|(_, call)| call)
    }

    /// The call of an operation; `None` if it may write, or if a value or its response is not plain.
    fn new(
        model: &Model,
        (file, method, operation): (&OperationFile, &'m Method, &'m Operation),
        prefix: &str,
    ) -> Option<Self> {
        let is_safe = matches!(method.data.method.as_str(), "GET" | "HEAD");
        if !is_safe || operation.body.is_some() || !is_plain(&method.output) {
            return None;
        }
        let arguments = arguments(method).iter();
        let values = arguments.map(|argument| Value::new(model, operation, argument, prefix));
        let path = match &file.group {
            Some(group) => format!("client.{}().{}", group.accessor, method.name),
            None => format!("client.{}", method.name),
        };
        Some(Self { operation, method, path, arguments: values.collect::<Option<_>>()? })
    }

    /// The variables of the environment that [`Self::example`] reads.
    pub fn variables(&self) -> impl Iterator<Item = String> + '_ {
        let missing = self.arguments.iter().filter(|value| value.documented.is_none());
        missing.map(|value| value.variable.clone())
    }

    /// `true` if [`Self::example`] has an example of the document.
    pub fn has_documented(&self) -> bool {
        self.arguments.iter().any(|value| value.documented.is_some())
    }

    /// The expression of the call, with the document's examples, or values of the environment, as arguments.
    pub fn example(&self) -> String {
        self.expression(|value| match (&value.documented, value.is_text) {
            (Some(literal), _) => literal.clone(),
            (None, true) => format!("&variable({:?})?", value.variable),
            (None, false) => format!("variable({:?})?.parse()?", value.variable),
        })
    }

    /// The expression of the call, with any valid arguments.
    pub fn sample(&self) -> String {
        self.expression(|value| value.sample.clone())
    }

    /// The path of the arguments' struct below the crate, if they are in one.
    pub fn arguments_struct(&self) -> Option<&Ident> {
        match &self.method.arguments {
            Arguments::Struct(name, _) => Some(name),
            Arguments::List(_) => None,
        }
    }

    fn expression(&self, write: impl Fn(&Value) -> String) -> String {
        let path = &self.path;
        if let Some(name) = self.arguments_struct() {
            let fields = self.arguments.iter();
            let fields: String = fields
                .map(|value| format!("        {}: {},\n", value.field, write(value)))
                .collect();
            return format!("{path}(operations::{name} {{\n{fields}    }})");
        }
        let values: Vec<_> = self.arguments.iter().map(write).collect();
        format!("{path}({})", values.join(", "))
    }
}

fn arguments(method: &Method) -> &[Argument] {
    match &method.arguments {
        Arguments::List(arguments) | Arguments::Struct(_, arguments) => arguments,
    }
}

/// `true` for a response that is read whole, and can be printed.
fn is_plain(response: &ResponseType) -> bool {
    match response {
        ResponseType::One(content) => matches!(
            content,
            Content::Empty
                | Content::Json(_)
                | Content::Form(_)
                | Content::Xml(_)
                | Content::Text
                | Content::Bytes
        ),
        ResponseType::Several(choice) => !choice.is_streamed(),
        ResponseType::Undocumented => false,
    }
}

impl Value {
    /// An argument of the operation; `None` if it is not a plain value of a parameter.
    fn new(
        model: &Model,
        operation: &Operation,
        argument: &Argument,
        prefix: &str,
    ) -> Option<Self> {
        let wire = &argument.name.wire;
        let parameter = operation.parameters.iter().find(|parameter| parameter.name == *wire)?;
        let is_parameter = matches!(argument.target, Target::Path | Target::Query | Target::Header);
        let ty = is_parameter.then_some(&argument.value.ty)?;
        let sample = Sampler::required(&model.api).as_text().value(&parameter.value)?;
        let is_documented = examples(model, &parameter.value).any(|example| *example == sample);
        let sample = literal(ty, &sample)?;
        let variable = format!("{prefix}_{}", shouty(wire));
        Some(Self {
            field: argument.name.ident.clone(),
            is_text: *ty == Type::Text,
            variable,
            documented: is_documented.then(|| sample.clone()),
            sample,
        })
    }
}

/// The examples of a use and of its schema.
fn examples<'m>(model: &'m Model, usage: &'m Use) -> impl Iterator<Item = &'m Json> {
    let schema = model.api.schemas.get(usage.schema);
    usage.examples.iter().chain(schema.into_iter().flat_map(|schema| &schema.examples))
}

/// A value as a literal of a type; `None` if there is none.
fn literal(ty: &Type, json: &Json) -> Option<String> {
    let text = match json {
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::Null | Json::Array(_) | Json::Object(_) => return None,
    };
    if let Type::Text = ty {
        return Some(format!("{text:?}"));
    }
    if let Type::Bool = ty {
        return text.parse::<bool>().ok().map(|value| value.to_string());
    }
    if let Type::Integer(_) = ty {
        return text.parse::<i64>().ok().map(|value| value.to_string());
    }
    if let Type::Float = ty {
        return text.parse::<f64>().ok().map(|value| format!("{value:?}"));
    }
    None
}

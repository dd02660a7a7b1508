//! Example calls for documentation: values from the document's examples, else samples of its schemas.

use super::model::{
    Argument, Arguments, BodyChoice, DefaultValue, ErrorExample, ExampleArgument, ExampleBody,
    FirstCall, Method, OperationFile, ResponseType, Target, Type, ValueType,
};
use super::{defaults, Context};
use crate::api::body_parts;
use crate::api::model::{Api, Codec, Content, Location, Operation, Use};
use crate::api::sample::Sampler;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of operations that are tried for the first call.
const MAX_TRIED: usize = 50;

/// Maximum length of an example's texts together, in bytes. A longer example explains nothing.
const MAX_LENGTH: usize = 2_000;

/// Maximum length of an error's body, in bytes.
const MAX_ERROR_LENGTH: usize = 600;

/// Returns the indexes of the operations with an example: of the first ones of each tag, then of the others, as many as
/// the options allow. Those that are deprecated have none.
pub fn selected(context: &Context<'_>) -> BTreeSet<usize> {
    let api: &Api = context.api;
    let operations = || api.operations.iter().enumerate();
    let mut first = BTreeMap::new();
    for (index, operation) in operations().filter(|(_, operation)| !operation.docs.deprecated) {
        first.entry(&operation.tag).or_insert(index);
    }
    let others = operations()
        .filter(|(index, operation)| {
            !operation.docs.deprecated && first.get(&operation.tag) != Some(index)
        })
        .map(|(index, _)| index);
    first.values().copied().chain(others).take(context.options.doc_examples).collect()
}

/// Returns the call that the documentation of the crate begins with: of an operation that reads, needs few values and has a
/// response, if there is one.
pub fn first_call(context: &Context<'_>, files: &[OperationFile]) -> Option<FirstCall> {
    let methods = files.iter().enumerate().flat_map(|(file, content)| {
        content.methods.iter().enumerate().map(move |(method, lowered)| (file, method, lowered))
    });
    let mut candidates: Vec<_> =
        methods.filter(|(.., method)| !method.attributes.deprecated).collect();
    candidates.sort_by_key(|(.., method)| {
        let reads = method.data.method.eq_ignore_ascii_case("get");
        let yields =
            matches!(&method.output, ResponseType::One(content) if content.value_type().is_some());
        (!reads, required(method).len(), !yields)
    });
    candidates.into_iter().take(MAX_TRIED).find_map(|(file, method, lowered)| {
        let mut operations = context.api.operations.iter().zip(&context.names.operations);
        let (operation, _) = operations.find(|(_, names)| names.call == lowered.call)?;
        let arguments = example(context, operation, lowered)?;
        Some(FirstCall { file, method, arguments })
    })
}

/// Returns the required values of an operation, in the order of the arguments.
fn required(method: &Method) -> &[Argument] {
    match &method.arguments {
        Arguments::List(arguments) | Arguments::Struct(_, arguments) => arguments,
    }
}

/// Returns the arguments of an example call; `None` if a value cannot be written.
pub fn example(
    context: &Context<'_>,
    operation: &Operation,
    method: &Method,
) -> Option<Vec<ExampleArgument>> {
    let sampler = Sampler::required(context.api);
    let example = Example { context, operation, sampler, choice: method.body_choice.as_ref() };
    let arguments = required(method).iter().map(|argument| example.argument(argument));
    let arguments = arguments.collect::<Option<Vec<_>>>()?;
    let length: usize = arguments.iter().map(ExampleArgument::length).sum();
    (length <= MAX_LENGTH).then_some(arguments)
}

/// Returns the first body of an error that the document has an example of; `None` if the documentation has no examples.
pub fn error(context: &Context<'_>, operation: &Operation) -> Option<ErrorExample> {
    if context.options.doc_examples == 0 {
        return None;
    }
    let failures = operation.responses.iter().filter(|one| one.status.is_failure());
    let bodies = failures.flat_map(|one| one.bodies().iter().map(move |body| (one.status, body)));
    let mut json = bodies.filter(|(_, body)| body.codec == Codec::Json);
    json.find_map(|(status, body)| {
        let usage = body.value.as_ref()?;
        let schema = context.schema(context.resolve(usage.schema));
        let of_schema = schema.into_iter().flat_map(|schema| &schema.examples);
        let example = usage.examples.iter().chain(of_schema).find(|one| !one.is_null())?;
        let json = serde_json::to_string_pretty(example).ok()?;
        (json.len() <= MAX_ERROR_LENGTH).then_some(ErrorExample { status, json })
    })
}

/// An operation whose arguments are given values.
struct Example<'c, 'a> {
    context: &'c Context<'a>,
    operation: &'c Operation,
    sampler: Sampler<'a>,
    choice: Option<&'c BodyChoice>,
}

impl Example<'_, '_> {
    fn argument(&self, argument: &Argument) -> Option<ExampleArgument> {
        let value = |usage: &Use, sampler: Sampler<'_>| {
            self.value(usage, &argument.value, sampler).map(ExampleArgument::Value)
        };
        let parameter =
            |location| value(self.parameter(argument, location)?, self.sampler.as_text());
        match &argument.target {
            Target::Path => parameter(Location::Path),
            Target::Query => parameter(Location::Query),
            Target::QueryString => parameter(Location::QueryString),
            Target::Header => parameter(Location::Header),
            Target::Cookie => parameter(Location::Cookie),
            Target::Part => value(self.part(argument)?, self.sampler),
            Target::File => Some(ExampleArgument::File),
            Target::Files => Some(ExampleArgument::Files),
            Target::Bytes(_) => Some(ExampleArgument::Bytes),
            Target::Body(index) => value(self.content(*index)?.value.as_ref()?, self.sampler),
            Target::Choice { name, .. } => {
                let mut variants = self.choice?.variants.iter();
                let body = variants.find_map(|variant| {
                    Some(ExampleBody {
                        name: name.clone(),
                        variant: variant.ident.clone(),
                        ty: variant.argument.value.ty.clone(),
                        value: self.argument(&variant.argument)?,
                    })
                })?;
                Some(ExampleArgument::Choice(Box::new(body)))
            }
            // Of any parts: the document does not list them.
            Target::Multipart(_) => None,
        }
    }

    fn parameter(&self, argument: &Argument, location: Location) -> Option<&Use> {
        let mut parameters = self.operation.parameters.iter();
        let parameter = parameters.find(|parameter| {
            parameter.location == location && parameter.name == argument.name.wire
        })?;
        Some(&parameter.value)
    }

    fn part(&self, argument: &Argument) -> Option<&Use> {
        let parts = body_parts(self.context.api, self.operation.body.as_ref()?)?;
        let part = parts.into_iter().find(|part| part.name == argument.name.wire)?;
        Some(part.value)
    }

    fn content(&self, index: usize) -> Option<&Content> {
        self.operation.body.as_ref()?.contents.get(index)
    }

    /// Returns a value of the type. A value that may be null is given one that is not.
    fn value(&self, usage: &Use, target: &ValueType, sampler: Sampler<'_>) -> Option<DefaultValue> {
        let json = sampler.value(usage)?;
        if let Type::Option(inner) = &target.ty {
            let codec = target.codec.without_null().clone();
            let target = ValueType { ty: (**inner).clone(), codec };
            let value = defaults::value(self.context, usage.schema, &json, &target)?;
            return Some(DefaultValue::Some(Box::new(value)));
        }
        defaults::value(self.context, usage.schema, &json, target)
    }
}

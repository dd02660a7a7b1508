//! Operations: the methods that begin a call, and the items of each call.

use super::{Builder, Kind, Source, EXHAUSTIVE};
use crate::api::model::Operation;
use crate::emit::signature;
use crate::lower::model::{
    Argument, Arguments, BodyChoice, Content, Method, OperationFile, OperationGroup, ResponseEnum,
    ResponseType, Target,
};
use crate::names::{nodes, Ident};

/// Traits of every group of operations.
const GROUP_TRAITS: [&str; 3] = ["Clone", "Copy", "Debug"];

impl Builder<'_> {
    pub(super) fn operations(&mut self, file: &OperationFile) {
        let owner = match &file.group {
            None => "Client".to_owned(),
            Some(group) => self.operation_group(group),
        };
        for method in &file.methods {
            self.operation(&owner, method);
        }
    }

    /// The struct of a group and its accessor; returns the path of the struct.
    fn operation_group(&mut self, group: &OperationGroup) -> String {
        let source = Source::unplaced(format!("tag {}", group.tag));
        let ty = format!("operations::{}", group.name.text());
        let accessor = format!("Client::{}()", group.accessor.text());
        let entry = self.add(accessor, Kind::Group, ty.clone(), &source);
        entry.is_deprecated = group.attributes.deprecated;
        self.add(ty.clone(), Kind::Type, "struct<'a>", &source.part("type"));
        self.traits(&ty, GROUP_TRAITS, &source);
        ty
    }

    fn operation(&mut self, owner: &str, method: &Method) {
        let mut operations = self.api.operations.iter();
        let Some(operation) = operations.find(|operation| operation.id == method.data.id) else {
            return;
        };
        let source = Source::unplaced(nodes::operation(operation)).at(&operation.at.place);
        let call = format!("operations::{}", method.call.text());
        let path = format!("{owner}::{}()", method.name.text());
        let entry = self.add(path, Kind::Operation, signature::arguments(method), &source);
        entry.is_deprecated = method.attributes.deprecated;
        let output = signature::decoder(&method.output);
        let error = signature::decoder(&method.error);
        self.add(call.clone(), Kind::Type, format!("-> {output}, {error}"), &source.part("call"));
        for setter in &method.setters {
            let source = source.part(&nodes::argument(&setter.node()));
            let path = format!("{call}::{}()", setter.name.ident.text());
            let entry = self.add(path, Kind::Setter, signature::argument(setter), &source);
            entry.is_deprecated = setter.attributes.deprecated;
        }
        if let Arguments::Struct(name, arguments) = &method.arguments {
            let choice = method.body_choice.as_ref();
            self.arguments_struct(name, (arguments, choice), &source.part("arguments"));
        }
        if let Some(choice) = &method.body_choice {
            self.body_choice(choice, &source.part("body"));
        }
        for (response, part) in [(&method.output, "output"), (&method.error, "error")] {
            if let ResponseType::Several(several) = response {
                self.response_enum(several, operation, &source.part(part));
            }
        }
        self.continuation(&call, method, &source);
    }

    /// Methods of a call that has more than one response: pages, or the end of a long-running operation.
    fn continuation(&mut self, call: &str, method: &Method, source: &Source) {
        if let Some(pages) = &method.pages {
            self.add(format!("{call}::pages()"), Kind::Method, "", &source.part("pages"));
            if let Some(items) = &pages.items {
                let ty = signature::ty(&items.item);
                self.add(format!("{call}::items()"), Kind::Method, ty, &source.part("items"));
            }
        }
        if let Some(last) = method.last_call() {
            for wait in ["wait", "wait_with", "watch", "watch_with"] {
                let path = format!("{call}::{wait}()");
                self.add(path, Kind::Method, last.text(), &source.part(wait));
            }
        }
    }

    fn arguments_struct(
        &mut self,
        name: &Ident,
        (arguments, choice): (&[Argument], Option<&BodyChoice>),
        source: &Source,
    ) {
        let path = format!("operations::{}", name.text());
        let lifetime = if arguments.iter().any(Argument::borrows) { "<'a>" } else { "" };
        self.add(path.clone(), Kind::Type, format!("{EXHAUSTIVE}struct{lifetime}"), source);
        let is_value = |argument: &Argument| argument.target.is_value();
        let is_clone = arguments.iter().all(is_value);
        let is_unwind_safe = is_clone
            || choice.is_some_and(|choice| {
                let is_choice = |one: &Argument| matches!(one.target, Target::Choice { .. });
                is_unwind_safe(choice)
                    && arguments.iter().all(|one| is_value(one) || is_choice(one))
            });
        let clone = is_clone.then_some("Clone");
        let unwind_safe = is_unwind_safe.then_some("UnwindSafe");
        self.traits(&path, ["Debug"].into_iter().chain(clone).chain(unwind_safe), source);
        for argument in arguments {
            let source = source.part(&nodes::argument(&argument.node()));
            let path = format!("{path}::{}", argument.name.ident.text());
            let entry = self.add(path, Kind::Field, signature::argument_field(argument), &source);
            entry.is_deprecated = argument.attributes.deprecated;
        }
    }

    fn body_choice(&mut self, choice: &BodyChoice, source: &Source) {
        let path = format!("operations::{}", choice.name.text());
        let lifetime = if choice.borrows() { "<'a>" } else { "" };
        self.add(path.clone(), Kind::Type, format!("enum{lifetime}"), source);
        let unwind_safe = is_unwind_safe(choice).then_some("UnwindSafe");
        self.traits(&path, ["Debug"].into_iter().chain(unwind_safe), source);
        for variant in &choice.variants {
            let source = source.part(&variant.media_type);
            let ty = signature::argument_field(&variant.argument);
            if variant.has_from {
                let from = format!("From<{}>", signature::short(&ty));
                self.traits(&path, [from.as_str()], &source);
            }
            let path = format!("{path}::{}", variant.ident.text());
            self.add(path, Kind::Variant, ty, &source);
        }
    }

    fn response_enum(&mut self, several: &ResponseEnum, operation: &Operation, source: &Source) {
        let path = format!("operations::{}", several.name.text());
        self.add(path.clone(), Kind::Type, "enum", source);
        let is_owned = !several.is_streamed();
        // Streams of values hold futures that are not `Sync`; a stream of bytes does not.
        let is_read_through =
            |content: &Content| content.is_streamed() && *content != Content::Stream;
        let is_sync = !several.variants.iter().any(|variant| is_read_through(&variant.content));
        let traits = [
            ("Debug", true),
            ("Clone", is_owned),
            ("PartialEq", is_owned),
            ("Sync", is_sync),
            ("UnwindSafe", is_sync),
            ("Encode", several.is_encodable()),
        ];
        let traits = traits.into_iter().filter(|(_, has)| *has);
        self.traits(&path, traits.map(|(name, _)| name), source);
        for variant in &several.variants {
            let signature = signature::response_variant(variant);
            let response = operation.responses.get(variant.response);
            let body = variant.contents.first().copied().unwrap_or_default();
            let node = response.map(|response| nodes::response(operation, response, body));
            let source = Source { node: node.unwrap_or_default(), place: source.place.clone() };
            let path = format!("{path}::{}", variant.ident.text());
            let entry = self.add(path, Kind::Variant, signature, &source);
            entry.is_deprecated = variant.attributes.deprecated;
        }
    }
}

/// `true` if no variant holds a body, a file or parts, which may be read from a stream.
fn is_unwind_safe(choice: &BodyChoice) -> bool {
    choice.variants.iter().all(|variant| variant.argument.target.is_value())
}

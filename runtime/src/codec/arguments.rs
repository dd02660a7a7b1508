//! Reads all parameters of a request as one object, and notes every failure on the way.

use crate::codec::object::{unknown_member, AdditionalMember, Place};
use crate::codec::{
    Argument, BoxArgument, CodecError, Decoder, Deviations, Fields, Members, Target, Value, Visit,
};

/// A parameter of a request, and its value if it has one.
pub(crate) struct Parameter<'a> {
    /// The place and the name, such as `query` and `limit`; the place alone for the whole query, and no place in a form.
    pub(crate) place: &'static str,
    pub(crate) name: Option<&'a str>,
    /// The name of the member that it is of the object of all parameters: `query.limit`.
    pub(crate) key: &'a str,
    pub(crate) is_required: bool,
    pub(crate) argument: Option<BoxArgument<'a>>,
}

impl Parameter<'_> {
    /// Adds the place to a failure.
    fn locate(&self, failure: CodecError) -> CodecError {
        match self.name {
            Some(name) if self.place.is_empty() => failure.in_member(name),
            Some(name) => failure.in_member(name).in_member(self.place),
            None => failure.in_member(self.place),
        }
    }
}

/// Decodes the object of all parameters, whose members are named `query.limit`, `path.id` and the like.
///
/// # Errors
/// All parameters that are not of their types, or required and not there.
pub(crate) fn read_parameters<'a>(
    parameters: &mut dyn Iterator<Item = Parameter<'a>>,
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<(), Vec<CodecError>> {
    let mut reader = ParameterReader { parameters, deviations, next: None, failures: Vec::new() };
    let outcome = target.set(&mut reader);
    match outcome {
        // A missing one is among the failures already.
        _ if !reader.failures.is_empty() => Err(reader.failures),
        Ok(()) => Ok(()),
        Err(failure) => Err(vec![failure]),
    }
}

struct ParameterReader<'r, 'a> {
    parameters: &'r mut dyn Iterator<Item = Parameter<'a>>,
    deviations: &'r Deviations,
    /// The parameter whose name was passed.
    next: Option<Parameter<'a>>,
    failures: Vec<CodecError>,
}

impl ParameterReader<'_, '_> {
    /// Decodes a parameter, and notes a failure.
    fn decode(
        &mut self,
        parameter: &Parameter<'_>,
        argument: &dyn Argument,
        target: &mut dyn Target,
    ) {
        match argument.decode(self.deviations, target) {
            Ok(true) => {}
            Ok(false) => self.absent(parameter),
            Err(failure) => self.failures.push(parameter.locate(failure)),
        }
    }

    /// Notes that a parameter has no value.
    fn absent(&mut self, parameter: &Parameter<'_>) {
        if parameter.is_required {
            let failure = CodecError::new("a value", "nothing");
            self.failures.push(parameter.locate(failure));
        }
    }
}

impl Decoder for ParameterReader<'_, '_> {
    fn visit(&mut self, visitor: &mut dyn Visit) -> Result<(), CodecError> {
        visitor.object(self)
    }

    fn optional(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        target.set(self)
    }

    fn any(&mut self) -> Result<Value, CodecError> {
        Err(CodecError::new("an object of parameters", "any value"))
    }

    fn deviations(&self) -> &Deviations {
        self.deviations
    }

    fn fields(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        self.fill(fields)
    }
}

impl Members for ParameterReader<'_, '_> {
    fn next_name(&mut self, take: &mut dyn FnMut(&str)) -> Result<bool, CodecError> {
        while let Some(parameter) = self.parameters.next() {
            if parameter.argument.is_some() {
                take(parameter.key);
                self.next = Some(parameter);
                return Ok(true);
            }
            self.absent(&parameter);
        }
        Ok(false)
    }

    fn value(&mut self, target: &mut dyn Target) -> Result<(), CodecError> {
        if let Some(parameter) = self.next.take() {
            if let Some(argument) = &parameter.argument {
                self.decode(&parameter, &**argument, target);
            }
        }
        Ok(())
    }

    fn fill(&mut self, fields: &mut Fields<'_, '_>) -> Result<(), CodecError> {
        while let Some(parameter) = self.parameters.next() {
            let Some(argument) = &parameter.argument else {
                self.absent(&parameter);
                continue;
            };
            let name = parameter.key;
            let field = fields.find(name);
            match fields.place(field) {
                Place::Field(_, mut target) => self.decode(&parameter, &**argument, &mut target),
                Place::Additional(rest) => {
                    let mut target = AdditionalMember { name, rest };
                    self.decode(&parameter, &**argument, &mut target);
                }
                Place::Skipped => {}
                Place::Refused => self.failures.push(unknown_member(name)),
            }
        }
        Ok(())
    }
}

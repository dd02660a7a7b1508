//! The one place that is generic over serde's formats for writing.

use crate::codec::{CodecError, Encode, Encoder, Entries, List, Member};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use std::cell::Cell;

/// The state that all levels of one value share.
#[derive(Default)]
pub(super) struct Shared {
    /// A failure on its way past serde's error types.
    failure: Cell<Option<CodecError>>,
}

/// A serde serializer as a [`Encoder`].
pub(super) struct Bridge<'s, S: Serializer> {
    state: State<S>,
    shared: &'s Shared,
}

enum State<S: Serializer> {
    Ready(S),
    Busy,
    Done(S::Ok),
    Failed(S::Error),
}

impl<'s, S: Serializer> Bridge<'s, S> {
    pub(super) fn new(output: S, shared: &'s Shared) -> Self {
        Self { state: State::Ready(output), shared }
    }

    #[inline]
    fn run(
        &mut self,
        write: impl FnOnce(S, &'s Shared) -> Result<S::Ok, S::Error>,
    ) -> Result<(), CodecError> {
        let State::Ready(output) = std::mem::replace(&mut self.state, State::Busy) else {
            return Err(CodecError::new("one value", "a second one"));
        };
        match write(output, self.shared) {
            Ok(done) => {
                self.state = State::Done(done);
                Ok(())
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    #[cold]
    fn fail(&mut self, error: S::Error) -> CodecError {
        let failure = self.shared.failure.take();
        let failure = failure.unwrap_or_else(|| CodecError::malformed(error.to_string()));
        self.state = State::Failed(error);
        failure
    }

    /// Converts the result for serde; a failure of the runtime remains in the slot.
    #[inline]
    fn end(self, result: Result<(), CodecError>) -> Result<S::Ok, S::Error> {
        match (result, self.state) {
            (Ok(()), State::Done(done)) => Ok(done),
            (Ok(()), State::Ready(output)) => output.serialize_unit(),
            (Ok(()), State::Failed(error)) => Err(error),
            (Ok(()), State::Busy) => Err(S::Error::custom("one value expected, found none")),
            (Err(failure), state) => {
                self.shared.failure.set(Some(failure));
                Err(match state {
                    State::Failed(error) => error,
                    State::Ready(_) | State::Busy | State::Done(_) => S::Error::custom(""),
                })
            }
        }
    }

    /// The result of the outermost value: a failure of our own as the format's error, with its path.
    pub(super) fn finish(self, result: Result<(), CodecError>) -> Result<S::Ok, S::Error> {
        let shared = self.shared;
        self.end(result).map_err(|error| match shared.failure.take() {
            Some(failure) if !failure.is_malformed() => S::Error::custom(failure),
            Some(_) | None => error,
        })
    }
}

impl<S: Serializer> Encoder for Bridge<'_, S> {
    fn null(&mut self) -> Result<(), CodecError> {
        self.run(|output, _| output.serialize_unit())
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.run(|output, _| output.serialize_bool(value))
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.run(|output, _| output.serialize_i64(value))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.run(|output, _| output.serialize_u64(value))
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        if !value.is_finite() {
            return Err(CodecError::new("a finite number", value.to_string()));
        }
        self.run(|output, _| output.serialize_f64(value))
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        if let Ok(value) = text.parse() {
            return self.u64(value);
        }
        if let Ok(value) = text.parse() {
            return self.i64(value);
        }
        match text.parse() {
            Ok(value) => self.f64(value),
            Err(_) => Err(CodecError::new("a number", text.to_owned())),
        }
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.run(|output, _| output.serialize_str(value))
    }

    fn list(&mut self, items: &dyn List) -> Result<(), CodecError> {
        let count = items.count();
        self.run(|output, shared| {
            let mut list = output.serialize_seq(Some(count))?;
            for (index, value) in (0..count).filter_map(|at| Some((at, items.item(at)?))) {
                list.serialize_element(&Inner { value, shared })
                    .inspect_err(|_| shared.amend(|failure| failure.at_index(index)))?;
            }
            list.end()
        })
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        let present = Presence::new(members);
        let count = present.count + rest.count();
        self.run(|output, shared| {
            let mut object = output.serialize_map(Some(count))?;
            let extra = (0..rest.count()).filter_map(|at| rest.entry(at));
            for (name, value) in present.members(members).chain(extra) {
                object
                    .serialize_entry(name, &Inner { value, shared })
                    .inspect_err(|_| shared.amend(|failure| failure.in_member(name)))?;
            }
            object.end()
        })
    }
}

/// The members that are not left out; each is asked once.
struct Presence {
    /// A bit each for the first 128.
    first: u128,
    count: usize,
}

impl Presence {
    #[inline]
    fn new(members: &[Member<'_>]) -> Self {
        let mut present = Self { first: 0, count: 0 };
        for (index, member) in members.iter().enumerate() {
            let is_present = !member.1.is_absent();
            present.count += usize::from(is_present);
            if index < 128 {
                present.first |= u128::from(is_present) << index;
            }
        }
        present
    }

    #[inline]
    fn members<'m>(
        &self,
        members: &'m [Member<'m>],
    ) -> impl Iterator<Item = (&'m str, &'m dyn Encode)> {
        let first = self.first;
        let is_present = move |index: usize, member: &Member<'_>| {
            if index < 128 {
                first >> index & 1 == 1
            } else {
                !member.1.is_absent()
            }
        };
        let all = members.iter().copied().enumerate();
        all.filter_map(move |(index, member)| {
            is_present(index, &member).then_some((member.0, member.1 as &dyn Encode))
        })
    }
}

impl Shared {
    /// Adds a segment to the path of the failure that is on its way.
    #[cold]
    fn amend(&self, change: impl FnOnce(CodecError) -> CodecError) {
        self.failure.set(self.failure.take().map(change));
    }
}

/// A value within another, as serde sees it.
struct Inner<'a> {
    value: &'a dyn Encode,
    shared: &'a Shared,
}

impl Serialize for Inner<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut bridge = Bridge::new(output, self.shared);
        let result = self.value.encode(&mut bridge);
        bridge.end(result)
    }
}

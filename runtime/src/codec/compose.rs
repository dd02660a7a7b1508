use std::marker::PhantomData;

use super::{
    coded_items, read_object_with_rest, Codec, Coded, CodedRef, Entries, Failure, Map, Rest, Sink,
    Source, Target, Write,
};

/// A list whose items have a codec.
#[derive(Debug)]
pub struct Each<C>(PhantomData<C>);

/// The end of a list whose items have a codec.
struct Push<C: Codec>(Vec<C::Value>);

impl<C: Codec> Target for Push<C> {
    fn set(&mut self, source: &mut dyn Source) -> Result<(), Failure> {
        self.0.push(C::read(source)?);
        Ok(())
    }
}

impl<C: Codec> Codec for Each<C> {
    type Value = Vec<C::Value>;

    fn read(source: &mut dyn Source) -> Result<Self::Value, Failure> {
        let mut items = Push::<C>(Vec::new());
        source.list(&mut items)?;
        Ok(items.0)
    }

    fn write(value: &Self::Value, sink: &mut dyn Sink) -> Result<(), Failure> {
        coded_items::<C>(value).write(sink)
    }
}

/// A map whose values have a codec.
#[derive(Debug)]
pub struct Values<C>(PhantomData<C>);

/// Where unknown members go whose values have a codec.
#[derive(Debug)]
pub struct CodedRest<'a, C: Codec>(&'a mut Map<C::Value>);

impl<'a, C: Codec> CodedRest<'a, C> {
    /// Members go into this map.
    pub fn new(members: &'a mut Map<C::Value>) -> Self {
        Self(members)
    }
}

impl<C: Codec> Rest for CodedRest<'_, C> {
    fn keep(&mut self, name: &str, source: &mut dyn Source) -> Result<(), Failure> {
        let value = C::read(source)?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<C: Codec> Codec for Values<C> {
    type Value = Map<C::Value>;

    fn read(source: &mut dyn Source) -> Result<Self::Value, Failure> {
        let mut members = Map::new();
        read_object_with_rest(source, &mut [], &mut CodedRest::<C>(&mut members))?;
        Ok(members)
    }

    fn write(value: &Self::Value, sink: &mut dyn Sink) -> Result<(), Failure> {
        sink.object_with_rest(&[], &CodedValues::<C>::new(value))
    }
}

/// The members of a map whose values have a codec, for writing.
pub struct CodedValues<'a, C: Codec>(Vec<(&'a str, CodedRef<'a, C>)>);

impl<'a, C: Codec> CodedValues<'a, C> {
    /// The members of this map.
    #[must_use]
    pub fn new(members: &'a Map<C::Value>) -> Self {
        let pairs = members.iter();
        Self(
            pairs
                .map(|(name, value)| (name.as_str(), CodedRef::new(value)))
                .collect(),
        )
    }
}

impl<C: Codec> Entries for CodedValues<'_, C> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Write)> {
        let (name, value) = self.0.get(index)?;
        Some((name, value))
    }
}

/// A value that may be null.
#[derive(Debug)]
pub struct Null<C>(PhantomData<C>);

impl<C: Codec> Codec for Null<C> {
    type Value = Option<C::Value>;

    fn read(source: &mut dyn Source) -> Result<Self::Value, Failure> {
        let mut value = Coded::<C>::new();
        source.optional(&mut value)?;
        Ok(value.value())
    }

    fn write(value: &Self::Value, sink: &mut dyn Sink) -> Result<(), Failure> {
        match value {
            Some(value) => C::write(value, sink),
            None => sink.null(),
        }
    }

    fn null() -> Option<Self::Value> {
        Some(None)
    }
}

/// A value in a box.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec> Codec for Boxed<C> {
    type Value = Box<C::Value>;

    fn read(source: &mut dyn Source) -> Result<Self::Value, Failure> {
        C::read(source).map(Box::new)
    }

    fn write(value: &Self::Value, sink: &mut dyn Sink) -> Result<(), Failure> {
        C::write(value, sink)
    }

    fn null() -> Option<Self::Value> {
        C::null().map(Box::new)
    }
}

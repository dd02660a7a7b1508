use super::slot::null_of_optional;
use super::{
    CodecError, Decode, Decoder, Encode, Encoder, Entries, Items, List, Map, Rest, Target, Visit,
};

impl<T: Decode> Decode for Option<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut value = OrNull(None);
        decoder.optional(&mut value)?;
        Ok(value.0)
    }

    fn null() -> Option<Self> {
        Some(T::null())
    }

    const REQUIRED: bool = false;

    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        *self = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null_into(&mut self) -> Result<(), CodecError> {
        *self = T::null();
        match self {
            Some(_) => Ok(()),
            None => null_of_optional(),
        }
    }
}

/// Takes a value that may be null, as it may where it is no member: in a list, as a whole reply.
struct OrNull<T>(Option<T>);

impl<T: Decode> Target for OrNull<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.0 = Some(T::decode(decoder)?);
        Ok(())
    }

    fn null(&mut self) -> Result<(), CodecError> {
        self.0 = T::null();
        Ok(())
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self {
            Some(value) => value.encode(encoder),
            None => encoder.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        T::decode(decoder).map(Box::new)
    }

    fn null() -> Option<Self> {
        T::null().map(Box::new)
    }

    const REQUIRED: bool = T::REQUIRED;

    fn decode_into(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        (**self).decode_into(decoder)
    }

    fn null_into(&mut self) -> Result<(), CodecError> {
        (**self).null_into()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        (**self).encode(encoder)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        (**self).encode(encoder)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

/// Gives each item of a list to a target.
pub(super) struct Each<'a>(pub(super) &'a mut dyn Target);

impl Visit for Each<'_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        items.fill(self.0)
    }
}

impl<T: Decode> Target for Vec<T> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        self.push(T::decode(decoder)?);
        Ok(())
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut items = Self::new();
        decoder.list(&mut items)?;
        Ok(items)
    }
}

impl<T: Encode> List for &[T] {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Encode> {
        self.get(index).map(|item| item as &dyn Encode)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.list(&self.as_slice())
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.list(&self)
    }
}

impl<T: Decode> Rest for Map<T> {
    fn keep(&mut self, name: &str, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        let value = T::decode(decoder)?;
        self.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        let mut members = Self::new();
        super::read_object_with_rest(decoder, &mut [], &mut members)?;
        Ok(members)
    }
}

impl<T: Encode> Entries for Map<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Encode)> {
        let (name, value) = self.get_index(index)?;
        Some((name, value))
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.object_with_rest(&[], self)
    }
}

/// Gives each item of a list to a target of its own.
struct Tuple<'a, 't> {
    items: &'a mut [&'t mut dyn Target],
    rest: &'a mut dyn Target,
}

impl Tuple<'_, '_> {
    /// Reads the items beyond the last target.
    fn finish(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        let mut index = self.items.len();
        while items
            .next(self.rest)
            .map_err(|failure| failure.at_index(index))?
        {
            index += 1;
        }
        Ok(())
    }
}

impl Visit for Tuple<'_, '_> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), CodecError> {
        for (index, target) in self.items.iter_mut().enumerate() {
            let item = items.next(&mut Nullable(&mut **target));
            if !item.map_err(|failure| failure.at_index(index))? {
                return Ok(());
            }
        }
        self.finish(items)
    }
}

/// Gives an item to a target as if it were a member: null to its `null`.
struct Nullable<'a>(&'a mut dyn Target);

impl Target for Nullable<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.optional(self.0)
    }
}

/// Takes no further item.
pub(super) struct Beyond;

impl Target for Beyond {
    fn set(&mut self, _: &mut dyn Decoder) -> Result<(), CodecError> {
        Err(CodecError::new("the end of the list", "another item"))
    }
}

/// Reads a list whose items each have a type of their own; a shorter list leaves the last targets as they were.
///
/// # Errors
/// The value is not a list, has more items than targets, or an item is not of its type.
pub fn read_tuple(
    decoder: &mut dyn Decoder,
    items: &mut [&mut dyn Target],
) -> Result<(), CodecError> {
    read_tuple_with_rest(decoder, items, &mut Beyond)
}

/// Reads a list whose first items each have a type of their own; the others go to `rest`, which may be a `Vec`.
///
/// # Errors
/// The value is not a list, or an item is not of its type.
pub fn read_tuple_with_rest(
    decoder: &mut dyn Decoder,
    items: &mut [&mut dyn Target],
    rest: &mut dyn Target,
) -> Result<(), CodecError> {
    decoder.visit(&mut Tuple { items, rest })
}

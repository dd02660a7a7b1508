//! Enums of single values: texts, integers or any JSON, open or closed.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::hash::{Hash, Hasher};

use super::failure::found;
use super::{drift, CodecError, Decode, Decoder, Encode, Value};

/// An enum whose values are texts or integers on the wire.
pub trait Choice: Clone + 'static {
    /// The form on the wire: `str` or `i64`.
    type Wire: Wire + ?Sized;

    /// The type's name, for messages.
    const NAME: &'static str;

    /// The values that the document lists, each with the name of its variant.
    const LISTED: &'static [(&'static str, Self)];

    /// The name of the variant for values that the document does not list.
    const UNLISTED: &'static str = "Unlisted";

    /// The value on the wire.
    fn wire(&self) -> Cow<'_, Self::Wire>;

    /// A value that the document does not list; `None` where the enum has none.
    fn unlisted(wire: &Self::Wire) -> Option<Self>;
}

/// A form of an enum's values on the wire.
pub trait Wire: PartialEq + Hash + Debug + Encode + ToOwned + 'static {
    /// Reads a value and hands it to a closure.
    ///
    /// # Errors
    /// The value is of another type, or the text is malformed.
    fn read(decoder: &mut dyn Decoder, take: &mut dyn FnMut(&Self)) -> Result<(), CodecError>;

    /// The value as it is shown in messages.
    fn show(&self) -> String;
}

impl Wire for str {
    fn read(decoder: &mut dyn Decoder, take: &mut dyn FnMut(&Self)) -> Result<(), CodecError> {
        decoder.text(take)
    }

    fn show(&self) -> String {
        self.to_owned()
    }
}

impl Wire for i64 {
    fn read(decoder: &mut dyn Decoder, take: &mut dyn FnMut(&Self)) -> Result<(), CodecError> {
        take(&Self::decode(decoder)?);
        Ok(())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Wire for Value {
    fn read(decoder: &mut dyn Decoder, take: &mut dyn FnMut(&Self)) -> Result<(), CodecError> {
        take(&decoder.any()?);
        Ok(())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// The listed value of this form, with the name of its variant.
fn listed<T: Choice>(wire: &T::Wire) -> Option<&'static (&'static str, T)> {
    T::LISTED.iter().find(|(_, choice)| *choice.wire() == *wire)
}

/// The enum's value of this form: a listed one, else an unlisted one.
///
/// # Errors
/// The enum is closed, and lists other values only.
pub fn choose<T: Choice>(wire: &T::Wire) -> Result<T, CodecError> {
    match listed::<T>(wire) {
        Some((_, choice)) => Ok(choice.clone()),
        None => T::unlisted(wire).ok_or_else(|| CodecError::unlisted(T::NAME, wire.show())),
    }
}

/// The listed value of this form; `None` where the enum does not list it.
#[must_use]
pub fn choose_listed<T: Choice>(wire: &T::Wire) -> Option<T> {
    listed::<T>(wire).map(|(_, choice)| choice.clone())
}

/// Reads a value of an enum.
///
/// # Errors
/// The value is of another type, or the enum does not list it: always where the enum is closed, and where the client
/// decodes strictly.
pub fn decode_choice<T: Choice>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let mut chosen = None;
    T::Wire::read(decoder, &mut |wire| {
        chosen = Some(match listed::<T>(wire) {
            Some((_, choice)) => Ok(choice.clone()),
            None => unlisted(wire),
        });
    })?;
    chosen.unwrap_or_else(|| Err(CodecError::new("a value", "nothing")))
}

#[cold]
fn unlisted<T: Choice>(wire: &T::Wire) -> Result<T, CodecError> {
    let value = choose(wire)?;
    let text = found::text(&wire.show());
    drift::departs(CodecError::new("a value that the document lists", text))?;
    Ok(value)
}

/// Formats a value of an enum as a derived `Debug` does: the variant's name, or an unlisted value.
///
/// # Errors
/// The formatter fails.
pub fn debug_choice<T: Choice>(choice: &T, formatter: &mut Formatter<'_>) -> fmt::Result {
    let wire = choice.wire();
    match listed::<T>(&wire) {
        Some((name, _)) => formatter.write_str(name),
        None => formatter.debug_tuple(T::UNLISTED).field(&&*wire).finish(),
    }
}

/// The enum's value of an integer's text.
///
/// # Errors
/// The text is no integer, or one that a closed enum does not list.
pub fn choose_integer<T: Choice<Wire = i64>>(text: &str) -> Result<T, CodecError> {
    match text.parse() {
        Ok(value) => choose(&value),
        Err(_) => Err(CodecError::unlisted(T::NAME, text)),
    }
}

/// Hashes a value of an enum by its form on the wire.
pub fn hash_choice<T: Choice, H: Hasher>(choice: &T, state: &mut H) {
    choice.wire().hash(state);
}

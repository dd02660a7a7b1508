//! Enums of single values: texts, integers or any JSON, open or closed.

use crate::codec::error::describe;
use crate::codec::{CodecError, Decode, Decoder, Encode, Value};
use std::borrow::Borrow;
use std::fmt;
use std::fmt::{Debug, Formatter};
use std::hash::{Hash, Hasher};

/// An enum whose values are texts, integers or any JSON on the wire.
pub trait Choice: Clone + 'static {
    /// The form on the wire: `str`, `i64` or [`Value`].
    type Wire: Wire + ?Sized;

    /// The type's name, for messages.
    const NAME: &'static str;

    /// The values that the document lists on the wire, each with the name of its variant.
    const LISTED: &'static [Listed<Self::Wire>];

    /// The values that the document lists, in the order of [`Self::LISTED`].
    const VALUES: &'static [Self];

    /// The name of the variant for values that the document does not list; `None` where the enum has none.
    const UNLISTED: Option<&'static str> = None;

    /// The value on the wire.
    fn wire(&self) -> <Self::Wire as Wire>::Seen<'_>;

    /// A value that the document does not list; `None` where the enum has none.
    fn unlisted(wire: Unlisted<Self>) -> Option<Self>;
}

/// A value on the wire that an enum does not list.
pub type Unlisted<T> = <<T as Choice>::Wire as ToOwned>::Owned;

/// The name of a variant, and its value on the wire.
pub type Listed<W> = (&'static str, <W as Wire>::Literal);

/// A form of an enum's values on the wire.
pub trait Wire: ToOwned + 'static {
    /// A value as it stands in code.
    type Literal: 'static;

    /// A value as an enum has it.
    type Seen<'a>: PartialEq + Hash + Debug + Encode + Borrow<Self>;

    /// Reads a value of an enum: its index among the listed ones, or itself where the enum keeps others.
    ///
    /// # Errors
    /// As [`decode_choice`].
    fn read(decoder: &mut dyn Decoder, table: &Table<Self>) -> Reading<Self>;

    /// The index of a value among the listed ones.
    fn position(&self, listed: &[Listed<Self>]) -> Option<usize>;

    /// The value as it is shown in messages.
    fn show(&self) -> String;
}

/// The index of a value that was read, or the value itself where it is not listed.
pub type Reading<W> = Result<Result<usize, <W as ToOwned>::Owned>, CodecError>;

impl Wire for str {
    type Literal = &'static str;
    type Seen<'a> = &'a str;

    fn read(decoder: &mut dyn Decoder, table: &Table<Self>) -> Reading<Self> {
        let (mut index, mut other) = (0, None);
        decoder.text(&mut |text| match text.position(table.listed) {
            Some(listed) => index = listed,
            None => other = Some(text.to_owned()),
        })?;
        other.map_or(Ok(Ok(index)), |text| table.keep(text, decoder))
    }

    fn position(&self, listed: &[Listed<Self>]) -> Option<usize> {
        listed.iter().position(|(_, text)| *text == self)
    }

    fn show(&self) -> String {
        self.to_owned()
    }
}

impl Wire for i64 {
    type Literal = Self;
    type Seen<'a> = Self;

    fn read(decoder: &mut dyn Decoder, table: &Table<Self>) -> Reading<Self> {
        let value = Self::decode(decoder)?;
        match value.position(table.listed) {
            Some(index) => Ok(Ok(index)),
            None => table.keep(value, decoder),
        }
    }

    fn position(&self, listed: &[Listed<Self>]) -> Option<usize> {
        listed.iter().position(|(_, value)| value == self)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Wire for Value {
    type Literal = &'static str;
    type Seen<'a> = Self;

    fn read(decoder: &mut dyn Decoder, table: &Table<Self>) -> Reading<Self> {
        let value = decoder.any()?;
        match value.position(table.listed) {
            Some(index) => Ok(Ok(index)),
            None => table.keep(value, decoder),
        }
    }

    fn position(&self, listed: &[Listed<Self>]) -> Option<usize> {
        let mut listed = listed.iter();
        listed.position(|(_, json)| Self::from_json_text(json) == *self)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// The enum's value of this form: a listed one, else an unlisted one.
///
/// # Errors
/// The enum is closed, and lists other values only.
pub fn choose<T: Choice>(wire: &T::Wire) -> Result<T, CodecError> {
    choose_listed(wire)
        .or_else(|| T::unlisted(wire.to_owned()))
        .ok_or_else(|| CodecError::unlisted(T::NAME, &wire.show()))
}

/// The listed value of this form; `None` where the enum does not list it.
#[must_use]
pub fn choose_listed<T: Choice>(wire: &T::Wire) -> Option<T> {
    T::VALUES.get(wire.position(T::LISTED)?).cloned()
}

/// Reads a value of an enum.
///
/// # Errors
/// The value is of another type, or the enum does not list it: always where the enum is closed, and where the client
/// decodes strictly.
pub fn decode_choice<T: Choice>(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
    let table = Table { name: T::NAME, listed: T::LISTED, is_open: T::UNLISTED.is_some() };
    let chosen = match T::Wire::read(decoder, &table)? {
        Ok(index) => T::VALUES.get(index).cloned(),
        Err(value) => T::unlisted(value),
    };
    chosen.ok_or_else(CodecError::nothing)
}

/// An enum as it is read, whatever its type.
pub struct Table<W: Wire + ?Sized> {
    name: &'static str,
    listed: &'static [Listed<W>],
    /// `true` if it preserves values that are not listed.
    is_open: bool,
}

impl<W: Wire + ?Sized> Table<W> {
    /// Keeps a value that is not listed, where the enum has a variant for it.
    #[cold]
    fn keep(&self, value: W::Owned, decoder: &dyn Decoder) -> Reading<W> {
        let text = value.borrow().show();
        if !self.is_open {
            return Err(CodecError::unlisted(self.name, &text));
        }
        let text = describe::text(&text);
        let deviation = CodecError::new("a value that the document lists", text);
        decoder.deviations().accept(deviation)?;
        Ok(Err(value))
    }
}

/// Formats a value of an enum as a derived `Debug` does: the variant's name, or an unlisted value.
///
/// # Errors
/// The formatter fails.
pub fn debug_choice<T: Choice>(choice: &T, formatter: &mut Formatter<'_>) -> fmt::Result {
    let wire = choice.wire();
    let index = wire.borrow().position(T::LISTED);
    match index.and_then(|index| T::LISTED.get(index)) {
        Some((name, _)) => formatter.write_str(name),
        None => debug_unlisted(T::UNLISTED, &wire, formatter),
    }
}

fn debug_unlisted(
    variant: Option<&str>,
    value: &dyn Debug,
    formatter: &mut Formatter<'_>,
) -> fmt::Result {
    let mut tuple = formatter.debug_tuple(variant.unwrap_or_default());
    tuple.field(value).finish()
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

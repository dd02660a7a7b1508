//! Types that have the derived codec of serde and ours, spelled as the generator spells it.

/// A struct: its required members, then its optional ones.
macro_rules! record {
    ($name:ident {
        $(required $wire:literal $field:ident: $ty:ty,)*
        $(optional $owire:literal $ofield:ident: $oty:ty,)*
    }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(#[serde(rename = $wire)] pub $field: $ty,)*
            $(#[serde(rename = $owire, skip_serializing_if = "Option::is_none")] pub $ofield: Option<$oty>,)*
        }

        impl v1::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
                $(let mut $field = None;)*
                $(let mut $ofield = None;)*
                let fields: &mut [v1::Field<'_>] =
                    &mut [$(($wire, &mut $field),)* $(($owire, &mut $ofield),)*];
                v1::read_object(source, fields)?;
                Ok(Self { $($field: v1::required($wire, $field)?,)* $($ofield,)* })
            }
        }

        impl v1::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
                let fields: &[v1::Member<'_>] =
                    &[$(($wire, &self.$field),)* $(($owire, &self.$ofield),)*];
                sink.object(fields)
            }
        }
    };
}

/// An enum of texts.
macro_rules! choice {
    ($name:ident { $($wire:literal $variant:ident,)* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[serde(rename = $wire)] $variant,)*
            #[serde(skip)]
            Unlisted(String),
        }

        impl v1::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
                v1::read_text(source, |text| match text {
                    $($wire => Self::$variant,)*
                    _ => Self::Unlisted(text.to_owned()),
                })
            }
        }

        impl v1::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
                sink.text(match self {
                    $(Self::$variant => $wire,)*
                    Self::Unlisted(text) => text,
                })
            }
        }
    };
}

/// A union told apart by its member `type`.
macro_rules! union {
    ($name:ident { $($tag:literal $variant:ident,)* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "type")]
        pub enum $name {
            $(#[serde(rename = $tag)] $variant(Box<$variant>),)*
        }

        impl v1::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
                v1::read_tagged(source, "type", |tag, source| match tag {
                    $($tag => v1::Decode::decode(source).map(Self::$variant),)*
                    other => Err(v1::CodecError::new("a known type", other.to_owned())),
                })
            }
        }

        impl v1::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
                match self {
                    $(Self::$variant(value) => v1::write_tagged(sink, "type", $tag, value),)*
                }
            }
        }
    };
}

pub(crate) use {choice, record, union};

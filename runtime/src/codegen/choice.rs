//! Enums of single values: the macros that turn a table of values into all that an enum does.

/// An enum of texts: `choice! { Status { Ready: "ready" } }` is closed, `choice! { Status { Ready: "ready" } Unlisted }` open.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_choice {
    ($name:ident { $first:ident : $first_wire:literal $(, $variant:ident : $wire:literal)* $(,)? } $($unlisted:ident)?) => {
        #[allow(deprecated)]
        impl $name {
            /// The value on the wire.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    $(Self::$unlisted(text) => text,)?
                }
            }
        }
        $crate::__typewright_choice_of! {
            $name str [$first: $first_wire $(, $variant: $wire)*] [$($unlisted)?]
            (self) -> &str => self.as_str()
        }
        $crate::__typewright_choice_from! { $name [$($unlisted)?] [&str] text => text }
        #[allow(deprecated)]
        impl ::core::str::FromStr for $name {
            type Err = $crate::codegen::v1::CodecError;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                $crate::codegen::v1::choose(text)
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
    };
}

/// An enum of integers; otherwise as `choice!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_integer_choice {
    ($name:ident { $first:ident : $first_wire:literal $(, $variant:ident : $wire:literal)* $(,)? } $($unlisted:ident)?) => {
        #[allow(deprecated)]
        impl $name {
            /// The value on the wire.
            #[inline]
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    $(Self::$unlisted(value) => *value,)?
                }
            }
        }
        $crate::__typewright_choice_of! {
            $name i64 [$first: $first_wire $(, $variant: $wire)*] [$($unlisted)?]
            (self) -> i64 => self.as_i64()
        }
        $crate::__typewright_choice_from! { $name [$($unlisted)?] [i64] value => &value }
        #[allow(deprecated)]
        impl ::core::str::FromStr for $name {
            type Err = $crate::codegen::v1::CodecError;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                $crate::codegen::v1::choose_integer(text)
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), formatter)
            }
        }
    };
}

/// An enum of any JSON values, each by its text; otherwise as `choice!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_value_choice {
    ($name:ident { $first:ident : $first_wire:literal $(, $variant:ident : $wire:literal)* $(,)? } $($unlisted:ident)?) => {
        #[allow(deprecated)]
        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn to_value(&self) -> $crate::codegen::v1::Value {
                let text = match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    $(Self::$unlisted(value) => return value.clone(),)?
                };
                $crate::codegen::v1::Value::from_json_text(text)
            }
        }
        $crate::__typewright_choice_of! {
            $name $crate::codegen::v1::Value [$first: $first_wire $(, $variant: $wire)*] [$($unlisted)?]
            (self) -> $crate::codegen::v1::Value => self.to_value()
        }
        $crate::__typewright_choice_from! {
            $name [$($unlisted)?] [$crate::codegen::v1::Value] value => &value
        }
        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.to_value(), formatter)
            }
        }
    };
}

/// The conversion from a value on the wire: infallible where the enum is open.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_choice_from {
    ($name:ident [$unlisted:ident] [$from:ty] $value:ident => $reference:expr) => {
        #[allow(deprecated)]
        impl ::core::convert::From<$from> for $name {
            #[inline]
            fn from($value: $from) -> Self {
                $crate::codegen::v1::choose_listed($reference)
                    .unwrap_or_else(|| Self::$unlisted($value.into()))
            }
        }
    };
    ($name:ident [] [$from:ty] $value:ident => $reference:expr) => {
        #[allow(deprecated)]
        impl ::core::convert::TryFrom<$from> for $name {
            type Error = $crate::codegen::v1::CodecError;
            #[inline]
            fn try_from($value: $from) -> ::core::result::Result<Self, Self::Error> {
                $crate::codegen::v1::choose($reference)
            }
        }
    };
}

/// The impls that all enums of single values have.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_choice_of {
    ($name:ident $wire:ty [$first:ident: $first_wire:literal $(, $variant:ident: $variant_wire:literal)*]
        [$($unlisted:ident)?] ($this:ident) -> $seen:ty => $read:expr) => {
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Choice for $name {
            type Wire = $wire;
            const NAME: &'static str = stringify!($name);
            const LISTED: &'static [$crate::codegen::v1::Listed<$wire>] = &[
                (stringify!($first), $first_wire)
                $(, (stringify!($variant), $variant_wire))*
            ];
            const VALUES: &'static [Self] = &[Self::$first $(, Self::$variant)*];
            $(
                const UNLISTED: ::core::option::Option<&'static str> =
                    ::core::option::Option::Some(stringify!($unlisted));
            )?
            #[inline]
            fn wire(&$this) -> $seen {
                $read
            }
            #[inline]
            fn unlisted(
                _wire: $crate::codegen::v1::Unlisted<Self>,
            ) -> ::core::option::Option<Self> {
                $(return ::core::option::Option::Some(Self::$unlisted(_wire));)?
                #[allow(unreachable_code)]
                ::core::option::Option::None
            }
        }
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::$first
            }
        }
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_choice(decoder)
            }
        }
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> $crate::codegen::v1::Done {
                $crate::codegen::v1::Encode::encode(&$crate::codegen::v1::Choice::wire(self), encoder)
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::v1::debug_choice(self, formatter)
            }
        }
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::v1::Choice::wire(self) == $crate::codegen::v1::Choice::wire(other)
            }
        }
        #[allow(deprecated)]
        impl ::core::cmp::Eq for $name {}
        #[allow(deprecated)]
        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::codegen::v1::hash_choice(self, state);
            }
        }
        $crate::__typewright_serde!($name);
    };
}

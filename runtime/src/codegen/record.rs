//! Structs: the macros that turn a table of members into all that a struct does.

/// Serde's traits for a type that reads and writes itself, where the runtime's feature `serde` is on.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_serde {
    ($name:ident) => {
        #[allow(deprecated)]
        impl<'de> $crate::codegen::v1::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::codegen::v1::serde::Deserializer<'de>>(
                input: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::v1::deserialize(input)
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::codegen::v1::serde::Serializer>(
                &self,
                output: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen::v1::serialize(self, output)
            }
        }
    };
}

/// Nothing: the runtime's feature `serde` is off.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_serde {
    ($name:ident) => {};
}

/// A struct with a field a member: `record! { Pet { name: "name", kind: "petKind", ..additional } }`.
///
/// `as CODEC` behind a name gives the field a codec, its presence included; `..field` keeps further members, `..!` refuses
/// them.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_record {
    ($name:ident { $($field:ident : $wire:literal),* $(,)? }) => {
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::codegen::v1::blank()),* }
            }
        }
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_record(decoder)
            }
            #[inline]
            fn decode_members(
                &mut self,
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Done {
                $crate::codegen::v1::read_object(decoder, &mut [$(($wire, &mut self.$field)),*])
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
                encoder.object(&[$(($wire, &self.$field)),*])
            }
        }
        #[allow(deprecated)]
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::v1::clone_record(self)
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::v1::debug_record(self, stringify!($name), formatter)
            }
        }
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::v1::equal_records(self, other)
            }
        }
        $crate::__typewright_serde!($name);
    };
    ($name:ident { $($field:ident : $wire:literal $(as $codec:ty)?,)* $(.. $($rest:tt)+)? }) => {
        $crate::__typewright_record_with! { $name [$($field : $wire $(as $codec)?,)*] [$($($rest)+)?] }
    };
    ($name:ident { $($field:ident : $wire:literal $(as $codec:ty)?),+ }) => {
        $crate::__typewright_record_with! { $name [$($field : $wire $(as $codec)?,)*] [] }
    };
}

/// The impls of a struct with codecs or further members.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_record_with {
    ($name:ident [$($field:ident : $wire:literal $(as $codec:ty)?,)*] $rest:tt) => {
        $crate::__typewright_blank! { $name [$($field)*] $rest }
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_record(decoder)
            }
            #[inline]
            fn decode_members(
                &mut self,
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Done {
                let members: &mut [$crate::codegen::v1::Field<'_>] = &mut [$((
                    $wire,
                    $crate::__typewright_slot!(self.$field $(as $codec)?),
                )),*];
                $crate::__typewright_read!(self decoder members $rest)
            }
        }
        $crate::__typewright_write! { $name [$($field : $wire $(as $codec)?,)*] $rest }
        #[allow(deprecated)]
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::v1::clone_record(self)
            }
        }
        $crate::__typewright_view!($name);
        $crate::__typewright_serde!($name);
    };
}

/// A struct whose fields have no value to begin with: read into cells first. Every field names its codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_record_by_parts {
    ($name:ident { $($field:ident : $wire:literal as $codec:ty),* $(,)? }) => {
        $crate::__typewright_record_by_parts! { $name [$($field : $wire as $codec,)*] [] }
    };
    ($name:ident { $($field:ident : $wire:literal as $codec:ty,)* .. $($rest:tt)+ }) => {
        $crate::__typewright_record_by_parts! { $name [$($field : $wire as $codec,)*] [$($rest)+] }
    };
    ($name:ident [$($field:ident : $wire:literal as $codec:ty,)*] $rest:tt) => {
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $(let mut $field = $crate::codegen::v1::FieldCell::<$codec>::new();)*
                let members: &mut [$crate::codegen::v1::Field<'_>] = &mut [$(($wire, &mut $field)),*];
                $crate::__typewright_take!(decoder members [$($field $wire)*] $rest)
            }
        }
        $crate::__typewright_write! { $name [$($field : $wire as $codec,)*] $rest }
        $crate::__typewright_view!($name);
        $crate::__typewright_serde!($name);
    };
}

/// `Debug` and `PartialEq` of a record, by way of what it writes.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_view {
    ($name:ident) => {
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::v1::debug_record(self, stringify!($name), formatter)
            }
        }
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::v1::equal_records(self, other)
            }
        }
    };
}

/// How a record is made: `build! { Pet(name: String, kind = PetKind::Cat) { with_age(age: i64) } }` gives it `new`, which takes
/// the required members but constants, and a setter for each other member.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_build {
    ($name:ident ($($field:ident : $type:ty),* $(; $($constant:ident = $value:expr),*)?)
        { $($(#[$attribute:meta])* $setter:ident ($other:ident : $other_type:ty)),* $(,)? }) => {
        $crate::__typewright_default! { $name [$($field)*] }
        #[allow(deprecated, clippy::too_many_arguments)]
        impl $name {
            /// Creates a value from its required members; all others are unset.
            #[inline]
            #[must_use]
            pub fn new($($field: impl ::core::convert::Into<$type>),*) -> Self {
                Self {
                    $($field: $field.into(),)*
                    $($($constant: $value,)*)?
                    $($other: ::core::default::Default::default(),)*
                }
            }
            $(
                $(#[$attribute])*
                #[inline]
                #[must_use]
                pub fn $setter(mut self, $other: impl ::core::convert::Into<$other_type>) -> Self {
                    let value: $other_type = $other.into();
                    self.$other = value.into();
                    self
                }
            )*
        }
    };
}

/// `Default` of a struct without required members.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_default {
    ($name:ident []) => {
        #[allow(deprecated)]
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident [$($field:ident)+]) => {};
}

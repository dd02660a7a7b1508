//! Macros that turn a table of a type's members into its codec, `Debug`, `PartialEq` and serde impls.

/// The impls of a type that reads and writes itself: serde's by way of ours.
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

/// A struct with a field a member: `record! { Pet { name: "name", kind: "petKind", ..additional } }`.
///
/// `as CODEC` behind a name gives the field a codec, its presence included; `..field` keeps further members, `..!` refuses
/// them.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_record {
    ($name:ident { $($field:ident : $wire:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::codegen::v1::blank()),* }
            }
        }
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

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_blank {
    ($name:ident [$($field:ident)*] [$($rest:ident $(as $codec:ty)?)?]) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::codegen::v1::blank(),)* $($rest: $crate::codegen::v1::blank(),)? }
            }
        }
    };
    ($name:ident [$($field:ident)*] [!]) => {
        $crate::__typewright_blank! { $name [$($field)*] [] }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_slot {
    ($this:ident.$field:ident) => {
        &mut $this.$field
    };
    ($this:ident.$field:ident as $codec:ty) => {
        &mut $crate::codegen::v1::slot_by_codec::<$codec>(&mut $this.$field)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_member {
    ($this:ident.$field:ident) => {
        &$this.$field
    };
    ($this:ident.$field:ident as $codec:ty) => {
        &$crate::codegen::v1::by_codec::<$codec>(&$this.$field)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_read {
    ($this:ident $decoder:ident $members:ident []) => {
        $crate::codegen::v1::read_object($decoder, $members)
    };
    ($this:ident $decoder:ident $members:ident [!]) => {
        $crate::codegen::v1::read_closed_object($decoder, $members)
    };
    ($this:ident $decoder:ident $members:ident [$rest:ident]) => {
        $crate::codegen::v1::read_object_with_rest(
            $decoder,
            $members,
            &mut $crate::codegen::v1::rest_slot(&mut $this.$rest),
        )
    };
    ($this:ident $decoder:ident $members:ident [$rest:ident as $codec:ty]) => {
        $crate::codegen::v1::read_object_with_rest(
            $decoder,
            $members,
            &mut $crate::codegen::v1::rest_slot_by_codec::<$codec>(&mut $this.$rest),
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_take {
    ($decoder:ident $members:ident [$($field:ident $wire:literal)*] []) => {{
        $crate::codegen::v1::read_object($decoder, $members)?;
        ::core::result::Result::Ok(Self { $($field: $field.take($wire)?),* })
    }};
    ($decoder:ident $members:ident [$($field:ident $wire:literal)*] [!]) => {{
        $crate::codegen::v1::read_closed_object($decoder, $members)?;
        ::core::result::Result::Ok(Self { $($field: $field.take($wire)?),* })
    }};
    ($decoder:ident $members:ident [$($field:ident $wire:literal)*] [$rest:ident]) => {{
        let mut $rest = $crate::codegen::v1::Map::new();
        $crate::codegen::v1::read_object_with_rest($decoder, $members, &mut $rest)?;
        ::core::result::Result::Ok(Self { $($field: $field.take($wire)?,)* $rest })
    }};
    ($decoder:ident $members:ident [$($field:ident $wire:literal)*] [$rest:ident as $codec:ty]) => {{
        let mut $rest = $crate::codegen::v1::Map::new();
        $crate::codegen::v1::read_object_with_rest(
            $decoder,
            $members,
            &mut $crate::codegen::v1::CodedRest::<$codec>::new(&mut $rest),
        )?;
        ::core::result::Result::Ok(Self { $($field: $field.take($wire)?,)* $rest })
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_write {
    ($name:ident [$($field:ident : $wire:literal $(as $codec:ty)?,)*] $rest:tt) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> $crate::codegen::v1::Done {
                let members: &[$crate::codegen::v1::Member<'_>] = &[$((
                    $wire,
                    $crate::__typewright_member!(self.$field $(as $codec)?),
                )),*];
                $crate::__typewright_write_rest!(self encoder members $rest)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_write_rest {
    ($this:ident $encoder:ident $members:ident [$(!)?]) => {
        $encoder.object($members)
    };
    ($this:ident $encoder:ident $members:ident [$rest:ident]) => {
        $encoder.object_with_rest($members, &$crate::codegen::v1::rest(&$this.$rest))
    };
    ($this:ident $encoder:ident $members:ident [$rest:ident as $codec:ty]) => {
        $encoder.object_with_rest(
            $members,
            &$crate::codegen::v1::rest_by_codec::<$codec>(&$this.$rest),
        )
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
            $name str [$first $($variant)*] [$($unlisted)?]
            (self) => ::std::borrow::Cow::Borrowed(self.as_str())
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
            $name i64 [$first $($variant)*] [$($unlisted)?]
            (self) => ::std::borrow::Cow::Owned(self.as_i64())
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
            $name $crate::codegen::v1::Value [$first $($variant)*] [$($unlisted)?]
            (self) => ::std::borrow::Cow::Owned(self.to_value())
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

/// The conversion from a value on the wire: sure where the enum is open.
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
    ($name:ident $wire:ty [$first:ident $($variant:ident)*] [$($unlisted:ident)?] ($this:ident) => $read:expr) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Choice for $name {
            type Wire = $wire;
            const NAME: &'static str = stringify!($name);
            const LISTED: &'static [(&'static str, Self)] = &[
                (stringify!($first), Self::$first)
                $(, (stringify!($variant), Self::$variant))*
            ];
            $(const UNLISTED: &'static str = stringify!($unlisted);)?
            #[inline]
            fn wire(&$this) -> ::std::borrow::Cow<'_, $wire> {
                $read
            }
            #[inline]
            fn unlisted(_wire: &$wire) -> ::core::option::Option<Self> {
                $(return ::core::option::Option::Some(Self::$unlisted(_wire.to_owned()));)?
                #[allow(unreachable_code)]
                ::core::option::Option::None
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::$first
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_choice(decoder)
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> $crate::codegen::v1::Done {
                $crate::codegen::v1::Encode::encode(&*$crate::codegen::v1::Choice::wire(self), encoder)
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

/// An enum of branches: `union! { Pet by (Tag "kind") { 0: Cat ("cat" | "Cat"), 1: Dog ("dog") } Unlisted }`.
///
/// A branch may name the struct that it is made `From` in a box (`from (Cat)`), the codec of its value (`as (CODEC)`), and
/// the JSON types that lead to it (`[Integer | Number]`). `; blank Cat` behind the table names the branch that stands in
/// a field until the member has been read.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_union {
    ($name:ident by ($($by:tt)+) {
        $($index:literal : $variant:ident $(from ($held:ty))? $(as ($codec:ty))?
            $([$($kind:ident)|+])? $(($($text:literal)|+))?),* $(,)?
    } $($unlisted:ident)? $(; blank $blank:ident)?) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Union for $name {
            const BY: $crate::codegen::v1::By = $crate::__typewright_by!($($by)+);
            const BRANCHES: &'static [$crate::codegen::v1::Branch] = &[$($crate::codegen::v1::Branch {
                name: stringify!($variant),
                texts: &[$($($text),+)?],
                kinds: &[$($($crate::codegen::v1::Kind::$kind),+)?],
            }),*];
            #[inline]
            fn decode_branch(
                index: usize,
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                match index {
                    $($index => $crate::__typewright_decode!(decoder $(as $codec)?).map(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::codegen::v1::no_branch(index)),
                }
            }
            $(
                const UNLISTED: &'static str = stringify!($unlisted);
                #[inline]
                fn unlisted(value: $crate::codegen::v1::Value) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self::$unlisted(value))
                }
            )?
            #[inline]
            fn with_branch(&self, look: &mut $crate::codegen::v1::LookAtBranch<'_>) {
                match self {
                    $(Self::$variant(value) => look($index, $crate::__typewright_value!(value $(as $codec)?)),)*
                    $(Self::$unlisted(value) => look(usize::MAX, value),)?
                }
            }
        }
        $crate::__typewright_union_blank! { $name [$($unlisted)?] [$($blank)?] }
        $($(
            #[allow(deprecated)]
            impl ::core::convert::From<$held> for $name {
                #[inline]
                fn from(value: $held) -> Self {
                    Self::$variant(::std::boxed::Box::new(value))
                }
            }
        )?)*
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_union(decoder)
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> $crate::codegen::v1::Done {
                $crate::codegen::v1::encode_union(self, encoder)
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::v1::debug_union(self, formatter)
            }
        }
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::v1::equal_unions(self, other)
            }
        }
        $crate::__typewright_serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_by {
    (Tag $name:literal) => {
        $crate::codegen::v1::By::Tag {
            name: $name,
            declared: true,
        }
    };
    (Undeclared $name:literal) => {
        $crate::codegen::v1::By::Tag {
            name: $name,
            declared: false,
        }
    };
    ($by:ident) => {
        $crate::codegen::v1::By::$by
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_decode {
    ($decoder:ident) => {
        $crate::codegen::v1::Decode::decode($decoder)
    };
    ($decoder:ident as $codec:ty) => {
        <$codec as $crate::codegen::v1::Codec>::decode($decoder)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_value {
    ($value:ident) => {
        $value
    };
    ($value:ident as $codec:ty) => {
        &$crate::codegen::v1::by_codec::<$codec>($value)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_union_blank {
    ($name:ident [$unlisted:ident] [$($blank:ident)?]) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::$unlisted($crate::codegen::v1::Value::Null)
            }
        }
    };
    ($name:ident [] [$blank:ident]) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::$blank($crate::codegen::v1::blank())
            }
        }
    };
    ($name:ident [] []) => {};
}

/// A struct around one value, which travels as that value: `newtype! { Names }`, `newtype! { Ids as CODEC }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_newtype {
    ($name:ident $(as $codec:ty)? $(; blank $blank:ident)?) => {
        $(
            #[allow(deprecated)]
            impl $crate::codegen::v1::Blank for $name {
                #[inline]
                fn blank() -> Self {
                    Self($crate::codegen::v1::$blank())
                }
            }
        )?
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::__typewright_decode!(decoder $(as $codec)?).map(Self)
            }
        }
        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> $crate::codegen::v1::Done {
                let value = &self.0;
                $crate::codegen::v1::Encode::encode($crate::__typewright_value!(value $(as $codec)?), encoder)
            }
        }
        $crate::__typewright_serde!($name);
    };
}

//! Unions and newtypes: the macros that turn a table of branches into all that a union does.

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
        #[doc(hidden)]
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
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::codegen::v1::decode_union(decoder)
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
        $crate::codegen::v1::By::Tag { name: $name, declared: true }
    };
    (Undeclared $name:literal) => {
        $crate::codegen::v1::By::Tag { name: $name, declared: false }
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
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::$unlisted($crate::codegen::v1::Value::Null)
            }
        }
    };
    ($name:ident [] [$blank:ident]) => {
        #[doc(hidden)]
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
            #[doc(hidden)]
            #[allow(deprecated)]
            impl $crate::codegen::v1::Blank for $name {
                #[inline]
                fn blank() -> Self {
                    Self($crate::codegen::v1::$blank())
                }
            }
        )?
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::Decode for $name {
            #[inline]
            fn decode(
                decoder: &mut dyn $crate::codegen::v1::Decoder,
            ) -> $crate::codegen::v1::Decoded<Self> {
                $crate::__typewright_decode!(decoder $(as $codec)?).map(Self)
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
                let value = &self.0;
                $crate::codegen::v1::Encode::encode($crate::__typewright_value!(value $(as $codec)?), encoder)
            }
        }
        $crate::__typewright_serde!($name);
    };
}

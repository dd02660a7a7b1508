//! The types of the payloads as the generator prints them.

use typewright_runtime::codegen::v1;

/// A struct: its required members, then its optional ones.
macro_rules! record {
    ($name:ident {
        $(required $wire:literal $field:ident: $ty:ty,)*
        $(optional $owire:literal $ofield:ident: $oty:ty,)*
    }) => {
        #[non_exhaustive]
        pub struct $name {
            $(pub $field: $ty,)*
            $(pub $ofield: Option<$oty>,)*
        }

        v1::record! { $name { $($field: $wire,)* $($ofield: $owire,)* } }
    };
}

/// An enum of texts.
macro_rules! choice {
    ($name:ident { $($wire:literal $variant:ident,)* }) => {
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($variant,)*
            Unlisted(String),
        }

        v1::choice! { $name { $($variant: $wire),* } Unlisted }
    };
}

/// A union told apart by its member `type`.
macro_rules! union {
    ($name:ident { $($index:literal $tag:literal $variant:ident,)* }) => {
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($variant(Box<$variant>),)*
            Unlisted(v1::Value),
        }

        v1::union! { $name by (Undeclared "type") {
            $($index: $variant from ($variant) ($tag)),*
        } Unlisted }
    };
}

include!("table.rs");
include!("table_wide.rs");

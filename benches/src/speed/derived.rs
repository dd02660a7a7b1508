//! The types of the payloads with the derived codec of serde.

use typewright_runtime::codegen::v1;

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
    };
}

/// A union told apart by its member `type`.
macro_rules! union {
    ($name:ident { $($index:literal $tag:literal $variant:ident,)* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "type")]
        pub enum $name {
            $(#[serde(rename = $tag)] $variant(Box<$variant>),)*
        }
    };
}

include!("table.rs");
include!("table_wide.rs");

//! Structs: the parts of the macros of records, by codec and by where further members go.

#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_blank {
    ($name:ident [$($field:ident)*] [$($rest:ident $(as $codec:ty)?)?]) => {
        #[doc(hidden)]
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
        #[doc(hidden)]
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
        $encoder
            .object_with_rest($members, &$crate::codegen::v1::rest_by_codec::<$codec>(&$this.$rest))
    };
}

//! Requirements of generated code on this crate's features.
//!
//! A generated crate has a manifest of its own, which asks for them. Code that is included has the manifest of whoever
//! includes it, and without a feature each use of what it brings would be an error of its own.

/// The items after the list, where this crate has every feature of the list; else one error that names the line for
/// `Cargo.toml`.
///
/// ```
/// typewright_runtime::codegen::v1::require! { [] "" pub struct Here; }
/// let _ = Here;
/// ```
/// ```compile_fail
/// typewright_runtime::codegen::v1::require! { [no_such_feature] "\"no-such-feature\"" pub struct Here; }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_require {
    ([] $all:literal $($item:tt)*) => { $($item)* };
    ([digest $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_digest! { [$($more)*] $($rest)* }
    };
    ([uuid $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_uuid! { [$($more)*] $($rest)* }
    };
    ([chrono $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_chrono! { [$($more)*] $($rest)* }
    };
    ([time $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_time! { [$($more)*] $($rest)* }
    };
    ([jiff $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_jiff! { [$($more)*] $($rest)* }
    };
    ([pattern $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_pattern! { [$($more)*] $($rest)* }
    };
    ([testing $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_testing! { [$($more)*] $($rest)* }
    };
    ([server $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_server! { [$($more)*] $($rest)* }
    };
    ([xml $($more:ident)*] $($rest:tt)*) => {
        $crate::__typewright_require_xml! { [$($more)*] $($rest)* }
    };
    ([$($unknown:ident)*] $all:literal $($item:tt)*) => {
        $crate::__typewright_missing! { $all }
    };
}

/// The error.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_missing {
    ($all:literal) => {
        ::core::compile_error!(::core::concat!(
            "the generated client needs features of its runtime; in Cargo.toml: typewright-runtime = { version = \"",
            $crate::__typewright_version!(),
            "\", features = [",
            $all,
            "] }"
        ));
    };
}

/// The version of this crate, also where the macro is expanded in another.
#[doc(hidden)]
#[macro_export]
macro_rules! __typewright_version {
    () => {
        "0.1.0"
    };
}

/// A macro for a feature, which goes on with the rest where there is that feature.
macro_rules! feature {
    ($(($feature:literal, $name:ident))*) => { $(
        #[cfg(feature = $feature)]
        feature!(@has $name $);
        #[cfg(not(feature = $feature))]
        feature!(@lacks $name $);
    )* };
    (@has $name:ident $d:tt) => {
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            ($d($d rest:tt)*) => { $d crate::__typewright_require! { $d($d rest)* } };
        }
    };
    (@lacks $name:ident $d:tt) => {
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            ([$d($d more:ident)*] $d all:literal $d($d item:tt)*) => {
                $d crate::__typewright_missing! { $d all }
            };
        }
    };
}

feature! {
    ("digest", __typewright_require_digest)
    ("uuid", __typewright_require_uuid)
    ("chrono", __typewright_require_chrono)
    ("time", __typewright_require_time)
    ("jiff", __typewright_require_jiff)
    ("pattern", __typewright_require_pattern)
    ("testing", __typewright_require_testing)
    ("server", __typewright_require_server)
    ("xml", __typewright_require_xml)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_that_of_this_crate() {
        assert_eq!(crate::__typewright_version!(), env!("CARGO_PKG_VERSION"));
    }
}

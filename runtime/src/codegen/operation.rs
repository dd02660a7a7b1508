//! The macros by which generated code declares its operations, their setters, responses and bodies.
//!
//! What they write is as little as can be: a crate has hundreds of operations, and each function costs compile time. So
//! a crate has one type of calls, generic over a marker, which holds all that calls have in common; the type of an
//! operation's calls is an alias of it, with a page and setters of its own.

/// Declares an operation: the name of its calls, the decoders of its responses, and its description.
///
/// `type` says that the operation's calls have no methods of their own; a path before the text is that of the names of XML.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    ($(#[$meta:meta])* type $name:ident($marker:ident) -> $output:ty, $error:ty; $(xml $xml:path;)? $text:literal) => {
        $(#[$meta])*
        pub type $name = Call<$marker>;

        $crate::__endpoint! { $marker -> $output, $error; $(xml $xml;)? $text }
    };
    ($(#[$meta:meta])* $name:ident($marker:ident) -> $output:ty, $error:ty; $(xml $xml:path;)? $text:literal) => {
        #[cfg(not(doc))]
        $(#[$meta])*
        pub type $name = Call<$marker>;

        $crate::__operation_page! { $(#[$meta])* $name($marker) -> $output, $error }

        $crate::__endpoint! { $marker -> $output, $error; $(xml $xml;)? $text }
    };
}

/// Declares the marker of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __endpoint {
    ($marker:ident -> $output:ty, $error:ty; $(xml $xml:path;)? $text:literal) => {
        #[doc(hidden)]
        pub enum $marker {}

        #[allow(deprecated)]
        impl $crate::codegen::v1::Endpoint for $marker {
            type Output = $output;
            type Error = $error;

            #[inline]
            fn spec() -> &'static $crate::codegen::v1::OperationSpec {
                static SPEC: $crate::codegen::v1::LazySpec =
                    $crate::codegen::v1::LazySpec::new($text)$(.xml(&$xml))?;
                SPEC.get()
            }
        }
    };
}

/// The type of an operation's calls as documentation shows it: a struct, whose page has the setters. Otherwise the setters of
/// all operations would stand on the page of `Call`, and those of an operation on a page that needs scripts.
///
/// What all calls have in common is on the page of `Call` alone: repeated on hundreds of pages, it would be most of the
/// documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_page {
    ($(#[$meta:meta])* $name:ident($marker:ident) -> $output:ty, $error:ty) => {
        #[cfg(doc)]
        $(#[$meta])*
        ///
        /// It has all methods of a [`Call`] as well, and is awaited like one.
        #[must_use = "a call does nothing until it is awaited"]
        pub struct $name {
            inner: $crate::codegen::v1::Call,
        }

        #[cfg(doc)]
        #[doc(hidden)]
        impl ::std::future::IntoFuture for $name {
            type Output = ::core::result::Result<
                $crate::codegen::v1::OutputOf<Self>,
                $crate::codegen::v1::Error<$crate::codegen::v1::ErrorOf<Self>>,
            >;
            type IntoFuture = $crate::codegen::v1::OutputFuture<Self>;

            fn into_future(self) -> Self::IntoFuture {
                self.inner.send::<Self>()
            }
        }

        #[cfg(doc)]
        #[doc(hidden)]
        impl $crate::codegen::v1::Endpoint for $name {
            type Output = $output;
            type Error = $error;

            fn spec() -> &'static $crate::codegen::v1::OperationSpec {
                <$marker as $crate::codegen::v1::Endpoint>::spec()
            }
        }
    };
}

/// Declares the names of the bodies that are XML.
#[doc(hidden)]
#[macro_export]
macro_rules! __xml_names {
    ($name:ident; $text:literal) => {
        static $name: $crate::codegen::v1::XmlNames = $crate::codegen::v1::XmlNames::new($text);
    };
}

/// Declares the setters of an operation's optional parameters.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ($call:ident { $(
        $(#[$meta:meta])* $name:ident $(<$life:lifetime>)?: $ty:ty => $method:ident($($value:tt)*);
    )* }) => {
        #[allow(deprecated)]
        impl $call { $(
            $(#[$meta])*
            #[inline]
            pub fn $name $(<$life>)? (mut self, $name: $ty) -> Self {
                self.inner.$method($($value)*);
                self
            }
        )* }
    };
}

/// Declares that the responses of an operation are pages of a list.
#[doc(hidden)]
#[macro_export]
macro_rules! __pages {
    ($call:ident) => {
        impl $call {
            /// The pages of the list, each requested when it is polled for.
            #[inline]
            pub fn pages(self) -> $crate::codegen::v1::Pages<Self> {
                self.inner.pages()
            }
        }
    };
}

/// Declares how the items are taken out of a page.
#[doc(hidden)]
#[macro_export]
macro_rules! __items {
    ($call:ident, |$page:ident: $ty:ty| -> Vec<$item:ty> $items:block) => {
        #[allow(deprecated)]
        impl $call {
            /// The items of all pages, each page requested when it is polled for.
            #[inline]
            pub fn items(self) -> $crate::codegen::v1::PageItems<Self, $item> {
                self.inner.items(|$page: $ty| -> ::std::vec::Vec<$item> { $items })
            }
        }
    };
}

/// Declares a long-running operation, and the operation whose response has its result.
#[doc(hidden)]
#[macro_export]
macro_rules! __wait {
    ($call:ident($marker:ident) -> $last:ident) => {
        impl $crate::codegen::v1::LongRunning for $marker {
            type Last = $last;
        }

        impl $call {
            /// Sends the request and polls until what it starts has ended, pausing from 1 to 30 seconds between polls.
            ///
            /// Dropping the future stops the polling, not the operation.
            ///
            /// # Errors
            /// As [`send`](Call::send), and where the operation ends in an error.
            #[inline]
            pub fn wait(self) -> $crate::codegen::v1::OutputFuture<$last> {
                self.inner.wait::<$marker>($crate::codegen::v1::PollConfig::default())
            }

            /// The same with other pauses, or a deadline.
            ///
            /// # Errors
            /// As [`wait`](Self::wait), and with the kind `Timeout` where the deadline passes.
            #[inline]
            pub fn wait_with(
                self,
                config: $crate::codegen::v1::PollConfig,
            ) -> $crate::codegen::v1::OutputFuture<$last> {
                self.inner.wait::<$marker>(config)
            }

            /// The states of what the request starts, as a stream that ends with its result.
            ///
            /// The request is sent, and then its state asked for, when the stream is polled.
            #[inline]
            pub fn watch(self) -> $crate::codegen::v1::Watch<$last> {
                self.inner.watch::<$marker>($crate::codegen::v1::PollConfig::default())
            }

            /// The same with other pauses, or a deadline.
            #[inline]
            pub fn watch_with(
                self,
                config: $crate::codegen::v1::PollConfig,
            ) -> $crate::codegen::v1::Watch<$last> {
                self.inner.watch::<$marker>(config)
            }
        }
    };
}

/// Declares the enum of several responses as their decoder: by the response's place in the description, and by the media
/// types' where it has several. With `: Encode` mocks can send it.
#[doc(hidden)]
#[macro_export]
macro_rules! __responses {
    ($name:ident: Encode { $(
        $response:literal $(/ $($content:literal)|+)? => $variant:ident $(($decoder:ty))?,
    )* }) => {
        $crate::__responses!($name { $($response $(/ $($content)|+)? => $variant $(($decoder))?,)* });

        #[allow(deprecated)]
        impl $crate::codegen::v1::Encode for $name {
            #[inline]
            fn encode(
                &self,
                encoder: &mut dyn $crate::codegen::v1::Encoder,
            ) -> ::core::result::Result<(), $crate::codegen::v1::CodecError> {
                match self { $(
                    Self::$variant $(($crate::__bound!(body, $decoder)))? => {
                        $crate::__encoded!(encoder $(, body, $decoder)?)
                    }
                )* }
            }
        }
    };
    ($name:ident { $(
        $response:literal $(/ $($content:literal)|+)? => $variant:ident $(($decoder:ty))?,
    )* }) => {
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::codegen::v1::FromResponse for $name {
            type Value = Self;
            const STREAMED: bool =
                false $($(|| <$decoder as $crate::codegen::v1::FromResponse>::STREAMED)?)*;

            #[inline]
            fn decode(
                raw: &mut $crate::codegen::v1::RawResponse,
            ) -> ::core::result::Result<Self, $crate::codegen::v1::CodecError> {
                match raw.response_index() {
                    $(::core::option::Option::Some($response) $(if matches!(raw.content_index(), $(::core::option::Option::Some($content))|+))? => {
                        $crate::__decoded!(raw, $variant $(, $decoder)?)
                    })*
                    _ => ::core::result::Result::Err(raw.undocumented()),
                }
            }
        }
    };
}

/// The variant of a response.
#[doc(hidden)]
#[macro_export]
macro_rules! __decoded {
    ($response:ident, $variant:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    ($response:ident, $variant:ident, $decoder:ty) => {
        <$decoder as $crate::codegen::v1::FromResponse>::decode($response).map(Self::$variant)
    };
}

/// The body that a variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __bound {
    ($body:ident, $decoder:ty) => {
        $body
    };
}

/// The body that a mock sends for a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __encoded {
    ($encoder:ident) => {
        $encoder.null()
    };
    ($encoder:ident, $body:ident, $decoder:ty) => {
        <$decoder as $crate::codegen::v1::EncodeResponse>::encode($body, $encoder)
    };
}

/// Declares the enum of a body that can be sent in several media types: how each variant is given to a call, and, with
/// `From`, that the enum is made of the variant's value.
#[doc(hidden)]
#[macro_export]
macro_rules! __bodies {
    ($name:ident<$life:lifetime> { $(
        $variant:ident($body:ident: $ty:ty) => $method:ident($($value:tt)*) $(, $from:ident)?;
    )* }) => {
        $($(
            impl<$life> $from<$ty> for $name<$life> {
                #[inline]
                fn from($body: $ty) -> Self {
                    Self::$variant($body)
                }
            }
        )?)*

        #[doc(hidden)]
        impl $crate::codegen::v1::BodyContent for $name<'_> {
            #[inline]
            fn give(self, call: &mut $crate::codegen::v1::Call) {
                match self {
                    $(Self::$variant($body) => call.$method($($value)*),)*
                }
            }
        }
    };
    ($name:ident { $(
        $variant:ident($body:ident: $ty:ty) => $method:ident($($value:tt)*) $(, $from:ident)?;
    )* }) => {
        $($(
            impl $from<$ty> for $name {
                #[inline]
                fn from($body: $ty) -> Self {
                    Self::$variant($body)
                }
            }
        )?)*

        #[doc(hidden)]
        impl $crate::codegen::v1::BodyContent for $name {
            #[inline]
            fn give(self, call: &mut $crate::codegen::v1::Call) {
                match self {
                    $(Self::$variant($body) => call.$method($($value)*),)*
                }
            }
        }
    };
}

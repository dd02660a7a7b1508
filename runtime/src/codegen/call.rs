//! The macro by which generated code declares the type of its calls, in parts.

/// Declares the type of a crate's calls, once a crate; the visibility is that of what the operations' files need of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    ($inner:vis $call:ident) => {
        /// A call of an operation that has not been sent.
        ///
        /// Each operation has a name for its own calls in [`operations`](super::operations), with a setter for each optional
        /// parameter. Awaiting a call sends it.
        #[must_use = "a call does nothing until it is awaited"]
        pub struct $call<O> {
            $inner inner: $crate::codegen::v1::Call,
            operation: ::std::marker::PhantomData<fn() -> O>,
        }

        impl<O: $crate::codegen::v1::Endpoint> $call<O> {
            #[inline]
            $inner fn new(
                client: &$crate::codegen::v1::Client,
                required: &[&dyn $crate::codegen::v1::Encode],
            ) -> Self {
                let mut call = client.call(O::spec());
                call.set_required(required);
                Self::from(call)
            }

            $crate::__call_settings!($call<O>);
            $crate::__call_sending!(O);
            $crate::__call_blocking!(O);
        }

        $crate::__call_conditions!($call);
        $crate::__call_traits!($call);
    };
}

/// The settings of a call.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_settings {
    ($call:ident<$operation:ident>) => {
        /// Adds a header that the document does not describe; a parameter of that name is replaced.
        #[inline]
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.inner.set_header(name, value);
            self
        }

        /// Adds a pair to the query that the document does not describe, percent-encoded.
        ///
        /// It replaces nothing: where a parameter of that name is set as well, both are sent.
        #[inline]
        pub fn query(mut self, name: &str, value: &str) -> Self {
            self.inner.set_query(name, value);
            self
        }

        /// Adds a member to the body that the document does not describe: to an object of JSON, or to a form
        /// (`application/x-www-form-urlencoded`). An absent value is not sent, and a second one of a name replaces the first.
        ///
        /// Where the call has no such body, or the body has a member of that name already, sending is an error of the kind
        /// `Encode`.
        #[inline]
        pub fn body_member(mut self, name: &str, value: &dyn $crate::codegen::v1::Encode) -> Self {
            self.inner.set_body_member(name, value);
            self
        }

        /// Sends the request to another server: `https://host/path`.
        #[inline]
        pub fn base_url(mut self, url: &str) -> Self {
            self.inner.set_base_url(url);
            self
        }

        /// Sends the body as this media type: one of a range of the document such as `image/*`, or a relative of its own.
        #[inline]
        pub fn content_type(mut self, media_type: &str) -> Self {
            self.inner.set_content_type(media_type);
            self
        }

        /// Limits the time from the first attempt to the end of the response, pauses and further attempts included.
        ///
        /// `None` is no limit; the client's applies where this is not called, by default 5 minutes.
        #[inline]
        pub fn timeout(
            mut self,
            timeout: impl ::core::convert::Into<::core::option::Option<::std::time::Duration>>,
        ) -> Self {
            self.inner.set_timeout(timeout);
            self
        }

        /// Limits the time of each attempt, from its credentials to the end of the response, or to its head where it is a stream.
        ///
        /// An attempt that is not finished in time is repeated where the call is safe to repeat, as often as the retry policy
        /// allows. `None` is no limit; the client's applies where this is not called, by default none.
        #[inline]
        pub fn attempt_timeout(
            mut self,
            timeout: impl ::core::convert::Into<::core::option::Option<::std::time::Duration>>,
        ) -> Self {
            self.inner.set_attempt_timeout(timeout);
            self
        }

        /// Limits the bytes of the response's body that are read into memory, and those of a line or event of a stream.
        ///
        /// The client's limit applies where this is not called, by default 64 MiB. A longer body is an error of the kind
        /// `TooLarge` when the call is sent; [`response_raw`](Self::response_raw) reads none, and has no limit.
        #[inline]
        pub fn max_body_bytes(mut self, bytes: usize) -> Self {
            self.inner.set_max_body_bytes(bytes);
            self
        }

        /// Sends path parameters that are empty too, for servers to which they mean the root or a default.
        ///
        /// By default such a call is an error of the kind `Encode`, since its URL would name another resource.
        #[inline]
        pub fn allow_empty_path(mut self) -> Self {
            self.inner.set_allow_empty_path();
            self
        }

        /// Takes a documented 404 for an absence: the call yields `None` in place of an error, and else `Some`.
        ///
        /// The document has to describe it, by its own status, as `4XX` or as `default`; a body that comes with it has to be of
        /// a media type described there. Any other 404, of a wrong base URL for example, is an error as before, and
        /// [`response_raw`](Self::response_raw) has each as an error.
        #[inline]
        pub fn optional(self) -> $call<$crate::codegen::v1::OrAbsent<$operation>> {
            $call::from(self.inner)
        }

        /// Makes the call conditional on what the caller has: `if_none_match` and `if_modified_since`, which follow, say what that
        /// is.
        ///
        /// The call yields `Conditional::Modified` with the value, or `Conditional::NotModified` where the server responds with
        /// 304, whether the document describes that or not.
        #[inline]
        pub fn conditional(self) -> $call<$crate::codegen::v1::IfModified<$operation>> {
            $call::from(self.inner)
        }

        /// Replaces the retry policy of the client.
        #[inline]
        pub fn retry(mut self, retry: $crate::codegen::v1::RetryPolicy) -> Self {
            self.inner.set_retry(retry);
            self
        }
    };
}

/// The conditions of a conditional call.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_conditions {
    ($call:ident) => {
        impl<O: $crate::codegen::v1::Endpoint> $call<$crate::codegen::v1::IfModified<O>> {
            /// Asks for the value only if its entity tag is another than this one, in its quotes: `"a"` or `W/"a"`, as `etag()` of
            /// a response has it (RFC 9110, section 13.1.2). Further tags are added up.
            #[inline]
            pub fn if_none_match(mut self, tag: &str) -> Self {
                self.inner.set_if_none_match(tag);
                self
            }

            /// Asks for the value only if it has changed since this time, as `last_modified()` of a response has it (RFC 9110,
            /// section 13.1.3). Servers ignore it beside an entity tag.
            #[inline]
            pub fn if_modified_since(mut self, date: &str) -> Self {
                self.inner.set_if_modified_since(date);
                self
            }
        }
    };
}

/// How a call is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_sending {
    ($operation:ty) => {
        /// Sends the request; the future yields the decoded body. Awaiting the call does the same.
        ///
        /// # Errors
        /// The request cannot be made or sent, the response is one of a failure, or its body is not as documented.
        #[inline]
        pub fn send(self) -> $crate::codegen::v1::OutputFuture<$operation> {
            self.inner.send::<$operation>()
        }

        /// Sends the request; the future yields the decoded body with the status and headers.
        ///
        /// # Errors
        /// As [`send`](Self::send).
        #[inline]
        pub fn response(self) -> $crate::codegen::v1::ResponseFuture<$operation> {
            self.inner.response::<$operation>()
        }

        /// Sends the request; the future yields the status and headers with the body as a stream, which nothing decodes.
        ///
        /// The body is read while it arrives, whatever its media type, without a limit of its length.
        ///
        /// # Errors
        /// The request cannot be made or sent, or the response is one of a failure, whose body the error keeps undecoded.
        #[inline]
        pub fn response_raw(
            self,
        ) -> $crate::codegen::v1::CallFuture<
            ::core::result::Result<
                $crate::codegen::v1::Response<$crate::codegen::v1::ByteStream>,
                $crate::codegen::v1::AnyError,
            >,
        > {
            self.inner.response_raw()
        }
    };
}

/// Sending without a future, where the runtime can.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __call_blocking {
    ($operation:ty) => {
        /// Sends the request and blocks the thread until the body is decoded.
        ///
        /// # Errors
        /// As [`send`](Self::send).
        #[inline]
        pub fn send_blocking(
            self,
        ) -> ::core::result::Result<
            $crate::codegen::v1::OutputOf<$operation>,
            $crate::codegen::v1::Error<$crate::codegen::v1::ErrorOf<$operation>>,
        > {
            self.inner.send_blocking::<$operation>()
        }
    };
}

/// Sending without a future needs the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __call_blocking {
    ($operation:ty) => {};
}

/// The traits of a call.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_traits {
    ($call:ident) => {
        impl<O> ::core::convert::From<$crate::codegen::v1::Call> for $call<O> {
            #[inline]
            fn from(call: $crate::codegen::v1::Call) -> Self {
                let operation = ::std::marker::PhantomData;
                Self { inner: call, operation }
            }
        }

        impl<O> ::core::convert::From<$call<O>> for $crate::codegen::v1::Call {
            #[inline]
            fn from(call: $call<O>) -> Self {
                call.inner
            }
        }

        impl<O: $crate::codegen::v1::Endpoint> ::std::future::IntoFuture for $call<O> {
            type Output = ::core::result::Result<
                $crate::codegen::v1::OutputOf<O>,
                $crate::codegen::v1::Error<$crate::codegen::v1::ErrorOf<O>>,
            >;
            type IntoFuture = $crate::codegen::v1::OutputFuture<O>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.inner.send::<O>()
            }
        }

        impl<O> ::std::fmt::Debug for $call<O> {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }

        impl<O: $crate::codegen::v1::Endpoint> $crate::codegen::v1::Endpoint for $call<O> {
            type Output = O::Output;
            type Error = O::Error;

            #[inline]
            fn spec() -> &'static $crate::codegen::v1::OperationSpec {
                O::spec()
            }
        }

        impl<O: $crate::codegen::v1::LongRunning> $crate::codegen::v1::LongRunning for $call<O> {
            type Last = O::Last;
        }
    };
}

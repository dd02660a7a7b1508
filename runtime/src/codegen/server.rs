//! The macros by which generated code declares its server: who calls, handlers, replies, and bodies of several kinds.
//!
//! As with clients, what they write is as little as can be: for each operation one future, and the values that its handler
//! takes. The order of what is checked is that of the runtime (`server`).

/// Declares `authenticate`, which calls the method of a security scheme:
/// `security! { Security { "key" => key, "token" => token } }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __security {
    ($security:ident { $($scheme:literal => $method:ident),* $(,)? }) => {
        fn authenticate<S: $security>(
            service: &S,
            credential: $crate::codegen::v1::RequestCredential,
        ) -> $crate::codegen::v1::Authentication<'_, S::Principal> {
            match credential.scheme() {
                $($scheme => ::std::boxed::Box::pin(<S as $security>::$method(service, credential)),)*
                _ => $crate::codegen::v1::unknown_scheme(),
            }
        }
    };
}

/// Declares a function that adds operations to routes, each with the method of the service that handles it.
///
/// The parentheses behind the function's name hold the type of principals, where the API has security schemes. An input may
/// have rules, which its value is checked against: `body: Json<Pet> where Pet::rules()`.
#[doc(hidden)]
#[macro_export]
macro_rules! __handlers {
    ($visible:vis fn $add:ident<$service:ident: $handlers:path>($($principal:ty)?) { $(
        $operation:ty => $method:ident($($input:ident: $type:ty $(where $rules:expr)?),* $(,)?) -> $reply:ty;
    )* }) => {
        #[allow(deprecated)]
        $visible fn $add<$service: $handlers>(
            routes: &mut $crate::codegen::v1::Routes<$service $(, $principal)?>,
        ) {
            $(routes.add(
                <$operation as $crate::codegen::v1::Endpoint>::spec(),
                #[allow(unused_mut)]
                |service, mut request| ::std::boxed::Box::pin(async move {
                    $(let $input = $crate::__input!(request, $input, $type $(, $rules)?);)*
                    let (context, responder) = request.split();
                    let reply: $reply =
                        <$service as $handlers>::$method(&service, $($input,)* context).await;
                    ::core::result::Result::Ok(responder.respond(reply))
                }),
            );)*
        }
    };
}

/// The value of an input of a handler.
#[doc(hidden)]
#[macro_export]
macro_rules! __input {
    ($request:ident, parameters, $type:ty) => {
        $request.parameters::<$type>()?
    };
    ($request:ident, parameters, $type:ty, $rules:expr) => {{
        let parameters = $request.parameters::<$type>()?;
        $request.check_parameters(&parameters, $rules)?;
        parameters
    }};
    ($request:ident, body, $type:ty) => {
        $request.body::<$type>().await?
    };
    ($request:ident, body, $type:ty, $rules:expr) => {{
        let mut body = $request.body::<$type>().await?;
        $crate::codegen::v1::CheckRules::check_rules(&mut body, $rules)?;
        body
    }};
}

/// Declares how the replies of an operation are written: by the place of the response in the description and that of the media
/// type, and the payload of the variant in this order: `status`, `body: DECODER`, `content_type`, `headers: TYPE`.
#[doc(hidden)]
#[macro_export]
macro_rules! __replies {
    ($name:ident { $(
        $response:literal $(/ $content:literal)? => $variant:ident
            $(($($part:ident $(: $type:ty)?),* $(,)?))?;
    )* }) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::Reply for $name {
            #[allow(unused_mut, unused_variables)]
            fn write(
                self,
                writer: $crate::codegen::v1::ReplyWriter<'_>,
            ) -> $crate::codegen::v1::ReplyResult {
                match self {
                    $(Self::$variant $(($($part),*))? => {
                        let mut writer = writer.response($response, &[$($content)?]);
                        $($($crate::__reply_part!(writer, $part $part $(, $type)?);)*)?
                        writer.finish()
                    })*
                    Self::Raw(response) => ::core::result::Result::Ok(response),
                }
            }
        }

        impl ::core::convert::From<$crate::codegen::v1::Problem> for $name {
            #[inline]
            fn from(problem: $crate::codegen::v1::Problem) -> Self {
                Self::Raw(problem.into())
            }
        }

        impl ::core::convert::From<
            $crate::codegen::v1::http::Response<$crate::codegen::v1::axum::body::Body>,
        > for $name {
            #[inline]
            fn from(
                response: $crate::codegen::v1::http::Response<$crate::codegen::v1::axum::body::Body>,
            ) -> Self {
                Self::Raw(response)
            }
        }
    };
}

/// A part of a reply's payload: its name, and the same name as the value that is bound to it.
#[doc(hidden)]
#[macro_export]
macro_rules! __reply_part {
    ($writer:ident, status $value:ident) => {
        $writer.status($value);
    };
    ($writer:ident, body $value:ident, $type:ty) => {
        <$type as $crate::codegen::v1::ReplyBody>::write($value, &mut $writer)?;
    };
    ($writer:ident, content_type $value:ident) => {
        $writer.content_type($value);
    };
    ($writer:ident, headers $value:ident, $type:ty) => {
        $writer.headers(&$value)?;
    };
}

/// Declares the enum of a request's body that can be in several media types, by their places in the description. Each may have
/// rules, which its value is checked against: `0 => Json(Json<Pet>) where Pet::rules()`.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_bodies {
    ($name:ident { $($content:literal => $variant:ident($decoder:ty) $(where $rules:expr)?),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::RequestBody for $name {
            type Value = Self;

            #[inline]
            fn is_streamed(content: usize) -> bool {
                match content {
                    $($content => <$decoder as $crate::codegen::v1::RequestBody>::is_streamed(content),)*
                    _ => false,
                }
            }

            #[inline]
            fn decode(
                body: &mut $crate::codegen::v1::ReceivedBody,
            ) -> ::core::result::Result<Self, $crate::codegen::v1::CodecError> {
                match body.content_index() {
                    $($content => <$decoder as $crate::codegen::v1::RequestBody>::decode(body)
                        .map(Self::$variant),)*
                    _ => ::core::result::Result::Err(body.undocumented()),
                }
            }

            // Several media types may select one variant.
            #[allow(unreachable_patterns, unused_variables)]
            #[inline]
            fn check(
                value: &mut Self,
            ) -> ::core::result::Result<(), $crate::codegen::v1::Problem> {
                match value {
                    $($(Self::$variant(value) => {
                        $crate::codegen::v1::CheckRules::check_rules(value, $rules)
                    })?)*
                    _ => ::core::result::Result::Ok(()),
                }
            }
        }
    };
}

/// Declares the enum of the parts of a multipart body, by their names; it has the variant `Other(FileStream)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __parts {
    ($name:ident { $($part:literal => $variant:ident($decoder:ty) $($required:ident)?),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::codegen::v1::FromPart for $name {
            const REQUIRED: &'static [&'static str] =
                &[$($($crate::__required_part!($required, $part),)?)*];

            #[inline]
            fn is_streamed(name: &str) -> bool {
                match name {
                    $($part => <$decoder as $crate::codegen::v1::PartBody>::STREAMED,)*
                    _ => true,
                }
            }

            #[inline]
            fn decode(
                part: $crate::codegen::v1::ReceivedPart,
            ) -> ::core::result::Result<Self, $crate::codegen::v1::CodecError> {
                match part.name() {
                    $($part => <$decoder as $crate::codegen::v1::PartBody>::decode(part)
                        .map(Self::$variant),)*
                    _ => <$crate::codegen::v1::FileStream as $crate::codegen::v1::PartBody>::decode(part)
                        .map(Self::Other),
                }
            }
        }
    };
}

/// The name of a part that a body has to have.
#[doc(hidden)]
#[macro_export]
macro_rules! __required_part {
    (required, $part:literal) => {
        $part
    };
}

//! Parameters with `content`: a text of a media type; and those that cannot be read at all.

use super::{decoded, no_object, not_text, several};
use crate::codec::{
    decode_argument, read_form, read_json, Argument, BoxArgument, CodecError, Decoder, Deviations,
    Target, TextArgument,
};
use crate::spec::{media_type, Location, Parameter};
use std::borrow::Cow;

/// A value that is sent more than once.
pub(super) struct Repeated;

/// A value that is not UTF-8.
pub(super) struct NotText;

macro_rules! failures {
    ($($name:ident: $failure:expr;)*) => {$(
        impl Argument for $name {
            fn texts(&self) -> Result<Vec<String>, CodecError> {
                Err($failure)
            }

            fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
                Err($failure)
            }

            fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
                Err($failure)
            }

            fn decode(&self, _: &Deviations, _: &mut dyn Target) -> Result<bool, CodecError> {
                Err($failure)
            }
        }
    )*};
}

failures! {
    Repeated: several();
    NotText: not_text("UTF-8 text");
}

/// A text of a media type (`content`).
pub(super) struct Document {
    pub(super) parameter: &'static Parameter,
    pub(super) media_type: &'static str,
    pub(super) raw: String,
}

impl Document {
    fn text(&self) -> Result<String, CodecError> {
        decoded(self.parameter, &self.raw).map(Cow::into_owned)
    }
}

impl Argument for Document {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        self.text().map(|text| vec![text])
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(vec![Box::new(TextArgument(self.text()?))])
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(no_object(&self.raw))
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        let is_form = media_type::essence(self.media_type) == "application/x-www-form-urlencoded";
        if is_form && self.parameter.location == Location::QueryString {
            return read_form(self.raw.as_bytes(), deviations, target).map(|()| true);
        }
        let text = self.text()?;
        if is_form {
            return read_form(text.as_bytes(), deviations, target).map(|()| true);
        }
        if self.media_type.starts_with("text/") {
            return decode_argument(&TextArgument(text), deviations, target);
        }
        let mut json = Nullable(target);
        read_json(text.as_bytes(), deviations, &mut json).map(|()| true)
    }
}

/// A target to which null is passed as such.
struct Nullable<'t>(&'t mut dyn Target);

impl Target for Nullable<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.optional(self.0)
    }
}

//! The properties of forms and multipart bodies as data.

use super::Parameter;

/// How a property of a form or multipart body is written (OpenAPI 3.1, section 4.8.15).
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    pub(crate) name: &'static str,
    pub(crate) media_type: Option<&'static str>,
    pub(crate) style: Option<Parameter>,
}

impl Encoding {
    /// Of the property of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            media_type: None,
            style: None,
        }
    }

    /// `contentType`: one media type, or several with commas between.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// `style` and its companions, as a parameter in the query of the property's name has them.
    #[must_use]
    pub const fn style(mut self, style: Parameter) -> Self {
        self.style = Some(style);
        self
    }

    pub(crate) fn is_json(&self) -> bool {
        self.media_type
            .is_some_and(crate::content::media_type::is_json)
    }
}

//! The properties of forms and multipart bodies as data.

use super::{Parameter, Style};

/// How one property of a form or multipart body is written (OpenAPI 3.1, section 4.8.15), made by `const` functions:
///
/// ```
/// use typewright_runtime::codegen::v1::{PartSpec, Style};
/// static TAGS: PartSpec = PartSpec::new("tags").style(Style::PipeDelimited, false);
/// static META: PartSpec = PartSpec::new("meta").content_type("application/xml");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSpec {
    pub(crate) name: &'static str,
    pub(crate) content_type: Option<&'static str>,
    /// As a query parameter of the property's name is written.
    pub(crate) styled: Option<Parameter>,
    /// Headers of the part.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

/// How the parts of a multipart body are written that is a list (OpenAPI 3.2, section 4.14.4.3): by their places.
///
/// ```
/// use typewright_runtime::codegen::v1::{PartSpec, OrderedParts};
/// static SCAN: OrderedParts = OrderedParts {
///     first: &[PartSpec::new("").content_type("application/json")],
///     others: Some(PartSpec::new("").content_type("image/png")),
/// };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderedParts {
    /// The first parts, one each (`prefixEncoding`).
    pub first: &'static [PartSpec],
    /// All parts after them (`itemEncoding`).
    pub others: Option<PartSpec>,
}

impl OrderedParts {
    /// What is said of the part at this place, counted from 0.
    pub(crate) fn at(&self, index: usize) -> Option<&PartSpec> {
        self.first.get(index).or(self.others.as_ref())
    }
}

impl PartSpec {
    /// As it is written by default.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            content_type: None,
            styled: None,
            headers: &[],
        }
    }

    /// In this media type; of several, separated by commas, the first.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// As a query parameter of this style; `contentType` is ignored then.
    #[must_use]
    pub const fn style(mut self, style: Style, explode: bool) -> Self {
        let parameter = Parameter::query(self.name).style(style);
        self.styled = Some(parameter.explode(explode));
        self
    }

    /// With lists within the list as texts of these styles, the outer ones first.
    #[must_use]
    pub const fn nested(mut self, styles: &'static [Style]) -> Self {
        let parameter = match self.styled {
            Some(parameter) => parameter,
            None => Parameter::query(self.name),
        };
        self.styled = Some(parameter.nested(styles));
        self
    }

    /// With reserved characters as they are; where no style is given it is `form`, exploded.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        let parameter = match self.styled {
            Some(parameter) => parameter,
            None => Parameter::query(self.name),
        };
        self.styled = Some(parameter.allow_reserved());
        self
    }

    /// With these headers in multipart bodies, names and values; those that the caller gives go before.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The media type to send.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        let first = self.content_type?.split(',').next()?.trim();
        Some(crate::content::media_type::sendable(first))
    }
}

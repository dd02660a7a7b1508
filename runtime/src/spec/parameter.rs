//! Parameters as data.

use super::media_type;

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
    /// The whole query (3.2).
    QueryString,
}

/// How a parameter's value becomes text (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue`
    Simple,
    /// `color=blue`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color=blue%09black` (Swagger 2.0, `collectionFormat: tsv`)
    TabDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue` joined by `; ` in the `Cookie` header, not percent-encoded (3.2).
    Cookie,
}

/// A parameter (OpenAPI 3.1, section 4.8.12), made by `const` functions:
///
/// ```
/// use typewright_runtime::codegen::v1::{Parameter, Style};
/// static FILTER: Parameter = Parameter::query("filter").style(Style::DeepObject).explode(true);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) allow_empty: bool,
    pub(crate) content: Option<&'static str>,
    /// How lists within the list are written, the outer ones first; as JSON where nothing is said.
    pub(crate) nested: &'static [Style],
}

impl Parameter {
    const fn new(name: &'static str, location: Location, style: Style) -> Self {
        let explode = matches!(style, Style::Form | Style::Cookie);
        Self {
            name,
            location,
            required: matches!(location, Location::Path),
            style,
            explode,
            allow_reserved: false,
            allow_empty: false,
            content: None,
            nested: &[],
        }
    }

    /// In the path: style `simple`, not exploded.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple)
    }

    /// In the query: style `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form)
    }

    /// As a header: style `simple`, not exploded.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple)
    }

    /// As a cookie: style `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form)
    }

    /// The whole query, written as its media type says (3.2, `in: querystring`).
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        let form = Self::new(name, Location::QueryString, Style::Form);
        form.content("application/x-www-form-urlencoded")
    }

    /// A parameter that must be given; those of the path are without saying so.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With another style, and the `explode` that is that style's default.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// With this `explode`.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// `allowReserved`: reserved characters stand as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// `allowEmptyValue`: an empty value is sent as the name alone; in a path, an empty text is sent at all.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// With lists within the list as texts of these styles, the outer ones first (Swagger 2.0, `collectionFormat` of
    /// `items`).
    #[must_use]
    pub const fn nested(mut self, styles: &'static [Style]) -> Self {
        self.nested = styles;
        self
    }

    /// `content`: a text of this media type.
    #[must_use]
    pub const fn content(mut self, media_type: &'static str) -> Self {
        self.content = Some(media_type);
        self
    }
}

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
        Some(media_type::sendable(first))
    }
}

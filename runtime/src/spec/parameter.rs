//! Parameters as data.

use super::media_type;

/// The place of a parameter in a request.
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

/// The style of a parameter's value (OpenAPI 3.1, section 4.8.12.3).
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
    /// The styles of lists within the list, the outer ones first; JSON if there are none.
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

    /// The whole query, encoded as its media type (3.2, `in: querystring`).
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        let form = Self::new(name, Location::QueryString, Style::Form);
        form.content("application/x-www-form-urlencoded")
    }

    /// Marks the parameter as required; those of the path are by default.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the style, and the default `explode` of the style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// Sets `explode`.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Sets `allowReserved`: reserved characters are not encoded.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets `allowEmptyValue`: an empty value is sent as the name alone; in a path, an empty text is allowed.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// Sets the styles of lists within the list, the outer ones first (Swagger 2.0, `collectionFormat` of `items`).
    #[must_use]
    pub const fn nested(mut self, styles: &'static [Style]) -> Self {
        self.nested = styles;
        self
    }

    /// Sets `content`: a text of this media type.
    #[must_use]
    pub const fn content(mut self, media_type: &'static str) -> Self {
        self.content = Some(media_type);
        self
    }
}

/// The encoding of one property of a form or multipart body (OpenAPI 3.1, section 4.8.15), made by `const` functions:
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
    /// The query parameter whose style it has.
    pub(crate) styled: Option<Parameter>,
    /// Headers of the part.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

/// The encoding of the parts of a multipart body that is a list, by their positions (OpenAPI 3.2, section 4.14.4.3).
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
    /// The first parts, one for each position (`prefixEncoding`).
    pub first: &'static [PartSpec],
    /// All parts after them (`itemEncoding`).
    pub others: Option<PartSpec>,
}

impl OrderedParts {
    /// The encoding of the part at this position, counted from 0.
    pub(crate) fn at(&self, index: usize) -> Option<&PartSpec> {
        self.first.get(index).or(self.others.as_ref())
    }
}

impl PartSpec {
    /// A property that is encoded by default.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, content_type: None, styled: None, headers: &[] }
    }

    /// Sets the media type; of several, separated by commas, the first.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Sets the style of a query parameter, which replaces `contentType`.
    #[must_use]
    pub const fn style(mut self, style: Style, explode: bool) -> Self {
        let parameter = Parameter::query(self.name).style(style);
        self.styled = Some(parameter.explode(explode));
        self
    }

    /// Sets the styles of lists within the list, the outer ones first.
    #[must_use]
    pub const fn nested(mut self, styles: &'static [Style]) -> Self {
        let parameter = match self.styled {
            Some(parameter) => parameter,
            None => Parameter::query(self.name),
        };
        self.styled = Some(parameter.nested(styles));
        self
    }

    /// Sets `allowReserved`, with the style `form`, exploded, by default.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        let parameter = match self.styled {
            Some(parameter) => parameter,
            None => Parameter::query(self.name),
        };
        self.styled = Some(parameter.allow_reserved());
        self
    }

    /// Sets the names and values of headers in multipart bodies; the caller's headers take precedence.
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

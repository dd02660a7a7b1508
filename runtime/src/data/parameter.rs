//! Parameters as data.

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

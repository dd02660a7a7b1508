//! Pagination: how the pages of a long list follow each other.

/// Pagination of an operation. Paths are property names, from the page inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Source of the next page.
    pub next: NextPage,
    /// Path of the list in a page; empty if the page is the list, `None` if unknown.
    pub items: Option<Vec<String>>,
    /// Query parameter with the maximum number of items per page.
    pub limit: Option<String>,
    /// Path of the boolean that is `true` if more pages follow.
    pub more: Option<Vec<String>>,
    /// Path of the number of items on all pages.
    pub total: Option<Vec<String>>,
}

/// How the request for the next page is made from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The page's number is sent in a query parameter.
    Number {
        /// Query parameter.
        parameter: String,
        /// Number of the first page.
        first: u64,
    },
    /// The number of items before the page is sent in a query parameter.
    Offset {
        /// Query parameter.
        parameter: String,
    },
    /// The position of the page's first item, counted from 1, is sent in a query parameter.
    Index {
        /// Query parameter.
        parameter: String,
    },
    /// The id of the previous page's last item is sent in a query parameter.
    LastItem {
        /// Query parameter.
        parameter: String,
        /// Path of the id in an item.
        path: Vec<String>,
    },
    /// A text from the previous page is sent in a query parameter.
    Token {
        /// Query parameter.
        parameter: String,
        /// Path of the text.
        path: Vec<String>,
    },
    /// The page has the URL of the next one, or a list of links with `rel` and `href`.
    Link {
        /// Path of the URL or list.
        path: Vec<String>,
    },
    /// The `Link` header has the URL, with `rel=next` (RFC 8288).
    LinkHeader,
}

//! Pages: how the parts of a long list follow each other.

/// How the pages of a list follow each other. Paths are the names of members from the page inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What leads to the next page.
    pub next: NextPage,
    /// Where the list is in a page: empty where the page is the list; `None` where it is not known.
    pub items: Option<Vec<String>>,
    /// The query parameter that says how many items a page may have.
    pub limit: Option<String>,
    /// Where a boolean says whether there are more pages.
    pub more: Option<Vec<String>>,
    /// Where the number of items of all pages together stands.
    pub total: Option<Vec<String>>,
}

/// What leads from one page to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The number of the page, in this query parameter.
    Number {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// How many items come before the page, in this query parameter.
    Offset {
        /// The parameter.
        parameter: String,
    },
    /// The place of the page's first item, counted from 1, in this query parameter.
    Index {
        /// The parameter.
        parameter: String,
    },
    /// What names the last item of the page before, in this query parameter.
    LastItem {
        /// The parameter.
        parameter: String,
        /// Where an item has its name.
        path: Vec<String>,
    },
    /// A text from the page before, in this query parameter.
    Token {
        /// The parameter.
        parameter: String,
        /// Where the text is.
        path: Vec<String>,
    },
    /// A URL in the page, or a list of links with `rel` and `href`.
    Link {
        /// Where it is.
        path: Vec<String>,
    },
    /// The `Link` header with `rel=next` (RFC 8288).
    Header,
}

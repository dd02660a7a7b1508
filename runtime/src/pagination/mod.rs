//! Pages of lists, each requested by a call derived from the one before.

pub(crate) mod next_page;

use crate::error::{Cause, Error, Fault, ResponseHead};
use crate::execute::BodyMode;
use crate::execute::RawResponse;
use crate::futures::{next, Stepped, Steps};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::pagination::next_page::{NextRequest, Position};
use crate::request::Call;
use crate::response::{decode_outcome, Endpoint, ErrorOf, OutputOf, Response};
use crate::spec::{NextPage, Paging};
use crate::uri;
use futures_core::Stream;
use http::{HeaderMap, Uri};
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

type Page<O> = Result<OutputOf<O>, Error<ErrorOf<O>>>;

/// The pages of a list as a [`Stream`], each requested when it is polled for. The stream ends after the last page, at the first failure, and
/// if the server leads back to an earlier page.
///
/// ```
/// use typewright_runtime::pagination::Pages;
/// # use typewright_runtime::codegen::v1::Endpoint;
///
/// # async fn count<O: Endpoint>(mut pages: Pages<O>) -> u32 {
/// // `pages` is `client.list_pets().pages()`, where the document describes the list.
/// let mut count = 0;
/// while let Some(page) = pages.next().await {
///     count += u32::from(page.is_ok());
/// }
/// # count
/// # }
/// # struct Pets;
/// # impl Endpoint for Pets {
/// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
/// #     type Error = typewright_runtime::codegen::v1::Undocumented;
/// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
/// # }
/// # drop(count::<Pets>);
/// ```
pub struct Pages<O: Endpoint> {
    steps: Steps<PageState, TypedPage<O>>,
    place: Place,
}

/// A page with its headers.
type TypedPage<O> = Result<Response<OutputOf<O>>, Error<ErrorOf<O>>>;

/// The place in a list.
#[derive(Clone, Debug, Default)]
struct Place {
    /// The token of the page that is requested next; after a failure that of the page that failed.
    next: Option<String>,
    /// The token of the page that was received last.
    current: Option<String>,
    /// Status and headers of that page.
    head: Option<OpaqueArc<ResponseHead>>,
}

impl Place {
    /// Goes on after a page has been received.
    fn advance(&mut self, head: OpaqueArc<ResponseHead>, next: Option<String>) {
        self.head = Some(head);
        self.current = std::mem::replace(&mut self.next, next);
    }
}

impl Call {
    /// The pages of the list that the operation returns.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn pages<O: Endpoint>(mut self) -> Pages<O> {
        let paging = self.operation().paging.unwrap_or_else(|| {
            self.fail("the operation", "its responses are no pages of a list");
            Paging::DEFAULT
        });
        let (parameter, first) = match paging.next {
            NextPage::Number { parameter, first } => (Some(parameter), first),
            NextPage::Index { parameter } => (Some(parameter), 1),
            NextPage::Offset { parameter } => (Some(parameter), 0),
            NextPage::LastItem { .. }
            | NextPage::Token { .. }
            | NextPage::Link { .. }
            | NextPage::Header => (None, 0),
        };
        let query_number = |parameter: &str| self.query_number(parameter);
        let position = Position {
            paging,
            number: parameter.and_then(query_number).unwrap_or(first),
            limit: paging.limit.and_then(query_number),
        };
        let current = self.uri().ok();
        let state = PageState {
            visited: current.iter().map(ToString::to_string).collect(),
            current,
            call: Some(self),
            position,
            token: None,
        };
        Pages { steps: Steps::new(state, step::<O>), place: Place::default() }
    }

    /// The items of all pages, which `items` extracts from a page.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn items<O: Endpoint, T>(self, items: fn(OutputOf<O>) -> Vec<T>) -> PageItems<O, T> {
        PageItems { pages: self.pages(), items, ready: VecDeque::new() }
    }
}

/// The state between two pages.
struct PageState {
    call: Option<Call>,
    position: Position,
    /// The URL of the last page, which links may be relative to.
    current: Option<Uri>,
    /// The URLs of all pages so far, so that a server that leads back to one is not followed for ever.
    visited: BTreeSet<String>,
    /// The token of the call's page; `None` for the first page.
    token: Option<String>,
}

impl PageState {
    /// Requests a page, and prepares the call of the next one.
    async fn request(&mut self, call: Call) -> Result<RawResponse, OpaqueBox<Fault>> {
        let template = call.try_clone();
        let response = call.execute(BodyMode::Buffered).await?;
        if !response.is_success() {
            return Ok(response);
        }
        let next = match self.position.advance(&response) {
            Ok(next) => next,
            Err(failure) => return Err(response.context().fault(Cause::Decode(failure))),
        };
        self.token = None;
        if let (Some(next), Some(call)) = (next, template) {
            self.call = self.next_call(call, next);
        }
        Ok(response)
    }

    /// Begins with the page of a token in place of the first.
    fn resume(&mut self, token: &str) {
        let Some(mut call) = self.call.take() else {
            return;
        };
        // The token's page may be the first one.
        self.visited.clear();
        match self.position.request(token) {
            Some(next) => self.call = self.next_call(call, next),
            None => {
                call.fail("the token", "it is no token of this list");
                self.call = Some(call);
            }
        }
    }

    /// The call of the next page; `None` if it is an earlier one.
    fn next_call(&mut self, mut call: Call, next: NextRequest) -> Option<Call> {
        let token = match next {
            NextRequest::Parameter(parameter, value) => {
                call.query(parameter, &value);
                value
            }
            NextRequest::Url(url) => {
                let current = self.current.as_ref();
                let joined = current.and_then(|current| uri::join(current, &url));
                let url = joined.map_or(url, |joined| joined.to_string());
                call.follow(&url);
                url
            }
        };
        self.current = call.uri().ok();
        // Without a URL the call fails with the reason when it is sent.
        let is_new = self.current.as_ref().is_none_or(|url| self.visited.insert(url.to_string()));
        self.token = is_new.then_some(token);
        is_new.then_some(call)
    }
}

fn step<O: Endpoint>(mut state: PageState) -> Stepped<PageState, TypedPage<O>> {
    Box::pin(async move {
        let call = state.call.take()?;
        let page = decode_outcome::<O>(state.request(call).await);
        Some((page, state))
    })
}

impl<O: Endpoint> Pages<O> {
    /// Requests the next page; `None` after the last.
    ///
    /// # Errors
    /// The call of the page failed, which ends the stream.
    pub async fn next(&mut self) -> Option<Page<O>> {
        next(self).await
    }

    /// The token of the page that is requested next: a text by which [`Self::resume`] begins there, also in another process. `None`
    /// before the first page and after the last; after a failure it is that of the page that failed.
    ///
    /// It is the value of the parameter that the next page differs by, or the page's URL where the server names that; whoever stores
    /// it stores what the server wrote into it.
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.place.next.as_deref()
    }

    /// Begins with the page of a token that [`Self::next_token`] returned, for a list of the same parameters.
    ///
    /// A token that is a URL leads to the client's own server only: the first page is a failure where it names another.
    ///
    /// ```
    /// use typewright_runtime::pagination::Pages;
    /// # use typewright_runtime::codegen::v1::Endpoint;
    ///
    /// # async fn one_page_a_run<O: Endpoint>(pages: Pages<O>, stored: Option<&str>) -> Option<String> {
    /// // `pages` is `client.list_pets().pages()`, where the document describes the list.
    /// let mut pages = match stored {
    ///     Some(token) => pages.resume(token),
    ///     None => pages,
    /// };
    /// pages.next().await;
    /// pages.next_token().map(str::to_owned)
    /// # }
    /// # struct Pets;
    /// # impl Endpoint for Pets {
    /// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
    /// #     type Error = typewright_runtime::codegen::v1::Undocumented;
    /// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
    /// # }
    /// # drop(one_page_a_run::<Pets>);
    /// ```
    #[must_use = "a stream does nothing until it is polled"]
    pub fn resume(mut self, token: &str) -> Self {
        if let Some(state) = self.steps.state_mut() {
            state.resume(token);
        }
        self.place.next = Some(token.to_owned());
        self
    }

    /// The headers of the page that was received last; `None` before the first.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.place.head.as_ref().map(|head| &head.headers)
    }
}

impl<O: Endpoint> Stream for Pages<O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        let this = &mut *self;
        let Poll::Ready(page) = Pin::new(&mut this.steps).poll_next(context) else {
            return Poll::Pending;
        };
        Poll::Ready(page.map(|page| {
            let (head, body) = page?.into_parts();
            let state = this.steps.state_mut();
            this.place.advance(head, state.and_then(|state| state.token.take()));
            Ok(body)
        }))
    }
}

impl<O: Endpoint> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// The items of all pages of a list as a [`Stream`], page after page; a page is requested when its first item is polled for.
///
/// ```
/// use typewright_runtime::pagination::PageItems;
/// # use typewright_runtime::codegen::v1::{Endpoint, Error, ErrorOf};
///
/// # async fn names<O: Endpoint>(mut items: PageItems<O, String>) -> Result<Vec<String>, Error<ErrorOf<O>>> {
/// // `items` is `client.list_names().items()`, where the document describes the list.
/// let mut names = Vec::new();
/// while let Some(name) = items.next().await {
///     names.push(name?);
/// }
/// # Ok(names)
/// # }
/// # struct Pets;
/// # impl Endpoint for Pets {
/// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
/// #     type Error = typewright_runtime::codegen::v1::Undocumented;
/// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
/// # }
/// # drop(names::<Pets>);
/// ```
pub struct PageItems<O: Endpoint, T> {
    pages: Pages<O>,
    items: fn(OutputOf<O>) -> Vec<T>,
    ready: VecDeque<T>,
}

impl<O: Endpoint, T: Unpin> PageItems<O, T> {
    /// The next item, for which a page is requested if necessary; `None` after the last.
    ///
    /// # Errors
    /// The call of a page failed, which ends the stream.
    pub async fn next(&mut self) -> Option<Result<T, Error<ErrorOf<O>>>> {
        next(self).await
    }
}

impl<O: Endpoint, T> PageItems<O, T> {
    /// The token of the page that has the last item, by which [`Self::resume`] begins with the first item of that page, also in another
    /// process. `None` on the first page.
    #[must_use]
    pub fn page_token(&self) -> Option<&str> {
        self.pages.place.current.as_deref()
    }

    /// The token of the page after that, as [`Pages::next_token`].
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.pages.next_token()
    }

    /// Begins with the first item of the page of a token, as [`Pages::resume`].
    #[must_use = "a stream does nothing until it is polled"]
    pub fn resume(self, token: &str) -> Self {
        Self { pages: self.pages.resume(token), ..self }
    }

    /// The headers of the page that has the last item; `None` before the first page.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.pages.headers()
    }
}

impl<O: Endpoint, T: Unpin> Stream for PageItems<O, T> {
    type Item = Result<T, Error<ErrorOf<O>>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(page))) => self.ready = (self.items)(page).into(),
            }
        }
    }
}

impl<O: Endpoint, T> fmt::Debug for PageItems<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageItems")
    }
}

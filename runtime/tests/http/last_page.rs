//! The end of a list.

use crate::paging::{all, targets};
use crate::server::{json, serve};
use typewright_runtime::codegen::v1::{NextPage, Paging};

/// Less than nothing is no number of items.
#[tokio::test]
async fn a_total_that_nobody_knows_ends_nothing() {
    static PAGING: Paging =
        Paging::new(NextPage::Offset { parameter: "page" }, "/items").total("/total");
    for total in ["-1", "-9223372036854775808", "null"] {
        let server = serve(move |number, _| {
            let items = ["[1,2]", "[3,4]", "[]"][number];
            json(200, &format!(r#"{{"items":{items},"total":{total}}}"#))
        })
        .await;
        assert_eq!(all(&server, &PAGING).await.unwrap(), [1, 2, 3, 4], "{total}");
    }
}

/// A page that leads to itself is read once, however it says so.
#[tokio::test]
async fn a_page_that_leads_to_itself_is_the_last() {
    static PAGING: Paging = Paging::new(NextPage::Link { pointer: "/next" }, "/items");
    let custom = "/list?size=2&q=x%20y";
    for link in ["", "?size=2&q=x%20y", custom, "list?size=2&q=x%20y#top"] {
        let server = serve(move |_, _| {
            let link = if link.is_empty() { custom } else { link };
            json(200, &format!(r#"{{"items":[1],"next":"{link}"}}"#))
        })
        .await;
        assert_eq!(all(&server, &PAGING).await.unwrap(), [1], "{link}");
    }
}

/// A link is relative to the page that it stands in.
#[tokio::test]
async fn links_are_relative_to_their_page() {
    static PAGING: Paging = Paging::new(NextPage::Link { pointer: "/next" }, "/items");
    let server = serve(|number, _| {
        let next = ["deep/er/list?p=2", "?p=3", "../list?p=4", ""][number];
        json(200, &format!(r#"{{"items":[1],"next":"{next}"}}"#))
    })
    .await;
    assert_eq!(all(&server, &PAGING).await.unwrap(), [1; 4]);
    let targets = targets(&server);
    assert_eq!(targets[1..], ["/deep/er/list?p=2", "/deep/er/list?p=3", "/deep/list?p=4"]);
}

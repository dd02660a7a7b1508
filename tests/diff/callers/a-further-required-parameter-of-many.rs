//! Builds all arguments of a call.
use client::operations::PutOrderArguments;

pub fn put(client: &client::Client) -> client::operations::PutOrder {
    client.put_order(PutOrderArguments {
        id: "1",
        buyer: "a",
        seller: "b",
        count: 1,
        price: 2,
        gift: false,
        note: "",
        code: "",
    })
}

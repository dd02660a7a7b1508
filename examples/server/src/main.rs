//! Serves notes at the address of its argument, by default `127.0.0.1:8080`.
//!
//! ```sh
//! cargo run -p example-server &
//! curl -H 'X-Key: mia' -H 'Content-Type: application/json' -d '{"text": "Buy milk."}' http://127.0.0.1:8080/notes
//! curl http://127.0.0.1:8080/notes
//! ```

use example_server::{api::server, Service};

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let service = Service::new([("mia", "Mia"), ("leo", "Leo")]);
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, server::router(service)).await
}

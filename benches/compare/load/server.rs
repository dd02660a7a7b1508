//! A server of one pet after the other, which drops, refuses and delays some requests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Requests so far.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// Those of them that were dropped, refused, broken off and delayed.
static FAULTS: [AtomicU64; 4] = [const { AtomicU64::new(0) }; 4];

/// One request of so many has each of the faults.
const EVERY: u64 = 100;

/// Listens, and returns the base URL.
pub async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            tokio::spawn(connection(stream));
        }
    });
    url
}

/// How many requests had which fault.
pub fn summary() -> String {
    let [drops, refusals, breaks, delays] =
        FAULTS.each_ref().map(|fault| fault.load(Ordering::Relaxed));
    let requests = REQUESTS.load(Ordering::Relaxed);
    format!(
        "{requests} requests: {drops} dropped, {refusals} refused with 503, {breaks} broken off, {delays} delayed by 20 ms"
    )
}

async fn connection(mut stream: TcpStream) {
    let mut buffer = Vec::new();
    loop {
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
            match stream.read_buf(&mut buffer).await {
                Ok(count) if count > 0 => continue,
                _ => return,
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
        buffer.drain(..end + 4);
        if reply(&mut stream, &head).await.is_none() {
            // no last words, but a reset
            let _ = stream.set_zero_linger();
            return;
        }
    }
}

/// Responds to a request; `None` if the connection ends.
async fn reply(stream: &mut TcpStream, head: &str) -> Option<()> {
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let fault = (number % (EVERY / 4) == 0).then_some((number / (EVERY / 4) % 4) as usize);
    if let Some(fault) = fault {
        FAULTS[fault].fetch_add(1, Ordering::Relaxed);
    }
    let id = head.split(' ').nth(1)?.rsplit('/').next()?;
    let body = format!(r#"{{"id":{id},"name":"Mia","tag":"cat"}}"#);
    let length = body.len();
    let text = match fault {
        Some(0) => return None,
        Some(1) => {
            "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n"
                .to_owned()
        }
        _ => format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ),
    };
    if fault == Some(2) {
        let _ = stream.write_all(&text.as_bytes()[..text.len() - 9]).await;
        // what was sent should arrive before the reset
        tokio::time::sleep(Duration::from_millis(1)).await;
        return None;
    }
    if fault == Some(3) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stream.write_all(text.as_bytes()).await.ok()
}

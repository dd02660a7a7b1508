//! Clients that do as little as can be: they write one text again and again, and read what its length says.

use axum::Router;
use nix::time::{clock_gettime, ClockId};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const CONNECTIONS: u32 = 64;

/// A request that is sent again and again.
#[derive(Clone, Copy)]
pub struct Request {
    /// The name in the table.
    pub name: &'static str,
    /// Its bytes.
    pub text: &'static str,
}

/// The requests that are measured.
pub const REQUESTS: [Request; 3] = [
    Request {
        name: "one pet",
        text: "GET /pets/7 HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n\r\n",
    },
    Request {
        name: "20 pets",
        text: "GET /owners/mia/pets?limit=20 HTTP/1.1\r\nhost: x\r\nx-trace: abc\r\naccept: application/json\r\n\r\n",
    },
    Request {
        name: "a new pet",
        text: "POST /pets HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 59\r\n\r\n\
            {\"id\":7,\"name\":\"Mia\",\"weight\":4.5,\"tags\":[\"a\",\"b\",\"c\",\"d\"]}",
    },
];

/// Serves a router, and returns its address.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends one request, and checks that it succeeds.
pub async fn warm_up(address: SocketAddr, request: &Request) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = exchange(&mut stream, request.text, &mut Vec::new()).await;
    assert!(head.starts_with("HTTP/1.1 20"), "{}: {head}", request.name);
}

/// Sends a request so many times over one connection.
pub async fn repeat_in_turn(address: SocketAddr, request: &Request, count: u32) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::new();
    for _ in 0..count {
        exchange(&mut stream, request.text, &mut buffer).await;
    }
}

/// The requests of all connections together, in the seconds of the clock and of the processor.
#[derive(Clone, Copy, Default)]
pub struct Load {
    count: f64,
    seconds: f64,
    processor: f64,
}

impl Load {
    /// Adds another round.
    pub fn add(&mut self, other: Self) {
        self.count += other.count;
        self.seconds += other.seconds;
        self.processor += other.processor;
    }

    /// The requests a second.
    pub fn rate(&self) -> f64 {
        self.count / self.seconds
    }

    /// The requests for each second of the processor, those of clients included; other programs on the machine do not change it.
    pub fn processor_rate(&self) -> f64 {
        self.count / self.processor
    }
}

/// Sends a request again and again over all connections.
pub async fn load(address: SocketAddr, request: &Request, time: Duration) -> Load {
    let (start, processor) = (Instant::now(), processor());
    let clients = 0..CONNECTIONS;
    let clients: Vec<_> =
        clients.map(|_| tokio::spawn(repeat(address, request.text, start + time))).collect();
    let mut count = 0;
    for client in clients {
        count += client.await.unwrap();
    }
    Load {
        count: f64::from(count),
        seconds: start.elapsed().as_secs_f64(),
        processor: self::processor() - processor,
    }
}

/// The seconds that this program has had of the processor.
fn processor() -> f64 {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).unwrap();
    time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9
}

async fn repeat(address: SocketAddr, text: &'static str, end: Instant) -> u32 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::new();
    let mut count = 0;
    while Instant::now() < end {
        exchange(&mut stream, text, &mut buffer).await;
        count += 1;
    }
    count
}

/// Sends a request and receives the response; its head is returned.
async fn exchange(stream: &mut TcpStream, text: &str, buffer: &mut Vec<u8>) -> String {
    stream.write_all(text.as_bytes()).await.unwrap();
    buffer.clear();
    loop {
        let end = buffer.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let (_, length) = head.split_once("content-length: ").expect("a length");
            let length: usize = length.split("\r\n").next().unwrap_or_default().parse().unwrap();
            while buffer.len() < end + 4 + length {
                assert!(stream.read_buf(buffer).await.unwrap() > 0, "{head}");
            }
            return head.replacen("http", "HTTP", 1);
        }
        assert!(stream.read_buf(buffer).await.unwrap() > 0, "no response");
    }
}

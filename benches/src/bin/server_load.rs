//! Measures how many requests a second a generated server answers, next to the same service by hand in axum.
//!
//! `cargo run --profile dist -p typewright-benches --bin server_load -- [--full]`; without `--full` it only shows that the benchmark
//! works. Clients and server share the machine: 64 connections, each with one request at a time.
//!
//! `server_load --count COUNT SIDE REQUEST`, with `by-hand` or `generated` and the number of a request, sends so many requests in
//! turn in one thread, for programs that count instructions.

use std::time::Duration;
use typewright_benches::load::{by_hand, client, ours};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, count, side, request] = arguments.as_slice() {
        assert_eq!(option, "--count");
        return count_requests(count.parse().unwrap(), side, request.parse().unwrap());
    }
    compare();
}

/// Sends requests in turn to one of the servers.
fn count_requests(count: u32, side: &str, request: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let router = if side == "generated" { ours::router() } else { by_hand::router() };
    runtime.block_on(async {
        let address = client::serve(router).await;
        client::repeat_in_turn(address, &client::REQUESTS[request], count).await;
    });
}

/// Prints the table.
fn compare() {
    let full = std::env::args().any(|argument| argument == "--full");
    let (rounds, time) =
        if full { (8, Duration::from_secs(2)) } else { (1, Duration::from_millis(100)) };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let sides = [client::serve(by_hand::router()).await, client::serve(ours::router()).await];
        println!("| request | by hand /s | generated /s | ratio | by hand /CPU s | generated /CPU s | ratio |");
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        for request in client::REQUESTS {
            let mut loads = [client::Load::default(); 2];
            for address in sides {
                client::warm_up(address, &request).await;
            }
            for round in 0..rounds {
                // Each side is the first as often as the other.
                for number in [round, round + 1] {
                    let side = (number % 2) as usize;
                    loads[side].add(client::load(sides[side], &request, time).await);
                }
            }
            let columns = |rate: fn(&client::Load) -> f64| {
                let [by_hand, generated] = loads.map(|load| rate(&load));
                format!("{by_hand:.0} | {generated:.0} | {:.2}", generated / by_hand)
            };
            let (clock, processor) =
                (columns(client::Load::rate), columns(client::Load::processor_rate));
            println!("| {} | {clock} | {processor} |", request.name);
        }
    });
}

//! The same calls by three clients, each in a process of its own: the generated one, the usual loop over reqwest, and one of
//! another generator with that loop around it. A server here drops, refuses and delays some of them.
//!
//! `load ROUNDS CALLS` prints a table; each of 64 tasks makes so many calls in each round.

mod clients;
mod retry;
mod server;

use nix::sys::resource::{UsageWho, getrusage};
use std::process::{Command, ExitCode};
use std::time::Instant;

const TASKS: u64 = 64;

/// The part of the usual loop's calls a second that ours has to reach.
const LIMIT: f64 = 0.95;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["client", name, url, calls] => {
            client(name, url, calls.parse().unwrap());
            ExitCode::SUCCESS
        }
        [rounds, calls] => compare(rounds.parse().unwrap(), calls),
        _ => panic!("two numbers: rounds, and calls of a task"),
    }
}

/// Makes the calls, and prints seconds by the clock, seconds of the processor and peak memory.
fn client(name: &str, url: &str, calls: u64) {
    let start = Instant::now();
    runtime().block_on(clients::run(name, url, calls));
    let seconds = start.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    let time = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let processor = time(usage.user_time()) + time(usage.system_time());
    println!("{seconds} {processor} {}", usage.max_rss() as f64 / 1024.0);
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

/// The figures of a client in one round.
#[derive(Clone, Copy)]
struct Figures {
    seconds: f64,
    processor: f64,
    mebibytes: f64,
}

fn compare(rounds: usize, calls: &str) -> ExitCode {
    let names = clients::NAMES;
    let runtime = runtime();
    let url = runtime.block_on(server::serve());
    let mut figures = vec![Vec::new(); names.len()];
    for round in 0..rounds {
        // by turns first, second and last, so that none has always another's leavings
        for index in (0..names.len()).map(|index| (index + round) % names.len()) {
            figures[index].push(measure(names[index], &url, calls));
        }
    }
    let count = TASKS as f64 * calls.parse::<f64>().unwrap();
    println!("{count} calls in each of {rounds} rounds; medians. Ratios are ours to each.\n");
    println!("| client | calls/s | ratio | calls/CPU s | ratio | peak MiB |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let column = |index: usize, figure: fn(&Figures) -> f64| {
        let pairs = figures[index].iter().zip(&figures[0]);
        let ratios = pairs.map(|(other, ours)| figure(other) / figure(ours)).collect();
        let costs = figures[index].iter().map(figure).collect();
        (count / median(costs), median(ratios))
    };
    for (index, name) in names.iter().enumerate() {
        let (rate, ratio) = column(index, |figures| figures.seconds);
        let (sparing, part) = column(index, |figures| figures.processor);
        let memory = median(figures[index].iter().map(|figures| figures.mebibytes).collect());
        println!("| {name} | {rate:.0} | {ratio:.2} | {sparing:.0} | {part:.2} | {memory:.0} |");
    }
    let (_, ratio) = column(1, |figures| figures.seconds);
    println!("\n{}", server::summary());
    if ratio < LIMIT {
        println!("fewer than {LIMIT} of the usual loop's calls: {ratio:.3}");
    }
    ExitCode::from(u8::from(ratio < LIMIT))
}

/// One round of a client.
fn measure(name: &str, url: &str, calls: &str) -> Figures {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(["client", name, url, calls]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} fails: {errors}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
    Figures { seconds: numbers[0], processor: numbers[1], mebibytes: numbers[2] }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    (figures[(figures.len() - 1) / 2] + figures[figures.len() / 2]) / 2.0
}

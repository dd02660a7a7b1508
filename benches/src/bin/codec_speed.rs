//! Measures how fast values are read and written, next to the derived codec of serde.
//!
//! `cargo run --profile dist -p typewright-benches --bin codec_speed -- [--full]`; without `--full` it only shows that the
//! benchmark works.

use typewright_benches::speed::payloads::*;
use typewright_benches::speed::run::{ratio, run, Times};
use typewright_benches::speed::{derived, ours};

fn main() {
    let full = std::env::args().any(|argument| argument == "--full");
    let (count, rounds) = if full { (4000, 40) } else { (10, 2) };
    let times = all(count, rounds);
    println!("| payload | MB | derived MB/s | read | read through serde | derived MB/s | write | write through serde |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for time in &times {
        let megabytes = time.bytes as f64 / 1e6;
        let figure = |at: usize| {
            format!(
                "{:.0} | {:.2} | {:.2}",
                megabytes / time.derived[at],
                ratio(time.derived[at], time.ours[at]),
                ratio(time.derived[at], time.through_serde[at])
            )
        };
        println!("| {} | {megabytes:.1} | {} | {} |", time.name, figure(0), figure(1));
    }
    let mean = |figure: &dyn Fn(&Times) -> f64| {
        let sum: f64 = times.iter().map(|time| figure(time).ln()).sum();
        (sum / times.len() as f64).exp()
    };
    println!(
        "| geometric mean | | | {:.2} | {:.2} | | {:.2} | {:.2} |",
        mean(&|time| ratio(time.derived[0], time.ours[0])),
        mean(&|time| ratio(time.derived[0], time.through_serde[0])),
        mean(&|time| ratio(time.derived[1], time.ours[1])),
        mean(&|time| ratio(time.derived[1], time.through_serde[1])),
    );
}

/// The JSON of a list of `count` values.
fn list<T: serde::Serialize>(count: usize, make: impl Fn(&mut Dice) -> T) -> String {
    let mut dice = Dice::new();
    let values: Vec<T> = (0..count).map(|_| make(&mut dice)).collect();
    serde_json::to_string(&values).unwrap()
}

fn wides(count: usize, shuffled: bool) -> String {
    let mut dice = Dice::new();
    let records: Vec<_> = (0..count).map(|_| wide(&mut dice, shuffled)).collect();
    format!("[{}]", records.join(","))
}

fn all(count: usize, rounds: usize) -> Vec<Times> {
    vec![
        run::<Vec<ours::Small>, Vec<derived::Small>>(
            "small records",
            &list(count * 4, small),
            rounds,
        ),
        run::<Vec<ours::Nested>, Vec<derived::Nested>>(
            "deep nesting",
            &list(count / 40 + 1, |dice| nested(dice, 40)),
            rounds,
        ),
        run::<Vec<ours::Texts>, Vec<derived::Texts>>("texts", &list(count / 2, texts), rounds),
        run::<Vec<ours::Numbers>, Vec<derived::Numbers>>("numbers", &list(count, numbers), rounds),
        run::<Vec<ours::Choices>, Vec<derived::Choices>>(
            "enums",
            &list(count * 4, choices),
            rounds,
        ),
        run::<Vec<ours::Pet>, Vec<derived::Pet>>("unions", &list(count * 8, pet), rounds),
        run::<Vec<ours::Wide>, Vec<derived::Wide>>(
            "150 members in order",
            &wides(count / 8, false),
            rounds,
        ),
        run::<Vec<ours::Wide>, Vec<derived::Wide>>(
            "150 members out of order",
            &wides(count / 8, true),
            rounds,
        ),
        run::<Vec<ours::Times>, Vec<derived::Times>>("date-times", &list(count * 4, times), rounds),
    ]
}

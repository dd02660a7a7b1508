//! Time grows with a document in proportion, whatever there is much of in it, up to what is rendered of its findings.
#![allow(clippy::unwrap_used, reason = "a helper of tests")]

use nix::time::{clock_gettime, ClockId};
use typewright::diagnostics::{human, lines, Style};
use typewright::load::{Loader, ReadError};
use typewright::{generate, Options};

#[path = "../../benches/src/shapes.rs"]
mod shapes;

struct Text(String);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// Shapes that the tests of another phase hold.
const ELSEWHERE: [&str; 1] = ["values of an enum"];

/// A busy machine disturbs a round: the least times count, and what is slow in one round is timed again.
const ROUNDS: usize = 8;

/// The CPU time of this thread, in seconds.
fn clock() -> f64 {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap();
    time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9
}

fn seconds(document: &str) -> f64 {
    let text = Text(document.to_owned());
    let start = clock();
    let done = generate("shape.yaml", &text, &Options::default());
    let rendered = human(&done.diagnostics, &done.files, Style::Plain);
    let listed = lines(&done.diagnostics, &done.files);
    assert!(!rendered.is_empty() || listed.is_empty());
    clock() - start
}

/// Four times the size may take eight times as long: what is linear takes four, what is quadratic sixteen. The benchmark
/// `shapes` prints the exponents.
#[test]
fn time_grows_in_proportion() {
    let mut slow = Vec::new();
    for shape in shapes::SHAPES.iter().filter(|shape| !ELSEWHERE.contains(&shape.name)) {
        let (small, large) = ((shape.document)(shape.size), (shape.document)(shape.size * 4));
        let (mut first, mut last) = (f64::INFINITY, f64::INFINITY);
        let linear = (0..ROUNDS).any(|_| {
            first = first.min(seconds(&small));
            last = last.min(seconds(&large));
            last / first.max(0.002) <= 8.0
        });
        if !linear {
            slow.push(format!("{}: {first:.3} s, {last:.3} s", shape.name));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

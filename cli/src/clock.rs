//! The time that the phases of a run take.

#![expect(clippy::disallowed_methods, reason = "the command may read the clock")]

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// A clock of the phases of a run.
#[derive(Debug)]
pub struct Clock {
    begin: Instant,
    /// The phase that runs, and its begin.
    phase: RefCell<Option<(String, Instant)>>,
}

impl Clock {
    /// A clock that starts now.
    pub fn new() -> Self {
        Self { begin: Instant::now(), phase: RefCell::default() }
    }

    /// Ends the phase that runs, and begins the next one if there is any. Returns the line on the one that ended.
    pub fn next(&self, phase: Option<String>) -> Option<String> {
        let next = phase.map(|phase| (phase, Instant::now()));
        let (phase, begin) = self.phase.replace(next)?;
        Some(format!("{phase}: {}", seconds(begin.elapsed())))
    }

    /// The time since the start.
    pub fn total(&self) -> String {
        seconds(self.begin.elapsed())
    }
}

/// Does something, and returns the time that it took beside its result.
pub fn timed<T>(action: impl FnOnce() -> T) -> (T, String) {
    let begin = Instant::now();
    let result = action();
    (result, seconds(begin.elapsed()))
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{timed, Clock};

    #[test]
    fn a_phase_ends_when_the_next_one_begins() {
        let clock = Clock::new();
        assert_eq!(clock.next(Some("reading".to_owned())), None);
        let line = clock.next(Some("writing".to_owned())).unwrap();
        assert!(line.starts_with("reading: ") && line.ends_with(" s"), "{line}");
        assert!(clock.next(None).unwrap().starts_with("writing: "));
        assert_eq!(clock.next(None), None);
    }

    #[test]
    fn times_are_seconds() {
        let (result, time) = timed(|| 1);
        assert_eq!(result, 1);
        assert!(time.trim_end_matches(" s").parse::<f64>().unwrap() < 60.0, "{time}");
    }
}

//! Measures one payload.

use nix::time::{clock_gettime, ClockId};
use typewright_runtime::codegen::v1;

/// CPU seconds for one pass over a payload.
pub struct Times {
    pub name: &'static str,
    pub bytes: usize,
    pub derived: [f64; 2],
    pub ours: [f64; 2],
    pub through_serde: [f64; 2],
}

/// How fast we are next to the derived codec: above 1 is faster.
#[must_use]
pub fn ratio(derived: f64, ours: f64) -> f64 {
    derived / ours
}

/// Reads and writes a payload in the three ways.
///
/// # Panics
/// The ways do not agree.
pub fn run<T, D>(name: &'static str, text: &str, rounds: usize) -> Times
where
    T: v1::Decode + v1::Encode + serde::Serialize + serde::de::DeserializeOwned,
    D: serde::Serialize + serde::de::DeserializeOwned + PartialEq,
{
    let bytes = text.as_bytes();
    let derived: D = serde_json::from_slice(bytes).unwrap();
    let ours: T = v1::from_json(bytes).unwrap();
    let bridged: T = serde_json::from_slice(bytes).unwrap();
    // Not the bytes: whole floats are written without a fraction by us, and with one by serde.
    for written in [v1::to_json(&ours).unwrap(), serde_json::to_vec(&bridged).unwrap()] {
        let again: D = serde_json::from_slice(&written).unwrap();
        assert!(derived == again, "{name} is not read and written alike");
    }
    let mut best = [f64::INFINITY; 6];
    for _ in 0..rounds {
        let times = [
            clock(|| drop(serde_json::from_slice::<D>(bytes))),
            clock(|| drop(v1::from_json::<T>(bytes))),
            clock(|| drop(serde_json::from_slice::<T>(bytes))),
            clock(|| drop(serde_json::to_vec(&derived))),
            clock(|| drop(v1::to_json(&ours))),
            clock(|| drop(serde_json::to_vec(&bridged))),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = best.min(time);
        }
    }
    Times {
        name,
        bytes: bytes.len(),
        derived: [best[0], best[3]],
        ours: [best[1], best[4]],
        through_serde: [best[2], best[5]],
    }
}

fn clock(work: impl FnOnce()) -> f64 {
    let start = cpu();
    work();
    cpu() - start
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).unwrap();
    time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9
}

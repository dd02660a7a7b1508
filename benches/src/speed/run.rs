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

/// Ours, as an ordinary serde type.
struct Bridged<T>(T);

impl<'de, T: v1::Decode> serde::Deserialize<'de> for Bridged<T> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        v1::deserialize(input).map(Self)
    }
}

impl<T: v1::Encode> serde::Serialize for Bridged<T> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        v1::serialize(&self.0, output)
    }
}

/// Reads and writes a payload in the three ways.
///
/// # Panics
/// The ways do not agree.
pub fn run<T>(name: &'static str, text: &str, rounds: usize) -> Times
where
    T: v1::Decode + v1::Encode + serde::Serialize + serde::de::DeserializeOwned + PartialEq,
{
    let bytes = text.as_bytes();
    let derived: T = serde_json::from_slice(bytes).unwrap();
    let ours: T = v1::from_json(bytes).unwrap();
    assert!(derived == ours, "{name} is not read alike");
    // Not the bytes: whole floats are written without a fraction by us, and with one by serde.
    let again: T = serde_json::from_slice(&v1::to_json(&ours).unwrap()).unwrap();
    assert!(derived == again, "{name} is not written alike");
    let bridged: Bridged<T> = serde_json::from_slice(bytes).unwrap();
    let mut best = [f64::INFINITY; 6];
    for _ in 0..rounds {
        let times = [
            clock(|| drop(serde_json::from_slice::<T>(bytes))),
            clock(|| drop(v1::from_json::<T>(bytes))),
            clock(|| drop(serde_json::from_slice::<Bridged<T>>(bytes))),
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

//! This generator's figures as ratios to those of the best other.

use typewright_benches::measure::Cost;

use crate::peers::{OURS, PEERS};
use crate::results::{Results, Stage};

/// Two figures of a document: ours, and the least of the others whose crates compile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub ours: f64,
    pub best: f64,
    /// The generator that has it.
    pub peer: &'static str,
}

impl Pair {
    /// Ours as a part of the other.
    pub fn ratio(&self) -> f64 {
        self.ours / self.best
    }
}

/// The figures of a stage; `None` where we or all others have none.
pub fn pair(
    results: &Results,
    document: &str,
    stage: Stage,
    figure: fn(Cost) -> f64,
) -> Option<Pair> {
    let compiles = |peer: &str| {
        let check = results.get(document, peer, Stage::Check);
        check.is_some_and(|outcome| outcome.error.is_none())
    };
    let figure = |peer: &str| {
        let cost = results.get(document, peer, stage)?.cost()?;
        compiles(peer).then(|| figure(cost))
    };
    let others = PEERS.iter().filter(|peer| peer.name != OURS);
    let others = others.filter_map(|peer| Some((figure(peer.name)?, peer.name)));
    let (best, peer) = others.min_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(Pair { ours: figure(OURS)?, best, peer })
}

/// CPU seconds.
pub fn seconds(cost: Cost) -> f64 {
    cost.seconds
}

/// Peak memory in MiB.
pub fn mebibytes(cost: Cost) -> f64 {
    cost.mebibytes
}

/// The geometric mean of some ratios.
pub fn mean(ratios: &[f64]) -> Option<f64> {
    let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    (!ratios.is_empty()).then(|| (sum / ratios.len() as f64).exp())
}

#[cfg(test)]
mod tests {
    use super::{mean, pair, seconds, Pair};
    use crate::results::{Results, Stage};

    fn line(peer: &str, stage: &str, seconds: f64, error: Option<&str>) -> String {
        let error = error.map(|error| format!(r#","error":"{error}""#)).unwrap_or_default();
        format!(
            r#"{{"document":"a","peer":"{peer}","version":"1","stage":"{stage}","date":"","machine":"","rustc":"","seconds":[{seconds}],"mebibytes":[1],"counts":{{}}{error}}}"#
        )
    }

    #[test]
    fn the_best_other_compiles() {
        let text = [
            line("typewright", "check", 2.0, None),
            line("ploidy", "check", 8.0, None),
            line("progenitor", "check", 9.0, None),
            line("oas3-gen", "check", 1.0, Some("E0425")),
            line("typewright", "generate", 1.0, None),
            line("oas3-gen", "generate", 0.1, None),
            line("progenitor", "generate", 4.0, None),
        ];
        let results = Results::parse(&text.join("\n")).unwrap();
        let pair_of = |stage| pair(&results, "a", stage, seconds);
        assert_eq!(pair_of(Stage::Check), Some(Pair { ours: 2.0, best: 8.0, peer: "ploidy" }));
        // what does not compile does not count, however cheaply it is made
        assert_eq!(
            pair_of(Stage::Generate),
            Some(Pair { ours: 1.0, best: 4.0, peer: "progenitor" })
        );
        assert_eq!(pair_of(Stage::Debug), None);
        assert_eq!(pair_of(Stage::Check).unwrap().ratio(), 0.25);
    }

    #[test]
    fn means_are_geometric() {
        assert_eq!(mean(&[]), None);
        assert!((mean(&[0.5, 2.0]).unwrap() - 1.0).abs() < 1e-9);
    }
}

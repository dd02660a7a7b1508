//! Versions of one media type: `application/vnd.atlas.2023-01-01+json` beside `…2024-08-05+json`.

/// A version: compared by its numbers, one that is only looked at in advance below all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Whether it is released: no word such as `preview` or `beta` is in it.
    pub stable: bool,
    /// `2023-01-01` is `[2023, 1, 1]`, `v2` is `[2]`.
    pub numbers: Vec<u64>,
    /// As it is written.
    pub text: String,
}

impl Version {
    /// What a caller names: `2023-01-01`, `v2`, `preview`, `2043-01-01.upcoming`.
    fn wanted(text: &str) -> Self {
        let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
        Self {
            stable: !words.any(|word| UNRELEASED.contains(&word.to_ascii_lowercase().as_str())),
            numbers: numbers(text),
            text: text.to_owned(),
        }
    }

    /// Whether another one is what was wanted, or older. One that is only looked at in advance has to be asked for as
    /// such.
    fn takes(&self, other: &Self) -> bool {
        let all = !self.stable && self.numbers.is_empty();
        self.stable == other.stable && (all || other.numbers <= self.numbers)
    }
}

const UNRELEASED: [&str; 9] = [
    "preview",
    "beta",
    "alpha",
    "upcoming",
    "experimental",
    "rc",
    "dev",
    "draft",
    "unstable",
];

/// Parameters of a media type that hold a version.
const PARAMETERS: [&str; 4] = ["version", "v", "api-version", "ver"];

/// The version of a media type; `None` where it has none.
pub fn version(media_type: &str) -> Option<Version> {
    split(media_type).map(|(_, version)| version)
}

/// A media type without its version, and the version; `None` where it has none.
fn split(media_type: &str) -> Option<(String, Version)> {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let (family, subtype) = essence.trim().split_once('/')?;
    let (subtype, suffix) = subtype.split_once('+').unwrap_or((subtype, ""));
    let mut found = Found::default();
    let pieces: Vec<_> = subtype
        .split('.')
        .filter(|piece| !found.takes(piece))
        .collect();
    let subtype = pieces.join(".");
    let parameters = parameters
        .split(';')
        .filter(|pair| !found.takes_parameter(pair));
    let parameters: Vec<_> = parameters.map(str::trim).collect();
    let version = found.version()?;
    let rest = format!("{family}/{subtype}+{suffix};{}", parameters.join(";"));
    Some((rest.to_ascii_lowercase(), version))
}

#[derive(Default)]
struct Found {
    unreleased: bool,
    numbers: Vec<u64>,
    pieces: Vec<String>,
}

impl Found {
    /// Whether a piece between dots belongs to a version.
    fn takes(&mut self, piece: &str) -> bool {
        let piece = piece.to_ascii_lowercase();
        if UNRELEASED.contains(&piece.as_str()) {
            self.unreleased = true;
            self.pieces.push(piece);
            return true;
        }
        let numbers = match piece.strip_prefix('v') {
            Some(number) => number.parse().ok().map(|number| vec![number]),
            None => date(&piece).or_else(|| self.further(&piece)),
        };
        let taken = numbers.is_some();
        self.numbers.extend(numbers.unwrap_or_default());
        self.pieces.extend(taken.then_some(piece));
        taken
    }

    /// `2` in `v1.2`.
    fn further(&self, piece: &str) -> Option<Vec<u64>> {
        let number = piece.parse().ok()?;
        (!self.numbers.is_empty()).then(|| vec![number])
    }

    fn takes_parameter(&mut self, pair: &str) -> bool {
        let Some((name, value)) = pair.split_once('=') else {
            return false;
        };
        let name = name.trim().to_ascii_lowercase();
        if !PARAMETERS.contains(&name.as_str()) {
            return false;
        }
        let value = value.trim().trim_matches('"').to_ascii_lowercase();
        self.unreleased |= UNRELEASED.iter().any(|word| value.contains(word));
        self.numbers.extend(numbers(&value));
        self.pieces.push(value);
        true
    }

    fn version(self) -> Option<Version> {
        (self.unreleased || !self.numbers.is_empty()).then_some(Version {
            stable: !self.unreleased,
            numbers: self.numbers,
            text: self.pieces.join("."),
        })
    }
}

/// The numbers of a date such as `2023-01-01`.
fn date(piece: &str) -> Option<Vec<u64>> {
    let parts: Vec<_> = piece.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    let digits = piece.chars().all(|c| c.is_ascii_digit() || c == '-');
    (digits && lengths == [4, 2, 2]).then(|| numbers(piece))
}

fn numbers(text: &str) -> Vec<u64> {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// For each of these media types, the one that is used in its place: itself, or another version of it.
///
/// That is the newest up to `wanted` (`2023-01-01`, `v2`, `preview`), else the newest that is released, else the newest.
pub fn used<'a>(media_types: &[&'a str], wanted: Option<&str>) -> Vec<&'a str> {
    let split: Vec<_> = media_types
        .iter()
        .map(|text| (*text, split(text)))
        .collect();
    let wanted = wanted.map(Version::wanted);
    let rank = |version: &Version| match &wanted {
        Some(wanted) => (wanted.takes(version), version.clone()),
        None => (version.stable, version.clone()),
    };
    let newest = |family: &str| {
        let same = split.iter().filter_map(|(text, split)| {
            let (other, version) = split.as_ref()?;
            (other == family).then(|| (rank(version), *text))
        });
        same.max_by(|a, b| a.0.cmp(&b.0)).map(|(_, text)| text)
    };
    let chosen = split.iter().map(|(text, split)| {
        let family = split.as_ref().map(|(family, _)| family.as_str());
        family.and_then(newest).unwrap_or(text)
    });
    chosen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATES: [&str; 4] = [
        "application/vnd.atlas.2023-01-01+json",
        "application/vnd.atlas.2024-08-05+json",
        "application/vnd.atlas.2043-01-01.upcoming+json",
        "application/vnd.atlas.2024-08-05+csv",
    ];

    #[test]
    fn the_newest_that_is_released() {
        let newest = DATES[1];
        assert_eq!(used(&DATES, None), [newest, newest, newest, DATES[3]]);
        let old = DATES[0];
        assert_eq!(used(&DATES, Some("2023-12-31")), [old, old, old, DATES[3]]);
        assert_eq!(used(&DATES[2..3], None), [DATES[2]]);
    }

    #[test]
    fn what_is_not_released_is_asked_for_by_name() {
        let later = DATES[2];
        for wanted in ["upcoming", "2043-01-01.upcoming", "2050-01-01.preview"] {
            assert_eq!(used(&DATES[..3], Some(wanted)), [later; 3], "{wanted}");
        }
        assert_eq!(
            used(&DATES[..3], Some("2042-01-01.upcoming")),
            [DATES[1]; 3]
        );
        assert_eq!(version(later).unwrap().text, "2043-01-01.upcoming");
        assert_eq!(version("application/json"), None);
    }

    #[test]
    fn numbers_and_parameters() {
        let both = [
            "application/vnd.a.v1.10+json",
            "application/vnd.a.v1.9+json",
        ];
        assert_eq!(used(&both, None), [both[0], both[0]]);
        let both = ["application/json; version=1", "application/json;version=2"];
        assert_eq!(used(&both, None), [both[1], both[1]]);
        assert_eq!(used(&both, Some("1")), [both[0], both[0]]);
        let apart = ["application/json", "application/vnd.a.v1+json", "text/x-v2"];
        assert_eq!(used(&apart, None), apart);
    }
}

//! The payloads, made of numbers that look random.

use super::derived::*;

/// A small generator of numbers that look random.
pub struct Dice(u64);

impl Dice {
    #[must_use]
    pub fn new() -> Self {
        Self(7)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(3) > 0).then(|| make(self))
    }

    fn integer(&mut self) -> i64 {
        let digits = self.roll(12);
        i64::try_from(self.roll(10_u64.pow(u32::try_from(digits).unwrap() + 1))).unwrap()
    }

    fn float(&mut self) -> f64 {
        (self.roll(1 << 30) as f64) / 7.0 / 10_f64.powi(self.roll(6) as i32)
    }

    fn text(&mut self, longest: u64) -> String {
        let letters = [
            "a", "e", "n", "t", "r", "o", " ", "ü", "\n", "\"", "s", "l", "k", "m", "i", "d", "x",
            "y", "z", "b",
        ];
        let length = 1 + self.roll(longest);
        (0..length)
            .map(|_| letters[self.roll(if longest > 40 { 20 } else { 6 }) as usize])
            .collect()
    }

    fn time(&mut self) -> typewright_runtime::codegen::v1::DateTime {
        let nanos = [0, 250_000_000, 123_456_000, 123_456_789][self.roll(4) as usize];
        typewright_runtime::codegen::v1::DateTime::from_timestamp(
            1_500_000_000 + self.roll(300_000_000) as i64,
            nanos,
        )
        .unwrap()
    }
}

impl Default for Dice {
    fn default() -> Self {
        Self::new()
    }
}

pub fn small(dice: &mut Dice) -> Small {
    Small {
        id: dice.integer(),
        name: dice.text(16),
        active: dice.roll(2) == 0,
        score: dice.maybe(Dice::float),
        parent_id: dice.maybe(Dice::integer),
    }
}

pub fn nested(dice: &mut Dice, depth: usize) -> Nested {
    let inner = |dice: &mut Dice| (depth > 0).then(|| Box::new(nested(dice, depth - 1)));
    Nested {
        name: dice.text(8),
        left: inner(dice),
        right: depth.is_multiple_of(8).then(|| inner(dice)).flatten(),
    }
}

pub fn texts(dice: &mut Dice) -> Texts {
    Texts {
        title: dice.text(40),
        summary: dice.text(200),
        body: dice.text(1200),
        author: dice.maybe(|dice| dice.text(20)),
        link: dice.maybe(|dice| dice.text(40)),
        tags: dice.maybe(|dice| (0..4).map(|_| dice.text(8)).collect()),
    }
}

pub fn numbers(dice: &mut Dice) -> Numbers {
    Numbers {
        count: dice.integer(),
        total: dice.integer(),
        mean: dice.float(),
        deviation: dice.float(),
        samples: (0..20).map(|_| dice.float()).collect(),
        buckets: (0..20).map(|_| dice.integer()).collect(),
    }
}

fn phase(dice: &mut Dice) -> Phase {
    let all = [Phase::Pending, Phase::Running, Phase::Succeeded, Phase::Failed, Phase::Cancelled];
    all[dice.roll(5) as usize].clone()
}

fn level(dice: &mut Dice) -> Level {
    [Level::Low, Level::Medium, Level::High, Level::Critical][dice.roll(4) as usize].clone()
}

pub fn choices(dice: &mut Dice) -> Choices {
    Choices {
        phase: phase(dice),
        level: level(dice),
        previous: phase(dice),
        next: dice.maybe(phase),
        worst: dice.maybe(level),
        history: dice.maybe(|dice| (0..5).map(|_| phase(dice)).collect()),
    }
}

pub fn pet(dice: &mut Dice) -> Pet {
    let name = dice.text(12);
    match dice.roll(3) {
        0 => Pet::Cat(Box::new(Cat { name, lives: dice.maybe(Dice::integer) })),
        1 => {
            let (barks, weight) = (dice.maybe(|dice| dice.roll(2) == 0), dice.maybe(Dice::float));
            Pet::Dog(Box::new(Dog { name, barks, weight }))
        }
        _ => Pet::Fish(Box::new(Fish { name, depth: dice.maybe(Dice::float) })),
    }
}

pub fn times(dice: &mut Dice) -> Times {
    Times {
        created_at: dice.time(),
        updated_at: dice.time(),
        started_at: dice.maybe(Dice::time),
        ended_at: dice.maybe(Dice::time),
    }
}

/// A wide record as JSON: members in their order, or shuffled.
pub fn wide(dice: &mut Dice, shuffled: bool) -> String {
    let mut members: Vec<String> = (0..150)
        .map(|at| match at % 3 {
            0 => {
                format!("\"member{at:03}\":\"{}\"", ["left", "right", "up"][dice.roll(3) as usize])
            }
            1 => format!("\"member{at:03}\":{}", dice.integer()),
            _ => format!("\"member{at:03}\":{}", dice.roll(2) == 0),
        })
        .collect();
    if shuffled {
        for at in (1..members.len()).rev() {
            members.swap(at, dice.roll(at as u64 + 1) as usize);
        }
    }
    format!("{{{}}}", members.join(","))
}

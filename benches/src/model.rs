//! A synthetic API: the same for every design, and the same on every run.

/// How large the API is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub records: usize,
    pub operations: usize,
}

/// The API that is written out in each design.
pub struct Api {
    pub records: Vec<Record>,
    pub choices: Vec<Choice>,
    pub unions: Vec<Union>,
    pub operations: Vec<Operation>,
}

pub struct Record {
    pub name: String,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub wire: String,
    pub ident: String,
    pub ty: Ty,
    pub required: bool,
}

#[derive(Clone)]
pub enum Ty {
    Text,
    Integer,
    IntegerInText,
    Float,
    Bool,
    Time,
    Named(String),
    List(Box<Ty>),
    Map(Box<Ty>),
}

pub struct Choice {
    pub name: String,
    /// Wire text and variant.
    pub values: Vec<(String, String)>,
}

pub struct Union {
    pub name: String,
    /// Tag and record.
    pub branches: Vec<(String, String)>,
}

pub struct Operation {
    pub id: String,
    pub marker: String,
    pub method: &'static str,
    pub template: String,
    pub path: Vec<(String, String)>,
    /// Wire name, identifier, whether it is an integer.
    pub query: Vec<(String, String, bool)>,
    pub body: Option<String>,
    pub reply: String,
}

const NAME_PARTS: [&str; 24] = [
    "account", "backup", "cluster", "device", "event", "folder", "group", "host", "image", "job",
    "key", "label", "metric", "node", "owner", "policy", "queue", "region", "snapshot", "tenant",
    "user", "volume", "window", "zone",
];

/// A small generator of numbers that look random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn word(&mut self) -> &'static str {
        NAME_PARTS[self.roll(NAME_PARTS.len())]
    }
}

pub fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

impl Api {
    #[must_use]
    pub fn new(size: Size) -> Self {
        let mut dice = Dice(7);
        let choices: Vec<_> = (0..size.records / 4).map(|at| choice(at, &mut dice)).collect();
        let unions: Vec<_> = (0..size.records / 15).map(|at| union(at, size, &mut dice)).collect();
        let mut api = Self { records: Vec::new(), choices, unions, operations: Vec::new() };
        api.records = (0..size.records).map(|at| api.record(at, size, &mut dice)).collect();
        api.operations = (0..size.operations).map(|at| operation(at, size, &mut dice)).collect();
        api
    }

    fn record(&self, at: usize, size: Size, dice: &mut Dice) -> Record {
        let fields = (0..7 + dice.roll(7)).map(|index| {
            let (first, second) = (dice.word(), dice.word());
            let ty = self.ty(at, size, dice);
            Field {
                wire: format!("{first}{}{index}", capital(second)),
                ident: format!("{first}_{second}{index}"),
                ty,
                required: dice.roll(10) < 3,
            }
        });
        Record { name: record_name(at), fields: fields.collect() }
    }

    /// The type of a field; records refer to later ones only, so that none needs a box.
    fn ty(&self, at: usize, size: Size, dice: &mut Dice) -> Ty {
        let later = size.records - at - 1;
        match dice.roll(40) {
            0..=14 => Ty::Text,
            15..=19 => Ty::Integer,
            20..=21 => Ty::IntegerInText,
            22..=23 => Ty::Float,
            24..=27 => Ty::Bool,
            28..=29 => Ty::Time,
            30..=32 if !self.choices.is_empty() => {
                Ty::Named(self.choices[dice.roll(self.choices.len())].name.clone())
            }
            33..=34 if later > 0 => Ty::Named(record_name(at + 1 + dice.roll(later))),
            35..=36 if later > 0 => {
                Ty::List(Box::new(Ty::Named(record_name(at + 1 + dice.roll(later)))))
            }
            37 => Ty::List(Box::new(Ty::Text)),
            38 => Ty::Map(Box::new(Ty::Text)),
            39 if later > size.records / 2 && !self.unions.is_empty() => {
                Ty::Named(self.unions[dice.roll(self.unions.len())].name.clone())
            }
            _ => Ty::Text,
        }
    }
}

fn record_name(at: usize) -> String {
    let (first, second) =
        (NAME_PARTS[at % NAME_PARTS.len()], NAME_PARTS[at / NAME_PARTS.len() % NAME_PARTS.len()]);
    format!("{}{}{at}", capital(second), capital(first))
}

fn choice(at: usize, dice: &mut Dice) -> Choice {
    let count = 4 + dice.roll(6);
    let values = (0..count).map(|index| {
        let word = dice.word();
        (format!("{}_{index}", word.to_uppercase()), format!("{}{index}", capital(word)))
    });
    Choice { values: values.collect(), name: format!("{}State{at}", capital(dice.word())) }
}

/// A union of records in the second half, which hold no unions.
fn union(at: usize, size: Size, dice: &mut Dice) -> Union {
    let first = size.records / 2 + dice.roll(size.records / 2 - 4);
    let branches = (0..4).map(|index| (format!("kind{index}"), record_name(first + index)));
    Union { name: format!("{}Choice{at}", capital(dice.word())), branches: branches.collect() }
}

fn operation(at: usize, size: Size, dice: &mut Dice) -> Operation {
    let (verb, method) =
        [("get", "GET"), ("create", "POST"), ("update", "PATCH"), ("list", "GET")][at % 4];
    let (first, second) = (dice.word(), dice.word());
    let mut path = vec![(format!("{first}Id"), format!("{first}_id"))];
    if first != second && at.is_multiple_of(3) {
        path.push((format!("{second}Id"), format!("{second}_id")));
    }
    let template: String =
        path.iter().map(|(wire, ident)| format!("/{ident}s/{{{wire}}}")).collect();
    let query = (0..dice.roll(4)).map(|index| {
        let word = dice.word();
        (format!("{word}Filter{index}"), format!("{word}_filter{index}"), index % 2 == 0)
    });
    Operation {
        id: format!("{verb}_{first}_{second}{at}"),
        marker: format!("{}{}{}{at}", capital(verb), capital(first), capital(second)),
        method,
        template: format!("/v1{template}/items{at}"),
        query: query.collect(),
        path,
        body: (method != "GET").then(|| record_name(dice.roll(size.records))),
        reply: record_name(dice.roll(size.records)),
    }
}

/// Some documentation, of the length that documents have.
#[must_use]
pub fn docs(subject: &str) -> String {
    format!("The {subject} as the service keeps it; it may be changed while nothing else uses it.")
}

//! Random changes of pages, the same ones each time.

/// A generator of random numbers, after George Marsaglia's xorshift.
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end
    }

    /// A place between two characters of a text.
    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap()
    }

    /// Two places in a text, in order and at most some fifty bytes apart.
    fn near(&mut self, text: &str) -> (usize, usize) {
        let start = self.place(text);
        let end = (start + self.below(50)).min(text.len());
        let end = (end..=text.len()).find(|at| text.is_char_boundary(*at));
        (start, end.unwrap())
    }
}

/// A page after one to four changes; some take a part of another page.
pub fn changed(page: &str, other: &str, dice: &mut Dice) -> String {
    let count = 1 + dice.below(4);
    (0..count).fold(page.to_owned(), |text, _| change(&text, other, dice))
}

fn change(text: &str, other: &str, dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => text[..dice.place(text)].to_owned(),
        1 => cut(text, dice),
        2 => spliced(text, other, dice),
        3 => twice(text, dice),
        4 => swapped(text, dice),
        _ => lines(text, other, dice),
    }
}

fn cut(text: &str, dice: &mut Dice) -> String {
    let (start, end) = dice.near(text);
    text[..start].to_owned() + &text[end..]
}

fn spliced(text: &str, other: &str, dice: &mut Dice) -> String {
    let at = dice.place(text);
    let (start, end) = dice.near(other);
    format!("{}{}{}", &text[..at], &other[start..end], &text[at..])
}

fn twice(text: &str, dice: &mut Dice) -> String {
    let (start, end) = dice.near(text);
    text[..end].to_owned() + &text[start..]
}

/// Two parts that change places.
fn swapped(text: &str, dice: &mut Dice) -> String {
    let mut places = [(); 4].map(|()| dice.place(text));
    places.sort_unstable();
    let [a, b, c, d] = places;
    [&text[..a], &text[c..d], &text[b..c], &text[a..b], &text[d..]].concat()
}

fn lines(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return other.to_owned();
    }
    let (one, two) = (dice.below(lines.len()), dice.below(lines.len()));
    let others: Vec<&str> = other.split_inclusive('\n').collect();
    match dice.below(4) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(one, lines[two]),
        2 => lines.swap(one, two),
        _ if others.is_empty() => {}
        _ => lines.insert(one, others[dice.below(others.len())]),
    }
    lines.concat()
}

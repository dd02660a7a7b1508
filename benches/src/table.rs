//! A table in Markdown.

use std::fmt;

use crate::measure::Cost;

/// Rows of figures.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    #[must_use]
    pub fn new(headings: &[&str]) -> Self {
        let head = headings.iter().map(|&heading| heading.to_owned()).collect();
        let rule = headings.iter().map(|_| "---".to_owned()).collect();
        Self { rows: vec![head, rule] }
    }

    /// Adds the cost of the crate and of a program that uses it.
    pub fn row(&mut self, what: &str, library: Option<Cost>, program: Option<Cost>) {
        let figures = |cost: Option<Cost>| match cost {
            Some(cost) => [format!("{:.2}", cost.seconds), format!("{:.0}", cost.mebibytes)],
            None => ["".to_owned(), "".to_owned()],
        };
        let sum =
            library.zip(program).map(|(one, other)| format!("{:.2}", one.seconds + other.seconds));
        let mut cells = vec![what.to_owned()];
        cells.extend(figures(library));
        cells.extend(figures(program));
        cells.push(sum.unwrap_or_default());
        self.cells(cells);
    }

    /// Adds a row of texts.
    pub fn cells(&mut self, cells: Vec<String>) {
        println!("{}", cells.join(" | "));
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            writeln!(formatter, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

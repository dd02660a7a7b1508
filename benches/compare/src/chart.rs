//! Draws the main ratios as a chart in SVG.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use typewright_benches::measure::Cost;

use crate::ratios::{mebibytes, pair, seconds};
use crate::results::{Results, Stage};

/// The ratios of a document, in the order of [`SERIES`].
pub struct Bars {
    pub document: String,
    pub ratios: [Option<f64>; SERIES.len()],
}

/// A ratio that is drawn for each document.
struct Series {
    name: &'static str,
    colour: RGBColor,
    stage: Stage,
    figure: fn(Cost) -> f64,
}

const SERIES: [Series; 5] = [
    Series {
        name: "check, CPU time",
        colour: RGBColor(33, 102, 172),
        stage: Stage::Check,
        figure: seconds,
    },
    Series {
        name: "check, memory",
        colour: RGBColor(146, 197, 222),
        stage: Stage::Check,
        figure: mebibytes,
    },
    Series {
        name: "debug build, CPU time",
        colour: RGBColor(178, 24, 43),
        stage: Stage::Debug,
        figure: seconds,
    },
    Series {
        name: "release build, CPU time",
        colour: RGBColor(118, 42, 131),
        stage: Stage::Release,
        figure: seconds,
    },
    Series {
        name: "generation, CPU time",
        colour: RGBColor(244, 165, 130),
        stage: Stage::Generate,
        figure: seconds,
    },
];

/// The part of a document's place that its bars take.
const FILLED: f64 = 0.8;

const SIZE: (u32, u32) = (900, 380);

/// The ratios of the documents that another generator's crate compiles for.
pub fn bars(results: &Results, documents: &[String]) -> Vec<Bars> {
    let bars = documents.iter().map(|document| {
        let ratio = |series: Series| {
            pair(results, document, series.stage, series.figure).map(|pair| pair.ratio())
        };
        Bars { document: document.clone(), ratios: SERIES.map(ratio) }
    });
    bars.filter(|bars| bars.ratios.iter().any(Option::is_some)).collect()
}

/// The chart as SVG.
///
/// # Errors
/// There is nothing to draw, or it cannot be drawn.
pub fn draw(bars: &[Bars]) -> Result<String, String> {
    if bars.is_empty() {
        return Err("no crate of another generator compiles".to_owned());
    }
    let mut svg = String::new();
    paint(bars, SVGBackend::with_string(&mut svg, SIZE).into_drawing_area())
        .map_err(|error| format!("the chart: {error}"))?;
    Ok(svg)
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn paint<'a>(bars: &[Bars], area: Area<'a>) -> Result<(), Box<dyn std::error::Error + 'a>> {
    area.fill(&WHITE)?;
    let ratios = || bars.iter().flat_map(|bars| bars.ratios).flatten();
    let lowest = ratios().fold(0.5, f64::min) * 0.9;
    // the legend stands above the bars
    let highest = ratios().fold(2.0, f64::max) * 3.0;
    let width = bars.len() as f64;
    let mut chart = ChartBuilder::on(&area)
        .caption(
            "Typewright's cost, where the best other generator's is 1 (logarithmic)",
            ("sans-serif", 17),
        )
        .margin(8)
        .x_label_area_size(56)
        .y_label_area_size(40)
        .build_cartesian_2d(0.0..width, (lowest..highest).log_scale())?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .light_line_style(TRANSPARENT)
        .draw()?;
    let step = FILLED / SERIES.len() as f64;
    for (index, Series { name, colour, .. }) in SERIES.into_iter().enumerate() {
        let rectangles = bars.iter().enumerate().filter_map(|(place, bars)| {
            let left = place as f64 + (1.0 - FILLED) / 2.0 + step * index as f64;
            let ratio = bars.ratios[index]?;
            Some(Rectangle::new([(left, 1.0), (left + 0.9 * step, ratio)], colour.filled()))
        });
        let sample = move |(x, y)| Rectangle::new([(x, y - 5), (x + 10, y + 5)], colour.filled());
        chart.draw_series(rectangles)?.label(name).legend(sample);
    }
    chart.draw_series([PathElement::new([(0.0, 1.0), (width, 1.0)], BLACK)])?;
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.8))
        .draw()?;
    let style = TextStyle::from(("sans-serif", 12)).pos(Pos::new(HPos::Center, VPos::Top));
    for (place, bars) in bars.iter().enumerate() {
        let (x, y) = chart.backend_coord(&(place as f64 + 0.5, lowest));
        // neighbours stand on two lines, since names are wider than their bars
        let line = y + 6 + 18 * i32::from(place % 2 == 1);
        area.draw(&Text::new(stem(&bars.document), (x, line), style.clone()))?;
    }
    area.present()?;
    Ok(())
}

/// A file's name without its extension.
fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{draw, Bars};

    #[test]
    fn every_ratio_is_a_bar() {
        let bars = |document: &str, ratios| Bars { document: document.to_owned(), ratios };
        let one = bars("a.json", [Some(0.5), Some(0.5), None, Some(0.4), Some(2.0)]);
        let two = bars("b.yaml", [Some(0.1), None, None, None, None]);
        let svg = draw(&[one, two]).unwrap();
        // of each colour the bars, and a sample in the legend
        let count = |colour: &str| svg.matches(&format!("fill=\"{colour}\"")).count();
        assert_eq!(count("#2166AC"), 3, "{svg}");
        assert_eq!(count("#92C5DE"), 2);
        assert_eq!(count("#B2182B"), 1);
        assert_eq!(count("#762A83"), 2);
        assert_eq!(count("#F4A582"), 2);
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(draw(&[]).is_err());
    }
}

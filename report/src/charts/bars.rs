//! Bars: scores against the bands, and changes to either side of nothing.

use super::{
    Change, Score,
    axis::Axis,
    labels::Labels,
    parts::{Canvas, LABEL, LEADING, Words, change, figure, known},
};
use crate::{
    palette::{Fill, MUTED, PAPER},
    scene::Scene,
    text,
};

const ROW: f32 = 20.0;
/// Two lines of a note fit into a row without a bar.
const NOTE: f32 = 26.0;
const BAR: f32 = 12.0;

/// Scores from 1 to 5 as bars, with lines where the bands partial (3.0) and strong (4.0) begin.
///
/// The figure and the name of its band stand beside each bar.
pub fn score_bars(width: f32, items: &[Score]) -> Scene {
    if items.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.36);
    let figures: Vec<(String, &str)> = items.iter().map(score_figure).collect();
    let figure_width = figures
        .iter()
        .map(|(f, _)| text::measure(f, true, LABEL))
        .fold(18.0, f32::max);
    let band_width = figures
        .iter()
        .map(|(_, b)| text::measure(b, false, LABEL))
        .fold(0.0, f32::max);
    let right = width - figure_width - band_width - 18.0;
    let axis = Axis::ratings(labels.width + 12.0, right);
    let top = 20.0;
    let heights = heights(&labels, items.iter().map(|item| item.value));
    let bottom = top + heights.iter().sum::<f32>();
    axis.draw_ratings(&mut canvas, top, bottom);
    // Under the bars a threshold would vanish: bars first, then lines, then words.
    let mut y = top;
    for (item, height) in items.iter().zip(&heights) {
        if let Some(value) = known(item.value) {
            let length = (axis.at(value) - axis.left).max(2.0);
            canvas.rect(axis.left, y + (height - BAR) / 2.0, length, BAR, item.fill.mark());
        }
        y += height;
    }
    axis.draw_bands(&mut canvas, top, bottom);
    y = top;
    for (i, ((item, height), (figure, band))) in items.iter().zip(&heights).zip(&figures).enumerate() {
        let middle = y + height / 2.0;
        canvas.label(labels.width, middle, labels.get(i), Words::new("").end());
        match known(item.value) {
            Some(_) => {
                let x = axis.right + 8.0 + figure_width;
                canvas.text(x, middle + 3.5, Words::new(figure).bold().end());
                canvas.text(x + 6.0, middle + 3.5, Words::new(band));
            }
            None => note(&mut canvas, &axis, middle, &item.note),
        }
        y += height;
    }
    canvas.finish(width, bottom + 20.0)
}

fn score_figure(item: &Score) -> (String, &'static str) {
    let Some(value) = known(item.value) else {
        return (String::new(), "");
    };
    let figure = if item.figure.is_empty() {
        figure(value)
    } else {
        item.figure.clone()
    };
    let band = match item.fill {
        Fill::Strong => "strong",
        Fill::Partial => "partial",
        Fill::Low => "low",
        _ => "",
    };
    (figure, band)
}

/// Changes as bars to the left (falls) and right (rises) of no change.
pub fn diverging_bars(width: f32, items: &[Change]) -> Scene {
    if items.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.36);
    let (reach, step) = reach(items);
    let axis = Axis::new(-reach, reach, labels.width + 24.0, width - 44.0);
    let top = 22.0;
    let heights = heights(&labels, items.iter().map(|item| item.value));
    let bottom = top + heights.iter().sum::<f32>();
    let zero = axis.at(0.0);
    axis.draw_changes(&mut canvas, step, top, bottom);
    canvas.text(zero - 6.0, 12.0, Words::new("← fell").small().end());
    canvas.text(zero + 6.0, 12.0, Words::new("rose →").small());
    let mut y = top;
    for (i, (item, height)) in items.iter().zip(&heights).enumerate() {
        let middle = y + height / 2.0;
        canvas.label(labels.width, middle, labels.get(i), Words::new("").end());
        match known(item.value) {
            Some(value) => {
                let (from, to) = (axis.at(value.min(0.0)), axis.at(value.max(0.0)));
                let colour = Fill::drift(Some(value)).mark();
                canvas.rect(from, middle - BAR / 2.0, (to - from).max(1.5), BAR, colour);
                canvas.text(width, middle + 3.5, Words::new(&change(value)).bold().end());
            }
            None => note(&mut canvas, &axis, middle, &item.note),
        }
        y += height;
    }
    canvas.finish(width, bottom + 20.0)
}

fn heights(labels: &Labels, values: impl Iterator<Item = Option<f64>>) -> Vec<f32> {
    let least = values.map(|value| known(value).map_or(NOTE, |_| ROW));
    least.enumerate().map(|(i, least)| labels.row(i, least)).collect()
}

/// Returns how far the axis goes to either side, and its step: large enough for every change, 1 at least.
fn reach(items: &[Change]) -> (f64, f64) {
    let most = items
        .iter()
        .filter_map(|item| known(item.value))
        .fold(0.0, |m, v| v.abs().max(m));
    match most {
        m if m <= 1.0 => (1.0, 0.5),
        m if m <= 2.0 => (2.0, 1.0),
        _ => (4.0, 2.0),
    }
}

/// Words in place of a bar, in two lines where one is too narrow.
fn note(canvas: &mut Canvas, axis: &Axis, middle: f32, note: &str) {
    let note = if note.is_empty() { "no figure" } else { note };
    let lines = text::wrap_plain(note, false, LABEL, axis.width() - 12.0, 2);
    let width = lines
        .iter()
        .map(|line| text::measure(line, false, LABEL))
        .fold(0.0, f32::max);
    let height = lines.len() as f32 * LEADING + 2.0;
    canvas.rect(axis.left + 2.0, middle - height / 2.0, width + 8.0, height, PAPER);
    canvas.label(axis.left + 6.0, middle, &lines, Words::new("").colour(MUTED));
}

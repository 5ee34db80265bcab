//! Two values of one thing: self and review, or last year and this.

use super::{
    Pair,
    axis::Axis,
    labels::Labels,
    parts::{Canvas, Key, LABEL, Marker, Words, known, signed},
};
use crate::{
    palette::{MUTED, PLUM, TEAL},
    scene::{Scene, Stroke},
    text,
};

const FIRST: Marker = Marker::Disc;
const SECOND: Marker = Marker::Diamond;

/// Two ratings of each thing on the scale 1–5, joined: `first` hollow, `second` filled.
///
/// Where both agree the one stands inside the other. The difference stands at the right.
pub fn dumbbell(width: f32, names: [&str; 2], items: &[Pair]) -> Scene {
    if items.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let keys = [
        (Key::Hollow(FIRST, PLUM), names[0].to_owned()),
        (Key::Filled(SECOND, TEAL), names[1].to_owned()),
    ];
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.38);
    let heading = "Difference";
    let heading_width = text::measure(heading, false, LABEL);
    let top = canvas.legend(0.0, width - heading_width - 8.0, &keys) + 4.0;
    canvas.text(width, 11.2, Words::new(heading).small().end());
    let axis = Axis::ratings(labels.width + 14.0, width - 56.0);
    let heights: Vec<f32> = (0..items.len()).map(|i| labels.row(i, 22.0)).collect();
    let bottom = top + heights.iter().sum::<f32>();
    axis.draw_ratings(&mut canvas, top, bottom);
    let mut y = top;
    for (i, (item, height)) in items.iter().zip(&heights).enumerate() {
        let middle = y + height / 2.0;
        canvas.label(labels.width, middle, labels.get(i), Words::new("").end());
        let (first, second) = (known(item.first), known(item.second));
        if let (Some(first), Some(second)) = (first, second) {
            let (from, to) = ((axis.at(first), middle), (axis.at(second), middle));
            canvas.line(from, to, Stroke::solid(MUTED, 2.4));
        }
        if let Some(first) = first {
            canvas.ring(FIRST, axis.at(first), middle, 5.6, PLUM);
        }
        if let Some(second) = second {
            canvas.marker(SECOND, axis.at(second), middle, 3.2, TEAL);
        }
        let difference = difference(first, second);
        canvas.text(width, middle + 3.5, Words::new(&difference).end());
        y += height;
    }
    canvas.finish(width, bottom + 20.0)
}

fn difference(first: Option<f64>, second: Option<f64>) -> String {
    match (first, second) {
        (Some(first), Some(second)) if first == second => "same".to_owned(),
        (Some(first), Some(second)) => signed(second - first),
        (None, None) => "no figure".to_owned(),
        _ => "one only".to_owned(),
    }
}

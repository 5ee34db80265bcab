//! A drawing as inline SVG.

use super::{Anchor, Scene, Shape, Stroke};
use crate::{
    escape::escape,
    fonts::{Face, fonts},
    palette::Colour,
};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

impl Scene {
    /// Returns the drawing as inline SVG with an accessible name and description.
    ///
    /// The ids it needs come from its content; where the same drawing stands twice on a
    /// page, give each its own with [`Scene::to_svg_with_id`].
    pub fn to_svg(&self, title: &str, desc: &str) -> String {
        let shapes = self.svg_shapes();
        let digest = Sha256::digest(format!("{title}\0{desc}\0{shapes}"));
        let id = digest.iter().take(6).fold(String::from("chart-"), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        });
        self.svg_around(&shapes, &id, title, desc)
    }

    /// Returns the drawing as inline SVG whose ids begin with `id`, which must be unique on its page.
    pub fn to_svg_with_id(&self, id: &str, title: &str, desc: &str) -> String {
        self.svg_around(&self.svg_shapes(), id, title, desc)
    }

    fn svg_shapes(&self) -> String {
        self.shapes.iter().fold(String::new(), |mut svg, shape| {
            write_shape(&mut svg, shape);
            svg
        })
    }

    fn svg_around(&self, shapes: &str, id: &str, title: &str, desc: &str) -> String {
        let (id, width, height) = (escape(id), Tidy(self.width), Tidy(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"'Source Sans 3', 'Source Sans Pro', Arial, sans-serif\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{shapes}</svg>",
            escape(title),
            escape(desc),
        )
    }
}

fn write_shape(svg: &mut String, shape: &Shape) {
    // Writing into a String cannot fail, so the results below are dropped.
    match shape {
        Shape::Rect {
            x,
            y,
            width,
            height,
            fill,
        } => {
            let _ = write!(
                svg,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
                Tidy(*x),
                Tidy(*y),
                Tidy(width.max(0.0)),
                Tidy(height.max(0.0)),
                fill.hex()
            );
        }
        Shape::Path {
            points,
            closed,
            fill,
            stroke,
        } => {
            let _ = write!(
                svg,
                "<path d=\"{}\" fill=\"{}\"",
                path_data(points, *closed),
                fill.map_or_else(|| "none".to_owned(), Colour::hex)
            );
            write_stroke(svg, stroke.as_ref());
        }
        Shape::Disc { x, y, r, fill, stroke } => {
            let _ = write!(
                svg,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"",
                Tidy(*x),
                Tidy(*y),
                Tidy(*r),
                fill.hex()
            );
            write_stroke(svg, Some(stroke));
        }
        Shape::Text {
            x,
            y,
            size,
            anchor,
            bold,
            colour,
            text,
        } => {
            let _ = write!(
                svg,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{}\"{}{} fill=\"{}\">{}</text>",
                Tidy(*x),
                Tidy(*y),
                Tidy(*size),
                anchor.svg(),
                if *bold { " font-weight=\"700\"" } else { "" },
                text_length(text, *bold, *size),
                colour.hex(),
                escape(text)
            );
        }
    }
}

/// The last attributes of a shape, and its end.
fn write_stroke(svg: &mut String, stroke: Option<&Stroke>) {
    if let Some(stroke) = stroke {
        let _ = write!(
            svg,
            " stroke=\"{}\" stroke-width=\"{}\"",
            stroke.colour.hex(),
            Tidy(stroke.width)
        );
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(svg, " stroke-dasharray=\"{} {}\"", Tidy(dash), Tidy(gap));
        }
    }
    svg.push_str("/>");
}

impl Anchor {
    fn svg(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// Holds words to the width they were measured at, whatever typeface the reader's browser has:
/// a label never runs out of the drawing. One letter alone keeps its own shape.
fn text_length(text: &str, bold: bool, size: f32) -> String {
    if text.chars().count() < 2 {
        return String::new();
    }
    let width = fonts().width(Face::of(bold, false), text) * size;
    format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", Tidy(width))
}

fn path_data(points: &[(f32, f32)], closed: bool) -> String {
    let mut data = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let letter = if i == 0 { 'M' } else { 'L' };
        let _ = write!(data, "{letter}{} {}", Tidy(*x), Tidy(*y));
    }
    if closed && !points.is_empty() {
        data.push('Z');
    }
    data
}

/// A number with at most two decimals; what is not a number becomes 0. By whole hundredths, which are many times quicker to
/// write than fractions.
struct Tidy(f32);

impl fmt::Display for Tidy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let value = if self.0.is_finite() { f64::from(self.0) } else { 0.0 };
        let hundredths = (value * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{sign}{whole}.{}", tenths / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::palette::INK;

    fn label(text: &str) -> Scene {
        Scene {
            width: 100.0,
            height: 20.0,
            shapes: vec![Shape::Text {
                x: 0.0,
                y: 10.0,
                size: 9.0,
                anchor: Anchor::Start,
                bold: false,
                colour: INK,
                text: text.to_owned(),
            }],
        }
    }

    #[test]
    fn text_title_and_description_are_escaped() {
        let svg = label("<script>alert(1)</script>").to_svg("a \"b\" & c", "<d>");
        assert!(svg.contains("&lt;script&gt;"));
        assert!(svg.contains("a &quot;b&quot; &amp; c</title>"));
        assert!(svg.contains("&lt;d&gt;</desc>"));
        assert!(!svg.contains("<script"));
    }

    #[test]
    fn the_svg_names_itself_and_carries_no_style() {
        let svg = label("x").to_svg_with_id("c1", "t", "d");
        assert!(svg.contains("role=\"img\" aria-labelledby=\"c1-title c1-desc\""));
        assert!(!svg.contains("style="));
        assert!(!svg.contains("class="));
    }

    #[test]
    fn words_keep_the_width_they_were_measured_at() {
        assert!(label("Staffing continuity").to_svg("t", "d").contains(" textLength=\""));
        assert!(!label("x").to_svg("t", "d").contains("textLength"));
    }

    #[test]
    fn ids_follow_the_content() {
        assert_eq!(label("x").to_svg("t", "d"), label("x").to_svg("t", "d"));
        assert_ne!(label("x").to_svg("t", "d"), label("x").to_svg("t", "e"));
    }

    #[test]
    fn numbers_that_are_not_numbers_are_harmless() {
        assert_eq!(Tidy(f32::NAN).to_string(), "0");
        assert_eq!(Tidy(-0.001).to_string(), "0");
        assert_eq!(Tidy(1.50).to_string(), "1.5");
        assert_eq!(Tidy(10.0).to_string(), "10");
        assert_eq!(Tidy(-12.349).to_string(), "-12.35");
        assert_eq!(Tidy(0.049).to_string(), "0.05");
    }
}

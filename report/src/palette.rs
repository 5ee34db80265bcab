//! The colours of the product: one set for pages, charts and PDF.
//!
//! Fills are light and carry dark text; marks are dark enough to stand on white.
//! Low and high are told apart on the orange–blue axis, which people with the common
//! forms of colour blindness keep, and never by colour alone: a number, a word or a
//! shape always goes with it.

use framework::{
    score::at_least,
    shown::{self, Kind},
};

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(
    /// Red, 0–255.
    pub u8,
    /// Green, 0–255.
    pub u8,
    /// Blue, 0–255.
    pub u8,
);

/// Text and the strongest lines.
pub const INK: Colour = Colour(0x1b, 0x2a, 0x33);
/// Secondary text: footers, axis labels.
pub const MUTED: Colour = Colour(0x4f, 0x5f, 0x69);
/// Hairlines and grids.
pub const LINE: Colour = Colour(0xd3, 0xd8, 0xd9);
/// The page.
pub const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// Quiet backgrounds: notes, alternate rows.
pub const SAND: Colour = Colour(0xf7, 0xf4, 0xec);
/// A firmer sand, for the middle of a scale.
pub const SAND_DEEP: Colour = Colour(0xee, 0xe8, 0xd9);
/// The product's own colour: headings, strong band, gains.
pub const TEAL: Colour = Colour(0x0f, 0x66, 0x6b);
/// Cover and table headings.
pub const TEAL_DEEP: Colour = Colour(0x0b, 0x3f, 0x47);
/// Partial band.
pub const AMBER: Colour = Colour(0xc0, 0x82, 0x17);
/// Low band, slips.
pub const RUST: Colour = Colour(0x9c, 0x3d, 0x12);
/// A second voice, such as the reviewer's.
pub const PLUM: Colour = Colour(0x7a, 0x2e, 0x63);
/// Links.
pub const LINK: Colour = Colour(0x0a, 0x54, 0x7d);

/// Colours for the lines of a chart, in order; shapes differ as well.
pub const SERIES: [Colour; 6] = [TEAL, RUST, PLUM, LINK, Colour(0x8a, 0x5c, 0x08), MUTED];

impl Colour {
    /// Returns the colour as `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// WCAG 2.2 contrast ratio with another colour, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2 relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// What the background of a table cell says.
///
/// A page gets the class name, the PDF gets the colour; text on every fill is [`INK`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fill {
    /// No background.
    #[default]
    None,
    /// Rating level 1, not in place.
    Level1,
    /// Rating level 2, early.
    Level2,
    /// Rating level 3, partly in place.
    Level3,
    /// Rating level 4, in place.
    Level4,
    /// Rating level 5, in place and sustained.
    Level5,
    /// Band strong.
    Strong,
    /// Band partial.
    Partial,
    /// Band low.
    Low,
    /// A fall of 0.50 or more.
    SlipLarge,
    /// A fall from 0.10.
    Slip,
    /// A change of less than 0.10.
    Steady,
    /// A rise from 0.10.
    Gain,
    /// A rise of 0.50 or more.
    GainLarge,
    /// No figure: not answered, not applicable, too few.
    Absent,
    /// A gap in something core: needs attention first.
    Gap,
}

/// A dark stripe along an edge of a cell, one or two times as thick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stripe {
    /// It rose.
    Top(u8),
    /// It fell.
    Bottom(u8),
}

/// The size from which a drift is coloured.
const MOVED: f64 = 0.1;
/// The size from which it is coloured strongly.
const LARGE: f64 = 0.5;

impl Fill {
    /// Every fill, for style sheets and tests.
    pub const ALL: [Fill; 16] = [
        Fill::None,
        Fill::Level1,
        Fill::Level2,
        Fill::Level3,
        Fill::Level4,
        Fill::Level5,
        Fill::Strong,
        Fill::Partial,
        Fill::Low,
        Fill::SlipLarge,
        Fill::Slip,
        Fill::Steady,
        Fill::Gain,
        Fill::GainLarge,
        Fill::Absent,
        Fill::Gap,
    ];

    /// Returns the fill of a rating from 1 to 5; anything else is [`Fill::Absent`].
    pub fn level(rating: u8) -> Fill {
        match rating {
            1 => Fill::Level1,
            2 => Fill::Level2,
            3 => Fill::Level3,
            4 => Fill::Level4,
            5 => Fill::Level5,
            _ => Fill::Absent,
        }
    }

    /// Returns the fill of a mean score: the level that it shows to have reached, so 3.9 is still level 3.
    pub fn score(score: Option<f64>) -> Fill {
        match score {
            Some(s) if s.is_finite() => Fill::level(shown::rounded(s, Kind::Score).clamp(1.0, 5.0) as u8),
            _ => Fill::Absent,
        }
    }

    /// Returns the fill of a drift between two cycles, by its size: steady below 0.10, large from 0.50.
    pub fn drift(change: Option<f64>) -> Fill {
        match change {
            Some(d) if d.is_finite() => match d {
                d if at_least(-d, LARGE) => Fill::SlipLarge,
                d if at_least(-d, MOVED) => Fill::Slip,
                d if at_least(d, LARGE) => Fill::GainLarge,
                d if at_least(d, MOVED) => Fill::Gain,
                _ => Fill::Steady,
            },
            _ => Fill::Absent,
        }
    }

    /// Returns the edge on which a cell has a stripe, so that falls and rises differ without colour too.
    pub fn stripe(self) -> Option<Stripe> {
        match self {
            Fill::Slip => Some(Stripe::Bottom(1)),
            Fill::SlipLarge => Some(Stripe::Bottom(2)),
            Fill::Gain => Some(Stripe::Top(1)),
            Fill::GainLarge => Some(Stripe::Top(2)),
            _ => None,
        }
    }

    /// Returns the class a page puts on the cell; empty for [`Fill::None`].
    pub fn class(self) -> &'static str {
        match self {
            Fill::None => "",
            Fill::Level1 => "fill-level-1",
            Fill::Level2 => "fill-level-2",
            Fill::Level3 => "fill-level-3",
            Fill::Level4 => "fill-level-4",
            Fill::Level5 => "fill-level-5",
            Fill::Strong => "fill-strong",
            Fill::Partial => "fill-partial",
            Fill::Low => "fill-low",
            Fill::SlipLarge => "fill-slip-large",
            Fill::Slip => "fill-slip",
            Fill::Steady => "fill-steady",
            Fill::Gain => "fill-gain",
            Fill::GainLarge => "fill-gain-large",
            Fill::Absent => "fill-absent",
            Fill::Gap => "fill-gap",
        }
    }

    /// Returns the background, or `None` for [`Fill::None`].
    pub fn colour(self) -> Option<Colour> {
        Some(match self {
            Fill::None => return None,
            Fill::Level1 | Fill::SlipLarge => Colour(0xf0, 0xb1, 0x86),
            Fill::Level2 | Fill::Slip => Colour(0xf8, 0xdc, 0xc3),
            Fill::Level3 | Fill::Steady => SAND_DEEP,
            Fill::Level4 | Fill::Gain => Colour(0xc3, 0xe3, 0xe4),
            Fill::Level5 | Fill::GainLarge => Colour(0x82, 0xc3, 0xc8),
            Fill::Strong => Colour(0xa9, 0xd6, 0xd8),
            Fill::Partial => Colour(0xf6, 0xdf, 0xab),
            Fill::Low => Colour(0xee, 0xb9, 0x95),
            Fill::Absent => Colour(0xea, 0xed, 0xee),
            Fill::Gap => Colour(0xe9, 0xcf, 0xe2),
        })
    }

    /// Returns the darker colour of the same meaning, for bars, dots and lines on white.
    pub fn mark(self) -> Colour {
        match self {
            Fill::Level1 | Fill::Level2 | Fill::Low | Fill::SlipLarge | Fill::Slip => RUST,
            Fill::Level3 | Fill::Partial => AMBER,
            Fill::Level4 | Fill::Level5 | Fill::Strong | Fill::Gain | Fill::GainLarge => TEAL,
            Fill::Gap => PLUM,
            Fill::None | Fill::Steady | Fill::Absent => MUTED,
        }
    }
}

/// Style sheet rules for every fill, for the pages and the stand-alone report.
pub fn fill_css() -> String {
    Fill::ALL
        .iter()
        .filter_map(|fill| fill.colour().map(|colour| (fill, colour)))
        .map(|(fill, colour)| {
            let stripe = match fill.stripe() {
                Some(Stripe::Top(times)) => format!(";box-shadow:inset 0 {}px {}", 2 * times, fill.mark().hex()),
                Some(Stripe::Bottom(times)) => format!(";box-shadow:inset 0 -{}px {}", 2 * times, fill.mark().hex()),
                None => String::new(),
            };
            let (class, back, ink) = (fill.class(), colour.hex(), INK.hex());
            format!(".{class}{{background-color:{back};color:{ink}{stripe}}}\n")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_every_fill_reaches_the_contrast_of_wcag_aa() {
        for fill in Fill::ALL {
            let ratio = INK.contrast(fill.colour().unwrap_or(PAPER));
            assert!(ratio >= 4.5, "{fill:?}: {ratio:.2}");
        }
    }

    #[test]
    fn text_colours_reach_it_on_paper_and_sand() {
        for colour in [INK, MUTED, TEAL, TEAL_DEEP, RUST, PLUM, LINK] {
            assert!(colour.contrast(PAPER) >= 4.5, "{colour:?}");
            assert!(colour.contrast(SAND) >= 4.5, "{colour:?}");
        }
    }

    #[test]
    fn the_style_sheet_has_every_colour_of_charts_for_the_dark_scheme() {
        let tokens = include_str!("../../style/_tokens.scss");
        let named = [
            INK, MUTED, LINE, PAPER, SAND, SAND_DEEP, TEAL, TEAL_DEEP, AMBER, RUST, PLUM, LINK,
        ];
        let fills = Fill::ALL.into_iter().filter_map(Fill::colour);
        for colour in named.into_iter().chain(SERIES).chain(fills) {
            assert!(
                tokens.contains(&format!("  \"{}\": ", colour.hex())),
                "{}",
                colour.hex()
            );
        }
    }

    #[test]
    fn marks_and_series_reach_three_to_one_on_paper() {
        let marks = Fill::ALL.map(Fill::mark);
        for colour in marks.into_iter().chain(SERIES) {
            assert!(colour.contrast(PAPER) >= 3.0, "{colour:?}: {}", colour.contrast(PAPER));
        }
    }

    #[test]
    fn a_score_fills_with_the_level_it_has_reached() {
        assert_eq!(Fill::score(Some(3.99)), Fill::Level3);
        assert_eq!(Fill::score(Some(4.0)), Fill::Level4);
        assert_eq!(Fill::score(Some(f64::NAN)), Fill::Absent);
        assert_eq!(Fill::score(None), Fill::Absent);
    }

    #[test]
    fn the_sign_of_a_drift_chooses_the_side_and_its_size_the_depth() {
        for (drift, fill) in [
            (-1.25, Fill::SlipLarge),
            (-0.5, Fill::SlipLarge),
            (-0.49, Fill::Slip),
            (-0.1, Fill::Slip),
            (-0.02, Fill::Steady),
            (0.0, Fill::Steady),
            (0.0999, Fill::Steady),
            (0.3 - 0.2, Fill::Gain),
            (0.5, Fill::GainLarge),
        ] {
            assert_eq!(Fill::drift(Some(drift)), fill, "{drift}");
        }
    }

    #[test]
    fn without_colour_falls_are_marked_below_and_rises_above() {
        for (fill, stripe) in [
            (Fill::Slip, Some(Stripe::Bottom(1))),
            (Fill::SlipLarge, Some(Stripe::Bottom(2))),
            (Fill::Steady, None),
            (Fill::Gain, Some(Stripe::Top(1))),
            (Fill::GainLarge, Some(Stripe::Top(2))),
        ] {
            assert_eq!(fill.stripe(), stripe, "{fill:?}");
        }
        assert!(
            fill_css()
                .contains(".fill-slip-large{background-color:#f0b186;color:#1b2a33;box-shadow:inset 0 -4px #9c3d12}")
        );
    }
}

//! How high rows must be for their text: spreadsheets do not all see to it themselves.

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// The most lines that are shown at once: of longer text the rest is read in the cell itself.
const MOST_LINES: usize = 12;

/// Returns the height of a row of texts, each in a column so many characters wide; nothing where one line is enough.
pub(super) fn of<'a>(texts: impl Iterator<Item = (&'a str, f64)>) -> Option<f64> {
    // a column is at most 255 characters wide
    let lines = texts.map(|(text, width)| lines(text, width as usize)).max()?;
    (lines > 1).then(|| LINE * lines.min(MOST_LINES) as f64)
}

/// Returns how many lines a text takes, broken between words; no more is counted than is shown.
fn lines(text: &str, width: usize) -> usize {
    if text.len() <= width && !text.contains('\n') {
        return 1;
    }
    let shown = text.lines().take(MOST_LINES);
    shown.map(|line| broken(line, width)).sum()
}

fn broken(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split(' ') {
        let letters = word.chars().count();
        if used > 0 && used + 1 + letters > width {
            (lines, used) = (lines + 1, 0);
        }
        used += letters + usize::from(used > 0);
        // a word that is longer than a line
        while used > width {
            (lines, used) = (lines + 1, used - width);
        }
        if lines > MOST_LINES {
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_they_are_broken() {
        for (text, expected) in [
            ("", 1),
            ("one two", 1),
            ("one two three", 2),
            ("one\ntwo\n\nthree", 4),
            ("ŵŵŵŵŵŵŵŵŵŵ", 1),
            ("ŵŵŵŵŵŵŵŵŵŵŵ", 2),
            ("a aaaaaaaaaaaaaaaaaaaaa", 4),
        ] {
            assert_eq!(lines(text, 10), expected, "{text:?}");
        }
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text_and_no_higher_than_is_shown() {
        assert_eq!(of([("short", 10.0), ("", 10.0)].into_iter()), None);
        assert_eq!(of([("short", 10.0), ("two of them", 6.0)].into_iter()), Some(30.0));
        let long = "word ".repeat(10_000);
        assert_eq!(of([(long.as_str(), 10.0)].into_iter()), Some(180.0));
    }
}

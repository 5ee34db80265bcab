//! Cells of heat maps: a number and a mark in each, so that nothing hangs on colour alone.
//!
//! A page has hundreds of them. They are written as text, for as many small views cost most of the page's time.

use leptos::tachys::html::InertElement;
use report::{escape::escape, palette::Fill, say};
use std::fmt::Write;

/// A cell with a change or score, a link behind it, and how many slips there are.
pub struct Heat {
    /// The number.
    pub words: String,
    /// Its colour.
    pub fill: Fill,
    /// Criteria, or Practices, that went down.
    pub slips: usize,
    /// Those of them that are unplanned or not yet explained.
    pub unexplained: usize,
    /// What happened to the words, as a sign and in words.
    pub broken: Option<(&'static str, &'static str)>,
    /// Where it leads.
    pub href: Option<String>,
    /// What it is about, for those who do not see where it stands.
    pub about: String,
}

/// Returns the cells of a row of the table.
pub fn cells(row: impl IntoIterator<Item = Heat>) -> InertElement {
    let mut html = String::new();
    for heat in row {
        heat.write(&mut html);
    }
    InertElement::new(html)
}

// Writing into a String cannot fail, so the results below are dropped.
impl Heat {
    fn write(&self, html: &mut String) {
        let _ = write!(html, "<td class=\"govuk-table__cell {}\">", self.fill.class());
        let words = escape(&self.words);
        let _ = match &self.href {
            Some(href) => write!(
                html,
                "<a class=\"app-heat__link\" href=\"{}\">{words}<span class=\"govuk-visually-hidden\">, {}</span></a>",
                escape(href),
                escape(&self.about)
            ),
            None => html.write_str(&words),
        };
        if self.slips > 0 {
            let words = format!(
                "{}, {} not explained",
                say::count(self.slips, "slip", "slips"),
                self.unexplained
            );
            let sign = match self.unexplained {
                0 => format!("▼{}", self.slips),
                unexplained => format!("▼{} !{unexplained}", self.slips),
            };
            mark(html, &sign, &words);
        }
        if let Some((sign, words)) = self.broken {
            mark(html, sign, words);
        }
        html.push_str("</td>");
    }
}

/// A sign for those who see it, words for those who do not.
fn mark(html: &mut String, sign: &str, words: &str) {
    let _ = write!(
        html,
        "<span class=\"app-heat__mark\"><span aria-hidden=\"true\">{}</span><span class=\"govuk-visually-hidden\"> {}</span></span>",
        escape(sign),
        escape(words)
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::RenderHtml;

    #[test]
    fn what_people_wrote_stays_words() {
        let heat = Heat {
            words: "−1.00".to_owned(),
            fill: Fill::drift(Some(-1.0)),
            slips: 2,
            unexplained: 1,
            broken: Some(("≈", "reworded here")),
            href: Some("/drift?region=\"><b>&to=2026".to_owned()),
            about: "<script>alert(1)</script>".to_owned(),
        };
        let html = cells([heat]).to_html();
        assert!(
            html.contains("href=\"/drift?region=&quot;&gt;&lt;b&gt;&amp;to=2026\""),
            "{html}"
        );
        assert!(html.contains(", &lt;script&gt;alert(1)&lt;/script&gt;<"), "{html}");
        assert!(
            html.contains(">▼2 !1</span>") && html.contains(" 2 slips, 1 not explained<"),
            "{html}"
        );
        assert_eq!((html.matches("<td").count(), html.matches("</td>").count()), (1, 1));
        assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
    }

    #[test]
    fn a_cell_without_a_link_or_slip_is_its_number() {
        let heat = Heat {
            words: "3.0".to_owned(),
            fill: Fill::None,
            slips: 0,
            unexplained: 0,
            broken: None,
            href: None,
            about: String::new(),
        };
        assert_eq!(cells([heat]).to_html(), "<td class=\"govuk-table__cell \">3.0</td>");
    }
}

//! Cells of heat maps: a number and a mark in each, so that nothing hangs on colour alone.

use leptos::prelude::*;
use report::{palette::Fill, say};

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

impl Heat {
    /// The cell of the table.
    pub fn cell(self) -> impl IntoView {
        let marks = self.marks();
        let class = format!("govuk-table__cell {}", self.fill.class());
        let number = match self.href {
            Some(href) => view! {
                <a class="app-heat__link" href=href>
                    {self.words}<span class="govuk-visually-hidden">{format!(", {}", self.about)}</span>
                </a>
            }
            .into_any(),
            None => view! { {self.words} }.into_any(),
        };
        view! { <td class=class>{number}{marks}</td> }
    }

    fn marks(&self) -> Option<impl IntoView + use<>> {
        let slips = (self.slips > 0).then(|| {
            let sign = match self.unexplained {
                0 => format!("▼{}", self.slips),
                unexplained => format!("▼{} !{unexplained}", self.slips),
            };
            let words = format!(
                " {}, {} not explained",
                say::count(self.slips, "slip", "slips"),
                self.unexplained
            );
            view! { <span class="app-heat__mark"><span aria-hidden="true">{sign}</span><span class="govuk-visually-hidden">{words}</span></span> }
        });
        let broken = self.broken.map(|(sign, words)| {
            view! { <span class="app-heat__mark"><span aria-hidden="true">{sign}</span><span class="govuk-visually-hidden">{format!(" {words}")}</span></span> }
        });
        (slips.is_some() || broken.is_some()).then(|| view! { {slips}{broken} })
    }
}

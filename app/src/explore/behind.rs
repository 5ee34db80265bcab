//! What is behind a cell: one Practice, one element, criterion by criterion in two cycles.

use super::{
    criterion::wording,
    view::{Query, View},
};
use crate::{
    paths::{self, AssessmentPath},
    ui::{
        entry::{fact, prose_fact, words},
        evidence::cited,
    },
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{self, Path, State};
use framework::{
    assessment::AdaptationClass,
    criteria::{Criterion, Element},
    drift::change,
    ids::{ElementId, PracticeSlug},
    network::History,
    rating::Rating,
    report::NOT_ASKED,
    sheet::{CriterionRatings, Sheet},
};
use leptos::prelude::*;
use report::{charts, charts::Pair, say};
use store::Finished;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, element)): Path<(String, String)>,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    let practice = PracticeSlug::parse(&practice).map_err(|_| Refusal::NotFound)?;
    let element = ElementId::parse(&element).map_err(|_| Refusal::NotFound)?;
    let network = state.store.network(&actor).await?;
    let view = View::read(&query, &network)?.ok_or(Refusal::NotFound)?;
    let said = state.store.finished(&actor, &practice, &view.span.to).await?;
    let element = said.framework.element(&element).ok_or(Refusal::NotFound)?.clone();
    let histories = network.facts().histories();
    let history = histories.iter().find(|history| history.practice.slug == practice);
    let behind = Behind::new(&state, &view, history.ok_or(Refusal::NotFound)?, said)?;
    Ok(behind.page(&view, &element).respond(&state, Some(&actor)).await)
}

/// A Practice in the two cycles.
struct Behind<'a> {
    history: &'a History,
    now: &'a Sheet,
    before: Option<&'a Sheet>,
    /// For each criterion of the later version the place of the comparable one in the earlier.
    way: Vec<Option<usize>>,
    /// The assessment before the later one, and the same for it.
    previous: Option<(&'a Sheet, Vec<Option<usize>>)>,
    said: Finished,
}

impl<'a> Behind<'a> {
    fn new(state: &AppState, view: &View, history: &'a History, said: Finished) -> Result<Behind<'a>, Refusal> {
        let now = history.at(&view.span.to).ok_or(Refusal::NotFound)?;
        let before = history.at(&view.span.from).filter(|_| view.span.from != view.span.to);
        let library = state.store.library();
        let way = |before: &Sheet| library.crosswalk(&before.version, &now.version).map(|way| way.pairs);
        let earlier = history.until(&view.span.to).iter().rev().nth(1);
        Ok(Behind {
            previous: earlier.map(|previous| (previous, way(previous).unwrap_or_default())),
            way: before.and_then(way).unwrap_or_default(),
            history,
            now,
            before,
            said,
        })
    }

    fn page(&self, view: &View, element: &Element) -> Page {
        let practice = &self.history.practice;
        let criteria = element
            .criteria
            .clone()
            .map(|place| self.criterion(place).into_any())
            .collect_view();
        let compared = match self.before {
            Some(before) => format!(
                "{} under {}, compared with {} under {}",
                self.now.cycle, self.now.version, before.cycle, before.version
            ),
            None => format!(
                "{} under {}. There is no assessment of another cycle to compare with here.",
                self.now.cycle, self.now.version
            ),
        };
        let others = self
            .said
            .framework
            .elements
            .iter()
            .map(|other| {
                let href = view.at(&format!("/drift/practices/{}/{}", practice.slug, other.id));
                let current = (other.id == element.id).then_some("page");
                view! { <li><a class="govuk-link" href=href aria-current=current>{other.title.clone()}</a></li> }
            })
            .collect_view();
        let report = AssessmentPath {
            practice: practice.slug.clone(),
            cycle: self.now.cycle.clone(),
        };
        Page::new(
            format!("{}: {}", practice.name, element.title),
            view! {
                <span class="govuk-caption-l">{practice.name.clone()}</span>
                <h1 class="govuk-heading-l">{element.title.clone()}</h1>
                <p class="govuk-body">{compared}</p>
                <ul class="govuk-list app-downloads">
                    <li><a class="govuk-link" href=report.page("report")>"The whole report"</a></li>
                    <li><a class="govuk-link" href=paths::adaptations(&practice.slug)>"Register of adaptations"</a></li>
                </ul>
                {self.chart(element)}
                {criteria}
                <h2 class="govuk-heading-m">"Other elements"</h2>
                <ul class="govuk-list">{others}</ul>
            },
        )
        .with_back(view.at("/drift"), "Practices by element")
        .wide()
    }

    /// Returns the criteria from one cycle to the other.
    fn chart(&self, element: &Element) -> Option<impl IntoView + use<>> {
        let before = self.before?;
        let changes = element
            .criteria
            .clone()
            .filter_map(|place| change(place, &self.way, &before.marks, &self.now.marks));
        let pairs: Vec<Pair> = changes
            .map(|change| Pair {
                label: self.said.framework.criteria[change.criterion].title.clone(),
                first: Some(f64::from(change.from.level())),
                second: Some(f64::from(change.to.level())),
            })
            .collect();
        let names = [before.cycle.as_str(), self.now.cycle.as_str()];
        let alt: Vec<String> = (pairs.iter())
            .map(|pair| {
                format!(
                    "{}: {} then {}",
                    pair.label,
                    say::score(pair.first),
                    say::score(pair.second)
                )
            })
            .collect();
        (!pairs.is_empty()).then(|| {
            let title = format!("Each criterion in {} and {}", names[0], names[1]);
            let svg = charts::dumbbell(charts::SCREEN, names, &pairs).to_svg(&title, &alt.join("; "));
            view! { <figure class="app-figure"><p class="app-figure__title">{title.clone()}</p><div inner_html=svg></div></figure> }
        })
    }

    fn criterion(&self, index: usize) -> impl IntoView + use<> {
        let criterion: &Criterion = &self.said.framework.criteria[index];
        let mark = self.now.marks.get(index).copied().unwrap_or_default();
        let entry = self.said.entries.get(index);
        let items = self.said.cited.get(index).map(Vec::as_slice).unwrap_or_default();
        let core = criterion
            .core
            .then(|| view! { <strong class="govuk-tag govuk-tag--grey">"Core"</strong> });
        let said = entry.map(|entry| {
            let named = self.said.register.named(entry);
            view! {
                {prose_fact("Evidence", &entry.answer.evidence)}
                {prose_fact("Comment", &entry.answer.comment)}
                {prose_fact("Done differently", &entry.answer.adaptation)}
                {prose_fact("Reviewer’s comment", &entry.review.comment)}
                {prose_fact("How it was agreed", &entry.agreement.comment)}
                {fact("Agreed adaptation", named)}
            }
        });
        let other_version = self.before.is_some_and(|before| before.version != self.now.version);
        let wording = other_version
            .then(|| wording(criterion, &self.said.framework))
            .flatten();
        view! {
            <section class="app-criterion" id=criterion.id.to_string()>
                <h2 class="govuk-heading-m">{criterion.title.clone()}" "{core}</h2>
                {wording}
                <p class="govuk-body"><strong>{self.moved(index)}</strong></p>
                <dl class="app-facts">
                    {self.earlier(index).map(|(cycle, earlier)| fact_of(&format!("Ratings {cycle}"), &earlier))}
                    {fact_of(&format!("Ratings {}", self.now.cycle), &mark)}
                    {fact("Explained by", self.put_down(index))}
                    {said}
                </dl>
                {cited(&self.history.practice.slug, items)}
            </section>
        }
    }

    fn earlier(&self, index: usize) -> Option<(String, CriterionRatings)> {
        let before = self.before?;
        let mark = before.marks.get((*self.way.get(index)?)?)?;
        Some((before.cycle.to_string(), *mark))
    }

    fn moved(&self, index: usize) -> String {
        let Some(before) = self.before else {
            return "Nothing to compare with.".to_owned();
        };
        let Some(change) = change(index, &self.way, &before.marks, &self.now.marks) else {
            return match self.earlier(index) {
                None => "Not comparable: the earlier version asked for something else, or nothing.".to_owned(),
                Some(_) => "Not rated in both cycles.".to_owned(),
            };
        };
        let (from, to) = (change.from, change.to);
        match change.d() {
            0 => format!("No change: {to}"),
            d if d > 0 => format!("▲ Up by {d}: {from} → {to}"),
            d => format!("▼ Down by {}: {from} → {to}", -d),
        }
    }

    fn put_down(&self, index: usize) -> Option<String> {
        let mark = self.now.marks.get(index)?;
        let before = self.before.map(|before| before.marks.as_slice()).unwrap_or_default();
        let slip = change(index, &self.way, before, &self.now.marks).filter(|change| change.is_slip());
        if slip.is_some_and(|slip| !slip.is_asked(self.slipped_lately(index))) {
            return Some(NOT_ASKED.to_owned());
        }
        let class = mark.class.or(slip.map(|_| AdaptationClass::Unexplained));
        class.map(|class| class.name().to_owned())
    }

    /// Returns whether it is a slip since the assessment before the later one too.
    fn slipped_lately(&self, index: usize) -> bool {
        let Some((previous, way)) = &self.previous else {
            return false;
        };
        change(index, way, &previous.marks, &self.now.marks).is_some_and(|change| change.is_slip())
    }
}

/// Returns the three ratings in one line.
fn fact_of(name: &str, mark: &CriterionRatings) -> Option<impl IntoView + use<>> {
    let rating = |who: &str, rating: Option<Rating>| rating.map(|rating| format!("{who} {}", words(rating)));
    let all = [
        rating("self", mark.self_rating),
        rating("review", mark.review_rating),
        rating("agreed", mark.agreed_rating),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let said = match (mark.not_applicable, all.is_empty()) {
        (true, _) => "Not applicable".to_owned(),
        (false, true) => "Not rated".to_owned(),
        (false, false) => all.join(" · "),
    };
    Some(fact(name, Some(said)))
}

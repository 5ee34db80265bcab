//! The form above a view: what is compared and which Practices count. It is sent by GET, so that the address holds it all.

use super::view::{Shown, View};
use crate::{
    paths,
    ui::form::{Select, TextField, hidden},
};
use framework::explore::{Age, Criteria, Explorer, SlipFilter, Span};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The views that there are: path and words.
const VIEWS: [(&str, &str); 4] = [
    ("/drift", "Practices by element"),
    ("/drift/criteria", "Criteria by cycle"),
    ("/drift/years", "Practices over the years"),
    (paths::NETWORK, "The network as a whole"),
];

/// What a page lets choose besides the Practices. What it does not is kept for the other views.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The earlier cycle.
    From,
    /// The later cycle.
    To,
    /// All, core or adaptable criteria.
    Criteria,
    /// Drift or score.
    Shown,
}

/// Links between the views; the same Practices and cycles in each.
pub fn tabs(view: &View, here: &'static str) -> impl IntoView + use<> {
    let links = VIEWS
        .into_iter()
        .map(|(path, words)| {
            let current = (path == here).then_some("page");
            view! { <li><a class="govuk-link" href=view.on_page(1).at(path) aria-current=current>{words}</a></li> }
        })
        .collect_view();
    view! {
        <nav aria-label="Views"><ul class="govuk-list app-downloads app-views">
            {links}
        </ul></nav>
    }
}

/// Returns the form.
pub fn filters(view: &View, network: &Explorer, path: &'static str, choices: &[Choice]) -> impl IntoView + use<> {
    let cycles = || {
        view.cycles()
            .iter()
            .rev()
            .map(|(cycle, _)| (cycle.to_string(), cycle.to_string()))
    };
    let any = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let regions = network.regions().iter().map(|region| (region.clone(), region.clone()));
    let versions: BTreeSet<String> = view.cycles().iter().map(|(_, version)| version.to_string()).collect();
    let versions = versions.into_iter().map(|version| (version.clone(), version));
    let ages = Age::ALL
        .into_iter()
        .map(|age| (age.code().to_owned(), age.name().to_owned()));
    let slips = SlipFilter::ALL
        .into_iter()
        .map(|slips| (slips.code().to_owned(), slips.name().to_owned()));
    let criteria = Criteria::ALL
        .into_iter()
        .map(|one| (one.code().to_owned(), one.name().to_owned()));
    let shown = Shown::ALL
        .into_iter()
        .map(|one| (one.code().to_owned(), one.name().to_owned()));
    let filter = &view.filter;
    let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
    let choice =
        |choice: Choice, name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: &str| {
            match choices.contains(&choice) {
                true => view! { <Select name=name label=label options=options chosen=chosen.to_owned()/> }.into_any(),
                false => hidden(name, chosen).into_any(),
            }
        };
    let Span {
        from,
        to,
        criteria: counted,
    } = &view.span;
    view! {
        <form method="get" action=path class="app-filters" aria-label="What is shown">
            {choice(Choice::From, "from", "From cycle", cycles().collect(), from.as_str())}
            {choice(Choice::To, "to", "To cycle", cycles().collect(), to.as_str())}
            {choice(Choice::Criteria, "criteria", "Criteria", criteria.collect(), counted.code())}
            <TextField name="name" label="Name contains" value=filter.name.clone().unwrap_or_default()/>
            <Select name="region" label="Region" options=any("All regions").chain(regions).collect() chosen=filter.region.clone().unwrap_or_default()/>
            <Select name="age" label="Age of the Practice" options=any("All ages").chain(ages).collect() chosen=code(filter.age.map(Age::code))/>
            <Select name="version" label="Version" options=any("All versions").chain(versions).collect() chosen=filter.version.as_ref().map(ToString::to_string).unwrap_or_default()/>
            <Select name="slips" label="Slips" options=any("With and without").chain(slips).collect() chosen=code(filter.slips.map(SlipFilter::code))/>
            {choice(Choice::Shown, "show", "Cells show", shown.collect(), view.shown.code())}
            <div class="app-filters__send">
                <button type="submit" class="govuk-button govuk-button--secondary">"Show"</button>
                <a class="govuk-link" href=path>"Show everything"</a>
            </div>
        </form>
    }
}

/// Earlier and later parts of a list of `n`, `size` a page.
pub fn pages(view: &View, path: &str, n: usize, size: usize) -> Option<impl IntoView + use<>> {
    let last = n.div_ceil(size).max(1);
    let link = |page: usize, words: &'static str, rel: &'static str| {
        let href = view.on_page(page).at(path);
        view! { <li><a class="govuk-link" href=href rel=rel>{words}</a></li> }
    };
    (last > 1).then(|| {
        let page = view.page.min(last);
        view! {
            <nav aria-label="Pages"><ul class="govuk-list app-downloads">
                {(page > 1).then(|| link(page - 1, "Previous page", "prev"))}
                <li>{format!("Page {page} of {last}")}</li>
                {(page < last).then(|| link(page + 1, "Next page", "next"))}
            </ul></nav>
        }
    })
}

/// Returns the part of a list that a page shows.
pub fn part<'l, T>(view: &View, list: &'l [T], size: usize) -> &'l [T] {
    let last = list.len().div_ceil(size).max(1);
    let start = (view.page.clamp(1, last) - 1) * size;
    &list[start..list.len().min(start + size)]
}

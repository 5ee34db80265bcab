//! The booklets of the versions in the program, as other programs see them. Needs Debian's `qpdf` and `poppler-utils`.

mod tools;

use framework::{
    criteria::{Criterion, Framework},
    crosswalk::{ChangeKind, changes},
    library::Library,
};
use report::{
    markdown,
    output::{booklet_html, booklet_pdf},
};
use std::{collections::BTreeSet, fs, path::PathBuf, sync::Arc};
use tools::{path, run};

/// Every version with the version before it.
fn versions() -> Vec<(&'static Arc<Framework>, Option<&'static Framework>)> {
    let library = Library::embedded();
    let older = |version| library.before(version).map(AsRef::as_ref);
    library.versions().map(|version| (version, older(version))).collect()
}

/// Returns the booklet where the tools can read it. Each test has a file of its own: they run at the same time.
fn written(test: &str, framework: &Framework, older: Option<&Framework>) -> PathBuf {
    let name = format!("booklet-{}-{test}.pdf", framework.version);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, booklet_pdf(framework, older).expect("a booklet")).expect("the file is written");
    file
}

/// Letters and digits only: a page breaks lines and sets bullets.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns what a page shows.
fn text_of(page: &str) -> String {
    let words = page.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    words.collect::<String>().replace("&#39;", "'").replace("&quot;", "\"")
}

/// Returns the words of markdown.
fn words(text: &str) -> String {
    markdown::inlines(text).into_iter().map(|inline| inline.text).collect()
}

/// Everything a version says in words on a criterion.
fn said(criterion: &Criterion) -> Vec<String> {
    let texts = [&criterion.asks, &criterion.why, &criterion.evidence];
    let texts = texts
        .into_iter()
        .chain(&criterion.may_vary)
        .chain(&criterion.before_launch);
    let measure = criterion
        .measure
        .iter()
        .flat_map(|measure| [&measure.what, &measure.unit]);
    let change = criterion.before.iter().map(|before| words(&before.change));
    [criterion.title.clone(), criterion.source.clone()]
        .into_iter()
        .chain(texts.map(|text| words(text)))
        .chain(criterion.anchors.iter().map(|anchor| words(anchor)))
        .chain(measure.cloned())
        .chain(change)
        .collect()
}

/// Returns the ids of headings of a page, and where its links within itself lead.
fn attributes<'p>(page: &'p str, opening: &str) -> Vec<&'p str> {
    let values = page.split(opening).skip(1);
    values.filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

#[test]
fn everything_that_a_version_says_is_in_its_pdf_and_on_its_page() {
    for (framework, older) in versions() {
        let file = written("words", framework, older);
        // without what runs along the head and foot of each page
        let body = ["-raw", "-x", "0", "-y", "54", "-W", "596", "-H", "738"];
        let text = bare(&run(
            "pdftotext",
            "poppler-utils",
            &[&body[..], &[path(&file), "-"]].concat(),
        ));
        let page = bare(&text_of(&booklet_html(framework, older)));
        let elements = framework.elements.iter().map(|element| words(&element.about));
        let parameters = framework.parameters.iter().flat_map(|p| [&p.what, &p.unset]).cloned();
        let criteria = framework.criteria.iter().flat_map(said);
        for said in criteria.chain(elements).chain(parameters) {
            let version = &framework.version;
            assert!(text.contains(&bare(&said)), "{version}: not in the PDF: {said}");
            assert!(page.contains(&bare(&said)), "{version}: not on the page: {said}");
        }
    }
}

#[test]
fn qpdf_finds_no_fault_and_the_tags_are_there() {
    for (framework, older) in versions() {
        let file = written("checked", framework, older);
        let report = run("qpdf", "qpdf", &["--check", path(&file)]);
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
        let info = run("pdfinfo", "poppler-utils", &[path(&file)]);
        assert!(
            info.contains("Tagged:          yes") && info.contains(&framework.title),
            "{info}"
        );
    }
}

#[test]
fn the_same_version_is_the_same_bytes() {
    for (framework, older) in versions() {
        let [first, second] = [(); 2].map(|()| booklet_pdf(framework, older).expect("a booklet"));
        assert_eq!(first, second);
    }
}

#[test]
fn every_criterion_is_an_anchor_by_its_id_and_every_link_leads_somewhere() {
    for (framework, older) in versions() {
        let page = booklet_html(framework, older);
        let ids = attributes(&page, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice");
        for criterion in &framework.criteria {
            let heading = format!("id=\"{}\">{}</h3>", criterion.id, html_text(&criterion.title));
            assert!(page.contains(&heading), "{heading}");
        }
        for target in attributes(&page, "href=\"#") {
            assert!(unique.contains(target), "nothing has the id {target}");
        }
    }
}

fn html_text(text: &str) -> String {
    report::html::inlines(&[report::document::Inline::text(text)])
}

/// Returns what stands between a heading of the second level and the next heading.
fn part<'p>(page: &'p str, id: &str) -> &'p str {
    let heading = format!("<h3 class=\"govuk-heading-m\" id=\"{id}\"");
    let (_, rest) = page.split_once(&heading).expect(&heading);
    let (_, rest) = rest.split_once("</h3>").expect("its end");
    let end = [rest.find("<h2"), rest.find("<h3")].into_iter().flatten().min();
    &rest[..end.unwrap_or(rest.len())]
}

#[test]
fn a_change_leads_to_its_criterion_and_back_and_what_was_retired_is_named() {
    let mut met = BTreeSet::new();
    for (framework, older) in versions() {
        let page = booklet_html(framework, older);
        let Some(older) = older else {
            assert!(
                !page.contains("Changes since"),
                "{} has nothing before it",
                framework.version
            );
            continue;
        };
        let heading = format!("id=\"changes-since-{}\"", older.version);
        let (before, after) = page.split_once(&heading).expect("a list of changes");
        for change in changes(older, framework) {
            met.insert(change.kind);
            assert!(after.contains(&html_text(&change.title)), "{} is named", change.title);
            let Some(id) = &change.criterion else { continue };
            assert!(after.contains(&format!("href=\"#{id}\"")), "the changes lead to {id}");
            let own = part(before, id.as_str());
            let back = own.split_once(&format!("\">{}</a>", change.kind.words()));
            let list = back.and_then(|(own, _)| own.rsplit_once("href=\"#"));
            let (_, list) = list.unwrap_or_else(|| panic!("{id} does not lead back to the changes"));
            let row = format!("href=\"#{id}\"");
            assert!(part(after, list).contains(&row), "{id} is not where it leads back to");
        }
    }
    assert!(met.contains(&ChangeKind::Retired) && met.len() >= 5, "{met:?}");
}

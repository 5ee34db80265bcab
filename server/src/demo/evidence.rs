//! The evidence that some Practices keep: small files made here, links and notes, cited year after year.

use super::{Refused, practices::Practice};
use files::{Files, receive};
use framework::{
    actor::Actor,
    criteria::Framework,
    evidence::{Content, Evidence, EvidenceId, Link, Title},
    ids::{CriterionId, CycleId, PracticeSlug},
    prose::Prose,
};
use std::collections::BTreeMap;
use store::Store;
use time::{Duration, OffsetDateTime};

/// What an item is made of.
#[derive(Clone, Copy, Debug)]
enum Made {
    /// A PDF with a line of text.
    Pdf(&'static str),
    /// A table.
    Csv(&'static str, &'static str),
    /// A small picture.
    Png(&'static str),
    Link(&'static str),
    Note(&'static str),
}

/// An item that a Practice adds, in the year it first appears.
#[derive(Clone, Copy, Debug)]
struct Item {
    practice: &'static str,
    year: &'static str,
    title: &'static str,
    shows: &'static str,
    made: Made,
    /// How many days before it was added it is true of.
    age: i64,
    /// For how many days after it was added it may be relied upon.
    lasts: Option<i64>,
    /// The criteria that it shows; those that a version does not have are passed over.
    on: &'static [&'static str],
}

const fn item(
    (practice, year): (&'static str, &'static str),
    (title, shows): (&'static str, &'static str),
    made: Made,
    (age, lasts): (i64, Option<i64>),
    on: &'static [&'static str],
) -> Item {
    Item {
        practice,
        year,
        title,
        shows,
        made,
        age,
        lasts,
        on,
    }
}

use Made::{Csv, Link as Address, Note, Pdf, Png};

/// The items, in the order in which they were added. One of Quillbridge's has passed its review-by day; its terms of
/// reference are from the year before and were confirmed.
#[rustfmt::skip]
const ITEMS: [Item; 9] = [
    item(("quillbridge", "2025"), ("Board’s terms of reference", "Who sits on the board, and how often it meets: section 2."),
        Pdf("terms-of-reference.pdf"), (90, Some(1095)), &["practice-board", "multi-agency-seat"]),
    item(("quillbridge", "2025"), ("Caseload figures by month", "Women for each practitioner, on the last day of each month."),
        Csv("caseloads.csv", "month,practitioner,women\nJanuary,A,8\nJanuary,B,7\nFebruary,A,9\nFebruary,B,8\n"), (20, Some(180)), &["caseload-ceiling"]),
    item(("quillbridge", "2026"), ("Supervision rota", "That reflective supervision is in the diary every month, and who gives it."),
        Png("rota.png"), (12, Some(365)), &["reflective-supervision", "lead-supervision"]),
    item(("quillbridge", "2026"), ("Induction checklist", "What new colleagues learn in their first six weeks."),
        Address("https://example.org/quillbridge/induction"), (200, Some(60)), &["pause-induction"]),
    item(("quillbridge", "2026"), ("How the money on the day is asked for", "The way from a request to the decision, as the team described it."),
        Note("At the team day the practitioners walked through the last five requests. Each was decided on the same day, by the lead or, in her absence, the co-ordinator."), (30, None), &["money-on-the-day", "resource-decision-time"]),
    item(("marrowdale", "2025"), ("Staffing over the year", "Who was in post, and for how long each post was empty."),
        Csv("staffing.csv", "post,from,to\nPractitioner 1,January,December\nPractitioner 2,January,May\nPractitioner 2,September,December\n"), (15, Some(330)), &["same-practitioner", "cover-in-time"]),
    item(("marrowdale", "2026"), ("Minutes on caseloads", "That the board has talked about caseloads, and what it decided."),
        Pdf("minutes.pdf"), (40, None), &["caseload-ceiling", "practice-board"]),
    item(("tidewell-strand", "2026"), ("What women told us", "The summary of the yearly survey, without names."),
        Pdf("survey-summary.pdf"), (60, Some(365)), &["womens-views", "womens-voice-to-agencies"]),
    item(("llanbreuddwyd", "2026"), ("Our delivery plan", "What is the same as in the model, and what is local."),
        Address("https://example.org/llanbreuddwyd/plan"), (25, Some(400)), &["core-model-known", "adaptations-recorded"]),
];

/// A Practice's library, in one of its years.
pub(super) struct Library<'a> {
    pub(super) store: &'a Store,
    pub(super) files: &'a Files,
    pub(super) lead: &'a Actor,
    pub(super) slug: &'a PracticeSlug,
    pub(super) cycle: &'a CycleId,
    pub(super) framework: &'a Framework,
}

impl Library<'_> {
    /// Adds this year's items, says which of earlier years are still true, and cites them all.
    pub(super) async fn keep(&self, practice: &Practice, day: OffsetDateTime) -> Result<(), Refused> {
        let known = self.store.evidence(self.lead, self.slug).await?.items;
        let year = self.cycle.as_str();
        for item in ITEMS
            .iter()
            .filter(|item| item.practice == practice.slug && item.year <= year)
        {
            let old = known
                .iter()
                .find(|known| known.latest.evidence.title.as_str() == item.title);
            let id = match old {
                Some(old) => {
                    let confirmed = self
                        .store
                        .confirm_evidence(self.lead, self.slug, self.cycle, old.id, day);
                    confirmed.await?;
                    old.id
                }
                None => self.add(item, day).await?,
            };
            self.cite(item, id, day + Duration::days(1)).await?;
        }
        Ok(())
    }

    async fn add(&self, item: &Item, day: OffsetDateTime) -> Result<EvidenceId, Refused> {
        let (content, kept) = match item.made {
            Made::Link(address) => (Content::Link(Link::read(address).map_err(Refused::Bug)?), None),
            Made::Note(text) => (
                Content::Note(Prose::try_from(text.to_owned()).map_err(Refused::Bug)?),
                None,
            ),
            Made::Pdf(name) => self.upload(name, pdf(item.title)).await?,
            Made::Csv(name, text) => self.upload(name, text.into()).await?,
            Made::Png(name) => self.upload(name, PNG.to_vec()).await?,
        };
        let evidence = Evidence {
            title: Title::read(item.title).map_err(Refused::Bug)?,
            shows: Prose::try_from(item.shows.to_owned()).map_err(Refused::Bug)?,
            true_of: (day - Duration::days(item.age)).date(),
            review_by: item.lasts.map(|days| (day + Duration::days(days)).date()),
            content,
        };
        let id = self.store.add_evidence(self.lead, self.slug, &evidence, day).await?;
        drop(kept);
        Ok(id)
    }

    async fn upload(&self, name: &str, bytes: Vec<u8>) -> Result<(Content, Option<files::StorageGuard>), Refused> {
        let bug = |error: files::FilesError| Refused::Bug(error.to_string());
        let whole = futures::stream::iter([Ok::<_, std::convert::Infallible>(bytes.into())]);
        let received = receive(whole).await.map_err(bug)?;
        let checked = self.files.check(name, received).await.map_err(bug)?;
        let kept = self.files.store(&checked).await.map_err(bug)?;
        Ok((Content::File(checked.facts), Some(kept)))
    }

    async fn cite(&self, item: &Item, id: EvidenceId, day: OffsetDateTime) -> Result<(), Refused> {
        let ids = item
            .on
            .iter()
            .map(|id| CriterionId::parse(id).map_err(|error| Refused::Bug(error.to_string())));
        for criterion in ids.collect::<Result<Vec<_>, _>>()? {
            if self.framework.criterion(&criterion).is_some() {
                let change = BTreeMap::from([(id, true)]);
                self.store
                    .cite(self.lead, self.slug, self.cycle, &criterion, &change, day)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Returns a page with one line on it.
fn pdf(line: &str) -> Vec<u8> {
    // the standard fonts have no curly marks
    let line: String = line
        .chars()
        .filter(char::is_ascii)
        .filter(|c| !"()\\".contains(*c))
        .collect();
    let text = format!("BT /F1 18 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), vec![]);
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj{object}endobj\n", number + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

/// One grey point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

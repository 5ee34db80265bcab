//! The invented Practices: who they are, how their years went, where they stand in the latest cycle. No such places exist.

/// How a Practice's years went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// Little moves.
    Steady,
    /// Caseloads rise, supervision slips, and nobody says why.
    Drifting,
    /// A bad first year, and better since.
    Recovering,
    /// Does some things differently on purpose.
    Adapted,
    /// Opened lately, and finds its feet.
    New,
}

/// Where a Practice stands in the latest cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// So many of a hundred criteria answered.
    Draft(usize),
    /// Waiting for a reviewer.
    Submitted,
    /// So many of a hundred criteria rated by the reviewer.
    InReview(usize),
    /// Back with questions.
    Returned,
    /// All differences settled.
    Moderated,
    /// Finished.
    Finalised,
}

/// A Practice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Practice {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    /// The lead's name.
    pub(super) lead: &'static str,
    pub(super) story: Story,
    /// The year of its first assessment.
    pub(super) first: u16,
    pub(super) stand: Stand,
    /// In how many of a hundred criteria its own rating is one above the reviewer's; below it, where negative.
    pub(super) optimism: i8,
}

const fn practice(
    (slug, name, region): (&'static str, &'static str, &'static str),
    lead: &'static str,
    story: Story,
    first: u16,
    stand: Stand,
    optimism: i8,
) -> Practice {
    Practice {
        slug,
        name,
        region,
        lead,
        story,
        first,
        stand,
        optimism,
    }
}

/// The Practice of the demonstration's lead, contributors and reader.
pub(super) const MAIN: &str = "quillbridge";
/// The Practice with questions to answer, with a lead's account of its own.
pub(super) const RETURNED: &str = "tidewell-strand";
/// The Practice that drifts and has finished, with a lead's account of its own.
pub(super) const DRIFTED: &str = "marrowdale";
/// The Practice to which a reviewer belongs.
pub(super) const REVIEWERS_OWN: &str = "ravelstoke";

use Stand::{Draft, Finalised, InReview, Moderated, Returned, Submitted};
use Story::{Adapted, Drifting, New, Recovering, Steady};

/// All of them.
#[rustfmt::skip]
pub(super) const PRACTICES: [Practice; 24] = [
    practice(("quillbridge", "Quillbridge", "East Midlands"), "Ffion Tregarrow", Recovering, 2024, Draft(60), 20),
    practice(("tidewell-strand", "Tidewell Strand", "South East"), "Joan Addlestane", Steady, 2024, Returned, 40),
    practice(("marrowdale", "Marrowdale", "Yorkshire and the Humber"), "Petra Hollinrake-Voss", Drifting, 2024, Finalised, 35),
    practice(("ravelstoke", "Ravelstoke", "South West"), "Imogen Castellow", Steady, 2024, Submitted, 10),
    practice(("llanbreuddwyd", "Llanbreuddwyd", "Wales"), "Siân Pryce-Ellwood", Adapted, 2024, Finalised, 5),
    practice(("pont-dychymyg", "Pont Dychymyg", "Wales"), "Gwenllian Aubrey", Recovering, 2024, Finalised, 15),
    practice(("twr-cwmwl", "Tŵr Cwmwl", "Wales"), "Heledd Morwen-Shaw", New, 2025, InReview(55), 25),
    practice(("traeth-y-ser", "Traeth y Sêr", "Wales"), "Mabli Cadogan-Lee", New, 2026, Draft(15), 10),
    practice(("lanternham", "Lanternham", "London"), "Adaeze Winterbourne", Steady, 2024, Finalised, -15),
    practice(("saltwhistle", "Saltwhistle", "East of England"), "Ruth Pennyfather-Oke", Drifting, 2024, Finalised, 30),
    practice(("emberholt", "Emberholt", "West Midlands"), "Nasreen Foxcroft", Recovering, 2024, Finalised, 10),
    practice(("thistlewick-bay", "Thistlewick Bay", "North East"), "Morag Ellerby-Quill", Adapted, 2024, Finalised, 0),
    practice(("kestrelby", "Kestrelby", "Yorkshire and the Humber"), "Beatrix Oyelade", Steady, 2024, Finalised, 20),
    practice(("mistlebeck", "Mistlebeck", "North West"), "Carys Underhallow", Adapted, 2024, Moderated, 15),
    practice(("silverhithe", "Silverhithe", "London"), "Yewande Marchbank", Drifting, 2024, InReview(100), 45),
    practice(("wyrmcote", "Wyrmcote", "West Midlands"), "Anneliese Thrupp", Steady, 2024, Finalised, 5),
    practice(("copperwold", "Copperwold", "East Midlands"), "Delphine Harrowgate-Sen", Steady, 2024, Finalised, 25),
    practice(("harrowmere", "Harrowmere", "North West"), "Lorna Quickenden", Recovering, 2024, Finalised, -10),
    practice(("oakenstrand", "Oakenstrand", "East of England"), "Tamsin Bellweather", Steady, 2024, Submitted, 15),
    practice(("strathmirren", "Strathmirren", "Scotland"), "Eilidh Farquhar-Moss", Steady, 2024, Finalised, 0),
    practice(("glen-farrach", "Glen Farrach", "Scotland"), "Catriona Dunmarrow", Adapted, 2025, Finalised, 10),
    practice(("ballynareeve", "Ballynareeve", "Northern Ireland"), "Orlagh Mac Fhinn", New, 2025, Finalised, 30),
    practice(("starling-cross", "Starling Cross", "South East"), "Hester Vanterpool", Drifting, 2025, Finalised, 20),
    practice(("foxglove-vale", "Foxglove Vale", "South West"), "Rosalind Achterberg", New, 2026, Finalised, 35),
];

impl Practice {
    /// Returns the address with which its lead signs in.
    pub(super) fn lead_email(&self) -> String {
        match self.slug {
            MAIN => "lead@demo.example".to_owned(),
            slug => format!("lead.{slug}@demo.example"),
        }
    }
}

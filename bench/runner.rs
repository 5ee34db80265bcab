//! Our side of the races.

use crate::{Result, network, race::Run};
use framework::{
    agreement::Agreement,
    assessment::AdaptationClass,
    ids::{CycleId, VersionId},
    library::Library,
    lifecycle::Status,
    network::{Levels, NetworkFacts, Shift},
    rating::Rating,
    report::{DriftFigures, NationalReport, national_report},
    sheet::{CriterionRatings, Sheet},
};
use report::{charts::PAPER, national, pdf::pdf};
use std::{
    collections::{HashMap, HashSet},
    fmt::Display,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The national figures from a folder with `rows.csv`.
pub struct Figures {
    folder: PathBuf,
    facts: Option<Arc<NetworkFacts>>,
    report: Option<NationalReport>,
}

impl Figures {
    /// Nothing read yet.
    pub fn new(folder: PathBuf) -> Figures {
        Figures {
            folder,
            facts: None,
            report: None,
        }
    }
}

impl Run for Figures {
    fn load(&mut self) -> Result<()> {
        let library = Library::embedded();
        let mut places: HashMap<(&VersionId, &str), usize> = HashMap::new();
        for framework in library.versions() {
            let ids = framework.criteria.iter().map(|c| c.id.as_str());
            places.extend(ids.enumerate().map(|(index, id)| ((&framework.version, id), index)));
        }
        let (mut practices, mut sheets) = (vec![], vec![]);
        let mut places_of_sheets: HashMap<(String, String), usize> = HashMap::new();
        let mut seen = HashSet::new();
        let mut rows = csv::Reader::from_path(self.folder.join("rows.csv"))?;
        let mut row = csv::StringRecord::new();
        // rows of one assessment mostly follow each other, but need not
        let (mut key, mut at) = ((String::new(), String::new()), None);
        while rows.read_record(&mut row)? {
            let cell = |column: usize| row.get(column).unwrap_or_default();
            let rating = |column: usize| {
                cell(column)
                    .bytes()
                    .next()
                    .and_then(|b| Rating::new(b.wrapping_sub(b'0')))
            };
            if at.is_none() || key.0 != cell(0) || key.1 != cell(1) {
                key = (cell(0).to_owned(), cell(1).to_owned());
                at = places_of_sheets.get(&key).copied();
            }
            let at = match at {
                Some(at) => at,
                None => {
                    let info = network::info(cell(0))?;
                    let sheet = Sheet {
                        practice: info.slug.clone(),
                        cycle: CycleId::parse(cell(1))?,
                        version: VersionId::parse(cell(2))?,
                        status: Status::Finalised,
                        imported: false,
                        marks: vec![],
                    };
                    if seen.insert(info.slug.clone()) {
                        practices.push(info);
                    }
                    sheets.push(sheet);
                    places_of_sheets.insert(key.clone(), sheets.len() - 1);
                    *at.insert(sheets.len() - 1)
                }
            };
            let sheet = &mut sheets[at];
            let place = *places
                .get(&(&sheet.version, cell(3)))
                .ok_or("a row with an unknown criterion")?;
            if sheet.marks.len() <= place {
                let criteria = library.version(&sheet.version).map_or(0, |f| f.criteria.len());
                sheet.marks.resize(criteria, CriterionRatings::default());
            }
            sheet.marks[place] = CriterionRatings {
                self_rating: rating(4),
                review_rating: rating(5),
                agreed_rating: rating(6),
                not_applicable: cell(7) == "1",
                class: AdaptationClass::from_code(cell(8)),
            };
        }
        self.facts = Some(Arc::new(NetworkFacts::new(practices, sheets)));
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let facts = self.facts.as_ref().ok_or("nothing is loaded")?;
        // what was worked out before is forgotten
        self.report = Some(national_report(
            Library::embedded(),
            &network::national(facts.clone())?,
        )?);
        Ok(())
    }

    fn write(&self, path: &Path) -> Result<()> {
        let report = self.report.as_ref().ok_or("nothing was run")?;
        Sink(BufWriter::new(File::create(path)?)).report(report)
    }
}

/// The national report of so many Practices as a PDF.
pub struct Paper {
    report: NationalReport,
    file: Vec<u8>,
}

impl Paper {
    /// The report is worked out here; its document and its pages are the work.
    pub fn new(practices: usize) -> Result<Paper> {
        let report = national_report(
            Library::embedded(),
            &network::national(Arc::new(network::network(practices, network::CYCLES)?))?,
        )?;
        Ok(Paper { report, file: vec![] })
    }
}

impl Run for Paper {
    fn load(&mut self) -> Result<()> {
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        self.file = pdf(&national::document(&self.report, PAPER))?;
        Ok(())
    }

    fn write(&self, path: &Path) -> Result<()> {
        Ok(std::fs::write(path, &self.file)?)
    }
}

/// Writes a line a figure: its name in four parts, and the figure. Missing ones are left out.
struct Sink(BufWriter<File>);

impl Sink {
    fn report(&mut self, report: &NationalReport) -> Result<()> {
        for practice in &report.practices {
            let slug = &practice.practice;
            for element in &practice.elements {
                self.line("score", slug, &element.element, element.score)?;
            }
            self.line("score", slug, "overall", practice.overall.score)?;
            self.line("whole", slug, "coverage", practice.overall.coverage)?;
            self.line(
                "whole",
                slug,
                "core_gaps",
                Some(practice.overall.core_gaps.len() as f64),
            )?;
            for (way, drift) in [
                ("previous", &practice.drift.previous),
                ("baseline", &practice.drift.baseline),
            ] {
                if let Some(drift) = drift {
                    self.drift(way, slug, drift)?;
                }
            }
        }
        for point in &report.overall.series {
            self.levels(&format!("levels {}", point.cycle), "overall", &point.levels)?;
        }
        self.shift("shift", "overall", &report.overall.shift, report.overall.drift.net)?;
        self.agreement("overall", &report.agreement)?;
        for element in &report.elements {
            for point in &element.series {
                self.levels(&format!("levels {}", point.cycle), &element.id, &point.levels)?;
            }
            self.shift("shift", &element.id, &element.shift, element.drift.net)?;
            self.agreement(&element.id, &element.agreement)?;
        }
        for criterion in &report.criteria {
            let id = &criterion.id;
            self.levels("criteria", id, &criterion.levels)?;
            self.shift("shift criteria", id, &criterion.shift, criterion.change)?;
            self.line("slips", "slips", id, Some(criterion.slips as f64))?;
            self.line("slips", "unexplained", id, Some(criterion.unexplained as f64))?;
        }
        Ok(self.0.flush()?)
    }

    fn drift(&mut self, way: &str, slug: impl Display, drift: &DriftFigures) -> Result<()> {
        for (name, figure) in [
            ("pairs", Some(drift.pairs as f64)),
            ("net", drift.net),
            ("gross", drift.gross),
            ("slips", Some(drift.slips.len() as f64)),
            ("gains", Some(drift.gains.len() as f64)),
            ("unexplained", Some(drift.unexplained.len() as f64)),
        ] {
            self.line(&format!("{way} whole"), &slug, name, figure)?;
        }
        for element in &drift.elements {
            self.line(&format!("{way} net"), &slug, &element.element, element.net)?;
            self.line(&format!("{way} gross"), &slug, &element.element, element.gross)?;
        }
        Ok(())
    }

    fn levels(&mut self, name: &str, of: impl Display, levels: &Levels) -> Result<()> {
        self.line(name, "n", &of, (levels.n > 0).then_some(levels.n as f64))?;
        self.line(name, "q1", &of, levels.q1)?;
        self.line(name, "median", &of, levels.median)?;
        self.line(name, "q3", &of, levels.q3)?;
        self.line(name, "share", &of, levels.share_at_4)
    }

    fn shift(&mut self, name: &str, of: impl Display, shift: &Shift, drift: Option<f64>) -> Result<()> {
        self.line(
            name,
            "in_both",
            &of,
            (shift.in_both > 0).then_some(shift.in_both as f64),
        )?;
        self.line(name, "drift", &of, drift)?;
        self.line(name, "spread", &of, shift.spread_change)
    }

    fn agreement(&mut self, of: impl Display, agreement: &Agreement) -> Result<()> {
        for (name, figure) in [
            ("n", Some(agreement.n as f64)),
            ("exact", agreement.exact),
            ("within_one", agreement.within_one),
            ("bias", agreement.bias),
            ("kappa", agreement.kappa),
            ("ac2", agreement.ac2),
        ] {
            self.line("agreement", name, &of, figure)?;
        }
        Ok(())
    }

    fn line(&mut self, name: &str, line: impl Display, column: impl Display, figure: Option<f64>) -> Result<()> {
        if let Some(figure) = figure {
            writeln!(self.0, "{name}\t{line}\t{column}\t{figure}")?;
        }
        Ok(())
    }
}

//! Days as forms, files and people have them.

use serde::Serializer;
use std::ops::RangeInclusive;
use time::{
    Date, Month, OffsetDateTime, UtcOffset,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

const ISO: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const WORDS: &[BorrowedFormatItem<'_>] = format_description!("[day padding:none] [month repr:long] [year]");

/// The years that are taken: any other is a slip of the fingers.
const YEARS: RangeInclusive<i32> = 2000..=2199;

/// `2026-03-02`, for files.
pub fn iso(day: Date) -> String {
    // a year between 0 and 9999 has such a form
    day.format(ISO).unwrap_or_default()
}

/// `2 March 2026`, for people.
pub fn words(day: Date) -> String {
    day.format(WORDS).unwrap_or_default()
}

/// Reads `2026-03-02`; `None` where nothing is written. The days are those that forms take.
///
/// # Errors
/// A sentence for the person.
pub fn read_iso(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = Date::parse(text, ISO).ok();
    day.filter(|day| YEARS.contains(&day.year()))
        .map(Some)
        .ok_or_else(|| format!("“{text}” is not a day. Write it as in 2026-03-02."))
}

/// `2026-03-02T10:00:00Z`, for files.
pub fn instant(at: OffsetDateTime) -> String {
    // a year between 0 and 9999 has such a form
    at.to_offset(UtcOffset::UTC).format(&Rfc3339).unwrap_or_default()
}

/// Reads `2026-03-02T10:00:00Z`, or the same with another offset, to the second.
///
/// # Errors
/// A sentence for the person.
pub fn read_instant(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .and_then(|at| at.checked_to_offset(UtcOffset::UTC))
        .filter(|at| YEARS.contains(&at.year()))
        .map(OffsetDateTime::truncate_to_second)
        .ok_or_else(|| format!("“{text}” is not a time. Write it as in 2026-03-02T10:00:00Z."))
}

/// Writes a day as `2026-03-02`.
///
/// # Errors
/// The serializer's.
pub fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&iso(*day))
}

/// Writes a day as `2026-03-02`, or nothing.
///
/// # Errors
/// The serializer's.
pub fn serialize_some<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serialize(day, to),
        None => to.serialize_none(),
    }
}

/// A day as typed into three fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayForm {
    /// `1` to `31`.
    pub day: String,
    /// `1` to `12`.
    pub month: String,
    /// Such as `2026`.
    pub year: String,
}

impl DayForm {
    /// Returns the form that shows a day.
    pub fn of(day: Option<Date>) -> DayForm {
        day.map_or_else(DayForm::default, |day| DayForm {
            day: day.day().to_string(),
            month: u8::from(day.month()).to_string(),
            year: day.year().to_string(),
        })
    }

    /// Reads the day; `None` when all three fields are empty.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn read(&self) -> Result<Option<Date>, String> {
        let parts = [&self.day, &self.month, &self.year].map(|part| part.trim());
        if parts.iter().all(|part| part.is_empty()) {
            return Ok(None);
        }
        let missing = [("a day", parts[0]), ("a month", parts[1]), ("a year", parts[2])]
            .into_iter()
            .filter_map(|(name, part)| part.is_empty().then_some(name))
            .collect::<Vec<_>>();
        if !missing.is_empty() {
            return Err(format!("The date must have {}.", missing.join(" and ")));
        }
        let [day, month, year] = parts;
        if year.len() != 4 && year.bytes().all(|b| b.is_ascii_digit()) {
            return Err("Write the year with four digits.".to_owned());
        }
        let read = || {
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
        };
        let day = read().ok_or("Enter a real date in numbers, such as 27 3 2026.")?;
        if YEARS.contains(&day.year()) {
            Ok(Some(day))
        } else {
            let (first, last) = (YEARS.start(), YEARS.end());
            Err(format!("The year must be between {first} and {last}."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_day_is_read_from_three_fields_or_said_what_is_wrong() {
        let read = |day: &str, month: &str, year: &str| {
            DayForm {
                day: day.into(),
                month: month.into(),
                year: year.into(),
            }
            .read()
        };
        assert_eq!(read("", " ", ""), Ok(None));
        assert_eq!(read(" 2", "03", "2026 "), Ok(Some(date!(2026 - 03 - 02))));
        assert_eq!(read("29", "2", "2028"), Ok(Some(date!(2028 - 02 - 29))));
        assert_eq!(read("2", "", ""), Err("The date must have a month and a year.".into()));
        for (day, month, year) in [
            ("30", "2", "2026"),
            ("29", "2", "2026"),
            ("1", "13", "2026"),
            ("0", "1", "2026"),
            ("1", "1", "26"),
            ("1", "1", "99999"),
            ("one", "1", "2026"),
            ("-1", "1", "2026"),
        ] {
            assert!(read(day, month, year).is_err(), "{day} {month} {year}");
        }
        let said = |day, month, year| read(day, month, year).unwrap_err();
        assert_eq!(said("1", "1", "26"), "Write the year with four digits.");
        assert_eq!(said("1", "1", "1990"), "The year must be between 2000 and 2199.");
        assert_eq!(said("1", "1", "2200"), "The year must be between 2000 and 2199.");
        assert!(said("30", "2", "1990").starts_with("Enter a real date"));
        assert!(said("1", "1", "next").starts_with("Enter a real date"));
    }

    #[test]
    fn files_have_days_and_times_in_one_form() {
        use time::macros::datetime;
        assert_eq!(read_iso(""), Ok(None));
        assert_eq!(read_iso("2026-03-02"), Ok(Some(date!(2026 - 03 - 02))));
        for text in [
            "02/03/2026",
            "2026-3-2",
            "2026-02-30",
            "1999-12-31",
            "+12026-01-01",
            "46083",
        ] {
            assert!(read_iso(text).is_err(), "{text}");
        }
        let at = datetime!(2026-03-02 10:00:00 UTC);
        assert_eq!(instant(at), "2026-03-02T10:00:00Z");
        for text in ["2026-03-02T10:00:00Z", "2026-03-02T11:00:00.7+01:00"] {
            assert_eq!(read_instant(text), Ok(at), "{text}");
        }
        for text in [
            "",
            "2026-03-02",
            "2026-03-02 10:00",
            "02/03/2026 10:00",
            "9999-12-31T23:59:59-23:00",
        ] {
            assert!(read_instant(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_written_for_files_and_for_people() {
        let day = date!(2026 - 03 - 02);
        assert_eq!((iso(day).as_str(), words(day).as_str()), ("2026-03-02", "2 March 2026"));
        assert_eq!(DayForm::of(Some(day)).read(), Ok(Some(day)));
    }
}

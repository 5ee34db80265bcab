//! An assessment's ratings as bytes: which layout, then two bytes a criterion in the order of the version, or three where two
//! reviewed.
//!
//! | byte | bits 0–2 | bits 3–5 | bit 6 |
//! |---|---|---|---|
//! | first | self-rating | review rating | not applicable |
//! | second | agreed rating | class, from 1 | |
//! | third | first reading | second reading | |
//!
//! Ratings are 1 to 5, 0 is none. A version's criteria never change their order: its text is held by its hash.

use crate::{convert::bad, criterion_ratings::Found, error::Result};
use framework::{assessment::AdaptationClass, rating::Rating, sheet::CriterionRatings};

/// One review.
const ONE: u8 = 1;
/// Two reviewers' blind readings beside it.
const TWO: u8 = 2;

/// Writes the ratings of an assessment.
pub(super) fn write(found: &[Found]) -> Vec<u8> {
    let twice = found.iter().any(|found| found.blind != [None, None]);
    let mut bytes = Vec::with_capacity(1 + found.len() * if twice { 3 } else { 2 });
    bytes.push(if twice { TWO } else { ONE });
    for Found { mark, blind, .. } in found {
        let set_aside = u8::from(mark.not_applicable) << 6;
        bytes.push(level(mark.self_rating) | level(mark.review_rating) << 3 | set_aside);
        bytes.push(level(mark.agreed_rating) | class(mark.class) << 3);
        if twice {
            bytes.push(level(blind[0]) | level(blind[1]) << 3);
        }
    }
    bytes
}

/// Reads the ratings of an assessment, and what two reviewers gave to the criteria that apply and that both rated.
pub(super) fn read(bytes: &[u8], criteria: usize) -> Result<(Vec<CriterionRatings>, Vec<[Rating; 2]>)> {
    let (width, rest) = match bytes.split_first() {
        Some((&ONE, rest)) => (2, rest),
        Some((&TWO, rest)) => (3, rest),
        _ => return Err(bad("no known layout of ratings")),
    };
    if rest.len() != criteria * width {
        return Err(bad(format!("ratings of {criteria} criteria in {} bytes", rest.len())));
    }
    let mut marks = Vec::with_capacity(criteria);
    let mut twice = Vec::new();
    for bytes in rest.chunks_exact(width) {
        let mark = CriterionRatings {
            self_rating: rating(bytes[0])?,
            review_rating: rating(bytes[0] >> 3)?,
            agreed_rating: rating(bytes[1])?,
            not_applicable: bytes[0] & 1 << 6 != 0,
            class: class_of(bytes[1] >> 3)?,
        };
        if let Some(readings) = bytes.get(2)
            && let Some((first, second)) = rating(*readings)?.zip(rating(readings >> 3)?)
            && !mark.not_applicable
        {
            twice.push([first, second]);
        }
        marks.push(mark);
    }
    Ok((marks, twice))
}

fn level(rating: Option<Rating>) -> u8 {
    rating.map_or(0, Rating::level)
}

fn rating(bits: u8) -> Result<Option<Rating>> {
    match bits & 0b111 {
        0 => Ok(None),
        level => (Rating::new(level).map(Some)).ok_or_else(|| bad(format!("no rating {level}"))),
    }
}

fn class(class: Option<AdaptationClass>) -> u8 {
    match class {
        None => 0,
        Some(AdaptationClass::Consistent) => 1,
        Some(AdaptationClass::NotConsistent) => 2,
        Some(AdaptationClass::Unplanned) => 3,
        Some(AdaptationClass::Unexplained) => 4,
    }
}

fn class_of(bits: u8) -> Result<Option<AdaptationClass>> {
    Ok(Some(match bits & 0b111 {
        0 => return Ok(None),
        1 => AdaptationClass::Consistent,
        2 => AdaptationClass::NotConsistent,
        3 => AdaptationClass::Unplanned,
        4 => AdaptationClass::Unexplained,
        other => return Err(bad(format!("no class {other}"))),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rating_comes_back_as_it_was_written() {
        let ratings = || (0..=5).map(Rating::new);
        let classes = || AdaptationClass::ALL.into_iter().map(Some).chain([None]);
        let mut found = vec![];
        for (index, (own, review)) in ratings().flat_map(|own| ratings().map(move |r| (own, r))).enumerate() {
            for (agreed, class) in ratings().zip(classes().cycle().skip(index)) {
                found.push(Found {
                    mark: CriterionRatings {
                        self_rating: own,
                        review_rating: review,
                        agreed_rating: agreed,
                        not_applicable: index % 2 == 0,
                        class,
                    },
                    ..Found::default()
                });
            }
        }
        let marks: Vec<CriterionRatings> = found.iter().map(|found| found.mark).collect();
        let bytes = write(&found);
        assert_eq!(bytes.len(), 1 + 2 * found.len());
        assert_eq!(read(&bytes, found.len()).unwrap(), (marks.clone(), vec![]));
        let [two, five] = [2, 5].map(Rating::new);
        found[0].blind = [two, five]; // does not apply
        found[6].blind = [five, two];
        found[7].blind = [two, None];
        let bytes = write(&found);
        assert_eq!(bytes.len(), 1 + 3 * found.len());
        let (again, twice) = read(&bytes, found.len()).unwrap();
        assert_eq!((again, twice), (marks, vec![[five.unwrap(), two.unwrap()]]));
    }

    #[test]
    fn what_was_not_written_here_is_refused() {
        for (bytes, criteria) in [
            (&[][..], 0),
            (&[0, 0, 0], 1),
            (&[3, 0, 0], 1),
            (&[1, 0], 1),
            (&[1, 0, 0], 2),
            (&[2, 0, 0], 1),
            (&[1, 6, 0], 1),
            (&[1, 0, 7], 1),
            (&[1, 0, 5 << 3], 1),
            (&[2, 0, 0, 6 << 3], 1),
        ] {
            assert!(read(bytes, criteria).is_err(), "{bytes:?}");
        }
    }
}

//! The time that people's clocks show. Instants are kept in UTC; this file alone makes days and hours of them, in one time
//! zone for the whole program: Europe/London, unless it was started with another.

use jiff::{Timestamp, civil, tz::TimeZone};
use std::{str::FromStr, sync::OnceLock};
use time::{
    Date, Duration, OffsetDateTime, Time, UtcOffset, format_description::BorrowedFormatItem, macros::format_description,
};

/// The zone that is used where no other is asked for.
pub const USUAL_ZONE: &str = "Europe/London";

const CLOCK: &[BorrowedFormatItem<'_>] = format_description!("[hour]:[minute]");

static ZONE: OnceLock<Zone> = OnceLock::new();

/// A time zone, by its name in the IANA database, which is in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Uses a zone for the whole program. The first call counts; it comes before anything is shown.
pub fn set_zone(zone: Zone) {
    ZONE.get_or_init(|| zone);
}

/// Returns the instant with the offset that clocks have at it.
pub fn local(at: OffsetDateTime) -> OffsetDateTime {
    zone().local(at)
}

/// Returns the day that it is for people at an instant.
pub fn date(at: OffsetDateTime) -> Date {
    local(at).date()
}

/// Returns what clocks show at an instant: `14:02`.
pub fn clock(at: OffsetDateTime) -> String {
    local(at).format(CLOCK).unwrap_or_default()
}

/// Returns the first instant after `now` at which clocks show `hour`.
pub fn next(hour: Time, now: OffsetDateTime) -> OffsetDateTime {
    zone().next(hour, now)
}

fn zone() -> &'static Zone {
    ZONE.get_or_init(|| USUAL_ZONE.parse().unwrap_or(Zone(TimeZone::UTC)))
}

impl Zone {
    fn local(&self, at: OffsetDateTime) -> OffsetDateTime {
        let offset = Timestamp::from_second(at.unix_timestamp())
            .ok()
            .and_then(|instant| UtcOffset::from_whole_seconds(self.0.to_offset(instant).seconds()).ok());
        at.checked_to_offset(offset.unwrap_or(UtcOffset::UTC)).unwrap_or(at)
    }

    fn next(&self, hour: Time, now: OffsetDateTime) -> OffsetDateTime {
        let today = self.local(now).date();
        let at = self.instant(today, hour).filter(|at| *at > now);
        at.or_else(|| self.instant(today.next_day()?, hour))
            .unwrap_or(now + Duration::DAY)
    }

    /// Where clocks show it twice, the first time; where they leave it out, as much later as they are put forward.
    fn instant(&self, day: Date, hour: Time) -> Option<OffsetDateTime> {
        let (year, month, day) = (
            i16::try_from(day.year()).ok()?,
            u8::from(day.month()) as i8,
            day.day() as i8,
        );
        let (hour, minute, second) = hour.as_hms();
        let shown = civil::DateTime::new(year, month, day, hour as i8, minute as i8, second as i8, 0).ok()?;
        let instant = self.0.to_ambiguous_timestamp(shown).compatible().ok()?;
        OffsetDateTime::from_unix_timestamp(instant.as_second()).ok()
    }
}

impl FromStr for Zone {
    type Err = String;
    fn from_str(name: &str) -> Result<Zone, String> {
        let zone = TimeZone::get(name);
        zone.map(Zone)
            .map_err(|_| format!("“{name}” is not a time zone. Write its name as in Europe/London."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime, time};

    #[test]
    fn clocks_in_britain_go_forward_in_march_and_back_in_october() {
        for (instant, day, shown) in [
            (datetime!(2026-01-05 09:07 UTC), date!(2026 - 01 - 05), "09:07"),
            (datetime!(2026-06-05 13:02 UTC), date!(2026 - 06 - 05), "14:02"),
            (datetime!(2026-06-02 22:59:59 UTC), date!(2026 - 06 - 02), "23:59"),
            (datetime!(2026-06-02 23:30 UTC), date!(2026 - 06 - 03), "00:30"),
            (datetime!(2026-12-02 23:30 UTC), date!(2026 - 12 - 02), "23:30"),
            (datetime!(2026-03-29 00:59 UTC), date!(2026 - 03 - 29), "00:59"),
            (datetime!(2026-03-29 01:00 UTC), date!(2026 - 03 - 29), "02:00"),
            (datetime!(2026-10-25 00:30 UTC), date!(2026 - 10 - 25), "01:30"),
            (datetime!(2026-10-25 01:30 UTC), date!(2026 - 10 - 25), "01:30"),
            (datetime!(2026-06-05 13:02 +5), date!(2026 - 06 - 05), "09:02"),
        ] {
            assert_eq!((date(instant), clock(instant).as_str()), (day, shown), "{instant}");
            assert_eq!(local(instant), instant, "the same instant");
        }
    }

    #[test]
    fn a_daily_hour_is_the_hour_on_the_wall() {
        for (hour, now, next) in [
            (
                time!(7:00),
                datetime!(2026-01-05 06:59 UTC),
                datetime!(2026-01-05 07:00 UTC),
            ),
            (
                time!(7:00),
                datetime!(2026-01-05 07:00 UTC),
                datetime!(2026-01-06 07:00 UTC),
            ),
            (
                time!(7:00),
                datetime!(2026-06-05 05:30 UTC),
                datetime!(2026-06-05 06:00 UTC),
            ),
            (
                time!(7:00),
                datetime!(2026-06-05 06:30 UTC),
                datetime!(2026-06-06 06:00 UTC),
            ),
            (
                time!(0:00),
                datetime!(2026-06-02 23:30 UTC),
                datetime!(2026-06-03 23:00 UTC),
            ),
            (
                time!(7:00),
                datetime!(2026-03-28 12:00 UTC),
                datetime!(2026-03-29 06:00 UTC),
            ),
            // there is no one o'clock on that day
            (
                time!(1:00),
                datetime!(2026-03-28 12:00 UTC),
                datetime!(2026-03-29 01:00 UTC),
            ),
            // there are two: one e-mail, at the first
            (
                time!(1:00),
                datetime!(2026-10-24 12:00 UTC),
                datetime!(2026-10-25 00:00 UTC),
            ),
            (
                time!(1:00),
                datetime!(2026-10-25 00:30 UTC),
                datetime!(2026-10-26 01:00 UTC),
            ),
        ] {
            assert_eq!(super::next(hour, now), next, "{hour} {now}");
        }
    }

    #[test]
    fn other_zones_are_known_by_name() {
        let zone: Zone = "Pacific/Auckland".parse().unwrap();
        assert_eq!(
            zone.local(datetime!(2026-06-02 23:30 UTC)).date(),
            date!(2026 - 06 - 03)
        );
        for wrong in ["", "London", "Europe/Atlantis", "+01:00"] {
            assert!(wrong.parse::<Zone>().is_err(), "{wrong:?}");
        }
    }
}

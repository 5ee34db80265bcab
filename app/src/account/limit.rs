//! Slows down guessing: tries to sign in are limited per e-mail address and per caller.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use std::{net::IpAddr, num::NonZeroU32};

/// Limits tries to sign in: ten at once per e-mail address, then one every thirty seconds; for one
/// caller sixty at once, then one a second, since a whole office may share an address.
pub struct SignInLimit {
    by_email: DefaultKeyedRateLimiter<String>,
    by_caller: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for SignInLimit {
    fn default() -> Self {
        const TEN: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
        const TWO: NonZeroU32 = NonZeroU32::new(2).expect("two is not zero");
        const SIXTY: NonZeroU32 = NonZeroU32::new(60).expect("sixty is not zero");
        SignInLimit {
            by_email: RateLimiter::keyed(Quota::per_minute(TWO).allow_burst(TEN)),
            by_caller: RateLimiter::keyed(Quota::per_minute(SIXTY)),
        }
    }
}

impl SignInLimit {
    /// Counts a try.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn try_once(&self, email: &str, caller: Option<IpAddr>) -> Result<(), u64> {
        let wait = |not_until: governor::NotUntil<_>| {
            not_until
                .wait_time_from(governor::clock::DefaultClock::default().now())
                .as_secs()
                + 1
        };
        if let Some(caller) = caller {
            self.by_caller.check_key(&caller).map_err(wait)?;
        }
        self.by_email.check_key(&email.to_lowercase()).map_err(wait)
    }

    /// Forgets whoever has not tried for a while, so that memory stays bounded.
    pub fn forget_old(&self) {
        self.by_email.retain_recent();
        self.by_caller.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_at_once_has_to_wait_and_others_do_not() {
        let limit = SignInLimit::default();
        for n in 1..=10 {
            assert_eq!(limit.try_once("a@example.org", None), Ok(()), "try {n}");
        }
        assert!(limit.try_once("A@example.org", None).is_err());
        assert_eq!(limit.try_once("b@example.org", None), Ok(()));
    }
}

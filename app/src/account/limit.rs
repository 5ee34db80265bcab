//! Slows down guessing: tries to sign in are limited per caller, and per account; a browser that has signed in before has
//! tries of its own, so that nobody is kept out by what strangers do.
//!
//! Keys are hashes, so a try costs the same few bytes whatever is sent; [`SignInLimit::forget_old`] lets go of them.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hash},
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

/// Who tries.
#[derive(Clone, Copy, Debug)]
pub enum Trier<'a> {
    /// A browser that has signed in to this account before.
    Known(&'a str),
    /// Anybody else, by their address.
    Caller(Option<IpAddr>),
}

/// Limits tries. For strangers:
///
/// | counted by | at once | then |
/// |---|--:|---|
/// | block of networks (IPv6 /48) | 240 | 4 a second |
/// | network (IPv4 address, IPv6 /64): a whole office may share it | 60 | 1 a second |
/// | account and network | 10 | 1 every 30 seconds |
/// | account | 100 | 1 every 30 seconds |
///
/// A browser that has signed in to the account before: 10 at once, then 1 every 30 seconds, and nothing else counts.
pub struct SignInLimit {
    hasher: RandomState,
    by_block: DefaultKeyedRateLimiter<u64>,
    by_network: DefaultKeyedRateLimiter<u64>,
    /// An account together with a network, or with a browser.
    by_pair: DefaultKeyedRateLimiter<u64>,
    by_account: DefaultKeyedRateLimiter<u64>,
}

impl Default for SignInLimit {
    fn default() -> Self {
        const fn number(n: u32) -> NonZeroU32 {
            NonZeroU32::new(n).expect("it is not zero")
        }
        let slowly = Quota::per_minute(const { number(2) });
        SignInLimit {
            hasher: RandomState::new(),
            by_block: RateLimiter::keyed(Quota::per_second(const { number(4) }).allow_burst(const { number(240) })),
            by_network: RateLimiter::keyed(Quota::per_second(const { number(1) }).allow_burst(const { number(60) })),
            by_pair: RateLimiter::keyed(slowly.allow_burst(const { number(10) })),
            by_account: RateLimiter::keyed(slowly.allow_burst(const { number(100) })),
        }
    }
}

impl SignInLimit {
    /// Counts a try with an account's address, read as [`framework::name::Email`] reads it.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn try_once(&self, account: &str, trier: Trier<'_>) -> Result<(), u64> {
        match trier {
            Trier::Known(browser) => self.count(&self.by_pair, ("browser", account, browser)),
            Trier::Caller(caller) => {
                let network = caller.map(Network::of);
                if let Some(network) = &network {
                    if let Some(block) = network.block() {
                        self.count(&self.by_block, block)?;
                    }
                    self.count(&self.by_network, network)?;
                }
                self.count(&self.by_pair, ("network", account, network))?;
                self.count(&self.by_account, account)
            }
        }
    }

    fn count(&self, limiter: &DefaultKeyedRateLimiter<u64>, key: impl Hash) -> Result<(), u64> {
        let counted = limiter.check_key(&self.hasher.hash_one(key));
        counted.map_err(|not_until| {
            let now = governor::clock::DefaultClock::default().now();
            not_until.wait_time_from(now).as_secs() + 1
        })
    }

    /// Forgets whoever has not tried for a while, so that memory stays bounded.
    pub fn forget_old(&self) {
        for limiter in [&self.by_block, &self.by_network, &self.by_pair, &self.by_account] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    /// Returns how many keys are remembered.
    pub fn remembered(&self) -> usize {
        let all = [&self.by_block, &self.by_network, &self.by_pair, &self.by_account];
        all.into_iter().map(|limiter| limiter.len()).sum()
    }
}

/// What one household or office has: an IPv4 address, or a /64 of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Network(IpAddr);

impl Network {
    fn of(caller: IpAddr) -> Network {
        Network(match caller.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(first_bits(address, 64)),
            v4 => v4,
        })
    }

    /// Returns what one customer of a provider may have at most, where networks are given out by the thousand.
    fn block(self) -> Option<Ipv6Addr> {
        match self.0 {
            IpAddr::V6(address) => Some(first_bits(address, 48)),
            IpAddr::V4(_) => None,
        }
    }
}

fn first_bits(address: Ipv6Addr, bits: u32) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how many of so many tries pass.
    fn passed<'a>(limit: &SignInLimit, tries: impl IntoIterator<Item = (&'a str, Trier<'a>)>) -> usize {
        let tries = tries.into_iter();
        tries
            .filter(|(account, trier)| limit.try_once(account, *trier).is_ok())
            .count()
    }

    fn v4(last: u8) -> Trier<'static> {
        Trier::Caller(Some(IpAddr::from([192, 0, 2, last])))
    }

    fn v6(network: u16, host: u16) -> Trier<'static> {
        Trier::Caller(Some(IpAddr::from([0x2001, 0xdb8, 0, network, 0, 0, 0, host])))
    }

    #[test]
    fn the_eleventh_try_from_one_network_has_to_wait_and_others_do_not() {
        let limit = SignInLimit::default();
        assert_eq!(passed(&limit, [("a@example.org", v4(1)); 15]), 10);
        assert_eq!(passed(&limit, [("a@example.org", v4(2)), ("b@example.org", v4(1))]), 2);
    }

    #[test]
    fn strangers_keep_nobody_out_of_a_browser_that_signed_in_before() {
        let limit = SignInLimit::default();
        let from_everywhere = (0..=255).map(|last| ("a@example.org", v4(last)));
        assert_eq!(
            passed(&limit, from_everywhere),
            100,
            "an account is guessed at from many networks"
        );
        assert_eq!(passed(&limit, [("a@example.org", Trier::Known("browser")); 15]), 10);
        assert_eq!(passed(&limit, [("a@example.org", Trier::Known("another"))]), 1);
    }

    #[test]
    fn a_household_is_one_caller_whatever_addresses_it_has() {
        let limit = SignInLimit::default();
        let accounts: Vec<String> = (0..70).map(|n| format!("{n}@example.org")).collect();
        let of_one = |at: fn(u16) -> Trier<'static>| {
            let tries = accounts.iter().zip(0..).map(|(account, n)| (account.as_str(), at(n)));
            passed(&limit, tries.collect::<Vec<_>>())
        };
        assert_eq!(of_one(|host| v6(1, host)), 60, "one /64");
        assert_eq!(of_one(|_| v4(1)), 60, "one IPv4 address");
        let mapped = Trier::Caller(Some("::ffff:192.0.2.1".parse().unwrap()));
        assert_eq!(
            passed(&limit, [("mapped@example.org", mapped)]),
            0,
            "the same one, written as IPv6"
        );
    }

    #[test]
    fn a_block_of_networks_has_a_limit_too() {
        let limit = SignInLimit::default();
        let accounts: Vec<String> = (0..300).map(|n| format!("{n}@example.org")).collect();
        let tries = accounts
            .iter()
            .zip(0..)
            .map(|(account, n)| (account.as_str(), v6(n, 1)));
        let passed = passed(&limit, tries);
        assert!((240..250).contains(&passed), "{passed}");
    }

    #[test]
    fn what_is_remembered_does_not_grow_with_what_is_sent_and_is_forgotten() {
        let limit = SignInLimit::default();
        assert_eq!(passed(&limit, [("a@example.org", v4(1)); 300]), 10);
        assert_eq!(limit.remembered(), 3);
        limit.forget_old();
        assert_eq!(limit.remembered(), 3, "forgotten while it still counts");
    }
}

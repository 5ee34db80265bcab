//! `serve`: the website.

use super::{DailyMail, Mail, public_url};
use crate::demo::Size;
use clap::{Args, builder::BoolishValueParser};
use files::Clamd;
use std::net::SocketAddr;

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Fill an empty database with invented Practices, people and three cycles, to try things out. Without
    /// --database-url they are kept in pause-fidelity-demo.sqlite, away from real data
    #[arg(long)]
    pub demo: bool,
    /// With --demo, a large invented network instead
    #[command(flatten)]
    pub large: Large,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", env = "LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// How people reach the site, such as https://fidelity.example.org; HTTPS makes cookies secure
    #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Requests come through one proxy of yours, which adds X-Forwarded-For: tries to sign in are counted by that
    /// address
    #[arg(long, env = "BEHIND_PROXY", value_parser = BoolishValueParser::new())]
    pub behind_proxy: bool,
    /// A virus scanner, clamd, that looks at every upload: HOST:PORT or unix:/path/of/its/socket. While it does not
    /// answer, no file is taken
    #[arg(long, value_name = "ADDRESS", env = "CLAMD")]
    pub clamd: Option<Clamd>,
    /// The mail server
    #[command(flatten)]
    pub mail: Mail,
    /// When daily e-mails go out
    #[command(flatten)]
    pub daily_mail: DailyMail,
}

/// A large invented network: ratings over the years, to see how things look and how quick they are. Kept in a file of its own,
/// named after its size and seed.
#[derive(Clone, Debug, Args)]
pub struct Large {
    /// So many invented Practices, up to 20 000, instead of the demonstration's own
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    practices: Option<u32>,
    /// So many cycles of theirs
    #[arg(long, value_name = "M", requires = "practices", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=20))]
    cycles: u8,
    /// Another seed makes another network, the same one the same
    #[arg(long, value_name = "S", requires = "practices", default_value_t = 1)]
    seed: u64,
}

impl Large {
    /// Returns how large, if it is asked for.
    pub fn size(&self) -> Option<Size> {
        self.practices.map(|practices| Size {
            practices: practices as usize,
            cycles: usize::from(self.cycles),
            seed: self.seed,
        })
    }
}

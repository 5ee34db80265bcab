//! How e-mail is sent.

use crate::mail::SmtpUrl;
use clap::Args;

/// How e-mail is sent.
#[derive(Clone, Debug, Args)]
pub struct Mail {
    /// The mail server: smtps://USER:PASSWORD@HOST:PORT, or smtp:// where the connection begins without TLS and goes on
    /// with it. Without it, no e-mail is sent
    #[arg(long, value_name = "URL", env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SmtpUrl>,
    /// The address that e-mails come from, such as "Pause fidelity <fidelity@example.org>"
    #[arg(long, value_name = "ADDRESS", env = "MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// When daily e-mails go out.
#[derive(Clone, Debug, Args)]
pub struct DailyMail {
    /// The hour, in the time zone of --time-zone, at which daily e-mails go out
    #[arg(long = "daily-mail-hour", value_name = "HOUR", env = "DAILY_MAIL_HOUR", default_value_t = 7, value_parser = clap::value_parser!(u8).range(0..24))]
    pub hour: u8,
}

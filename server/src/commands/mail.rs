//! `mail-test`, and the work of sending while the site runs.

use super::{Outcome, Refused, now};
use crate::{
    cli::{DailyMail, Mail},
    mail::{Post, Smtp, trial},
    output,
};
use std::time::Duration;
use store::{Mailing, Store};
use time::Time;
use tokio::time::{MissedTickBehavior, interval};

/// How often the outbox is looked into.
const ROUNDS: Duration = Duration::from_secs(30);

/// Returns the mail server, where one is named.
pub(super) fn server(mail: &Mail) -> Result<Option<Smtp>, Refused> {
    match (&mail.smtp_url, &mail.mail_from) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(Refused::one(
            "Say with --mail-from which address e-mails come from, such as Pause fidelity <fidelity@example.org>.",
        )),
        (Some(url), Some(from)) => Ok(Some(Smtp::new(url, from)?)),
    }
}

/// Returns the store, queueing e-mails.
pub(super) fn queueing(store: Store, daily: &DailyMail) -> Result<Store, Refused> {
    let daily_at = Time::from_hms(daily.hour, 0, 0).map_err(Refused::one)?;
    Ok(store.with_mail(Mailing { daily_at }))
}

/// Sends what waits, for ever.
pub(super) async fn send_letters(post: Post) {
    let mut rounds = interval(ROUNDS);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        // as long as something goes out there may be more
        loop {
            match post.round(now()).await {
                Ok(0) => break,
                Ok(sent) => tracing::info!(sent, "e-mails sent"),
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be used");
                    break;
                }
            }
        }
    }
}

/// Sends a test e-mail, and says what is wrong where it is not taken.
pub async fn test(mail: &Mail, address: &str) -> Outcome {
    let smtp = server(mail)?.ok_or_else(|| {
        Refused::one("No mail server is named. Write --smtp-url smtps://USER:PASSWORD@HOST:PORT, or set SMTP_URL.")
    })?;
    let message = trial(address, &smtp.from, now()).ok_or_else(|| Refused::one("This is no address to send to."))?;
    smtp.send(message).await.map_err(Refused::one)?;
    Ok(output::print(
        format!("The mail server has taken a test e-mail for {address}.\n").as_bytes(),
    )?)
}

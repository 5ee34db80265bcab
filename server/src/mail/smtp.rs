//! The mail server, and what goes wrong with it in words of ours: neither the log nor a message ever shows its address
//! with the password, or a person's address.

use crate::commands::Refused;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{Error, PoolConfig},
};
use std::{convert::Infallible, fmt, str::FromStr, time::Duration};
use store::Trouble;

/// How long the server may take for each step.
const SMTP_TIMEOUT: Duration = Duration::from_secs(20);

/// `smtps://USER:PASSWORD@HOST:PORT`: not shown when printed.
#[derive(Clone)]
pub struct SmtpUrl(String);

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl")
    }
}

impl FromStr for SmtpUrl {
    /// Read later: the command line's own message would repeat it, and the password in it.
    type Err = Infallible;
    fn from_str(text: &str) -> Result<SmtpUrl, Infallible> {
        Ok(SmtpUrl(text.to_owned()))
    }
}

impl SmtpUrl {
    /// As the mail library reads it. Without TLS nothing is sent but to this machine, or where `tls=none` says so.
    fn settled(&self) -> String {
        let (address, query) = self.0.split_once('?').unwrap_or((&self.0, ""));
        match query {
            "" if address.starts_with("smtp://") && !is_loopback(address) => format!("{address}?tls=required"),
            "tls=none" => address.to_owned(),
            _ => self.0.clone(),
        }
    }
}

fn is_loopback(address: &str) -> bool {
    let authority = address
        .trim_start_matches("smtp://")
        .split('/')
        .next()
        .unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let named = |name: &str| host == name || host.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    ["localhost", "127.0.0.1", "[::1]"].into_iter().any(named)
}

/// The mail server and the address that e-mails come from.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    /// From whom.
    pub from: Mailbox,
}

/// Why an e-mail was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What kind of trouble.
    pub trouble: Trouble,
    /// The number the server answered with.
    pub code: Option<u16>,
}

impl Smtp {
    /// Reads the settings; nothing is connected yet.
    ///
    /// # Errors
    /// A sentence that does not repeat them.
    pub fn new(url: &SmtpUrl, from: &str) -> Result<Smtp, Refused> {
        let unreadable = |_| {
            Refused::one(
                "The mail server’s address cannot be read. Write smtps://USER:PASSWORD@HOST:PORT, or smtp:// where the \
                 connection begins without TLS, and signs other than letters and digits in the password as %40 for @ \
                 and so on.",
            )
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.settled()).map_err(unreadable)?;
        let from = from.parse().map_err(|_| {
            Refused::one("The address that e-mails come from cannot be read. Write NAME <fidelity@example.org>.")
        })?;
        Ok(Smtp {
            transport: builder
                .timeout(Some(SMTP_TIMEOUT))
                .pool_config(PoolConfig::new().max_size(2))
                .build(),
            from,
        })
    }

    /// Hands an e-mail to the server.
    ///
    /// # Errors
    /// What went wrong, in our words.
    pub async fn send(&self, message: Message) -> Result<(), Failed> {
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Failed::from(&error)),
        }
    }
}

impl From<&Error> for Failed {
    fn from(error: &Error) -> Failed {
        let code = error.status().map(u16::from);
        let trouble = match code {
            // wants another or no sign-in, or another way to it
            Some(454 | 530 | 534 | 535 | 538) => Trouble::SignIn,
            // closes the connection
            Some(421) => Trouble::Unreachable,
            Some(_) if error.is_permanent() => Trouble::Refused,
            Some(_) => Trouble::Later,
            // it offers no way to sign in that we know
            None if error.is_client() => Trouble::SignIn,
            None => Trouble::Unreachable,
        };
        Failed { trouble, code }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.trouble {
            Trouble::Unreachable => {
                "The mail server cannot be reached, or not safely. Are host and port right, does it offer TLS with a valid \
                 certificate, and does nothing in between block it?"
            }
            Trouble::SignIn => "The mail server does not let us sign in. Are user and password right?",
            Trouble::Later => "The mail server does not take the e-mail now. Try again in a while.",
            Trouble::Refused => {
                "The mail server refuses the e-mail. May this user send from the address given, and is there such a \
                 recipient?"
            }
            Trouble::Address => "This is no address to send to.",
        })?;
        match self.code {
            Some(code) => write!(f, " (It answered {code}.)"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_tls_nothing_leaves_this_machine_unless_said_so() {
        for (url, settled) in [
            ("smtps://u:p@mail.example:465", "smtps://u:p@mail.example:465"),
            (
                "smtp://u:p@mail.example:587",
                "smtp://u:p@mail.example:587?tls=required",
            ),
            (
                "smtp://mail.example?tls=opportunistic",
                "smtp://mail.example?tls=opportunistic",
            ),
            ("smtp://relay.internal?tls=none", "smtp://relay.internal"),
            ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25"),
            ("smtp://localhost", "smtp://localhost"),
            ("smtp://[::1]:25", "smtp://[::1]:25"),
            (
                "smtp://localhost@mail.example",
                "smtp://localhost@mail.example?tls=required",
            ),
            ("smtp://localhost.example", "smtp://localhost.example?tls=required"),
        ] {
            assert_eq!(SmtpUrl(url.to_owned()).settled(), settled);
        }
    }

    #[test]
    fn settings_that_cannot_be_read_are_refused_without_being_repeated() {
        for (url, from) in [
            ("smtps://u:se cret@", "a@example.org"),
            ("http://u:secret@host", "a@example.org"),
            ("secret", "a@example.org"),
            ("smtps://u:secret@host", "secret"),
        ] {
            let Err(Refused(reasons)) = Smtp::new(&SmtpUrl(url.to_owned()), from) else {
                panic!("{url} {from}")
            };
            assert!(!reasons.concat().contains("cret"), "{reasons:?}");
        }
        assert_eq!(format!("{:?}", SmtpUrl("smtps://u:secret@host".to_owned())), "SmtpUrl");
    }
}

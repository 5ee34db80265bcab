//! What an e-mail says: plain text without any name, rating, Practice or words of anybody.

use app::{PRODUCT, paths};
use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use store::{About, Letter};
use time::OffsetDateTime;

/// Returns the e-mail for a letter, unless the person's address is none to send to; `origin` is how people reach the site.
pub fn compose(letter: &Letter, from: &Mailbox, origin: &str, now: OffsetDateTime) -> Option<Message> {
    let (what, link, often) = match letter.about {
        About::Notice(id) => (
            "Something waits for you".to_owned(),
            paths::notice(id),
            "You get an e-mail for each notice.",
        ),
        About::Unread(1) => (
            "A notice waits for you".to_owned(),
            paths::NOTICES.to_owned(),
            "You get an e-mail at most once a day.",
        ),
        About::Unread(n) => (
            format!("{n} notices wait for you"),
            paths::NOTICES.to_owned(),
            "You get an e-mail at most once a day.",
        ),
    };
    let text = format!(
        "{what} in {PRODUCT}.\n\n\
         Sign in to see it:\n{origin}{link}\n\n\
         To keep what is confidential where it belongs,\ne-mails say no more than this.\n\n\
         {often} To change that or stop them:\n{origin}{}\n",
        paths::MAIL_CHOICE
    );
    // the same for each try, so that a mail program shows a letter that came twice once
    let id = format!("<{}@{}>", letter.id, from.email.domain());
    write(
        &letter.address,
        from,
        &format!("{PRODUCT}: {}", lower_first(&what)),
        text,
        now,
        Some(id),
    )
}

/// Returns the e-mail that tries the settings, unless the address is none to send to.
pub fn trial(address: &str, from: &Mailbox, now: OffsetDateTime) -> Option<Message> {
    let text = format!("This is a test. {PRODUCT} can send e-mail.\n");
    write(address, from, &format!("{PRODUCT}: a test"), text, now, None)
}

fn write(
    address: &str,
    from: &Mailbox,
    subject: &str,
    text: String,
    now: OffsetDateTime,
    id: Option<String>,
) -> Option<Message> {
    let to: Address = address.parse().ok()?;
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(now.into())
        .message_id(id)
        .header(ContentType::TEXT_PLAIN)
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .body(text)
        .ok()
}

/// A number stays as it is.
fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

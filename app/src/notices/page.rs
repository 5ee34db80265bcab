//! What the inbox shows.

use crate::{
    paths,
    ui::{
        form::hidden,
        text::{count, moment},
    },
    web::Page,
};
use leptos::prelude::*;
use store::{Inbox, NOTICES_PER_PAGE, Notice};
use time::OffsetDateTime;

/// Returns a page of an inbox; `now` is when it was read.
pub fn inbox(inbox: &Inbox, number: u64, now: OffsetDateTime) -> Page {
    let lines = inbox.notices.iter().map(line).collect_view();
    let body = if inbox.total == 0 {
        view! {
            <p class="govuk-body">"Nothing waits for you. When an assessment moves on, or somebody asks or answers something that concerns you, it shows here."</p>
        }
        .into_any()
    } else {
        view! {
            {summary(inbox, now)}
            <ul class="govuk-list app-notices">{lines}</ul>
            {pages(inbox.total, number)}
        }
        .into_any()
    };
    Page::new(
        "Notices",
        view! {
            <h1 class="govuk-heading-l">"Notices"</h1>
            {body}
            <p class="govuk-body"><a class="govuk-link" href=paths::MAIL_CHOICE>"E-mail about notices"</a></p>
        },
    )
    .with_back("/", "Home")
}

fn summary(inbox: &Inbox, now: OffsetDateTime) -> AnyView {
    if inbox.unread == 0 {
        return view! { <p class="govuk-body">"You have read them all."</p> }.into_any();
    }
    let unread = usize::try_from(inbox.unread).unwrap_or(usize::MAX);
    view! {
        <form method="post" action="/notices/read" class="app-notices__all">
            <p class="govuk-body">{count(unread, "unread notice", "unread notices")}</p>
            {hidden("seen", &now.unix_timestamp().to_string())}
            <button type="submit" class="govuk-button govuk-button--secondary">"Mark all as read"</button>
        </form>
    }
    .into_any()
}

fn line(notice: &Notice) -> impl IntoView + use<> {
    let place = match (&notice.practice, &notice.cycle) {
        (Some(practice), Some(cycle)) => format!("{}, {cycle}", practice.name),
        (Some(practice), None) => practice.name.clone(),
        (None, _) => "Your account".to_owned(),
    };
    let (class, tag, mark, value) = if notice.read {
        ("app-notice", None, "Mark as unread", "no")
    } else {
        let tag = view! { <strong class="govuk-tag">"Unread"</strong> };
        ("app-notice app-notice--unread", Some(tag), "Mark as read", "yes")
    };
    let address = paths::notice(notice.id);
    let about = format!(": {}, {place}", notice.kind.words());
    view! {
        <li class=class>
            <div class="app-notice__words">
                <a class="govuk-link" href=address.clone()>{notice.kind.words()}</a>
                " "{tag}
                <div class="app-muted">{format!("{place}. {}", moment(notice.at))}</div>
            </div>
            <form method="post" action=address>
                {hidden("read", value)}
                <button type="submit" class="app-link-button">{mark}<span class="govuk-visually-hidden">{about}</span></button>
            </form>
        </li>
    }
}

fn pages(total: u64, number: u64) -> Option<impl IntoView> {
    let last = total.div_ceil(NOTICES_PER_PAGE);
    let link = |class: &'static str, rel: &'static str, number: u64, words: &'static str| {
        let href = format!("{}?page={number}", paths::NOTICES);
        view! {
            <div class=class>
                <a class="govuk-link govuk-pagination__link" href=href rel=rel>
                    <span class="govuk-pagination__link-title">{words}<span class="govuk-visually-hidden">" notices"</span></span>
                </a>
            </div>
        }
    };
    (last > 1).then(|| {
        view! {
            <nav class="govuk-pagination" aria-label="Pages of notices">
                {(number > 1).then(|| link("govuk-pagination__prev", "prev", number - 1, "Newer"))}
                <p class="govuk-body app-notices__page">{format!("Page {number} of {last}")}</p>
                {(number < last).then(|| link("govuk-pagination__next", "next", number + 1, "Older"))}
            </nav>
        }
    })
}

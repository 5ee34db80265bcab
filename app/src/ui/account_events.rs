//! What happened to accounts, as a list.

use super::text::moment;
use framework::actor::Role;
use leptos::prelude::*;
use store::{AccountEvent, EventKind};

/// Returns the list, the newest first; `whose` says whose account each is about.
pub fn account_events(events: &[AccountEvent], whose: bool) -> AnyView {
    if events.is_empty() {
        return view! { <p class="govuk-body">"Nothing yet."</p> }.into_any();
    }
    let rows = events.iter().map(|event| row(event, whose)).collect_view();
    view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
}

fn row(event: &AccountEvent, whose: bool) -> impl IntoView + use<> {
    let account = whose.then(|| view! { <br/><span class="app-break">{event.account.clone()}</span> });
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{what(event)}{account}</dt>
            <dd class="govuk-summary-list__value">{format!("By {}, {}", event.who, moment(event.at))}</dd>
        </div>
    }
}

/// `Invited: Practice lead of North Vale`
fn what(event: &AccountEvent) -> String {
    let what = match event.kind {
        EventKind::PasswordSet if event.by_link => "Password set by a link",
        kind => kind.name(),
    };
    let role = event.role.map(Role::name);
    let place = match (role, &event.practice) {
        (Some(role), Some(practice)) => format!(": {role} of {practice}"),
        (Some(role), None) => format!(": {role}"),
        (None, Some(practice)) => format!(": {practice}"),
        (None, None) => String::new(),
    };
    format!("{what}{place}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::actor::PracticeRole;
    use time::macros::datetime;

    #[test]
    fn an_event_says_what_and_where() {
        let event = |kind, role, practice: Option<&str>, by_link| AccountEvent {
            at: datetime!(2026-03-02 10:00 UTC),
            who: "Ada".to_owned(),
            kind,
            account: "Lena".to_owned(),
            role,
            practice: practice.map(str::to_owned),
            by_link,
        };
        let lead = Some(Role::Practice(PracticeRole::Lead));
        for (event, words) in [
            (event(EventKind::PasswordSet, None, None, false), "Password set"),
            (
                event(EventKind::PasswordSet, None, None, true),
                "Password set by a link",
            ),
            (
                event(EventKind::Invited, lead, Some("North Vale"), false),
                "Invited: Practice lead of North Vale",
            ),
            (
                event(EventKind::Left, None, Some("North Vale"), false),
                "Left the Practice: North Vale",
            ),
        ] {
            assert_eq!(what(&event), words);
        }
    }
}

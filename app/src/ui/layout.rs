//! The frame around every page.

use crate::paths;
use framework::actor::Actor;
use leptos::{config::LeptosOptions, hydration::HydrationScripts, prelude::*};
use std::sync::Arc;

/// What the product is called.
pub const PRODUCT: &str = "Pause fidelity";

/// What the frame needs to know of a page.
pub struct Shell {
    /// The page's title.
    pub title: String,
    /// Does it carry islands?
    pub islands: bool,
    /// Does it want the whole width of a large screen?
    pub wide: bool,
    /// A link that leads up: address and words.
    pub back: Option<(String, String)>,
    /// Whoever looks.
    pub actor: Option<Actor>,
    /// How many notices wait for them.
    pub unread: u64,
    /// Where the browser's files are.
    pub options: Arc<LeptosOptions>,
}

/// Returns the whole HTML document around the HTML of a page's main part.
pub fn shell(shell: Shell, body: impl FnOnce() -> String) -> impl IntoView {
    let Shell {
        title,
        islands,
        wide,
        back,
        actor,
        unread,
        options,
    } = shell;
    let pkg = options.site_pkg_dir.to_string();
    let style = format!("/{pkg}/{}.css", options.output_name);
    let icon = format!("/{pkg}/icon.svg");
    let scripts = islands.then(|| view! { <HydrationScripts options=(*options).clone() islands=true/> });
    // after the scripts, which tell islands that they are rendered on the server
    let body = body();
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{title} – {PRODUCT}")}</title>
                <link rel="stylesheet" href=style/>
                <link rel="icon" href=icon type="image/svg+xml"/>
                {scripts}
            </head>
            <body class=if wide { "govuk-template__body app-wide" } else { "govuk-template__body" }>
                <a href="#main" class="govuk-skip-link">"Skip to main content"</a>
                <Header actor unread/>
                <div class="govuk-width-container app-width">
                    {back.map(|(href, words)| view! { <nav aria-label="Back"><a href=href class="govuk-back-link">{words}</a></nav> })}
                    <main class="govuk-main-wrapper app-main" id="main" inner_html=body></main>
                </div>
                <footer class="app-footer">
                    <div class="govuk-width-container app-width">
                        <p class="govuk-body-s">
                            "Criteria are drafted from what Pause and its evaluators have published. Do not enter anything that could identify a woman or a child."
                        </p>
                    </div>
                </footer>
            </body>
        </html>
    }
}

#[component]
fn Header(actor: Option<Actor>, unread: u64) -> impl IntoView {
    view! {
        <header class="app-header">
            <div class="govuk-width-container app-width app-header__row">
                <a href="/" class="app-header__name">{PRODUCT}</a>
                {actor.map(|actor| view! { <Navigation actor unread/> })}
            </div>
        </header>
    }
}

#[component]
fn Navigation(actor: Actor, unread: u64) -> impl IntoView {
    let links = [
        ("/", "Home", true),
        ("/queue", "Review queue", actor.is_national()),
        ("/reports", "National report", actor.is_national()),
        (paths::NETWORK, "Network", actor.is_national()),
        ("/frameworks", "Framework", true),
        ("/admin", "Administration", actor.is_administrator()),
    ];
    let links = links.into_iter().filter(|(.., shown)| *shown);
    let waiting = (unread > 0).then(|| {
        view! { <span class="app-nav__count">{unread}<span class="govuk-visually-hidden">" unread"</span></span> }
    });
    view! {
        <nav class="app-nav" aria-label="Main">
            <ul class="app-nav__list">
                {links.map(|(href, words, _)| view! { <li><a href=href class="app-nav__link">{words}</a></li> }).collect_view()}
                <li><a href=paths::NOTICES class="app-nav__link">"Notices"{waiting}</a></li>
                <li><a href="/account" class="app-nav__link">"Account"</a></li>
                <li>
                    <form method="post" action="/sign-out">
                        <button type="submit" class="app-nav__button">"Sign out"</button>
                    </form>
                </li>
            </ul>
        </nav>
    }
}

/// Returns a page that says one thing.
pub fn message(title: &str, sentence: &str) -> impl IntoView + use<> {
    view! {
        <h1 class="govuk-heading-l">{title.to_owned()}</h1>
        <p class="govuk-body">{sentence.to_owned()}</p>
        <p class="govuk-body"><a class="govuk-link" href="/">"Go to the home page"</a></p>
    }
}

//! A plain form in which words that may identify somebody are marked while it is filled in.

use crate::{islands::Marks, web::form_key::form_key};
use leptos::prelude::*;

/// Returns the form around its fields, with one button and the key by which it makes one record, however often it is sent. Only inside [`Page::built`](crate::web::Page::built), on a page
/// `with_islands`.
pub fn marked_form(
    action: String,
    fields: AnyView,
    button: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action novalidate autocomplete="off" class="app-form">
            {form_key()}
            <Marks>{fields}</Marks>
            <button type="submit" class=class>{button}</button>
        </form>
    }
}

//! E-mail: that something waits, and a link to it. What it is about stands on the site, behind the sign-in.

mod letter;
mod post;
mod smtp;

pub use letter::trial;
pub use post::Post;
pub use smtp::{Smtp, SmtpUrl};

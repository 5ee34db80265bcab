//! The choices of the register's form, in the terms of FRAME (Stirman, Baumann & Miller 2019), in our own words.

macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $choice:ident $code:literal $words:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $choice,)*
        }

        impl $name {
            /// All of them, in the order of forms.
            pub const ALL: &[$name] = &[$($name::$choice,)*];

            /// Returns the word in forms and the database.
            pub fn code(self) -> &'static str {
                match self { $($name::$choice => $code,)* }
            }

            /// Returns the words for people.
            pub fn name(self) -> &'static str {
                match self { $($name::$choice => $words,)* }
            }

            /// Returns the choice of a word.
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$choice),)* _ => None }
            }
        }
    };
}

choices! {
    /// Thought out beforehand or not.
    Timing {
        /// Decided before it began.
        Planned "planned" "Planned: decided before it began",
        /// An answer to what happened.
        Reactive "reactive" "Reactive: an answer to something that happened",
    }
}

choices! {
    /// For whom, or where, the change was made.
    Level {
        /// For single women.
        Woman "woman" "Single women, one by one",
        /// For a group of women.
        Group "group" "A group of women",
        /// In the work of one practitioner.
        Practitioner "practitioner" "One practitioner",
        /// In the whole team.
        Team "team" "The whole team",
        /// In the Practice with its host.
        Practice "practice" "The Practice and its host",
        /// With the board or whoever pays.
        Board "board" "The Practice board or the commissioner",
        /// With other Practices or agencies.
        Network "network" "Several Practices or agencies together",
    }
}

choices! {
    /// Why the change was made.
    Reason {
        /// Women's lives, wishes, language or culture.
        Women "women" "Women’s needs, wishes, language or culture",
        /// To reach women who were not reached.
        Reach "reach" "Reaching women who were not reached",
        /// Distance, buildings, transport.
        Place "place" "Distance, buildings or transport",
        /// Too few people, or people who left.
        Staffing "staffing" "Staffing",
        /// Skills and experience in the team.
        Skills "skills" "The team’s skills or experience",
        /// What the host asks for.
        Host "host" "The host’s rules or systems",
        /// Money.
        Money "money" "Money or commissioning",
        /// What other agencies do.
        Partners "partners" "Partner agencies",
        /// A law or a public policy.
        Law "law" "A law or a public policy",
        /// Something that could not be foreseen.
        Emergency "emergency" "An emergency",
    }
}

choices! {
    /// Does the change keep what makes the model work?
    Core {
        /// It does.
        Keeps "yes" "Yes, the core of the model is kept",
        /// It does not.
        Changes "no" "No, it changes something core",
        /// Nobody is sure.
        Unsure "unsure" "We are not sure",
    }
}

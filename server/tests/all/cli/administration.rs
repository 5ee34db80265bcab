//! Practices, cycles and people from the command line.

use super::{command, ran, run, with_assessment};

#[test]
fn practices_are_listed_renamed_closed_and_opened_again() {
    let folder = with_assessment();
    let practice = |line: &[&str]| run(&folder, &[&["practice"], line].concat());
    practice(&["add", "afon", "--name", "Afon", "--region", "Wales"]).fine();
    let same = ["add", "nant", "--name", "NANT  Y FRA\u{302}N", "--region", "Wales"];
    assert!(
        practice(&same)
            .refused()
            .contains("There is a Practice with this name already: Nant y Frân (nant-y-fran)")
    );
    practice(&["rename", "afon", "--name", "Afon Fawr"]).fine();
    assert!(
        practice(&["rename", "afon", "--name", "nant y frân"])
            .refused()
            .contains("nant-y-fran")
    );
    assert!(
        practice(&["rename", "nowhere", "--name", "X"])
            .refused()
            .contains("There is no Practice with the short name nowhere")
    );
    practice(&["close", "afon", "--on", "2026-03-31"]).fine();
    assert!(
        practice(&["close", "afon"])
            .refused()
            .contains("closed on 31 March 2026 already")
    );
    assert!(
        practice(&["close", "nant-y-fran", "--on", "2199-01-01"])
            .refused()
            .contains("today or earlier")
    );
    let listed = practice(&["list"]).fine();
    assert_eq!(
        listed.text(),
        "afon\tAfon Fawr\tWales\tclosed on 2026-03-31\nnant-y-fran\tNant y Frân\t\t\n"
    );
    practice(&["reopen", "afon"]).fine();
    assert!(!practice(&["list"]).fine().text().contains("closed"));
}

#[test]
fn cycles_are_closed_and_opened_again_and_people_listed() {
    let folder = with_assessment();
    for line in [
        &["cycle", "open", "2026", "--version", "2026.1"][..],
        &["cycle", "close", "2026"],
        &["cycle", "reopen", "2026"],
    ] {
        run(&folder, line).fine();
    }
    assert!(
        run(&folder, &["cycle", "close", "1999"])
            .refused()
            .contains("There is no cycle 1999")
    );
    assert_eq!(run(&folder, &["user", "list"]).fine().text(), "");
}

#[test]
fn a_time_zone_is_one_that_there_is() {
    let folder = with_assessment();
    for (zone, status) in [("Europe/London", 0), ("Pacific/Auckland", 0), ("Europe/Atlantis", 2)] {
        let mut line = command(&folder, &["report", "kept"]);
        line.env("TIME_ZONE", zone);
        assert_eq!(ran(line).status, status, "{zone}");
    }
}

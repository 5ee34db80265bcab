//! Single rules, by example: what is found, word for word.

use identify::{Kind, find, fresh, pieces};

/// Returns the kinds and words found, as `kind:words`, joined by ` | `.
fn found(text: &str) -> String {
    let all: Vec<String> = find(text)
        .iter()
        .map(|f| format!("{}:{}", f.kind.code(), f.words(text)))
        .collect();
    all.join(" | ")
}

#[test]
fn each_text_gives_exactly_these_words() {
    for (text, expected) in [
        ("", ""),
        ("Ms Smith's aim", "name:Ms Smith"),
        ("(Mr. & Mrs. ap Rhys-Jones)", "name:Mr. & Mrs. ap Rhys-Jones"),
        (
            "Ms Smith, Mr Jones and Dr Ŵyn",
            "name:Ms Smith | name:Mr Jones | name:Dr Ŵyn",
        ),
        ("Ms K. Smith Monday", "name:Ms K. Smith"),
        ("Ms A, Mr B. and Ms C", ""),
        ("Jade (27) and her two boys", "phrase:Jade (27)"),
        ("Bryony (34), who lost her home", "phrase:Bryony (34)"),
        (
            "Cardiff (27) and Swansea (12); referrals (27) from her team; Wrexham (14) in the year she left",
            "",
        ),
        ("**Mrs\nSmith**", "name:Mrs\nSmith"),
        ("Mrs\n\nSmith", ""),
        ("NHS 943 476 5919", "nhs:943 476 5919"),
        ("NHS 943 476 5918", ""),
        ("9434765919 943-476-5919", "nhs:9434765919 | nhs:943-476-5919"),
        ("19434765919, 94347659190, 9434765919-2", ""),
        (
            "EC1A 1BB, W1A 0AX, M1 1AE, B33 8TH, CR2 6XH, DN55 1PT",
            "postcode:EC1A 1BB | postcode:W1A 0AX | postcode:M1 1AE | postcode:B33 8TH | postcode:CR2 6XH | postcode:DN55 1PT",
        ),
        // no such area, a letter that is never in the last two, three digits, an ordinal
        ("QX1 1AA, LS1 1CV, LS123 1AA, LS1 2nd, XLS1 1AA, LS1 1AAA", ""),
        (
            "07700 900123 / +44 7700 900123 / 0113 4960123",
            "phone:07700 900123 | phone:+44 7700 900123 | phone:0113 4960123",
        ),
        ("0800 123 4567, 0345 678 9012, 07700 90012, 077009001234", ""),
        ("a.b+c@example.org.", "email:a.b+c@example.org"),
        ("@example.org, a@b, a@@b.org, a@b.c", ""),
        ("born 3.5.91", "birth:3.5.91"),
        ("DOB 31/12/1990, not 32/12/1990", "birth:31/12/1990"),
        ("She joined on 3 May 2025. Born in Leeds.", ""),
        ("her sister, Lucy, and her partner agencies", "phrase:her sister, Lucy"),
        ("lives at 12a Rose Lane", "phrase:lives at 12a Rose Lane"),
        ("the office at 12 Rose Lane", ""),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_is_stored_already_is_not_pointed_out_again() {
    let stored = "We met Ms Smith at LS98 1AA.";
    let words = |text: &str, stored: &[&str]| {
        fresh(text, stored)
            .iter()
            .map(|f| f.words(text).to_owned())
            .collect::<Vec<_>>()
    };
    assert!(words(stored, &[stored]).is_empty());
    assert!(words("ms  smith again", &[stored]).is_empty());
    assert_eq!(words("Ms Smithson and Ms Smith", &[stored]), ["Ms Smithson"]);
    assert_eq!(words("Ms Smith", &["Ms Smithson"]), ["Ms Smith"]);
    assert_eq!(words("Ms Smith", &[]), ["Ms Smith"]);
    assert!(words("Ms Smith", &["", stored]).is_empty());
}

#[test]
fn a_mark_stands_for_the_words_and_does_not_hold_them() {
    let mark = |text: &str| find(text)[0].mark(text);
    assert_eq!(mark("Ms Smith"), mark("So ms   smith said."));
    assert_ne!(mark("Ms Smith"), mark("Ms Smyth"));
    assert!(mark("Ms Smith").len() == 8 && mark("Ms Smith").bytes().all(|b| b.is_ascii_hexdigit()));
}

#[test]
fn long_texts_are_shown_by_their_findings() {
    let long = "ŵ ".repeat(100);
    let text = format!("{long}Ms Smith and Mr Jones. {long}Ms Brown");
    let shown = pieces(&text, &find(&text));
    let around: usize = shown
        .iter()
        .filter(|p| p.kind.is_none())
        .map(|p| p.text.chars().count())
        .sum();
    assert!(around < 200, "{around}");
    let marked: Vec<&str> = shown
        .iter()
        .filter(|p| p.kind == Some(Kind::Name))
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(marked, ["Ms Smith", "Mr Jones", "Ms Brown"]);
    assert_eq!(
        pieces("Ms Smith came", &find("Ms Smith came"))
            .iter()
            .map(|p| p.text.as_str())
            .collect::<String>(),
        "Ms Smith came"
    );
}

#[test]
fn words_in_the_criteria_of_this_house_do_not_trip() {
    // prose that nobody wrote for these rules
    let criteria = concat!(env!("CARGO_MANIFEST_DIR"), "/../framework/criteria");
    let mut folders = vec![std::path::PathBuf::from(criteria)];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(found(&text), "", "{}", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 50, "{read} files");
}

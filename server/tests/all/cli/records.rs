//! Adaptations, plans, support and evidence, in and out.

use super::{run, with_assessment};
use std::fs;
use tempfile::TempDir;

/// Each kind, what an export of it gives in CSV, and how much there is of it.
const KINDS: [(&str, &str, usize); 4] = [
    (
        "adaptations",
        "practice,round,title,what,criteria,timing,since,until,decided_by,level,reasons,why,core,core_why,saved_by,saved_at,proposed_by,proposed_at,ruling,ruling_reason,ruling_until,ruled_by,ruled_at,key\n\
         nant-y-fran,1,Llyfrgell,We meet in the library.,travel-counted,planned,2024-03-01,,Practice lead,team,place,No bus.,yes,Women chose.,Siân,2024-02-01T10:00:00Z,Siân,2024-02-02T10:00:00Z,refused,Not yet.,,Rita,2024-02-09T10:00:00Z,01930000-0000-7000-8000-000000000001\n\
         nant-y-fran,2,Llyfrgell,We meet in the library on Mondays.,travel-counted,planned,2024-03-01,,Practice lead,team,place,No bus.,yes,Women chose.,Siân,2024-02-12T10:00:00Z,,,,,,,,01930000-0000-7000-8000-000000000001\n",
        1,
    ),
    (
        "actions",
        "practice,cycle,version,criterion,state,what,owner,by,support,why,closed_at,raised_by,raised_at,changed_by,changed_at,key\n\
         nant-y-fran,2024,2025.1,travel-counted,done,\"Count it,\nweekly\",'=lead,2024-06-01,,It is counted.,2024-05-01T10:00:00Z,Siân,2024-04-01T10:00:00Z,Siân,2024-05-01T10:00:00Z,01930000-0000-7000-8000-000000000002\n\
         nant-y-fran,2024,2025.1,caseload-ceiling,none,,,,,Board decides in May.,,,,Siân,2024-04-01T10:00:00Z,01930000-0000-7000-8000-000000000003\n",
        2,
    ),
    (
        "support",
        "practice,day,what,action,element,recorded_by,recorded_at,helped,comment,rated_by,rated_at,key\n\
         nant-y-fran,2024-04-20,A day with the team.,01930000-0000-7000-8000-000000000002,,Rita,2024-04-21T10:00:00Z,4,Timely.,Siân,2024-05-01T10:00:00Z,01930000-0000-7000-8000-000000000004\n",
        1,
    ),
    (
        "evidence",
        "practice,number,kind,title,shows,true_of,review_by,link,note,file_name,file_size,sha256,made_by,made_at,withdrawn_by,withdrawn_at,cited,still_true,key\n\
         nant-y-fran,1,file,Travel,How far they go.,2024-02-01,,,,travel.csv,3,a34c78ac49fb6bfe22c1df0bd9b1a3ee6a1b2e0f1c7d8e9fa0b1c2d3e4f50617,Siân,2024-02-02T10:00:00Z,,,2024/travel-counted,,01930000-0000-7000-8000-000000000005\n\
         nant-y-fran,1,link,Minutes,Who came.,2024-01-01,2025-01-01,https://example.org/a,,,,,Siân,2024-02-02T10:00:00Z,,,,2024,01930000-0000-7000-8000-000000000006\n",
        2,
    ),
];

/// As an export writes it.
fn exported(text: &str) -> Vec<u8> {
    // the line end within quotation marks stays
    let ends = text.replace('\n', "\r\n").replace("it,\r\n", "it,\n");
    format!("\u{feff}{ends}").into_bytes()
}

/// Puts the one file there that the evidence names.
fn upload(folder: &TempDir) {
    let kept = folder.path().join("test-files/sha256/a3");
    fs::create_dir_all(&kept).unwrap();
    let name = "a34c78ac49fb6bfe22c1df0bd9b1a3ee6a1b2e0f1c7d8e9fa0b1c2d3e4f50617";
    fs::write(kept.join(name), "a,b").unwrap();
}

#[test]
fn every_kind_is_tried_taken_in_once_and_given_out_as_it_came() {
    let first = with_assessment();
    upload(&first);
    for (kind, text, keys) in KINDS {
        let file = format!("{kind}.csv");
        fs::write(first.path().join(&file), exported(text)).unwrap();
        let import = |more: &[&str]| run(&first, &[&["import", kind, &file], more].concat()).fine();
        let tried = import(&["--dry-run"]);
        assert!(
            tried
                .text()
                .starts_with(&format!("{keys} would be added, 0 here already.\n")),
            "{tried:?}"
        );
        assert!(tried.text().contains("Nothing was changed"), "{tried:?}");
        assert_eq!(import(&[]).text(), format!("{keys} added, 0 here already.\n"));
        assert_eq!(import(&[]).text(), format!("0 added, {keys} here already.\n"));
        let again = run(&first, &["export", kind, "--out", "-"]).fine();
        assert_eq!(again.out, exported(text), "{}", again.text());
    }
    // and as JSON into another
    let second = with_assessment();
    upload(&second);
    for (kind, text, _) in KINDS {
        let out = second.path().join(format!("{kind}.json")).display().to_string();
        run(&first, &["export", kind, "--format", "json", "--out", &out]).fine();
        run(&second, &["import", kind, &out]).fine();
        assert_eq!(run(&second, &["export", kind]).fine().out, exported(text), "{kind}");
    }
}

#[test]
fn a_file_of_which_the_content_is_not_here_is_refused_by_name() {
    let folder = with_assessment();
    let (kind, text, _) = KINDS[3];
    fs::write(folder.path().join("e.csv"), text).unwrap();
    for line in [&["import", kind, "e.csv"][..], &["import", kind, "e.csv", "--dry-run"]] {
        let reason = run(&folder, line).refused();
        assert_eq!(
            reason,
            "line 2: The file “travel.csv” is not among the uploaded files here. Copy the folder of uploaded files first.\n"
        );
    }
    upload(&folder);
    fs::write(folder.path().join("e.csv"), text.replace(",3,a34", ",4,a34")).unwrap();
    let reason = run(&folder, &["import", kind, "e.csv"]).refused();
    assert_eq!(reason, "line 2: The file “travel.csv” has 3 bytes here, not 4.\n");
    let export = run(&folder, &["export", kind, "--format", "json"]).fine();
    assert_eq!(export.text(), "[]\n");
}

#[test]
fn what_cannot_be_taken_is_told_by_line_and_nothing_is_taken() {
    let folder = TempDir::new().unwrap();
    let (kind, text, _) = KINDS[1];
    fs::write(folder.path().join("a.csv"), text).unwrap();
    let reasons = run(&folder, &["import", kind, "a.csv"]).refused();
    for line in [
        "line 2: There is no Practice “nant-y-fran”.",
        "line 4 (row 3 in Excel): There is no Practice “nant-y-fran”.",
    ] {
        assert!(reasons.contains(line), "{reasons}");
    }
    fs::write(folder.path().join("a.csv"), text.replace(",done,", ",finished,")).unwrap();
    let reasons = run(&folder, &["import", kind, "a.csv"]).refused();
    assert_eq!(
        reasons,
        "a.csv:2: state: “finished” is none of: open, done, dropped, none.\n"
    );
}

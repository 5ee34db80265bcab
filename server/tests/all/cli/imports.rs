//! Importing earlier years at the command line: what is missing, what identifies, and taking back.

use super::{EARLIER, run};
use framework::library::Library;
use std::fs;
use tempfile::TempDir;

const HEAD: &str = "practice,region,cycle,version,criterion,self_rating,review_rating,agreed_rating,measure,comment";

fn with(name: &str, content: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

fn whole_year() -> String {
    let framework = Library::embedded().versions().next().unwrap().clone();
    let rows = framework
        .criteria
        .iter()
        .map(|criterion| format!("Larkfield,East,2025,2025.1,{},4,4,4,,", criterion.id));
    format!("{HEAD}\n{}\n", rows.collect::<Vec<_>>().join("\n"))
}

#[test]
fn missing_criteria_are_listed_and_refused_unless_they_are_allowed() {
    let folder = with("earlier.csv", EARLIER);
    let import = |more: &[&str]| run(&folder, &[&["import", "assessments", "earlier.csv"], more].concat());
    let tried = import(&["--dry-run"]);
    assert_eq!(tried.status, 1, "a dry run refuses what a run would refuse");
    assert!(
        tried.text().contains("assessment nant-y-fran 2024: would be added"),
        "{tried:?}"
    );
    assert!(
        tried.err.contains("nant-y-fran 2024: 51 of 53 criteria are missing: "),
        "{tried:?}"
    );
    assert!(tried.err.contains("(not there yet"), "{tried:?}");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "a dry run made a database"
    );
    let refused = import(&[]).refused();
    assert!(
        refused.contains("51 of 53 criteria are missing") && refused.contains("--allow-incomplete"),
        "{refused}"
    );
    assert!(import(&["--allow-incomplete"]).fine().text().contains("1 added"));
    assert!(
        import(&[]).fine().text().contains("0 added, 1 here already"),
        "what is here is not asked about again"
    );
}

#[test]
fn a_mistaken_import_is_taken_back_and_the_right_one_comes_in() {
    let folder = with("years.csv", &whole_year());
    let import = ["import", "assessments", "years.csv"];
    let done = run(&folder, &import).fine();
    let id = done
        .text()
        .split("import undo ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    let listed = run(&folder, &["import", "list"]).fine();
    assert!(
        listed.text().starts_with(&format!("{id}  years.csv, imported ")),
        "{listed:?}"
    );
    assert!(
        listed.text().contains("  larkfield 2025: 53 of 53 criteria\n"),
        "{listed:?}"
    );
    let undo = |id: &str, why: &str| run(&folder, &["import", "undo", id, "--reason", why]);
    assert!(undo(&id, "\u{200b}").refused().contains("Say why with --reason"));
    assert!(
        undo("019c0000-0000-7000-8000-000000000000", "x")
            .refused()
            .contains("There is no import")
    );
    undo(&id, "The wrong year").fine();
    assert_eq!(
        run(&folder, &["export", "assessments", "--format", "json"])
            .fine()
            .text(),
        "[]\n"
    );
    assert!(run(&folder, &["import", "list"]).fine().text().contains("taken back"));
    assert!(undo(&id, "x").refused().contains("taken back already"));
    assert!(
        run(&folder, &import)
            .fine()
            .text()
            .contains("Practice Larkfield: added")
    );
}

#[test]
fn words_that_may_identify_somebody_are_told_with_their_row_and_kept_only_if_it_is_said() {
    let year = whole_year().replace("data-returns,4,4,4,,", "data-returns,4,4,4,,\"Two\nlines\"");
    let year = year.replace("direct-requests,4,4,4,,", "direct-requests,4,4,4,,Ms Smith came");
    let folder = with("years.csv", &year);
    let at = year.lines().position(|line| line.contains("Ms Smith")).unwrap() + 1;
    let import = ["import", "assessments", "years.csv"];
    let reason = run(&folder, &import).refused();
    assert!(reason.contains("comment: “Ms Smith” (a name)."), "{reason}");
    let breaks = year.lines().take(at).filter(|line| *line == "lines\"").count();
    let place = if breaks == 0 {
        format!("line {at},")
    } else {
        format!("line {at} (row {} in Excel),", at - breaks)
    };
    assert!(reason.contains(&place) && reason.contains("--keep-detail"), "{reason}");
    run(&folder, &[&import[..], &["--keep-detail"]].concat()).fine();
    assert!(run(&folder, &import).fine().text().contains("0 added, 1 here already"));
}

#[test]
fn files_as_spreadsheets_and_programs_leave_them_come_in() {
    let year = whole_year();
    let short = year.replace(",4,4,4,,\n", ",4,4,4\n");
    let floats = year.replace(",4,4,4,", ",4.0,4.0,4.0,");
    let semicolons = format!(
        "\u{feff}sep=;\r\n{}",
        year.replace(',', ";").replace("2025.1", "2025,1")
    );
    let spelt = year
        .replacen("Larkfield", "Lark\u{a0}field", 9)
        .replacen("Larkfield", "Lark  field", 9)
        .replace("Larkfield", "Lark field");
    for (what, file) in [
        ("short rows", short),
        ("floats", floats),
        ("semicolons", semicolons),
        ("names", spelt),
    ] {
        let folder = with("years.csv", &file);
        let done = run(&folder, &["import", "assessments", "years.csv"]).fine();
        assert!(done.text().contains("1 added, 0 here already"), "{what}: {done:?}");
    }
}

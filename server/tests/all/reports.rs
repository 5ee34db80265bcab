//! Reports as files to save: what they are declared as, and that their JSON fits the schema that is published.

use crate::world::{Persona, World};
use serde_json::Value;

const PRACTICE: &str = "/practices/north-vale/2024/report";
const NATIONAL: &str = "/reports/2024";

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_a_file_to_save_for_those_who_may_read_the_report() {
    let world = World::new().await;
    for (report, name, persona, other) in [
        (PRACTICE, "north-vale-2024.xlsx", Persona::Lead, Persona::OtherLead),
        (NATIONAL, "national-2024.xlsx", Persona::Reviewer, Persona::Lead),
    ] {
        let mut browser = world.browser(persona).await;
        let file = format!("{report}/report.xlsx");
        let page = browser.get(report).await.body;
        assert!(page.contains(&format!("href=\"{file}\"")) && page.contains("Download as Excel"));
        let reply = browser.get(&file).await;
        assert!(reply.body.starts_with("PK"), "a workbook is an archive");
        assert_eq!(
            reply.headers["content-type"],
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        );
        assert_eq!(
            reply.headers["content-disposition"],
            format!("attachment; filename=\"{name}\"")
        );
        assert_eq!(world.browser(other).await.get(&file).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_s_json_fits_the_schema_that_anybody_may_read() {
    let world = World::new().await;
    let mut reviewer = world.browser(Persona::Reviewer).await;
    for (report, schema) in [
        (PRACTICE, "/schemas/practice-report.json"),
        ("/practices/north-vale/2025/report", "/schemas/practice-report.json"),
        (NATIONAL, "/schemas/national-report.json"),
    ] {
        let published = world.site.stranger().get(schema).await;
        assert_eq!(published.headers["content-type"], "application/schema+json");
        let schema: Value = serde_json::from_str(&published.body).unwrap();
        let json = reviewer.get(&format!("{report}/report.json")).await.body;
        let json: Value = serde_json::from_str(&json).unwrap();
        let fits = jsonschema::validate(&schema, &json);
        assert!(fits.is_ok(), "{report}: {fits:?}");
        assert!(jsonschema::validate(&schema, &Value::Null).is_err());
    }
}

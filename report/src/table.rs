//! Rows as CSV for spreadsheets.

use crate::formula::guarded;

/// Returns a header and rows as CSV: UTF-8 with BOM, RFC 4180 quoting, nothing that a spreadsheet would take for a formula.
pub(crate) fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(vec![]);
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    for row in std::iter::once(header).chain(rows) {
        let written = writer.write_record(row.iter().map(|text| guarded(text)));
        written.expect("memory takes all that is written, and every row has all columns");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// Returns a row by the names of its columns; a column that is not named is empty.
pub(crate) fn named(header: &[&str], cells: &[(&str, String)]) -> Vec<String> {
    let cell = |column: &&str| cells.iter().find(|(name, _)| name == column);
    header
        .iter()
        .map(|column| cell(column).map(|(_, text)| text.clone()).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_quotes_what_must_be_quoted_and_disarms_formulas() {
        let rows = vec![vec![
            "a,b".to_owned(),
            "Agreed;=SUM(A1)".to_owned(),
            "-1".to_owned(),
            "say \"ŵ\"\nthere".to_owned(),
        ]];
        assert_eq!(
            csv(&["one", "two", "three", "four"], rows.into_iter()),
            "\u{feff}one,two,three,four\r\n\"a,b\",Agreed;'=SUM(A1),-1,\"say \"\"ŵ\"\"\nthere\"\r\n"
        );
    }
}

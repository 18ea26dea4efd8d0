//! What is written must come back, whatever users wrote.

use proptest::prelude::*;

use super::*;
use crate::report::sample;

/// Takes back what [`neutral`] does.
fn plain(cell: &str) -> &str {
    if is_formula(cell.trim_start_matches('\'')) { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
}

/// A reader of RFC 4180, as simple as can be: the oracle for the writer.
fn parse(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let cell = record.last_mut().unwrap();
        match (character, quoted) {
            ('"', true) if characters.peek() == Some(&'"') => cell.extend(characters.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(String::new()),
            ('\n', false) => records.push(std::mem::replace(&mut record, vec![String::new()])),
            _ => cell.push(character),
        }
    }
    records
}

fn written(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_row_is_disposed_of_once() {
    let plan = sample::plan();
    let text = written(|out| write_dispositions(&PlanRows::new(&plan), out));
    let records = parse(&text);
    assert_eq!(records[0], DISPOSITION_COLUMNS);
    assert_eq!(records.len(), 1 + plan.submitted.len() + 1);
    for item in &plan.submitted {
        assert_eq!(records.iter().filter(|record| plain(&record[0]) == item.id).count(), 1, "{}", item.id);
    }
    for (record, disposition) in records[1..].iter().zip(&plan.dispositions) {
        let source = disposition.source.as_ref().unwrap();
        assert_eq!(plain(&record[1]), source.file.as_ref());
        assert_eq!(record[3], source.row.to_string());
    }
}

#[test]
fn a_merged_row_reads_as_the_contract_says() {
    let text = written(|out| write_dispositions(&PlanRows::new(&sample::plan()), out));
    let expected = "XF-01,消防救援大队2023.xlsx,Sheet1,3,P-MZJ-01,merged,joint,MZJ-01,0.8073";
    assert!(text.lines().any(|line| line == expected), "{text}");
    assert!(text.lines().any(|line| line == ",住建局.xlsx,表1,7,,rejected,,,"), "{text}");
    assert!(text.contains("\n'@ZZ|99,\"'-坏,文件.csv\",,2,P-@ZZ|99,kept,,,\n"), "{text}");
}

#[test]
fn targets_are_listed() {
    assert_eq!(
        written(|out| write_targets(&PlanRows::new(&sample::plan()), out)),
        "item_id,unit_id\nMZJ-01,YL01\nMZJ-01,YL02\n"
    );
}

#[test]
fn the_review_opens_in_a_spreadsheet_program() {
    for lang in [Lang::Zh, Lang::En] {
        let text = written(|out| write_review(&PlanRows::new(&sample::plan()), lang, out));
        let records = parse(text.strip_prefix('\u{feff}').expect("a byte order mark"));
        assert_eq!(records[0], REVIEW_COLUMNS);
        assert_eq!(records[1].len(), REVIEW_COLUMNS.len());
        assert_eq!(records[1][..4], ["", "QWB-02", "YJJ-02", "保密工作年度检查"]);
        assert!(records[1][12].contains("+6.120"), "{}", records[1][12]);
        assert!(records.iter().flatten().all(|cell| !is_formula(cell)));
    }
}

#[cfg(feature = "csv")]
#[test]
fn another_reader_agrees() {
    let text = written(|out| write_review(&PlanRows::new(&sample::plan()), Lang::Zh, out));
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let theirs: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(theirs, parse(text));
}

proptest! {
    #[test]
    fn hostile_cells_come_back(cells in prop::collection::vec("['\"=+@\\-,\r\n\t ＝|a文]{0,6}", 1..6)) {
        let neutralised: Vec<Cow<'_, str>> = cells.iter().map(|cell| neutral(cell)).collect();
        let mut bytes = Vec::new();
        write_record(&mut bytes, &neutralised.iter().map(|cell| &**cell).collect::<Vec<_>>()).unwrap();
        let records = parse(std::str::from_utf8(&bytes).unwrap());
        prop_assert_eq!(records.len(), 1);
        for (back, cell) in records[0].iter().zip(&cells) {
            prop_assert!(!is_formula(back));
            prop_assert_eq!(plain(back), cell.as_str());
        }
        prop_assert_eq!(records[0].len(), cells.len());
    }
}

//! The workbook read back with another library.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::*;
use crate::report::sample;

fn open(lang: Lang) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(render(&sample::plan(), lang).unwrap())).unwrap()
}

fn cells(range: &Range<Data>) -> Vec<Vec<String>> {
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn has_the_sheets_in_order() {
    assert_eq!(open(Lang::Zh).sheet_names(), ["计划", "事项去向", "汇总", "迎检负担", "待议"]);
    assert_eq!(open(Lang::En).sheet_names(), ["Plan", "Dispositions", "Summary", "Burden", "Review"]);
    let empty = render(&sample::empty(), Lang::Zh).unwrap();
    assert_eq!(Xlsx::new(Cursor::new(empty)).unwrap().sheet_names().len(), 4);
}

#[test]
fn the_plan_is_titled_and_complete() {
    let plan = sample::plan();
    let rows = cells(&open(Lang::Zh).worksheet_range("计划").unwrap());
    assert_eq!(rows[0][0], "敖林区2023年度督查检查考核计划");
    assert_eq!(rows[1][0], "各单位上报 10 项，精简合并为 6 项，减少 4 项（40.0%）。");
    assert_eq!(rows[2][..3], ["序号", "事项名称", "类别"]);
    assert_eq!(rows.len(), 3 + plan.items.len());
    let joint = &rows[3];
    assert_eq!(joint[..4], ["1", "2023年养老机构服务质量和消防安全联合检查", "检查", "区民政局"]);
    assert_eq!(joint[9], "区民政局、消防救援大队：检查制度、人员、台账。");
    assert!(joint[12].contains("消防救援大队“养老机构消防安全检查”（联合）"), "{}", joint[12]);
}

#[test]
fn every_row_is_among_the_dispositions_once() {
    let plan = sample::plan();
    let rows = cells(&open(Lang::Zh).worksheet_range("事项去向").unwrap());
    assert_eq!(rows.len(), 1 + plan.dispositions.len());
    for item in &plan.submitted {
        assert_eq!(rows.iter().filter(|row| row[0] == item.id).count(), 1, "{}", item.id);
    }
    let merged = rows.iter().find(|row| row[0] == "XF-01").unwrap();
    assert_eq!(
        merged[6..12],
        ["1", "2023年养老机构服务质量和消防安全联合检查", "并入", "联合", "MZJ-01", "0.8073"]
    );
    assert!(merged[12].starts_with("联合：同一场所的常规现场检查"), "{}", merged[12]);
    let rejected = rows.iter().find(|row| row[8] == "未采用").unwrap();
    assert_eq!(rejected[12], "事项名称：应为事项名称，实为空。");
}

#[test]
fn no_cell_is_a_formula() {
    for lang in [Lang::Zh, Lang::En] {
        let mut workbook = open(lang);
        for name in workbook.sheet_names() {
            assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "{name}");
        }
    }
    let rows = cells(&open(Lang::Zh).worksheet_range("事项去向").unwrap());
    let hostile = rows.iter().find(|row| row[0] == "@ZZ|99").unwrap();
    assert!(hostile[4].starts_with("=HYPERLINK"), "text as it was written: {}", hostile[4]);
}

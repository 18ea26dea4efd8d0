//! Each format on a small table, made here by hand.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use tongchou::ingest::{Limits, Submissions, read_bytes};
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::model::item::{Field, InferredFrom};
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8]) -> Submissions {
    read_bytes(name, bytes, &Limits::default())
}

fn codes(submissions: &Submissions) -> Vec<&str> {
    submissions.diagnostics.iter().map(|message| message.code.as_str()).collect()
}

fn only(submissions: &Submissions) -> &Diagnostic {
    assert_eq!(submissions.diagnostics.len(), 1, "{:#?}", submissions.diagnostics);
    &submissions.diagnostics[0]
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("the zip ends").into_inner()
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook in memory")
}

#[test]
fn xlsx_values_read_as_the_sheet_shows_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let percent = Format::new().set_num_format("0%");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let month = Format::new().set_num_format("yyyy\"年\"m\"月\"");
    for (column, header) in
        ["序号", "事项名称", "检查时间", "抽查比例", "检查频次", "备注", "检查对象"].into_iter().enumerate()
    {
        sheet.write(0, column as u16, header).expect("header");
    }
    sheet.write(1, 0, 1.0).expect("number");
    sheet.write(1, 1, " 甲检查 ").expect("text");
    sheet.write_with_format(1, 2, 45026.0, &day).expect("date");
    sheet.write_with_format(1, 3, 1.0, &percent).expect("percent");
    sheet.write(1, 4, 2.0).expect("number");
    sheet.write_formula(1, 5, Formula::new("=1+1").set_result("算得")).expect("formula");
    sheet.write(1, 6, true).expect("truth");
    sheet.write(2, 1, "乙检查").expect("text");
    sheet.write_with_format(2, 2, 45026.0, &month).expect("month");
    sheet.write_with_format(2, 3, 0.125, &Format::new().set_num_format("0.0%")).expect("percent");
    sheet.write(2, 4, 1.5).expect("number");
    let read = read("某局.xlsx", &saved(workbook));
    let [first, second] = &read.items[..] else { panic!("{read:#?}") };
    assert_eq!(first.name, "甲检查");
    assert_eq!(first.schedule.as_deref(), Some("2023-04-10"));
    assert_eq!(first.ratio.as_deref(), Some("100%"));
    assert_eq!(first.frequency.as_deref(), Some("2"));
    assert_eq!(first.notes.as_deref(), Some("算得"));
    assert_eq!(first.targets, ["是"]);
    assert_eq!(first.id, "某局.xlsx#Sheet1!2");
    assert_eq!(second.schedule.as_deref(), Some("2023年4月"));
    assert_eq!(second.ratio.as_deref(), Some("12.5%"));
    assert_eq!(second.frequency.as_deref(), Some("1.5"));
}

#[test]
fn xlsx_merged_cells_are_inherited_downwards_only() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 4, "2024年度检查计划", &plain).expect("title");
    for (column, header) in ["序号", "事项名称", "牵头部门", "配合部门", "时间"].into_iter().enumerate()
    {
        sheet.write(1, column as u16, header).expect("header");
    }
    for (row, name) in [(2, "甲检查"), (3, "乙检查"), (4, "丙检查")] {
        sheet.write(row, 0, row - 1).expect("number");
        sheet.write(row, 1, name).expect("name");
    }
    sheet.merge_range(2, 2, 3, 2, "教育局", &plain).expect("down");
    sheet.merge_range(2, 3, 2, 4, "公安局", &plain).expect("across");
    let read = read("计划.xlsx", &saved(workbook));
    let organizers: Vec<_> = read.items.iter().map(|item| item.organizer.as_deref()).collect();
    assert_eq!(organizers, [Some("教育局"), Some("教育局"), None]);
    assert!(read.items[0].inferred.is_empty());
    assert_eq!(read.items[1].inferred[0].field, Field::Organizer);
    assert_eq!(read.items[1].inferred[0].from, InferredFrom::MergedCell);
    assert_eq!(read.items[0].co_organizers, ["公安局"]);
    assert_eq!(read.items[0].schedule, None);
    assert!(read.items[1].co_organizers.is_empty());
}

#[test]
fn xlsx_sheets_are_read_in_order_and_hidden_ones_are_told() {
    let mut workbook = Workbook::new();
    for (name, hidden, rows) in [
        ("民政局", false, vec![["事项名称", "对象"], ["甲检查", "养老院"]]),
        ("去年", true, vec![["事项名称", "对象"], ["旧检查", "学校"]]),
        ("填报说明", false, vec![["一、请用全称", ""], ["二、时间到月", ""]]),
        ("教育局", false, vec![["事项名称", "对象"], ["乙检查", "学校"]]),
    ] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("sheet name").set_hidden(hidden);
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, text) in cells.into_iter().enumerate() {
                sheet.write(row as u32, column as u16, text).expect("cell");
            }
        }
    }
    let read = read("汇总.xlsx", &saved(workbook));
    let found: Vec<_> =
        read.items.iter().map(|item| (item.name.as_str(), item.organizer.as_deref().unwrap_or(""))).collect();
    assert_eq!(found, [("甲检查", "民政局"), ("乙检查", "教育局")]);
    assert_eq!(codes(&read), ["hidden_sheet", "no_header"]);
    assert_eq!(read.diagnostics[0].severity, Severity::Warning);
    assert_eq!(read.diagnostics[1].severity, Severity::Info);
}

const ODS_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn ods(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[("mimetype", ODS_TYPE), ("content.xml", &content)])
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let cells = cells.iter().map(cell).collect::<Vec<_>>().concat();
    format!("<table:table-row>{cells}</table:table-row>")
}

#[test]
fn ods_cells_spans_and_repetitions() {
    let body = format!(
        "<table:table table:name=\"计划\">{}\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row>\
           <table:table-cell office:value-type=\"string\"><text:p>甲&amp;乙检查</text:p><text:p>第二<text:s text:c=\"2\"/>行</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"date\" office:date-value=\"2024-03-05\"><text:p>3月5日</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"percentage\" office:value=\"0.2\"><text:p>20%</text:p></table:table-cell>\
           <table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>应急局</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>2.00</text:p></table:table-cell>\
         </table:table-row>\
         <table:table-row>\
           <table:table-cell office:value-type=\"string\"><office:annotation><text:p>批注</text:p></office:annotation><text:p>丙检查</text:p></table:table-cell>\
           <table:table-cell table:number-columns-repeated=\"2\"/><table:covered-table-cell/>\
         </table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table>\
         <table:table table:name=\"旧\" table:style-name=\"ta2\">{}{}</table:table>",
        ods_row(&["事项名称", "检查时间", "抽查比例", "牵头单位", "检查频次"]),
        ods_row(&["事项名称", "对象"]),
        ods_row(&["旧检查", "学校"]),
    );
    let read = read("a.ods", &ods(&body));
    let [first, second] = &read.items[..] else { panic!("{read:#?}") };
    assert_eq!(first.name, "甲&乙检查\n第二  行");
    assert_eq!(first.schedule.as_deref(), Some("2024-03-05"));
    assert_eq!(first.ratio.as_deref(), Some("20%"));
    assert_eq!(first.frequency.as_deref(), Some("2"));
    assert_eq!(first.source.as_ref().map(|source| source.row), Some(5));
    assert_eq!(second.name, "丙检查");
    assert_eq!(second.organizer.as_deref(), Some("应急局"));
    assert_eq!(codes(&read), ["hidden_sheet"]);
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

fn docx_cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

#[test]
fn docx_tables_keep_their_grid() {
    let header: String =
        ["序号", "事项名称", "主办单位", "对象", "时间"].iter().map(|text| docx_cell("", text)).collect();
    let body = format!(
        "<w:p><w:r><w:t>县水利局2024年</w:t></w:r><w:r><w:t>检查计划</w:t></w:r></w:p><w:tbl>\
         <w:tr>{header}</w:tr>\
         <w:tr>{}{}{}<w:tc><w:p><w:r><w:t>水库</w:t></w:r></w:p><w:p><w:r><w:t>塘坝</w:t><w:br/><w:t>河道</w:t></w:r></w:p></w:tc>{}</w:tr>\
         <w:tr>{}{}{}{}{}</w:tr>\
         <w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr>\
         </w:tbl><w:p><w:r><w:t>填报人：张三</w:t></w:r></w:p>",
        docx_cell("", "1"),
        docx_cell("", "防汛检查"),
        docx_cell("<w:vMerge w:val=\"restart\"/>", "区河长办"),
        docx_cell("", "4月"),
        docx_cell("", "2"),
        docx_cell("", "取水检查<w:del><w:delText>旧</w:delText></w:del>"),
        docx_cell("<w:vMerge/>", ""),
        docx_cell("", "取水户"),
        docx_cell("", "5月"),
        docx_cell("<w:gridSpan w:val=\"2\"/>", "节水检查"),
        docx_cell("", "机关"),
    );
    let read = read("x/水利.docx", &docx(&body));
    let names: Vec<_> = read.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["防汛检查", "取水检查", "节水检查"]);
    assert_eq!(read.items[0].targets, ["水库\n塘坝\n河道"]);
    assert_eq!(read.items[1].organizer.as_deref(), Some("区河长办"));
    assert_eq!(read.items[2].targets, ["机关"]);
    assert_eq!(read.items[2].organizer.as_deref(), Some("县水利局"));
    assert_eq!(read.items[2].inferred[0].from, InferredFrom::Title);
    assert_eq!(read.items[0].id, "x/水利.docx#!2");
    assert!(read.diagnostics.is_empty(), "{:#?}", read.diagnostics);
}

#[test]
fn docx_forms_and_several_tables() {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| docx_cell("", text)).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let body = format!(
        "<w:tbl>{}{}{}{}</w:tbl><w:p/><w:tbl>{}{}</w:tbl>",
        row(&["事项名称", "开学检查"]),
        row(&["主办单位", "教育局", "配合单位", "卫健局、公安局"]),
        row(&["检查内容", "查准备"]),
        row(&["检查时间", "3月"]),
        row(&["事项名称", "检查对象"]),
        row(&["甲检查", "学校"]),
    );
    let read = read("表.docx", &docx(&body));
    let [form, table] = &read.items[..] else { panic!("{read:#?}") };
    assert_eq!(form.name, "开学检查");
    assert_eq!(form.co_organizers, ["卫健局", "公安局"]);
    assert_eq!(form.schedule.as_deref(), Some("3月"));
    assert_eq!(form.source.as_ref().map(|source| &*source.sheet), Some("1"));
    assert_eq!(table.source.as_ref().map(|source| &*source.sheet), Some("2"));
}

#[test]
fn xls_values_merges_and_long_strings() {
    // Written with xlwt: number formats, a merge, a formula, a hidden sheet, 199 strings that
    // reach over the record limit.
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/formats/应急局2024年检查计划.xls");
    let read = read("应急局2024年检查计划.xls", &std::fs::read(path).expect("the fixture"));
    let [first, second, third, long @ ..] = &read.items[..] else { panic!("{read:#?}") };
    assert_eq!(first.targets, ["辖区加油站\n（含撬装站）"]);
    assert_eq!((first.schedule.as_deref(), first.ratio.as_deref()), (Some("2024-04-10"), Some("100%")));
    assert_eq!(first.frequency.as_deref(), Some("2"));
    assert_eq!((second.schedule.as_deref(), second.ratio.as_deref()), (Some("2024年1月"), Some("12.5%")));
    assert_eq!(second.organizer.as_deref(), Some("县应急管理局危化股"));
    assert_eq!(second.inferred[0].from, InferredFrom::MergedCell);
    assert_eq!((third.frequency.as_deref(), third.notes.as_deref()), (Some("1.5"), Some("是")));
    assert_eq!(long.len(), 199);
    for (number, item) in (1..).zip(long) {
        assert_eq!(item.name, format!("第{number}项检查"));
        assert_eq!(item.content, Some(format!("检查内容{number}{}", "很长的一段文字".repeat(30))));
    }
    assert_eq!(codes(&read), ["note_row", "hidden_sheet"]);
}

#[test]
fn csv_encodings_and_delimiters() {
    let text = "事项名称,检查对象,备注\r\n\"甲\n检查\",\"学校,\"\"幼儿园\"\"\",x\r\n\r\n乙检查,医院,\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let mut marked = vec![0xef, 0xbb, 0xbf];
    marked.extend(text.as_bytes());
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, encoding) in
        [(text.as_bytes(), "UTF-8"), (&gb, "GB18030"), (&marked, "UTF-8 BOM"), (&wide, "UTF-16LE")]
    {
        let read = read("a.csv", bytes);
        assert_eq!(read.mappings[0].encoding.as_deref(), Some(encoding));
        assert_eq!(read.items[0].name, "甲\n检查", "{encoding}");
        assert_eq!(read.items[0].targets, ["学校,\"幼儿园\""]);
        // A blank line is a row.
        assert_eq!(read.items[1].source.as_ref().map(|source| source.row), Some(4));
    }
    for delimiter in ["\t", ";", "|"] {
        let read = read("a.txt", text.replace("学校,", "学校").replace(',', delimiter).as_bytes());
        assert_eq!(read.items.len(), 2, "{delimiter:?}");
        assert_eq!(read.items[1].targets, ["医院"]);
    }
}

#[test]
fn csv_quotes_that_are_never_closed_swallow_nothing() {
    let read = read("a.csv", "事项名称,检查对象\n\"甲检查,学校\n乙检查,\"医院\"\n丙检查,\"工厂\n".as_bytes());
    let names: Vec<_> = read.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["\"甲检查", "乙检查", "丙检查"]);
    assert_eq!(codes(&read), ["unclosed_quote", "unclosed_quote"]);
}

#[test]
fn json_in_all_its_shapes() {
    let item = r#"{"id":"A-1","name":"甲检查","co_organizers":["公安局","卫健局"],"targets":["学校","医院"],"ratio":0.5,"unknown":{"a":[1]},"notes":null}"#;
    let aliased = r#"{"事项名称":"乙检查","牵头单位":"教育局","配合部门":"公安局、卫健局","检查对象":"学校","开始时间":"3月","结束时间":"5月","检查频次":2}"#;
    let list = format!("[{item},{aliased}]");
    let object = format!("{{\"year\":2024,\"items\":[{item},{aliased}],\"more\":[1,2]}}");
    let lines = format!("{item}\n\n{aliased}\n");
    for (name, text) in [("a.json", &list), ("b.json", &object), ("c.jsonl", &lines), ("d.json", &lines)] {
        let read = read(name, text.as_bytes());
        let [first, second] = &read.items[..] else { panic!("{name}: {read:#?}") };
        assert_eq!(first.id, "A-1");
        assert_eq!(first.targets, ["学校", "医院"]);
        assert_eq!(first.ratio.as_deref(), Some("0.5"));
        assert_eq!(second.organizer.as_deref(), Some("教育局"));
        assert_eq!(second.co_organizers, ["公安局", "卫健局"]);
        assert_eq!(second.schedule.as_deref(), Some("3月至5月"));
        assert_eq!(second.frequency.as_deref(), Some("2"));
        assert!(read.diagnostics.is_empty(), "{name}: {:#?}", read.diagnostics);
    }
    let alone = read("one.json", item.as_bytes());
    assert_eq!(alone.items.len(), 1);
}

#[test]
fn bad_json_is_told_with_its_line_and_loses_nothing_else() {
    let lines = "{\"name\":\"甲检查\"}\n{\"name\":\n[1]\n{\"organizer\":\"教育局\"}\n{\"name\":\"乙检查\"}\n";
    let read_lines = read("a.jsonl", lines.as_bytes());
    assert_eq!(read_lines.items.len(), 2);
    let found: Vec<_> =
        read_lines.diagnostics.iter().map(|message| (message.code.as_str(), message.source.row)).collect();
    assert_eq!(found, [("bad_json", 2), ("bad_element", 3), ("missing_name", 4)]);
    assert!(read_lines.diagnostics.iter().all(|message| message.severity == Severity::Rejected));
    let cut = read("a.json", br#"[{"name":"\u7532"},{"name":"#);
    assert_eq!(cut.items.len(), 1);
    assert_eq!(only(&cut).code, "damaged_file");
    // Other JSON in the folder holds no items and is no error.
    let truth = read("truth.json", br#"{"groups":[{"id":"G1","core":"A"}],"barred":[]}"#);
    assert_eq!((truth.items.len(), only(&truth).code.as_str()), (0, "no_header"));
    assert!(only(&truth).severity < Severity::Rejected);
}

#[test]
fn an_item_survives_its_own_serialisation() {
    let read_once = read("a.csv", "事项名称,主办单位,检查对象\n甲检查,教育局,学校\n".as_bytes());
    let text = serde_json::to_string(&read_once.items).expect("items serialise");
    let again = read("b.json", text.as_bytes());
    let (mut first, mut second) = (read_once.items[0].clone(), again.items[0].clone());
    assert_eq!(first.id, second.id);
    (first.source, second.source) = (None, None);
    assert_eq!(first, second);
}

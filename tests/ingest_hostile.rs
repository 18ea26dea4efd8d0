//! Malformed, hostile and huge input: a clear message, bounded memory, never a panic.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;

use rust_xlsxwriter::Workbook;
use tongchou::ingest::{Limits, Submissions, read_bytes, read_paths};
use tongchou::model::diagnostic::Severity;
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8]) -> Submissions {
    read_bytes(name, bytes, &Limits::default())
}

fn codes(submissions: &Submissions) -> Vec<&str> {
    submissions.diagnostics.iter().map(|message| message.code.as_str()).collect()
}

/// The one message there is; it names its file and says what was expected in both languages.
fn only_code(submissions: &Submissions) -> &str {
    let [message] = &submissions.diagnostics[..] else { panic!("{:#?}", submissions.diagnostics) };
    assert!(
        !message.source.file.is_empty() && !message.expected_zh.is_empty() && !message.expected_en.is_empty()
    );
    &message.code
}

fn read_folder(folder: &Path) -> Submissions {
    read_paths(&[folder.to_path_buf()], &Limits::default(), &mut |_| {}).expect("the folder exists")
}

fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["事项名称", "检查对象"], ["甲检查", "学校"], ["乙检查", "医院"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *text).expect("cell");
        }
    }
    workbook.save_to_buffer().expect("workbook")
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("zip").into_inner()
}

/// A workbook of one sheet with this XML in it.
fn xlsx_with_sheet(sheet: &str) -> Vec<u8> {
    xlsx_with_parts(sheet.as_bytes(), b"<sst/>")
}

fn xlsx_with_parts(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn inline(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_truncated_workbook_is_told() {
    let whole = xlsx();
    assert_eq!(read("a.xlsx", &whole).items.len(), 2);
    for length in [4, 30, 100, whole.len() / 2, whole.len() - 10] {
        let read = read("a.xlsx", &whole[..length]);
        assert!(read.items.is_empty());
        assert_eq!(read.diagnostics.len(), 1, "{length}: {:#?}", read.diagnostics);
        assert_eq!(read.diagnostics[0].severity, Severity::Unreadable);
    }
}

#[test]
fn a_zip_bomb_is_stopped_by_what_it_unpacks_to_not_by_what_it_declares() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = xlsx_with_parts(&zeros, b"<sst/>");
    assert!(bomb.len() < 1 << 20);
    assert_eq!(only_code(&read("a.xlsx", &bomb)), "zip_bomb");
    let limits = Limits { max_unpacked_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(only_code(&read_bytes("a.xlsx", &bomb, &limits)), "zip_bomb");
    // A declared size that lies changes nothing: both copies of it are set to 5 bytes.
    let mut lying = bomb;
    let size = (80u32 << 20).to_le_bytes();
    while let Some(at) = lying.windows(4).position(|window| window == size) {
        lying[at..at + 4].copy_from_slice(&5u32.to_le_bytes());
    }
    assert_eq!(read("a.xlsx", &lying).diagnostics[0].severity, Severity::Unreadable);
}

#[test]
fn many_shared_strings_or_styles_are_refused_before_they_are_built() {
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(6_000_000));
    let read_strings =
        read("a.xlsx", &xlsx_with_parts(b"<worksheet><sheetData/></worksheet>", strings.as_bytes()));
    assert_eq!(only_code(&read_strings), "too_many_cells");
    let styles = format!("<sst>{}</sst>", "<xf/>".repeat(300_000));
    let read_styles =
        read("a.xlsx", &xlsx_with_parts(b"<worksheet><sheetData/></worksheet>", styles.as_bytes()));
    assert_eq!(only_code(&read_styles), "zip_bomb");
}

#[test]
fn one_long_string_in_every_cell_meets_the_limit_of_text() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "文".repeat(30_000));
    let mut sheet = format!(
        "<worksheet><sheetData><row r=\"1\">{}{}</row>",
        inline("A1", "事项名称"),
        inline("B1", "检查内容")
    );
    for row in 2..20_000 {
        let _ = write!(sheet, "<row r=\"{row}\"><c r=\"B{row}\" t=\"s\"><v>0</v></c></row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let read = read("a.xlsx", &xlsx_with_parts(sheet.as_bytes(), strings.as_bytes()));
    assert!(codes(&read).contains(&"too_much_text"));
}

#[test]
fn the_whole_used_range_costs_only_its_cells() {
    let sheet = format!(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>\
         <row r=\"1048576\">{}</row></sheetData>\
         <mergeCells count=\"2\"><mergeCell ref=\"A3:XFD1048575\"/><mergeCell ref=\"A2:A1048576\"/></mergeCells></worksheet>",
        inline("A1", "事项名称"),
        inline("B1", "检查对象"),
        inline("A2", "甲检查"),
        inline("B2", "学校"),
        inline("XFD1048576", "远"),
    );
    let read = read("a.xlsx", &xlsx_with_sheet(&sheet));
    assert_eq!(read.items.len(), 1);
    assert_eq!(codes(&read), ["too_many_columns"]);
}

#[test]
fn a_sheet_cut_short_keeps_the_rows_before() {
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}</row><row r=\"3\"><c r=\"A3\" t=\"inl",
        inline("A1", "事项名称"),
        inline("B1", "检查对象"),
        inline("A2", "甲检查"),
    );
    let read = read("a.xlsx", &xlsx_with_sheet(&sheet));
    assert_eq!(read.items.len(), 1);
    assert!(codes(&read).contains(&"damaged_file"));
}

#[test]
fn places_and_merges_that_are_none_do_no_harm() {
    for (place, merge) in [
        ("ZZZZZZZ99999999999", "A1"),
        ("A0", "B2:A1"),
        ("", "::"),
        ("A4294967296", "A1:XFD4294967296"),
        ("甲", "甲:乙"),
    ] {
        let sheet = format!(
            "<worksheet><sheetData><row r=\"{place}\">{}</row></sheetData><mergeCells><mergeCell ref=\"{merge}\"/></mergeCells></worksheet>",
            inline(place, "事项名称")
        );
        assert!(read("a.xlsx", &xlsx_with_sheet(&sheet)).items.is_empty());
    }
}

#[test]
fn a_csv_line_of_200_megabytes() {
    let mut one_field = "事项名称,检查对象\n甲检查,学校\n".to_owned();
    one_field.push_str(&"x".repeat(200 << 20));
    one_field.push_str("\n乙检查,医院\n");
    let read_field = read("a.csv", one_field.as_bytes());
    assert_eq!(read_field.items.len(), 2);
    assert_eq!(codes(&read_field), ["cell_too_long"]);
    drop(one_field);
    let mut many_fields = "事项名称,检查对象\n甲检查,学校\n".to_owned();
    many_fields.push_str(&",x".repeat(50 << 20));
    many_fields.push_str("\n乙检查,医院\n");
    let read_fields = read("a.csv", many_fields.as_bytes());
    assert_eq!(read_fields.items.len(), 2);
    assert!(codes(&read_fields).contains(&"too_many_columns"));
}

#[test]
fn cells_of_a_megabyte_reject_their_rows_only() {
    let long = "文".repeat(350_000);
    let text = format!("事项名称,检查内容\n甲检查,{long}\n乙检查,好\n\"{long}\",差\n");
    let read_csv = read("a.csv", text.as_bytes());
    assert_eq!(read_csv.items.len(), 1);
    assert_eq!(codes(&read_csv), ["cell_too_long", "cell_too_long"]);
    let message = &read_csv.diagnostics[0];
    assert_eq!((message.severity, message.source.row, message.column), (Severity::Rejected, 2, Some(2)));
    assert!(message.found.chars().count() <= 80);
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row><row r=\"3\">{}</row></sheetData></worksheet>",
        inline("A1", "事项名称"),
        inline("A2", &long),
        inline("A3", "乙检查"),
    );
    let read_sheet = read("a.xlsx", &xlsx_with_sheet(&sheet));
    assert_eq!((read_sheet.items.len(), codes(&read_sheet)), (1, vec!["cell_too_long"]));
    let json = format!("[{{\"name\":\"{long}\"}},{{\"name\":\"乙检查\"}}]");
    let read_json = read("a.json", json.as_bytes());
    assert_eq!((read_json.items.len(), codes(&read_json)), (1, vec!["cell_too_long"]));
}

#[test]
fn a_hundred_thousand_rows() {
    let mut text = "序号,事项名称,主办单位,检查对象,检查时间,检查频次,检查依据,检查内容\n".to_owned();
    for row in 1..=100_000 {
        let _ = writeln!(
            text,
            "{row},第{row}号专项检查,县某某局,各乡镇及有关企业,3月-10月,1次/年,《某某条例》第{row}条,检查落实情况"
        );
    }
    let read = read("a.csv", text.as_bytes());
    assert_eq!(read.items.len(), 100_000);
    assert!(read.diagnostics.is_empty());
}

#[test]
fn too_many_rows_and_cells_keep_what_was_read() {
    let text = format!("事项名称,检查对象\n{}", "甲检查,学校\n".repeat(50));
    let limits = Limits { max_rows: 11, ..Limits::default() };
    let read_rows = read_bytes("a.csv", text.as_bytes(), &limits);
    assert_eq!((read_rows.items.len(), codes(&read_rows)), (10, vec!["too_many_rows"]));
    let limits = Limits { max_cells: 22, ..Limits::default() };
    let read_cells = read_bytes("a.csv", text.as_bytes(), &limits);
    assert_eq!((read_cells.items.len(), codes(&read_cells)), (10, vec!["too_many_cells"]));
    let limits = Limits { max_rows: 3, ..Limits::default() };
    let lines = "{\"name\":\"甲检查\"}\n".repeat(9);
    let read_lines = read_bytes("a.jsonl", lines.as_bytes(), &limits);
    assert_eq!((read_lines.items.len(), codes(&read_lines)), (3, vec!["too_many_rows"]));
    let list = format!("[{}{{}}]", "{\"name\":\"甲检查\"},".repeat(9));
    let read_list = read_bytes("a.json", list.as_bytes(), &limits);
    assert_eq!((read_list.items.len(), codes(&read_list)), (3, vec!["too_many_rows"]));
}

#[test]
fn broken_bytes_are_named() {
    assert_eq!(only_code(&read("a.csv", b"")), "empty_file");
    assert_eq!(only_code(&read("a.csv", b"\xef\xbb\xbf \r\n\r\n")), "empty_file");
    assert_eq!(only_code(&read("a.csv", b"name,targets\nabc\xff\xfe,\x81\x20\n")), "damaged_file");
    assert_eq!(only_code(&read("a.csv", &[0; 5000])), "damaged_file");
    assert_eq!(only_code(&read("a.json", b"\xff\xfa\xff")), "damaged_file");
    let nul = read("a.csv", "事项名称,检查对象\n甲\0检查,学\0校\n".as_bytes());
    assert_eq!(nul.items[0].name, "甲检查");
}

#[test]
fn a_wrong_extension_is_read_by_the_content() {
    let csv = "事项名称,检查对象\n甲检查,学校\n".as_bytes();
    for (name, bytes) in
        [("a.csv", &xlsx()[..]), ("a.xls", &xlsx()), ("a.xls", csv), ("a.xlsx", csv), ("a.json", &xlsx())]
    {
        let read = read(name, bytes);
        assert!(!read.items.is_empty(), "{name}: {:#?}", read.diagnostics);
        assert_eq!(only_code(&read), "wrong_extension", "{name}");
    }
    let html =
        b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>a</td></tr></table></html>";
    for (name, bytes, found) in [
        ("a.xls", &html[..], "HTML"),
        ("a.xls", b"\xef\xbb\xbf\r\n<table><tr>", "HTML"),
        (
            "a.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "XML 2003",
        ),
        ("a.docx", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"{\\rtf1 ...", "RTF"),
    ] {
        let read = read(name, bytes);
        assert_eq!(only_code(&read), "unsupported_format");
        assert!(read.diagnostics[0].found.contains(found), "{:#?}", read.diagnostics);
    }
}

#[test]
fn encrypted_and_old_word_files_are_named() {
    let ole = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4096, 0);
        bytes
    };
    assert_eq!(only_code(&read("a.xlsx", &ole("EncryptedPackage"))), "encrypted");
    assert_eq!(only_code(&read("a.docx", &ole("WordDocument"))), "unsupported_format");
    assert_eq!(only_code(&read("a.xls", &ole("Workbook"))), "damaged_file");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(codes(&read("a.json", deep.as_bytes())).contains(&"bad_element"));
    let inner = format!("{{\"name\":\"甲检查\",\"x\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(
        only_code(&read("a.jsonl", format!("{inner}\n{{\"name\":\"乙检查\"}}").as_bytes())),
        "bad_json"
    );
    assert!(codes(&read("a.json", inner.as_bytes())).contains(&"too_deep"));
    let tables = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    let document = format!("<w:document><w:body>{tables}");
    let read_docx = read("a.docx", &zipped(&[("word/document.xml", document.as_bytes())]));
    assert!(codes(&read_docx).contains(&"too_deep"));
}

#[test]
fn huge_repetitions_of_ods_are_not_multiplied() {
    let row = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"4000000000\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let content = format!(
        "<office:document-content><table:table table:name=\"S\"><table:table-row>{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"4000000000\">{}</table:table-row></table:table></office:document-content>",
        row("事项名称"),
        row("甲检查"),
    );
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    let limits = Limits { max_cells: 50_000, ..Limits::default() };
    assert!(codes(&read_bytes("a.ods", &bytes, &limits)).contains(&"too_many_cells"));
}

#[test]
fn a_document_of_one_text_without_end() {
    let document = format!("<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{}", "x".repeat(40 << 20));
    assert_eq!(
        only_code(&read("a.docx", &zipped(&[("word/document.xml", document.as_bytes())]))),
        "too_much_text"
    );
}

#[test]
fn odd_folders_are_walked() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    assert_eq!(codes(&read_folder(root)), ["no_files"]);
    let csv = "事项名称,检查对象\n甲检查,学校\n";
    std::fs::create_dir_all(root.join("目录.csv/.hidden")).expect("folders");
    for (name, text) in [
        ("目录.csv/乙.csv", csv),
        ("甲.csv", csv),
        ("~$甲.csv", csv),
        (".隐.csv", csv),
        ("目录.csv/.hidden/丙.csv", csv),
        ("照片.jpg", "x"),
        ("说明.md", "x"),
    ] {
        std::fs::write(root.join(name), text).expect("a file");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root, root.join("目录.csv/loop")).expect("a loop");
        std::os::unix::fs::symlink(root.join("nowhere"), root.join("断.csv")).expect("a broken link");
    }
    let mut seen = Vec::new();
    let read = read_paths(&[root.to_path_buf()], &Limits::default(), &mut |name| seen.push(name.to_owned()))
        .expect("folder");
    assert_eq!(seen, ["甲.csv", "目录.csv/乙.csv"]);
    assert_eq!((read.items.len(), read.files), (2, 2));
    let mut found = codes(&read);
    found.sort_unstable();
    let expected: &[&str] = if cfg!(unix) {
        &["link_not_followed", "unknown_extension", "unknown_extension", "unreadable_file"]
    } else {
        &["unknown_extension", "unknown_extension"]
    };
    assert_eq!(found, expected);
    assert!(read_paths(&[root.join("没有")], &Limits::default(), &mut |_| {}).is_err());
}

#[test]
fn too_many_and_too_large_files() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..5 {
        std::fs::write(folder.path().join(format!("{number}.csv")), "事项名称,检查对象\n甲检查,学校\n")
            .expect("file");
    }
    let limits = Limits { max_files: 3, ..Limits::default() };
    let read = read_paths(&[folder.path().to_path_buf()], &limits, &mut |_| {}).expect("folder");
    assert_eq!((read.items.len(), codes(&read)), (3, vec!["too_many_files"]));
    let limits = Limits { max_file_bytes: 10, ..Limits::default() };
    let read = read_paths(&[folder.path().to_path_buf()], &limits, &mut |_| {}).expect("folder");
    assert_eq!((read.items.len(), codes(&read)), (0, vec!["file_too_large"; 5]));
    let deep = folder.path().join("1/2/3/4");
    std::fs::create_dir_all(&deep).expect("folders");
    std::fs::write(deep.join("x.csv"), "事项名称,检查对象\n甲检查,学校\n").expect("file");
    let limits = Limits { max_depth: 2, ..Limits::default() };
    let read = read_paths(&[folder.path().to_path_buf()], &limits, &mut |_| {}).expect("folder");
    assert!(codes(&read).contains(&"too_deep"));
}

#[test]
fn two_folders_with_the_same_file_names_keep_their_items_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    for year in ["2023", "2024"] {
        std::fs::create_dir(folder.path().join(year)).expect("folder");
        std::fs::write(folder.path().join(year).join("甲局.csv"), "事项名称\n甲检查\n").expect("file");
    }
    let paths = ["2023", "2024", "2023/甲局.csv"].map(|name| folder.path().join(name));
    let read = read_paths(&paths, &Limits::default(), &mut |_| {}).expect("folders");
    let ids: Vec<_> = read.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["2023/甲局.csv#!2", "2024/甲局.csv#!2"]);
    assert_eq!(codes(&read), ["given_twice"]);
}

//! Every message the readers can give: its stable code, its gravity and what was expected.

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::item::{Field, Source};

/// A kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    BadElement,
    BadJson,
    CellError,
    CellTooLong,
    ColumnNumbers,
    ContinuedRow,
    DamagedFile,
    EmptyFile,
    Encrypted,
    ExampleRow,
    FileTooLarge,
    FormatNotBuilt,
    GivenTwice,
    HiddenSheet,
    LinkNotFollowed,
    MissingName,
    NameFromContent,
    NilRow,
    NoHeader,
    NoFiles,
    NoteRow,
    NumberOnly,
    RosterTable,
    TooDeep,
    TooManyCells,
    TooManyColumns,
    TooManyFiles,
    TooManyRows,
    TooMuchText,
    UnclosedQuote,
    UnknownExtension,
    UnreadableFile,
    UnsupportedFormat,
    WrongExtension,
    ZipBomb,
}

/// What stands behind a code.
struct Meaning {
    key: &'static str,
    severity: Severity,
    expected_zh: &'static str,
    expected_en: &'static str,
}

impl Code {
    #[rustfmt::skip]
    const fn meaning(self) -> Meaning {
        use Severity::{Info, Rejected, Unreadable, Warning};
        const fn is(key: &'static str, severity: Severity, expected_zh: &'static str, expected_en: &'static str) -> Meaning {
            Meaning { key, severity, expected_zh, expected_en }
        }
        match self {
            Self::BadElement => is("bad_element", Rejected, "列表中的每一项应为对象{…}", "every element of the list to be an object {…}"),
            Self::BadJson => is("bad_json", Rejected, "每行应为一个完整的JSON对象", "a complete JSON object"),
            Self::CellError => is("cell_error", Warning, "应为数值或文字,单元格公式出错,按空白处理", "a value; the cell's formula failed, so it is taken as empty"),
            Self::CellTooLong => is("cell_too_long", Rejected, "单元格文字应在字数上限以内", "a cell within the limit of characters"),
            Self::ColumnNumbers => is("column_numbers", Info, "栏次行,不作为事项", "nothing: a row of column numbers is no item"),
            Self::ContinuedRow => is("continued_row", Info, "续行,内容并入上一事项", "nothing: the row continues the item above"),
            Self::DamagedFile => is("damaged_file", Unreadable, "应为完整的文件;请用原软件打开并另存后重报", "an intact file; open it in the program that made it and save it again"),
            Self::EmptyFile => is("empty_file", Unreadable, "文件应有内容", "a file with content"),
            Self::Encrypted => is("encrypted", Unreadable, "应为未加密的文件;请取消打开密码后重报", "a file without password; remove the password and send it again"),
            Self::ExampleRow => is("example_row", Info, "示例行,不作为事项", "nothing: an example row is no item"),
            Self::FileTooLarge => is("file_too_large", Unreadable, "文件应在大小上限以内", "a file within the size limit"),
            Self::FormatNotBuilt => is("format_not_built", Unreadable, "本程序未编入此格式的读取功能", "a format whose reader is built into this program"),
            Self::GivenTwice => is("given_twice", Info, "同一文件只读取一次", "each file once; it is read once"),
            Self::HiddenSheet => is("hidden_sheet", Warning, "隐藏的工作表不读取;如需申报请取消隐藏", "a visible sheet; hidden ones are not read, unhide it to submit it"),
            Self::LinkNotFollowed => is("link_not_followed", Info, "不进入指向文件夹的链接", "nothing: links to folders are not followed"),
            Self::MissingName => is("missing_name", Rejected, "应填写事项名称", "the name of the item"),
            Self::NameFromContent => is("name_from_content", Warning, "表中无事项名称栏,以内容栏代替", "a name column; the content column is taken instead"),
            Self::NilRow => is("nil_row", Info, "零报告,不作为事项", "nothing: the row says that there is no item"),
            Self::NoHeader => is("no_header", Info, "应有含“事项名称”的表头", "a header row with a name column such as 事项名称"),
            Self::NoFiles => is("no_files", Warning, "文件夹中应有可读取的表格", "a folder with readable tables"),
            Self::NoteRow => is("note_row", Info, "说明、标题、合计或落款行,不作为事项", "nothing: a note, heading, total or signature is no item"),
            Self::NumberOnly => is("number_only", Info, "只有序号的空行,不作为事项", "nothing: a row with only a number is no item"),
            Self::RosterTable => is("roster_table", Info, "单位名录不是事项表,不读取事项", "nothing: a roster of units holds no items"),
            Self::TooDeep => is("too_deep", Unreadable, "嵌套层数应在上限以内", "nesting within the limit"),
            Self::TooManyCells => is("too_many_cells", Unreadable, "单元格数应在上限以内,其后未读取", "cells within the limit; what follows was not read"),
            Self::TooManyColumns => is("too_many_columns", Warning, "列数应在上限以内,更右的单元格未读取", "columns within the limit; cells further right were not read"),
            Self::TooManyFiles => is("too_many_files", Unreadable, "文件数应在上限以内,其余未读取", "files within the limit; the rest was not read"),
            Self::TooManyRows => is("too_many_rows", Unreadable, "行数应在上限以内,其后未读取", "rows within the limit; what follows was not read"),
            Self::TooMuchText => is("too_much_text", Unreadable, "文字总量应在上限以内,其后未读取", "text within the limit; what follows was not read"),
            Self::UnclosedQuote => is("unclosed_quote", Warning, "引号应成对;此引号按普通字符处理", "quotes in pairs; this one is taken as an ordinary character"),
            Self::UnknownExtension => is("unknown_extension", Info, "应为xlsx、xls、ods、csv、json、jsonl或docx文件", "an xlsx, xls, ods, csv, json, jsonl or docx file"),
            Self::UnreadableFile => is("unreadable_file", Unreadable, "文件应可打开", "a file that can be opened"),
            Self::UnsupportedFormat => is("unsupported_format", Unreadable, "应为xlsx、xls、ods、csv、json、jsonl或docx文件;请另存后重报", "an xlsx, xls, ods, csv, json, jsonl or docx file; save it as one of these"),
            Self::WrongExtension => is("wrong_extension", Info, "扩展名应与内容一致;已按内容读取", "an extension that tells the content; read by its content"),
            Self::ZipBomb => is("zip_bomb", Unreadable, "压缩包解开后应在大小上限以内", "a package that unpacks within the limits"),
        }
    }

    /// A message of this kind about a place in `source`.
    pub(super) fn at(self, source: Source, found: &str) -> Diagnostic {
        let meaning = self.meaning();
        Diagnostic {
            severity: meaning.severity,
            code: meaning.key.to_owned(),
            source,
            column: None,
            field: None,
            found: shorten(found),
            expected_zh: meaning.expected_zh.to_owned(),
            expected_en: meaning.expected_en.to_owned(),
        }
    }

    /// The same, naming a column and a field.
    pub(super) fn at_column(
        self,
        source: Source,
        column: Option<u32>,
        field: Option<Field>,
        found: &str,
    ) -> Diagnostic {
        Diagnostic { column, field, ..self.at(source, found) }
    }
}

/// At most 80 characters of `text`, on one line.
pub(super) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        short.pop();
        short.push('…');
    }
    short
}

//! Reading a roster file.

use super::graph::UnitGraph;
use super::rows::{GraphBuilder, RosterRow};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::diagnostic::Diagnostic;
use crate::text::fold;

/// The columns, each with the headers it is known by.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("id", &["id", "编号", "单位编号", "代码", "单位代码", "序号", "编码", "unit_id", "code"]),
    ("name", &["name", "名称", "单位名称", "单位", "全称", "机构名称", "unit_name"]),
    ("aliases", &["aliases", "别名", "简称", "曾用名", "其他名称", "旧称", "alias"]),
    ("kind", &["kind", "类型", "类别", "单位类型", "性质", "type"]),
    (
        "parent",
        &["parent", "上级", "上级单位", "上级编号", "所属", "隶属", "主管单位", "parents", "parent_id"],
    ),
    ("tags", &["tags", "标签", "标记", "属性", "行业", "tag"]),
];

impl UnitGraph {
    /// The column of a roster that a header means: `id`, `name`, `aliases`, `kind`, `parent` or `tags`.
    ///
    /// # Examples
    /// ```
    /// use tongchou::targets::UnitGraph;
    /// assert_eq!(UnitGraph::column_of_header("上级单位"), Some("parent"));
    /// assert_eq!(UnitGraph::column_of_header("电话"), None);
    /// ```
    #[must_use]
    pub fn column_of_header(header: &str) -> Option<&'static str> {
        let header = fold(header);
        COLUMNS.iter().find(|(_, known)| known.contains(&header.as_str())).map(|(column, _)| *column)
    }

    /// Reads a roster: `id,name,aliases,kind,parent,tags` in any order, other columns ignored.
    ///
    /// `aliases`, `tags` and `parent` hold lists separated by `|`. The text is UTF-8 with or without
    /// byte order mark, UTF-16 with one, or GB18030. Fields are separated by commas, tabs or
    /// semicolons, whichever the header has. See [`from_units`](Self::from_units) for what is checked.
    ///
    /// # Errors
    /// [`Error::Roster`] when the bytes are no CSV, when there is no name column, or when it is too large.
    pub fn from_csv(bytes: &[u8], lexicon: &Lexicon) -> Result<(Self, Vec<Diagnostic>)> {
        let text = decode(bytes);
        let header_line = text.lines().next().unwrap_or_default();
        let separator = [b',', b'\t', b';']
            .into_iter()
            .max_by_key(|&separator| {
                (header_line.bytes().filter(|&byte| byte == separator).count(), separator == b',')
            })
            .unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let unreadable = |row: usize, error: &csv::Error| Error::Roster { row, message: error.to_string() };
        let headers: Vec<String> =
            reader.headers().map_err(|error| unreadable(1, &error))?.iter().map(fold).collect();
        let position =
            COLUMNS.map(|(_, known)| headers.iter().position(|header| known.contains(&header.as_str())));
        let [id, name, aliases, kind, parent, tags] = position;
        if name.is_none() {
            return Err(Error::Roster {
                row: 1,
                message: format!("no column `name` (名称) among {headers:?}"),
            });
        }
        let mut builder = GraphBuilder::default();
        let mut record = csv::StringRecord::new();
        loop {
            let row = reader.position().line() as usize;
            if !reader.read_record(&mut record).map_err(|error| unreadable(row, &error))? {
                break;
            }
            let row = record.position().map_or(row as u64, csv::Position::record) + 1;
            let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default();
            let list = |column: Option<usize>| -> Vec<&str> {
                cell(column).split(['|', '｜']).filter(|part| !part.trim().is_empty()).collect()
            };
            if record.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            builder.push(&RosterRow {
                row: u32::try_from(row).unwrap_or(u32::MAX),
                id: cell(id),
                name: cell(name),
                kind: cell(kind),
                aliases: &list(aliases),
                parents: &list(parent),
                tags: &list(tags),
            })?;
        }
        Ok(builder.finish(lexicon, false))
    }
}

/// The text of `bytes`: by byte order mark, else UTF-8 if it is that, else GB18030.
fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    }
}

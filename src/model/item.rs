//! A proposed item as its department wrote it.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

/// One proposed supervision, inspection or assessment item. All text is verbatim.
///
/// The field names are the keys of JSON and JSONL input and the canonical headers of CSV and XLSX
/// input. Only `name` must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Item {
    /// Identifier, unique in the pool; `<file>#<sheet>!<row>` where the source gives none.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Name of the item (事项名称).
    #[serde(deserialize_with = "text_or_number")]
    pub name: String,
    /// Kind of activity (督查, 检查, 考核 …); derived from the name when absent.
    #[serde(deserialize_with = "optional_text")]
    pub kind: Option<String>,
    /// Id or name of the planning authority's unit; absent or not in the roster: the government that the organizer
    /// belongs to.
    #[serde(deserialize_with = "optional_text")]
    pub jurisdiction: Option<String>,
    /// Proposing unit (主办单位).
    #[serde(deserialize_with = "optional_text")]
    pub organizer: Option<String>,
    /// Supporting units (配合单位).
    #[serde(deserialize_with = "text_list")]
    pub co_organizers: Vec<String>,
    /// Whom the item would visit: phrases or unit ids.
    #[serde(deserialize_with = "text_list")]
    pub targets: Vec<String>,
    /// When (时间).
    #[serde(deserialize_with = "optional_text")]
    pub schedule: Option<String>,
    /// How often (频次).
    #[serde(deserialize_with = "optional_text")]
    pub frequency: Option<String>,
    /// Legal or document basis (依据).
    #[serde(deserialize_with = "optional_text")]
    pub basis: Option<String>,
    /// What is looked at (内容).
    #[serde(deserialize_with = "optional_text")]
    pub content: Option<String>,
    /// How (方式).
    #[serde(deserialize_with = "optional_text")]
    pub method: Option<String>,
    /// Share or number sampled (抽查比例).
    #[serde(deserialize_with = "optional_text")]
    pub ratio: Option<String>,
    /// Remarks (备注).
    #[serde(deserialize_with = "optional_text")]
    pub notes: Option<String>,
    /// Id of the plan the item was taken from (see [`Plan::to_items`](super::plan::Plan::to_items)):
    /// a plan has been decided on as a whole, so two items of one plan are never merged with each other.
    #[serde(deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Where the item was read; absent for items built by a program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Fields that the reader filled from elsewhere, each with the place it came from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Inference>,
}

/// The place of a row in the submitted files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// File name, relative to the folder that was given; held once for all rows of a file.
    pub file: Arc<str>,
    /// Sheet name, or the table's number in a document; empty where the format has none.
    pub sheet: Arc<str>,
    /// Physical row, from 1: of the sheet, the CSV record, the table of a document, the JSONL line.
    pub row: u32,
}

impl Source {
    /// `<file>#<sheet>!<row>`: the id of an item whose source gives none.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}#{}!{}", self.file, self.sheet, self.row)
    }
}

/// A field's value that did not stand in the item's own row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inference {
    /// The field.
    pub field: Field,
    /// Where its value came from.
    pub from: InferredFrom,
}

/// Where an inferred value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InferredFrom {
    /// The title above the header.
    Title,
    /// The sheet's name.
    Sheet,
    /// The file's name.
    FileName,
    /// A merged cell that began in a row above.
    MergedCell,
    /// A note such as 填报单位 below or beside the table.
    Note,
}

/// A field of an [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Item::id`]
    Id,
    /// [`Item::name`]
    Name,
    /// [`Item::kind`]
    Kind,
    /// [`Item::jurisdiction`]
    Jurisdiction,
    /// [`Item::organizer`]
    Organizer,
    /// [`Item::co_organizers`]
    CoOrganizers,
    /// [`Item::targets`]
    Targets,
    /// [`Item::schedule`]
    Schedule,
    /// [`Item::frequency`]
    Frequency,
    /// [`Item::basis`]
    Basis,
    /// [`Item::content`]
    Content,
    /// [`Item::method`]
    Method,
    /// [`Item::ratio`]
    Ratio,
    /// [`Item::notes`]
    Notes,
}

impl Field {
    /// All fields in canonical order.
    pub const ALL: [Self; 14] = [
        Self::Id,
        Self::Name,
        Self::Kind,
        Self::Jurisdiction,
        Self::Organizer,
        Self::CoOrganizers,
        Self::Targets,
        Self::Schedule,
        Self::Frequency,
        Self::Basis,
        Self::Content,
        Self::Method,
        Self::Ratio,
        Self::Notes,
    ];

    /// The key in JSON and the canonical header.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Jurisdiction => "jurisdiction",
            Self::Organizer => "organizer",
            Self::CoOrganizers => "co_organizers",
            Self::Targets => "targets",
            Self::Schedule => "schedule",
            Self::Frequency => "frequency",
            Self::Basis => "basis",
            Self::Content => "content",
            Self::Method => "method",
            Self::Ratio => "ratio",
            Self::Notes => "notes",
        }
    }

    /// The Chinese header used in reports and messages.
    #[must_use]
    pub const fn label_zh(self) -> &'static str {
        match self {
            Self::Id => "编号",
            Self::Name => "事项名称",
            Self::Kind => "类别",
            Self::Jurisdiction => "实施层级",
            Self::Organizer => "主办单位",
            Self::CoOrganizers => "配合单位",
            Self::Targets => "对象",
            Self::Schedule => "时间",
            Self::Frequency => "频次",
            Self::Basis => "依据",
            Self::Content => "内容",
            Self::Method => "方式",
            Self::Ratio => "比例",
            Self::Notes => "备注",
        }
    }
}

/// A scalar as a clerk's tool may have written it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Null(()),
}

impl Scalar {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => (!text.is_empty()).then_some(text),
            Self::Integer(number) => Some(number.to_string()),
            Self::Float(number) => number.is_finite().then(|| number.to_string()),
            Self::Bool(truth) => Some(if truth { "是" } else { "否" }.to_owned()),
            Self::Null(()) => None,
        }
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_text().unwrap_or_default())
}

fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_text())
}

fn text_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        Many(Vec<Scalar>),
        One(Scalar),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::Many(list) => list.into_iter().filter_map(Scalar::into_text).collect(),
        OneOrMany::One(scalar) => scalar.into_text().into_iter().collect(),
    })
}

//! An item in standard form: every field parsed, the verbatim text kept in the [`Item`](super::item::Item).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::frequency::Frequency;
use super::kind::Kind;
use super::ratio::Ratio;
use super::relation::Protection;
use super::schedule::{Round, Schedule};

/// An item's fields in standard form. What many items say alike is held once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardItem {
    /// The name taken apart.
    pub name: NameParts,
    /// Kind of activity; [`Kind::Inspection`] where neither field nor name tells, see `kind_known`.
    pub kind: Kind,
    /// Whether the kind field or the name told the kind.
    pub kind_known: bool,
    /// When.
    pub schedule: Arc<Schedule>,
    /// How often.
    pub frequency: Frequency,
    /// Sampling.
    pub ratio: Ratio,
    /// Basis.
    pub citations: Arc<[Citation]>,
    /// Reasons why the item must not be merged, sorted.
    pub protections: Vec<Protection>,
    /// Folded content (see [`crate::text::fold`]); empty when absent.
    pub content: Arc<str>,
    /// Folded method.
    pub method: Arc<str>,
    /// Folded notes.
    pub notes: Arc<str>,
}

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameParts {
    /// The whole name, folded.
    pub folded: String,
    /// What the item is about: without year, place, round, kind words and boilerplate.
    pub matter: Arc<str>,
    /// Rounds the name speaks of, sorted (春季, 上半年, 第一批 …).
    pub rounds: Vec<Round>,
    /// Year in the name.
    pub year: Option<i32>,
    /// Kind words as they stood, in order.
    pub kind_words: Arc<[String]>,
    /// Whether it is a name in quotes of which the lexicon knows nothing (“脚底下的安全”督查, but not 落实“双减”督查): one
    /// beside the proper name.
    pub nickname: bool,
}

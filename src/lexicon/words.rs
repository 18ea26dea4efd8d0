//! Kinds, boilerplate, contrast words and protections.

use super::matcher::{Marks, Matcher};
use crate::model::kind::Kind;
use crate::model::relation::Protection;

/// Words of which a title carries one: two titles that carry different ones speak of different things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contrast {
    /// The words, folded.
    pub words: Vec<String>,
    /// The words name rounds of one matter (春季/秋季): they split, they do not contrast.
    pub round: bool,
    /// The words name subsets of one kind of target (公办/民办).
    pub subset: bool,
}

/// Words which show that an item is protected from merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectionWords {
    /// The reason.
    pub reason: Protection,
    /// Words in the name, folded.
    pub name_words: Vec<String>,
    /// Words in the method, folded.
    pub method_words: Vec<String>,
    /// Words in the content, folded.
    pub content_words: Vec<String>,
    /// Words that take a name, method or content word back (信访工作责任制 is no complaint), folded.
    pub except_words: Vec<String>,
    /// Words in the name that protect along with an order (复查), folded.
    pub again_words: Vec<String>,
    /// Words for that order in the name, the schedule or a target phrase (责令, 整改期满), folded.
    pub order_words: Vec<String>,
    /// Words in the schedule or the frequency: it is done case by case (接诉即办), folded.
    pub schedule_words: Vec<String>,
    /// Words in a target phrase: it goes to whom a case is about (被举报的单位), folded.
    pub target_words: Vec<String>,
    /// Generic names of departments whose items are protected as such, folded.
    pub organizers: Vec<String>,
}

/// The small word lists.
#[derive(Debug)]
pub struct Words {
    /// Forms of kinds with the kind, longest first.
    pub kinds: Vec<(String, Kind)>,
    /// Finds the forms of `kinds`; the entry is the position in [`Kind::ALL`].
    pub kind_matcher: Matcher,
    /// Words that carry no matter, at the beginning of a name; longest first.
    pub prefixes: Vec<String>,
    /// Words that carry no matter, anywhere; longest first.
    pub infixes: Vec<String>,
    /// Words that carry no matter, at the end of a name; longest first.
    pub suffixes: Vec<String>,
    /// Finds kinds, prefixes, infixes and suffixes; entries mean nothing.
    pub frame_matcher: Matcher,
    /// Contrast sets.
    pub contrasts: Vec<Contrast>,
    /// Every contrast word with the sets it stands in.
    pub contrast_words: Vec<(String, Vec<u32>)>,
    /// Finds contrast words; the entry is the position in `contrast_words`.
    pub contrast_matcher: Matcher,
    /// Protections, [`MOST_PROTECTIONS`](Self::MOST_PROTECTIONS) at most.
    pub protections: Vec<ProtectionWords>,
    /// Which `protections` have a name word in a text, as the bits of their positions, and which have a word that
    /// takes it back, the same bits [`MOST_PROTECTIONS`](Self::MOST_PROTECTIONS) higher.
    pub protection_marks: Marks,
}

impl Words {
    /// Most protections there can be.
    pub const MOST_PROTECTIONS: usize = 32;

    /// Whether a folded text holds nothing but the frame of a name: kinds and words that carry no matter (日常监督检查).
    ///
    /// Complexity: linear in the text.
    #[must_use]
    pub fn is_frame(&self, text: &str) -> bool {
        let mut reached = 0;
        for mention in self.frame_matcher.find(text) {
            if mention.start != reached {
                return false;
            }
            reached = mention.end;
        }
        reached == text.len()
    }
}

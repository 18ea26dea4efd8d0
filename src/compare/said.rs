//! What an item says of others beside its own matter.

use std::sync::Arc;

use super::callsign::{Called, Callsigns};
use super::features::sorted;
use super::speech;
use crate::lexicon::Lexicon;

/// What a content and the notes beside it say of going together, staying apart, and of whom; held once for all items
/// that say the same, most of which say nothing.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Concepts with which they say that the item goes together; sorted.
    pub(super) together: Box<[u32]>,
    /// Those of them that the notes speak of; sorted.
    pub(super) together_by_note: Box<[u32]>,
    /// The clause in which they say that the item asks what another one asks.
    pub(super) refers: Option<Box<str>>,
    /// Concepts of which the notes say that they stay separate, or the content that it leaves them out; sorted.
    pub(super) separate: Box<[u32]>,
    /// Venue types that the notes except; sorted.
    pub(super) excepted: Box<[u32]>,
    /// Callsigns of those with whom the notes say that the item goes together; sorted.
    pub(super) partners: Box<[u32]>,
    /// Callsigns of all whom the notes mention; sorted.
    pub(super) mentioned: Box<[u32]>,
    /// The notes say that there is no visit.
    pub(super) remote: bool,
}

impl Said {
    /// What a content says alone; `nothing` for most.
    pub(super) fn by_content(content: &str, nothing: &Arc<Self>, lexicon: &Lexicon) -> Arc<Self> {
        let (together, refers) = (speech::together(content, lexicon), speech::refers(content));
        let separate = speech::left_out(content, lexicon);
        if together.is_empty() && refers.is_none() && separate.is_empty() {
            return Arc::clone(nothing);
        }
        Arc::new(Self { together, refers, separate, ..Self::default() })
    }

    /// What a content, given what it says alone, says with notes beside it.
    pub(super) fn with_notes(
        by_content: &Arc<Self>,
        notes: &str,
        callsigns: &Callsigns,
        lexicon: &Lexicon,
    ) -> Arc<Self> {
        if notes.is_empty() {
            return Arc::clone(by_content);
        }
        let Called { partners, mentioned } = callsigns.called(notes, lexicon);
        let together = sorted([speech::together(notes, lexicon), speech::follows(notes, lexicon)].concat());
        Arc::new(Self {
            together: sorted([&by_content.together[..], &together].concat()),
            together_by_note: together,
            refers: speech::refers(notes).or_else(|| by_content.refers.clone()),
            separate: sorted([&by_content.separate[..], &speech::separate(notes, lexicon)].concat()),
            excepted: speech::excepted_venues(notes, lexicon),
            partners,
            mentioned,
            remote: speech::spares_visits(notes),
        })
    }
}

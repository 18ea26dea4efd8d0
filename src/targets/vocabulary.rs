//! What words mean to a roster, made once for all runs with it.

use std::sync::{Arc, OnceLock};

use super::graph::UnitGraph;
use super::index::UnitIndex;
use super::lexer::Dictionary;
use crate::lexicon::{Lexicon, LexiconId};
use crate::parallel;

/// The words of a roster and a lexicon, and the units they stand for.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) index: UnitIndex,
    pub(super) dictionary: Dictionary,
}

impl Vocabulary {
    fn new(graph: &UnitGraph, lexicon: &Lexicon) -> Self {
        let (index, dictionary) =
            parallel::both(|| UnitIndex::new(graph, lexicon), || Dictionary::new(graph, lexicon));
        Self { index, dictionary }
    }
}

/// What a roster's names mean with the lexicon that was asked about first, kept for the runs to come: an office
/// consolidates with one roster again and again, and a nation part by part.
///
/// With another lexicon everything is made anew.
#[derive(Debug, Default)]
pub(super) struct Kept {
    vocabulary: Slot<Vocabulary>,
    places: Slot<Vec<String>>,
}

impl Kept {
    pub(super) fn vocabulary(&self, graph: &UnitGraph, lexicon: &Lexicon) -> Arc<Vocabulary> {
        self.vocabulary.get_or_make(lexicon, || Vocabulary::new(graph, lexicon))
    }

    pub(super) fn places(&self, lexicon: &Lexicon, make: impl FnOnce() -> Vec<String>) -> Arc<Vec<String>> {
        self.places.get_or_make(lexicon, make)
    }
}

/// A value and the lexicon it was made with.
#[derive(Debug)]
struct Slot<T>(OnceLock<(LexiconId, Arc<T>)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Slot<T> {
    fn get_or_make(&self, lexicon: &Lexicon, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some((of, known)) = self.0.get()
            && *of == lexicon.id()
        {
            return Arc::clone(known);
        }
        // Made before the slot is asked for: who makes it waits for other threads' work, which may ask as well.
        let new = Arc::new(make());
        let _ = self.0.set((lexicon.id(), Arc::clone(&new)));
        new
    }
}

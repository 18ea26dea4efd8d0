//! Rows that say the same in every cell.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::subject::Subject;
use crate::model::item::Item;

/// A row by all its cells; not by id, source and what a reader noted beside.
#[derive(Clone, Copy)]
struct Row<'a>(&'a Item);

impl<'a> Row<'a> {
    fn texts(self) -> [Option<&'a str>; 11] {
        let item = self.0;
        [
            Some(&*item.name),
            item.kind.as_deref(),
            item.jurisdiction.as_deref(),
            item.organizer.as_deref(),
            item.schedule.as_deref(),
            item.frequency.as_deref(),
            item.basis.as_deref(),
            item.content.as_deref(),
            item.method.as_deref(),
            item.ratio.as_deref(),
            item.notes.as_deref(),
        ]
    }
}

impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.texts() == other.texts()
            && self.0.targets == other.0.targets
            && self.0.co_organizers == other.0.co_organizers
    }
}

impl Eq for Row<'_> {}

impl Hash for Row<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.texts().hash(state);
        self.0.targets.hash(state);
    }
}

/// Whether two items say the same in every cell.
#[must_use]
pub(super) fn same_row(a: &Item, b: &Item) -> bool {
    Row(a) == Row(b)
}

/// For every item, the first one whose row says the same: itself for most.
///
/// `name_of` numbers the names of the items, of which there are `names`. Complexity: linear in the rows whose name
/// several items have.
pub(super) fn first_of_all(
    subjects: &[Subject<'_>],
    names: usize,
    name_of: impl Fn(usize) -> u32,
) -> Vec<u32> {
    let mut count = vec![0u32; names];
    for position in 0..subjects.len() {
        count[name_of(position) as usize] += 1;
    }
    let mut first: FxHashMap<Row<'_>, u32> = FxHashMap::default();
    let firsts = subjects.iter().enumerate().map(|(position, subject)| {
        let own = position as u32;
        let shared = count[name_of(position) as usize] > 1;
        if shared { *first.entry(Row(subject.item)).or_insert(own) } else { own }
    });
    firsts.collect()
}

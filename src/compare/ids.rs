//! The ids of a pool's items.

/// Ids one behind the other in one text: a pool of millions has no room for an allocation each.
#[derive(Debug, Default)]
pub(super) struct Ids {
    text: String,
    /// The id of item `i` ends at `ends[i]`, where the next one begins.
    ends: Vec<usize>,
}

impl Ids {
    /// Complexity: linear in the length of all ids.
    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut text = String::with_capacity(ids.clone().map(str::len).sum());
        let ends = ids.map(|id| {
            text.push_str(id);
            text.len()
        });
        Self { ends: ends.collect(), text }
    }

    /// Appends an id.
    pub(super) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    /// The id of the item at a position.
    pub(super) fn get(&self, position: usize) -> &str {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[position]]
    }
}

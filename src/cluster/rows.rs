//! Rows of different lengths in one allocation.

/// A compressed sparse table: row `r` is `items[start[r]..start[r + 1]]`.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    /// Invariant: ascending, one longer than the number of rows, ends with `items.len()`.
    start: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy> Rows<T> {
    /// Groups `(row, item)` pairs by row; items of one row keep their order.
    ///
    /// Complexity: O(rows + pairs) time and memory.
    pub(super) fn new(rows: usize, pairs: &[(u32, T)]) -> Self {
        let mut start = vec![0; rows + 1];
        for &(row, _) in pairs {
            start[row as usize + 1] += 1;
        }
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        let mut next = start.clone();
        let mut order = vec![0; pairs.len()];
        for (position, &(row, _)) in pairs.iter().enumerate() {
            order[next[row as usize]] = position;
            next[row as usize] += 1;
        }
        let items = order.into_iter().map(|position| pairs[position].1).collect();
        Self { start, items }
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Row `row`.
    pub(super) fn row(&self, row: u32) -> &[T] {
        &self.items[self.start[row as usize]..self.start[row as usize + 1]]
    }
}

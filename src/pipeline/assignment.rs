//! The heaviest one-to-one matching of two sets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::stop::Stop;

/// One possible match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    /// The row.
    pub(super) row: u32,
    /// The column.
    pub(super) column: u32,
    /// What the match is worth; only positive matches are ever made.
    pub(super) worth: i64,
}

/// The column of each row in a matching of greatest total worth, each column used once at most.
///
/// Successive shortest augmenting paths with potentials (Jonker and Volgenant 1987, on sparse rows):
/// the rows come one after the other, each by the cheapest path of exchanges; a row may stay without a
/// match at worth 0. Of several best matchings the result is one that does not depend on the order of
/// `choices`. Complexity: O(rows × choices × log) at worst; near O(choices) where few rows compete.
///
/// Once `stop` is asked for, the rows that are left have no match.
pub(super) fn assign(rows: usize, columns: usize, choices: &[Choice], stop: Stop<'_>) -> Vec<Option<u32>> {
    let mut matching = Matching::new(rows, columns, choices);
    for row in (0..rows).take_while(|_| !stop.asked()) {
        matching.place(row);
    }
    let column_of = matching.column_of.into_iter();
    column_of.map(|column| column.filter(|&column| column < columns).map(|column| column as u32)).collect()
}

/// A matching of the first rows, the cheapest there is.
struct Matching {
    /// Columns and costs of each row. The last is a column of its own: no match.
    choices: Vec<Vec<(usize, i64)>>,
    column_of: Vec<Option<usize>>,
    row_of: Vec<Option<usize>>,
    /// Invariant: `cost − potential` of a row is least at its match.
    potential: Vec<i64>,
    /// Length of the shortest path to each column, and the row before it; [`i64::MAX`] between searches.
    reached: Vec<(i64, usize)>,
    settled: Vec<bool>,
}

impl Matching {
    fn new(rows: usize, columns: usize, choices: &[Choice]) -> Self {
        let mut sorted: Vec<Choice> = choices.iter().copied().filter(|choice| choice.worth > 0).collect();
        sorted.sort_unstable_by_key(|choice| (choice.row, choice.column, Reverse(choice.worth)));
        sorted.dedup_by_key(|choice| (choice.row, choice.column));
        let top = sorted.iter().map(|choice| choice.worth).max().unwrap_or(0);
        let mut costs: Vec<Vec<(usize, i64)>> = vec![Vec::new(); rows];
        for choice in sorted {
            costs[choice.row as usize].push((choice.column as usize, top - choice.worth));
        }
        for (row, costs) in costs.iter_mut().enumerate() {
            costs.push((columns + row, top));
        }
        let all = columns + rows;
        Self {
            choices: costs,
            column_of: vec![None; rows],
            row_of: vec![None; all],
            potential: vec![0; all],
            reached: vec![(i64::MAX, 0); all],
            settled: vec![false; all],
        }
    }

    /// Gives `row` a column, by the cheapest exchanges with the rows before it.
    fn place(&mut self, row: usize) {
        let mut touched = Vec::new();
        let mut waiting = BinaryHeap::new();
        self.relax(row, 0, &mut touched, &mut waiting);
        while let Some(Reverse((length, column))) = waiting.pop() {
            if self.settled[column] {
                continue;
            }
            self.settled[column] = true;
            if let Some(holder) = self.row_of[column] {
                self.relax(holder, length, &mut touched, &mut waiting);
                continue;
            }
            for &other in touched.iter().filter(|&&other| self.settled[other]) {
                self.potential[other] += self.reached[other].0 - length;
            }
            self.exchange(row, column);
            break;
        }
        for column in touched {
            self.reached[column].0 = i64::MAX;
            self.settled[column] = false;
        }
    }

    /// Looks at the columns of `row`, which a path of `length` leads to.
    fn relax(
        &mut self,
        row: usize,
        length: i64,
        touched: &mut Vec<usize>,
        waiting: &mut BinaryHeap<Reverse<(i64, usize)>>,
    ) {
        let costs = &self.choices[row];
        let paid = self.column_of[row].map_or(0, |own| {
            let cost = costs.iter().find(|(column, _)| *column == own).map_or(0, |(_, cost)| *cost);
            cost - self.potential[own]
        });
        for &(column, cost) in costs {
            let through = length + cost - self.potential[column] - paid;
            let reached = &mut self.reached[column];
            if through < reached.0 {
                if reached.0 == i64::MAX {
                    touched.push(column);
                }
                *reached = (through, row);
                waiting.push(Reverse((through, column)));
            }
        }
    }

    /// Shifts the matches along the path from `row` to the free column `end`.
    fn exchange(&mut self, row: usize, end: usize) {
        let mut column = end;
        loop {
            let taker = self.reached[column].1;
            let left = self.column_of[taker].replace(column);
            self.row_of[column] = Some(taker);
            match left {
                Some(left) if taker != row => column = left,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The greatest total of all matchings: obvious, and slow.
    fn best(choices: &[Choice], rows: u32, taken: &mut Vec<u32>) -> i64 {
        let Some(row) = rows.checked_sub(1) else { return 0 };
        let mut most = best(choices, row, taken);
        for choice in choices.iter().filter(|choice| choice.row == row) {
            if !taken.contains(&choice.column) {
                taken.push(choice.column);
                most = most.max(choice.worth + best(choices, row, taken));
                taken.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn as_heavy_as_the_heaviest(found in prop::collection::vec((0..6u32, 0..6u32, -3..9i64), 0..25)) {
            let mut seen = std::collections::BTreeSet::new();
            let choices: Vec<Choice> = found
                .into_iter()
                .map(|(row, column, worth)| Choice { row, column, worth })
                .filter(|choice| seen.insert((choice.row, choice.column)))
                .collect();
            let columns = assign(6, 6, &choices, Stop::never());
            let worth = |row: usize, column: u32| {
                let is = |choice: &&Choice| choice.row as usize == row && choice.column == column;
                choices.iter().find(is).map(|choice| choice.worth)
            };
            let mut used = std::collections::BTreeSet::new();
            let mut total = 0;
            for (row, column) in columns.iter().enumerate() {
                if let Some(column) = *column {
                    prop_assert!(used.insert(column));
                    let worth = worth(row, column);
                    prop_assert!(worth > Some(0));
                    total += worth.unwrap_or(0);
                }
            }
            prop_assert_eq!(total, best(&choices, 6, &mut Vec::new()));
            let turned: Vec<Choice> = choices.iter().rev().copied().collect();
            prop_assert_eq!(columns, assign(6, 6, &turned, Stop::never()));
        }
    }
}

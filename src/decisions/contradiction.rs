//! Decisions that cannot all hold.

use std::collections::{BTreeMap, VecDeque};

use crate::error::{Error, Result};
use crate::model::decision::{Decision, Verdict};

/// Checks that all decisions can hold at once.
///
/// Contradictions are: a pair both merged and separated, directly or through a chain of merges; an
/// item kept, or withdrawn, and merged; an item kept and withdrawn.
///
/// # Errors
/// [`Error::Decisions`] naming the lines that contradict each other and the items.
///
/// Complexity: O(decisions log decisions).
pub fn check(decisions: &[Decision]) -> Result<()> {
    let merges = Merges::new(decisions);
    let mut single: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, decision) in decisions.iter().enumerate() {
        let (Verdict::Keep { item } | Verdict::Withdraw { item }) = &decision.verdict else { continue };
        let word = word(&decision.verdict);
        if let Some(&(_, merge)) = merges.of(item).first() {
            return Err(contradiction(
                decisions,
                &[merge, number],
                &format!("`{item}` is merged and {word}"),
            ));
        }
        match single.get(item.as_str()) {
            Some(&before) if decisions[before].verdict != decision.verdict => {
                return Err(contradiction(
                    decisions,
                    &[before, number],
                    &format!("`{item}` is kept and withdrawn"),
                ));
            }
            _ => {
                single.insert(item, number);
            }
        }
    }
    let blocks = merges.blocks();
    for (number, decision) in decisions.iter().enumerate() {
        let Verdict::Separate { a, b } = &decision.verdict else { continue };
        let (Some(one), Some(other)) = (blocks.get(a.as_str()), blocks.get(b.as_str())) else { continue };
        if one != other {
            continue;
        }
        let (items, mut lines) = merges.chain(a, b);
        lines.push(number);
        let what = if items.len() == 2 {
            format!("`{a}` and `{b}` are merged and separated")
        } else {
            let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
            format!("`{a}` and `{b}` are separated, yet merged through {}", items.join(" + "))
        };
        return Err(contradiction(decisions, &lines, &what));
    }
    Ok(())
}

const fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Merge { .. } => "merged",
        Verdict::Separate { .. } => "separated",
        Verdict::Keep { .. } => "kept on its own",
        Verdict::Withdraw { .. } => "withdrawn",
    }
}

/// The merges as a graph of items.
struct Merges<'a> {
    /// Of each item: the items it is merged with, and by which decision.
    neighbours: BTreeMap<&'a str, Vec<(&'a str, usize)>>,
}

impl<'a> Merges<'a> {
    fn new(decisions: &'a [Decision]) -> Self {
        let mut neighbours: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
        for (number, decision) in decisions.iter().enumerate() {
            if let Verdict::Merge { a, b } = &decision.verdict {
                neighbours.entry(a).or_default().push((b, number));
                neighbours.entry(b).or_default().push((a, number));
            }
        }
        Self { neighbours }
    }

    fn of(&self, item: &str) -> &[(&'a str, usize)] {
        self.neighbours.get(item).map_or(&[], Vec::as_slice)
    }

    /// A number for each item: the same for items that merges chain together.
    fn blocks(&self) -> BTreeMap<&'a str, usize> {
        let mut block: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, &start) in self.neighbours.keys().enumerate() {
            if block.contains_key(start) {
                continue;
            }
            let mut waiting = vec![start];
            while let Some(item) = waiting.pop() {
                if block.insert(item, number).is_none() {
                    waiting.extend(self.of(item).iter().map(|&(next, _)| next));
                }
            }
        }
        block
    }

    /// A shortest chain of merges from `a` to `b`: its items, and its decisions.
    fn chain(&self, a: &'a str, b: &'a str) -> (Vec<&'a str>, Vec<usize>) {
        let mut came: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        let mut waiting = VecDeque::from([b]);
        while let Some(item) = waiting.pop_front() {
            if item == a {
                break;
            }
            for &(next, number) in self.of(item) {
                if next != b && !came.contains_key(next) {
                    came.insert(next, (item, number));
                    waiting.push_back(next);
                }
            }
        }
        let (mut items, mut lines) = (vec![a], Vec::new());
        let mut at = a;
        while let Some(&(towards, number)) = came.get(at) {
            items.push(towards);
            lines.push(number);
            at = towards;
        }
        (items, lines)
    }
}

/// `d.jsonl: lines 2 and 5 contradict each other: …`
fn contradiction(decisions: &[Decision], numbers: &[usize], what: &str) -> Error {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let from_file = numbers.iter().all(|&number| decisions[number].line > 0);
    let places: Vec<String> = numbers
        .iter()
        .map(|&number| if from_file { decisions[number].line as usize } else { number + 1 }.to_string())
        .collect();
    let list = match places.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => places.concat(),
    };
    let file = numbers.first().map_or("", |&number| decisions[number].file.as_str());
    let file = if file.is_empty() { String::new() } else { format!("{file}: ") };
    let kind = if from_file { "lines" } else { "decisions" };
    Error::Decisions(format!("{file}{kind} {list} contradict each other: {what}"))
}

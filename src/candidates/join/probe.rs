//! From one set to its partners: filters over the lists of its prefix, then the count of what is shared.

use super::numbering::Numbering;
use super::posting::{Context, Posting};

/// Scratch space of one thread for one tile.
#[derive(Debug, Default)]
pub(super) struct Probe {
    /// Sets that passed the filters, each once.
    pub(super) found: Vec<u32>,
    signatures: Vec<u64>,
    passed: Vec<u32>,
    losses: Losses,
    /// The last round in which a set was found.
    seen: Vec<u32>,
    round: u32,
    /// Weight of the tokens of the marked set, 0 for all others.
    marks: Vec<u32>,
}

impl Probe {
    /// For lists of up to `sets` sets.
    pub(super) fn new(numbering: &Numbering, sets: usize) -> Self {
        Self { seen: vec![0; sets], marks: vec![0; numbering.weights.len()], ..Self::default() }
    }

    /// Makes room for one more set.
    pub(super) fn grow(&mut self) {
        self.seen.push(0);
    }

    /// Fills [`found`](Self::found) with every indexed set that weighs at least `lightest` and is
    /// similar to this one, and with some that are not. `list` gives the postings of a token.
    ///
    /// **Contract.** No similar set is left out (docs/exactness.md).
    pub(super) fn gather<'p>(
        &mut self,
        context: &Context,
        (set, weight): (&[u32], u64),
        lightest: u64,
        list: impl Fn(u32) -> &'p [Posting],
    ) {
        self.found.clear();
        self.next_round();
        let numbering = &context.numbering;
        let least = context.criterion.required(weight, lightest);
        let own = context.scale.of(weight);
        let mut ready = false;
        let mut suffix = weight;
        for (position, &token) in set.iter().enumerate() {
            if suffix < least {
                break;
            }
            let postings = if token < numbering.shared_from { &[] } else { list(token) };
            if !postings.is_empty() {
                if !ready {
                    numbering.suffix_signatures(set, &mut self.signatures);
                    if numbering.uniform.is_none() {
                        self.losses.prepare(set, numbering);
                    }
                    ready = true;
                }
                let signature = self.signatures[position];
                let slack = suffix - least;
                self.passed.resize(self.passed.len().max(postings.len()), 0);
                let kept = if let Some(unit) = numbering.uniform {
                    let allowed = (slack / unit) as u32;
                    scan(postings, own, &mut self.passed, |other| {
                        (signature & !other).count_ones() <= allowed
                    })
                } else {
                    scan(postings, own, &mut self.passed, |other| self.losses.of(signature & !other) <= slack)
                };
                for &found in &self.passed[..kept] {
                    let seen = &mut self.seen[found as usize];
                    if *seen != self.round {
                        *seen = self.round;
                        self.found.push(found);
                    }
                }
            }
            suffix -= numbering.weight(token);
        }
    }

    fn next_round(&mut self) {
        if self.round == u32::MAX {
            self.seen.fill(0);
            self.round = 0;
        }
        self.round += 1;
    }

    /// Makes `set` the one that [`overlap`](Self::overlap) counts against.
    pub(super) fn mark(&mut self, set: &[u32], numbering: &Numbering) {
        for &token in set {
            self.marks[token as usize] = numbering.weights[token as usize];
        }
    }

    /// Takes the marks back.
    pub(super) fn unmark(&mut self, set: &[u32]) {
        for &token in set {
            self.marks[token as usize] = 0;
        }
    }

    /// Weight of what `other` shares with the marked set. Free of branches: O(|other|).
    pub(super) fn overlap(&self, other: &[u32]) -> u64 {
        other.iter().map(|&token| u64::from(self.marks[token as usize])).sum()
    }
}

/// Copies the sets whose reach and signature allow a match to the front of `passed`; gives their number.
fn scan(postings: &[Posting], own: u32, passed: &mut [u32], allows: impl Fn(u64) -> bool) -> usize {
    let mut kept = 0;
    for posting in postings {
        passed[kept] = posting.set;
        kept += usize::from(posting.reach >= own && allows(posting.signature));
    }
    kept
}

/// For sets of signature bits, a weight which the tokens behind them have at least.
#[derive(Debug)]
struct Losses {
    /// By four bits at a time.
    tables: Box<[[u64; 16]; 16]>,
}

impl Default for Losses {
    fn default() -> Self {
        Self { tables: Box::new([[0; 16]; 16]) }
    }
}

impl Losses {
    fn prepare(&mut self, set: &[u32], numbering: &Numbering) {
        // Every suffix that sets a bit holds the last token with this bit.
        let mut last = [0; 64];
        for &token in set {
            last[numbering.bit(token).trailing_zeros() as usize] = numbering.weight(token);
        }
        for (table, four) in self.tables.iter_mut().zip(last.chunks_exact(4)) {
            for bits in 1..16usize {
                let top = bits.ilog2() as usize;
                table[bits] = table[bits - (1 << top)] + four[top];
            }
        }
    }

    fn of(&self, bits: u64) -> u64 {
        self.tables.iter().enumerate().map(|(at, table)| table[(bits >> (4 * at) & 15) as usize]).sum()
    }
}

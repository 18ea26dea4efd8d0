//! Which items of a pool hang together by pairs.

use rustc_hash::FxHashMap;

/// The part of every item that stands in a pair, from 0. Items that pairs chain together share one; a part is
/// filled with such components until it has `size` items.
///
/// Complexity: O(pairs α(items) + items log items).
pub(crate) fn parts_of<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    size: usize,
) -> Vec<(&'a str, u32)> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut ids: Vec<&str> = Vec::new();
    let mut parent: Vec<u32> = Vec::new();
    for (a, b) in pairs {
        let [a, b] = [a, b].map(|id| {
            *numbers.entry(id).or_insert_with(|| {
                ids.push(id);
                parent.push(parent.len() as u32);
                parent.len() as u32 - 1
            })
        });
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut members: Vec<(u32, u32)> =
        (0..ids.len() as u32).map(|item| (root(&mut parent, item), item)).collect();
    members.sort_unstable();
    let mut parts = Vec::with_capacity(ids.len());
    let (mut part, mut filled) = (0, 0);
    for component in members.chunk_by(|one, other| one.0 == other.0) {
        parts.extend(component.iter().map(|&(_, item)| (ids[item as usize], part)));
        filled += component.len();
        if filled >= size {
            (part, filled) = (part + 1, 0);
        }
    }
    parts
}

fn root(parent: &mut [u32], mut item: u32) -> u32 {
    while parent[item as usize] != item {
        parent[item as usize] = parent[parent[item as usize] as usize];
        item = parent[item as usize];
    }
    item
}

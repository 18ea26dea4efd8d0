//! Plain text similarities of a pool's items, for comparison with the match model.

use std::collections::BTreeMap;

use crate::candidates::join::{Corpus, Measure, Threshold, self_join};
use crate::error::Result;
use crate::evaluate::{Baseline, Similar, Truth, best_threshold, jaro_winkler};
use crate::model::bits::log2_ratio;
use crate::model::item::Item;

/// Jaro-Winkler and TF-IDF cosine on names, TF-IDF cosine on everything that was written; each at its
/// best threshold with connected components.
///
/// Texts are taken as written, without white space. Terms are pairs of neighbouring characters; a term
/// that `n` of `N` texts have weighs `log2(N / n)` each time it occurs.
pub(super) fn baselines(items: &[Item], truth: &Truth) -> Result<Vec<Baseline>> {
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let names: Vec<String> = items.iter().map(|item| solid(&item.name)).collect();
    let texts: Vec<String> = items.iter().map(everything).collect();
    Ok(vec![
        best_threshold("jaro_winkler_names", &ids, jaro_winkler(&names), truth),
        best_threshold("tfidf_names", &ids, cosine(&names)?, truth),
        best_threshold("tfidf_all_text", &ids, cosine(&texts)?, truth),
    ])
}

fn everything(item: &Item) -> String {
    let single = [
        &item.kind,
        &item.organizer,
        &item.schedule,
        &item.frequency,
        &item.basis,
        &item.content,
        &item.method,
        &item.ratio,
        &item.notes,
    ];
    let parts: Vec<&str> = std::iter::once(item.name.as_str())
        .chain(single.into_iter().flatten().map(String::as_str))
        .chain(item.co_organizers.iter().chain(&item.targets).map(String::as_str))
        .collect();
    solid(&parts.concat())
}

fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Cosine of the TF-IDF vectors of all pairs of texts from 0.05 up, by the exact join.
///
/// The join knows sets, not counts: the k-th occurrence of a term is a token of its own that weighs
/// `(2k − 1) · idf²`. So a vector has its exact length, and a term that two texts have `c` and `d` times
/// adds `min(c, d)² · idf²` to their product; the excess of the more frequent side is not counted.
fn cosine(texts: &[String]) -> Result<Vec<Similar>> {
    let mut numbers: BTreeMap<(char, char, u32), u32> = BTreeMap::new();
    let mut records: Vec<Vec<u32>> = Vec::with_capacity(texts.len());
    for text in texts {
        let mut counts: BTreeMap<(char, char), u32> = BTreeMap::new();
        let characters: Vec<char> = text.chars().collect();
        let tokens = characters.windows(2).map(|pair| {
            let count = counts.entry((pair[0], pair[1])).or_default();
            *count += 1;
            let next = numbers.len() as u32;
            *numbers.entry((pair[0], pair[1], *count)).or_insert(next)
        });
        records.push(tokens.collect());
    }
    let mut frequency = vec![0u32; numbers.len()];
    for &token in records.iter().flatten() {
        frequency[token as usize] += 1;
    }
    let mut weights = vec![0; numbers.len()];
    for (&(one, other, nth), &number) in &numbers {
        // As many texts have a term as have its first occurrence.
        let having = frequency[numbers[&(one, other, 1)] as usize];
        let rarity = log2_ratio(texts.len() as u64, u64::from(having)).max(1) as u32;
        // A hundredth of a bit is fine enough, and keeps the squares small.
        weights[number as usize] = (rarity / 10).max(1).pow(2) * (2 * nth - 1);
    }
    let mut corpus = Corpus::new(weights);
    for record in &records {
        corpus.push(record);
    }
    let weight = |record: u32| -> f64 {
        let tokens = corpus.record(record).iter();
        tokens.map(|&token| u64::from(corpus.weights()[token as usize])).sum::<u64>() as f64
    };
    let joined = self_join(&corpus, Measure::Cosine, Threshold::new(1, 20)?);
    Ok(joined
        .pairs()
        .into_iter()
        .map(|pair| Similar {
            a: pair.a,
            b: pair.b,
            similarity: pair.overlap as f64 / (weight(pair.a) * weight(pair.b)).sqrt(),
        })
        .collect())
}

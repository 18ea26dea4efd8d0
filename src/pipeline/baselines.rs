//! Plain text similarities of a pool's items, for comparison with the match model.

use std::collections::BTreeMap;

use crate::candidates::join::{Corpus, Measure, Threshold, self_join};
use crate::error::Result;
use crate::evaluate::{Baseline, Similar, Truth, best_threshold, jaro_winkler};
use crate::model::bits::log2_ratio;
use crate::model::item::Item;
use crate::text::fold;

/// Jaro-Winkler and TF-IDF cosine on names, TF-IDF cosine on everything that was written; each at its
/// best threshold with connected components.
///
/// Texts are folded. Terms are the different pairs of neighbouring characters; a term that `n` of `N`
/// texts have weighs `log2(N / n)`.
pub(super) fn baselines(items: &[Item], truth: &Truth) -> Result<Vec<Baseline>> {
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let names: Vec<String> = items.iter().map(|item| fold(&item.name)).collect();
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
    fold(&parts.join("\n"))
}

/// Cosine of the TF-IDF vectors of all pairs of texts from 0.05 up, by the exact join.
fn cosine(texts: &[String]) -> Result<Vec<Similar>> {
    let mut numbers: BTreeMap<(char, char), u32> = BTreeMap::new();
    let mut frequency: Vec<u32> = Vec::new();
    let records: Vec<Vec<u32>> = texts
        .iter()
        .map(|text| {
            let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            let mut terms: Vec<u32> = characters
                .windows(2)
                .map(|pair| {
                    let next = numbers.len() as u32;
                    *numbers.entry((pair[0], pair[1])).or_insert(next)
                })
                .collect();
            terms.sort_unstable();
            terms.dedup();
            frequency.resize(numbers.len(), 0);
            for &term in &terms {
                frequency[term as usize] += 1;
            }
            terms
        })
        .collect();
    let weights = frequency
        .iter()
        .map(|&count| {
            let rarity = log2_ratio(texts.len() as u64, u64::from(count)).max(1) as u32;
            rarity * rarity
        })
        .collect();
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

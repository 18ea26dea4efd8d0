//! Joins titles on their character pairs and says what it took.
//!
//! ```text
//! cargo run --release --example title_join -- titles.txt 4/5 [--unweighted] [--pairs FILE] [--check]
//! ```
//!
//! Weights are squared inverse document frequencies, so that the cosine is that of TF-IDF vectors
//! over sets, as `benches/peers/` computes it; `--unweighted` counts every pair of characters alike.
//! `--pairs` writes the pairs as little-endian `u32`, sorted; `--check` compares them with every pair counted.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::time::Instant;

use rustc_hash::FxHashMap;
use tongchou::candidates::join::{Corpus, Criterion, Measure, Pair, Threshold, self_join};

const USAGE: &str = "usage: title_join FILE NUMERATOR/DENOMINATOR [--unweighted] [--pairs FILE] [--check]";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, threshold, options @ ..] = arguments.as_slice() else { return Err(USAGE.into()) };
    let (numerator, denominator) = threshold.split_once('/').ok_or(USAGE)?;
    let threshold = Threshold::new(numerator.parse()?, denominator.parse()?)?;
    let unweighted = options.iter().any(|option| option == "--unweighted");
    let pairs_file = options.iter().position(|option| option == "--pairs").and_then(|at| options.get(at + 1));

    let start = Instant::now();
    let text = fs::read_to_string(file)?;
    let corpus = corpus(&text, unweighted);
    drop(text);
    let prepared = start.elapsed();
    let joined = self_join(&corpus, Measure::Cosine, threshold);
    let total = start.elapsed();
    let report = format!(
        "{{\"engine\":\"tongchou\",\"weights\":\"{}\",\"n\":{},\"threshold\":{},\"prepare_s\":{:.2},\"seconds\":{:.2},\"cpu\":{:.2},\"pairs\":{},\"peak_mb\":{}}}\n",
        if unweighted { "one" } else { "idf" },
        corpus.len(),
        threshold.numerator() as f64 / threshold.denominator() as f64,
        prepared.as_secs_f64(),
        total.as_secs_f64(),
        processor_seconds()?,
        joined.len(),
        peak_kilobytes()? / 1024,
    );
    std::io::stdout().write_all(report.as_bytes())?;
    if let Some(path) = pairs_file {
        let mut out = BufWriter::new(File::create(path)?);
        for pair in joined.pairs() {
            out.write_all(&pair.a.to_le_bytes())?;
            out.write_all(&pair.b.to_le_bytes())?;
        }
        out.flush()?;
    }
    if options.iter().any(|option| option == "--check") && joined.pairs() != every_pair(&corpus, threshold) {
        return Err("the pairs are not those of brute force".into());
    }
    Ok(())
}

/// All similar pairs by counting each. Complexity: O(n²) overlaps.
fn every_pair(corpus: &Corpus, threshold: Threshold) -> Vec<Pair> {
    let criterion = Criterion::new(Measure::Cosine, threshold);
    let weight =
        |tokens: &[u32]| tokens.iter().map(|&token| u64::from(corpus.weights()[token as usize])).sum();
    let sums: Vec<u64> = (0..corpus.len() as u32).map(|record| weight(corpus.record(record))).collect();
    let mut marks = vec![0u64; corpus.weights().len()];
    let mut pairs = Vec::new();
    for a in 0..corpus.len() as u32 {
        for &token in corpus.record(a) {
            marks[token as usize] = u64::from(corpus.weights()[token as usize]);
        }
        for b in a + 1..corpus.len() as u32 {
            let overlap = corpus.record(b).iter().map(|&token| marks[token as usize]).sum();
            if criterion.holds(overlap, sums[a as usize], sums[b as usize]) {
                pairs.push(Pair { a, b, overlap });
            }
        }
        for &token in corpus.record(a) {
            marks[token as usize] = 0;
        }
    }
    pairs
}

/// One record a line: its different pairs of neighbouring characters.
fn corpus(text: &str, unweighted: bool) -> Corpus {
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut frequency: Vec<u32> = Vec::new();
    let mut tokens: Vec<u32> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for line in text.lines() {
        let start = tokens.len();
        let mut previous = None;
        for character in line.chars() {
            let code = u64::from(u32::from(character));
            if let Some(before) = previous.replace(code) {
                let next = numbers.len() as u32;
                tokens.push(*numbers.entry(before << 32 | code).or_insert(next));
            }
        }
        frequency.resize(numbers.len(), 0);
        let own = &mut tokens[start..];
        own.sort_unstable();
        for (position, &token) in own.iter().enumerate() {
            if position == 0 || own[position - 1] != token {
                frequency[token as usize] += 1;
            }
        }
        ends.push(tokens.len());
    }
    let weights = if unweighted { vec![1; frequency.len()] } else { idf(&frequency, ends.len()) };
    let mut corpus = Corpus::new(weights);
    let mut start = 0;
    for end in ends {
        corpus.push(&tokens[start..end]);
        start = end;
    }
    corpus
}

/// `ln(n / df)²` in 24 binary places.
#[expect(clippy::disallowed_methods, reason = "a bench that repeats a peer's float weights; decides nothing")]
fn idf(frequency: &[u32], records: usize) -> Vec<u32> {
    frequency
        .iter()
        .map(|&count| {
            let logarithm = (records as f64 / f64::from(count)).ln();
            (logarithm * logarithm * f64::from(1 << 24)).round() as u32
        })
        .collect()
}

/// Processor time of all threads so far, as Linux counts it in hundredths of a second.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = status.rsplit_once(')').ok_or("no fields")?;
    let ticks: Vec<f64> =
        fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / 100.0)
}

/// The most memory this process ever held, as Linux counts it.
fn peak_kilobytes() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

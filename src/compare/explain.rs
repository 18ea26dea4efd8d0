//! The readable evidence on a pair.

use super::Comparer;
use super::features::Features;
use super::score::{Hypothesis, Score};
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::evidence::{Aspect, Comparison, Evidence, MilliBits};
use crate::model::ids::ItemIdx;
use crate::model::relation::Relation;

pub(super) fn evidence(comparer: &Comparer, a: ItemIdx, b: ItemIdx) -> Evidence {
    let score = comparer.score(a, b);
    let (left, right) = (comparer.features(a), comparer.features(b));
    let comparisons: Vec<Comparison> = Aspect::ALL
        .iter()
        .zip(score.levels)
        .zip(score.weights)
        .map(|((&aspect, level), weight)| Comparison {
            aspect,
            level: level.key().to_owned(),
            level_zh: level.label_zh().to_owned(),
            a: shown(aspect, left, comparer),
            b: shown(aspect, right, comparer),
            weight,
        })
        .collect();
    let [a_id, b_id] = [a, b].map(|item| comparer.id(item).to_owned());
    let covered = (score.relation == Relation::Covered)
        .then(|| if score.first_is_part { &a_id } else { &b_id }.clone());
    let prior = match score.hypothesis {
        Hypothesis::Matter => comparer.model.matter_prior,
        Hypothesis::Visit => comparer.model.visit_prior,
    };
    let threshold = comparer.threshold();
    let (rule_zh, rule_en) = rule(&score);
    let (counterfactual_zh, counterfactual_en) = counterfactual(&score, threshold);
    Evidence {
        a: a_id,
        b: b_id,
        relation: score.relation,
        covered,
        protection: if score.relation == Relation::Barred { score.protection } else { None },
        comparisons,
        prior,
        total: score.total,
        threshold,
        probability: score.probability(),
        rule_zh,
        rule_en,
        counterfactual_zh,
        counterfactual_en,
    }
}

/// What a comparison looked at, on one side.
fn shown(aspect: Aspect, features: &Features, comparer: &Comparer) -> String {
    let lexicon: &Lexicon = &comparer.lexicon;
    let names = |taxonomy: &Taxonomy, numbers: &[u32]| {
        numbers.iter().map(|&number| taxonomy.entry(number).name.as_str()).collect::<Vec<_>>().join("、")
    };
    match aspect {
        Aspect::Name => features.matter.to_string(),
        Aspect::Concept => names(&lexicon.concepts, &features.concepts),
        Aspect::Content => names(&lexicon.concepts, &features.content.concepts),
        Aspect::Object => features
            .contrast_words
            .iter()
            .map(|&word| lexicon.words.contrast_words[word as usize].0.as_str())
            .collect::<Vec<_>>()
            .join("、"),
        Aspect::Venue => names(&lexicon.venues, &features.venues),
        Aspect::Targets => match features.units.len() {
            0 => String::new(),
            count => format!("{count}"),
        },
        Aspect::Organizer => {
            features.organizer.as_ref().map(|organizer| organizer.office.text.clone()).unwrap_or_default()
        }
        Aspect::Kind => if features.kind_known { features.kind.label() } else { "" }.to_owned(),
        Aspect::Window => {
            features.schedule.windows.iter().map(|window| window.words()).collect::<Vec<_>>().join("、")
        }
        Aspect::Basis => {
            // In the order of their texts: numbers depend on what else is in the pool.
            let cited = features
                .basis
                .citations
                .iter()
                .map(|&number| &*comparer.pool.citation_names[number as usize]);
            let mut cited: Vec<&str> = cited.collect();
            cited.sort_unstable();
            cited.join("、")
        }
        Aspect::Method => if features.remote { "书面或数据" } else { "" }.to_owned(),
        Aspect::Notes => {
            let mut said = names(&lexicon.concepts, &features.said.together);
            for name in comparer.pool.callsigns.names(&features.said.mentioned, lexicon) {
                if !said.is_empty() {
                    said.push('、');
                }
                said.push_str(name);
            }
            if !features.said.separate.is_empty() {
                said.push_str(" / ");
                said.push_str(&names(&lexicon.concepts, &features.said.separate));
            }
            said
        }
    }
}

fn rule(score: &Score) -> (String, String) {
    let (zh, en) = match (score.relation, score.hypothesis) {
        (Relation::Duplicate, _) => {
            ("主题相同、对象相容,且不分轮次:重复", "same matter, compatible targets, no rounds: duplicate")
        }
        (Relation::Split, _) => (
            "同一单位将同一主题按轮次、阶段或对象拆分:拆分",
            "one organizer cut one matter by round, stage or target: split",
        ),
        (Relation::Covered, _) => {
            ("一方为另一方列明或包含的组成部分:覆盖", "one is a named part of the other: covered")
        }
        (Relation::Joint, _) => (
            "不同单位检查同一类具体场所,时间可衔接:联合",
            "different organizers, the same specific kind of place, windows that can meet: joint",
        ),
        (Relation::Barred, _) => (
            "证据支持合并,但一方受保护:不得合并",
            "the evidence is for a merge, but one side is protected: barred",
        ),
        (Relation::Distinct, Hypothesis::Matter) => {
            ("同一主题的证据不足:不合并", "too little evidence of one matter: distinct")
        }
        (Relation::Distinct, Hypothesis::Visit) => {
            ("同次进场的证据不足:不合并", "too little evidence for one visit: distinct")
        }
    };
    (zh.to_owned(), en.to_owned())
}

/// The single comparison whose removal (weight 0) turns the outcome, the smallest such; otherwise what is missing.
fn counterfactual(score: &Score, threshold: MilliBits) -> (String, String) {
    let merges = score.total >= threshold;
    if let Some(protection) = score.protection.filter(|_| merges) {
        return (
            format!("若不属于“{}”,将按“{}”合并", protection.label_zh(), score.leaning.label_zh()),
            format!("would be merged as {} were it not that {}", score.leaning.key(), protection.label_en()),
        );
    }
    let turning = score
        .levels
        .iter()
        .zip(score.weights)
        .filter(|&(_, weight)| (score.total - weight >= threshold) != merges)
        .min_by_key(|&(level, weight)| (weight.abs(), *level as u8));
    match (turning, merges) {
        (Some((level, _)), true) => (
            format!("若没有“{}”这一证据,将不合并", level.label_zh()),
            format!("would not be merged without `{}`", level.key()),
        ),
        (Some((level, _)), false) => (
            format!("若不是“{}”,将按“{}”合并", level.label_zh(), score.leaning.label_zh()),
            format!("would be merged as {} but for `{}`", score.leaning.key(), level.key()),
        ),
        (None, true) => (
            format!("没有单独一项能改变结论:超出合并线 {} 位", bits(score.total - threshold)),
            format!(
                "no single comparison turns it: {} bits above the threshold",
                bits(score.total - threshold)
            ),
        ),
        (None, false) => (
            format!("没有单独一项能改变结论:距合并线差 {} 位", bits(threshold - score.total)),
            format!(
                "no single comparison turns it: {} bits below the threshold",
                bits(threshold - score.total)
            ),
        ),
    }
}

/// Thousandths of a bit as bits.
fn bits(weight: MilliBits) -> String {
    format!("{}.{:03}", weight / 1000, weight % 1000)
}

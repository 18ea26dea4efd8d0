//! Why a member belongs to its plan item: evidence, or a reviewer's word.

use super::decide::Judged;
use super::prepare::Prepared;
use crate::cluster::Group;
use crate::model::decision::Decision;
use crate::model::evidence::Evidence;
use crate::model::ids::ItemIdx;
use crate::model::relation::Relation;

/// The relation of `own` to the core of its group, and the evidence for it.
pub(super) fn belonging(
    prepared: &Prepared<'_>,
    judged: &Judged,
    group: &Group,
    own: u32,
) -> (Relation, Evidence) {
    match bond(judged, group, own) {
        Bond::Scored(with) => scored(judged, with, own),
        Bond::Decided(with) => decided(prepared, judged, with, own),
    }
}

/// The relation of `own` to the core of its group, and the match probability that the evidence has.
pub(super) fn place(judged: &Judged, group: &Group, own: u32) -> (Relation, u16) {
    let (Bond::Scored(with) | Bond::Decided(with)) = bond(judged, group, own);
    let score = |a: u32, b: u32| judged.comparer.score(ItemIdx::from(a), ItemIdx::from(b));
    // Items are sorted by id, and so are the sides of evidence.
    (score(with, own).leaning, score(with.min(own), with.max(own)).probability())
}

/// The relation of `own` to the core of its group.
pub(super) fn relation(judged: &Judged, group: &Group, own: u32) -> Relation {
    let (Bond::Scored(with) | Bond::Decided(with)) = bond(judged, group, own);
    judged.comparer.score(ItemIdx::from(with), ItemIdx::from(own)).leaning
}

/// What holds a member in its group, and the item it is held to.
enum Bond {
    /// The comparison of both.
    Scored(u32),
    /// A reviewer's word.
    Decided(u32),
}

/// Mostly a member belongs with the core. One that reviewers put with the core, or with another member
/// that belongs, is held by their word; one that belongs with an item which reviewers put with the
/// core is held by the evidence on that pair.
fn bond(judged: &Judged, group: &Group, own: u32) -> Bond {
    let rulings = &judged.rulings;
    let core = group.core;
    if rulings.together(core, own) {
        return Bond::Decided(core);
    }
    let total = |a: u32, b: u32| judged.comparer.score(ItemIdx::from(a), ItemIdx::from(b)).total;
    if group.members.len() == 1 || total(core, own) >= judged.comparer.threshold() {
        return Bond::Scored(core);
    }
    // The pair that holds the member's block to the core's.
    let nodes = || std::iter::once(core).chain(group.members.iter().copied());
    let strongest = nodes()
        .filter(|&one| rulings.together(one, core))
        .flat_map(|one| nodes().filter(|&other| rulings.together(other, own)).map(move |other| (one, other)))
        .max_by_key(|&(one, other)| (total(one, other), std::cmp::Reverse((one, other))));
    match strongest {
        Some((one, other)) if other == own => Bond::Scored(one),
        Some((_, other)) => Bond::Decided(other),
        None => Bond::Scored(core),
    }
}

/// The evidence of the comparison.
fn scored(judged: &Judged, with: u32, own: u32) -> (Relation, Evidence) {
    let (with, own) = (ItemIdx::from(with), ItemIdx::from(own));
    let score = judged.comparer.score(with, own);
    let mut evidence = judged.comparer.explain(with, own);
    if !score.relation.merges() {
        // Only a target set for the whole plan goes below the merge line.
        lean(judged, with, own, &mut evidence);
        evidence.rule_zh = format!("为达到压减目标而合并,证据低于合并线:{}", score.leaning.label_zh());
        evidence.rule_en =
            format!("merged to reach the target reduction, below the merge line: {}", score.leaning.key());
        "若没有压减目标,将不合并".clone_into(&mut evidence.counterfactual_zh);
        "would not be merged without the target reduction".clone_into(&mut evidence.counterfactual_en);
    }
    (score.leaning, evidence)
}

/// Gives the evidence the relation that the pair has when it is merged all the same.
fn lean(judged: &Judged, a: ItemIdx, b: ItemIdx, evidence: &mut Evidence) {
    // Items are sorted by id, and so are the sides of evidence.
    let score = judged.comparer.score(a.min(b), a.max(b));
    evidence.relation = score.leaning;
    evidence.protection = None;
    evidence.covered = (score.leaning == Relation::Covered)
        .then(|| if score.first_is_part { evidence.a.clone() } else { evidence.b.clone() });
}

/// The comparison of two items that reviewers put together, under their word.
fn decided(prepared: &Prepared<'_>, judged: &Judged, with: u32, own: u32) -> (Relation, Evidence) {
    let (a, b) = (ItemIdx::from(with), ItemIdx::from(own));
    let score = judged.comparer.score(a, b);
    let mut evidence = judged.comparer.explain(a, b);
    let decision = judged.rulings.decision(with, own).map(|number| &prepared.decisions[number]);
    let (said_zh, said_en) = decision.map_or_else(
        || ("(经其他事项)".to_owned(), " (through other items)".to_owned()),
        |decision| (said(decision, "第N行", ","), said(decision, "line N", ", ")),
    );
    evidence.rule_zh = format!("审定意见:合并{said_zh}");
    evidence.rule_en = format!("reviewers' decision: merge{said_en}");
    if !score.relation.merges() {
        lean(judged, a, b, &mut evidence);
        "若没有这条审定意见,将不合并".clone_into(&mut evidence.counterfactual_zh);
        "would not be merged without the decision".clone_into(&mut evidence.counterfactual_en);
    }
    (score.leaning, evidence)
}

/// Line, name, date and reason in brackets, as far as they are known.
fn said(decision: &Decision, line: &str, comma: &str) -> String {
    let line = (decision.line > 0).then(|| line.replace('N', &decision.line.to_string()));
    let said: Vec<String> = [line, decision.by.clone(), decision.at.clone(), decision.reason.clone()]
        .into_iter()
        .flatten()
        .filter(|text| !text.trim().is_empty())
        .collect();
    if said.is_empty() { String::new() } else { format!("({})", said.join(comma)) }
}

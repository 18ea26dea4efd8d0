//! One name for the parts into which an organizer cut a matter.

use super::Context;
use super::name::Draft;
use super::named::Named;
use super::ordinals::all_ordinals;
use super::phrase::Phrase;
use super::rounds::{all_rounds, label, told};
use super::stages::all_stages;
use super::subsets;
use super::title::Title;
use crate::model::relation::Relation;
use crate::model::schedule::Round;

impl Draft {
    /// The rounds or subsets into which the core's organizer cut the matter.
    pub(super) fn with_split(&mut self, members: &[&Named<'_>], joint: bool, context: &Context<'_>) {
        let split: Vec<usize> =
            (1..members.len()).filter(|&position| members[position].is(Relation::Split)).collect();
        if split.is_empty() {
            return;
        }
        let rounds = told(&rounds(members, context));
        if rounds.len() >= 2 {
            self.second_look_is_a_look();
            if joint {
                self.bracket = Some(label(&rounds));
            } else {
                let all = all_rounds(&self.headline.body, &rounds);
                self.headline.body = all.name;
                self.bracket = Some(all.bracket).filter(|bracket| !bracket.is_empty());
            }
            self.from.extend(&split);
        } else if !joint {
            let others: Vec<Title> =
                split.iter().map(|&position| members[position].title(context.lexicon).clone()).collect();
            let bodies: Vec<Phrase> = others.iter().map(|other| other.body.clone()).collect();
            let body = &self.headline.body;
            if let Some(all) = all_stages(body, &bodies).or_else(|| all_ordinals(body, &bodies)) {
                self.headline.body = all.name;
                self.bracket = Some(all.bracket).filter(|bracket| !bracket.is_empty());
                self.from.extend(&split);
            } else if let Some(united) = subsets::united(body, &others, context.lexicon)
                && self.fits(&united.body)
            {
                self.headline.body = united.body;
                self.bracket = united.bracket;
                self.from.extend(&split);
            }
        }
    }

    /// Brackets of one organizer's parts (清明), (国庆), told together; a single one would tell half.
    pub(super) fn with_tails(&mut self, members: &[&Named<'_>], context: &Context<'_>) {
        if self.bracket.is_some() {
            return;
        }
        let mut parts: Vec<(&str, &Phrase)> = members
            .iter()
            .filter(|member| member.is_round())
            .map(|member| (member.id(), &member.title(context.lexicon).tail))
            .collect();
        parts.sort_by(|one, other| one.0.cmp(other.0));
        let mut words: Vec<String> = Vec::new();
        for (_, tail) in &parts {
            let inner = tail.shown().trim_start_matches('（').trim_end_matches('）');
            if inner.is_empty() {
                return;
            }
            if !words.iter().any(|known| known == inner) {
                words.push(inner.to_owned());
            }
        }
        if words.len() >= 2 {
            self.bracket = Some(words.join("、"));
        }
    }

    /// 复查 is the name of the later round alone.
    fn second_look_is_a_look(&mut self) {
        if let Some(front) = self.headline.suffix.strip_suffix("复查") {
            self.headline.suffix = front;
            self.headline.suffix.push(&Phrase::new("检查"));
        }
    }
}

/// Rounds of which the names of core and split members speak, sorted.
///
/// Beside a round within the year, a name of the whole year (年度) is that of the year's end.
fn rounds(members: &[&Named<'_>], context: &Context<'_>) -> Vec<Round> {
    let (mut rounds, mut whole_year) = (Vec::new(), false);
    for member in members.iter().filter(|member| member.is_round()) {
        let named = &member.standard.name.rounds;
        rounds.extend_from_slice(named);
        whole_year |= named.is_empty() && member.title(context.lexicon).annual;
    }
    if whole_year && rounds.iter().any(|round| matches!(round, Round::FirstHalf | Round::MidTerm)) {
        rounds.push(Round::YearEnd);
    }
    rounds.sort_unstable();
    rounds.dedup();
    rounds
}

//! The name of a plan item.

use super::base;
use super::catchword::catchword;
use super::covered;
use super::facets::{self, listed, shortened};
use super::misspelt;
use super::ordinals::all_ordinals;
use super::phrase::{Phrase, one_line};
use super::rounds::{all_rounds, all_stages, label, speaks_of_a_round, told};
use super::subsets;
use super::tidy::{tidied, without_year};
use super::title::Title;
use super::venue;
use super::{Context, Member, ids};
use crate::model::kind::Kind;
use crate::model::plan::Traced;
use crate::model::relation::Relation;
use crate::model::schedule::Round;

/// Length beyond which a name gives up what it can do without, in characters.
const TYPICAL: usize = 30;
/// Length up to which a name tells parts and facets, in characters.
const TELLING: usize = 32;
/// Length which no merged name exceeds.
const HARD: usize = 40;
/// What a joint visit is called.
const JOINT: &str = "联合检查";
/// What a joint visit is called whose name does not say who looks at what.
const JOINT_OF_ALL: &str = "跨部门联合检查";
/// The name of an item whose members have none.
const NAMELESS: &str = "未命名事项";

/// The name which the plan prints.
///
/// An item on its own keeps its wording. A group is named after its core; rounds and subsets of split
/// items, parts of covered ones and facets of joint ones are told where they fit.
pub(super) fn name(members: &[&Member<'_>], venue: Option<u32>, context: &Context<'_>) -> Traced<String> {
    if let [only] = members {
        let name = one_line(&only.item.name);
        let value = if name.is_empty() { NAMELESS.to_owned() } else { name };
        return Traced { value, from: ids(members, |_| true) };
    }
    let base = base::base(members, context.lexicon);
    let title = misspelt::mended(&Title::parse(&members[base].item.name, context.lexicon), members);
    let year = year(members, &title, context);
    let headline = tidied(&headline(&title, members, base), &year, TYPICAL, context.lexicon);
    let mut draft = Draft { year, headline, bracket: None, from: vec![base] };
    let joint = members.iter().any(|member| member.is(Relation::Joint));
    match venue {
        Some(venue) => draft.at_venue(members, venue, context),
        None if joint => draft.jointly(context),
        None => {}
    }
    draft.with_split(members, joint, context);
    draft.with_tails(members, context);
    if !joint {
        draft.with_duplicate(members, context);
        draft.with_covered(members, context);
        draft.keep_tail(&title);
    }
    draft.say_year_once();
    let value = draft.written();
    Traced { value, from: ids(members, |position| draft.from.contains(&position)) }
}

/// A name in the making.
#[derive(Debug)]
struct Draft {
    year: String,
    headline: Title,
    /// Words in brackets behind the headline; a name has one bracket at most.
    bracket: Option<String>,
    /// Positions of the members that gave words.
    from: Vec<usize>,
}

impl Draft {
    /// `2023年{venue}{facets}联合检查`.
    fn at_venue(&mut self, members: &[&Member<'_>], venue: u32, context: &Context<'_>) {
        let found = facets::facets(members, venue, context.lexicon).unwrap_or_default();
        // A place that only the target cells tell is one of several, beside a field that is everybody's.
        let is_theirs = found.len() != 1 || venue::is_said(members, venue, context.lexicon);
        let place = if is_theirs {
            venue::place_words(members, venue, context.lexicon)
        } else {
            venue::own_place(members[0], context.lexicon)
        };
        let fits = |told: &String| {
            self.year.chars().count() + told.chars().count() + JOINT.chars().count() <= TELLING
        };
        let told = |words: Vec<String>| format!("{place}{}", listed(&words));
        let qualified = told(found.iter().map(|facet| facet.qualified.clone()).collect());
        let short = told(found.iter().map(|facet| facet.words.clone()).collect());
        let can_tell = (1..=facets::MOST).contains(&found.len());
        let told = [qualified, short].into_iter().find(|told| can_tell && fits(told));
        if told.is_some() {
            self.from = found.iter().map(|facet| facet.position).collect();
        }
        self.headline = Title {
            suffix: Phrase::new(if told.is_some() { JOINT } else { JOINT_OF_ALL }),
            body: Phrase::new(&told.unwrap_or(place)),
            ..Title::default()
        };
    }

    /// The core's place as a joint visit; its matter, where it names no place.
    fn jointly(&mut self, context: &Context<'_>) {
        const PLACES: &[&str] =
            &["行业", "企业", "机构", "场所", "单位", "市场", "门店", "工地", "堆场", "中心", "园区", "码头"];
        let body = &self.headline.body;
        let named = context.lexicon.venues.mentions(body.folded()).map(|mention| mention.end);
        let ends =
            PLACES.iter().filter_map(|place| body.folded().find(place).map(|start| start + place.len()));
        let end = ends.chain(named).filter(|&end| body.folded()[..end].chars().count() >= 4).min();
        self.headline.suffix = Phrase::new(if end.is_some() { JOINT_OF_ALL } else { JOINT });
        if let Some(end) = end {
            self.headline.body = body.slice(0..end);
        }
    }

    /// The rounds or subsets into which the core's organizer cut the matter.
    fn with_split(&mut self, members: &[&Member<'_>], joint: bool, context: &Context<'_>) {
        let split: Vec<usize> =
            (1..members.len()).filter(|&position| members[position].is(Relation::Split)).collect();
        if split.is_empty() {
            return;
        }
        let rounds = told(&rounds(members, context));
        if rounds.len() >= 2 {
            if joint {
                self.bracket = Some(label(&rounds));
            } else {
                let all = all_rounds(&self.headline.body, &rounds);
                self.headline.body = all.name;
                self.bracket = Some(all.bracket).filter(|bracket| !bracket.is_empty());
            }
            self.from.extend(&split);
        } else if !joint {
            let others: Vec<Title> = split
                .iter()
                .map(|&position| Title::parse(&members[position].item.name, context.lexicon))
                .collect();
            let bodies: Vec<Phrase> = others.iter().map(|other| other.body.clone()).collect();
            let body = &self.headline.body;
            if let Some(all) = all_stages(body, &bodies).or_else(|| all_ordinals(body, &bodies)) {
                self.headline.body = all.name;
                self.bracket = Some(all.bracket);
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
    fn with_tails(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        if self.bracket.is_some() {
            return;
        }
        let mut parts: Vec<(&str, Phrase)> = members
            .iter()
            .filter(|member| member.is_round())
            .map(|member| (member.id(), Title::parse(&member.item.name, context.lexicon).tail))
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

    /// `A暨“B”`: a duplicate known by a catchword of its own, which the core's name does not carry.
    fn with_duplicate(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        if self.headline.headline().folded().contains('暨') || self.bracket.is_some() {
            return;
        }
        let catchwords =
            members.iter().enumerate().filter(|(_, member)| member.is(Relation::Duplicate)).filter_map(
                |(position, member)| {
                    Some((position, catchword(&Title::parse(&member.item.name, context.lexicon).body)?))
                },
            );
        for (position, words) in catchwords {
            let words = without_year(&words, &self.year);
            let quote = words.folded().split('"').nth(1).unwrap_or_default();
            let said = self.headline.headline().folded().contains(quote);
            let mut body = shortened(&self.headline.body);
            body.push(&Phrase::new("暨"));
            body.push(&words);
            if !said && self.fits(&body) {
                self.headline.body = body;
                self.from.push(position);
                return;
            }
        }
    }

    /// （含Y）, where the name has no bracket yet and stays short.
    fn with_covered(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        let headline = self.headline.headline();
        if self.bracket.is_some() || headline.folded().contains('(') {
            return;
        }
        let parts = covered::parts(members, headline.shown(), context.lexicon);
        let words: Vec<String> = parts.iter().map(|(part, _)| part.clone()).collect();
        // 批而未供和闲置土地处置 is a list itself.
        let is_list = words.iter().any(|word| word.contains(['和', '及', '与', '、']));
        let bracket = format!("含{}", if is_list { words.join("、") } else { listed(&words) });
        let length = self.year.chars().count() + headline.chars() + bracket.chars().count() + 2;
        if !words.is_empty() && length <= TELLING {
            self.bracket = Some(bracket);
            self.from.extend(parts.into_iter().map(|(_, position)| position));
        }
    }

    /// The brackets of the base's own name stay when there is nothing else to tell; one round's tell half.
    fn keep_tail(&mut self, title: &Title) {
        let inner = title.tail.shown().trim_start_matches('（').trim_end_matches('）');
        let is_free = self.bracket.is_none() && !self.headline.body.folded().contains('(');
        if is_free && !inner.is_empty() && !speaks_of_a_round(inner) {
            self.bracket = Some(inner.to_owned());
        }
    }

    /// Whether the name is no longer than usual with this body.
    fn fits(&self, body: &Phrase) -> bool {
        self.year.chars().count() + body.chars() + self.headline.suffix.chars() <= TYPICAL
    }

    /// 2023年度…考核 needs no 年度 in it, and 2023年年度报告 is written 2023年度报告.
    fn say_year_once(&mut self) {
        const ANNUAL: &str = "年度";
        if self.year.ends_with(ANNUAL) {
            self.headline.drop_annual();
        } else if self.headline.body.folded().starts_with(ANNUAL) {
            self.year.truncate(self.year.trim_end_matches('年').len());
        }
    }

    /// Everything put together, as much as fits.
    fn written(&self) -> String {
        let length = |text: &str| text.chars().count();
        let headline = self.headline.headline();
        let headline = if self.bracket.is_some() { headline.without_brackets() } else { headline };
        let mut name = format!("{}{}", self.year, headline.shown());
        if name.is_empty() {
            NAMELESS.clone_into(&mut name);
        }
        if length(&name) > HARD {
            name = self.cut();
        }
        match &self.bracket {
            Some(bracket) if length(&name) + length(bracket) + 2 <= HARD => format!("{name}（{bracket}）"),
            _ => name,
        }
    }

    /// The headline cut to [`HARD`] characters, at a stop where there is one.
    fn cut(&self) -> String {
        let suffix = self.headline.suffix.shown();
        let room = HARD.saturating_sub(self.year.chars().count() + suffix.chars().count() + 1);
        let body: Vec<char> = self.headline.body.without_brackets().shown().chars().collect();
        if body.len() <= room {
            let body: String = body.into_iter().collect();
            return format!("{}{body}{suffix}", self.year);
        }
        let stop = body[..room].iter().rposition(|c| matches!(c, '、' | '和' | '与' | '及' | '暨' | '，'));
        let kept: String = body[..stop.filter(|&stop| stop >= room / 3).unwrap_or(room)].iter().collect();
        let suffix: String = suffix.chars().take(HARD / 2).collect();
        format!("{}{}等{suffix}", self.year, kept)
    }
}

/// A title that says what sort of activity it is: where the name has no word of it, the kind is added that
/// its own department or another member gives.
fn headline(title: &Title, members: &[&Member<'_>], base: usize) -> Title {
    let mut headline = title.clone();
    let known = std::iter::once(&members[base]).chain(members).find(|member| member.standard.kind_known);
    let Some(member) = known else { return headline };
    // 土壤污染状况调查 speaks of others' 调查, not of a 调研.
    let told = member.item.kind.is_some() || !title.body.folded().contains("调查");
    let kind = if told { member.standard.kind.label() } else { Kind::Inspection.label() };
    // 捡查 is a misspelt 检查, to which no second 检查 is added.
    let end: Vec<char> = title.body.folded().chars().rev().take(2).collect();
    let misspelt = kind.chars().rev().zip(end).any(|(left, right)| left == right);
    if title.suffix.is_empty() && !misspelt {
        headline.suffix = Phrase::new(kind);
    }
    headline
}

/// `2023年`, or `2023年度` for what scores a year's result and says so.
fn year(members: &[&Member<'_>], title: &Title, context: &Context<'_>) -> String {
    let Some(year) = title.year.or(context.plan_year) else { return String::new() };
    let scores = members[0].standard.kind.scores();
    let annual = members
        .iter()
        .filter(|member| member.is_round())
        .any(|member| Title::parse(&member.item.name, context.lexicon).annual);
    if scores && annual { format!("{year}年度") } else { format!("{year}年") }
}

/// Rounds of which the names of core and split members speak, sorted.
///
/// Beside a round within the year, a name of the whole year (年度) is that of the year's end.
fn rounds(members: &[&Member<'_>], context: &Context<'_>) -> Vec<Round> {
    let (mut rounds, mut whole_year) = (Vec::new(), false);
    for member in members.iter().filter(|member| member.is_round()) {
        let named = &member.standard.name.rounds;
        rounds.extend_from_slice(named);
        whole_year |= named.is_empty() && Title::parse(&member.item.name, context.lexicon).annual;
    }
    if whole_year && rounds.iter().any(|round| matches!(round, Round::FirstHalf | Round::MidTerm)) {
        rounds.push(Round::YearEnd);
    }
    rounds.sort_unstable();
    rounds.dedup();
    rounds
}

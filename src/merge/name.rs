//! The name of a plan item.

use super::base;
use super::covered;
use super::facets::{self, listed, shortened};
use super::misspelt;
use super::phrase::{Phrase, one_line};
use super::rounds::{all_rounds, all_stages, label};
use super::subsets;
use super::title::Title;
use super::{Context, Member, ids};
use crate::model::kind::Kind;
use crate::model::plan::Traced;
use crate::model::relation::Relation;
use crate::model::schedule::Round;

/// Length beyond which a name gives up what it can do without, in characters.
const TYPICAL: usize = 30;
/// Length which no merged name exceeds.
const HARD: usize = 40;
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
    let mut draft = Draft {
        year: year(members, &title, context),
        headline: headline(&title, members, base),
        brackets: Vec::new(),
        from: vec![base],
    };
    let joint = members.iter().any(|member| member.is(Relation::Joint));
    match venue {
        Some(venue) => draft.at_venue(members, venue, context),
        None if joint => draft.jointly(),
        None => {}
    }
    draft.with_split(members, joint, context);
    draft.with_tails(members, context);
    if !joint {
        draft.with_duplicate(members, context);
        draft.with_covered(members, context);
        draft.keep_tail(&title);
    }
    if draft.year.ends_with("年度") {
        draft.headline.drop_annual();
    }
    let value = draft.written();
    Traced { value, from: ids(members, |position| draft.from.contains(&position)) }
}

/// A name in the making.
#[derive(Debug)]
struct Draft {
    year: String,
    headline: Title,
    /// Words in brackets behind the headline, the most useful first.
    brackets: Vec<String>,
    /// Positions of the members that gave words.
    from: Vec<usize>,
}

impl Draft {
    /// `2023年{venue}{facets}联合检查`.
    fn at_venue(&mut self, members: &[&Member<'_>], venue: u32, context: &Context<'_>) {
        let place = place_words(members, venue, context);
        let found = facets::facets(members, venue, context.lexicon).unwrap_or_default();
        let words: Vec<String> = found.iter().map(|(facet, _)| facet.clone()).collect();
        let told = format!("{place}{}", listed(&words));
        let fits = (2..=facets::MOST).contains(&words.len())
            && self.year.chars().count() + told.chars().count() + "联合检查".chars().count() <= HARD;
        self.headline = Title {
            body: Phrase::new(if fits { &told } else { &place }),
            suffix: Phrase::new(if fits { "联合检查" } else { "跨部门联合检查" }),
            ..Title::default()
        };
        if fits {
            self.from = found.into_iter().map(|(_, position)| position).collect();
        }
    }

    /// The core's matter, up to the words of its place, as a joint visit.
    fn jointly(&mut self) {
        const PLACES: &[&str] = &["行业", "企业", "机构", "场所", "单位", "市场", "门店", "工地"];
        let body = &self.headline.body;
        let ends =
            PLACES.iter().filter_map(|place| body.folded().find(place).map(|start| start + place.len()));
        if let Some(end) = ends.filter(|&end| body.folded()[..end].chars().count() >= 4).min() {
            self.headline.body = body.slice(0..end);
        }
        self.headline.suffix = Phrase::new("联合检查");
    }

    /// The rounds or subsets into which the core's organizer cut the matter.
    fn with_split(&mut self, members: &[&Member<'_>], joint: bool, context: &Context<'_>) {
        let split: Vec<usize> =
            (1..members.len()).filter(|&position| members[position].is(Relation::Split)).collect();
        if split.is_empty() {
            return;
        }
        let rounds = rounds(members, context);
        if rounds.len() >= 2 {
            if joint {
                self.brackets.push(label(&rounds));
            } else {
                let all = all_rounds(&self.headline.body, &rounds);
                self.headline.body = all.name;
                self.brackets.extend(Some(all.bracket).filter(|bracket| !bracket.is_empty()));
            }
            self.from.extend(&split);
        } else if !joint {
            let others: Vec<Title> = split
                .iter()
                .map(|&position| Title::parse(&members[position].item.name, context.lexicon))
                .collect();
            let bodies: Vec<Phrase> = others.iter().map(|other| other.body.clone()).collect();
            if let Some(all) = all_stages(&self.headline.body, &bodies) {
                self.headline.body = all.name;
                self.brackets.push(all.bracket);
                self.from.extend(&split);
            } else if let Some(united) = subsets::united(&self.headline.body, &others, context.lexicon) {
                self.headline.body = united.body;
                self.brackets.extend(united.bracket);
                self.from.extend(&split);
            }
        }
    }

    /// Brackets of one organizer's parts (清明), (国庆), told together; a single one would tell half.
    fn with_tails(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        if !self.brackets.is_empty() {
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
            self.brackets.push(words.join("、"));
        }
    }

    /// `A暨“B”`: a duplicate known by a catchword of its own, which the core's name does not carry.
    fn with_duplicate(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        if self.headline.headline().folded().contains('暨') || !self.brackets.is_empty() {
            return;
        }
        let catchwords =
            members.iter().enumerate().filter(|(_, member)| member.is(Relation::Duplicate)).filter_map(
                |(position, member)| {
                    Some((position, catchword(&Title::parse(&member.item.name, context.lexicon).body)?))
                },
            );
        for (position, words) in catchwords {
            let said = self.headline.headline().folded().contains(words.folded().trim_matches('"'));
            let mut body = shortened(&self.headline.body);
            body.push(&Phrase::new("暨"));
            body.push(&words);
            let length = self.year.chars().count() + body.chars() + self.headline.suffix.chars();
            if !said && length <= TYPICAL {
                self.headline.body = body;
                self.from.push(position);
                return;
            }
        }
    }

    /// （含Y）.
    fn with_covered(&mut self, members: &[&Member<'_>], context: &Context<'_>) {
        let parts = covered::parts(members, self.headline.headline().shown(), context.lexicon);
        if parts.is_empty() {
            return;
        }
        let words: Vec<String> = parts.iter().map(|(part, _)| part.clone()).collect();
        self.brackets.push(format!("含{}", listed(&words)));
        self.from.extend(parts.into_iter().map(|(_, position)| position));
    }

    /// The brackets of the core's own name stay when there is nothing else to tell.
    fn keep_tail(&mut self, title: &Title) {
        if self.brackets.is_empty() && title.tail.chars() > 2 {
            let inner = title.tail.shown();
            self.brackets.push(inner.trim_start_matches('（').trim_end_matches('）').to_owned());
        }
    }

    /// Everything put together, as much as fits.
    fn written(&self) -> String {
        let headline = self.headline.headline();
        let length = |text: &str| text.chars().count();
        let mut name = format!("{}{}", self.year, headline.shown());
        if name.is_empty() {
            NAMELESS.clone_into(&mut name);
        }
        if length(&name) > HARD {
            name = self.cut();
        }
        for (position, bracket) in self.brackets.iter().enumerate() {
            let limit = if position == 0 { HARD } else { TYPICAL + 4 };
            if length(&name) + length(bracket) + 2 <= limit {
                name = format!("{name}（{bracket}）");
            }
        }
        name
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

/// Words that a catchword in quotes goes by as the name of a whole matter: “放管服”改革.
const CAMPAIGNS: &[&str] = &["改革", "行动", "工程", "计划", "创建", "整治", "制度", "工作", "活动"];

/// A short catchword in quotes, with the word it belongs to: “打伞破网”, “放管服”改革.
///
/// “全员上岸”预案 is none: the quote only names a part of what is looked at.
fn catchword(body: &Phrase) -> Option<Phrase> {
    let folded = body.folded();
    let start = folded.find('"')?;
    let close = start + 1 + folded[start + 1..].find('"')? + 1;
    let end = folded[close..]
        .find(['、', '和', '与', '及', '暨', ',', '"'])
        .map_or(folded.len(), |stop| close + stop);
    let quote = body.slice(start..close);
    if !(5..=10).contains(&quote.chars()) {
        return None;
    }
    let whole = shortened(&body.slice(start..end));
    let rest = &whole.folded()[(close - start).min(whole.folded().len())..];
    if !rest.is_empty() && !CAMPAIGNS.iter().any(|word| rest.ends_with(word)) {
        return None;
    }
    Some(if whole.chars() <= 12 { whole } else { quote })
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

/// The venue as the core writes it, if that is about as short as the usual name.
fn place_words(members: &[&Member<'_>], venue: u32, context: &Context<'_>) -> String {
    let usual = Phrase::new(&context.lexicon.venues.entry(venue).name);
    let core = Phrase::new(&members[0].item.name);
    let written = context
        .lexicon
        .venues
        .mentions(core.folded())
        .filter(|mention| mention.entry == venue)
        .map(|mention| core.slice(mention.start..mention.end))
        .find(|words| words.chars() <= usual.chars() + 2);
    written.unwrap_or(usual).shown().to_owned()
}

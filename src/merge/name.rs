//! The name of a plan item.

use super::catchword::catchword;
use super::covered;
use super::facets::{listed, shortened};
use super::misspelt;
use super::named::Named;
use super::phrase::{Phrase, one_line};
use super::rounds::speaks_of_a_round;
use super::tidy::{tidied, without_year};
use super::title::Title;
use super::{Context, ids};
use crate::model::kind::Kind;
use crate::model::plan::Traced;
use crate::model::relation::Relation;

/// Length beyond which a name gives up what it can do without, in characters.
const TYPICAL: usize = 30;
/// Length up to which a name tells parts and facets, in characters.
pub(super) const TELLING: usize = 32;
/// The name of an item whose members have none.
pub(super) const NAMELESS: &str = "未命名事项";

/// The name which the plan prints.
///
/// An item on its own keeps its wording. A group is named after the member `base`; rounds and subsets of split
/// items, parts of covered ones and facets of joint ones are told where they fit.
pub(super) fn name(
    members: &[&Named<'_>],
    base: usize,
    venue: Option<u32>,
    context: &Context<'_>,
) -> Traced<String> {
    if let [only] = members {
        let name = one_line(&only.item.name);
        let value = if name.is_empty() { NAMELESS.to_owned() } else { name };
        return Traced { value, from: ids(members, |_| true) };
    }
    let title = misspelt::mended(members[base].title(context.lexicon), members);
    let year = year(members, &title, context);
    let headline = tidied(&headline(&title, members, base), &year, TYPICAL, context.lexicon);
    let mut draft = Draft { year, headline, bracket: None, from: vec![base] };
    let joint = members.iter().any(|member| member.is(Relation::Joint));
    match venue {
        Some(venue) => draft.at_venue(members, venue, context),
        None if joint => draft.jointly(members, context),
        None => {}
    }
    draft.with_split(members, joint, context);
    draft.with_tails(members, context);
    if !joint {
        draft.with_duplicate(members, context);
        draft.with_covered(members, context);
        draft.keep_tail(&title, context);
    }
    draft.say_year_once();
    let value = draft.written(context.lexicon);
    Traced { value, from: ids(members, |position| draft.from.contains(&position)) }
}

/// A name in the making.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) year: String,
    pub(super) headline: Title,
    /// Words in brackets behind the headline; a name has one bracket at most.
    pub(super) bracket: Option<String>,
    /// Positions of the members that gave words.
    pub(super) from: Vec<usize>,
}

impl Draft {
    /// `A暨“B”`: a duplicate known by a catchword of its own, which the core's name does not carry.
    fn with_duplicate(&mut self, members: &[&Named<'_>], context: &Context<'_>) {
        if self.headline.headline().folded().contains('暨') || self.bracket.is_some() {
            return;
        }
        let catchwords =
            members.iter().enumerate().filter(|(_, member)| member.is(Relation::Duplicate)).filter_map(
                |(position, member)| Some((position, catchword(&member.title(context.lexicon).body)?)),
            );
        for (position, words) in catchwords {
            let words = without_year(&words, &self.year);
            let quote = words.folded().split('"').nth(1).unwrap_or_default();
            let headline = self.headline.headline();
            // “去小学化” says what “小学化” says.
            let own = headline.folded().split('"').skip(1).step_by(2);
            let said = headline.folded().contains(quote)
                || own.filter(|own| own.chars().count() >= 3).any(|own| quote.contains(own));
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
    fn with_covered(&mut self, members: &[&Named<'_>], context: &Context<'_>) {
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

    /// The brackets of the base's own name stay when there is nothing else to tell; one round's tell half, and
    /// who put the item forward stands in a column of its own.
    fn keep_tail(&mut self, title: &Title, context: &Context<'_>) {
        let tail = title.tail.folded();
        let folded = tail.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(tail);
        let inner = title.tail.shown().trim_start_matches('（').trim_end_matches('）');
        let is_free = self.bracket.is_none() && !self.headline.body.folded().contains('(');
        let is_unit = context.lexicon.departments.identify(folded).is_some();
        if is_free && !inner.is_empty() && !speaks_of_a_round(inner) && !is_unit {
            self.bracket = Some(inner.to_owned());
        }
    }

    /// Whether the name is no longer than usual with this body.
    pub(super) fn fits(&self, body: &Phrase) -> bool {
        self.year.chars().count() + body.chars() + self.headline.suffix.chars() <= TYPICAL
    }
}

/// Activities besides those of the lexicon, to which no 检查 is added.
const OTHER_ACTIVITIES: &[&str] = &[
    "稽察", "稽查", "监察", "审计", "普查", "年检", "年审", "评选", "评比", "监测", "观摩", "审查", "评查",
    "走访", "调度", "会诊",
];

/// A title that says what sort of activity it is: where the name has no word of it, the kind is added that
/// its own department or another member gives.
fn headline(title: &Title, members: &[&Named<'_>], base: usize) -> Title {
    let mut headline = title.clone();
    let known = std::iter::once(&members[base]).chain(members).find(|member| member.standard.kind_known);
    let Some(member) = known else {
        if title.suffix.is_empty() && !OTHER_ACTIVITIES.iter().any(|word| title.body.folded().ends_with(word))
        {
            headline.suffix = Phrase::new(Kind::Inspection.label());
        }
        return headline;
    };
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
fn year(members: &[&Named<'_>], title: &Title, context: &Context<'_>) -> String {
    let Some(year) = title.year.or(context.plan_year) else { return String::new() };
    let scores = members[0].standard.kind.scores();
    let annual =
        members.iter().filter(|member| member.is_round()).any(|member| member.title(context.lexicon).annual);
    if scores && annual { format!("{year}年度") } else { format!("{year}年") }
}

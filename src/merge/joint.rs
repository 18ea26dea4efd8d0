//! What a joint visit is called: its place, and what each looks at.

use super::facets::{self, listed};
use super::name::{Draft, TELLING};
use super::named::Named;
use super::phrase::Phrase;
use super::title::Title;
use super::{Context, venue};

/// What a joint visit is called.
const JOINT: &str = "联合检查";
/// What a joint visit is called whose name does not say who looks at what.
const JOINT_OF_ALL: &str = "跨部门联合检查";

impl Draft {
    /// `2023年{venue}{facets}联合检查`.
    pub(super) fn at_venue(&mut self, members: &[&Named<'_>], venue: u32, context: &Context<'_>) {
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
    pub(super) fn jointly(&mut self, members: &[&Named<'_>], context: &Context<'_>) {
        let body = self.headline.body.clone();
        let place = place_end(&body, context).map(|end| body.slice(0..end));
        let place = place.or_else(|| place_of_targets(members, &body));
        self.headline.suffix = Phrase::new(if place.is_some() { JOINT_OF_ALL } else { JOINT });
        if let Some(place) = place {
            self.headline.body = place;
        }
    }
}

/// Least characters of a place in a name.
const LEAST: usize = 4;

/// Where the words of a place end, with which a body begins.
fn place_end(body: &Phrase, context: &Context<'_>) -> Option<usize> {
    const PLACES: &[&str] = &[
        "行业", "企业", "机构", "场所", "单位", "市场", "门店", "工地", "堆场", "中心", "园区", "码头",
        "商店", "超市", "基地", "公司", "厂", "店", "馆",
    ];
    /// Words that begin with a place's last character.
    const WORDS: &[&str] = &["厂房", "厂区", "店铺", "店面", "店招", "馆藏", "馆舍"];
    let text = body.folded();
    let named = context.lexicon.venues.mentions(text).map(|mention| mention.end);
    let ends = PLACES.iter().filter_map(|place| {
        let start = text.find(place)?;
        let is_cut = WORDS.iter().any(|word| text[start..].starts_with(word));
        (!is_cut).then_some(start + place.len())
    });
    ends.chain(named).filter(|&end| text[..end].chars().count() >= LEAST).min()
}

/// The words for whom most members visit, where the core's name begins with them.
fn place_of_targets(members: &[&Named<'_>], body: &Phrase) -> Option<Phrase> {
    let targets = members.iter().flat_map(|member| &member.item.targets).map(|target| Phrase::new(target));
    targets
        .filter(|target| (3..=10).contains(&target.chars()))
        .find(|target| body.folded().starts_with(target.folded()))
}

//! How a name reads: as the name of a matter, or as something that stands in for one.

use std::ops::Range;

use super::phrase::Phrase;
use crate::lexicon::{Lexicon, Mention};

/// How a name reads in a plan, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// A matter in plain words, or in quoted words which the lexicon knows by themselves (“大棚房”).
    Plain,
    /// A matter with quoted words in it which the lexicon does not know.
    Quoted,
    /// A known matter with several particulars.
    Enumerated,
    /// Its particulars one by one, without a word for the whole.
    Listed,
    /// A slogan: quoted words of which nobody outside the department knows what they mean, or a sentence.
    Slogan,
    /// Nothing but words that fit every item (常规工作).
    Hollow,
}

/// Words that say nothing of a matter.
const HOLLOW: &[&str] = &[
    "常规", "日常", "例行", "一般", "相关", "有关", "各项", "重点", "工作", "情况", "任务", "事项", "业务",
    "年度", "管理", "规范", "监管", "专项", "综合", "监督", "检查", "督导", "落实", "推进", "其他", "内容",
    "的", "等",
];
/// Punctuation of sentences, folded.
const OF_A_SENTENCE: &[&str] = &["--", ":", "?", "!", ","];
/// What is known by a name of its own, and wider than any plain name in its group.
const CAMPAIGNS: &[&str] = &["行动", "改革", "工程", "计划", "活动"];
/// Quoted words of so many characters are an abbreviation (“两违”, “十四五”), not yet a slogan.
const ABBREVIATION: usize = 3;

/// How the body of a name reads.
pub(super) fn reading(body: &Phrase, lexicon: &Lexicon) -> Reading {
    let text = Unquoted::new(body.without_brackets().folded());
    let mentions = text.concepts(lexicon);
    let named = !mentions.is_empty() || lexicon.venues.mentions(&text.text).next().is_some();
    if !named && is_hollow(&text.text) {
        return Reading::Hollow;
    }
    let knows = |quote: &Range<usize>| lexicon.concepts.by_form(&text.text[quote.clone()]).is_some();
    let length = |range: &Range<usize>| text.text[range.clone()].chars().count();
    let unknown = || text.quotes.iter().filter(|quote| !knows(quote));
    let quoted: usize = unknown().map(length).sum();
    let whole = text.text.chars().count();
    let leading = text.leading_quotes();
    let several = text.quotes.iter().filter(|quote| quote.end <= leading.end).count() >= 2;
    let leads = (quoted > 0 || several) && length(&leading) > ABBREVIATION;
    let is_campaign = CAMPAIGNS.iter().any(|word| text.text.ends_with(word));
    let stops = text.stops();
    if OF_A_SENTENCE.iter().any(|mark| text.text.contains(mark))
        || (leads || (quoted > 0 && quoted * 2 >= whole)) && !is_campaign
    {
        Reading::Slogan
    } else if stops >= 3 || (stops == 2 && mentions.is_empty()) {
        Reading::Listed
    } else if stops == 2 {
        Reading::Enumerated
    } else if quoted == 0 {
        Reading::Plain
    } else {
        Reading::Quoted
    }
}

/// The lexicon's concepts of which the body of a name speaks, sorted.
///
/// A word inside quotes is no such mention unless it is the whole quote: “无诈乡镇” speaks of a campaign.
pub(super) fn concepts(body: &Phrase, lexicon: &Lexicon) -> Vec<u32> {
    let mentions = Unquoted::new(body.folded()).concepts(lexicon);
    let mut concepts: Vec<u32> = mentions.into_iter().map(|mention| mention.entry).collect();
    concepts.sort_unstable();
    concepts.dedup();
    concepts
}

/// A folded text without its quotation marks, so that 涉渔“三无”船舶 is found as 涉渔三无船舶.
#[derive(Debug)]
struct Unquoted {
    text: String,
    /// What stood between quotation marks, in bytes of the text.
    quotes: Vec<Range<usize>>,
}

impl Unquoted {
    fn new(folded: &str) -> Self {
        let mut unquoted = Self { text: String::with_capacity(folded.len()), quotes: Vec::new() };
        let mut open = None;
        for character in folded.chars() {
            if character != '"' {
                unquoted.text.push(character);
            } else if let Some(start) = open.take() {
                unquoted.quotes.push(start..unquoted.text.len());
            } else {
                open = Some(unquoted.text.len());
            }
        }
        unquoted.quotes.extend(open.map(|start| start..unquoted.text.len()));
        unquoted.quotes.retain(|quote| !quote.is_empty());
        unquoted
    }

    fn concepts(&self, lexicon: &Lexicon) -> Vec<Mention> {
        let is_inside = |mention: &Mention| {
            self.quotes.iter().any(|quote| {
                let range = mention.start..mention.end;
                range != *quote && quote.start <= range.start && range.end <= quote.end
            })
        };
        lexicon.concepts.mentions(&self.text).filter(|mention| !is_inside(mention)).collect()
    }

    /// The quotes with which the text begins, one behind the other.
    fn leading_quotes(&self) -> Range<usize> {
        self.quotes.iter().fold(
            0..0,
            |leading, quote| {
                if quote.start == leading.end { 0..quote.end } else { leading }
            },
        )
    }

    /// Number of enumeration commas outside quotes.
    fn stops(&self) -> usize {
        let stops = self.text.match_indices('、').map(|(position, _)| position);
        stops.filter(|position| !self.quotes.iter().any(|quote| quote.contains(position))).count()
    }
}

/// Whether a text consists of words that say nothing of a matter.
pub(super) fn is_hollow(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        match HOLLOW.iter().find_map(|word| rest.strip_prefix(word)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_what_they_are() {
        let lexicon = Lexicon::builtin();
        for (body, expected) in [
            ("秸秆禁烧工作", Reading::Plain),
            ("“大棚房”问题清理整治", Reading::Plain),
            ("“十四五”规划实施情况", Reading::Quoted),
            ("村级组织“亮牌子”清理", Reading::Quoted),
            ("“亮家底、晒账单”推进情况", Reading::Slogan),
            ("企业“码上办、掌上批”", Reading::Slogan),
            ("“两减”“三增”化肥使用情况", Reading::Slogan),
            ("涉渔“三无”船舶", Reading::Quoted),
            ("“护林亮剑”系列行动", Reading::Quoted),
            ("孩子放学去哪儿？——课后服务", Reading::Slogan),
            ("挂牌、建档、巡查、养护", Reading::Listed),
            ("日常业务工作情况", Reading::Hollow),
            ("加油站日常管理", Reading::Plain),
            ("", Reading::Hollow),
        ] {
            assert_eq!(reading(&Phrase::new(body), &lexicon), expected, "{body}");
        }
    }

    #[test]
    fn quoted_words_are_known_as_wholes() {
        let lexicon = Lexicon::builtin();
        let of = |body: &str| concepts(&Phrase::new(body), &lexicon);
        assert_eq!(of("“大棚房”清理"), of("大棚房清理"));
        assert_eq!(of("涉渔“三无”船舶"), of("涉渔三无船舶"));
        assert!(of("“森林防火码上行”").is_empty());
        assert!(!of("森林防火码").is_empty());
    }
}

//! How a name speaks of the rounds of one matter.

use super::phrase::Phrase;
use crate::model::schedule::Round;

/// Words of rounds that carry no matter, longest first. 秋粮 and 汛前 are no such words.
const WORDS: &[(&str, WordOf)] = &[
    ("第一季度", WordOf::Other),
    ("第二季度", WordOf::Other),
    ("第三季度", WordOf::Other),
    ("第四季度", WordOf::Other),
    ("第一批次", WordOf::Other),
    ("第二批次", WordOf::Other),
    ("第三批次", WordOf::Other),
    ("第一阶段", WordOf::Other),
    ("第二阶段", WordOf::Other),
    ("第三阶段", WordOf::Other),
    ("一季度", WordOf::Other),
    ("二季度", WordOf::Other),
    ("三季度", WordOf::Other),
    ("四季度", WordOf::Other),
    ("第一批", WordOf::Other),
    ("第二批", WordOf::Other),
    ("第三批", WordOf::Other),
    ("第四批", WordOf::Other),
    ("第一轮", WordOf::Other),
    ("第二轮", WordOf::Other),
    ("第三轮", WordOf::Other),
    ("第一次", WordOf::Other),
    ("第二次", WordOf::Other),
    ("上半年", WordOf::Other),
    ("下半年", WordOf::Other),
    ("半年", WordOf::Other),
    ("年中", WordOf::Other),
    ("年终", WordOf::Other),
    ("年底", WordOf::Other),
    ("年末", WordOf::Other),
    ("中期", WordOf::Other),
    ("年度", WordOf::Year),
    ("春季", WordOf::Season),
    ("夏季", WordOf::Season),
    ("秋季", WordOf::Season),
    ("冬季", WordOf::Season),
];

/// Of what a round word speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordOf {
    Season,
    Year,
    Other,
}

/// A name that stands for all rounds.
#[derive(Debug)]
pub(super) struct AllRounds {
    /// The name without its own round, or with all seasons in the place of its own.
    pub(super) name: Phrase,
    /// The rounds for brackets behind the name; empty when the name itself says them.
    pub(super) bracket: String,
}

/// `name` of one round, said of all `rounds`, which are sorted and at least two.
pub(super) fn all_rounds(name: &Phrase, rounds: &[Round]) -> AllRounds {
    let seasons: String = rounds.iter().filter_map(|round| season(*round)).collect();
    let only_seasons = seasons.chars().count() == rounds.len();
    let found = WORDS
        .iter()
        .filter(|(_, of)| *of != WordOf::Year || rounds.contains(&Round::YearEnd))
        .filter_map(|(word, of)| name.folded().find(word).map(|position| (position, *word, *of)))
        .min_by_key(|(position, word, _)| (*position, std::cmp::Reverse(word.len())));
    let Some((position, word, of)) = found else {
        // There is a summer and an autumn grain; other things have no season in their names.
        let grain = ["夏粮", "秋粮"].iter().find_map(|word| name.strip_prefix(word));
        if rounds == [Round::Summer, Round::Autumn]
            && let Some(rest) = grain
        {
            let mut whole = Phrase::new("夏、秋粮");
            whole.push(&rest);
            return AllRounds { name: whole, bracket: String::new() };
        }
        return AllRounds { name: name.clone(), bracket: label(rounds) };
    };
    if only_seasons && of == WordOf::Season {
        let mut whole = name.slice(0..position);
        let letters: Vec<String> = seasons.chars().map(String::from).collect();
        whole.push(&Phrase::new(&format!("{}季", letters.join("、"))));
        whole.push(&name.slice(position + word.len()..name.folded().len()));
        return AllRounds { name: whole, bracket: String::new() };
    }
    AllRounds { name: name.without(position..position + word.len()), bracket: label(rounds) }
}

/// `name` without any word of a round.
pub(super) fn without_rounds(name: &Phrase) -> Phrase {
    let mut rest = name.clone();
    for (word, _) in WORDS.iter().filter(|(_, of)| *of != WordOf::Year) {
        while let Some(position) = rest.folded().find(word) {
            rest = rest.without(position..position + word.len());
        }
    }
    rest
}

/// Rounds that a name tells together, the year's end last: seasons where there are some, since the second batch may be
/// the autumn's.
pub(super) fn told(rounds: &[Round]) -> Vec<Round> {
    let seasons: Vec<Round> = rounds.iter().copied().filter(|round| season(*round).is_some()).collect();
    let mut told = if seasons.len() >= 2 { seasons } else { rounds.to_vec() };
    told.sort_by_key(|&round| round == Round::YearEnd);
    told
}

/// Whether words speak of a round, a batch or another time.
pub(super) fn speaks_of_a_round(words: &str) -> bool {
    WORDS.iter().any(|(word, _)| words.contains(word))
}

/// Whether a text is the word of a round and nothing else.
pub(super) fn is_round_word(text: &str) -> bool {
    WORDS.iter().any(|(word, _)| *word == text)
}

/// The rounds as they stand in brackets: 春、秋两季, 上、下半年两轮, 半年、年终, 分三批.
pub(super) fn label(rounds: &[Round]) -> String {
    let seasons: Vec<String> = rounds.iter().filter_map(|round| season(*round)).map(String::from).collect();
    if seasons.len() == rounds.len() {
        return format!("{}{}季", seasons.join("、"), count_word(seasons.len()));
    }
    if rounds == [Round::FirstHalf, Round::SecondHalf] {
        return "上、下半年两轮".to_owned();
    }
    if rounds.iter().all(|round| matches!(round, Round::Quarter(_))) {
        let quarters: Vec<String> = rounds.iter().map(|round| number_of(*round)).collect();
        return format!("{}季度", quarters.join("、"));
    }
    if rounds.iter().all(|round| matches!(round, Round::Batch(_))) {
        return format!("分{}批", count_word(rounds.len()));
    }
    let with_year_end = rounds.contains(&Round::YearEnd);
    let words: Vec<String> = rounds
        .iter()
        .map(|round| match round {
            Round::FirstHalf if with_year_end => "半年".to_owned(),
            Round::FirstHalf => "上半年".to_owned(),
            Round::SecondHalf => "下半年".to_owned(),
            Round::YearEnd => "年终".to_owned(),
            Round::MidTerm => "中期".to_owned(),
            Round::Quarter(_) => format!("{}季度", number_of(*round)),
            Round::Batch(_) => format!("第{}批", number_of(*round)),
            other => season(*other).map(|letter| format!("{letter}季")).unwrap_or_default(),
        })
        .collect();
    words.join("、")
}

fn season(round: Round) -> Option<char> {
    match round {
        Round::Spring => Some('春'),
        Round::Summer => Some('夏'),
        Round::Autumn => Some('秋'),
        Round::Winter => Some('冬'),
        _ => None,
    }
}

fn number_of(round: Round) -> String {
    match round {
        Round::Quarter(number) | Round::Batch(number) => numeral(usize::from(number)),
        _ => String::new(),
    }
}

/// A Chinese number up to ten; digits above.
fn numeral(number: usize) -> String {
    "一二三四五六七八九十"
        .chars()
        .nth(number.wrapping_sub(1))
        .map_or_else(|| number.to_string(), String::from)
}

/// A Chinese count, with 两 for 2.
fn count_word(count: usize) -> String {
    if count == 2 { "两".to_owned() } else { numeral(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, rounds: &[Round]) -> String {
        let all = all_rounds(&Phrase::new(name), rounds);
        if all.bracket.is_empty() {
            all.name.shown().to_owned()
        } else {
            format!("{}（{}）", all.name.shown(), all.bracket)
        }
    }

    #[test]
    fn the_year_ends_last() {
        assert_eq!(label(&told(&[Round::YearEnd, Round::MidTerm])), "中期、年终");
    }

    #[test]
    fn rounds_stand_where_an_official_puts_them() {
        let halves = [Round::FirstHalf, Round::SecondHalf];
        let stages = [Round::FirstHalf, Round::YearEnd];
        let seasons = [Round::Spring, Round::Autumn];
        assert_eq!(said("春季农资质量检查", &seasons), "春、秋季农资质量检查");
        assert_eq!(said("农资春季质量检查", &seasons), "农资春、秋季质量检查");
        assert_eq!(said("农资质量检查", &seasons), "农资质量检查（春、秋两季）");
        assert_eq!(said("上半年点位测评", &halves), "点位测评（上、下半年两轮）");
        assert_eq!(said("林长制半年工作督查", &stages), "林长制工作督查（半年、年终）");
        assert_eq!(
            said("第一批抽查", &[Round::Batch(1), Round::Batch(2), Round::Batch(3)]),
            "抽查（分三批）"
        );
        assert_eq!(said("一季度调度", &[Round::Quarter(1), Round::Quarter(3)]), "调度（一、三季度）");
        assert_eq!(said("秋粮收购检查", &seasons), "秋粮收购检查（春、秋两季）");
        assert_eq!(said("夏粮收购检查", &[Round::Summer, Round::Autumn]), "夏、秋粮收购检查");
    }
}

//! Parts of one matter by stages of the work, or by occasions of the year.

use std::ops::Range;

use super::phrase::Phrase;
use super::rounds::AllRounds;

/// Words of the stages of a project, in their order.
const STAGES: &[&str] = &["启动", "开工", "中期", "中段", "完工", "竣工", "终期", "结项", "验收"];
/// Occasions of the year, in its order; before a holiday, the rains or the closed season, then in and after it.
const OCCASIONS: &[&str] = &[
    "元旦",
    "寒假",
    "春节",
    "春运",
    "冬春",
    "春耕",
    "春灌",
    "清明",
    "五一",
    "端午",
    "汛前",
    "汛期",
    "汛中",
    "休渔前",
    "休渔期",
    "三夏",
    "夏收",
    "夏种",
    "暑期",
    "暑假",
    "暑运",
    "开渔后",
    "汛后",
    "三秋",
    "秋收",
    "秋种",
    "中秋",
    "国庆",
    "秋冬",
    "供暖前",
    "供热前",
    "供暖期",
    "供热期",
    "岁末",
    "节前",
    "节中",
    "节后",
];
/// Words that belong to an occasion before them.
const DURING: &[&str] = &["期间", "时期", "时段", "季节"];
/// Words that begin like the time before or after an occasion.
const WORDS: &[&str] = &["前期", "后续", "后期", "前沿", "后勤"];
/// Least characters of a matter without its stage.
const LEAST: usize = 4;

/// `body` of one stage or occasion, said of all, and these for brackets; `None` unless every body names its
/// own.
pub(super) fn all_stages(body: &Phrase, others: &[Phrase]) -> Option<AllRounds> {
    [STAGES, OCCASIONS].into_iter().find_map(|words| all_of(words, body, others))
}

fn all_of(words: &[&str], body: &Phrase, others: &[Phrase]) -> Option<AllRounds> {
    let own = stage_in(body, words)?;
    let own_start = own.range.start;
    let rest = body.without(own.range.clone());
    let name = rest.trimmed();
    let mut stages = vec![own];
    for other in others {
        stages.push(stage_in(other, words)?);
    }
    let start = own_start;
    stages.sort_by(|one, other| (one.number, &one.word).cmp(&(other.number, &other.word)));
    stages.dedup_by(|one, other| one.word == other.word);
    if stages.len() != others.len() + 1 || name.chars() < LEAST {
        return None;
    }
    let mut seasons: Vec<&str> = stages.iter().filter_map(|stage| season_of(&stage.word)).collect();
    seasons.dedup();
    if seasons.len() == stages.len() {
        // 三夏 and 秋收 are 夏、秋季.
        let mut name = rest.slice(0..start);
        name.push(&Phrase::new(&format!("{}季", seasons.join("、"))));
        name.push(&rest.slice(start..rest.folded().len()));
        return Some(AllRounds { name, bracket: String::new() });
    }
    let words: Vec<&str> = stages.iter().map(|stage| stage.word.as_str()).collect();
    Some(AllRounds { name, bracket: words.join("、") })
}

/// The season of a farmer's work.
fn season_of(occasion: &str) -> Option<&'static str> {
    match occasion {
        "春耕" | "春灌" => Some("春"),
        "三夏" | "夏收" | "夏种" => Some("夏"),
        "三秋" | "秋收" | "秋种" => Some("秋"),
        _ => None,
    }
}

/// A stage or occasion in a text.
#[derive(Debug)]
struct Stage {
    number: usize,
    /// As brackets tell it: 春节前.
    word: String,
    range: Range<usize>,
}

/// The stage or occasion of which a text speaks; of several the one that stands first in `words`.
fn stage_in(text: &Phrase, words: &[&str]) -> Option<Stage> {
    let text = text.folded();
    let number = words.iter().position(|word| text.contains(word))?;
    let start = text.find(words[number])?;
    let end = start + words[number].len();
    let side = &text[end..];
    // 春节前 is an occasion, 清明前期 another word.
    let is_word = WORDS.iter().any(|word| side.starts_with(word));
    let side = side.chars().next().filter(|side| matches!(side, '前' | '后') && !is_word);
    let mut word = words[number].to_owned();
    word.extend(side);
    let mut end = start + word.len();
    end += DURING.iter().find(|during| text[end..].starts_with(**during)).map_or(0, |during| during.len());
    Some(Stage { number, word, range: start..end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str, others: &[&str]) -> Option<String> {
        let others: Vec<Phrase> = others.iter().map(|other| Phrase::new(other)).collect();
        all_stages(&Phrase::new(body), &others).map(|all| format!("{}（{}）", all.name.shown(), all.bracket))
    }

    #[test]
    fn stages_and_occasions_share_a_name() {
        assert_eq!(
            said("技改项目竣工核验", &["技改项目启动情况"]).as_deref(),
            Some("技改项目核验（启动、竣工）")
        );
        assert_eq!(said("三夏期间农机安全", &["秋收农机安全生产"]).as_deref(), Some("夏、秋季农机安全（）"));
        assert_eq!(
            said("清明前烟花爆竹", &["春节前烟花爆竹"]).as_deref(),
            Some("烟花爆竹（春节前、清明前）")
        );
        assert_eq!(said("汛前河道清障", &["河道清障"]), None);
        assert_eq!(said("汛前河道清障", &["汛前堤防"]), None);
    }
}

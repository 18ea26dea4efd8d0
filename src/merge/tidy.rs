//! A title made to read as an official writes it.

use super::activity::one_activity;
use super::frame::closing;
use super::phrase::Phrase;
use super::repeated::{Nouns, conjuncts, said_once};
use super::title::Title;
use crate::lexicon::Lexicon;

/// Longest words in brackets that belong to the word before them: 乡镇（街道、开发区）.
const LONGEST_GLOSS: usize = 6;

/// The title without what a reader stumbles over; `typical` is the length which it should keep to.
///
/// Years are said once, brackets inside the name hold glosses only, a noun stands once, and the name ends in
/// one kind of activity. A name that is still longer than `typical` gives up particulars.
pub(super) fn tidied(title: &Title, year: &str, typical: usize, lexicon: &Lexicon) -> Title {
    let mut tidy = title.clone();
    let body = without_long_brackets(&without_year(&tidy.body, year));
    tidy.body = said_once(&body, Nouns::Shared, lexicon);
    tidy.suffix = one_activity(&tidy.suffix);
    let room = typical.saturating_sub(year.chars().count() + tidy.suffix.chars());
    tidy.body = shortened_to(room, &tidy.body, lexicon);
    tidy
}

/// The body without particulars, one kind after the other until it fits.
fn shortened_to(room: usize, body: &Phrase, lexicon: &Lexicon) -> Phrase {
    let mut short = body.clone();
    for step in Shortening::ALL {
        if short.chars() <= room {
            break;
        }
        let shorter = match step {
            Shortening::Examples => without_examples(&short, lexicon),
            Shortening::Document => without_document(&short),
            Shortening::Nouns => Some(said_once(&short, Nouns::All, lexicon)),
            Shortening::Circumstance => without_circumstance(&short),
        };
        short = shorter.unwrap_or(short);
    }
    short
}

/// What a long name gives up.
#[derive(Clone, Copy, Debug)]
enum Shortening {
    Examples,
    Document,
    Nouns,
    Circumstance,
}

impl Shortening {
    const ALL: [Self; 4] = [Self::Examples, Self::Document, Self::Nouns, Self::Circumstance];
}

/// 2025年“护渔亮剑2025”行动 says its year twice.
pub(super) fn without_year(body: &Phrase, year: &str) -> Phrase {
    let digits: String = year.chars().take_while(char::is_ascii_digit).collect();
    let text = body.folded();
    let Some(start) = text.find(&digits).filter(|_| digits.len() == 4) else { return body.clone() };
    let end = start + digits.len();
    let is_digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    if is_digit(text[..start].chars().next_back()) || is_digit(text[end..].chars().next()) {
        return body.clone();
    }
    let unit = ["年度", "年"].iter().find(|unit| text[end..].starts_with(**unit));
    // 2025-2027年 is a span of years.
    let is_span = text[end..].starts_with(['-', '至']) || text[..start].ends_with(['-', '至']);
    let rest = body.without(start..end + unit.map_or(0, |unit| unit.len()));
    if is_span || rest.chars() < 2 { body.clone() } else { rest }
}

/// Without words in brackets that explain more than the word before them.
fn without_long_brackets(body: &Phrase) -> Phrase {
    let mut kept = body.clone();
    let mut from = 0;
    while let Some(start) = kept.folded()[from..].find('(').map(|position| from + position) {
        let Some(end) = closing(kept.folded(), start) else { break };
        let words = &kept.folded()[start + 1..end];
        if words.starts_with('含') || words.chars().count() > LONGEST_GLOSS {
            kept = kept.without(start..end + 1);
            from = start;
        } else {
            from = end;
        }
    }
    if kept.chars() < 2 { body.clone() } else { kept }
}

/// 排污单位审批、验收、许可等环境管理制度 is 排污单位环境管理制度: the word for all of a list tells the matter.
///
/// Only where the name begins with whom it visits, which stays.
fn without_examples(body: &Phrase, lexicon: &Lexicon) -> Option<Phrase> {
    const LEAST: usize = 4;
    let text = body.folded();
    let end = text.find('等')? + '等'.len_utf8();
    let list = &text[..end];
    if !list.contains('、') || text[end..].chars().count() < LEAST {
        return None;
    }
    let subject = lexicon.venues.mentions(text).next().filter(|mention| mention.start == 0)?;
    let comma = text.find('、')?;
    (subject.end < comma).then(|| body.without(subject.end..end))
}

/// 《信访工作条例》贯彻落实暨信访工作责任制 is 信访工作责任制: the document is about the same.
fn without_document(body: &Phrase) -> Option<Phrase> {
    let text = body.folded();
    let conjuncts = conjuncts(text);
    let [document, matter] = conjuncts.as_slice() else { return None };
    let title = text[document.clone()].strip_prefix('《')?.split('》').next()?;
    let noun: String = text[matter.clone()].chars().take(2).collect();
    (noun.chars().count() == 2 && title.contains(&noun)).then(|| body.slice(matter.clone()))
}

/// 落实情况督查 is 落实督查.
fn without_circumstance(body: &Phrase) -> Option<Phrase> {
    const LEAST: usize = 4;
    // 等 stands before an activity, not before 落实.
    let listed = body.strip_suffix("落实情况").filter(|rest| rest.folded().ends_with('等'));
    listed.or_else(|| body.strip_suffix("情况")).filter(|rest| rest.chars() >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(name: &str) -> String {
        let lexicon = Lexicon::builtin();
        let title = Title::of(&Phrase::new(name), &lexicon);
        tidied(&title, "2025年", 30, &lexicon).headline().shown().to_owned()
    }

    #[test]
    fn names_are_tidied() {
        for (name, expected) in [
            ("“护林亮剑2025”行动检查", "“护林亮剑”行动检查"),
            ("“十五五”2025-2027年规划评估", "“十五五”2025-2027年规划评估"),
            ("河道养护（含堤防、涵闸、护岸林）检查", "河道养护检查"),
            ("乡镇（街道）绩效考核", "乡镇（街道）绩效考核"),
            ("公园建设成效评估督查", "公园建设成效督查"),
            ("学校体育督导评估", "学校体育督导评估"),
            ("绿化工程检查验收", "绿化工程检查验收"),
            ("违规占道、违规停车整治督查", "违规占道、停车整治督查"),
        ] {
            assert_eq!(tidy(name), expected, "{name}");
        }
    }

    #[test]
    fn long_names_give_up_particulars() {
        for (name, expected) in [
            (
                "养老机构消防器材配备、食堂留样、护理员持证等安全管理制度落实情况督查",
                "养老机构安全管理制度落实情况督查",
            ),
            (
                "《河道管理条例》贯彻落实暨河道管护责任制和巡查制度落实到村到组情况督查",
                "《河道管理条例》贯彻落实暨河道管护责任制和巡查制度落实到村到组督查",
            ),
            (
                "《殡葬管理条例》宣传贯彻实施暨殡葬服务单位规范化管理落实情况督查",
                "殡葬服务单位规范化管理落实情况督查",
            ),
        ] {
            assert_eq!(tidy(name), expected, "{name}");
        }
    }
}

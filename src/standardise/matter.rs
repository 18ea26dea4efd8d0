//! What a name is about, once its frame is taken off.

use super::round::quoted;
use crate::lexicon::Lexicon;
use crate::model::schedule::Round;

/// What is left of a name, and what was taken off on the way.
#[derive(Debug, Default)]
pub(super) struct Stripped {
    pub(super) matter: String,
    pub(super) kind_words: Vec<String>,
    pub(super) rounds: Vec<Round>,
}

/// Kinds that may stand one behind the other at the end of a name, and inside it before 及 and 、.
///
/// Others (监管, 检验, 认定, 创建, 达标 …) often belong to the matter: only the last word may be one.
const STRONG: &[&str] = &[
    "检查", "督查", "督察", "督导", "督办", "巡查", "抽查", "抽检", "考核", "考评", "评估", "评价", "测评",
    "评议", "评查", "验收", "复核", "核查", "复查", "排查", "清查", "普查", "评比", "审计", "巡察", "巡视",
    "调研", "暗访", "述职",
];

/// Words that, before a kind, only say in which manner it is done.
///
/// The lexicon's forms of kinds also hold words of the matter (安全检查, 消防监督检查): of those only
/// the end that consists of kinds and these words is taken off.
const MANNERS: &[&str] = &[
    "\"双随机、一公开\"",
    "\"双随机一公开\"",
    "双随机、一公开",
    "双随机一公开",
    "\"四不两直\"",
    "四不两直",
    "\"双随机\"",
    "\"综合查一次\"",
    "\"回头看\"",
    "综合查一次",
    "跨部门",
    "经常性",
    "全覆盖",
    "常态化",
    "双随机",
    "一公开",
    "不定期",
    "不定向",
    "第三方",
    "非现场",
    "年度",
    "年终",
    "年底",
    "半年",
    "季度",
    "月度",
    "专项",
    "综合",
    "联合",
    "日常",
    "例行",
    "常规",
    "定期",
    "随机",
    "监督",
    "执法",
    "行政",
    "集中",
    "交叉",
    "现场",
    "实地",
    "书面",
    "全面",
    "涉企",
    "入企",
    "部门",
    "内部",
    "动态",
    "跟踪",
    "工作",
    "指导",
    "平时",
    "定向",
    "绩效",
    "目标",
    "实绩",
    "量化",
    "民主",
    "督促",
    "挂牌",
    "包联",
    "蹲点",
    "巡回",
    "突击",
    "监管",
    "管理",
    "专题",
    "飞行",
    "明察",
    "明查",
    "监测",
    "重点",
    "大",
];

/// Beginnings of longer forms of kinds that are matter: 隐患排查治理, 风险监测.
const MATTERS: &[&str] =
    &["隐患", "风险", "质量", "体质", "税务", "劳动", "文明", "群众", "民意", "安全", "政策", "重大"];

/// Suffixes that may be taken off a concept's own name: 信访工作 and 信访 are one matter.
const HOLLOW: &[&str] = &[
    "工作",
    "情况",
    "等",
    "的",
    "等工作",
    "工作情况",
    "工作任务",
    "落实情况",
    "工作落实情况",
    "执行情况",
    "实施情况",
];

/// Takes frame, kind words and boilerplate off `base`, a folded name without years, rounds and places.
///
/// Works inwards from both ends until nothing more comes off: kinds, suffixes and 年度 behind,
/// prefixes and 听取…关于 in front; then infixes beside 、, 和, 及, quotes and brackets. Nothing is
/// taken off inside 《》 or quotes, nor where it is part of a longer concept or venue of the lexicon
/// (全域旅游, 对口支援), nor where nothing would be left. Marks of quotation go last.
///
/// Complexity: O(length · forms) with a small constant; the passes are bounded by [`PASSES`].
pub(super) fn strip(base: &str, lexicon: &Lexicon) -> Stripped {
    let mut known: Vec<(usize, usize)> = lexicon
        .concepts
        .mentions(base)
        .chain(lexicon.venues.mentions(base))
        .map(|mention| (mention.start, mention.end))
        .collect();
    known.sort_unstable();
    let mut stripper =
        Stripper { base, lexicon, known, from: 0, to: base.len(), stripped: Stripped::default() };
    let bracket = stripper.set_bracket_aside();
    stripper.work_inwards();
    let mut matter = stripper.without_infixes();
    if let Some(bracket) = bracket {
        matter.push_str(bracket);
    }
    Stripped { matter, ..stripper.stripped }
}

/// Most passes over the two ends; names of real plans need at most six.
const PASSES: usize = 16;

struct Stripper<'a> {
    base: &'a str,
    lexicon: &'a Lexicon,
    /// Concepts and venues of the lexicon in `base`.
    known: Vec<(usize, usize)>,
    from: usize,
    to: usize,
    stripped: Stripped,
}

impl<'a> Stripper<'a> {
    fn text(&self) -> &'a str {
        &self.base[self.from..self.to]
    }

    /// Whether a longer concept or venue covers `from..to`.
    fn is_covered(&self, from: usize, to: usize) -> bool {
        self.known.iter().any(|&(start, end)| start <= from && end >= to && end - start > to - from)
    }

    /// Takes off a bracket at the end: its text is given back, unless it is itself a kind or a hollow word.
    fn set_bracket_aside(&mut self) -> Option<&'a str> {
        let text = self.text();
        let open = text.strip_suffix(')')?.rfind('(').filter(|&open| open > 0)?;
        let inner = &text[open + 1..text.len() - 1];
        if inner.contains(['(', ')', '《', '"']) {
            return None;
        }
        self.to = self.from + open;
        if self.lexicon.words.kind_matcher.exact(inner).is_some() {
            self.stripped.kind_words.push(inner.to_owned());
            return None;
        }
        let hollow = ["试行", "草案", "暂行", "修订", "第一次", "第二次"];
        if hollow.contains(&inner) { None } else { Some(&text[open..]) }
    }

    fn work_inwards(&mut self) {
        let mut first = true;
        for _ in 0..PASSES {
            self.trim();
            if self.kind_behind(first) {
                first = false;
            } else if !(self.year_behind() || self.suffix()) {
                break;
            }
        }
        for _ in 0..PASSES {
            if !self.prefix() {
                break;
            }
            self.trim();
        }
        self.stripped.kind_words.reverse();
    }

    /// Takes stray marks and connectives off both ends.
    fn trim(&mut self) {
        const MARKS: &[char] = &['、', ',', ';', '.', ':', '-', '/', '·', '暨', ' '];
        let text = self.text();
        self.from += text.len() - text.trim_start_matches(MARKS).len();
        let mut text = self.text().trim_end_matches(MARKS);
        for word in ["以及", "及", "和", "与", "并"] {
            let rest = text.strip_suffix(word).unwrap_or(text);
            if rest.len() < text.len()
                && !rest.ends_with(['普', '涉', '参', '共', '温', '中', '顾', '合'])
                && !rest.is_empty()
                && self.to < self.base.len()
            {
                text = rest;
                break;
            }
        }
        self.to = self.from + text.len();
    }

    /// Takes the kind off the end: all of its manners, none of its matter.
    fn kind_behind(&mut self, first: bool) -> bool {
        let text = self.text();
        // 土壤污染状况调查开展情况: before a suffix a weak kind is matter.
        let weak = first && matches!(&self.base[self.to..], "" | "工作" | "的通知" | "通知");
        let Some(cut) = kind_at_end(text, self.lexicon, weak).and_then(|cut| self.behind_matter(cut)) else {
            return false;
        };
        let (rest, word) = text.split_at(cut);
        // 安全生产大检查
        let rest = rest.strip_suffix('大').filter(|rest| !rest.is_empty()).unwrap_or(rest);
        if rest.trim_matches(['的', '、']).is_empty() {
            return false;
        }
        if ["年度", "年终", "年底"].iter().any(|year| word.contains(year)) {
            self.stripped.rounds.push(Round::YearEnd);
        }
        self.stripped.kind_words.push(word.to_owned());
        self.to = self.from + rest.len();
        true
    }

    /// Where a kind begins that does not eat into a matter of the lexicon: behind 水行政执法 in 水行政执法检查, and
    /// nowhere in 农业普查, of which 督查 is off already. A matter whose own end is all that tells a kind (平安考评)
    /// gives it, and so does one that the lexicon knows without it (安全生产大检查).
    fn behind_matter(&self, cut: usize) -> Option<usize> {
        let at = self.from + cut;
        let eaten = self.known.iter().filter(|&&(start, end)| start < at && at < end && end <= self.to);
        let eaten = eaten.filter(|&&(start, end)| !self.is_known_by(&self.base[start..end], at - start));
        let Some(end) = eaten.map(|&(_, end)| end).max() else { return Some(cut) };
        if self.lexicon.words.kind_matcher.exact(&self.base[end..self.to]).is_some() {
            return Some(end - self.from);
        }
        self.stripped.kind_words.is_empty().then_some(cut)
    }

    /// Whether the lexicon knows a form by its first bytes too.
    fn is_known_by(&self, form: &str, length: usize) -> bool {
        [&self.lexicon.concepts, &self.lexicon.venues].into_iter().any(|taxonomy| {
            let whole = taxonomy.by_form(form);
            whole.is_some() && taxonomy.mentions(&form[..length]).any(|known| Some(known.entry) == whole)
        })
    }

    fn suffix(&mut self) -> bool {
        let text = self.text();
        // 督查组, 检查组 name the team.
        if let Some(rest) =
            text.strip_suffix('组').filter(|rest| STRONG.iter().any(|kind| rest.ends_with(kind)))
        {
            self.to = self.from + rest.len();
            return true;
        }
        let last = text.as_bytes().last();
        for rest in ["重点任务", "重点工作", "的监督", "专项监督", "日常监督"]
            .iter()
            .filter_map(|tail| text.strip_suffix(tail))
        {
            if !rest.is_empty() {
                self.to = self.from + rest.len();
                return true;
            }
        }
        // 重点任务落实情况 goes in two steps.
        let task = ["任务", "工作", "事项"].iter().any(|task| self.base[self.to..].starts_with(task));
        if let Some(rest) = text.strip_suffix("重点").filter(|rest| task && !rest.is_empty()) {
            self.to = self.from + rest.len();
            return true;
        }
        let infixes = self.lexicon.words.infixes.iter().filter(|infix| is_long(infix));
        for suffix in self.lexicon.words.suffixes.iter().chain(infixes) {
            if suffix.as_bytes().last() != last {
                continue;
            }
            let Some(rest) = text.strip_suffix(suffix.as_str()) else { continue };
            let cut = self.from + rest.len();
            let part_of_word = suffix == "等"
                && rest.ends_with(['平', '同', '高', '均', '初', '中', '优', '特'])
                || suffix == "对象" && rest.ends_with(['矫', '正']);
            if rest.is_empty()
                || part_of_word
                || !HOLLOW.contains(&suffix.as_str()) && self.is_covered(cut, self.to)
            {
                continue;
            }
            self.to = cut;
            return true;
        }
        false
    }

    /// Takes 年度 off the end, where it names the year's end round: 平安建设年度[考评].
    fn year_behind(&mut self) -> bool {
        let text = self.text();
        match text
            .strip_suffix("年度")
            .filter(|rest| !rest.is_empty() && !rest.ends_with(|c: char| c.is_ascii_digit()))
        {
            Some(rest) => {
                self.to = self.from + rest.len();
                self.stripped.rounds.push(Round::YearEnd);
                true
            }
            None => false,
        }
    }

    fn prefix(&mut self) -> bool {
        let text = self.text();
        // 听取和审议区人民政府关于X情况的报告
        if (text.starts_with("听取") || text.starts_with("审议"))
            && let Some(at) = text.find("关于").filter(|at| at + "关于".len() < text.len())
        {
            self.from += at + "关于".len();
            return true;
        }
        // 检查《…》实施情况
        for kind in STRONG {
            if let Some(rest) = text.strip_prefix(kind)
                && (rest.starts_with('《') || rest.starts_with("贯彻") || rest.starts_with("落实"))
            {
                self.stripped.kind_words.push((*kind).to_owned());
                self.from += kind.len();
                return true;
            }
        }
        for prefix in &self.lexicon.words.prefixes {
            if prefix.as_bytes().get(..3) != text.as_bytes().get(..3) {
                continue;
            }
            let Some(rest) = text.strip_prefix(prefix.as_str()) else { continue };
            let next = rest.chars().next();
            let part_of_word = match prefix.as_str() {
                "对" => next.is_some_and(|next| "外口标象账比应".contains(next)),
                "各" => next == Some('界'),
                "联合" => next == Some('国'),
                "全市" | "全区" | "全县" => next.is_some_and(|next| "场域".contains(next)),
                "年度" => ["报告", "预算", "计划"].iter().any(|word| rest.starts_with(word)),
                "组织" => ["建设", "生活", "关系", "部"].iter().any(|word| rest.starts_with(word)),
                _ => false,
            };
            if rest.is_empty() || part_of_word || self.is_covered(self.from, self.from + prefix.len()) {
                continue;
            }
            if matches!(prefix.as_str(), "年终" | "年底" | "年末" | "年度") {
                self.stripped.rounds.push(Round::YearEnd);
            }
            self.from += prefix.len();
            return true;
        }
        false
    }

    /// The text left, without infixes beside connectives and marks, and without marks of quotation.
    fn without_infixes(&mut self) -> String {
        let mut out = String::with_capacity(self.to - self.from);
        let mut at = self.from;
        let mut edge = false;
        while at < self.to {
            let rest = &self.base[at..self.to];
            if let Some(length) = quoted(rest) {
                self.drop_tail(&mut out, at, false);
                out.extend(rest[..length].chars().filter(|c| !matches!(c, '《' | '》' | '"')));
                at += length;
                edge = true;
                continue;
            }
            let Some(character) = rest.chars().next() else { break };
            if edge && let Some(length) = self.infix_ahead(at) {
                at += length;
                continue;
            }
            let width = character.len_utf8();
            let connective = matches!(character, '、' | ',' | ';' | '(')
                || matches!(character, '和' | '与' | '及' | '暨') && !self.is_covered(at, at + width);
            let binding = connective && matches!(character, '和' | '与' | '及' | '暨');
            if connective {
                self.drop_tail(&mut out, at, binding);
            }
            edge = binding;
            if !matches!(character, '《' | '》' | '"') {
                out.push(character);
            }
            at += width;
        }
        let trimmed = out.trim_matches(['、', ',', ';', '.', '-']);
        if trimmed.len() < out.len() { trimmed.to_owned() } else { out }
    }

    /// Takes infixes off the end of `out`, which ends at `at` of the base, and before 及 a kind too.
    ///
    /// In lists (审批、验收、许可) a kind is matter.
    fn drop_tail(&mut self, out: &mut String, at: usize, binding: bool) {
        let mut end = at;
        for _ in 0..3 {
            let infix = self.lexicon.words.infixes.iter().find(|infix| {
                is_long(infix)
                    && out.len() > infix.len()
                    && out.ends_with(infix.as_str())
                    && self.base[..end].ends_with(infix.as_str())
                    && !self.is_covered(end - infix.len(), end)
            });
            let (cut, kind) = match infix {
                Some(infix) => (out.len() - infix.len(), false),
                None if binding => match kind_at_end(out, self.lexicon, false) {
                    Some(cut) => (cut, true),
                    None => return,
                },
                None => return,
            };
            let taken = &out[cut..];
            let alone = out[..cut].ends_with(['、', '和', '与', '及', '暨', '(']) || cut == 0;
            if alone || !self.base[..end].ends_with(taken) || self.is_covered(end - taken.len(), end) {
                return;
            }
            if kind {
                self.stripped.kind_words.insert(0, taken.to_owned());
            }
            end -= out.len() - cut;
            out.truncate(cut);
        }
    }

    fn infix_ahead(&self, at: usize) -> Option<usize> {
        let rest = &self.base[at..self.to];
        self.lexicon
            .words
            .infixes
            .iter()
            .find(|infix| {
                infix.chars().count() > 1
                    && rest.len() > infix.len()
                    && rest.starts_with(infix.as_str())
                    && !self.is_covered(at, at + infix.len())
                    && !rest[infix.len()..]
                        .starts_with(['责', '制', '报', '条', '站', '室', '组', '队', '者', '员', '人'])
            })
            .map(String::len)
    }
}

/// Whether a word has more than one Han character.
fn is_long(word: &str) -> bool {
    word.len() > '的'.len_utf8()
}

/// Whether the text says only that something is done and in which manner: 常规, 监督检查.
pub(super) fn is_hollow(text: &str, lexicon: &Lexicon) -> bool {
    MANNERS.contains(&text) || kind_at_end(text, lexicon, false) == Some(0)
}

/// Where the kind at the end of `text` begins: the longest form of the lexicon that consists of kinds
/// and manners only.
fn kind_at_end(text: &str, lexicon: &Lexicon, first: bool) -> Option<usize> {
    let is_kind = |form: &str| lexicon.words.kind_matcher.exact(form).is_some();
    let start_of = |characters: usize| text.char_indices().rev().nth(characters - 1).map(|(at, _)| at);
    // The core: two characters, or a longer form that is none with a manner before it.
    let pair =
        start_of(2).filter(|&at| if first { is_kind(&text[at..]) } else { STRONG.contains(&&text[at..]) });
    let core = match pair {
        Some(at) => at,
        None if first => [3, 4, 5, 6, 7].into_iter().filter_map(start_of).find(|&at| {
            is_kind(&text[at..]) && !MATTERS.iter().any(|matter| text[at..].starts_with(matter))
        })?,
        None => return None,
    };
    let (mut at, mut best) = (core, core);
    for _ in 0..8 {
        let before = &text[..at];
        let last = before.as_bytes().last();
        let manner = MANNERS
            .iter()
            .find(|manner| manner.as_bytes().last() == last && before.ends_with(**manner))
            .map(|manner| manner.len());
        let other = before
            .char_indices()
            .rev()
            .nth(1)
            .map(|(pair, _)| pair)
            .filter(|&pair| is_kind(&before[pair..]))
            .map(|pair| before.len() - pair);
        let Some(length) = manner.or(other) else { break };
        at -= length;
        if is_kind(&text[at..]) {
            best = at;
        }
    }
    Some(best)
}

//! The legal or document basis of an item.

use super::{Places, rank};
use crate::model::citation::{Citation, Rank};
use crate::text::{Scanner, fold, head, number};

/// The documents that a basis cell cites, in order, each once.
///
/// Read from folded text: titles in 《》 (nested, unclosed and with mixed brackets), titles without
/// marks before 第N条, document numbers and the articles behind either. Decisions:
/// - A number is written `X〔YYYY〕N号`, `X令第N号`, `X公告第N号`; lost brackets and a lost 第 are put
///   back where the split is certain, that is where the year has its four digits (`国发〔20195号` is
///   `国发〔2019〕5号`). A number in brackets or right behind a title belongs to it.
/// - 中华人民共和国 leaves titles; an open bracket in a title is closed.
/// - Lists of articles come apart: 第十三、五十二条 are 第十三条 and 第五十二条. A bare number behind a
///   title (《…办法》51) is an article whose mark was lost.
/// - 【法律】, 【行政法规】 … set the rank until the next such prefix; else the number's issuer, else
///   the title decides.
/// - What is left between two stops is a vague citation (区委常委会会议纪要, 有关规定) with its text as
///   title; 等文件 behind another citation is none.
///
/// Complexity: O(length).
///
/// # Examples
/// ```
/// let found = tongchou::standardise::citations("《中华人民共和国档案法》第四十二条；巴保发〔2022〕 7 号");
/// assert_eq!(found[0].title, "档案法");
/// assert_eq!(found[0].articles, ["第四十二条"]);
/// assert_eq!(found[1].number.as_deref(), Some("巴保发〔2022〕7号"));
/// ```
#[must_use]
pub fn citations(text: &str) -> Vec<Citation> {
    parse(&fold(head(text)), &Places::default())
}

/// [`citations`] of folded text; document numbers that begin like one of `places` have its rank.
pub(super) fn parse(folded: &str, places: &Places) -> Vec<Citation> {
    let mut reader =
        Reader { scanner: Scanner::new(folded), places, found: Vec::new(), label: None, open: false };
    reader.read();
    let mut found: Vec<Citation> = Vec::with_capacity(reader.found.len());
    for citation in reader.found {
        match found.iter_mut().take(64).find(|known| known.key() == citation.key()) {
            Some(known) => {
                for article in citation.articles {
                    if !known.articles.contains(&article) {
                        known.articles.push(article);
                    }
                }
            }
            None => found.push(citation),
        }
    }
    found
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    places: &'a Places,
    found: Vec<Citation>,
    /// The rank that 【法律】 set.
    label: Option<Rank>,
    /// Whether a number or an article still belongs to the citation found last.
    open: bool,
}

/// Longest title and longest issuer that are believed, in characters.
const TITLE_LIMIT: usize = 80;
const ISSUER_LIMIT: usize = 16;
/// Units that 第N names.
const ARTICLES: &[&str] = &["条", "款", "项", "目", "章", "节", "小点", "点", "部分"];

impl Reader<'_> {
    fn read(&mut self) {
        // Start of the text that no rule has read yet.
        let mut loose = self.scanner.position();
        while let Some(next) = self.scanner.peek() {
            let start = self.scanner.position();
            let read = match next {
                '《' => {
                    let issuer = self.scanner.before()[loose..].trim_matches(['"', '(', ')', ':']);
                    let issuing = (2..=20).contains(&issuer.chars().count())
                        && !issuer.contains(|c: char| c.is_ascii_digit());
                    if !issuing {
                        self.leave(loose, start);
                    }
                    self.title(if issuing { issuer } else { "" });
                    true
                }
                '(' => self.label() || self.numbered(loose),
                '第' => self.article(loose),
                '0'..='9' if self.open && loose == start => self.lost_article(),
                '令' | '公' | '0'..='9' => self.numbered(loose),
                'g' => self.standard(),
                _ => false,
            };
            if read {
                loose = self.scanner.position();
                continue;
            }
            self.scanner.bump();
            if "、,;.)".contains(next) {
                self.leave(loose, start);
                loose = self.scanner.position();
                // 第二十六条、第三十六条 go on, and so does (2006年国务院令第466号,2014年修正)第四条.
                self.open &= next == ')'
                    || self.scanner.peek().is_some_and(|next| next == '第' || next.is_ascii_digit());
            } else if loose == start && matches!(next, '"' | '(' | ':') {
                loose = self.scanner.position();
            }
        }
        self.leave(loose, self.scanner.position());
    }

    /// Turns loose text into a vague citation.
    fn leave(&mut self, from: usize, to: usize) {
        let before = self.scanner.before();
        let Some(text) = before.get(from..to) else { return };
        let text = text.trim_matches(['"', '(', ')', ':', '-', '…', ' ', '/', '》']);
        let text = strip_leading(text);
        let filler = [
            "等",
            "等文件",
            "等规定",
            "等有关规定",
            "等法律法规",
            "等文件要求",
            "等要求",
            "和",
            "及",
            "以及",
            "与",
            "或",
            "规定",
            "要求",
            "精神",
            "条",
            "款",
            "项",
        ];
        let tail = self.open && (text.starts_with('等') || is_revision(text));
        if tail
            || filler[1..].contains(&text) && !self.found.is_empty()
            || text.chars().count() < 3 && text != "等文件"
            || text.chars().all(|c| !c.is_alphabetic())
        {
            return;
        }
        let title = clean_title(&text.chars().take(TITLE_LIMIT).collect::<String>());
        if let Some(rank) = rank::of_label(&title) {
            self.label = Some(rank);
            return;
        }
        let rank = rank::of_title(&title);
        self.open = false;
        self.push(title, None, rank);
        self.open = false;
    }

    fn push(&mut self, title: String, number: Option<String>, rank: Rank) {
        if title.is_empty() && number.is_none() {
            return;
        }
        let rank = self.label.unwrap_or(rank);
        self.found.push(Citation { title, number, articles: Vec::new(), rank });
        self.open = true;
    }

    /// 《…》, perhaps behind the name of its issuer.
    fn title(&mut self, issuer: &str) {
        let rest = self.scanner.rest();
        let mut depth = 0;
        let mut end = None;
        let mut first_close = None;
        for (at, character) in rest.char_indices().take(TITLE_LIMIT + 2) {
            match character {
                '《' => depth += 1,
                '》' => {
                    depth -= 1;
                    first_close.get_or_insert(at);
                    if depth == 0 {
                        end = Some(at);
                        break;
                    }
                }
                _ => {}
            }
        }
        let inner_from = '《'.len_utf8();
        let (inner, taken) = if let Some(at) = end.or(first_close) {
            (&rest[inner_from..at], at + '》'.len_utf8())
        } else {
            // Never closed: up to the next stop.
            let stop =
                rest.char_indices().take(TITLE_LIMIT).find(|(_, c)| ";,.".contains(*c)).map(|(at, _)| at);
            let limit = rest.char_indices().nth(TITLE_LIMIT).map_or(rest.len(), |(at, _)| at);
            let at = stop.unwrap_or(limit).max(inner_from);
            (&rest[inner_from..at], at)
        };
        let title = clean_title(inner);
        let target = self.scanner.position() + taken;
        while self.scanner.position() < target {
            self.scanner.bump();
        }
        if !title.is_empty() {
            let mut rank = rank::of_title(&title);
            if matches!(rank, Rank::National | Rank::Unknown) {
                rank = rank::of_issuer(issuer).unwrap_or(rank);
            }
            self.push(title, None, rank);
        }
    }

    /// (法律), (行政法规) before a title.
    fn label(&mut self) -> bool {
        let rest = self.scanner.rest();
        let Some((close, _)) = rest.char_indices().take(14).find(|(_, c)| *c == ')') else { return false };
        let Some(rank) = rank::of_label(&rest[1..close]) else { return false };
        self.label = Some(rank);
        self.open = false;
        let target = self.scanner.position() + close + 1;
        while self.scanner.position() < target {
            self.scanner.bump();
        }
        true
    }

    /// A document number whose issuer ends here: X(YYYY)N号, X令第N号, X公告第N号, X2018)123号.
    fn numbered(&mut self, loose: usize) -> bool {
        let start = self.scanner.position();
        let issuer = issuer(&self.scanner.before()[loose..]);
        let decree = self.scanner.eat_any(&["令", "公告"]);
        if let Some(word) = decree {
            let year = self.year();
            if year.is_some() {
                self.scanner.eat("年");
            }
            let marked = self.scanner.eat("第");
            if let Some(number) = self.scanner.number().filter(|_| marked || year.is_none())
                && self.scanner.eat("号")
            {
                let year = year.map_or_else(String::new, |year| format!("{year}年"));
                return self.number_found(
                    loose,
                    start,
                    &format!("{issuer}{word}"),
                    &format!("{issuer}{word}{year}第{number}号"),
                );
            }
            self.scanner.reset(start);
            return false;
        }
        let bracket = self.scanner.eat("(");
        let certain = bracket || issuer.ends_with(['发', '函', '字', '办', '电', '通', '规', '综', '文']);
        if !issuer.is_empty()
            && certain
            && let Some(year) = self.year()
        {
            let closed = self.scanner.eat(")");
            self.scanner.eat("第");
            let digits = self.scanner.position();
            if let Some((number, _)) = self.scanner.digits(5)
                && !self.scanner.since(digits).is_empty()
            {
                let marked = self.scanner.eat("号");
                // Without 号 both brackets must stand: 国办发〔2020〕44.
                let ends = self.scanner.peek().is_none_or(|next| !next.is_alphanumeric());
                if marked && (bracket || closed || self.scanner.since(digits).len() > 1)
                    || bracket && closed && ends
                {
                    return self.number_found(loose, start, issuer, &format!("{issuer}〔{year}〕{number}号"));
                }
            }
        }
        self.scanner.reset(start);
        false
    }

    fn year(&mut self) -> Option<u32> {
        let start = self.scanner.position();
        let year = self.scanner.digits(4).map(|(year, _)| year).filter(|year| (1949..=2099).contains(year));
        if year.is_none() {
            self.scanner.reset(start);
        }
        year
    }

    /// Gives a number to the title before it, or cites it alone.
    fn number_found(&mut self, loose: usize, start: usize, issuer: &str, number: &str) -> bool {
        let before = &self.scanner.before()[..start];
        let from = start - issuer.trim_end_matches(['令']).trim_end_matches("公告").len().min(start);
        let gap = before.get(loose..from).unwrap_or("");
        let rank = rank::of_number(issuer, self.places);
        let belongs = self.open
            && (gap.is_empty()
                || gap.ends_with('(')
                || gap.chars().all(|c| c.is_ascii_digit() || "年月日(,".contains(c)))
            && self.found.last().is_some_and(|last| last.number.is_none() && !last.title.is_empty());
        if belongs {
            if let Some(last) = self.found.last_mut() {
                last.number = Some(number.to_owned());
                // A decree only publishes; a document number tells its issuer's level.
                if last.rank == Rank::Unknown
                    || (self.label.is_none() && rank.is_some() && issuer.ends_with('令'))
                {
                    last.rank = rank.unwrap_or(last.rank);
                }
            }
        } else {
            self.leave(loose, from);
            self.push(String::new(), Some(number.to_owned()), rank.unwrap_or(Rank::Unknown));
        }
        self.open = true;
        true
    }

    /// gb/t17775, gb50156
    fn standard(&mut self) -> bool {
        let start = self.scanner.position();
        if self.scanner.eat_any(&["gb/t", "gbz", "gb"]).is_some() && self.scanner.digits(6).is_some() {
            if self.scanner.eat("-") {
                self.scanner.digits(4);
            }
            let number = self.scanner.since(start).to_uppercase();
            match self.found.last_mut().filter(|last| self.open && last.number.is_none()) {
                Some(last) => last.number = Some(number),
                None => self.push(String::new(), Some(number), Rank::National),
            }
            return true;
        }
        self.scanner.reset(start);
        false
    }

    /// 第六十二条第二款, 第十三、五十二条, 第一条第(一)项, 第8小点.
    fn article(&mut self, loose: usize) -> bool {
        let start = self.scanner.position();
        let mut listed: Vec<&str> = Vec::new();
        self.scanner.eat("第");
        loop {
            let from = self.scanner.position();
            self.scanner.eat("(");
            if self.scanner.number().is_none() {
                break;
            }
            self.scanner.eat(")");
            if self.scanner.eat_any(&["至", "-", "到"]).is_some() {
                self.scanner.eat("第");
                self.scanner.number();
            }
            listed.push(self.scanner.since(from));
            if self.scanner.eat_any(&["、", "和", "及", ",", "..."]).is_none() {
                break;
            }
        }
        let Some(unit) = self.scanner.eat_any(ARTICLES).filter(|_| !listed.is_empty()) else {
            self.scanner.reset(start);
            return false;
        };
        let mut articles: Vec<String> = listed.iter().map(|number| format!("第{number}{unit}")).collect();
        // 第二款, 第(一)项 behind the article.
        loop {
            let from = self.scanner.position();
            let marked = self.scanner.eat("第");
            let bracket = self.scanner.eat("(");
            let read = self.scanner.number().is_some();
            self.scanner.eat(")");
            if read && (marked || bracket) && self.scanner.eat_any(&["款", "项", "目"]).is_some() {
                if let Some(last) = articles.last_mut() {
                    last.push_str(self.scanner.since(from));
                }
            } else {
                self.scanner.reset(from);
                break;
            }
        }
        // 第二十九条、三十九条
        loop {
            let from = self.scanner.position();
            let next = self.scanner.eat_any(&["、", "和", "及"]).and_then(|_| {
                let number = self.scanner.position();
                self.scanner.number()?;
                self.scanner.eat(unit).then(|| format!("第{}", self.scanner.since(number)))
            });
            let Some(article) = next else {
                self.scanner.reset(from);
                break;
            };
            articles.push(article);
        }
        let gap = self.scanner.before()[loose..start].trim_matches(['(', ')', '"', ':']);
        if !(self.open && gap.chars().count() < 3) {
            // 劳动法第89条: a title without marks.
            let title = strip_leading(gap);
            if title.chars().count() < 2 || title.chars().count() > TITLE_LIMIT {
                if !self.open {
                    self.scanner.reset(start);
                    return false;
                }
            } else if !(self.open && unit != "条") {
                let title = clean_title(title);
                let rank = rank::of_title(&title);
                self.open = false;
                self.push(title, None, rank);
            }
            if !self.open {
                self.scanner.reset(start);
                return false;
            }
        }
        if let Some(last) = self.found.last_mut() {
            last.articles.append(&mut articles);
        }
        self.open = true;
        true
    }

    /// 《律师执业管理办法》51
    fn lost_article(&mut self) -> bool {
        let start = self.scanner.position();
        if let Some((number, digits)) = self.scanner.digits(4)
            && digits <= 3
            && number > 0
            && self.scanner.peek().is_none_or(|next| "、,;.条)《".contains(next))
            && self.found.last().is_some_and(|last| last.number.is_none() && !last.title.is_empty())
        {
            self.scanner.eat("条");
            if let Some(last) = self.found.last_mut() {
                last.articles.push(format!("第{number}条"));
            }
            return true;
        }
        self.scanner.reset(start);
        false
    }
}

/// 2022年5月1日施行, 2016年修订: when a text took its shape.
fn is_revision(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && ["修订", "修正", "施行", "实施", "通过", "公布", "发布", "颁布", "年", "版"]
            .iter()
            .any(|word| text.ends_with(word))
}

/// The issuer at the end of loose text: Han characters and letters, without what leads to it.
fn issuer(text: &str) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(ISSUER_LIMIT)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(text.len(), |(at, _)| at);
    let mut run = &text[from..];
    // 2015年11月省政府令: the rest of a date.
    if text[..from].ends_with(|c: char| c.is_ascii_digit()) {
        run = run.strip_prefix(['年', '月', '日']).unwrap_or(run);
    }
    for word in ["根据", "依据", "按照", "以及", "关于"] {
        if let Some(at) = run.rfind(word) {
            run = &run[at + word.len()..];
        }
    }
    strip_leading(run)
}

/// Without the words that lead to a citation.
fn strip_leading(mut text: &str) -> &str {
    loop {
        let shorter = ["根据", "依据", "按照", "参照", "以及", "及", "和", "与", "或", "见", "按"]
            .iter()
            .find_map(|word| text.strip_prefix(word).filter(|rest| rest.chars().count() >= 2));
        match shorter {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// A title without its marks, the state's name and dangling brackets.
fn clean_title(inner: &str) -> String {
    let mut title = inner.trim_matches(['"', ' ']).replace("中华人民共和国", "").replace('"', "");
    let open = title.matches('(').count();
    let closed = title.matches(')').count();
    if open > closed {
        title.push_str(&")".repeat(open - closed));
    } else if closed > open && title.ends_with(')') {
        title.pop();
    }
    // 〈〉 of a title in a title.
    if title.matches('《').count() > title.matches('》').count() {
        title.push('》');
    }
    // A number that is only a number is no title.
    if number(&title).is_some() { String::new() } else { title }
}

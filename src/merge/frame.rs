//! What offices put around a name: numbers of a list, document numbers, the document that announces it.

use super::phrase::Phrase;

/// Document words at the end of a name, longest first.
const DOCUMENTS: &[&str] = &[
    "工作的实施方案",
    "的实施方案",
    "的工作方案",
    "实施方案",
    "工作方案",
    "的通知",
    "的公告",
    "的请示",
    "的意见",
    "的函",
    "的方案",
    "通知",
    "方案",
];
/// What a document does with another, whose title stands behind it.
const ISSUES: &[&str] = &["印发", "转发", "下发", "制发", "发布"];
/// Remarks on a row of a table, which are no part of a name.
const REMARKS: &[&str] =
    &["新增", "重点", "必查", "试行", "暂定", "保留", "续报", "专项", "牵头", "配合", "拟"];

/// Characters of a name that are read; nobody prints a longer one.
const LONGEST: usize = 300;

/// `name` without its frame, cut where it is longer than any name.
pub(super) fn bare(name: &Phrase) -> Phrase {
    let name = &match name.folded().char_indices().nth(LONGEST) {
        Some((end, _)) => name.slice(0..end),
        None => name.clone(),
    };
    let text = name.folded();
    let end = text.trim_end_matches(['.', '。', '!', '?', ',', ';', '、', ':', '…']).len();
    let mut rest = if end > 0 { name.slice(0..end) } else { name.clone() };
    rest = without_number_of_row(&rest);
    rest = without_document_number(&rest);
    if let Some(inner) = issued(&rest) {
        rest = inner;
    }
    while let Some(shorter) = DOCUMENTS.iter().find_map(|document| rest.strip_suffix(document)) {
        if shorter.chars() < 2 {
            break;
        }
        rest = shorter;
    }
    without_last_remark(&without_last_year(&rest))
}

/// Without 1., （二）, 三、 and 【重点】 at the beginning.
fn without_number_of_row(name: &Phrase) -> Phrase {
    const NUMERALS: &str = "0123456789一二三四五六七八九十";
    const LEAST: usize = 3;
    let mut rest = name.clone();
    loop {
        let text = rest.folded();
        // （二） and 【重点】; （校外） of （校外）培训机构 belongs to the name.
        let opens = text.starts_with('(').then(|| closing(text, 0)).flatten().filter(|&close| {
            let inside = &text[1..close];
            REMARKS.contains(&inside) || inside.trim_start_matches(|c| NUMERALS.contains(c)).is_empty()
        });
        let marks =
            text.len() - text.trim_start_matches(['.', '*', '★', '☆', '●', '■', '◆', '-', '·', '、']).len();
        let number = text.len() - text.trim_start_matches(|c| NUMERALS.contains(c)).len();
        let behind = &text[number..];
        let is_number = (1..=3).contains(&text[..number].chars().count())
            && behind.starts_with(['.', '、'])
            && !behind.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let start = match opens {
            Some(close) => close + 1,
            None if marks > 0 => marks,
            None if is_number => number,
            None => return rest,
        };
        let shorter = rest.slice(start..text.len());
        if shorter.chars() < LEAST {
            return rest;
        }
        rest = shorter;
    }
}

/// Without 县政办发〔2025〕3号, in brackets or behind the document that has it.
fn without_document_number(name: &Phrase) -> Phrase {
    let is_number = |words: &str| words.ends_with('号') && words.contains(|c: char| c.is_ascii_digit());
    let mut rest = name.clone();
    let mut from = 0;
    while let Some(start) = rest.folded()[from..].find('(').map(|position| from + position) {
        let Some(end) = closing(rest.folded(), start) else { break };
        if is_number(&rest.folded()[start + 1..end])
            && rest.chars() > 2
            && (start > 0 || end + 1 < rest.folded().len())
        {
            rest = rest.without(start..end + 1);
            from = start;
        } else {
            from = end;
        }
    }
    if is_number(rest.folded()) {
        let end = ["的通知", "的函", "的意见", "》"]
            .iter()
            .filter_map(|word| Some(rest.folded().rfind(word)? + word.len()))
            .max();
        if let Some(end) = end {
            rest = rest.slice(0..end);
        }
    }
    rest
}

/// The title of the document that another one issues: 关于印发《…》的通知.
fn issued(name: &Phrase) -> Option<Phrase> {
    let text = name.folded();
    let open = text.find('《')?;
    let close = text.rfind('》').filter(|&close| close > open)?;
    let behind = &text[close + '》'.len_utf8()..];
    let issues = ISSUES.iter().any(|word| text[..open].ends_with(word));
    let announces = behind.is_empty() || DOCUMENTS.contains(&behind);
    let inner = name.slice(open + '《'.len_utf8()..close);
    (issues && announces && inner.chars() >= 4).then_some(inner)
}

/// Without -2025 and （2025年度） at the end.
fn without_last_year(name: &Phrase) -> Phrase {
    let text = name.folded();
    let inner = text.trim_end_matches(')');
    let inner = inner.strip_suffix("年度").or_else(|| inner.strip_suffix('年')).unwrap_or(inner);
    let digits = inner.len() - inner.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let front = &inner[..inner.len() - digits];
    let bracketed = text.ends_with(')') && front.ends_with('(');
    let hyphened = !text.ends_with(')')
        && front.ends_with('-')
        && !front[..front.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    if digits != 4 || !(bracketed || hyphened) {
        return name.clone();
    }
    let rest = name.slice(0..front.len() - 1);
    if rest.chars() < 2 { name.clone() } else { rest }
}

/// Without （新增） at the end.
fn without_last_remark(name: &Phrase) -> Phrase {
    let remark = name.folded().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match remark {
        Some((front, words)) if REMARKS.contains(&words) && front.chars().count() >= 2 => {
            name.slice(0..front.len())
        }
        _ => name.clone(),
    }
}

/// Where the bracket closes that opens at `start`.
pub(super) fn closing(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0usize;
    text[start..].char_indices().find_map(|(position, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(start + position)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_taken_off() {
        for (name, expected) in [
            ("1.池塘清淤检查", "池塘清淤检查"),
            ("（三）池塘清淤检查", "池塘清淤检查"),
            ("十二、池塘清淤检查", "池塘清淤检查"),
            ("★【重点】池塘清淤检查（新增）", "池塘清淤检查"),
            ("池塘清淤检查-2025", "池塘清淤检查"),
            ("池塘清淤检查（2025年度）", "池塘清淤检查"),
            ("关于印发《池塘清淤督查工作方案》的通知", "池塘清淤督查"),
            ("关于池塘清淤督查的通知（县水发〔2025〕12号）", "关于池塘清淤督查"),
            ("关于池塘清淤督查的通知县水发〔2025〕12号", "关于池塘清淤督查"),
            ("《农田水利条例》贯彻情况检查", "《农田水利条例》贯彻情况检查"),
            ("12345热线督查", "12345热线督查"),
            ("（校外）培训机构检查", "（校外）培训机构检查"),
            ("((a)b)池塘清淤检查", "（（a）b）池塘清淤检查"),
            ("3.15活动检查", "3.15活动检查"),
            ("2024-2025年池塘清淤检查", "2024-2025年池塘清淤检查"),
            ("池塘清淤检查。", "池塘清淤检查"),
            ("池塘（含山塘）清淤检查", "池塘（含山塘）清淤检查"),
        ] {
            assert_eq!(bare(&Phrase::new(name)).shown(), expected, "{name}");
        }
    }
}

//! Words that elements of a list share with their neighbours.

use super::grammar::Element;
use super::lexer::{Noun, Token, TokenKind};
use super::resolve::Reading;
use super::words::{Word, is_general};

impl Reading<'_> {
    /// Elements with the words they share with their neighbours: 种子、农药经营门店 is 种子经营门店、
    /// 农药经营门店, and 烟花爆竹批发、零售单位 is 烟花爆竹批发单位、烟花爆竹零售单位.
    pub(super) fn completed(&self, elements: &[Element]) -> Vec<Element> {
        let mut completed: Vec<Element> = elements.to_vec();
        for at in 0..elements.len() {
            let Some(stem) = open_stem(&elements[at]) else { continue };
            let mut linked =
                (at + 1..elements.len()).take_while(|&next| elements[next].linked || elements[next].sums_up);
            let chain_end =
                linked.clone().find(|&next| elements[next].sums_up).or_else(|| linked.by_ref().last());
            let after = chain_end.map(|last| (elements[last].text(), is_department(self, &elements[last])));
            let before = (elements[at].linked && at > 0).then(|| completed[at - 1].text());
            let noun = after
                .as_ref()
                .and_then(|(text, department)| {
                    suffixes(text)
                        .find_map(|suffix| self.form(&format!("{stem}{suffix}")))
                        .or_else(|| self.department_form(&stem).filter(|_| *department))
                })
                .or_else(|| {
                    prefixes(before.as_deref()?).find_map(|prefix| self.form(&format!("{prefix}{stem}")))
                });
            if let Some((noun, form)) = noun {
                let keep =
                    completed[at].parts.iter().take_while(|part| matches!(part.kind, TokenKind::Word(_)));
                let mut parts: Vec<Token> = keep.cloned().collect();
                parts.push(Token { text: form, kind: TokenKind::Noun(noun) });
                completed[at].parts = parts;
            }
        }
        completed
    }

    fn form(&self, form: &str) -> Option<(Noun, String)> {
        (!is_general(form))
            .then(|| self.dictionary().noun(form))
            .flatten()
            .map(|noun| (noun, form.to_owned()))
    }

    fn department_form(&self, stem: &str) -> Option<(Noun, String)> {
        let department = self.department_of(stem)?;
        Some((Noun { department: Some(department), ..Noun::default() }, stem.to_owned()))
    }

    /// The department whose work `stem` names (林草, 市场监管).
    pub(super) fn department_of(&self, stem: &str) -> Option<u32> {
        let departments = &self.lexicon().departments;
        ["", "部门", "局", "主管部门", "委", "办", "部", "委员会", "管理局", "管理部门", "行政部门"]
            .iter()
            .find_map(|ending| departments.by_form(&format!("{stem}{ending}")))
    }
}

/// The words of an element that names nothing by itself, or only a general noun.
fn open_stem(element: &Element) -> Option<String> {
    let mut stem = String::new();
    for part in &element.parts {
        match &part.kind {
            TokenKind::Word(Word::Of | Word::Have) | TokenKind::Quantity(_) | TokenKind::Title => {
                return None;
            }
            TokenKind::Word(_) => stem.clear(),
            // 县 of 县教育、民政局
            TokenKind::Noun(noun) if noun.group.is_some() && part.text.chars().count() == 1 => stem.clear(),
            TokenKind::Noun(noun) if noun.is_head() && !is_general(&part.text) => return None,
            TokenKind::Noun(_) | TokenKind::Unknown => stem.push_str(&part.text),
        }
    }
    (!stem.is_empty() && !is_general(&stem)).then_some(stem)
}

fn is_department(reading: &Reading<'_>, element: &Element) -> bool {
    element.parts.iter().any(|part| match &part.kind {
        TokenKind::Noun(noun) => {
            noun.department.is_some()
                || noun.group.is_some_and(|group| reading.lexicon().groups.group(group).level == "department")
        }
        _ => false,
    })
}

fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, _)| &text[at..])
}

fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().rev().map(|(at, _)| &text[..at]).filter(|prefix| !prefix.is_empty())
}

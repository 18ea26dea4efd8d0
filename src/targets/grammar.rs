//! From tokens to a list of elements with exclusions.
//!
//! ```text
//! listing   = element { link element } [ 等 [ element ] ]
//! link      = 、 | 和 | , | …
//! element   = part { part } { bracket }
//! bracket   = ( listing )
//! exclusion = 除 listing 以外 | 不含 listing | listing 除外
//! ```

use super::lexer::{Token, TokenKind};
use super::words::Word;

/// A list of elements, of which others are taken away.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says that a word was read")]
pub(super) struct Listing {
    pub(super) elements: Vec<Element>,
    pub(super) excluded: Vec<Listing>,
    /// It begins with 含: it adds to what stands before the bracket.
    pub(super) adds: bool,
    /// It ends with 等.
    pub(super) open: bool,
    /// It points to a list elsewhere (名单见附件).
    pub(super) elsewhere: bool,
    /// It says what is in the foreground (其中…, …为重点), not what is meant.
    pub(super) aside: bool,
    /// The words, for the reader.
    pub(super) text: String,
}

/// What stands between two links.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) parts: Vec<Token>,
    pub(super) brackets: Vec<Listing>,
    /// Linked to the element before by 、 or 和, not by a comma.
    pub(super) linked: bool,
    /// It stands behind 等 and names what the elements before have in common.
    pub(super) sums_up: bool,
}

impl Element {
    /// The words of the parts.
    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.brackets.is_empty()
    }
}

/// Brackets deeper than this are read as if they stood side by side.
const DEEPEST: usize = 16;

/// Parses the tokens of a phrase. Every sequence of tokens has a parse.
pub(super) fn parse(tokens: &[Token]) -> Listing {
    parse_within(tokens, 0)
}

fn parse_within(tokens: &[Token], depth: usize) -> Listing {
    let mut parser = Parser { listing: Listing::default(), current: Element::default(), comma: 0, depth };
    parser.listing.text = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut at = 0;
    while at < tokens.len() {
        at = parser.step(tokens, at);
    }
    parser.close_element();
    parser.listing
}

struct Parser {
    listing: Listing,
    current: Element,
    /// Number of elements before the last comma.
    comma: usize,
    depth: usize,
}

impl Parser {
    /// Takes the token at `at` (and what belongs to it) and tells where the next stands.
    fn step(&mut self, tokens: &[Token], at: usize) -> usize {
        let token = &tokens[at];
        let TokenKind::Word(word) = token.kind else {
            if token.kind == TokenKind::Title {
                self.listing.elsewhere |= self.current.parts.is_empty();
            }
            self.current.parts.push(token.clone());
            return at + 1;
        };
        match word {
            Word::Have if self.current.is_empty() => {
                // What stands between 有 and 的 is one clause, whatever it lists.
                let end = clause_end(tokens, at).unwrap_or(at + 1);
                let inside = tokens[at..end].iter().filter(|token| token.kind != TokenKind::Word(Word::And));
                self.current.parts.extend(inside.cloned());
                return end;
            }
            Word::And => {
                self.close_element();
                self.current.linked = !self.listing.elements.is_empty();
            }
            Word::Comma => {
                self.close_element();
                self.comma = self.listing.elements.len();
            }
            Word::Open => {
                let close = closing(tokens, at);
                if self.depth < DEEPEST {
                    self.attach(bracketed(&tokens[at + 1..close], self.depth + 1));
                }
                return close + 1;
            }
            Word::Except => {
                let (inside, after) = excepted(tokens, at);
                self.listing.excluded.push(parse_within(&tokens[inside], self.depth + 1));
                return after;
            }
            Word::Without if at + 1 < tokens.len() && !ends_group(tokens, at + 1) => {
                self.close_element();
                let end = next_exclusion(tokens, at + 1);
                self.listing.excluded.push(parse_within(&tokens[at + 1..end], self.depth + 1));
                return end;
            }
            Word::Without | Word::Excepted => {
                self.close_element();
                let comma = self.comma.min(self.listing.elements.len());
                let elements = self.listing.elements.split_off(comma);
                self.listing.excluded.push(Listing { elements, ..Listing::default() });
            }
            Word::With => {
                if self.listing.elements.is_empty() && self.current.is_empty() {
                    self.listing.adds = true;
                } else {
                    self.close_element();
                }
            }
            Word::Among => {
                let only = self.listing.elements.is_empty() && self.depth > 0;
                if only || ends_group(tokens, at + 1) {
                    self.listing.aside = true;
                } else {
                    // The rest up to the comma says no more than where to look first.
                    self.close_element();
                    let rest =
                        tokens[at..].iter().position(|token| token.kind == TokenKind::Word(Word::Comma));
                    return rest.map_or(tokens.len(), |rest| at + rest);
                }
            }
            Word::Etc => {
                self.close_element();
                self.listing.open = true;
                if !ends_group(tokens, at + 1) {
                    self.listing.open = false;
                    self.current.sums_up = !self.listing.elements.is_empty();
                }
            }
            Word::Elsewhere => {
                self.listing.elsewhere = true;
                self.current.parts.push(token.clone());
            }
            _ => self.current.parts.push(token.clone()),
        }
        at + 1
    }

    fn attach(&mut self, inside: Listing) {
        if self.current.parts.is_empty()
            && let Some(last) = self.listing.elements.last_mut()
            && !self.current.sums_up
        {
            last.brackets.push(inside);
        } else {
            self.current.brackets.push(inside);
        }
    }

    fn close_element(&mut self) {
        let element = std::mem::take(&mut self.current);
        if !element.is_empty() {
            self.listing.elements.push(element);
        }
    }
}

/// A bracket's content; what ends in 除外 is an exclusion as a whole, whatever it says itself.
fn bracketed(tokens: &[Token], depth: usize) -> Listing {
    match tokens {
        [inside @ .., last]
            if matches!(last.kind, TokenKind::Word(Word::Excepted | Word::Without)) && !inside.is_empty() =>
        {
            let text = tokens.iter().map(|token| token.text.as_str()).collect();
            Listing { excluded: vec![parse_within(inside, depth)], text, ..Listing::default() }
        }
        _ => parse_within(tokens, depth),
    }
}

/// Where the 的 of a clause from `from` on stands, if no mark comes before it.
fn clause_end(tokens: &[Token], from: usize) -> Option<usize> {
    let ends = |token: &Token| {
        matches!(token.kind, TokenKind::Word(Word::Of | Word::Comma | Word::Open | Word::Close | Word::Etc))
    };
    let at = from + tokens[from..].iter().position(ends)?;
    (tokens[at].kind == TokenKind::Word(Word::Of)).then_some(at)
}

/// Where the next 不含 or 除 begins a clause of its own, or the end.
fn next_exclusion(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0usize;
    for (at, pair) in tokens.windows(2).enumerate().skip(from) {
        match (&pair[0].kind, &pair[1].kind) {
            (TokenKind::Word(Word::Open), _) => depth += 1,
            (TokenKind::Word(Word::Close), _) => depth = depth.saturating_sub(1),
            (TokenKind::Word(Word::Comma), TokenKind::Word(Word::Without | Word::Except)) if depth == 0 => {
                return at;
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Whether nothing of the element follows at `at`.
fn ends_group(tokens: &[Token], at: usize) -> bool {
    let mut rest = tokens
        .iter()
        .skip(at)
        .skip_while(|token| matches!(token.kind, TokenKind::Word(Word::Neutral | Word::Own)));
    rest.next().is_none_or(|token| {
        matches!(token.kind, TokenKind::Word(Word::Comma | Word::And | Word::Close | Word::Open))
    })
}

/// The bracket that closes the one at `open`, or the end.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Word(Word::Open) => depth += 1,
            TokenKind::Word(Word::Close) => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// What stands between 除 at `at` and 以外, and where the phrase goes on; without 以外 it is all up to
/// a comma.
fn excepted(tokens: &[Token], at: usize) -> (std::ops::Range<usize>, usize) {
    let mut depth = 0usize;
    let mut comma = None;
    for (position, token) in tokens.iter().enumerate().skip(at + 1) {
        match token.kind {
            TokenKind::Word(Word::Open) => depth += 1,
            TokenKind::Word(Word::Close) => depth = depth.saturating_sub(1),
            TokenKind::Word(Word::Outside) if depth == 0 => {
                let mut after = position + 1;
                while tokens.get(after).is_some_and(|token| {
                    matches!(token.kind, TokenKind::Word(Word::Of | Word::Comma | Word::And))
                }) {
                    after += 1;
                }
                return (at + 1..position, after);
            }
            TokenKind::Word(Word::Comma) if depth == 0 => comma = comma.or(Some(position)),
            _ => {}
        }
    }
    let end = comma.unwrap_or(tokens.len());
    (at + 1..end, end)
}

//! A member with what its name says.

use std::cell::OnceCell;
use std::ops::Deref;

use super::Member;
use super::phrase::Phrase;
use super::title::Title;
use crate::lexicon::Lexicon;

/// A member of a group whose name is read once, when first asked for: the rules for a group's name, lead and
/// place all ask for it, of every member and more than once.
#[derive(Debug)]
pub(super) struct Named<'a> {
    member: &'a Member<'a>,
    phrase: OnceCell<Phrase>,
    title: OnceCell<Title>,
}

impl<'a> Named<'a> {
    pub(super) fn new(member: &'a Member<'a>) -> Self {
        Self { member, phrase: OnceCell::new(), title: OnceCell::new() }
    }

    /// The whole name as typed.
    pub(super) fn phrase(&self) -> &Phrase {
        self.phrase.get_or_init(|| Phrase::new(&self.member.item.name))
    }

    /// The name taken apart; of one group's members always with the same lexicon.
    pub(super) fn title(&self, lexicon: &Lexicon) -> &Title {
        self.title.get_or_init(|| Title::of(self.phrase(), lexicon))
    }
}

impl<'a> Deref for Named<'a> {
    type Target = Member<'a>;

    fn deref(&self) -> &Member<'a> {
        self.member
    }
}

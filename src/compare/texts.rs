//! The distinct texts of a pool, so that each is read once however many items share it.

use rustc_hash::FxHashMap;

use super::subject::Subject;
use crate::parallel;

/// Numbers distinct values in order of first sight.
pub(super) struct Distinct<T> {
    numbers: FxHashMap<T, u32>,
    pub(super) values: Vec<T>,
}

impl<T: std::hash::Hash + Eq + Copy> Distinct<T> {
    fn new() -> Self {
        Self { numbers: FxHashMap::default(), values: Vec::new() }
    }

    fn number(&mut self, value: T) -> u32 {
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        })
    }

    /// The distinct values of some items, and by item the number of its own.
    fn of(values: impl Iterator<Item = T>) -> (Self, Vec<u32>) {
        let mut distinct = Self::new();
        let numbers = values.map(|value| distinct.number(value)).collect();
        (distinct, numbers)
    }

    /// The number of a value that was numbered.
    pub(super) fn get(&self, value: T) -> u32 {
        self.numbers[&value]
    }
}

/// The distinct texts of a pool.
pub(super) struct Texts<'a> {
    pub(super) names: Distinct<&'a str>,
    pub(super) contents: Distinct<&'a str>,
    pub(super) methods: Distinct<&'a str>,
    /// Contents, by number, with target phrases.
    pub(super) surroundings: Distinct<(u32, &'a [String])>,
    /// Contents, by number, with notes.
    pub(super) remarks: Distinct<(u32, &'a str)>,
    /// The target phrases of all surroundings.
    pub(super) phrases: Distinct<&'a str>,
}

/// The numbers of an item's texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextsOf {
    pub(super) name: u32,
    pub(super) content: u32,
    pub(super) method: u32,
    pub(super) surrounding: u32,
    pub(super) remark: u32,
}

impl<'a> Texts<'a> {
    /// The texts, and by item the numbers of its own. Complexity: linear in the length of all texts.
    pub(super) fn of(subjects: &[Subject<'a>]) -> (Self, Vec<TextsOf>) {
        let each = || subjects.iter();
        let ((names, name), ((contents, content), (methods, method))) = parallel::both(
            || Distinct::of(each().map(|subject| &*subject.standard.name.matter)),
            || {
                (
                    Distinct::of(each().map(|subject| &*subject.standard.content)),
                    Distinct::of(each().map(|subject| &*subject.standard.method)),
                )
            },
        );
        let with_content = || each().zip(&content);
        let ((surroundings, surrounding), (remarks, remark)) = parallel::both(
            || Distinct::of(with_content().map(|(subject, &content)| (content, &subject.item.targets[..]))),
            || Distinct::of(with_content().map(|(subject, &content)| (content, &*subject.standard.notes))),
        );
        let mut phrases = Distinct::new();
        for phrase in surroundings.values.iter().flat_map(|&(_, targets)| targets) {
            phrases.number(phrase.as_str());
        }
        let of = (0..subjects.len()).map(|item| TextsOf {
            name: name[item],
            content: content[item],
            method: method[item],
            surrounding: surrounding[item],
            remark: remark[item],
        });
        let of = of.collect();
        (Self { names, contents, methods, surroundings, remarks, phrases }, of)
    }
}

//! Names of places, found at the front of a text.

use rustc_hash::FxHashMap;

/// Names of places in an order that decides among several (usually the longest first).
///
/// A nation has thousands; looking for one costs as much as there are names with the same two first characters.
#[derive(Clone, Debug, Default)]
pub struct Places {
    names: Vec<String>,
    /// The first name that begins with a character.
    first: FxHashMap<char, u32>,
    /// Names by their first two characters, in order.
    by_pair: FxHashMap<(char, char), Vec<u32>>,
    /// Names of one character.
    short: Vec<u32>,
}

impl Places {
    /// The places of these folded names; empty ones are ignored.
    #[must_use]
    pub fn new(names: Vec<String>) -> Self {
        let mut places = Self::default();
        for (number, name) in (0u32..).zip(&names) {
            let mut characters = name.chars();
            let Some(first) = characters.next() else { continue };
            places.first.entry(first).or_insert(number);
            match characters.next() {
                Some(second) => places.by_pair.entry((first, second)).or_default().push(number),
                None => places.short.push(number),
            }
        }
        places.names = names;
        places
    }

    /// The names that `text` begins with, in order.
    pub(super) fn at<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let mut characters = text.chars();
        let pair = characters.next().zip(characters.next());
        let long = pair.and_then(|pair| self.by_pair.get(&pair)).map_or(&[][..], Vec::as_slice);
        let (mut long, mut short) = (long.iter().peekable(), self.short.iter().peekable());
        std::iter::from_fn(move || match (long.peek(), short.peek()) {
            (Some(one), Some(other)) if one > other => short.next(),
            (Some(_), _) => long.next(),
            (None, _) => short.next(),
        })
        .map(|&number| self.names[number as usize].as_str())
        .filter(move |name| text.starts_with(name))
    }

    /// The first name that begins with `character`.
    pub(super) fn beginning_with(&self, character: char) -> Option<&str> {
        self.first.get(&character).map(|&number| self.names[number as usize].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_order() {
        let names = ["云岭县人民政府", "云岭县", "", "云", "云岭"].map(str::to_owned).to_vec();
        let places = Places::new(names.clone());
        for text in ["云岭县人民政府办", "云岭县城", "云岭", "云", "", "岭"] {
            let expected: Vec<&str> = names
                .iter()
                .map(String::as_str)
                .filter(|name| !name.is_empty() && text.starts_with(name))
                .collect();
            assert_eq!(places.at(text).collect::<Vec<_>>(), expected, "{text}");
        }
        assert_eq!(places.beginning_with('云'), Some("云岭县人民政府"));
        assert_eq!(places.beginning_with('岭'), None);
    }
}

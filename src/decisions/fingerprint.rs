//! What an item is recognised by when its id has changed.

use crate::model::item::Item;
use crate::text::fold;

/// FNV-1a offset basis, 64 bit.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// FNV prime, 64 bit.
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// No byte of any text: a border between fields that no text can imitate.
const BORDER: u8 = 0xff;

/// The fingerprint of an item's content: its folded name, organizer and target phrases.
///
/// Ids made of file, sheet and row move when a row is inserted above; the content stays. Punctuation
/// and white space do not count, so it does not matter how a reader cut the list of targets.
/// `F` and sixteen hexadecimal digits of FNV-1a; the letter keeps spreadsheet programs from taking
/// it for a number. Fixed for good: decisions of last month are read by it. Complexity: O(length).
///
/// # Examples
/// ```
/// use tongchou::{Item, decisions::fingerprint};
///
/// let item = |id: &str, targets: &[&str]| Item {
///     id: id.into(),
///     name: "森林防火督查".into(),
///     targets: targets.iter().map(|phrase| (*phrase).to_owned()).collect(),
///     ..Item::default()
/// };
/// assert_eq!(fingerprint(&item("a#1!3", &["各乡镇、街道"])), fingerprint(&item("a#1!4", &["各乡镇", "街道"])));
/// assert_ne!(fingerprint(&item("a", &["各乡镇"])), fingerprint(&item("a", &["街道"])));
/// ```
#[must_use]
pub fn fingerprint(item: &Item) -> String {
    let fields = [item.name.clone(), item.organizer.clone().unwrap_or_default(), item.targets.concat()];
    let mut hash = OFFSET;
    for field in fields {
        let told: String = fold(&field).chars().filter(|character| character.is_alphanumeric()).collect();
        for byte in told.bytes().chain([BORDER]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("F{hash:016x}")
}

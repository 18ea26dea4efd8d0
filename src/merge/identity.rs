//! The stable id of a plan item.

/// FNV-1a offset basis, 64 bit.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// FNV prime, 64 bit.
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// Bits of the hash which an id shows: ten hexadecimal digits.
const BITS: u32 = 40;

/// The id of the plan item that consists of the items with these ids, in any order.
///
/// `P` and ten hexadecimal digits: the 64-bit FNV-1a hash of the sorted ids, joined by line feeds,
/// folded to 40 bits by XOR of its upper and lower part. The function is fixed for good, since plans
/// of different days and platforms are compared by these ids. Two groups of one plan get the same id
/// with a probability of about `n² / 2⁴¹`; the caller, who sees all ids, tells them apart.
#[must_use]
pub fn plan_item_id<'a>(member_ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut ids: Vec<&str> = member_ids.into_iter().collect();
    ids.sort_unstable();
    let mut hash = OFFSET;
    for (position, id) in ids.iter().enumerate() {
        let separator: &[u8] = if position == 0 { b"" } else { b"\n" };
        for byte in separator.iter().chain(id.as_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
    let folded = (hash >> BITS) ^ (hash & ((1 << BITS) - 1));
    format!("P{folded:010x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers, worked out with another implementation of FNV-1a.
    #[test]
    fn ids_never_change() {
        assert_eq!(plan_item_id(["a"]), fold_known(0xaf63_dc4c_8601_ec8c));
        assert_eq!(plan_item_id([]), fold_known(0xcbf2_9ce4_8422_2325));
        assert_eq!(plan_item_id(["foobar"]), fold_known(0x8594_4171_f739_67e8));
    }

    fn fold_known(hash: u64) -> String {
        format!("P{:010x}", (hash >> 40) ^ (hash & 0xff_ffff_ffff))
    }

    #[test]
    fn order_does_not_matter_and_borders_do() {
        assert_eq!(plan_item_id(["x", "y"]), plan_item_id(["y", "x"]));
        assert_ne!(plan_item_id(["xy"]), plan_item_id(["x", "y"]));
    }
}

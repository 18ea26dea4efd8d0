//! Titles alone, no two equal: what a join on text has to bear.

use std::io::{self, Write};

use rustc_hash::FxHashSet;

use crate::random::Random;
use crate::stock::Stock;
use crate::wording::{CHECKS, slip, title};

/// Writes `count` different titles, one a line; about 19 different character pairs each.
pub(crate) fn write(
    count: usize,
    stock: &Stock,
    random: &mut Random,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let mut written = 0;
    while written < count {
        let concept = &stock.concepts[stock.ranking[random.popular(stock.ranking.len())] as usize];
        let matter = &concept.forms[random.popular(concept.forms.len())];
        let venue = &stock.venues[stock.narrow[random.popular(stock.narrow.len())] as usize];
        let place = &venue.forms[random.popular(venue.forms.len())];
        let matter = match random.below(10) {
            0..=6 => format!("{place}{matter}"),
            7..=8 => format!("{place}{matter}和{}", stock.aspects[random.below(stock.aspects.len())].name),
            _ => matter.clone(),
        };
        let region = ["全县", "全区", "我市", "辖区内"][random.below(4)];
        let matter = if random.chance(40) { format!("{region}{matter}") } else { matter };
        let mut text = title(&matter, CHECKS[random.below(CHECKS.len())], "本县", random);
        if random.chance(15) {
            text = slip(&text, random);
        }
        let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        if seen.insert(hash) {
            writeln!(out, "{text}")?;
            written += 1;
        }
    }
    Ok(())
}

//! A synthetic nation with planted truth: `units.csv`, `items.jsonl`, `truth.json`.
//!
//! ```text
//! cargo run --release --example nation -- 1000000 /tmp/nation           # about 2,860 counties of 350 items
//! cargo run --release --example nation -- 1000000 /tmp/nation --titles  # titles.txt alone, no two equal
//! ```
//!
//! The same number of items and `--seed` (default 1) give the same bytes. Nothing but the truth's
//! barred and look-alike pairs and one province's groups is held in memory.

mod county;
mod random;
mod regions;
mod stock;
mod titles;
mod wording;
mod write;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use county::{FromAbove, Maker};
use random::Random;
use regions::{ITEMS, Province};
use stock::Stock;
use tongchou::lexicon::Lexicon;
use write::Truth;

const USAGE: &str = "usage: nation ITEMS FOLDER [--seed N] [--titles]";

struct Options {
    items: usize,
    folder: PathBuf,
    seed: u64,
    titles: bool,
}

fn options() -> Option<Options> {
    let mut arguments = std::env::args().skip(1);
    let items = arguments.next()?.parse().ok()?;
    let folder = arguments.next()?.into();
    let mut options = Options { items, folder, seed: 1, titles: false };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--titles" => options.titles = true,
            "--seed" => options.seed = arguments.next()?.parse().ok()?,
            _ => return None,
        }
    }
    Some(options)
}

fn main() -> io::Result<()> {
    let Some(options) = options() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE));
    };
    fs::create_dir_all(&options.folder)?;
    let create = |name: &str| File::create(options.folder.join(name)).map(BufWriter::new);
    let mut random = Random::new(options.seed, 0);
    let stock = Stock::new(&Lexicon::builtin(), &mut random);
    if options.titles {
        return titles::write(options.items, &stock, &mut random, &mut create("titles.txt")?);
    }
    let provinces = regions::provinces(options.items, &mut random);
    let mut units = create("units.csv")?;
    regions::write_units(&provinces, &stock, &mut units)?;
    units.flush()?;
    let mut items = create("items.jsonl")?;
    let mut truth = Truth::new(create("truth.json")?)?;
    let mut left = options.items;
    for province in &provinces {
        left = province_pool(province, left, options.seed, &stock, &mut items, &mut truth)?;
    }
    items.flush()?;
    truth.finish()
}

/// Writes the items of a province and of its counties; gives how many are left to be written.
fn province_pool(
    province: &Province,
    mut left: usize,
    seed: u64,
    stock: &Stock,
    items: &mut impl Write,
    truth: &mut Truth<impl Write>,
) -> io::Result<usize> {
    let mut random = Random::new(seed, 1 + province.number as u64);
    // A province speaks for ten counties at least, else its items would be most of the pool.
    let count = if province.counties.len() < 10 { 0 } else { 20 };
    let above: Vec<FromAbove> = county::from_above(stock, &mut random).into_iter().take(count).collect();
    let mut copies: Vec<Vec<String>> = vec![Vec::new(); above.len()];
    for (number, &matter) in above.iter().enumerate() {
        let stream = Random::new(seed, 1 << 40 | (province.number as u64) << 20 | number as u64);
        let draft = Maker::of_province(stock, province, matter, stream);
        write::item(items, &above_id(province, number), &province.id, &draft)?;
        left -= 1;
    }
    for (position, county) in province.counties.iter().enumerate() {
        let size = left.min(ITEMS);
        left -= size;
        let mut own = Random::new(seed, 1 << 41 | (province.number as u64) << 20 | position as u64);
        let repeated: Vec<(usize, FromAbove)> =
            above.iter().copied().enumerate().filter(|_| own.chance(5)).take(size / 20).collect();
        let mut order: Vec<usize> = (0..size).collect();
        own.shuffle(&mut order);
        let pool = Maker::new(stock, province, county, &above, own).pool(size, &repeated);
        // The order of the file says nothing about what belongs together.
        let mut place = vec![0; size];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
            write::item(items, &write::id(&county.id, new), &county.id, &pool.items[old])?;
        }
        let id = |position: usize| write::id(&county.id, place[position]);
        truth.pool(&pool, id)?;
        for &(position, number) in &pool.copies {
            copies[number].push(id(position));
        }
    }
    for (number, copies) in copies.iter().enumerate().filter(|(_, copies)| !copies.is_empty()) {
        truth.covered(&above_id(province, number), copies)?;
    }
    Ok(left)
}

fn above_id(province: &Province, number: usize) -> String {
    write::id(&province.id, number)
}

//! What merely parsing a JSONL file into items takes: the limit that a consolidation works towards.
//!
//! ```sh
//! cargo run --release --example parse_only -- items.jsonl
//! ```

use std::io::BufRead;

use tongchou::Item;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a JSONL file")?;
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    let items: Vec<Item> = file
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{} items\n", items.len()))?;
    Ok(())
}

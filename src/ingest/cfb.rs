//! Compound files (OLE): the container of `.xls`. Only what is needed to get one stream out.
//!
//! Every chain is followed at most as far as the file has sectors, so a loop ends, and a stream is
//! never longer than the file.

/// A sector number at or above this ends a chain.
const LAST_SECTOR: u32 = 0xffff_fffa;

/// The bytes of the first of `names` that the container holds, with its name.
pub(super) fn stream<'n>(bytes: &[u8], names: &[&'n str]) -> Option<(&'n str, Vec<u8>)> {
    let file = Compound::open(bytes)?;
    let entries = file.entries();
    names.iter().find_map(|name| {
        let entry = entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))?;
        Some((*name, file.content(entry, &entries)))
    })
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    mini_size: usize,
    mini_cutoff: u64,
    first_directory: u32,
    first_mini_table: u32,
    table: Vec<u32>,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector_size = 1usize << u16_at(bytes, 0x1e).filter(|shift| matches!(shift, 9 | 12))?;
        let mini_size = 1usize << u16_at(bytes, 0x20).filter(|shift| (4..=9).contains(shift))?;
        let mut file = Self {
            bytes,
            sector_size,
            mini_size,
            mini_cutoff: u64::from(u32_at(bytes, 0x38)?),
            first_directory: u32_at(bytes, 0x30)?,
            first_mini_table: u32_at(bytes, 0x3c)?,
            table: Vec::new(),
        };
        file.table = file.read_table()?;
        Some(file)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_size
    }

    /// The bytes of a sector; fewer at the end of a file that was cut off.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The sector allocation table, from the list in the header and its continuation.
    fn read_table(&self) -> Option<Vec<u32>> {
        let mut places: Vec<u32> = (0..109).map_while(|index| u32_at(self.bytes, 0x4c + 4 * index)).collect();
        let mut next = u32_at(self.bytes, 0x44)?;
        let mut steps = 0;
        while next < LAST_SECTOR && steps <= self.sectors() {
            let Some(sector) = self.sector(next) else { break };
            let numbers: Vec<u32> = numbers(sector);
            let Some((last, list)) = numbers.split_last() else { break };
            places.extend(list);
            next = *last;
            steps += 1;
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|&place| place < LAST_SECTOR) {
            if table.len() > self.sectors() {
                break;
            }
            table.extend(self.sector(place).map(numbers).unwrap_or_default());
        }
        Some(table)
    }

    /// The sectors of a chain, joined; at most `most` bytes.
    fn chain(&self, first: u32, most: u64) -> Vec<u8> {
        let mut content = Vec::new();
        let mut next = first;
        let mut steps = 0;
        while next < LAST_SECTOR && (content.len() as u64) < most && steps <= self.sectors() {
            let Some(sector) = self.sector(next) else { break };
            content.extend_from_slice(sector);
            next = self.table.get(next as usize).copied().unwrap_or(LAST_SECTOR);
            steps += 1;
        }
        content.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        content
    }

    fn entries(&self) -> Vec<Entry> {
        self.chain(self.first_directory, u64::MAX)
            .chunks_exact(128)
            .filter_map(|entry| {
                let length = (u16_at(entry, 0x40)? as usize).clamp(2, 64) - 2;
                let units: Vec<u16> = (0..length / 2).filter_map(|index| u16_at(entry, 2 * index)).collect();
                Some(Entry {
                    name: String::from_utf16_lossy(&units),
                    kind: *entry.get(0x42)?,
                    start: u32_at(entry, 0x74)?,
                    // The upper half is rubbish in files with small sectors.
                    size: u64::from(u32_at(entry, 0x78)?),
                })
            })
            .collect()
    }

    fn content(&self, entry: &Entry, entries: &[Entry]) -> Vec<u8> {
        if entry.size >= self.mini_cutoff {
            return self.chain(entry.start, entry.size);
        }
        // Small streams lie in pieces inside of the root's stream.
        let Some(root) = entries.iter().find(|entry| entry.kind == 5) else { return Vec::new() };
        let pool = self.chain(root.start, root.size);
        let table = numbers(&self.chain(self.first_mini_table, u64::MAX));
        let mut content = Vec::new();
        let mut next = entry.start;
        while next < LAST_SECTOR && (content.len() as u64) < entry.size {
            let start = (next as usize).saturating_mul(self.mini_size);
            let end = start.saturating_add(self.mini_size).min(pool.len());
            let Some(piece) = pool.get(start..end).filter(|piece| !piece.is_empty()) else { break };
            content.extend_from_slice(piece);
            next = table.get(next as usize).copied().unwrap_or(LAST_SECTOR);
        }
        content.truncate(entry.size as usize);
        content
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// The little-endian number at a place, if the bytes reach that far.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

/// The little-endian number at a place, if the bytes reach that far.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The little-endian floating-point number at a place, if the bytes reach that far.
pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let eight: [u8; 8] = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
    Some(f64::from_le_bytes(eight))
}

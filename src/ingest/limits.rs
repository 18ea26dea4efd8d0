//! What one run may cost, and the running count of what a file has cost.

/// Upper bounds on what reading may cost, so that no file, however made, exhausts the machine.
///
/// What goes over a bound is reported as a diagnostic; what was read before is kept. The defaults
/// leave room for a sheet of a million rows and keep one file well below 2 GiB of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes. Default: 512 MiB, a nation of a million items.
    pub max_file_bytes: u64,
    /// Largest sum of all unpacked parts of a zip container (xlsx, ods, docx), in bytes. Default: 512 MiB.
    pub max_unpacked_bytes: u64,
    /// Most bytes of text kept of one file. Default: 512 MiB.
    pub max_text_bytes: u64,
    /// Most non-empty cells of one file. Default: 5 000 000.
    pub max_cells: u64,
    /// Most characters of one cell; a row with a longer one is rejected. Default: 32 767, as in Excel.
    pub max_cell_chars: usize,
    /// Most rows of one sheet, file or list. Default: 1 048 576, as in Excel.
    pub max_rows: u32,
    /// Columns further right are not read. Default: 1024.
    pub max_columns: u32,
    /// Most files of one run. Default: 20 000.
    pub max_files: usize,
    /// Deepest nesting of folders. Default: 32.
    pub max_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 512 << 20,
            max_unpacked_bytes: 512 << 20,
            max_text_bytes: 512 << 20,
            max_cells: 5_000_000,
            max_cell_chars: 32_767,
            max_rows: 1_048_576,
            max_columns: 1024,
            max_files: 20_000,
            max_depth: 32,
        }
    }
}

/// What a file has cost so far.
#[derive(Debug, Default)]
pub(super) struct Spent {
    cells: u64,
    text_bytes: u64,
}

/// Which bound was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exceeded {
    Cells,
    Text,
    Rows,
}

impl Spent {
    /// Books one more cell of `bytes` bytes.
    pub(super) fn book(&mut self, bytes: usize, limits: &Limits) -> Result<(), Exceeded> {
        self.cells += 1;
        self.text_bytes += bytes as u64;
        if self.cells > limits.max_cells {
            Err(Exceeded::Cells)
        } else if self.text_bytes > limits.max_text_bytes {
            Err(Exceeded::Text)
        } else {
            Ok(())
        }
    }
}

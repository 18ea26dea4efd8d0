//! Many lines of a file, made on all threads and written in order.

use std::io::{self, Write};

/// Entries made by one thread at a time.
const CHUNK: usize = 2048;

/// Writes what `make` appends for each of `count` entries, in their order.
///
/// Memory: the text of six times as many chunks as there are threads.
pub(super) fn write(
    count: usize,
    make: &(impl Fn(usize, &mut Vec<u8>) + Sync),
    out: &mut dyn Write,
) -> io::Result<()> {
    let chunks: Vec<usize> = (0..count).step_by(CHUNK).collect();
    let chunk = |&start: &usize| {
        let mut text = Vec::new();
        (start..count.min(start + CHUNK)).for_each(|entry| make(entry, &mut text));
        text
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        // One thread writes while the others make what comes next.
        std::thread::scope(|scope| {
            let (sender, receiver) = std::sync::mpsc::sync_channel::<Vec<Vec<u8>>>(1);
            scope.spawn(move || {
                for some in chunks.chunks(2 * rayon::current_num_threads()) {
                    let texts = some.par_iter().with_max_len(1).map(chunk).collect();
                    if sender.send(texts).is_err() {
                        // Writing failed.
                        break;
                    }
                }
            });
            receiver.into_iter().flatten().try_for_each(|text| out.write_all(&text))
        })
    }
    #[cfg(not(feature = "parallel"))]
    chunks.iter().try_for_each(|start| out.write_all(&chunk(start)))
}

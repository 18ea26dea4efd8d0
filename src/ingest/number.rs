//! Numbers and dates of spreadsheets as the text a reader of the sheet sees.

/// A number with at most 15 significant digits, as spreadsheets show it: `1`, `0.25`, `1200`.
pub(super) fn number_text(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{}", value as i64);
    }
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    format!("{rounded}")
}

/// A share as a percentage with at least `decimals` decimals and no more than it needs to be exact
/// to a hundredth of a percent: `1.0` → `100%`, `0.125` → `12.5%`.
pub(super) fn percent_text(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals.max(2), value * 100.0);
    let trimmed = text.trim_end_matches('0').trim_end_matches('.');
    format!("{trimmed}%")
}

/// A date as `2023-04-10`.
pub(super) fn date_text(year: u16, month: u8, day: u8) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_the_sheet_shows_them() {
        assert_eq!(number_text(1.0), "1");
        assert_eq!(number_text(-3.0), "-3");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(12.5), "12.5");
        assert_eq!(number_text(f64::NAN), "");
        assert_eq!(percent_text(1.0, 0), "100%");
        assert_eq!(percent_text(0.125, 1), "12.5%");
        assert_eq!(percent_text(0.07, 0), "7%");
        assert_eq!(date_text(2023, 4, 10), "2023-04-10");
    }
}

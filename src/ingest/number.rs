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

/// Year, month and day of a serial number of spreadsheets (1 is 1900-01-01), up to the year 9999.
pub(super) fn date_of_serial(serial: f64) -> Option<(u16, u8, u8)> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let serial = serial as i64;
    // Spreadsheets believe in 1900-02-29, serial number 60.
    let serial = if serial < 60 { serial + 1 } else { serial };
    // Civil date from days since 0000-03-01 (years of 400, 100, 4 and 1), leap days at their ends.
    let days = serial + 693_899;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year as u16, month as u8, day as u8))
}

/// The date of a bare day's number between 2000 and 2050, if a text is one.
pub(super) fn serial_date(text: &str) -> Option<String> {
    let serial: u32 = if text.len() == 5 { text.parse().ok()? } else { return None };
    if !(36_526..=55_153).contains(&serial) {
        return None;
    }
    date_of_serial(f64::from(serial)).map(|(year, month, day)| date_text(year, month, day))
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
        assert_eq!(serial_date("45026").as_deref(), Some("2023-04-10"));
        assert_eq!(serial_date("45351").as_deref(), Some("2024-02-29"));
        assert_eq!(serial_date("45352").as_deref(), Some("2024-03-01"));
        assert_eq!(serial_date("2023"), None);
    }
}

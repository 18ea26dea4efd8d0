//! How a number format shows a value, as far as it changes what the text means.

use super::number::{date_of_serial, date_text, number_text, percent_text};

/// The way of showing a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Plain,
    /// A percentage with this many decimals.
    Percent(usize),
    /// A day.
    Date,
    /// Year and month without a day: `2023年4月`, which spreadsheets store as the first of the month.
    Month,
    /// A time of day.
    Time,
}

impl Shown {
    /// What a built-in format shows. 27–36 and 50–58 are those of Chinese editions, which files use
    /// without defining them.
    pub(super) const fn built_in(id: u32) -> Self {
        match id {
            9 => Self::Percent(0),
            10 => Self::Percent(2),
            14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => Self::Date,
            17 | 27 | 36 | 50 | 52 | 57 => Self::Month,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            _ => Self::Plain,
        }
    }

    /// What a format code such as `0.00%` or `yyyy"年"m"月"` shows.
    pub(super) fn by(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        if first.eq_ignore_ascii_case("general") {
            return Self::Plain;
        }
        // Literal text, escaped characters and locale or colour marks are not part of the pattern.
        let mut pattern = String::new();
        let (mut quoted, mut bracketed) = (false, false);
        let mut characters = first.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '\\' | '_' | '*' => drop(characters.next()),
                '[' => bracketed = true,
                ']' => bracketed = false,
                c if !bracketed => pattern.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        if let Some((digits, _)) = pattern.split_once('%') {
            return Self::Percent(digits.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len().min(10)));
        }
        let has = |letter: char| pattern.contains(letter);
        if has('#') || has('?') || has('0') && !has('s') {
            Self::Plain
        } else if has('d') || has('y') && !has('m') {
            Self::Date
        } else if has('y') {
            Self::Month
        } else if has('h') || has('s') {
            Self::Time
        } else if has('m') {
            Self::Date
        } else {
            Self::Plain
        }
    }

    /// A number as the sheet shows it.
    pub(super) fn text(self, value: f64, since_1904: bool) -> String {
        let days = if since_1904 { value + 1462.0 } else { value };
        match self {
            Self::Plain => number_text(value),
            Self::Percent(decimals) => percent_text(value, decimals),
            Self::Date | Self::Month | Self::Time if days < 1.0 || self == Self::Time => {
                let minutes = (value.rem_euclid(1.0) * 1440.0).round() as u32 % 1440;
                format!("{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Month => match date_of_serial(days) {
                Some((year, month, _)) => format!("{year}年{month}月"),
                None => number_text(value),
            },
            Self::Date | Self::Time => match date_of_serial(days) {
                Some((year, month, day)) => date_text(year, month, day),
                None => number_text(value),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    #[test]
    fn formats_tell_percentages_dates_and_months() {
        for (code, shown) in [
            ("0%", Shown::Percent(0)),
            ("0.00%", Shown::Percent(2)),
            ("yyyy\"年\"m\"月\"", Shown::Month),
            ("[$-804]yyyy\"年\"m\"月\";@", Shown::Month),
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Date),
            ("yyyy\\-mm\\-dd", Shown::Date),
            ("m\"月\"d\"日\"", Shown::Date),
            ("h:mm", Shown::Time),
            ("General", Shown::Plain),
            ("#,##0.00", Shown::Plain),
            ("0_ ", Shown::Plain),
            ("0\"次\"", Shown::Plain),
            ("@", Shown::Plain),
        ] {
            assert_eq!(Shown::by(code), shown, "{code}");
        }
    }

    #[test]
    fn dates_agree_with_calamine() {
        for serial in (61..2_958_465).step_by(13).chain(61..1000) {
            let theirs =
                ExcelDateTime::new(f64::from(serial), ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
            let mine = date_of_serial(f64::from(serial)).expect("within the range");
            assert_eq!((mine.0, mine.1, mine.2), (theirs.0, theirs.1, theirs.2), "{serial}");
        }
        assert_eq!(date_of_serial(1.0), Some((1900, 1, 1)));
        assert_eq!(date_of_serial(-1.0), None);
        assert_eq!(date_of_serial(f64::NAN), None);
        assert_eq!(date_of_serial(1e300), None);
    }
}

//! A report as CSV (RFC 4180): one line a sample, for spreadsheets.

use super::counts::Counts;
use super::show::ShowReport;
use crate::Millis;
use crate::sale::cell;
use std::fmt::Write as _;

/// The series of a show; its totals are the sums of the columns.
pub fn csv(report: &ShowReport) -> String {
    let mut csv = String::from("time_utc,at_ms,seconds,online");
    for name in Counts::NAMES {
        let _ = write!(csv, ",{name}");
    }
    for line in &report.series.stock {
        let _ = write!(csv, ",{}", cell(&format!("left of {}", line.title)));
    }
    csv.push_str("\r\n");
    for (row, sample) in report.series.samples().enumerate() {
        let at = sample.at;
        let _ = write!(csv, "{},{},{},{}", utc(at), at.0, sample.span_s, sample.online);
        for value in sample.counts.values() {
            let _ = write!(csv, ",{value}");
        }
        for line in &report.series.stock {
            csv.push(',');
            if let Some(left) = line.left.get(row).copied().flatten() {
                let _ = write!(csv, "{left}");
            }
        }
        csv.push_str("\r\n");
    }
    csv
}

/// `2026-11-23 16:02:00`, by the days of the civil calendar.
fn utc(at: Millis) -> String {
    let seconds = at.0 / 1_000;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days from 0000-03-01, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hours, minutes) = (rest / 3_600, rest / 60 % 60);
    format!("{year:04}-{month:02}-{date:02} {hours:02}:{minutes:02}:{:02}", rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(utc(Millis(0)), "1970-01-01 00:00:00");
        assert_eq!(utc(Millis(951_782_399_000)), "2000-02-28 23:59:59");
        assert_eq!(utc(Millis(951_782_400_000)), "2000-02-29 00:00:00");
        assert_eq!(utc(Millis(1_795_449_723_500)), "2026-11-23 16:02:03");
    }
}

//! Which overlay window lies on which monitor.

use super::{screens::Screen, settings::Pane};

/// For each of `panes`, the index of its monitor; `None` where it has to hide.
///
/// A pane takes the monitor it names. One whose monitor is gone goes to the
/// primary one, unless another overlay lies there already: two on one monitor
/// would be read as one. It is back where it was as soon as its monitor is.
pub fn seats(screens: &[Screen], panes: &[Pane]) -> Vec<Option<usize>> {
    let main = screens.iter().position(|s| s.primary).or((!screens.is_empty()).then_some(0));
    let mut seats: Vec<Option<usize>> = panes
        .iter()
        .map(|pane| match &pane.monitor {
            Some(name) => screens.iter().position(|s| s.name == *name),
            None => main,
        })
        .collect();
    for i in 1..seats.len() {
        if seats[..i].contains(&seats[i]) {
            seats[i] = None;
        }
    }
    // Only one of those without a place finds the primary one free.
    if !seats.contains(&main)
        && let Some(homeless) = seats.iter_mut().find(|seat| seat.is_none())
    {
        *homeless = main;
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(name: &str, x: i32, primary: bool) -> Screen {
        Screen { name: name.into(), x, y: 0, width: 1920, height: 1080, primary }
    }

    fn pane(monitor: Option<&str>) -> Pane {
        Pane { name: "main".into(), monitor: monitor.map(Into::into) }
    }

    fn both() -> [Screen; 2] {
        [screen("left", 0, true), screen("right", 1920, false)]
    }

    #[test]
    fn a_pane_goes_to_the_primary_monitor_with_its_own_and_comes_back() {
        let panes = [pane(Some("right"))];
        assert_eq!(seats(&both(), &panes), [Some(1)]);
        assert_eq!(seats(&both()[..1], &panes), [Some(0)]);
        assert_eq!(seats(&both(), &panes), [Some(1)]);
    }

    #[test]
    fn a_pane_whose_monitor_is_gone_hides_where_another_lies_on_the_primary_one() {
        let panes = [pane(None), pane(Some("right"))];
        assert_eq!(seats(&both(), &panes), [Some(0), Some(1)]);
        assert_eq!(seats(&both()[..1], &panes), [Some(0), None]);
    }

    #[test]
    fn two_panes_never_share_a_monitor_and_the_first_named_wins() {
        let panes = [pane(Some("right")), pane(Some("right")), pane(Some("gone"))];
        assert_eq!(seats(&both(), &panes), [Some(1), Some(0), None]);
        let panes = [pane(None), pane(Some("left"))];
        assert_eq!(seats(&both(), &panes), [Some(0), None]);
    }

    #[test]
    fn without_a_primary_monitor_the_first_is_used_and_without_any_none() {
        let screens = [screen("left", 0, false), screen("right", 1920, false)];
        assert_eq!(seats(&screens, &[pane(None)]), [Some(0)]);
        assert_eq!(seats(&[], &[pane(None), pane(Some("left"))]), [None, None]);
    }
}

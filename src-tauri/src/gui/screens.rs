//! The monitors, as the tray lists them and the overlay chooses from them.

use tauri::AppHandle;

/// One monitor, in physical pixels of the whole desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// Its name; a second one of the same name is called `NAME (2)`.
    pub name: String,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// The system's main monitor.
    pub primary: bool,
}

/// Every monitor, in the system's order. Empty if the system does not say.
pub fn list(app: &AppHandle) -> Vec<Screen> {
    let primary = app.primary_monitor().ok().flatten().map(|m| *m.position());
    let mut screens = Vec::new();
    for (index, monitor) in app.available_monitors().unwrap_or_default().iter().enumerate() {
        let (position, size) = (*monitor.position(), *monitor.size());
        screens.push(Screen {
            name: monitor.name().cloned().unwrap_or_else(|| format!("Monitor {}", index + 1)),
            x: position.x,
            y: position.y,
            width: size.width,
            height: size.height,
            primary: primary == Some(position),
        });
    }
    tell_apart(&mut screens);
    screens
}

/// `screens` in words, for the log.
pub fn words(screens: &[Screen]) -> String {
    let word = |s: &Screen| format!("\"{}\" {}x{}+{}+{}", s.name, s.width, s.height, s.x, s.y);
    screens.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// Numbers the second and later monitors of one name.
fn tell_apart(screens: &mut [Screen]) {
    for i in 1..screens.len() {
        let (before, rest) = screens.split_at_mut(i);
        let name = rest[0].name.clone();
        let mut number = 1;
        while before.iter().any(|s| s.name == rest[0].name) {
            number += 1;
            rest[0].name = format!("{name} ({number})");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screens(names: &[&str], primary: usize) -> Vec<Screen> {
        let mut all: Vec<Screen> = (0i32..)
            .zip(names)
            .map(|(i, name)| Screen {
                name: (*name).into(),
                x: i * 1920,
                y: 0,
                width: 1920,
                height: 1080,
                primary: usize::try_from(i) == Ok(primary),
            })
            .collect();
        tell_apart(&mut all);
        all
    }

    #[test]
    fn monitors_of_one_name_are_numbered() {
        let names: Vec<_> =
            screens(&["DELL", "LG", "DELL", "DELL"], 0).into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["DELL", "LG", "DELL (2)", "DELL (3)"]);
    }
}

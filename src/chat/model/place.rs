//! Finds a place in a pasted map link. Nobody is asked: only what the link itself says is read.

/// Latitude and longitude in what was pasted: a link of the usual maps, `geo:`, or two numbers.
pub fn read_place(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    let plain = decode(text);
    // The pin of a place is more exact than the middle of the map that shows it.
    let pin = after(&plain, "!3d").zip(after(&plain, "!4d"));
    let osm = after(&plain, "mlat=").zip(after(&plain, "mlon="));
    let found = pin.or(osm).or_else(|| {
        let marks = [
            "q=loc:",
            "q=",
            "ll=",
            "query=",
            "destination=",
            "daddr=",
            "center=",
            "coordinate=",
            "geo:",
            "/@",
            "#map=",
        ];
        marks.iter().find_map(|mark| {
            plain.match_indices(mark).find_map(|(at, _)| pair(plain.get(at + mark.len()..)?, *mark == "#map="))
        })
    });
    let (latitude, longitude) = found.or_else(|| {
        let first = text.chars().next()?;
        (first.is_ascii_digit() || first == '-').then(|| pair(text, false))?
    })?;
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
}

/// The number behind a mark.
fn after(text: &str, mark: &str) -> Option<f64> {
    let at = text.find(mark)? + mark.len();
    number(text.get(at..)?).map(|(number, _)| number)
}

/// Two numbers; before them stands a zoom in some addresses.
fn pair(text: &str, zoomed: bool) -> Option<(f64, f64)> {
    let text = if zoomed { text.split_once('/')?.1 } else { text };
    let (first, rest) = number(text)?;
    let rest = rest.trim_start_matches([' ', '+']);
    let rest = rest.strip_prefix([',', '/', ';']).unwrap_or(rest);
    let (second, _) = number(rest.trim_start_matches([' ', '+']))?;
    Some((first, second))
}

fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || *c == '.' || *at == 0 && *c == '-'))
        .map_or(text.len(), |(at, _)| at);
    let (number, rest) = text.split_at(end);
    Some((number.parse().ok()?, rest))
}

/// Undoes the encoding of commas, which is all that hides numbers.
fn decode(text: &str) -> String {
    text.replace("%2C", ",").replace("%2c", ",").replace("%20", " ").replace("%3A", ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_from_links() {
        let place = Some((34.985_849, 135.758_767));
        for link in [
            "https://www.google.com/maps/place/X/@34.98,135.75,17z/data=!3m1!4b1!4m6!3m5!8m2!3d34.985849!4d135.758767!16z",
            "https://www.google.com/maps/@34.985849,135.758767,15z",
            "https://maps.google.com/?q=34.985849,135.758767",
            "https://www.google.com/maps/search/?api=1&query=34.985849%2C135.758767",
            "https://maps.apple.com/?ll=34.985849,135.758767&q=Kyoto",
            "https://maps.apple.com/place?coordinate=34.985849,135.758767&name=Kyoto",
            "https://www.openstreetmap.org/?mlat=34.985849&mlon=135.758767#map=15/34.9/135.7",
            "https://www.openstreetmap.org/#map=15/34.985849/135.758767",
            "geo:34.985849,135.758767?z=15",
            " 34.985849, 135.758767 ",
        ] {
            assert_eq!(read_place(link), place, "{link}");
        }
        assert_eq!(read_place("-6.175392 106.827153"), Some((-6.175_392, 106.827_153)));
        for none in [
            "",
            "Kyoto station",
            "https://goo.gl/maps/abc",
            "95.0, 10.0",
            "https://example.com/?q=ramen",
            "12",
            "🍎q=1,",
        ] {
            assert_eq!(read_place(none), None, "{none}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = read_place(&text);
            let _ = read_place(&format!("q={text}"));
        }
    }
}

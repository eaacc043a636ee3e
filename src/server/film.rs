//! Films and sounds: what they are and how long they last, read from their own tables. Nothing is played.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// The largest table of an MP4 that is read, in bytes.
const MOST_TABLE: u64 = 32 << 20;
/// How deep and how many boxes are looked into.
const MOST_BOXES: usize = 4_096;
/// Brands of MP4 that LINE's clients play.
const BRANDS: [&[u8; 4]; 14] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV", b"M4V ", b"M4VH",
    b"dash", b"mmp4",
];

/// What a file of the MPEG-4 family says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    /// MP4 or M4A, and not QuickTime, 3GP or a still picture.
    pub mp4: bool,
    /// It has pictures.
    pub pictures: bool,
    /// Milliseconds.
    pub duration: i64,
}

/// Reads a file of the MPEG-4 family; none when it is of another, or broken.
pub fn film(path: &Path) -> Option<Film> {
    let mut file = File::open(path).ok()?;
    let end = file.metadata().ok()?.len();
    let (mut at, mut mp4, mut seen) = (0, None, 0);
    while at + 8 <= end && seen < MOST_BOXES {
        seen += 1;
        let (name, header, size) = head(&mut file, at, end)?;
        match &name {
            b"ftyp" if at == 0 => mp4 = Some(is_mp4(&body(&mut file, at + header, size - header)?)),
            b"moov" => {
                let table = body(&mut file, at + header, size - header)?;
                let mut found = Film { mp4: mp4?, pictures: false, duration: 0 };
                look(&table, &mut found, &mut seen)?;
                return (found.duration > 0).then_some(found);
            }
            _ => {}
        }
        // Every file of this family begins by saying so.
        mp4?;
        at += size;
    }
    None
}

/// Name, length of the header and of the whole box.
fn head(file: &mut File, at: u64, end: u64) -> Option<([u8; 4], u64, u64)> {
    let mut bytes = [0; 16];
    file.seek(SeekFrom::Start(at)).ok()?;
    let header = if end - at >= 16 { 16 } else { 8 };
    file.read_exact(bytes.get_mut(..header)?).ok()?;
    let name = bytes[4..8].try_into().ok()?;
    let (header, size) = match u32::from_be_bytes(bytes[..4].try_into().ok()?) {
        0 => (8, end - at),
        1 => (16, u64::from_be_bytes(bytes[8..16].try_into().ok()?)),
        size => (8, u64::from(size)),
    };
    (size >= header && size <= end - at).then_some((name, header, size))
}

fn body(file: &mut File, at: u64, size: u64) -> Option<Vec<u8>> {
    if size > MOST_TABLE {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn is_mp4(ftyp: &[u8]) -> bool {
    let brands: Vec<&[u8]> = ftyp.chunks_exact(4).collect();
    let known = |brand: &&[u8]| BRANDS.iter().any(|known| known.as_slice() == *brand);
    match brands.first() {
        Some(major) if [&b"qt  "[..], b"heic", b"mif1", b"avif"].contains(major) || major.starts_with(b"3g") => false,
        Some(major) if major.starts_with(b"M4A") || major.starts_with(b"M4B") => true,
        // Behind the first brand stands a version, then the brands that the file is good for, too.
        _ => brands.iter().enumerate().any(|(at, brand)| at != 1 && known(brand)),
    }
}

/// Looks for what matters among the boxes of a table.
fn look(mut table: &[u8], found: &mut Film, seen: &mut usize) -> Option<()> {
    while table.len() >= 8 && *seen < MOST_BOXES {
        *seen += 1;
        let size = usize::try_from(u32::from_be_bytes(table[..4].try_into().ok()?)).ok()?;
        let inside = table.get(8..size)?;
        match &table[4..8] {
            b"trak" | b"mdia" => look(inside, found, seen)?,
            b"mvhd" => found.duration = length(inside)?,
            b"hdlr" => found.pictures |= inside.get(8..12)? == b"vide",
            _ => {}
        }
        table = table.get(size..)?;
    }
    Some(())
}

fn length(mvhd: &[u8]) -> Option<i64> {
    let long = *mvhd.first()? == 1;
    let number = |at: usize, bytes: usize| {
        mvhd.get(at..at + bytes).map(|bytes| bytes.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte)))
    };
    let (scale, units) = if long { (number(20, 4)?, number(24, 8)?) } else { (number(12, 4)?, number(16, 4)?) };
    i64::try_from(units.checked_mul(1_000)?.checked_div(scale)?).ok()
}

/// How long an MP3 lasts, in milliseconds; none when it is none. Told by its first frame and, where the rate
/// changes, by the count of frames that encoders leave there.
pub fn mp3(path: &Path) -> Option<i64> {
    let mut file = File::open(path).ok()?;
    let end = file.metadata().ok()?.len();
    let mut start = 0;
    let mut tag = [0; 10];
    file.read_exact(&mut tag).ok()?;
    if tag.starts_with(b"ID3") {
        start = 10 + tag[6..].iter().fold(0_u64, |sum, byte| (sum << 7) | u64::from(byte & 0x7F));
    }
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.take(16 << 10).read_to_end(&mut bytes).ok()?;
    // Some encoders leave a gap behind the tag.
    let (at, frame) = (0..bytes.len().saturating_sub(4)).find_map(|at| {
        let frame = frame(bytes.get(at..at + 4)?)?;
        let next = bytes.get(at + frame.size..at + frame.size + 4);
        next.is_none_or(|next| self::frame(next).is_some()).then_some((at, frame))
    })?;
    let counted = ["Xing", "Info"].iter().find_map(|name| {
        let head = bytes.get(at..at + frame.size.min(200))?;
        let mark = head.windows(4).position(|window| window == name.as_bytes())?;
        let flags = head.get(mark + 7)?;
        let frames = u32::from_be_bytes(head.get(mark + 8..mark + 12)?.try_into().ok()?);
        (flags & 1 == 1).then_some(i64::from(frames))
    });
    let samples = |frames: i64| frames.checked_mul(frame.samples * 1_000)?.checked_div(frame.rate);
    let all = i64::try_from(end - start).ok()?;
    counted.map_or_else(|| (all * 8).checked_div(frame.kilobits), samples).filter(|length| *length > 0)
}

struct Frame {
    size: usize,
    samples: i64,
    rate: i64,
    kilobits: i64,
}

/// Reads the four bytes before a frame of layer III.
fn frame(head: &[u8]) -> Option<Frame> {
    const FIRST: [i64; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SECOND: [i64; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [a, b, c, _] = head.first_chunk::<4>()?;
    let (version, layer) = ((b >> 3) & 3, (b >> 1) & 3);
    if *a != 0xFF || b & 0xE0 != 0xE0 || version == 1 || layer != 1 {
        return None;
    }
    let first = version == 3;
    let table = if first { FIRST } else { SECOND };
    let kilobits = *table.get(usize::from(c >> 4).checked_sub(1)?)?;
    let rate = [44_100, 48_000, 32_000].get(usize::from((c >> 2) & 3))? / [4, 1, 2, 1][usize::from(version)];
    let samples: i64 = if first { 1_152 } else { 576 };
    let size = samples / 8 * kilobits * 1_000 / rate + i64::from((c >> 1) & 1);
    Some(Frame { size: usize::try_from(size).ok()?, samples, rate, kilobits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(bytes: &[u8]) -> tempfile::TempPath {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file.into_temp_path()
    }

    fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let size = u32::try_from(inside.len() + 8).unwrap();
        [&size.to_be_bytes()[..], name, inside].concat()
    }

    /// Two and a half seconds.
    fn movie(brand: &[u8; 4], handler: &[u8; 4]) -> Vec<u8> {
        let mut mvhd = vec![0; 20];
        mvhd[12..16].copy_from_slice(&600_u32.to_be_bytes());
        mvhd[16..20].copy_from_slice(&1_500_u32.to_be_bytes());
        let hdlr = boxed(b"hdlr", &[&[0; 8][..], handler, &[0; 12]].concat());
        let trak = boxed(b"trak", &boxed(b"mdia", &hdlr));
        let moov = boxed(b"moov", &[boxed(b"mvhd", &mvhd), trak].concat());
        [boxed(b"ftyp", &[brand, &[0; 4][..]].concat()), boxed(b"mdat", &[7; 99]), moov].concat()
    }

    #[test]
    fn films_tell_what_they_are() {
        let of = |brand, handler| film(&saved(&movie(brand, handler)));
        assert_eq!(of(b"isom", b"vide"), Some(Film { mp4: true, pictures: true, duration: 2_500 }));
        assert_eq!(of(b"M4A ", b"soun"), Some(Film { mp4: true, pictures: false, duration: 2_500 }));
        assert_eq!(of(b"qt  ", b"vide").map(|film| film.mp4), Some(false));
        assert_eq!(of(b"3gp4", b"vide").map(|film| film.mp4), Some(false));
        assert_eq!(film(&saved(b"RIFF....AVI LIST")), None);
    }

    #[test]
    fn sounds_tell_how_long_they_last() {
        // MPEG 1, layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes.
        let mut one = vec![0; 417];
        one[..4].copy_from_slice(&[0xFF, 0xFB, 0x90, 0x00]);
        let plain = one.repeat(100);
        assert_eq!(mp3(&saved(&plain)), Some(41_700 * 8 / 128));
        let tagged = [&b"ID3\x04\0\0\0\0\0\x05hello"[..], &plain].concat();
        assert_eq!(mp3(&saved(&tagged)), Some(41_700 * 8 / 128));
        let mut counted = plain;
        counted[36..48].copy_from_slice(b"Xing\0\0\0\x01\0\0\x03\xE8");
        assert_eq!(mp3(&saved(&counted)), Some(1_000 * 1_152 * 1_000 / 44_100));
        assert_eq!(mp3(&saved(b"\xFF\xFBhtml>")), None);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), start in 0..4_usize) {
            let heads: [&[u8]; 4] = [b"", b"\0\0\0\x10ftypisom\0\0\0\0", b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x20moov", b"ID3\x04\0\0"];
            bytes.splice(0..0, heads[start].iter().copied());
            let path = saved(&bytes);
            let _ = film(&path);
            let _ = mp3(&path);
        }
    }
}

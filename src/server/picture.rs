//! Pictures that operators bring, made into what LINE takes: decoded within limits, turned as the camera was held,
//! and written anew, which drops whatever else the file carried (places, cameras, a page hidden behind the pixels).

use crate::chat::model::upload::{PICTURE_LIMIT, PREVIEW_LIMIT};
use anyhow::{Context, bail};
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits, Rgb, RgbImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::{self, FilterType},
};
use std::{io::Cursor, path::Path, sync::LazyLock};
use tokio::sync::Semaphore;

/// The largest picture that is decoded, in pixels of one side.
const MOST_PIXELS: u32 = 12_000;
/// The largest picture that is decoded, in pixels altogether: 48 million are what phones make.
const MOST_AREA: u64 = 50_000_000;
/// Longest side of the preview that LINE is given, in pixels.
const PREVIEW_SIDE: u32 = 1_024;
/// Side of an icon, in pixels.
const ICON_SIDE: u32 = 256;

/// Pictures that are made at once: each may take 200 MB for a moment.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A picture as LINE takes it.
pub struct Made {
    /// JPEG or PNG.
    pub bytes: Vec<u8>,
    /// Which of both.
    pub content_type: &'static str,
    /// Pixels.
    pub size: (u32, u32),
    /// A small JPEG of it.
    pub preview: Vec<u8>,
}

/// Makes a picture, away from the threads that serve.
///
/// # Errors
/// When it is no picture, or too large a one.
pub async fn remake(from: &Path) -> anyhow::Result<Made> {
    let _turn = AT_ONCE.acquire().await?;
    let from = from.to_owned();
    tokio::task::spawn_blocking(move || make(&open(&from)?)).await?
}

/// A square PNG for the side of a bubble.
///
/// # Errors
/// As [`remake`].
pub async fn icon(from: &Path) -> anyhow::Result<Vec<u8>> {
    let _turn = AT_ONCE.acquire().await?;
    let from = from.to_owned();
    tokio::task::spawn_blocking(move || {
        let square = open(&from)?.resize_to_fill(ICON_SIDE, ICON_SIDE, FilterType::Triangle);
        png(&square)
    })
    .await?
}

/// Decodes a picture within limits, the right way up.
pub fn open(from: &Path) -> anyhow::Result<DynamicImage> {
    let mut reader = ImageReader::open(from)?.with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(256 << 20);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_AREA {
        bail!("{width} by {height} pixels are too many");
    }
    let turned = decoder.orientation().context("unreadable orientation")?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

fn make(picture: &DynamicImage) -> anyhow::Result<Made> {
    let preview = preview(picture)?;
    if is_seen_through(picture) {
        let bytes = png(picture)?;
        if !over(&bytes, PICTURE_LIMIT) {
            return Ok(Made { bytes, content_type: "image/png", size: (picture.width(), picture.height()), preview });
        }
    }
    // Finer than LINE takes: coarser first, then smaller.
    let (mut canvas, mut quality) = (on_white(picture), 90);
    loop {
        let bytes = jpeg(&canvas, quality)?;
        if !over(&bytes, PICTURE_LIMIT) {
            return Ok(Made { bytes, content_type: "image/jpeg", size: canvas.dimensions(), preview });
        }
        if quality > 80 {
            quality = 80;
        } else {
            let (width, height) = canvas.dimensions();
            canvas = imageops::resize(&canvas, (width * 3 / 4).max(1), (height * 3 / 4).max(1), FilterType::Triangle);
        }
    }
}

fn over(bytes: &[u8], limit: u64) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|length| length > limit)
}

fn preview(picture: &DynamicImage) -> anyhow::Result<Vec<u8>> {
    let mut side = PREVIEW_SIDE;
    loop {
        let fits = picture.width().max(picture.height()) <= side;
        let small = if fits { picture.clone() } else { picture.resize(side, side, FilterType::Triangle) };
        let bytes = jpeg(&on_white(&small), 80)?;
        if !over(&bytes, PREVIEW_LIMIT) {
            return Ok(bytes);
        }
        side = side * 3 / 4;
    }
}

/// Whether something would be lost on a JPEG's white ground.
fn is_seen_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel[3] < 255)
}

fn jpeg(canvas: &RgbImage, quality: u8) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    canvas.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))?;
    Ok(bytes.into_inner())
}

fn png(picture: &DynamicImage) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = picture.to_rgba8();
    PngEncoder::new(&mut bytes).write_image(
        &pixels,
        pixels.width(),
        pixels.height(),
        image::ExtendedColorType::Rgba8,
    )?;
    Ok(bytes.into_inner())
}

/// JPEG knows no transparency; on white it looks as in a chat.
pub fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut canvas = RgbImage::from_pixel(picture.width(), picture.height(), Rgb([255; 3]));
    for (x, y, pixel) in picture.to_rgba8().enumerate_pixels() {
        let alpha = u16::from(pixel[3]);
        let mix = |channel: u8| u8::try_from((u16::from(channel) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
        canvas.put_pixel(x, y, Rgb([mix(pixel[0]), mix(pixel[1]), mix(pixel[2])]));
    }
    canvas
}

/// What stands for a film of which no picture could be had: a dark ground with the sign for playing.
///
/// # Errors
/// None that should happen.
pub fn film() -> anyhow::Result<Vec<u8>> {
    let canvas = RgbImage::from_fn(640, 360, |x, y| {
        let (right, down) = (i64::from(x) - 290, i64::from(y) - 180);
        let inside = (0..=80).contains(&right) && down.abs() * 8 <= (80 - right) * 5;
        if inside { Rgb([236, 239, 234]) } else { Rgb([40, 46, 43]) }
    });
    jpeg(&canvas, 80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn saved(bytes: &[u8]) -> tempfile::TempPath {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file.into_temp_path()
    }

    #[test]
    fn what_is_opaque_becomes_jpeg_and_the_rest_png() {
        let opaque = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 30, Rgba([1, 2, 3, 255])));
        let made = make(&opaque).unwrap();
        assert_eq!((made.content_type, made.size), ("image/jpeg", (40, 30)));
        let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(2_000, 30, Rgba([1, 2, 3, 9])));
        let made = make(&glass).unwrap();
        assert_eq!((made.content_type, &made.bytes[1..4]), ("image/png", &b"PNG"[..]));
        let small = image::load_from_memory(&made.preview).unwrap();
        assert_eq!((small.width(), made.preview.starts_with(b"\xFF\xD8")), (1_024, true));
    }

    #[test]
    fn noise_is_made_to_fit() {
        let mut seed = 1_u32;
        let noise = RgbImage::from_fn(3_600, 3_600, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = seed.to_be_bytes();
            Rgb([a, b, c])
        });
        let made = make(&DynamicImage::ImageRgb8(noise)).unwrap();
        assert!(!over(&made.bytes, PICTURE_LIMIT) && !over(&made.preview, PREVIEW_LIMIT));
        let again = image::load_from_memory(&made.bytes).unwrap();
        assert_eq!((again.width(), again.height()), made.size);
    }

    #[test]
    fn bombs_and_other_things_are_no_pictures() {
        // A PNG that says it is 60,000 pixels wide.
        let mut bomb = png(&DynamicImage::new_rgb8(1, 1)).unwrap();
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        for bytes in [&bomb[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a<script>", b""] {
            assert!(open(&saved(bytes)).is_err());
        }
        assert!(film().unwrap().len() < 100_000);
    }
}

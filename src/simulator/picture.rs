//! Draws pictures: there is no artwork to ship, and no face to borrow.

use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};

/// A number from the characters of an id, the same every time.
fn seed(id: &str) -> u32 {
    id.bytes().fold(2_166_136_261, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619))
}

const GROUNDS: [[u8; 3]; 8] = [
    [106, 140, 90],
    [168, 118, 62],
    [138, 90, 128],
    [90, 118, 144],
    [122, 108, 82],
    [74, 122, 112],
    [146, 80, 76],
    [90, 104, 164],
];

/// Height of the hills of layer `layer` at `x` (0 to 1), as a share of the picture.
fn hill(seed: u32, layer: u32, x: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few bits of a hash")]
    let phase = ((seed >> (layer * 7)) & 0x7F) as f32 / 20.0;
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let depth = layer as f32;
    0.34 + depth * 0.17 + 0.08 * (x * (5.0 - depth) + phase).sin() + 0.03 * (x * 13.0 + phase * 2.0).sin()
}

/// Hills in the evening, in colours that follow from `id`.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of a picture and colours between 0 and 255"
)]
fn landscape(id: &str, width: u32, height: u32) -> RgbImage {
    let seed = seed(id);
    let ground = GROUNDS[seed as usize % GROUNDS.len()];
    let sun = (0.2 + (seed >> 9 & 0xFF) as f32 / 425.0, 0.22);
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
        let layers = (0..3).filter(|layer| y > hill(seed, *layer, x)).count();
        let aspect = height as f32 / width as f32;
        let near_sun = ((x - sun.0).powi(2) + ((y - sun.1) * aspect).powi(2)).sqrt() < 0.07;
        Rgb(ground.map(|channel| {
            let channel = f32::from(channel);
            let value = match layers {
                0 if near_sun => 250.0,
                0 => channel + (252.0 - channel) * (0.45 + 0.4 * y),
                1 => channel + 40.0,
                2 => channel,
                _ => channel * 0.68,
            };
            value.clamp(0.0, 255.0) as u8
        }))
    })
}

/// A picture that follows from `id`, as PNG.
pub fn png(id: &str, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = landscape(id, width, height);
    match PngEncoder::new(&mut bytes).write_image(&picture, width, height, ExtendedColorType::Rgb8) {
        Ok(()) => bytes,
        Err(error) => {
            tracing::error!(%error, "a picture could not be drawn");
            Vec::new()
        }
    }
}

/// A picture that follows from `id`, as JPEG, as phones send photographs.
pub fn jpeg(id: &str, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = JpegEncoder::new_with_quality(&mut bytes, 82).encode_image(&landscape(id, width, height)) {
        tracing::error!(%error, "a picture could not be drawn");
    }
    bytes
}

/// The first letter of `name` on a colour that follows from `id`, as SVG.
pub fn initial(id: &str, name: &str) -> String {
    let [red, green, blue] = GROUNDS[seed(id) as usize % GROUNDS.len()];
    let first: String = name.chars().take(1).collect();
    let letter = html_escape::encode_text(&first);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'><rect width='96' height='96' fill='rgb({red},{green},{blue})'/>\
         <text x='48' y='51' fill='white' font-family='system-ui,sans-serif' font-size='44' text-anchor='middle' \
         dominant-baseline='middle'>{letter}</text></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_can_be_read_back() {
        for bytes in [png("U1", 64, 48), jpeg("U1", 64, 48)] {
            let picture = image::load_from_memory(&bytes).map(|picture| (picture.width(), picture.height()));
            assert_eq!(picture.ok(), Some((64, 48)));
        }
        assert!(initial("U1", "<b>").contains("&lt;"));
    }
}

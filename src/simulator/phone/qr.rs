//! QR codes, read from pictures.

use image::{ImageReader, Limits, imageops::FilterType};
use std::io::Cursor;

/// Larger pictures are made smaller before they are searched.
const SIDE: u32 = 1_600;

/// Finds the text of a QR code in a picture.
pub fn read(picture: &[u8]) -> Option<String> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(12_000);
    limits.max_image_height = Some(12_000);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let large = picture.width().max(picture.height()) > SIDE;
    let picture = if large { picture.resize(SIDE, SIDE, FilterType::Triangle) } else { picture };
    let grey = picture.to_luma8();
    let (width, height) = (usize::try_from(grey.width()).ok()?, usize::try_from(grey.height()).ok()?);
    let pixels = grey.as_raw();
    let at = |x: usize, y: usize| pixels.get(y * width + x).copied().unwrap_or(255);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    prepared.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::qr::{QUIET, svg};
    use image::{GrayImage, ImageFormat, Luma};
    use qrcodegen::{QrCode, QrCodeEcc};

    #[test]
    fn what_is_drawn_can_be_read() {
        let text = "http://127.0.0.1:3010/R/ti/p/%40onsen?sim_path=qr";
        let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { panic!("too long") };
        let side = u32::try_from(code.size() + 2 * QUIET).unwrap_or_default() * 6;
        let module = |at: u32| i32::try_from(at / 6).unwrap_or_default() - QUIET;
        let picture =
            GrayImage::from_fn(side, side, |x, y| Luma([if code.get_module(module(x), module(y)) { 0 } else { 255 }]));
        let mut bytes = Cursor::new(Vec::new());
        assert!(picture.write_to(&mut bytes, ImageFormat::Png).is_ok());
        assert_eq!(read(bytes.get_ref()).as_deref(), Some(text));
        assert_eq!(read(b"no picture"), None);
        assert!(svg(text).is_some_and(|svg| svg.contains("viewBox")));
    }
}

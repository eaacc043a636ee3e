//! What went wrong.

use crate::i18n::key::part::Error as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::ErrorUnauthenticated => "เซสชันสิ้นสุดแล้ว กรุณาเข้าสู่ระบบเพื่อทำต่อ",
        Key::ErrorForbidden => "สิทธิ์ของคุณทำสิ่งนี้ไม่ได้",
        Key::ErrorNotFound => "ไม่พบรายการนี้ หรืออาจถูกลบไปแล้ว",
        Key::ErrorTooMany => "ลองหลายครั้งเกินไป กรุณาลองใหม่ในอีก {seconds} วินาที",
        Key::ErrorConflict => "มีคนอื่นแก้ไขไปก่อนแล้ว กรุณาตรวจสอบอีกครั้งก่อนดำเนินการ",
        Key::ErrorUnavailable => "เซิร์ฟเวอร์ยังบันทึกไม่ได้ในตอนนี้ ไม่มีอะไรถูกเปลี่ยน กรุณาลองใหม่อีกสักครู่",
        Key::ErrorUnreachable => "ติดต่อเซิร์ฟเวอร์ไม่ได้ ระบบจะลองใหม่ให้เอง",
        Key::ErrorInternal => "เกิดปัญหาที่เซิร์ฟเวอร์ หากยังเป็นอยู่ กรุณาแจ้งหมายเลขนี้แก่ผู้ดูแล: {id}",
        Key::ErrorEmpty => "กรุณากรอกช่องนี้",
        Key::ErrorTooLong => "ยาวเกินไป ใส่ได้ไม่เกิน {limit} ตัวอักษร",
        Key::ErrorTooShort => "สั้นเกินไป ต้องมีอย่างน้อย {limit} ตัวอักษร",
        Key::ErrorInvalid => "รูปแบบไม่ถูกต้อง",
        Key::ErrorTaken => "มีการใช้งานแล้ว",
        Key::ErrorWrongLogin => "อีเมลหรือรหัสผ่านไม่ถูกต้อง",
        Key::ErrorRefused => "LINE ไม่ยอมรับ: {message}",
        Key::ErrorLineUnreachable => "ติดต่อ LINE ไม่ได้ กรุณาตรวจสอบการเชื่อมต่อของเซิร์ฟเวอร์แล้วลองใหม่",
        Key::ErrorFull => "ครบ {limit} แล้ว เอาออกสักรายการก่อน",
        Key::ErrorTooLarge => "ไฟล์ใหญ่เกินไป ส่งได้ไม่เกิน {limit} MB",
        Key::ErrorNotPicture => "เปิดรูปนี้ไม่ได้ หรือรูปมีเกิน 50 ล้านพิกเซล กรุณาบันทึกเป็น JPEG หรือ PNG แล้วลองใหม่",
        Key::ErrorNotFilm => "LINE เล่นได้เฉพาะวิดีโอ MP4 กรุณาส่งออกเป็น MP4 (H.264) หรือส่งเป็นไฟล์แทน",
        Key::ErrorNotSound => "LINE เล่นได้เฉพาะเสียง M4A และ MP3 กรุณาแปลงไฟล์ หรือส่งเป็นไฟล์แทน",
        Key::ErrorActive => "ส่งหน้าเว็บและไฟล์ SVG ไม่ได้ เพราะอาจมีสคริปต์อยู่ข้างใน กรุณาส่งเป็นรูปหรือ PDF หรือบีบอัดเป็น ZIP",
        Key::ErrorNoAddress => {
            "LINE ยังดึงไฟล์จากเซิร์ฟเวอร์นี้ไม่ได้ ต้องตั้งที่อยู่สาธารณะก่อน (--public-url https://…) กรุณาติดต่อผู้ดูแลระบบ"
        }
        Key::ErrorGone => "ไม่พบไฟล์หรือข้อความที่ต้องใช้แล้ว",
        Key::ErrorWrongCode => "รหัสไม่ถูกต้องหรือถูกใช้ไปแล้ว รหัสใหม่จะแสดงทุก 30 วินาที",
    }
}

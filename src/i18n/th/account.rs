//! LINE Official Accounts and their settings.

use crate::i18n::key::part::Account as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AccountTitle => "บัญชี LINE",
        Key::AccountConnectTitle => "เชื่อมต่อบัญชี LINE Official Account",
        Key::AccountConnectMore => "สามขั้นตอน ใช้เวลาราวสิบนาที คุณต้องเป็นผู้ดูแลบัญชีที่ LINE",
        Key::AccountStep1 => "เปิดใช้ Messaging API",
        Key::AccountStep1More => {
            "เปิด LINE Official Account Manager เลือกบัญชี ไปที่ การตั้งค่า > Messaging API แล้วเปิดใช้ LINE จะถามหาผู้ให้บริการ (Provider) ซึ่งคือบริษัทของคุณ ให้เลือกรายการที่มีอยู่แล้ว เพราะเปลี่ยนภายหลังไม่ได้"
        }
        Key::AccountOpenManager => "เปิด LINE Official Account Manager",
        Key::AccountStep2 => "คัดลอก Channel ID และ Channel secret",
        Key::AccountStep2More => "ใน LINE Developers Console เปิดผู้ให้บริการแล้วเปิดแชนเนล ทั้งสองค่าอยู่ในแท็บ “Basic settings”",
        Key::AccountOpenDevelopers => "เปิด LINE Developers Console",
        Key::AccountChannelId => "Channel ID",
        Key::AccountChannelIdHint => "ตัวเลขสิบหลัก",
        Key::AccountSecret => "Channel secret",
        Key::AccountSecretHint => "ตัวอักษรและตัวเลข 32 ตัว จะเก็บแบบเข้ารหัสและไม่แสดงอีก",
        Key::AccountToken => "Channel access token",
        Key::AccountTokenHint => "เว้นว่างไว้ได้ ระบบจะขอและต่ออายุโทเค็นให้เอง กรอกเฉพาะเมื่อต้องการใช้โทเค็นระยะยาวเดิมต่อ",
        Key::AccountAdvanced => "สำหรับกรณีพิเศษ",
        Key::AccountApiBase => "ที่อยู่ของ LINE API",
        Key::AccountApiBaseHint => "เว้นว่างเพื่อใช้ LINE จริง หรือใส่ที่อยู่ของตัวจำลองเพื่อทดลอง",
        Key::AccountStep3 => "ใส่ Webhook URL ที่ LINE",
        Key::AccountStep3More => "เมื่อเชื่อมต่อแล้ว หน้าถัดไปจะตั้ง Webhook URL ที่ LINE ให้ หรือแสดงให้คัดลอก แล้วตรวจว่าทุกอย่างทำงาน",
        Key::AccountConnect => "เชื่อมต่อ",
        Key::AccountWebhook => "Webhook",
        Key::AccountWebhookMore => {
            "LINE ส่งข้อความมายังที่อยู่นี้ ตั้งค่าได้ใน Developers Console ที่แท็บ “Messaging API” และต้องเปิด “Use webhook”"
        }
        Key::AccountWebhookUrl => "Webhook URL",
        Key::AccountSetWebhook => "ตั้งค่าที่ LINE ให้เลย",
        Key::AccountWebhookSet => "ตั้งที่อยู่ที่ LINE แล้ว",
        Key::AccountChecks => "ทุกอย่างทำงานหรือไม่",
        Key::AccountCheckAgain => "ตรวจอีกครั้ง",
        Key::AccountChecking => "กำลังสอบถาม LINE…",
        Key::AccountStateOk => "ใช้ได้",
        Key::AccountStateWarn => "ควรตรวจดู",
        Key::AccountStateFail => "ใช้ไม่ได้",
        Key::AccountStateUnknown => "ไม่ทราบ",
        Key::AccountStateRunning => "กำลังตรวจ",
        Key::AccountCheckToken => "การเข้าถึง",
        Key::AccountCheckTokenOk => "LINE ยอมรับโทเค็นของเรา",
        Key::AccountCheckTokenFix => {
            "LINE ปฏิเสธโทเค็น กรุณาคัดลอก Channel secret ใหม่ (ค่าจะเปลี่ยนเมื่อมีผู้กด “Issue”) แล้วกรอกในหัวข้อข้อมูลรับรองด้านล่าง"
        }
        Key::AccountCheckWebhookUrl => "ที่อยู่ Webhook",
        Key::AccountCheckWebhookUrlOk => "LINE มีที่อยู่ของเราแล้ว",
        Key::AccountCheckWebhookUrlFix => {
            "LINE ยังไม่มีที่อยู่ หรือมีที่อยู่ของระบบอื่น กรุณากด “ตั้งค่าที่ LINE ให้เลย” ด้านบน ระบบอื่นที่ใช้บัญชีนี้จะไม่ได้รับข้อความอีก"
        }
        Key::AccountCheckWebhookActive => "เปิดใช้ Webhook",
        Key::AccountCheckWebhookActiveOk => "LINE ส่งเหตุการณ์มาให้เรา",
        Key::AccountCheckWebhookActiveFix => "เปิด “Use webhook” ใน Developers Console ที่แชนเนล แท็บ “Messaging API”",
        Key::AccountCheckReachable => "LINE ติดต่อเราได้",
        Key::AccountCheckReachableOk => "การทดสอบของ LINE มาถึงแล้ว",
        Key::AccountCheckReachableFix => {
            "LINE ติดต่อที่อยู่นี้ไม่ได้ ต้องเป็น https ที่ใช้ใบรับรองจากผู้ออกสาธารณะ และเข้าถึงได้จากอินเทอร์เน็ต กรุณาตรวจโดเมน พร็อกซี และไฟร์วอลล์"
        }
        Key::AccountCheckSignature => "ลายเซ็น",
        Key::AccountCheckSignatureOk => "ลายเซ็นของ LINE ตรงกับ Channel secret",
        Key::AccountCheckSignatureFix => {
            "Webhook ล่าสุดไม่ตรงกับ Channel secret กรุณาคัดลอกจาก “Basic settings” อีกครั้ง แล้วกรอกในหัวข้อข้อมูลรับรองด้านล่าง"
        }
        Key::AccountCheckChatMode => "ตอบเพียงระบบเดียว",
        Key::AccountCheckChatModeOk => "แชตของ LINE ปิดอยู่ เพื่อนจะไม่ได้รับคำตอบซ้ำ",
        Key::AccountCheckChatModeFix => {
            "แชตของ LINE เปิดอยู่พร้อมกับคอนโซลนี้ ข้อความที่ตอบจากที่นั่นจะไม่เห็นที่นี่ และระบบตอบกลับอัตโนมัติของ LINE อาจตอบด้วย กรุณาปิดแชตและข้อความตอบกลับอัตโนมัติใน LINE Official Account Manager ที่ การตั้งค่า > การตั้งค่าการตอบกลับ"
        }
        Key::AccountCheckQuota => "ข้อความที่เหลือ",
        Key::AccountCheckQuotaOk => "เดือนนี้ยังมีข้อความเหลือ การตอบกลับไม่เสียค่าใช้จ่ายเสมอ",
        Key::AccountCheckQuotaFix => {
            "ข้อความของเดือนนี้ใกล้หมดหรือหมดแล้ว การตอบกลับเพื่อนยังไม่เสียค่าใช้จ่าย หากต้องการส่งเพิ่ม กรุณาเลือกแพ็กเกจที่ใหญ่ขึ้นใน LINE Official Account Manager"
        }
        Key::AccountCheckUnknown => "ตรวจสอบไม่ได้ มักเป็นเพราะการตรวจก่อนหน้าไม่ผ่าน",
        Key::AccountQuotaUsed => "เดือนนี้ใช้ไป {used} จาก {quota} ข้อความ",
        Key::AccountQuotaFree => "เดือนนี้ใช้ไป {used} ข้อความ ไม่จำกัด",
        Key::AccountFacts => "ข้อมูลบัญชี",
        Key::AccountBasicId => "Basic ID",
        Key::AccountBotId => "User ID ของบัญชี",
        Key::AccountTokenKind => "โทเค็น",
        Key::AccountTokenStateless => "ขอและต่ออายุให้เอง",
        Key::AccountTokenLong => "โทเค็นระยะยาวที่กรอกเอง",
        Key::AccountCredentials => "ข้อมูลรับรอง",
        Key::AccountCredentialsMore => "กรอกเฉพาะสิ่งที่เปลี่ยน ช่องที่เว้นว่างจะใช้ค่าเดิม",
        Key::AccountDisconnect => "ยกเลิกการเชื่อมต่อบัญชี",
        Key::AccountDisconnectMore => {
            "แชต รายชื่อ และรูปภาพของบัญชีนี้จะถูกลบจากคอนโซลนี้อย่างถาวร ที่ LINE จะไม่มีอะไรถูกลบ แต่จะดึงข้อความเก่ากลับมาไม่ได้"
        }
        Key::AccountConfirm => "พิมพ์ {id} เพื่อยืนยัน",
    }
}

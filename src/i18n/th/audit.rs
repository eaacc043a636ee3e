//! The activity log.

use crate::i18n::key::part::Audit as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AuditTitle => "บันทึกการทำงาน",
        Key::AuditMore => "ใครทำอะไร เรียงจากใหม่สุด บันทึกเพิ่มได้อย่างเดียว หากมีการแก้ไข engawa check จะตรวจพบ",
        Key::AuditSearch => "ชื่อ สิ่งที่เกี่ยวข้อง หรือที่อยู่ IP",
        Key::AuditAction => "การกระทำ",
        Key::AuditAny => "ทั้งหมด",
        Key::AuditFind => "ค้นหา",
        Key::AuditOlder => "บันทึกก่อนหน้า",
        Key::AuditNothing => "ไม่พบบันทึก",
        Key::AuditNobody => "ยังไม่ได้เข้าสู่ระบบ",
        Key::AuditLoggedIn => "เข้าสู่ระบบ",
        Key::AuditLogInFailed => "เข้าสู่ระบบไม่สำเร็จ",
        Key::AuditLoggedOutEverywhere => "ออกจากระบบทุกอุปกรณ์",
        Key::AuditPasswordChanged => "เปลี่ยนรหัสผ่าน",
        Key::AuditPasswordLinkMade => "สร้างลิงก์ตั้งรหัสผ่านใหม่",
        Key::AuditPasswordSetByLink => "ตั้งรหัสผ่านผ่านลิงก์",
        Key::AuditTwoStepOn => "เปิดการเข้าสู่ระบบสองขั้นตอน",
        Key::AuditTwoStepOff => "ปิดการเข้าสู่ระบบสองขั้นตอน",
        Key::AuditTwoStepReset => "ปิดการเข้าสู่ระบบสองขั้นตอนของสมาชิก",
        Key::AuditRecoveryCodesMade => "สร้างรหัสกู้คืนใหม่",
        Key::AuditRecoveryCodeUsed => "เข้าสู่ระบบด้วยรหัสกู้คืน",
        Key::AuditInvited => "สร้างลิงก์เชิญ",
        Key::AuditInvitationRevoked => "ยกเลิกลิงก์เชิญ",
        Key::AuditJoined => "เข้าร่วมทีม",
        Key::AuditOperatorAdded => "เพิ่มสมาชิก",
        Key::AuditRoleChanged => "เปลี่ยนบทบาท",
        Key::AuditOperatorRemoved => "ลบสมาชิก",
        Key::AuditAccountConnected => "เชื่อมต่อบัญชี LINE",
        Key::AuditAccountChanged => "เปลี่ยนข้อมูลรับรองของบัญชี LINE",
        Key::AuditAccountDisconnected => "ยกเลิกการเชื่อมต่อบัญชี LINE",
        Key::AuditChatDeleted => "ลบแชต",
        Key::AuditChatRestored => "กู้คืนแชตที่ลบ",
        Key::AuditChatPurged => "ลบแชตถาวร",
        Key::AuditGroupLeft => "ออกจากกลุ่ม LINE",
        Key::AuditHistoryDownloaded => "ดาวน์โหลดประวัติ",
    }
}

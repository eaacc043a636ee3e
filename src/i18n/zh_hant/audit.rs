//! The activity log.

use crate::i18n::key::part::Audit as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AuditTitle => "操作記錄",
        Key::AuditMore => "依時間由新到舊列出誰做了什麼。記錄只能新增；若遭竄改，engawa check 會發現。",
        Key::AuditSearch => "名稱、對象或 IP 位址",
        Key::AuditAction => "操作",
        Key::AuditAny => "全部",
        Key::AuditFind => "搜尋",
        Key::AuditOlder => "更早的記錄",
        Key::AuditNothing => "沒有符合的記錄",
        Key::AuditNobody => "未登入",
        Key::AuditLoggedIn => "登入",
        Key::AuditLogInFailed => "登入失敗",
        Key::AuditLoggedOutEverywhere => "從所有裝置登出",
        Key::AuditPasswordChanged => "變更密碼",
        Key::AuditPasswordLinkMade => "建立重設密碼連結",
        Key::AuditPasswordSetByLink => "透過連結設定密碼",
        Key::AuditTwoStepOn => "開啟兩步驟登入",
        Key::AuditTwoStepOff => "關閉兩步驟登入",
        Key::AuditTwoStepReset => "關閉成員的兩步驟登入",
        Key::AuditRecoveryCodesMade => "重新產生復原碼",
        Key::AuditRecoveryCodeUsed => "使用復原碼登入",
        Key::AuditInvited => "建立加入連結",
        Key::AuditInvitationRevoked => "撤回加入連結",
        Key::AuditJoined => "加入團隊",
        Key::AuditOperatorAdded => "新增成員",
        Key::AuditRoleChanged => "變更角色",
        Key::AuditOperatorRemoved => "移除成員",
        Key::AuditAccountConnected => "連接 LINE 帳號",
        Key::AuditAccountChanged => "變更 LINE 帳號憑證",
        Key::AuditAccountDisconnected => "中斷 LINE 帳號連接",
        Key::AuditChatDeleted => "刪除聊天",
        Key::AuditChatRestored => "還原已刪除的聊天",
        Key::AuditChatPurged => "永久移除已刪除的聊天",
        Key::AuditGroupLeft => "退出 LINE 群組",
        Key::AuditHistoryDownloaded => "下載紀錄",
    }
}

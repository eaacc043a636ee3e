//! The activity log.

use crate::i18n::key::part::Audit as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AuditTitle => "操作ログ",
        Key::AuditMore => {
            "誰が何をしたかを新しい順に表示します。記録は追加されるだけで、書き換えがあれば engawa check で検出されます。"
        }
        Key::AuditSearch => "名前・対象・アドレス",
        Key::AuditAction => "操作",
        Key::AuditAny => "すべて",
        Key::AuditFind => "検索",
        Key::AuditOlder => "さらに前の記録",
        Key::AuditNothing => "該当する記録はありません",
        Key::AuditNobody => "未ログイン",
        Key::AuditLoggedIn => "ログイン",
        Key::AuditLogInFailed => "ログイン失敗",
        Key::AuditLoggedOutEverywhere => "すべての端末からログアウト",
        Key::AuditPasswordChanged => "パスワードを変更",
        Key::AuditPasswordLinkMade => "パスワード再設定リンクを作成",
        Key::AuditPasswordSetByLink => "リンクからパスワードを設定",
        Key::AuditTwoStepOn => "2段階認証をオンにした",
        Key::AuditTwoStepOff => "2段階認証をオフにした",
        Key::AuditTwoStepReset => "メンバーの2段階認証をオフにした",
        Key::AuditRecoveryCodesMade => "リカバリーコードを作り直した",
        Key::AuditRecoveryCodeUsed => "リカバリーコードでログイン",
        Key::AuditInvited => "招待リンクを作成",
        Key::AuditInvitationRevoked => "招待リンクを取り消し",
        Key::AuditJoined => "チームに参加",
        Key::AuditOperatorAdded => "メンバーを追加",
        Key::AuditRoleChanged => "権限を変更",
        Key::AuditOperatorRemoved => "メンバーを削除",
        Key::AuditAccountConnected => "LINEアカウントを接続",
        Key::AuditAccountChanged => "LINEアカウントの認証情報を変更",
        Key::AuditAccountDisconnected => "LINEアカウントの接続を解除",
        Key::AuditChatDeleted => "チャットを削除",
        Key::AuditChatRestored => "削除したチャットを復元",
        Key::AuditChatPurged => "削除したチャットを完全に消去",
        Key::AuditGroupLeft => "LINEグループを退会",
        Key::AuditHistoryDownloaded => "履歴をダウンロード",
    }
}

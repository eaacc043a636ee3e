//! LINE Official Accounts and their settings.

use crate::i18n::key::part::Account as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AccountTitle => "LINE 帳號",
        Key::AccountConnectTitle => "連接 LINE 官方帳號",
        Key::AccountConnectMore => "共三個步驟，約十分鐘。您需要具備該 LINE 帳號的管理員權限。",
        Key::AccountStep1 => "啟用 Messaging API",
        Key::AccountStep1More => {
            "開啟 LINE Official Account Manager，選擇帳號，前往「設定」→「Messaging API」並啟用。LINE 會要求選擇服務提供者（Provider），也就是您的公司；請選擇現有的，之後無法變更。"
        }
        Key::AccountOpenManager => "開啟 LINE Official Account Manager",
        Key::AccountStep2 => "複製頻道 ID 與密鑰",
        Key::AccountStep2More => {
            "在 LINE Developers Console 開啟服務提供者，再開啟頻道。兩者都在「Basic settings」分頁。"
        }
        Key::AccountOpenDevelopers => "開啟 LINE Developers Console",
        Key::AccountChannelId => "頻道 ID（Channel ID）",
        Key::AccountChannelIdHint => "十位數字。",
        Key::AccountSecret => "頻道密鑰（Channel secret）",
        Key::AccountSecretHint => "32 個英數字元。加密儲存，不會再次顯示。",
        Key::AccountToken => "頻道存取權杖（Channel access token）",
        Key::AccountTokenHint => "可留空，系統會自動取得並更新權杖。僅在想繼續使用既有的長期權杖時填寫。",
        Key::AccountAdvanced => "特殊情況",
        Key::AccountApiBase => "LINE API 位址",
        Key::AccountApiBaseHint => "連接 LINE 本身時請留空；想試用時請填入模擬器的位址。",
        Key::AccountStep3 => "將 Webhook 網址設定到 LINE",
        Key::AccountStep3More => {
            "連接後，下一頁會替您將 Webhook 網址設定到 LINE（或顯示供您貼上），並檢查一切是否正常。"
        }
        Key::AccountConnect => "連接",
        Key::AccountWebhook => "Webhook",
        Key::AccountWebhookMore => {
            "LINE 會將訊息送到這個網址。請在 Developers Console 的「Messaging API」分頁設定，並開啟「Use webhook」。"
        }
        Key::AccountWebhookUrl => "Webhook 網址",
        Key::AccountSetWebhook => "替我設定到 LINE",
        Key::AccountWebhookSet => "已將網址設定到 LINE。",
        Key::AccountChecks => "運作檢查",
        Key::AccountCheckAgain => "重新檢查",
        Key::AccountChecking => "正在向 LINE 確認…",
        Key::AccountStateOk => "正常",
        Key::AccountStateWarn => "請留意",
        Key::AccountStateFail => "異常",
        Key::AccountStateUnknown => "未知",
        Key::AccountStateRunning => "檢查中",
        Key::AccountCheckToken => "存取權限",
        Key::AccountCheckTokenOk => "LINE 接受我們的權杖。",
        Key::AccountCheckTokenFix => {
            "LINE 拒絕了權杖。請重新複製頻道密鑰（有人按下「Issue」後會改變），並填入下方的憑證。"
        }
        Key::AccountCheckWebhookUrl => "Webhook 網址",
        Key::AccountCheckWebhookUrlOk => "LINE 已設定我們的網址。",
        Key::AccountCheckWebhookUrlFix => {
            "LINE 尚未設定網址，或設定的是其他系統的網址。請按上方的「替我設定到 LINE」。使用同一帳號的其他系統將不再收到訊息。"
        }
        Key::AccountCheckWebhookActive => "Webhook 開關",
        Key::AccountCheckWebhookActiveOk => "LINE 會將事件傳送給我們。",
        Key::AccountCheckWebhookActiveFix => "請在 Developers Console 的頻道「Messaging API」分頁開啟「Use webhook」。",
        Key::AccountCheckReachable => "LINE 可連線到我們",
        Key::AccountCheckReachableOk => "已收到 LINE 的測試。",
        Key::AccountCheckReachableFix => {
            "LINE 無法連線到這個網址。必須使用公開憑證機構簽發憑證的 https，並可從網際網路連線。請檢查網域、代理伺服器與防火牆。"
        }
        Key::AccountCheckSignature => "簽章",
        Key::AccountCheckSignatureOk => "LINE 的簽章與頻道密鑰相符。",
        Key::AccountCheckSignatureFix => {
            "最近一次 Webhook 與頻道密鑰不符。請從「Basic settings」重新複製密鑰，並填入下方的憑證。"
        }
        Key::AccountCheckChatMode => "避免重複回覆",
        Key::AccountCheckChatModeOk => "LINE 內建聊天已關閉，好友不會收到重複回覆。",
        Key::AccountCheckChatModeFix => {
            "LINE 內建聊天同時開啟中：在那裡的回覆不會顯示於此，LINE 的自動回應也可能同時回覆。請在 LINE Official Account Manager 的「設定」→「回應設定」中關閉聊天與自動回應訊息。"
        }
        Key::AccountCheckQuota => "剩餘訊息數",
        Key::AccountCheckQuotaOk => "本月仍有可用訊息數。回覆一律免費。",
        Key::AccountCheckQuotaFix => {
            "本月訊息數即將或已經用完。回覆好友仍然免費；如需傳送更多訊息，請在 LINE Official Account Manager 升級方案。"
        }
        Key::AccountCheckUnknown => "無法檢查，通常是因為前面的項目未通過。",
        Key::AccountQuotaUsed => "本月已使用 {used} / {quota} 則訊息",
        Key::AccountQuotaFree => "本月已使用 {used} 則訊息，無上限",
        Key::AccountFacts => "帳號資訊",
        Key::AccountBasicId => "基本 ID",
        Key::AccountBotId => "帳號的使用者 ID",
        Key::AccountTokenKind => "存取權杖",
        Key::AccountTokenStateless => "自動取得並更新",
        Key::AccountTokenLong => "手動輸入的長期權杖",
        Key::AccountCredentials => "憑證",
        Key::AccountCredentialsMore => "僅填寫有變更的項目；留空則保留原值。",
        Key::AccountDisconnect => "中斷此帳號的連接",
        Key::AccountDisconnectMore => {
            "此帳號的聊天、聯絡人與圖片會從此主控台永久刪除。LINE 上的資料不會被刪除，但舊訊息無法再次取得。"
        }
        Key::AccountConfirm => "請輸入 {id} 以確認",
    }
}

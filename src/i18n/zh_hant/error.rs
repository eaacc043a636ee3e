//! What went wrong.

use crate::i18n::key::part::Error as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::ErrorUnauthenticated => "登入已逾時，請重新登入後繼續。",
        Key::ErrorForbidden => "您的權限無法執行這項操作。",
        Key::ErrorNotFound => "找不到這個項目，可能已被刪除。",
        Key::ErrorTooMany => "嘗試次數過多，請在 {seconds} 秒後再試。",
        Key::ErrorConflict => "剛才有其他人修改過，請確認內容後再操作。",
        Key::ErrorUnavailable => "伺服器目前無法儲存，資料沒有變動，請稍後再試。",
        Key::ErrorUnreachable => "無法連線到伺服器，系統會自動重試。",
        Key::ErrorInternal => "伺服器發生問題。如果持續發生，請將這個編號告訴管理者：{id}",
        Key::ErrorEmpty => "請填寫此欄位。",
        Key::ErrorTooLong => "太長了，最多 {limit} 個字元。",
        Key::ErrorTooShort => "太短了，至少需要 {limit} 個字元。",
        Key::ErrorInvalid => "格式不正確。",
        Key::ErrorTaken => "已經有人使用。",
        Key::ErrorWrongLogin => "電子郵件或密碼不正確。",
        Key::ErrorRefused => "LINE 拒絕了這項要求：{message}",
        Key::ErrorLineUnreachable => "無法連線到 LINE，請檢查伺服器的網路後再試。",
        Key::ErrorFull => "已達上限 {limit}，請先移除一項。",
        Key::ErrorTooLarge => "檔案太大，最多只能傳送 {limit} MB。",
        Key::ErrorNotPicture => "無法讀取這張圖片，或超過 5,000 萬畫素。請另存為 JPEG 或 PNG 後再試。",
        Key::ErrorNotFilm => "LINE 只能播放 MP4 影片。請匯出為 MP4（H.264），或改以檔案傳送。",
        Key::ErrorNotSound => "LINE 只能播放 M4A 和 MP3。請先轉檔，或改以檔案傳送。",
        Key::ErrorActive => "網頁和 SVG 可能含有程式碼，因此無法傳送。請改傳圖片或 PDF，或壓縮成 ZIP。",
        Key::ErrorNoAddress => {
            "LINE 還無法從這台伺服器取得檔案，需要先設定公開網址（--public-url https://…）。請洽系統管理者。"
        }
        Key::ErrorGone => "所需的檔案或訊息已經不存在。",
        Key::ErrorWrongCode => "驗證碼不正確或已使用過。新的驗證碼每 30 秒更新一次。",
    }
}

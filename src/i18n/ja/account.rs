//! LINE Official Accounts and their settings.

use crate::i18n::key::part::Account as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AccountTitle => "LINEアカウント",
        Key::AccountConnectTitle => "LINE公式アカウントを接続",
        Key::AccountConnectMore => "3つの手順、約10分で完了します。LINE側でアカウントの管理者権限が必要です。",
        Key::AccountStep1 => "Messaging APIを有効にする",
        Key::AccountStep1More => {
            "LINE Official Account Managerでアカウントを開き、「設定」→「Messaging API」で利用を開始します。プロバイダー（会社名）を尋ねられたら、すでにあるものを選んでください。後から変更できません。"
        }
        Key::AccountOpenManager => "LINE Official Account Managerを開く",
        Key::AccountStep2 => "チャネルIDとシークレットをコピーする",
        Key::AccountStep2More => {
            "LINE Developersコンソールでプロバイダー、次にチャネルを開きます。どちらも「チャネル基本設定」タブにあります。"
        }
        Key::AccountOpenDevelopers => "LINE Developersコンソールを開く",
        Key::AccountChannelId => "チャネルID",
        Key::AccountChannelIdHint => "10桁の数字です。",
        Key::AccountSecret => "チャネルシークレット",
        Key::AccountSecretHint => "32文字の英数字です。暗号化して保存し、再び表示することはありません。",
        Key::AccountToken => "チャネルアクセストークン",
        Key::AccountTokenHint => {
            "空のままにすると、トークンは自動で取得・更新されます。既存の長期トークンを使い続ける場合だけ入力してください。"
        }
        Key::AccountAdvanced => "特別な場合の設定",
        Key::AccountApiBase => "LINE APIのアドレス",
        Key::AccountApiBaseHint => {
            "LINEに接続する場合は空のままにします。試すときはシミュレーターのアドレスを入力してください。"
        }
        Key::AccountStep3 => "LINEにWebhook URLを登録する",
        Key::AccountStep3More => {
            "接続すると、次のページでWebhook URLをLINEに登録（または貼り付け用に表示）し、すべてが正しく動くか確認します。"
        }
        Key::AccountConnect => "接続する",
        Key::AccountWebhook => "Webhook",
        Key::AccountWebhookMore => {
            "LINEはこのアドレスにメッセージを送ります。Developersコンソールの「Messaging API設定」タブで設定し、「Webhookの利用」をオンにしてください。"
        }
        Key::AccountWebhookUrl => "Webhook URL",
        Key::AccountSetWebhook => "LINEに自動で登録する",
        Key::AccountWebhookSet => "LINEにアドレスを登録しました。",
        Key::AccountChecks => "動作の確認",
        Key::AccountCheckAgain => "もう一度確認",
        Key::AccountChecking => "LINEに確認しています…",
        Key::AccountStateOk => "正常",
        Key::AccountStateWarn => "要確認",
        Key::AccountStateFail => "エラー",
        Key::AccountStateUnknown => "不明",
        Key::AccountStateRunning => "確認中",
        Key::AccountCheckToken => "アクセス権",
        Key::AccountCheckTokenOk => "LINEはトークンを受け付けています。",
        Key::AccountCheckTokenFix => {
            "LINEがトークンを拒否しました。チャネルシークレットをもう一度コピーし（再発行されると変わります）、下の「認証情報」に入力してください。"
        }
        Key::AccountCheckWebhookUrl => "Webhook URL",
        Key::AccountCheckWebhookUrlOk => "LINEに登録されています。",
        Key::AccountCheckWebhookUrlFix => {
            "LINEに未登録か、別のシステムのアドレスが登録されています。上の「LINEに自動で登録する」を押してください。同じアカウントを使う別のシステムはメッセージを受け取れなくなります。"
        }
        Key::AccountCheckWebhookActive => "Webhookの利用",
        Key::AccountCheckWebhookActiveOk => "LINEからイベントが送られます。",
        Key::AccountCheckWebhookActiveFix => {
            "Developersコンソールのチャネルで「Messaging API設定」タブを開き、「Webhookの利用」をオンにしてください。"
        }
        Key::AccountCheckReachable => "LINEからの到達",
        Key::AccountCheckReachableOk => "LINEのテストが届きました。",
        Key::AccountCheckReachableFix => {
            "LINEがこのアドレスに接続できません。公的な認証局の証明書を使ったhttpsで、インターネットから接続できる必要があります。ドメイン、プロキシ、ファイアウォールを確認してください。"
        }
        Key::AccountCheckSignature => "署名",
        Key::AccountCheckSignatureOk => "LINEの署名はチャネルシークレットと一致しています。",
        Key::AccountCheckSignatureFix => {
            "最後に届いたWebhookの署名がチャネルシークレットと一致しません。「チャネル基本設定」からもう一度コピーし、下の「認証情報」に入力してください。"
        }
        Key::AccountCheckChatMode => "応答の重複",
        Key::AccountCheckChatModeOk => "LINE側のチャットはオフです。友だちに二重に応答することはありません。",
        Key::AccountCheckChatModeFix => {
            "LINE側のチャットもオンになっています。そちらで返信した内容はここに表示されず、LINEの応答メッセージも送られることがあります。LINE Official Account Managerの「設定」→「応答設定」でチャットと応答メッセージをオフにしてください。"
        }
        Key::AccountCheckQuota => "残りの通数",
        Key::AccountCheckQuotaOk => "今月の送信枠は残っています。返信は常に無料です。",
        Key::AccountCheckQuotaFix => {
            "今月の送信枠がほぼ、またはすべて使われています。友だちへの返信は引き続き無料です。さらに送信するには、LINE Official Account Managerでプランを変更してください。"
        }
        Key::AccountCheckUnknown => "確認できませんでした。多くの場合、前の項目のエラーが原因です。",
        Key::AccountQuotaUsed => "今月の送信数：{used} / {quota}通",
        Key::AccountQuotaFree => "今月の送信数：{used}通（上限なし）",
        Key::AccountFacts => "アカウント情報",
        Key::AccountBasicId => "ベーシックID",
        Key::AccountBotId => "アカウントのユーザーID",
        Key::AccountTokenKind => "アクセストークン",
        Key::AccountTokenStateless => "自動で取得・更新",
        Key::AccountTokenLong => "手動で入力した長期トークン",
        Key::AccountCredentials => "認証情報",
        Key::AccountCredentialsMore => "変更した項目だけ入力してください。空の項目は今の値のままです。",
        Key::AccountDisconnect => "アカウントの接続を解除",
        Key::AccountDisconnectMore => {
            "このアカウントのチャット、連絡先、画像がこのコンソールから完全に削除されます。LINE側では何も削除されませんが、過去のメッセージを取り直すことはできません。"
        }
        Key::AccountConfirm => "確認のため「{id}」と入力してください",
    }
}

//! What went wrong.

use crate::i18n::key::part::Error as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::ErrorUnauthenticated => "セッションが終了しました。続けるにはログインしてください。",
        Key::ErrorForbidden => "あなたの権限ではこの操作はできません。",
        Key::ErrorNotFound => "見つかりません。すでに削除された可能性があります。",
        Key::ErrorTooMany => "試行回数が多すぎます。{seconds}秒後にもう一度お試しください。",
        Key::ErrorConflict => "ほかの人が先に変更しました。内容を確認してからやり直してください。",
        Key::ErrorUnavailable => {
            "サーバーが今は保存できません。何も変更されていません。少し待ってからもう一度お試しください。"
        }
        Key::ErrorUnreachable => "サーバーに接続できません。自動的に再接続します。",
        Key::ErrorInternal => "サーバーで問題が起きました。続く場合は、管理者にこの番号を伝えてください：{id}",
        Key::ErrorEmpty => "入力してください。",
        Key::ErrorTooLong => "長すぎます。{limit}文字以内で入力してください。",
        Key::ErrorTooShort => "短すぎます。{limit}文字以上で入力してください。",
        Key::ErrorInvalid => "形式が正しくありません。",
        Key::ErrorTaken => "すでに使われています。",
        Key::ErrorWrongLogin => "メールアドレスまたはパスワードが違います。",
        Key::ErrorRefused => "LINEに拒否されました：{message}",
        Key::ErrorLineUnreachable => "LINEに接続できません。サーバーの通信を確認して、もう一度お試しください。",
        Key::ErrorFull => "上限の{limit}件に達しています。先にどれかを外してください。",
        Key::ErrorTooLarge => "ファイルが大きすぎます。送れるのは{limit} MBまでです。",
        Key::ErrorNotPicture => {
            "この画像は読み込めないか、5,000万画素を超えています。JPEGかPNGで保存し直してお試しください。"
        }
        Key::ErrorNotFilm => {
            "LINEで再生できる動画はMP4だけです。MP4（H.264）で書き出すか、ファイルとして送ってください。"
        }
        Key::ErrorNotSound => "LINEで再生できる音声はM4AとMP3だけです。変換するか、ファイルとして送ってください。",
        Key::ErrorActive => {
            "WebページやSVGはスクリプトを含められるため送れません。画像やPDFにするか、ZIPにまとめてください。"
        }
        Key::ErrorNoAddress => {
            "LINEがこのサーバーからファイルを取得できません。公開アドレス（--public-url https://…）が必要です。管理者にご確認ください。"
        }
        Key::ErrorGone => "必要なファイルまたはメッセージがもうありません。",
        Key::ErrorWrongCode => "コードが違うか、すでに使われています。新しいコードは30秒ごとに表示されます。",
    }
}

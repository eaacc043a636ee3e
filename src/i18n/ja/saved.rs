//! Saved messages.

use crate::i18n::key::part::Saved as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::SavedTitle => "定型メッセージ",
        Key::SavedAbout => "営業時間や道順、お礼など、よく送る内容です。入力中に / を打つと探せます。",
        Key::SavedNew => "定型メッセージを作成",
        Key::SavedEdit => "編集",
        Key::SavedLook => "表示",
        Key::SavedEditTitle => "定型メッセージの編集",
        Key::SavedSearch => "定型メッセージを検索",
        Key::SavedSearchGo => "検索",
        Key::SavedSort => "並び順",
        Key::SavedSortUsed => "よく使う順",
        Key::SavedSortName => "名前順",
        Key::SavedSortChanged => "更新順",
        Key::SavedFolders => "フォルダー",
        Key::SavedAll => "すべて",
        Key::SavedLoose => "フォルダーなし",
        Key::SavedMine => "自分専用",
        Key::SavedEmpty => "まだ何もありません",
        Key::SavedEmptyMore => {
            "一度書いておけば、友だちの名前を入れてすぐに送れます。画像やファイル、カードも保存できます。"
        }
        Key::SavedStart => "3つの例から始める",
        Key::SavedNothing => "見つかりません",
        Key::SavedNothingMore => "言葉を変えるか、ほかのフォルダーをご覧ください。",
        Key::SavedFound => "{count}件",
        Key::SavedFolderAdd => "フォルダーを作成",
        Key::SavedFolderName => "フォルダー名",
        Key::SavedFolderRename => "フォルダー名を変更",
        Key::SavedFolderDelete => "フォルダーを削除",
        Key::SavedFolderDeleteMore => "「{name}」を削除します。中の{count}件は残り、「フォルダーなし」に移ります。",
        Key::SavedUses => "送信 {count}回",
        Key::SavedNeverUsed => "未送信",
        Key::SavedLast => "最終",
        Key::SavedChangedBy => "最終更新：{name}",
        Key::SavedDo => "「{name}」の操作",
        Key::SavedCopy => "複製",
        Key::SavedDelete => "削除",
        Key::SavedDeleted => "「{name}」を削除しました。",
        Key::SavedUndo => "元に戻す",
        Key::SavedMore => "さらに表示",
        Key::SavedName => "名前",
        Key::SavedNameHint => "チーム内だけで使い、友だちには見えません。",
        Key::SavedShortcut => "ショートカット",
        Key::SavedShortcutHint => "「eigyo」のような1語。/eigyo と打つとすぐ見つかります。",
        Key::SavedShortcutWrong => "空白やスラッシュを含まない1語にしてください。",
        Key::SavedPlace => "保存先",
        Key::SavedParts => "送る内容",
        Key::SavedPartsHint => "吹き出しは5つまで。この順に送られます。",
        Key::SavedAddText => "テキスト",
        Key::SavedAddFile => "画像・ファイル",
        Key::SavedAddCard => "カード",
        Key::SavedNoBubbles => "送る内容を追加してください。",
        Key::SavedManyBubbles => "LINEで一度に送れる吹き出しは5つまでです。",
        Key::SavedTextOf => "テキスト {n}",
        Key::SavedCardOf => "カード {n}：FlexまたはテンプレートメッセージのJSON",
        Key::SavedCardHint => "Flex Messageの作成ツールで作ったものを貼り付けてください。",
        Key::SavedAlt => "通知に表示する文",
        Key::SavedCardJson => "JSONを読み取れません：{error}",
        Key::SavedCardFlaw => {
            "LINEのカードとして送れません。大きすぎないFlexまたはテンプレートメッセージと、通知の文が必要です。"
        }
        Key::SavedUp => "上へ移動",
        Key::SavedDown => "下へ移動",
        Key::SavedDrop => "取り除く",
        Key::SavedDropped => "取り除きました。",
        Key::SavedVariables => "挿入",
        Key::SavedVarFriend => "友だちの名前",
        Key::SavedVarOperator => "送信者の名前",
        Key::SavedVarAccount => "アカウント名",
        Key::SavedVarDate => "日付",
        Key::SavedFallback => "お客様",
        Key::SavedPreview => "プレビュー",
        Key::SavedPreviewFor => "表示する相手",
        Key::SavedPreviewNobody => "名前のない相手",
        Key::SavedPreviewFind => "友だちを探す",
        Key::SavedPreviewEmpty => "書いた内容がここに表示されます。",
        Key::SavedVarEmpty => "{names}に入るものがありません。代わりの言葉を決めておけます：{example}",
        Key::SavedDraftBack => "保存していない変更を復元しました。",
        Key::SavedDraftDrop => "破棄する",
        Key::SavedDraftKept => "未保存です。このブラウザーに一時保存しています。",
        Key::SavedLeave => "保存せずに移動しますか？",
        Key::SavedLeaveMore => "変更はこのブラウザーにだけ残ります。保存するまでほかの人には見えません。",
        Key::SavedStay => "とどまる",
        Key::SavedLeaveGo => "移動する",
        Key::SavedConflict => "開いたあとに、ほかの人がこのメッセージを変更しました。",
        Key::SavedConflictMine => "自分の内容で上書きする",
        Key::SavedConflictTheirs => "相手の内容を見る",
        Key::SavedReadOnly => "チームのメッセージを変更できるのはオーナーと管理者です。自分用に複製できます。",
        Key::SavedPick => "定型メッセージを挿入",
        Key::SavedPickTip => "定型メッセージを挿入 (/)",
        Key::SavedPickEmpty => "定型メッセージはまだありません。",
        Key::SavedPickManage => "作成・整理する",
        Key::SavedPickHint => "↑ ↓で選び、Enterで挿入、Escで入力に戻る",
        Key::SavedTakenEmpty => "{names}に入るものがありませんでした。送る前に確認してください。",
        Key::SavedExport => "すべてダウンロード",
        Key::SavedImport => "ファイルから追加",
        Key::SavedImportMore => {
            "ここでダウンロードしたファイル、またはnameとtextの列を持つ表（CSV）。shortcutとfolderの列も使えます。"
        }
        Key::SavedImported => "{count}件を追加しました。",
        Key::SavedExample1 => "営業時間",
        Key::SavedExample1Short => "eigyo",
        Key::SavedExample1Text => {
            "[[friend.name|お客様]]様、お問い合わせありがとうございます。営業時間は10:00〜19:00、火曜定休です。"
        }
        Key::SavedExample2 => "少々お待ちください",
        Key::SavedExample2Short => "matte",
        Key::SavedExample2Text => {
            "[[friend.name|お客様]]様、ご連絡ありがとうございます。確認のうえ、本日中に改めてご連絡いたします。[[account.name]] [[operator.name]]"
        }
        Key::SavedExample3 => "お礼",
        Key::SavedExample3Short => "arigato",
        Key::SavedExample3Text => {
            "[[friend.name|お客様]]様、本日はご来店ありがとうございました。またのお越しを心よりお待ちしております。"
        }
    }
}

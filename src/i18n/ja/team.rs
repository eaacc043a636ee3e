//! Logging in, colleagues, invitations.

use crate::i18n::key::part::Team as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::TeamLogIn => "ログイン",
        Key::TeamLogOut => "ログアウト",
        Key::TeamLogOutHere => "このブラウザからログアウト",
        Key::TeamLogOutEverywhere => "すべての端末からログアウト",
        Key::TeamEmail => "メールアドレス",
        Key::TeamPassword => "パスワード",
        Key::TeamPasswordHint => "12文字以上。自分だけが思いつく言葉をいくつか並べると覚えやすくなります。",
        Key::TeamForgot => "パスワードを忘れた場合は、チームの管理者に新しいパスワードを発行してもらってください。",
        Key::TeamSetUp => "オーナーを作成",
        Key::TeamSetUpMore => {
            "最初の利用者を登録します。オーナーはLINEアカウントの接続やメンバーの追加など、すべての操作ができます。"
        }
        Key::TeamSetUpNoToken => {
            "このページを開くには、サーバーが初回起動時に表示した一度だけ使えるリンクが必要です。サーバーの画面を確認し、そのリンクを開いてください。"
        }
        Key::TeamName => "お名前",
        Key::TeamNameHint => "チーム内にだけ表示され、友だちには表示されません。",
        Key::TeamMe => "自分",
        Key::TeamMeTitle => "個人設定",
        Key::TeamProfile => "名前と言語",
        Key::TeamChangePassword => "パスワードの変更",
        Key::TeamCurrentPassword => "現在のパスワード",
        Key::TeamNewPassword => "新しいパスワード",
        Key::TeamPasswordChanged => "パスワードを変更しました。ほかの端末からはログアウトされました。",
        Key::TeamSessions => "ログイン中の端末",
        Key::TeamThisBrowser => "このブラウザ",
        Key::TeamSeen => "最終利用",
        Key::TeamTitle => "チーム",
        Key::TeamMore => "このコンソールを使うメンバーと、それぞれの権限です。",
        Key::TeamRole => "権限",
        Key::TeamRoleOwner => "オーナー",
        Key::TeamRoleAdmin => "管理者",
        Key::TeamRoleOperator => "担当者",
        Key::TeamRoleHint => {
            "担当者はチャットができます。管理者はアカウントの接続とチームの管理もできます。オーナーはすべての操作ができます。"
        }
        Key::TeamAdd => "メンバーを追加",
        Key::TeamMemberName => "名前",
        Key::TeamFirstPassword => "初期パスワード",
        Key::TeamFirstPasswordHint => "12文字以上。本人に直接伝えてください。本人の設定画面から変更できます。",
        Key::TeamAdded => "追加しました。すぐにログインできます。",
        Key::TeamNeverSeen => "まだログインしていません",
        Key::TeamChangeRole => "変更",
        Key::TeamRemove => "削除",
        Key::TeamRemoveTitle => "このメンバーを削除しますか？",
        Key::TeamRemoveMore => {
            "{name}さんはすぐにログアウトされ、以後ログインできなくなります。友だちに送ったメッセージは残ります。"
        }
        Key::TeamYou => "自分",
        Key::TeamOnlyManagers => "このページはオーナーと管理者だけが表示できます。",
        Key::TeamShift => "シフト",
        Key::TeamShiftMore => "自動割り当てを使うアカウントでは、新しいチャットが勤務中の人に順番に割り当てられます。",
        Key::TeamOnShift => "勤務中",
        Key::TeamOffShift => "勤務外",
        Key::TeamStartShift => "勤務を始める",
        Key::TeamEndShift => "勤務を終える",
        Key::TeamAway => "勤務を自動で終える",
        Key::TeamAwayNever => "終えない",
        Key::TeamAwayMinutes => "{count}分間操作がないとき",
        Key::TeamCrews => "チーム",
        Key::TeamCrewsMore => "チャットはチームにも割り当てられます。チームの誰でも引き受けられます。",
        Key::TeamCrewName => "チーム名",
        Key::TeamCrewMembers => "メンバー",
        Key::TeamCrewAdd => "チームを追加",
        Key::TeamCrewNone => "チームはまだありません",
        Key::TeamCrewEdit => "チームを変更",
        Key::TeamCrewEmpty => "まだ誰もいません",
        Key::TeamCrewRemoveTitle => "チームを解散",
        Key::TeamCrewRemoveMore => {
            "{name}のチャットはどのチームのものでもなくなります。メンバーが担当しているチャットはそのまま残ります。"
        }
        Key::TeamCodeTitle => "確認コードの入力",
        Key::TeamCodeMore => {
            "スマートフォンの認証アプリを開き、Engawaに表示されている6桁の数字を入力してください。スマートフォンがない場合は、リカバリーコードを入力できます。"
        }
        Key::TeamCode => "コード",
        Key::TeamTwoStep => "2段階認証",
        Key::TeamTwoStepMore => {
            "パスワードのあとに、スマートフォンの認証アプリのコードを確認します。パスワードが盗まれても、それだけではログインできません。"
        }
        Key::TeamTwoStepIsOn => "2段階認証はオンです。残りのリカバリーコード：{count}個",
        Key::TeamTwoStepBegin => "設定する",
        Key::TeamTwoStepOff => "2段階認証をオフにする",
        Key::TeamTwoStepScan => "認証アプリでこのコードを読み取り、表示された6桁の数字を入力してください。",
        Key::TeamTwoStepPicture => "認証アプリ用のQRコード",
        Key::TeamTwoStepSecret => "カメラを使えない場合は、このキーをアプリに入力",
        Key::TeamTwoStepConfirm => "オンにする",
        Key::TeamRecoveryCodes => "リカバリーコード",
        Key::TeamRecoveryCodesMore => {
            "スマートフォン以外の安全な場所に保管してください。1つにつき1回だけログインに使えます。このコードは二度と表示されません。"
        }
        Key::TeamRecoveryCodesNew => "リカバリーコードを作り直す",
        Key::TeamRecoveryCodesNewMore => "これまでのコードは使えなくなります。",
        Key::TeamTwoStepReset => "2段階認証をオフにする",
        Key::TeamTwoStepResetMore => {
            "{name}さんがスマートフォンとリカバリーコードの両方をなくしたときに使います。{name}さんはすべての端末からログアウトされ、パスワードだけでログインできるようになります。"
        }
        Key::TeamInviteTitle => "メンバーを招待",
        Key::TeamInviteMore => {
            "1回だけ使える招待リンクを作成します（7日間有効）。リンクはご自身で本人に送ってください。"
        }
        Key::TeamInviteNote => "誰への招待か",
        Key::TeamInviteNoteHint => "一覧で見分けるためのメモです。空欄でもかまいません。",
        Key::TeamInviteMake => "リンクを作成",
        Key::TeamInviteLink => "招待リンク",
        Key::TeamInvitations => "未使用の招待リンク",
        Key::TeamInvitedBy => "招待した人：{name}",
        Key::TeamInviteUntil => "有効期限",
        Key::TeamRevoke => "取り消す",
        Key::TeamJoinTitle => "チームに参加",
        Key::TeamJoinMore => "{name}さんから招待されています。あなたの権限：{role}",
        Key::TeamJoin => "参加する",
        Key::TeamLinkGone => "このリンクは使用済み、取り消し済み、または期限切れです。新しいリンクを依頼してください。",
        Key::TeamPasswordLink => "パスワード再設定リンク",
        Key::TeamPasswordLinkMore => {
            "{name}さんが新しいパスワードを設定するためのリンクです（1回限り、1日有効）。設定すると、{name}さんはすべての端末からログアウトされます。"
        }
        Key::TeamNewPasswordTitle => "新しいパスワードの設定",
        Key::TeamAddDirectly => "リンクを使わずに追加",
    }
}

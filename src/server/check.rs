//! `engawa check`: holds a database against the invariants of the house. Each finding is one sentence.

use super::{config::Config, db::Db, media};

/// What must be true of every database: a sentence, and a query that counts where it is not.
const RULES: &[(&str, &str)] = &[
    (
        "accounts whose kept count of rooms is not the number of their rooms",
        "SELECT COUNT(*) FROM tally t WHERE t.rooms <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 0)
            OR t.inbox <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 0 AND r.state <> 'resolved')
            OR t.unread <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 0 AND r.unread > 0)
            OR t.follow_up <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 0 AND r.state = 'follow_up')
            OR t.resolved <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 0 AND r.state = 'resolved')
            OR t.spam <> (SELECT COUNT(*) FROM room r WHERE r.account_id = t.account_id AND r.spam = 1)",
    ),
    (
        "kept counts of what somebody has that are not the number of those rooms",
        "SELECT COUNT(*) FROM holding h WHERE
            h.rooms <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 0)
            OR h.inbox <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 0 AND r.state <> 'resolved')
            OR h.unread <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 0 AND r.unread > 0)
            OR h.follow_up <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 0 AND r.state = 'follow_up')
            OR h.resolved <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 0 AND r.state = 'resolved')
            OR h.spam <> (SELECT COUNT(*) FROM room r WHERE r.account_id = h.account_id AND h.holder IN (r.assignee, r.crew, 0) AND (r.assignee IS NOT NULL OR r.crew IS NOT NULL) AND r.spam = 1)
            OR h.muted <> (SELECT COUNT(*) FROM mark m JOIN room r ON r.account_id = m.account_id AND r.id = m.room_id
                WHERE m.account_id = h.account_id AND m.operator_id = h.holder AND m.muted = 1 AND r.spam = 0 AND r.unread > 0)",
    ),
    (
        "rooms or marks of somebody whose rooms are not counted",
        "SELECT (SELECT COUNT(*) FROM room r WHERE r.assignee IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.account_id = r.account_id AND h.holder = r.assignee))
            + (SELECT COUNT(*) FROM room r WHERE r.crew IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.account_id = r.account_id AND h.holder = r.crew))
            + (SELECT COUNT(*) FROM mark m JOIN room r ON r.account_id = m.account_id AND r.id = m.room_id WHERE m.muted = 1 AND r.spam = 0 AND r.unread > 0
                AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.account_id = m.account_id AND h.holder = m.operator_id))",
    ),
    (
        "rooms of operators or teams that are not there any more",
        "SELECT (SELECT COUNT(*) FROM room r WHERE r.assignee IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operator o WHERE o.id = r.assignee))
            + (SELECT COUNT(*) FROM room r WHERE r.crew IS NOT NULL AND NOT EXISTS (SELECT 1 FROM crew c WHERE c.id = r.crew))",
    ),
    (
        "rooms that wait to be given to somebody although somebody has them, or they are handled",
        "SELECT COUNT(*) FROM room WHERE queued_at > 0 AND (assignee IS NOT NULL OR spam = 1 OR state = 'resolved')",
    ),
    (
        "accounts without a tally",
        "SELECT COUNT(*) FROM account a WHERE NOT EXISTS (SELECT 1 FROM tally t WHERE t.account_id = a.id)",
    ),
    (
        "rows that are newer than their account's sequence number",
        "SELECT (SELECT COUNT(*) FROM room r JOIN tally t ON t.account_id = r.account_id WHERE r.seq > t.seq)
            + (SELECT COUNT(*) FROM message m JOIN tally t ON t.account_id = m.account_id WHERE m.seq > t.seq)",
    ),
    (
        "message events that were acknowledged and made no message",
        "SELECT COUNT(*) FROM webhook_event e WHERE e.payload LIKE '%\"type\":\"message\"%' AND e.payload LIKE '%\"source\":%'
            AND NOT EXISTS (SELECT 1 FROM message m WHERE m.account_id = e.account_id AND m.event_id = e.event_id)",
    ),
    (
        "messages that came in and have no event",
        "SELECT COUNT(*) FROM message m WHERE m.direction = 'in'
            AND NOT EXISTS (SELECT 1 FROM webhook_event e WHERE e.account_id = m.account_id AND e.event_id = m.event_id)",
    ),
    (
        "outgoing messages that wait without a job",
        "SELECT COUNT(*) FROM message m JOIN room r ON r.account_id = m.account_id AND r.id = m.room_id AND r.spam < 2
            WHERE m.delivery IN ('queued', 'waiting') AND NOT EXISTS (SELECT 1 FROM job j WHERE j.account_id = m.account_id AND j.kind = 'send'
                AND j.subject = COALESCE((SELECT o.packet FROM outgoing o WHERE o.account_id = m.account_id AND o.id = m.id), m.id))",
    ),
    (
        "jobs that would send what was sent already",
        "SELECT COUNT(*) FROM job j JOIN message m ON m.account_id = j.account_id AND m.room_id = j.lane AND m.id = j.subject
            WHERE j.kind = 'send' AND m.delivery NOT IN ('queued', 'waiting')",
    ),
    (
        "messages to be sent later without a job, and rooms that count them wrongly",
        "SELECT (SELECT COUNT(*) FROM later l WHERE NOT EXISTS
                (SELECT 1 FROM job j WHERE j.account_id = l.account_id AND j.kind = 'later' AND j.subject = l.id))
            + (SELECT COUNT(*) FROM room r WHERE r.later <> (SELECT COUNT(*) FROM later l WHERE l.account_id = r.account_id AND l.room_id = r.id))",
    ),
    (
        "media that wait without a job",
        "SELECT COUNT(*) FROM media d WHERE d.state = 'pending'
            AND NOT EXISTS (SELECT 1 FROM job j WHERE j.account_id = d.account_id AND j.kind = 'media' AND j.subject = d.id)",
    ),
    (
        "blocks of the search index that are not whole",
        "SELECT COUNT(*) FROM search_block b WHERE b.ready = 1 AND (
            b.shards <> (SELECT COUNT(*) FROM search_shard s WHERE s.account_id = b.account_id AND s.block = b.id)
            OR (b.docs + 511) / 512 <> (SELECT COUNT(*) FROM search_doc d WHERE d.account_id = b.account_id AND d.block = b.id))",
    ),
    (
        "messages that were taken back and still have their bytes or LINE's JSON",
        "SELECT COUNT(*) FROM message m WHERE m.kind = 'unsent' AND (
            EXISTS (SELECT 1 FROM media d WHERE d.account_id = m.account_id AND d.id = m.id AND d.state = 'ready')
            OR EXISTS (SELECT 1 FROM webhook_event e WHERE e.account_id = m.account_id AND e.event_id = m.event_id AND e.payload <> ''
                AND EXISTS (SELECT 1 FROM unsent u WHERE u.account_id = m.account_id AND u.line_id = m.line_id)))",
    ),
];

/// Everything that is not as it must be; empty when all is well.
pub async fn run(db: &Db, config: &Config) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    let whole = db.integrity().await?;
    if whole != "ok" {
        findings.push(format!("the database file is damaged: {whole}"));
    }
    for (rule, query) in RULES {
        let found: i64 = sqlx::query_scalar(*query).fetch_one(db.read()).await?;
        if found > 0 {
            findings.push(format!("{found} {rule}"));
        }
    }
    let files: Vec<String> = sqlx::query_scalar(
        "SELECT sha256 FROM media WHERE state = 'ready' AND sha256 IS NOT NULL UNION SELECT sha256 FROM upload
            UNION SELECT preview FROM upload WHERE preview IS NOT NULL",
    )
    .fetch_all(db.read())
    .await?;
    let missing = files.iter().filter(|sha256| !media::path(&config.media_dir(), sha256).exists()).count();
    if missing > 0 {
        findings.push(format!("{missing} media files are missing from {}", config.media_dir().display()));
    }
    if let Some(line) = crate::audit::store::first_broken(db.read()).await? {
        findings.push(format!("the activity log was changed from outside: line {line} is not as it was written"));
    }
    super::state::open_vault(db, &config.key_file).await?;
    Ok(findings)
}

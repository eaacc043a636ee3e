-- The house: accounts, operators, conversations, background work.
-- One text for SQLite and PostgreSQL. Ids and times are BIGINT (times in Unix ms), flags SMALLINT,
-- structured values JSON in TEXT. Keys begin with account_id wherever a row belongs to an account.

-- Installation-wide settings, for instance the one-time token of the first start.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE operator (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'operator')),
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    CONSTRAINT operator_email UNIQUE (email)
);

-- `token` is a hash: whoever reads the database can't log in with it.
CREATE TABLE session (
    token TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_operator ON session (operator_id, id);

-- Failed log-ins, by address and by e-mail: what throttles guessing.
CREATE TABLE attempt (
    subject TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX attempt_subject ON attempt (subject, at);

-- `secret` and `token` are encrypted with the key file, bound to table, row and column.
CREATE TABLE account (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    basic_id TEXT NOT NULL,
    picture TEXT,
    bot_user_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    secret TEXT NOT NULL,
    token TEXT,
    api_base TEXT NOT NULL,
    chat_mode TEXT NOT NULL DEFAULT '',
    quota_limit BIGINT,
    quota_used BIGINT NOT NULL DEFAULT 0,
    token_fault SMALLINT NOT NULL DEFAULT 0,
    signed_at BIGINT,
    misfit_at BIGINT,
    checked_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    CONSTRAINT account_channel UNIQUE (channel_id, api_base)
);

-- What changes with everything that happens in an account. `seq` numbers its commits; whoever
-- writes to the account takes the next one first and so waits for whoever is writing. The counts
-- are kept by triggers, in the transaction that changes a room.
CREATE TABLE tally (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL DEFAULT 0,
    rooms BIGINT NOT NULL DEFAULT 0,
    inbox BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0,
    follow_up BIGINT NOT NULL DEFAULT 0,
    resolved BIGINT NOT NULL DEFAULT 0,
    spam BIGINT NOT NULL DEFAULT 0
);

-- Every webhook event that was answered 200, exactly once. `seq` is the commit that brought it; `payload`
-- is LINE's JSON, which is emptied when the sender takes the message back.
CREATE TABLE webhook_event (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    event_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (account_id, event_id)
);

CREATE TABLE contact (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    picture TEXT,
    status TEXT,
    lang TEXT,
    profile_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT contact_user UNIQUE (account_id, user_id)
);

-- `line_id` is the user, group or room id at LINE. `friendship_at` is the time of the event that
-- said so, because events may come in any order.
CREATE TABLE room (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('user', 'group', 'room')),
    line_id TEXT NOT NULL,
    contact_id BIGINT,
    name TEXT NOT NULL DEFAULT '',
    picture TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'follow_up', 'resolved')),
    spam SMALLINT NOT NULL DEFAULT 0,
    friendship TEXT NOT NULL DEFAULT 'unknown' CHECK (friendship IN ('unknown', 'friend', 'gone')),
    friendship_at BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0,
    members BIGINT NOT NULL DEFAULT 1,
    at BIGINT NOT NULL,
    last_id BIGINT NOT NULL DEFAULT 0,
    last_direction TEXT,
    last_kind TEXT,
    last_text TEXT,
    last_notice TEXT,
    reply_token TEXT,
    reply_until BIGINT,
    profile_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT room_line UNIQUE (account_id, line_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contact (account_id, id)
);
-- One index a view, so that a page costs the same at any depth.
CREATE INDEX room_all ON room (account_id, at DESC, id DESC) WHERE spam = 0;
CREATE INDEX room_inbox ON room (account_id, at DESC, id DESC) WHERE spam = 0 AND state <> 'resolved';
CREATE INDEX room_unread ON room (account_id, at DESC, id DESC) WHERE spam = 0 AND unread > 0;
CREATE INDEX room_follow_up ON room (account_id, at DESC, id DESC) WHERE spam = 0 AND state = 'follow_up';
CREATE INDEX room_resolved ON room (account_id, at DESC, id DESC) WHERE spam = 0 AND state = 'resolved';
CREATE INDEX room_spam ON room (account_id, at DESC, id DESC) WHERE spam = 1;
CREATE INDEX room_seq ON room (account_id, seq);
CREATE INDEX room_contact ON room (account_id, contact_id);

CREATE TABLE member (
    account_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    gone SMALLINT NOT NULL DEFAULT 0,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, room_id, contact_id),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, contact_id) REFERENCES contact (account_id, id) ON DELETE CASCADE
);
CREATE INDEX member_contact ON member (account_id, contact_id);

-- `id` is made from LINE's timestamp, so the primary key is the order of the room.
-- `client_key` makes sending idempotent; `delivery` and `failure` say how it went.
CREATE TABLE message (
    account_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'event')),
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    at BIGINT NOT NULL,
    contact_id BIGINT,
    operator_id BIGINT,
    line_id TEXT,
    event_id TEXT,
    quoted TEXT,
    quote_token TEXT,
    read_token TEXT,
    edited SMALLINT NOT NULL DEFAULT 0,
    delivery TEXT NOT NULL CHECK (delivery IN ('received', 'queued', 'waiting', 'reply', 'push', 'failed', 'unknown', 'discarded')),
    failure TEXT,
    client_key TEXT,
    PRIMARY KEY (account_id, room_id, id),
    CONSTRAINT message_line UNIQUE (account_id, line_id),
    CONSTRAINT message_client_key UNIQUE (account_id, client_key),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);
CREATE INDEX message_seq ON message (account_id, seq);

-- Messages that were taken back before they arrived.
CREATE TABLE unsent (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    line_id TEXT NOT NULL,
    PRIMARY KEY (account_id, line_id)
);

-- The bytes of a message; `id` is the message's. `sha256` names the file under the data folder,
-- which several messages may share.
CREATE TABLE media (
    account_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    line_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'gone', 'failed')),
    sha256 TEXT,
    content_type TEXT NOT NULL DEFAULT '',
    file_name TEXT,
    size BIGINT NOT NULL DEFAULT 0,
    width BIGINT,
    height BIGINT,
    thumb SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);
CREATE INDEX media_sha256 ON media (account_id, sha256);

-- Background work, the outbox included. Jobs of one lane run one after another, oldest first.
-- A lease that ran out may be taken by somebody else; `fence` then shuts the late one out.
CREATE TABLE job (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    payload TEXT NOT NULL DEFAULT '{}',
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    fence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT job_subject UNIQUE (account_id, kind, subject)
);
CREATE INDEX job_run ON job (run_at);
CREATE INDEX job_lane ON job (account_id, lane, id);

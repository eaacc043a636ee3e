-- What operators compose: files that they bring, how they go out, what goes out later.

-- A file that an operator brought. `sha256` names the file under the media folder, `preview` the small picture that
-- LINE is given. `token` is the part of its public address that nobody can guess. What is not `kept` by a message,
-- a message to be sent later or a saved one is swept away after two days.
CREATE TABLE upload (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    token TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'file')),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    preview TEXT,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    duration BIGINT,
    thumb SMALLINT NOT NULL DEFAULT 0,
    kept SMALLINT NOT NULL DEFAULT 0,
    operator_id BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT upload_token UNIQUE (account_id, token)
);
CREATE INDEX upload_sha256 ON upload (sha256);
CREATE INDEX upload_preview ON upload (preview);
CREATE INDEX upload_loose ON upload (created_at) WHERE kept = 0;

-- The page from which a friend downloads a file: one for each message that hands it over.
CREATE TABLE download (
    account_id BIGINT NOT NULL,
    token TEXT NOT NULL,
    upload_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    expires_at BIGINT,
    revoked SMALLINT NOT NULL DEFAULT 0,
    downloads BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, token),
    FOREIGN KEY (account_id, upload_id) REFERENCES upload (account_id, id),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);
CREATE INDEX download_message ON download (account_id, message_id);

-- How a message of ours goes out. `packet` is the first message of those that go out in one request; `body` is
-- LINE's JSON, frozen; until `held_until` it can be undone.
CREATE TABLE outgoing (
    account_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    packet BIGINT NOT NULL,
    body TEXT NOT NULL,
    silent SMALLINT NOT NULL DEFAULT 0,
    held_until BIGINT,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, room_id, id) REFERENCES message (account_id, room_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX outgoing_packet ON outgoing (account_id, packet);

-- What is to be sent at a time. `draft` is as the composer has it; the job `later` takes it from here.
CREATE TABLE later (
    account_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    client_key TEXT NOT NULL,
    draft TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT later_key UNIQUE (account_id, client_key),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);
CREATE INDEX later_room ON later (account_id, room_id, due_at);
CREATE INDEX later_due ON later (account_id, due_at);

-- How many of them a room has: the list and the composer show it.
ALTER TABLE room ADD COLUMN later BIGINT NOT NULL DEFAULT 0;

-- How an account chats.
CREATE TABLE chat_setting (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    read_mode TEXT NOT NULL CHECK (read_mode IN ('open', 'reply', 'never')),
    undo SMALLINT NOT NULL,
    as_me SMALLINT NOT NULL,
    link_days BIGINT NOT NULL
);

-- How an operator chats for an account. `icon` is an upload.
CREATE TABLE chat_voice (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    icon BIGINT,
    enter_sends SMALLINT NOT NULL,
    PRIMARY KEY (account_id, operator_id)
);

-- The search index (src/chat/search.rs says how it works). BYTEA is PostgreSQL's word; SQLite takes any, and keeps
-- bytes as bytes.

-- How far the index of an account's messages, or rooms, has come. Messages whose `seq` is above `lo` and not above
-- `hi` are indexed; it began at `start` and goes both ways. Of rooms those with an id of `lo` or above are. One
-- process works at it at a time: `holder`, until `lease_until`.
CREATE TABLE search_state (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    shelf TEXT NOT NULL CHECK (shelf IN ('message', 'room')),
    hi BIGINT NOT NULL,
    lo BIGINT NOT NULL,
    start BIGINT NOT NULL,
    holder BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, shelf)
);

-- Some documents, and what is known of them. `lo` and `hi` are the least and the greatest id among them; `changes`
-- counts what was taken out since it was written; it is used once it is `ready`.
CREATE TABLE search_block (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    shelf TEXT NOT NULL CHECK (shelf IN ('message', 'room')),
    level BIGINT NOT NULL,
    docs BIGINT NOT NULL,
    shards BIGINT NOT NULL,
    lo BIGINT NOT NULL,
    hi BIGINT NOT NULL,
    changes BIGINT NOT NULL DEFAULT 0,
    ready SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, id)
);

-- Which documents of a block have which keys, for a part of the keys.
CREATE TABLE search_shard (
    account_id BIGINT NOT NULL,
    block BIGINT NOT NULL,
    shard BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (account_id, block, shard),
    FOREIGN KEY (account_id, block) REFERENCES search_block (account_id, id) ON DELETE CASCADE
);

-- The documents of a block, latest first.
CREATE TABLE search_doc (
    account_id BIGINT NOT NULL,
    block BIGINT NOT NULL,
    chunk BIGINT NOT NULL,
    lo BIGINT NOT NULL,
    hi BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (account_id, block, chunk),
    FOREIGN KEY (account_id, block) REFERENCES search_block (account_id, id) ON DELETE CASCADE
);

-- Rooms whose names and facts have changed since they were indexed; `seq` is the commit that changed them last.
CREATE TABLE search_room (
    account_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (account_id, room_id),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);

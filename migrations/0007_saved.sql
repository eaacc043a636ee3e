-- Saved messages: what operators send again and again.

CREATE TABLE saved_folder (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT saved_folder_name UNIQUE (account_id, name)
);

-- `bubbles` is JSON (chat::model::draft). `owner_id` is the operator who alone sees it; none when it is
-- the team's. `kinds` and `words` are what lists and searches need of the bubbles. `version` grows with
-- every change, so that nobody overwrites what they have not seen. One that was deleted can be brought
-- back for a while; `deleted_at` is zero for all others.
CREATE TABLE saved (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    owner_id BIGINT REFERENCES operator (id) ON DELETE CASCADE,
    folder_id BIGINT,
    name TEXT NOT NULL,
    shortcut TEXT,
    bubbles TEXT NOT NULL,
    kinds TEXT NOT NULL,
    words TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    uses BIGINT NOT NULL DEFAULT 0,
    used_at BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by BIGINT,
    deleted_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, folder_id) REFERENCES saved_folder (account_id, id)
);
CREATE UNIQUE INDEX saved_shortcut ON saved (account_id, COALESCE(owner_id, 0), shortcut)
    WHERE deleted_at = 0 AND shortcut IS NOT NULL;
CREATE INDEX saved_folder_of ON saved (account_id, folder_id);
CREATE INDEX saved_owner ON saved (owner_id);

-- Whether single keys (J, K, E and so on) do something for this operator (WCAG 2.1.4).
ALTER TABLE operator ADD COLUMN single_keys SMALLINT NOT NULL DEFAULT 1;

-- Who works on a room, what each operator pins and mutes, and how rooms are given out by themselves.

-- Teams of people, as the screens call them: a room can be given to one.
CREATE TABLE crew (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT crew_name UNIQUE (name)
);

CREATE TABLE crew_member (
    crew_id BIGINT NOT NULL REFERENCES crew (id) ON DELETE CASCADE,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    PRIMARY KEY (crew_id, operator_id)
);
CREATE INDEX crew_member_operator ON crew_member (operator_id);

-- On shift since then; none when off. `shift_away`: the shift ends by itself after so many ms without a request; 0 is never.
ALTER TABLE operator ADD COLUMN shift_at BIGINT;
ALTER TABLE operator ADD COLUMN shift_away BIGINT NOT NULL DEFAULT 0;

-- `assignee` is an operator, `crew` a crew; a room may have one, both or none. `queued_at`: since when it waits to be
-- given to somebody; 0 when it does not wait.
ALTER TABLE room ADD COLUMN assignee BIGINT;
ALTER TABLE room ADD COLUMN crew BIGINT;
ALTER TABLE room ADD COLUMN queued_at BIGINT NOT NULL DEFAULT 0;

-- One index for each way of looking at who has a room. The number in the middle says in which views a room stands (0 to 5:
-- open, follow-up, resolved, each read and unread; 6: spam; above that: deleted); a page of a view merges the few stretches that belong to it.
CREATE INDEX room_assignee ON room (account_id, assignee, (CASE WHEN spam > 0 THEN 5 + spam ELSE CASE state WHEN 'open' THEN 0 WHEN 'follow_up' THEN 2 ELSE 4 END + CASE WHEN unread > 0 THEN 1 ELSE 0 END END), at DESC, id DESC)
    WHERE assignee IS NOT NULL;
CREATE INDEX room_crew ON room (account_id, crew, (CASE WHEN spam > 0 THEN 5 + spam ELSE CASE state WHEN 'open' THEN 0 WHEN 'follow_up' THEN 2 ELSE 4 END + CASE WHEN unread > 0 THEN 1 ELSE 0 END END), at DESC, id DESC)
    WHERE crew IS NOT NULL;
CREATE INDEX room_unassigned ON room (account_id, (CASE WHEN spam > 0 THEN 5 + spam ELSE CASE state WHEN 'open' THEN 0 WHEN 'follow_up' THEN 2 ELSE 4 END + CASE WHEN unread > 0 THEN 1 ELSE 0 END END), at DESC, id DESC)
    WHERE assignee IS NULL AND crew IS NULL;
CREATE INDEX room_queue ON room (account_id, crew, queued_at, id) WHERE queued_at > 0;

-- What somebody has: `holder` is an operator, a crew, or 0 for everything that anybody has (what nobody has is the rest).
-- Kept by triggers as `tally` is; `seq` is the commit of its last change. `muted`: rooms with something unread that this
-- operator has muted, which their badge leaves out.
CREATE TABLE holding (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    holder BIGINT NOT NULL,
    seq BIGINT NOT NULL DEFAULT 0,
    rooms BIGINT NOT NULL DEFAULT 0,
    inbox BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0,
    follow_up BIGINT NOT NULL DEFAULT 0,
    resolved BIGINT NOT NULL DEFAULT 0,
    spam BIGINT NOT NULL DEFAULT 0,
    muted BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, holder)
);
CREATE INDEX holding_seq ON holding (account_id, seq);

-- What one operator keeps on top of their own list, and what they want to hear nothing of. A room that is deleted takes its
-- marks with it by a trigger, which counts them out first: a foreign key would remove them too early.
CREATE TABLE mark (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    room_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    pinned_at BIGINT NOT NULL DEFAULT 0,
    muted SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, operator_id, room_id)
);
CREATE INDEX mark_room ON mark (account_id, room_id, muted);
CREATE INDEX mark_seq ON mark (account_id, seq);
CREATE INDEX mark_operator ON mark (operator_id);

-- How an account gives out rooms. `auto` and `team_seq` stand in `tally`, which every writer reads anyway: whether new
-- rooms are given out by themselves, and the commit in which the people or crews last changed.
ALTER TABLE tally ADD COLUMN auto SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN team_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN capacity BIGINT NOT NULL DEFAULT 20;
ALTER TABLE account ADD COLUMN take_on_reply SMALLINT NOT NULL DEFAULT 0;

-- An operator's place in the turn: whoever was given a room longest ago (the lowest `turn`) is next. `capacity` overrides
-- the account's; 0 means that this operator is given none.
CREATE TABLE duty (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    turn BIGINT NOT NULL DEFAULT 0,
    capacity BIGINT,
    PRIMARY KEY (account_id, operator_id)
);
CREATE INDEX duty_operator ON duty (operator_id);

-- Notes among colleagues, deleted rooms, and contacts who are one person.
-- A note is a message of direction 'event' and kind 'note'.

-- Who was named in a note and should look at it.
CREATE TABLE mention (
    account_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL,
    room_id BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (account_id, operator_id, message_id),
    FOREIGN KEY (account_id, room_id) REFERENCES room (account_id, id) ON DELETE CASCADE
);
CREATE INDEX mention_unread ON mention (account_id, operator_id, message_id) WHERE read_at IS NULL;
CREATE INDEX mention_room ON mention (account_id, room_id, message_id);

-- A deleted room is a third folder beside inbox (spam = 0) and spam (1): 2 was in the inbox, 3 was spam. Every
-- view, index, count and trigger asks for 0 or 1 and so leaves it out. Its LINE id moves to `was_line_id`: whoever
-- writes again gets a new room, and nothing of the old one comes back by accident.
ALTER TABLE room ADD COLUMN deleted_at BIGINT;
ALTER TABLE room ADD COLUMN deleted_by BIGINT;
ALTER TABLE room ADD COLUMN was_line_id TEXT;
CREATE INDEX room_deleted ON room (account_id, deleted_at DESC, id DESC) WHERE spam > 1;

-- Contacts of several accounts with one `person_id` are one person, because an operator said so.
CREATE TABLE kin (
    account_id BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    operator_id BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, contact_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contact (account_id, id) ON DELETE CASCADE
);
CREATE INDEX kin_person ON kin (account_id, person_id);

-- Keeps `holding` in the transaction that changes rooms; once a statement. Rooms that nobody has cost a look at the batch.
CREATE FUNCTION hold_rooms() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM new_rooms WHERE COALESCE(assignee, crew) IS NOT NULL) THEN RETURN NULL; END IF;
        INSERT INTO holding (account_id, holder, seq, rooms, inbox, unread, follow_up, resolved, spam)
        SELECT d.account_id, d.holder, t.seq, d.rooms, d.inbox, d.unread, d.follow_up, d.resolved, d.spam FROM (SELECT r.account_id, h.holder,
            SUM(CASE WHEN spam = 0 THEN sign ELSE 0 END) AS rooms,
            SUM(CASE WHEN spam = 0 AND state <> 'resolved' THEN sign ELSE 0 END) AS inbox,
            SUM(CASE WHEN spam = 0 AND unread > 0 THEN sign ELSE 0 END) AS unread,
            SUM(CASE WHEN spam = 0 AND state = 'follow_up' THEN sign ELSE 0 END) AS follow_up,
            SUM(CASE WHEN spam = 0 AND state = 'resolved' THEN sign ELSE 0 END) AS resolved,
            SUM(CASE WHEN spam = 1 THEN sign ELSE 0 END) AS spam
            FROM (SELECT account_id, assignee, crew, spam, state, unread, 1 AS sign FROM new_rooms) r
            CROSS JOIN LATERAL unnest(ARRAY[r.assignee, r.crew, 0]) AS h (holder)
            WHERE h.holder IS NOT NULL AND COALESCE(r.assignee, r.crew) IS NOT NULL GROUP BY r.account_id, h.holder) d
        JOIN tally t ON t.account_id = d.account_id
        WHERE d.rooms <> 0 OR d.inbox <> 0 OR d.unread <> 0 OR d.follow_up <> 0 OR d.resolved <> 0 OR d.spam <> 0
        ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, rooms = holding.rooms + excluded.rooms,
            inbox = holding.inbox + excluded.inbox, unread = holding.unread + excluded.unread,
            follow_up = holding.follow_up + excluded.follow_up, resolved = holding.resolved + excluded.resolved,
            spam = holding.spam + excluded.spam;
    ELSIF TG_OP = 'DELETE' THEN
        -- A room that goes takes its marks with it.
        UPDATE holding SET muted = holding.muted - d.muted, seq = (SELECT t.seq FROM tally t WHERE t.account_id = d.account_id)
        FROM (SELECT m.account_id, m.operator_id, COUNT(*) AS muted FROM old_rooms r
            JOIN mark m ON m.account_id = r.account_id AND m.room_id = r.id AND m.muted = 1
            WHERE r.spam = 0 AND r.unread > 0 GROUP BY m.account_id, m.operator_id) d
        WHERE holding.account_id = d.account_id AND holding.holder = d.operator_id;
        DELETE FROM mark USING old_rooms r WHERE mark.account_id = r.account_id AND mark.room_id = r.id;
        IF NOT EXISTS (SELECT 1 FROM old_rooms WHERE COALESCE(assignee, crew) IS NOT NULL) THEN RETURN NULL; END IF;
        INSERT INTO holding (account_id, holder, seq, rooms, inbox, unread, follow_up, resolved, spam)
        SELECT d.account_id, d.holder, t.seq, d.rooms, d.inbox, d.unread, d.follow_up, d.resolved, d.spam FROM (SELECT r.account_id, h.holder,
            SUM(CASE WHEN spam = 0 THEN sign ELSE 0 END) AS rooms,
            SUM(CASE WHEN spam = 0 AND state <> 'resolved' THEN sign ELSE 0 END) AS inbox,
            SUM(CASE WHEN spam = 0 AND unread > 0 THEN sign ELSE 0 END) AS unread,
            SUM(CASE WHEN spam = 0 AND state = 'follow_up' THEN sign ELSE 0 END) AS follow_up,
            SUM(CASE WHEN spam = 0 AND state = 'resolved' THEN sign ELSE 0 END) AS resolved,
            SUM(CASE WHEN spam = 1 THEN sign ELSE 0 END) AS spam
            FROM (SELECT account_id, assignee, crew, spam, state, unread, -1 AS sign FROM old_rooms) r
            CROSS JOIN LATERAL unnest(ARRAY[r.assignee, r.crew, 0]) AS h (holder)
            WHERE h.holder IS NOT NULL AND COALESCE(r.assignee, r.crew) IS NOT NULL GROUP BY r.account_id, h.holder) d
        JOIN tally t ON t.account_id = d.account_id
        WHERE d.rooms <> 0 OR d.inbox <> 0 OR d.unread <> 0 OR d.follow_up <> 0 OR d.resolved <> 0 OR d.spam <> 0
        ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, rooms = holding.rooms + excluded.rooms,
            inbox = holding.inbox + excluded.inbox, unread = holding.unread + excluded.unread,
            follow_up = holding.follow_up + excluded.follow_up, resolved = holding.resolved + excluded.resolved,
            spam = holding.spam + excluded.spam;
    ELSE
        UPDATE holding SET muted = holding.muted + d.muted, seq = d.seq
        FROM (SELECT m.account_id, m.operator_id, MAX(n.seq) AS seq, SUM(CASE WHEN n.spam = 0 AND n.unread > 0 THEN 1 ELSE -1 END) AS muted
            FROM new_rooms n JOIN old_rooms o ON o.account_id = n.account_id AND o.id = n.id
            JOIN mark m ON m.account_id = n.account_id AND m.room_id = n.id AND m.muted = 1
            WHERE (n.spam = 0 AND n.unread > 0) <> (o.spam = 0 AND o.unread > 0) GROUP BY m.account_id, m.operator_id) d
        WHERE holding.account_id = d.account_id AND holding.holder = d.operator_id AND d.muted <> 0;
        IF NOT EXISTS (SELECT 1 FROM new_rooms WHERE COALESCE(assignee, crew) IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM old_rooms WHERE COALESCE(assignee, crew) IS NOT NULL) THEN RETURN NULL; END IF;
        INSERT INTO holding (account_id, holder, seq, rooms, inbox, unread, follow_up, resolved, spam)
        SELECT d.account_id, d.holder, t.seq, d.rooms, d.inbox, d.unread, d.follow_up, d.resolved, d.spam FROM (SELECT r.account_id, h.holder,
            SUM(CASE WHEN spam = 0 THEN sign ELSE 0 END) AS rooms,
            SUM(CASE WHEN spam = 0 AND state <> 'resolved' THEN sign ELSE 0 END) AS inbox,
            SUM(CASE WHEN spam = 0 AND unread > 0 THEN sign ELSE 0 END) AS unread,
            SUM(CASE WHEN spam = 0 AND state = 'follow_up' THEN sign ELSE 0 END) AS follow_up,
            SUM(CASE WHEN spam = 0 AND state = 'resolved' THEN sign ELSE 0 END) AS resolved,
            SUM(CASE WHEN spam = 1 THEN sign ELSE 0 END) AS spam
            FROM (SELECT account_id, assignee, crew, spam, state, unread, 1 AS sign FROM new_rooms
                  UNION ALL SELECT account_id, assignee, crew, spam, state, unread, -1 AS sign FROM old_rooms) r
            CROSS JOIN LATERAL unnest(ARRAY[r.assignee, r.crew, 0]) AS h (holder)
            WHERE h.holder IS NOT NULL AND COALESCE(r.assignee, r.crew) IS NOT NULL GROUP BY r.account_id, h.holder) d
        JOIN tally t ON t.account_id = d.account_id
        WHERE d.rooms <> 0 OR d.inbox <> 0 OR d.unread <> 0 OR d.follow_up <> 0 OR d.resolved <> 0 OR d.spam <> 0
        ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, rooms = holding.rooms + excluded.rooms,
            inbox = holding.inbox + excluded.inbox, unread = holding.unread + excluded.unread,
            follow_up = holding.follow_up + excluded.follow_up, resolved = holding.resolved + excluded.resolved,
            spam = holding.spam + excluded.spam;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER room_held AFTER INSERT ON room REFERENCING NEW TABLE AS new_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION hold_rooms();
CREATE TRIGGER room_handed AFTER UPDATE ON room REFERENCING OLD TABLE AS old_rooms NEW TABLE AS new_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION hold_rooms();
CREATE TRIGGER room_dropped AFTER DELETE ON room REFERENCING OLD TABLE AS old_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION hold_rooms();

-- What operators muted, counted while something in it is unread.
CREATE FUNCTION count_marks() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    was SMALLINT := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN was := OLD.muted; END IF;
    IF NEW.muted <> was THEN
        INSERT INTO holding (account_id, holder, seq, muted)
        SELECT NEW.account_id, NEW.operator_id, NEW.seq, NEW.muted - was FROM room r
        WHERE r.account_id = NEW.account_id AND r.id = NEW.room_id AND r.spam = 0 AND r.unread > 0
        ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, muted = holding.muted + excluded.muted;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_counted AFTER INSERT OR UPDATE ON mark FOR EACH ROW EXECUTE FUNCTION count_marks();

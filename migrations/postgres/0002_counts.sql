-- SQLite's json_each for PostgreSQL: with it a whole batch of rows is one portable statement,
-- `INSERT … SELECT … FROM json_each($1)`.
CREATE FUNCTION json_each(rows TEXT) RETURNS TABLE (value JSONB)
LANGUAGE SQL IMMUTABLE ROWS 100 AS 'SELECT jsonb_array_elements(rows::jsonb)';

-- Keeps the counts of `tally` in the transaction that changes rooms; once a statement, so that a
-- batch of five hundred rooms updates the row once.
CREATE FUNCTION count_rooms() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE tally SET rooms = tally.rooms + d.rooms, inbox = tally.inbox + d.inbox, unread = tally.unread + d.unread,
            follow_up = tally.follow_up + d.follow_up, resolved = tally.resolved + d.resolved, spam = tally.spam + d.spam
        FROM (SELECT account_id,
                COUNT(*) FILTER (WHERE spam = 0) AS rooms,
                COUNT(*) FILTER (WHERE spam = 0 AND state <> 'resolved') AS inbox,
                COUNT(*) FILTER (WHERE spam = 0 AND unread > 0) AS unread,
                COUNT(*) FILTER (WHERE spam = 0 AND state = 'follow_up') AS follow_up,
                COUNT(*) FILTER (WHERE spam = 0 AND state = 'resolved') AS resolved,
                COUNT(*) FILTER (WHERE spam = 1) AS spam
            FROM new_rooms GROUP BY account_id) d
        WHERE tally.account_id = d.account_id;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE tally SET rooms = tally.rooms - d.rooms, inbox = tally.inbox - d.inbox, unread = tally.unread - d.unread,
            follow_up = tally.follow_up - d.follow_up, resolved = tally.resolved - d.resolved, spam = tally.spam - d.spam
        FROM (SELECT account_id,
                COUNT(*) FILTER (WHERE spam = 0) AS rooms,
                COUNT(*) FILTER (WHERE spam = 0 AND state <> 'resolved') AS inbox,
                COUNT(*) FILTER (WHERE spam = 0 AND unread > 0) AS unread,
                COUNT(*) FILTER (WHERE spam = 0 AND state = 'follow_up') AS follow_up,
                COUNT(*) FILTER (WHERE spam = 0 AND state = 'resolved') AS resolved,
                COUNT(*) FILTER (WHERE spam = 1) AS spam
            FROM old_rooms GROUP BY account_id) d
        WHERE tally.account_id = d.account_id;
    ELSE
        UPDATE tally SET rooms = tally.rooms + d.rooms, inbox = tally.inbox + d.inbox, unread = tally.unread + d.unread,
            follow_up = tally.follow_up + d.follow_up, resolved = tally.resolved + d.resolved, spam = tally.spam + d.spam
        FROM (SELECT account_id,
                SUM(CASE WHEN spam = 0 THEN sign ELSE 0 END) AS rooms,
                SUM(CASE WHEN spam = 0 AND state <> 'resolved' THEN sign ELSE 0 END) AS inbox,
                SUM(CASE WHEN spam = 0 AND unread > 0 THEN sign ELSE 0 END) AS unread,
                SUM(CASE WHEN spam = 0 AND state = 'follow_up' THEN sign ELSE 0 END) AS follow_up,
                SUM(CASE WHEN spam = 0 AND state = 'resolved' THEN sign ELSE 0 END) AS resolved,
                SUM(CASE WHEN spam = 1 THEN sign ELSE 0 END) AS spam
            FROM (SELECT account_id, spam, state, unread, 1 AS sign FROM new_rooms
                  UNION ALL SELECT account_id, spam, state, unread, -1 FROM old_rooms) both_rooms
            GROUP BY account_id) d
        WHERE tally.account_id = d.account_id
            AND (d.rooms <> 0 OR d.inbox <> 0 OR d.unread <> 0 OR d.follow_up <> 0 OR d.resolved <> 0 OR d.spam <> 0);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER room_counted AFTER INSERT ON room REFERENCING NEW TABLE AS new_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION count_rooms();
CREATE TRIGGER room_recounted AFTER UPDATE ON room REFERENCING OLD TABLE AS old_rooms NEW TABLE AS new_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION count_rooms();
CREATE TRIGGER room_uncounted AFTER DELETE ON room REFERENCING OLD TABLE AS old_rooms
    FOR EACH STATEMENT EXECUTE FUNCTION count_rooms();

-- Keeps `holding` in the transaction that changes a room. Rooms that nobody has cost nothing.
CREATE TRIGGER room_held AFTER INSERT ON room WHEN NEW.assignee IS NOT NULL OR NEW.crew IS NOT NULL BEGIN
    INSERT INTO holding (account_id, holder, seq, rooms, inbox, unread, follow_up, resolved, spam)
    SELECT NEW.account_id, h.id, NEW.seq, NEW.spam = 0, NEW.spam = 0 AND NEW.state <> 'resolved', NEW.spam = 0 AND NEW.unread > 0,
        NEW.spam = 0 AND NEW.state = 'follow_up', NEW.spam = 0 AND NEW.state = 'resolved', NEW.spam = 1
    FROM (SELECT NEW.assignee AS id UNION SELECT NEW.crew UNION SELECT 0) h WHERE h.id IS NOT NULL
    ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, rooms = rooms + excluded.rooms, inbox = inbox + excluded.inbox,
        unread = unread + excluded.unread, follow_up = follow_up + excluded.follow_up, resolved = resolved + excluded.resolved,
        spam = spam + excluded.spam;
END;

CREATE TRIGGER room_handed AFTER UPDATE OF state, spam, unread, assignee, crew ON room
WHEN COALESCE(OLD.assignee, OLD.crew, NEW.assignee, NEW.crew) IS NOT NULL
    AND (OLD.state <> NEW.state OR OLD.spam <> NEW.spam OR (OLD.unread > 0) <> (NEW.unread > 0)
        OR OLD.assignee IS NOT NEW.assignee OR OLD.crew IS NOT NEW.crew) BEGIN
    UPDATE holding SET seq = NEW.seq, rooms = rooms - (OLD.spam = 0), inbox = inbox - (OLD.spam = 0 AND OLD.state <> 'resolved'),
        unread = unread - (OLD.spam = 0 AND OLD.unread > 0), follow_up = follow_up - (OLD.spam = 0 AND OLD.state = 'follow_up'),
        resolved = resolved - (OLD.spam = 0 AND OLD.state = 'resolved'), spam = spam - (OLD.spam = 1)
    WHERE account_id = OLD.account_id AND COALESCE(OLD.assignee, OLD.crew) IS NOT NULL AND holder IN (OLD.assignee, OLD.crew, 0);
    INSERT INTO holding (account_id, holder, seq, rooms, inbox, unread, follow_up, resolved, spam)
    SELECT NEW.account_id, h.id, NEW.seq, NEW.spam = 0, NEW.spam = 0 AND NEW.state <> 'resolved', NEW.spam = 0 AND NEW.unread > 0,
        NEW.spam = 0 AND NEW.state = 'follow_up', NEW.spam = 0 AND NEW.state = 'resolved', NEW.spam = 1
    FROM (SELECT NEW.assignee AS id UNION SELECT NEW.crew UNION SELECT 0) h
    WHERE h.id IS NOT NULL AND COALESCE(NEW.assignee, NEW.crew) IS NOT NULL
    ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, rooms = rooms + excluded.rooms, inbox = inbox + excluded.inbox,
        unread = unread + excluded.unread, follow_up = follow_up + excluded.follow_up, resolved = resolved + excluded.resolved,
        spam = spam + excluded.spam;
END;

CREATE TRIGGER room_dropped AFTER DELETE ON room WHEN COALESCE(OLD.assignee, OLD.crew) IS NOT NULL BEGIN
    UPDATE holding SET seq = (SELECT seq FROM tally WHERE account_id = OLD.account_id),
        rooms = rooms - (OLD.spam = 0), inbox = inbox - (OLD.spam = 0 AND OLD.state <> 'resolved'),
        unread = unread - (OLD.spam = 0 AND OLD.unread > 0), follow_up = follow_up - (OLD.spam = 0 AND OLD.state = 'follow_up'),
        resolved = resolved - (OLD.spam = 0 AND OLD.state = 'resolved'), spam = spam - (OLD.spam = 1)
    WHERE account_id = OLD.account_id AND holder IN (OLD.assignee, OLD.crew, 0);
END;

-- What operators muted, counted while something in it is unread.
CREATE TRIGGER room_muted AFTER UPDATE OF spam, unread ON room
WHEN (OLD.spam = 0 AND OLD.unread > 0) <> (NEW.spam = 0 AND NEW.unread > 0) BEGIN
    UPDATE holding SET seq = NEW.seq, muted = muted + (NEW.spam = 0 AND NEW.unread > 0) - (OLD.spam = 0 AND OLD.unread > 0)
    WHERE account_id = NEW.account_id
        AND holder IN (SELECT operator_id FROM mark WHERE account_id = NEW.account_id AND room_id = NEW.id AND muted = 1);
END;

CREATE TRIGGER mark_added AFTER INSERT ON mark WHEN NEW.muted = 1 BEGIN
    INSERT INTO holding (account_id, holder, seq, muted)
    SELECT NEW.account_id, NEW.operator_id, NEW.seq, 1 FROM room r
    WHERE r.account_id = NEW.account_id AND r.id = NEW.room_id AND r.spam = 0 AND r.unread > 0
    ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, muted = muted + 1;
END;

CREATE TRIGGER mark_changed AFTER UPDATE OF muted ON mark WHEN OLD.muted <> NEW.muted BEGIN
    INSERT INTO holding (account_id, holder, seq, muted)
    SELECT NEW.account_id, NEW.operator_id, NEW.seq, NEW.muted - OLD.muted FROM room r
    WHERE r.account_id = NEW.account_id AND r.id = NEW.room_id AND r.spam = 0 AND r.unread > 0
    ON CONFLICT (account_id, holder) DO UPDATE SET seq = excluded.seq, muted = muted + excluded.muted;
END;

-- A room that goes takes its marks with it.
CREATE TRIGGER room_unmarked AFTER DELETE ON room BEGIN
    UPDATE holding SET seq = (SELECT seq FROM tally WHERE account_id = OLD.account_id), muted = muted - 1
    WHERE account_id = OLD.account_id AND OLD.spam = 0 AND OLD.unread > 0
        AND holder IN (SELECT operator_id FROM mark WHERE account_id = OLD.account_id AND room_id = OLD.id AND muted = 1);
    DELETE FROM mark WHERE account_id = OLD.account_id AND room_id = OLD.id;
END;

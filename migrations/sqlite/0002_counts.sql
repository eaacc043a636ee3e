-- Keeps the counts of `tally` in the transaction that changes a room.
CREATE TRIGGER room_counted AFTER INSERT ON room BEGIN
    UPDATE tally SET
        rooms = rooms + (NEW.spam = 0),
        inbox = inbox + (NEW.spam = 0 AND NEW.state <> 'resolved'),
        unread = unread + (NEW.spam = 0 AND NEW.unread > 0),
        follow_up = follow_up + (NEW.spam = 0 AND NEW.state = 'follow_up'),
        resolved = resolved + (NEW.spam = 0 AND NEW.state = 'resolved'),
        spam = spam + (NEW.spam = 1)
    WHERE account_id = NEW.account_id;
END;

CREATE TRIGGER room_recounted AFTER UPDATE OF state, spam, unread ON room
WHEN OLD.state <> NEW.state OR OLD.spam <> NEW.spam OR (OLD.unread > 0) <> (NEW.unread > 0) BEGIN
    UPDATE tally SET
        rooms = rooms + (NEW.spam = 0) - (OLD.spam = 0),
        inbox = inbox + (NEW.spam = 0 AND NEW.state <> 'resolved') - (OLD.spam = 0 AND OLD.state <> 'resolved'),
        unread = unread + (NEW.spam = 0 AND NEW.unread > 0) - (OLD.spam = 0 AND OLD.unread > 0),
        follow_up = follow_up + (NEW.spam = 0 AND NEW.state = 'follow_up') - (OLD.spam = 0 AND OLD.state = 'follow_up'),
        resolved = resolved + (NEW.spam = 0 AND NEW.state = 'resolved') - (OLD.spam = 0 AND OLD.state = 'resolved'),
        spam = spam + (NEW.spam = 1) - (OLD.spam = 1)
    WHERE account_id = NEW.account_id;
END;

CREATE TRIGGER room_uncounted AFTER DELETE ON room BEGIN
    UPDATE tally SET
        rooms = rooms - (OLD.spam = 0),
        inbox = inbox - (OLD.spam = 0 AND OLD.state <> 'resolved'),
        unread = unread - (OLD.spam = 0 AND OLD.unread > 0),
        follow_up = follow_up - (OLD.spam = 0 AND OLD.state = 'follow_up'),
        resolved = resolved - (OLD.spam = 0 AND OLD.state = 'resolved'),
        spam = spam - (OLD.spam = 1)
    WHERE account_id = OLD.account_id;
END;

-- Who did what. Rows are only ever added; each carries a hash over itself and the hash before it, so that `engawa check`
-- sees a row that was changed or taken out. Operators are named by what they were called then.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    operator_id BIGINT,
    operator TEXT NOT NULL,
    account_id BIGINT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- The last row of the log. Whoever adds one takes this first and so waits for whoever is adding.
CREATE TABLE audit_head (
    id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

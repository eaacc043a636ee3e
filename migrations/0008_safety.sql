-- The second step of logging in. `secret` is encrypted, bound to table, row and column; it counts once it was
-- `confirmed_at`. `step` is the last time step whose code was taken, so that a code works once.
CREATE TABLE two_step (
    operator_id BIGINT NOT NULL PRIMARY KEY REFERENCES operator (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    step BIGINT NOT NULL DEFAULT 0,
    confirmed_at BIGINT
);

-- Codes for the day when the phone is lost; each works once. Hashes, as of tokens.
CREATE TABLE recovery_code (
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    PRIMARY KEY (operator_id, hash)
);

-- Browsers that gave the right password and have still to give the code.
CREATE TABLE half_login (
    token TEXT NOT NULL PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);

-- Links with which colleagues join, or, where `operator_id` names somebody, set a new password. `token` is a hash.
CREATE TABLE invitation (
    id BIGINT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'operator')),
    note TEXT NOT NULL,
    operator_id BIGINT REFERENCES operator (id) ON DELETE CASCADE,
    invited_by BIGINT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    until BIGINT NOT NULL,
    CONSTRAINT invitation_token UNIQUE (token)
);

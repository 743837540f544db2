-- Who may ask. Of a secret or a token only its SHA-256 is kept; both are random and long, so that a hash alone cannot be
-- turned back. `user_key` is the id of the user whose rights it has; without one it is an administrator without a name.
CREATE TABLE credentials (
    id TEXT COLLATE "C" PRIMARY KEY,
    system TEXT COLLATE "C" NOT NULL,
    secret_hash TEXT COLLATE "C" NOT NULL,
    user_key TEXT COLLATE "C",
    created BIGINT NOT NULL
);
CREATE TABLE tokens (
    hash TEXT COLLATE "C" PRIMARY KEY,
    credential TEXT COLLATE "C" NOT NULL REFERENCES credentials (id),
    expires BIGINT NOT NULL
);

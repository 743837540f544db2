-- The facts of one directory. `place` is the order of the facts: of two that one identifier names, the first answers.
-- Beside each text stands what it is without case (`_fold`), in binary collation, and, only where that is something else,
-- its whole words between single spaces (`_words`). `uuid` is the id that Passbolt knows. Instants are milliseconds since 1970 in UTC; booleans are 0 and 1.
CREATE TABLE users (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL, id_key TEXT NOT NULL UNIQUE, id_fold TEXT NOT NULL, id_words TEXT, uuid TEXT NOT NULL,
    username TEXT, username_fold TEXT, username_words TEXT,
    email TEXT, email_fold TEXT, email_words TEXT,
    first_name TEXT, first_name_fold TEXT, first_name_words TEXT,
    last_name TEXT, last_name_fold TEXT, last_name_words TEXT,
    full_name_fold TEXT, full_name_words TEXT,
    language TEXT, language_fold TEXT, language_words TEXT,
    timezone TEXT, timezone_fold TEXT, timezone_words TEXT,
    suspended BIGINT, locked BIGINT, password_reset_required BIGINT,
    created BIGINT, modified BIGINT, last_login BIGINT, expiry BIGINT
);
CREATE INDEX users_by_uuid ON users (uuid);
CREATE INDEX users_by_username ON users (username_fold, id_fold, id_key);
CREATE INDEX users_by_email ON users (email_fold, id_fold, id_key);
CREATE INDEX users_by_first_name ON users (first_name_fold, id_fold, id_key);
CREATE INDEX users_by_last_name ON users (last_name_fold, first_name_fold, id_fold, id_key);

-- `depth` and `in_cycle` follow from the nestings and are written in the transaction that changes one.
CREATE TABLE groups (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL, id_key TEXT NOT NULL UNIQUE, id_fold TEXT NOT NULL, id_words TEXT, uuid TEXT NOT NULL,
    name TEXT, name_fold TEXT, name_words TEXT,
    description TEXT, description_fold TEXT, description_words TEXT,
    type TEXT, type_fold TEXT, type_words TEXT,
    created BIGINT, modified BIGINT,
    depth BIGINT NOT NULL DEFAULT 0, in_cycle BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX groups_by_uuid ON groups (uuid);
CREATE INDEX groups_by_name ON groups (name_fold, id_fold, id_key);

CREATE TABLE memberships (
    group_place BIGINT NOT NULL REFERENCES groups (place),
    user_place BIGINT NOT NULL REFERENCES users (place),
    is_manager BIGINT NOT NULL,
    PRIMARY KEY (group_place, user_place)
) WITHOUT ROWID;
CREATE INDEX memberships_by_user ON memberships (user_place, group_place, is_manager);

CREATE TABLE nestings (
    parent_place BIGINT NOT NULL REFERENCES groups (place),
    child_place BIGINT NOT NULL REFERENCES groups (place),
    PRIMARY KEY (parent_place, child_place),
    CHECK (parent_place <> child_place)
) WITHOUT ROWID;
CREATE INDEX nestings_by_child ON nestings (child_place, parent_place);

-- The vendor's own fields. `kind` is 0 for a boolean, 1 for a number, 2 for a text, which is their order; `number` holds
-- the first two.
CREATE TABLE custom_fields (
    place INTEGER PRIMARY KEY,
    is_group BIGINT NOT NULL,
    name TEXT NOT NULL, name_fold TEXT NOT NULL
);
CREATE TABLE user_custom (
    user_place BIGINT NOT NULL REFERENCES users (place),
    field_place BIGINT NOT NULL REFERENCES custom_fields (place),
    kind BIGINT NOT NULL,
    number REAL,
    text TEXT, text_fold TEXT, text_words TEXT,
    PRIMARY KEY (user_place, field_place)
) WITHOUT ROWID;
CREATE INDEX user_custom_by_field ON user_custom (field_place, text_fold);
CREATE TABLE group_custom (
    group_place BIGINT NOT NULL REFERENCES groups (place),
    field_place BIGINT NOT NULL REFERENCES custom_fields (place),
    kind BIGINT NOT NULL,
    number REAL,
    text TEXT, text_fold TEXT, text_words TEXT,
    PRIMARY KEY (group_place, field_place)
) WITHOUT ROWID;
CREATE INDEX group_custom_by_field ON group_custom (field_place, text_fold);

-- One row, changed first by every transaction that changes facts: they wait for each other there.
CREATE TABLE revision (number BIGINT NOT NULL);
INSERT INTO revision (number) VALUES (0);

-- The facts of one directory. `place` is the order of the facts: of two that one identifier names, the first answers.
-- Beside each text stands what it is without case (`_fold`), in binary collation, and, only where that is something else,
-- its whole words between single spaces (`_words`). `uuid` is the id that Passbolt knows. Instants are milliseconds since 1970 in UTC; booleans are 0 and 1.
CREATE TABLE users (
    place BIGINT PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL, id_key TEXT COLLATE "C" NOT NULL UNIQUE, id_fold TEXT COLLATE "C" NOT NULL, id_words TEXT COLLATE "C", uuid TEXT COLLATE "C" NOT NULL,
    username TEXT COLLATE "C", username_fold TEXT COLLATE "C", username_words TEXT COLLATE "C",
    email TEXT COLLATE "C", email_fold TEXT COLLATE "C", email_words TEXT COLLATE "C",
    first_name TEXT COLLATE "C", first_name_fold TEXT COLLATE "C", first_name_words TEXT COLLATE "C",
    last_name TEXT COLLATE "C", last_name_fold TEXT COLLATE "C", last_name_words TEXT COLLATE "C",
    full_name_fold TEXT COLLATE "C", full_name_words TEXT COLLATE "C",
    language TEXT COLLATE "C", language_fold TEXT COLLATE "C", language_words TEXT COLLATE "C",
    timezone TEXT COLLATE "C", timezone_fold TEXT COLLATE "C", timezone_words TEXT COLLATE "C",
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
    place BIGINT PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL, id_key TEXT COLLATE "C" NOT NULL UNIQUE, id_fold TEXT COLLATE "C" NOT NULL, id_words TEXT COLLATE "C", uuid TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C", name_fold TEXT COLLATE "C", name_words TEXT COLLATE "C",
    description TEXT COLLATE "C", description_fold TEXT COLLATE "C", description_words TEXT COLLATE "C",
    type TEXT COLLATE "C", type_fold TEXT COLLATE "C", type_words TEXT COLLATE "C",
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
);
CREATE INDEX memberships_by_user ON memberships (user_place, group_place, is_manager);

CREATE TABLE nestings (
    parent_place BIGINT NOT NULL REFERENCES groups (place),
    child_place BIGINT NOT NULL REFERENCES groups (place),
    PRIMARY KEY (parent_place, child_place),
    CHECK (parent_place <> child_place)
);
CREATE INDEX nestings_by_child ON nestings (child_place, parent_place);

-- The vendor's own fields. `kind` is 0 for a boolean, 1 for a number, 2 for a text, which is their order; `number` holds
-- the first two.
CREATE TABLE custom_fields (
    place BIGINT PRIMARY KEY,
    is_group BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL, name_fold TEXT COLLATE "C" NOT NULL
);
CREATE TABLE user_custom (
    user_place BIGINT NOT NULL REFERENCES users (place),
    field_place BIGINT NOT NULL REFERENCES custom_fields (place),
    kind BIGINT NOT NULL,
    number DOUBLE PRECISION,
    text TEXT COLLATE "C", text_fold TEXT COLLATE "C", text_words TEXT COLLATE "C",
    PRIMARY KEY (user_place, field_place)
);
CREATE INDEX user_custom_by_field ON user_custom (field_place, text_fold);
CREATE TABLE group_custom (
    group_place BIGINT NOT NULL REFERENCES groups (place),
    field_place BIGINT NOT NULL REFERENCES custom_fields (place),
    kind BIGINT NOT NULL,
    number DOUBLE PRECISION,
    text TEXT COLLATE "C", text_fold TEXT COLLATE "C", text_words TEXT COLLATE "C",
    PRIMARY KEY (group_place, field_place)
);
CREATE INDEX group_custom_by_field ON group_custom (field_place, text_fold);

-- One row, changed first by every transaction that changes facts: they wait for each other there.
CREATE TABLE revision (number BIGINT NOT NULL);
INSERT INTO revision (number) VALUES (0);

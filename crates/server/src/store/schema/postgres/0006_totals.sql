-- How many users and groups there are, beside the number of the revision: whoever lists all of them is told so, and they only
-- change when the database is filled.
ALTER TABLE revision ADD COLUMN user_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE revision ADD COLUMN group_count BIGINT NOT NULL DEFAULT 0;
UPDATE revision SET user_count = (SELECT count(*) FROM users), group_count = (SELECT count(*) FROM groups);

-- An order that is walked past many users to a page far back needs their places, and nothing else of them. Each is there from
-- the end of the alphabet too, with whoever has no such text last all the same.
DROP INDEX users_by_username, users_by_email, users_by_first_name, users_by_last_name;
DROP INDEX users_by_created, users_by_last_login, users_by_latest_created, users_by_latest_login;
CREATE INDEX users_by_username ON users (username_fold, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_email ON users (email_fold, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_first_name ON users (first_name_fold, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_name ON users (last_name_fold, first_name_fold, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_created ON users (created, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_login ON users (last_login, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_username ON users (username_fold DESC NULLS LAST, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_email ON users (email_fold DESC NULLS LAST, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_first_name ON users (first_name_fold DESC NULLS LAST, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_last_last_name ON users (last_name_fold DESC NULLS LAST, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_latest_created ON users (created DESC NULLS LAST, id_fold, id_key) INCLUDE (place);
CREATE INDEX users_by_latest_login ON users (last_login DESC NULLS LAST, id_fold, id_key) INCLUDE (place);

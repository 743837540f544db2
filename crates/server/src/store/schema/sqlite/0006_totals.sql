-- How many users and groups there are, beside the number of the revision: whoever lists all of them is told so, and they only
-- change when the database is filled.
ALTER TABLE revision ADD COLUMN user_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE revision ADD COLUMN group_count BIGINT NOT NULL DEFAULT 0;
UPDATE revision SET user_count = (SELECT count(*) FROM users), group_count = (SELECT count(*) FROM groups);

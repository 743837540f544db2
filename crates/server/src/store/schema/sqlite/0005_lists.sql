-- The names of each user without case, one after the other: a tenth of what a search would else read. Three characters and
-- more are looked up by their trigrams, which are of code points as they are. Whoever fills it rebuilds them.
CREATE TABLE user_search (
    place INTEGER PRIMARY KEY REFERENCES users (place),
    text TEXT NOT NULL
);
INSERT INTO user_search (place, text)
SELECT place, coalesce(first_name_fold, '') || '|' || coalesce(last_name_fold, '') || '|'
    || coalesce(username_fold, '') || '|' || coalesce(email_fold, '')
FROM users;
CREATE VIRTUAL TABLE user_trigrams USING fts5 (
    text, content = 'user_search', content_rowid = 'place', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO user_trigrams (user_trigrams) VALUES ('rebuild');

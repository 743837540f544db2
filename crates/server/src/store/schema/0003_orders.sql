-- Lists are also asked for by the latest: these hold all that such an order compares.
CREATE INDEX users_by_created ON users (created, id_fold, id_key);
CREATE INDEX users_by_last_login ON users (last_login, id_fold, id_key);

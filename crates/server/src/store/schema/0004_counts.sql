-- How many direct members a group has, and how many with those of all groups below it. Both follow from the facts and are
-- written in the transaction that changes one.
ALTER TABLE groups ADD COLUMN user_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN member_count BIGINT NOT NULL DEFAULT 0;
UPDATE groups SET
    user_count = (SELECT count(*) FROM memberships m WHERE m.group_place = groups.place),
    member_count = (SELECT count(DISTINCT i.user_place) FROM (
        WITH RECURSIVE below(place) AS (
            SELECT CAST(groups.place AS BIGINT)
            UNION SELECT n.child_place FROM below b CROSS JOIN nestings n WHERE n.parent_place = b.place
        )
        SELECT m.user_place FROM below b CROSS JOIN memberships m WHERE m.group_place = b.place
    ) i);

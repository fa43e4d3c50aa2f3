-- How each policy was used, by day: an overview of policies must not read every record of a month. It is made of records
-- that are there already, some thousand at a time; the newest records are not in it yet, and are read beside it.
CREATE TABLE policy_days (
    policy_path TEXT NOT NULL,
    written_on DATE NOT NULL,
    owner TEXT NOT NULL,
    repository TEXT NOT NULL,
    identity TEXT NOT NULL,
    granted BIGINT NOT NULL,
    not_granted BIGINT NOT NULL,
    last_granted TIMESTAMP WITH TIME ZONE,
    changed TIMESTAMP WITH TIME ZONE,
    deleted TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (policy_path, written_on)
);

CREATE INDEX policy_days_owner ON policy_days (owner, policy_path);

-- The last record that is in it.
CREATE TABLE policy_days_end (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    written_on DATE NOT NULL,
    seq BIGINT NOT NULL
);

INSERT INTO policy_days_end (only_row, written_on, seq) VALUES (1, DATE '2000-01-01', 0);

-- Takes in the next records, at most so many, and returns how many. Records are committed one batch after the other, so
-- none comes before one that was taken in. A replica that comes while another one does it has nothing to do.
CREATE FUNCTION octosts_audit_count(most INTEGER) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    start_day DATE;
    start_seq BIGINT;
    end_day DATE;
    end_seq BIGINT;
    counted INTEGER;
BEGIN
    SELECT written_on, seq INTO start_day, start_seq FROM policy_days_end WHERE only_row = 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT written_on, seq, number INTO end_day, end_seq, counted FROM (
        SELECT written_on, seq, row_number() OVER (ORDER BY written_on, seq) AS number FROM (
            SELECT written_on, seq FROM audit_records
            WHERE written_on >= start_day AND (written_on, seq) > (start_day, start_seq)
            ORDER BY written_on, seq LIMIT most) AS next) AS numbered
        ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    INSERT INTO policy_days AS known (policy_path, written_on, owner, repository, identity, granted, not_granted,
            last_granted, changed, deleted)
        SELECT policy_path, written_on, MIN(owner), MIN(repository), MIN(identity),
            COUNT(*) FILTER (WHERE kind = 'exchange' AND outcome = 'granted'),
            COUNT(*) FILTER (WHERE kind = 'exchange' AND outcome <> 'granted'),
            MAX(happened_at) FILTER (WHERE kind = 'exchange' AND outcome = 'granted'),
            MAX(happened_at) FILTER (WHERE kind = 'policy'),
            MAX(happened_at) FILTER (WHERE kind = 'policy' AND outcome = 'deleted')
        FROM audit_records
        WHERE written_on BETWEEN start_day AND end_day AND (written_on, seq) > (start_day, start_seq)
            AND (written_on, seq) <= (end_day, end_seq) AND kind IN ('exchange', 'policy') AND policy_path <> ''
        GROUP BY policy_path, written_on
        ON CONFLICT (policy_path, written_on) DO UPDATE SET
            granted = known.granted + EXCLUDED.granted,
            not_granted = known.not_granted + EXCLUDED.not_granted,
            last_granted = GREATEST(known.last_granted, EXCLUDED.last_granted),
            changed = GREATEST(known.changed, EXCLUDED.changed),
            deleted = GREATEST(known.deleted, EXCLUDED.deleted);
    UPDATE policy_days_end SET written_on = end_day, seq = end_seq WHERE only_row = 1;
    RETURN counted;
END
$$;

-- What was dropped is no longer counted.
CREATE OR REPLACE FUNCTION octosts_audit_drop(before_day DATE) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    today DATE := CAST(clock_timestamp() AT TIME ZONE 'UTC' AS DATE);
    old_table TEXT;
    dropped INTEGER := 0;
BEGIN
    IF before_day >= today THEN
        RAISE EXCEPTION 'only days that are over';
    END IF;
    FOR old_table IN
        SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = to_regclass('audit_records')
            AND child.relname ~ '^audit_records_[0-9]{8}$'
            AND to_date(right(child.relname, 8), 'YYYYMMDD') < before_day
    LOOP
        EXECUTE format('DROP TABLE %I', old_table);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM policy_days WHERE written_on < before_day;
    RETURN dropped;
END
$$;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION octosts_audit_count(INTEGER) SET search_path TO %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION octosts_audit_drop(DATE) SET search_path TO %I, pg_temp', current_schema());
END
$$;

REVOKE ALL ON FUNCTION octosts_audit_count(INTEGER) FROM PUBLIC;

-- The records of one policy, the newest first. Its path may be longer than an entry of an index.
CREATE INDEX audit_records_policy ON audit_records (md5(policy_path), written_on, seq) WHERE policy_path <> '';

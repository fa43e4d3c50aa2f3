-- Who got what, and why: one row for each exchange and each act of an operator. Rows are only added. Each has the hash
-- of the row before it, so a row that was changed, removed, inserted or moved shows (octo-sts audit verify).
CREATE TABLE audit_records (
    written_on DATE NOT NULL,
    seq BIGINT NOT NULL,
    id VARCHAR(36) NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    owner TEXT NOT NULL,
    repository TEXT NOT NULL,
    identity TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    policy_path TEXT NOT NULL,
    policy_blob VARCHAR(64) NOT NULL,
    token_sha256 VARCHAR(64) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    installation_id BIGINT NOT NULL,
    request_id TEXT NOT NULL,
    data TEXT NOT NULL,
    previous VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (written_on, seq)
) PARTITION BY RANGE (written_on);

CREATE INDEX audit_records_owner ON audit_records (owner, happened_at DESC);
CREATE INDEX audit_records_token ON audit_records (token_sha256) WHERE token_sha256 <> '';
CREATE INDEX audit_records_id ON audit_records (id);

-- Also for the owner of the table, who has every right: an update needs an act of its own.
CREATE FUNCTION octosts_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are only added' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE ON audit_records
    FOR EACH ROW EXECUTE FUNCTION octosts_audit_append_only();

-- The role of the service needs no right to create or to drop tables: it calls these two, which run with the rights of
-- the role that owns them.
CREATE FUNCTION octosts_audit_prepare(days INTEGER) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    today DATE := CAST(clock_timestamp() AT TIME ZONE 'UTC' AS DATE);
    wanted DATE;
BEGIN
    IF days NOT BETWEEN 0 AND 31 THEN
        RAISE EXCEPTION 'from 0 to 31 days';
    END IF;
    FOR wanted IN SELECT today + number FROM generate_series(-1, days) AS number LOOP
        IF to_regclass('audit_records_' || to_char(wanted, 'YYYYMMDD')) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF audit_records FOR VALUES FROM (%L) TO (%L)',
                'audit_records_' || to_char(wanted, 'YYYYMMDD'), wanted, wanted + 1);
        END IF;
    END LOOP;
END
$$;

CREATE FUNCTION octosts_audit_drop(before_day DATE) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER AS $$
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
    RETURN dropped;
END
$$;

-- They find the tables in this schema, whatever the caller's search path is.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION octosts_audit_prepare(INTEGER) SET search_path TO %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION octosts_audit_drop(DATE) SET search_path TO %I, pg_temp', current_schema());
END
$$;

REVOKE ALL ON FUNCTION octosts_audit_prepare(INTEGER) FROM PUBLIC;
REVOKE ALL ON FUNCTION octosts_audit_drop(DATE) FROM PUBLIC;

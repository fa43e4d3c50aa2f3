-- Appends records to the chain in one statement, if its end is still where the caller has seen it, and the day is not
-- over. So a service that is the only one to append needs one round trip for a commit, and not four: that counts when the
-- database is on another machine. The rights are those of the caller.
CREATE FUNCTION octosts_audit_append(
    day DATE, end_day DATE, end_seq BIGINT, end_hash TEXT,
    ids TEXT[], happened_micros BIGINT[], kinds TEXT[], outcomes TEXT[], owners TEXT[], repositories TEXT[],
    identities TEXT[], issuers TEXT[], subjects TEXT[], policy_paths TEXT[], policy_blobs TEXT[], token_sha256s TEXT[],
    expires_micros BIGINT[], installation_ids BIGINT[], request_ids TEXT[], datas TEXT[], previouses TEXT[],
    hashes TEXT[]
) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
BEGIN
    -- The lock of every append. A caller that is gone keeps it no longer than this statement takes, so nothing limits the
    -- wait for it. Each of the following statements sees what was committed before.
    PERFORM pg_advisory_xact_lock(896312359718580224);
    IF CAST(clock_timestamp() AT TIME ZONE 'UTC' AS DATE) > day
        OR (end_seq > 0 AND NOT EXISTS (
            SELECT 1 FROM audit_records WHERE written_on = end_day AND seq = end_seq AND hash = end_hash))
        OR EXISTS (
            SELECT 1 FROM audit_records WHERE written_on >= end_day AND (written_on, seq) > (end_day, end_seq)) THEN
        RETURN FALSE;
    END IF;
    INSERT INTO audit_records (written_on, seq, id, happened_at, kind, outcome, owner, repository, identity, issuer,
            subject, policy_path, policy_blob, token_sha256, expires_at, installation_id, request_id, data, previous, hash)
        SELECT day, end_seq + place, id, TIMESTAMPTZ 'epoch' + happened * INTERVAL '1 microsecond', kind, outcome, owner,
            repository, identity, issuer, subject, policy_path, policy_blob, token_sha256,
            TIMESTAMPTZ 'epoch' + expires * INTERVAL '1 microsecond', installation_id, request_id, data, previous, hash
        FROM unnest(ids, happened_micros, kinds, outcomes, owners, repositories, identities, issuers, subjects,
            policy_paths, policy_blobs, token_sha256s, expires_micros, installation_ids, request_ids, datas, previouses,
            hashes) WITH ORDINALITY AS records (id, happened, kind, outcome, owner, repository, identity, issuer, subject,
            policy_path, policy_blob, token_sha256, expires, installation_id, request_id, data, previous, hash, place);
    RETURN TRUE;
END
$$;

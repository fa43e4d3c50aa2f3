-- What tokens of this service did, as GitHub's audit log says. The id is GitHub's: an event that comes twice is one row.
-- Rows without a token are ends of workflow runs. Old rows are deleted (OCTOSTS_USAGE_RETENTION).
CREATE TABLE token_usage (
    document_id VARCHAR(128) NOT NULL PRIMARY KEY,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    token_sha256 VARCHAR(64) NOT NULL,
    run_id VARCHAR(32) NOT NULL,
    action VARCHAR(255) NOT NULL,
    owner VARCHAR(255) NOT NULL,
    repository VARCHAR(255) NOT NULL,
    method VARCHAR(16) NOT NULL,
    path VARCHAR(512) NOT NULL,
    status INTEGER NOT NULL,
    place VARCHAR(64) NOT NULL
);

CREATE INDEX token_usage_happened_at ON token_usage (happened_at);
CREATE INDEX token_usage_run_id ON token_usage (run_id);

-- For which times the audit log of an account is known, at all (log) or with its requests to the API (api).
CREATE TABLE usage_windows (
    owner VARCHAR(255) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    from_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (owner, kind, from_at)
);

-- One row: who joins windows holds its lock.
CREATE TABLE usage_lock (
    only_row INTEGER NOT NULL PRIMARY KEY
);

INSERT INTO usage_lock (only_row) VALUES (1);

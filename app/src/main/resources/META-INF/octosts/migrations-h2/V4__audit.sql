-- Who got what, and why. Rows are added; the oldest are deleted, because the file is bounded. H2 has no partitions and
-- one user: whoever can write the file can change it, and only the hashes show that.
CREATE TABLE audit_records (
    written_on DATE NOT NULL,
    seq BIGINT NOT NULL,
    id VARCHAR(36) NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    owner VARCHAR(10000) NOT NULL,
    repository VARCHAR(10000) NOT NULL,
    identity VARCHAR(10000) NOT NULL,
    issuer VARCHAR(10000) NOT NULL,
    subject VARCHAR(10000) NOT NULL,
    policy_path VARCHAR(10000) NOT NULL,
    policy_blob VARCHAR(64) NOT NULL,
    token_sha256 VARCHAR(64) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    installation_id BIGINT NOT NULL,
    request_id VARCHAR(10000) NOT NULL,
    data VARCHAR(100000) NOT NULL,
    previous VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (written_on, seq)
);

CREATE INDEX audit_records_id ON audit_records (id);

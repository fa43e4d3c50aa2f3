-- Whom the operator stops. A rule stops a caller when all its parts fit; an empty part fits always.
CREATE TABLE deny_rules (
    id VARCHAR(16) NOT NULL PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    repository VARCHAR(255) NOT NULL,
    identity VARCHAR(512) NOT NULL,
    issuer VARCHAR(255) NOT NULL,
    subject VARCHAR(1024) NOT NULL,
    claim_name VARCHAR(255) NOT NULL,
    claim_value VARCHAR(1024) NOT NULL,
    why VARCHAR(1024) NOT NULL,
    made_by VARCHAR(255) NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE
);

-- One row, which changes with the rules: replicas look at it twice a second.
CREATE TABLE deny_rules_version (
    only_row INTEGER NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);

INSERT INTO deny_rules_version (only_row, version) VALUES (1, 0);

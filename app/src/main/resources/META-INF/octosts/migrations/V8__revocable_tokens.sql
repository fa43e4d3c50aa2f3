-- Tokens that are valid now, sealed with a key that is not in this database (OCTOSTS_REVOCABLE_TOKENS). Who has this
-- table alone has no token.
CREATE TABLE revocable_tokens (
    token_sha256 VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(512) NOT NULL,
    repository VARCHAR(512) NOT NULL,
    identity VARCHAR(512) NOT NULL,
    issuer VARCHAR(512) NOT NULL,
    subject VARCHAR(1024) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sealed VARCHAR(8192) NOT NULL
);

CREATE INDEX revocable_tokens_expires_at ON revocable_tokens (expires_at);
CREATE INDEX revocable_tokens_owner ON revocable_tokens (owner);

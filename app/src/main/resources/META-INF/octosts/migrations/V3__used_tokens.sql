-- Which tokens were exchanged, until they expire. The key is a digest: nothing of a token is kept.
CREATE TABLE used_tokens (
    token CHAR(64) NOT NULL PRIMARY KEY,
    holder CHAR(36) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX used_tokens_expires_at ON used_tokens (expires_at);

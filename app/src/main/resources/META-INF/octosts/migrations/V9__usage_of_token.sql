-- What one token was used for, and the tokens of one policy.
CREATE INDEX token_usage_token ON token_usage (token_sha256, happened_at);

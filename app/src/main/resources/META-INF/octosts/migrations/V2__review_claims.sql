-- Which replica reviews which commit just now. The key is a digest: no name is kept.
CREATE TABLE review_claims (
    head CHAR(64) NOT NULL PRIMARY KEY,
    holder CHAR(36) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);

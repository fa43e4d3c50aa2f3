-- What operators search for, the newest first. A partition is a day, so these come in the order of the chain.
DROP INDEX audit_records_owner;
CREATE INDEX audit_records_owner ON audit_records (owner, written_on, seq);
CREATE INDEX audit_records_request ON audit_records (request_id);
-- A subject may be longer than an entry of an index.
CREATE INDEX audit_records_subject ON audit_records (md5(subject), written_on, seq);

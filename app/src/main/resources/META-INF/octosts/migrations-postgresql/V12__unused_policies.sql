-- Which policies grant nothing: read from this index alone, in the order of a page.
CREATE INDEX policy_days_granted ON policy_days (policy_path, written_on) INCLUDE (granted, owner);

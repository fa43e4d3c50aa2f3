-- Which installation serves whom, as long as it is asked for now and then. The key is a digest: no name is kept.
CREATE TABLE sticky_routes (
    route CHAR(64) NOT NULL PRIMARY KEY,
    app_id BIGINT NOT NULL,
    installation_id BIGINT NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX sticky_routes_used_at ON sticky_routes (used_at);

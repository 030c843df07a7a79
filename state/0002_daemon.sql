-- What a daemon keeps beside the declared resources: who paused what, and how everything is doing.

-- Runtime pauses (splintarr pause): beside the spec, never in it.
CREATE TABLE pauses (
    address TEXT PRIMARY KEY,            -- 'queue/tv-missing', 'instance/sonarr-main'
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,            -- 0: until resumed
    actor   TEXT NOT NULL,
    reason  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Conditions as last judged; since moves when the status or the reason does.
CREATE TABLE conditions (
    address TEXT NOT NULL,               -- 'source', 'instance/sonarr-main'
    type    TEXT NOT NULL,               -- Synced, Ready, Healthy, Suspended, Stalled
    status  TEXT NOT NULL,               -- True, False, Unknown
    reason  TEXT NOT NULL,
    message TEXT NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (address, type)
) STRICT, WITHOUT ROWID;

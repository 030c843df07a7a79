-- The state of one Splintarr. Times are milliseconds since 1970 UTC, 0 means never or unknown.
-- Words of the program (kinds, verdicts, states) are stored as text, so that their order in the
-- source may change. Instances and queues are rows: a rename changes one name and nothing else.

CREATE TABLE migrations (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    checksum TEXT NOT NULL,              -- SHA-256 of the file
    applied  INTEGER NOT NULL
) STRICT;

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- what was applied ----

CREATE TABLE resources (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL,
    name           TEXT NOT NULL,
    spec           TEXT NOT NULL,        -- canonical JSON
    hash           TEXT NOT NULL,        -- of spec
    fingerprints   TEXT NOT NULL,        -- JSON object: field path to fingerprint of the secret
    file           TEXT NOT NULL,
    line           INTEGER NOT NULL,
    col            INTEGER NOT NULL,
    from_rev       INTEGER NOT NULL,     -- the revision that gave it this spec
    first_applied  INTEGER NOT NULL,
    spec_since     INTEGER NOT NULL,
    archived       INTEGER NOT NULL DEFAULT 0,
    retained_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, name)
) STRICT;

-- Valid from from_rev until, not including, to_rev; NULL: still.
CREATE TABLE resource_versions (
    resource INTEGER NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
    from_rev INTEGER NOT NULL,
    to_rev   INTEGER,
    spec     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (resource, from_rev)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_versions_ended ON resource_versions (to_rev) WHERE to_rev IS NOT NULL;

CREATE TABLE revisions (
    rev         INTEGER PRIMARY KEY,
    applied     INTEGER NOT NULL,
    digest      TEXT NOT NULL,
    actor       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    plan        TEXT NOT NULL,           -- JSON; '' once it is too old to be asked for
    git_commit  TEXT NOT NULL,
    branch      TEXT NOT NULL,
    author      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    is_dirty    INTEGER NOT NULL,
    n_resources INTEGER NOT NULL,
    n_added     INTEGER NOT NULL,
    n_changed   INTEGER NOT NULL,
    n_removed   INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    address TEXT NOT NULL,
    detail  TEXT NOT NULL,
    rev     INTEGER NOT NULL             -- 0: none
) STRICT;
CREATE INDEX audit_at ON audit (at);

CREATE TABLE secrets (
    name    TEXT PRIMARY KEY,
    value   BLOB NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- names ----

CREATE TABLE instances (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL DEFAULT 0, -- of the newest sync begun
    n_archived INTEGER NOT NULL DEFAULT 0, -- items it has archived so far
    synced     INTEGER NOT NULL DEFAULT 0  -- when the last complete sync ended
) STRICT;

CREATE TABLE queues (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE            -- 'tv-missing', or 'upgrade@sonarr-main' of a fan-out
) STRICT;

-- ---- what the servers have ----

-- Clustered by server id: movies are read one title per item, in that order.
CREATE TABLE titles (
    instance            INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    server_id           INTEGER NOT NULL,
    generation          INTEGER NOT NULL, -- of the newest sync that saw it
    archived            INTEGER NOT NULL DEFAULT 0, -- the generation that missed it; 0: live
    tvdb_id             INTEGER NOT NULL,
    tmdb_id             INTEGER NOT NULL,
    imdb_id             TEXT NOT NULL,
    title               TEXT NOT NULL,
    sort_title          TEXT NOT NULL,
    year                INTEGER NOT NULL,
    status              TEXT NOT NULL,
    type                TEXT NOT NULL,
    is_monitored        INTEGER NOT NULL,
    quality_profile_id  INTEGER NOT NULL,
    tags                TEXT NOT NULL,    -- ids, ' 1 4 7 '
    genres              TEXT NOT NULL,    -- '|Drama|Crime|'
    runtime             INTEGER NOT NULL,
    added               INTEGER NOT NULL,
    fingerprint         TEXT NOT NULL,    -- of what the server said now
    fetched_fingerprint TEXT NOT NULL DEFAULT '', -- when its episodes were read last
    fetched             INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (instance, server_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX titles_stale ON titles (instance, generation) WHERE fetched_fingerprint <> fingerprint;
CREATE INDEX titles_archived ON titles (instance) WHERE archived <> 0;

CREATE TABLE items (
    id                 INTEGER PRIMARY KEY,
    instance           INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    kind               TEXT NOT NULL,
    server_id          INTEGER NOT NULL,
    title_id           INTEGER NOT NULL,  -- the server's
    generation         INTEGER NOT NULL,
    archived           INTEGER NOT NULL DEFAULT 0,
    identity           TEXT NOT NULL,     -- portable: the key of its memory
    season             INTEGER NOT NULL,
    episode            INTEGER NOT NULL,
    episode_title      TEXT NOT NULL,
    is_monitored       INTEGER NOT NULL,
    has_file           INTEGER NOT NULL,
    is_cutoff_unmet    INTEGER NOT NULL,
    is_upgrade_allowed INTEGER NOT NULL,
    aired              INTEGER NOT NULL,
    added              INTEGER NOT NULL,
    is_available       INTEGER NOT NULL,
    in_cinemas         INTEGER NOT NULL,
    digital            INTEGER NOT NULL,
    physical           INTEGER NOT NULL,
    server_searched    INTEGER NOT NULL,
    n_aired            INTEGER NOT NULL,  -- aired episodes of its series
    n_titles           INTEGER NOT NULL,
    UNIQUE (instance, kind, server_id)
) STRICT;
CREATE INDEX items_live ON items (instance, has_file) WHERE archived = 0;
CREATE INDEX items_of_title ON items (instance, title_id);

CREATE TABLE profiles (
    instance           INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    server_id          INTEGER NOT NULL,
    name               TEXT NOT NULL,
    is_upgrade_allowed INTEGER NOT NULL,
    PRIMARY KEY (instance, server_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    instance  INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    label     TEXT NOT NULL,
    PRIMARY KEY (instance, server_id)
) STRICT, WITHOUT ROWID;

-- ---- what was searched ----

CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    queue       INTEGER NOT NULL REFERENCES queues (id),
    instance    INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    strategy    TEXT NOT NULL,
    seed        INTEGER NOT NULL,
    started     INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    status      TEXT NOT NULL,
    gate        TEXT NOT NULL,
    considered  INTEGER NOT NULL,
    selected    INTEGER NOT NULL,
    searched    INTEGER NOT NULL,
    grabbed     INTEGER NOT NULL,
    reasons     TEXT NOT NULL,
    near_misses TEXT NOT NULL,
    error       TEXT NOT NULL
) STRICT;
CREATE INDEX runs_of_queue ON runs (queue);
CREATE INDEX runs_of_instance ON runs (instance);
CREATE INDEX runs_unfinished ON runs (id) WHERE ended = 0;

-- before_*: the memory of the item as this attempt's verdict found it, so that a verdict can be
-- replaced exactly.
CREATE TABLE attempts (
    id                  INTEGER PRIMARY KEY,
    run                 INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    queue               INTEGER NOT NULL REFERENCES queues (id),
    instance            INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    strategy            TEXT NOT NULL,
    kind                TEXT NOT NULL,
    item_id             INTEGER NOT NULL,
    title_id            INTEGER NOT NULL,
    identity            TEXT NOT NULL,
    title               TEXT NOT NULL,
    season              INTEGER NOT NULL,
    episode             INTEGER NOT NULL,
    state               TEXT NOT NULL,
    command_id          INTEGER NOT NULL,
    intended            INTEGER NOT NULL,
    server_date         INTEGER NOT NULL,
    server_searched     INTEGER NOT NULL,
    server_started      INTEGER NOT NULL,
    posted              INTEGER NOT NULL,
    started             INTEGER NOT NULL,
    ended               INTEGER NOT NULL,
    judged              INTEGER NOT NULL,
    verdict             TEXT NOT NULL,
    grabs               INTEGER NOT NULL,
    cost                INTEGER NOT NULL,
    imported            INTEGER NOT NULL,
    message             TEXT NOT NULL,
    before_searched     INTEGER NOT NULL DEFAULT 0,
    before_last         TEXT NOT NULL DEFAULT '',
    before_n_searches   INTEGER NOT NULL DEFAULT 0,
    before_n_nothing    INTEGER NOT NULL DEFAULT 0,
    before_n_soft       INTEGER NOT NULL DEFAULT 0,
    before_soft_failed  INTEGER NOT NULL DEFAULT 0,
    before_grabbed      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attempts_at ON attempts (intended);
CREATE INDEX attempts_of_instance ON attempts (instance, intended);
CREATE INDEX attempts_of_queue ON attempts (queue, intended);
CREATE INDEX attempts_of_item ON attempts (identity, instance, intended);
CREATE INDEX attempts_of_run ON attempts (run);
CREATE INDEX attempts_open ON attempts (instance, identity) WHERE state <> 'judged';

CREATE TABLE memory (
    instance   INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    identity   TEXT NOT NULL,
    searched   INTEGER NOT NULL,
    last       TEXT NOT NULL,
    n_searches INTEGER NOT NULL,
    n_nothing  INTEGER NOT NULL,
    n_soft     INTEGER NOT NULL,
    soft_failed INTEGER NOT NULL,
    n_grabs    INTEGER NOT NULL,
    grabbed    INTEGER NOT NULL,
    PRIMARY KEY (instance, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollups (
    day             TEXT NOT NULL,       -- of the intent, UTC
    instance        INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    queue           INTEGER NOT NULL REFERENCES queues (id),
    strategy        TEXT NOT NULL,
    n_searches      INTEGER NOT NULL,    -- that count: grabbed + nothing + other
    n_grabbed       INTEGER NOT NULL,
    n_nothing       INTEGER NOT NULL,
    n_failed        INTEGER NOT NULL,    -- failed, lost, no_indexers: asked nobody
    n_other         INTEGER NOT NULL,    -- unknown, foreign, abandoned
    n_grabs         INTEGER NOT NULL,    -- releases
    n_queries       INTEGER NOT NULL,
    PRIMARY KEY (day, instance, queue, strategy)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollups_of_instance ON rollups (instance);
CREATE INDEX rollups_of_queue ON rollups (queue);

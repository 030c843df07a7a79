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

-- ---- looking back ----

-- What the resource was called then: a rename changes its row, not its past.
ALTER TABLE resource_versions ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE resource_versions SET name = (SELECT r.name FROM resources r WHERE r.id = resource);

-- Content of the files that exclusions refer to (titles_file): what runs needs no tree, and an older
-- revision needs what the file said then. Valid like resource_versions.
CREATE TABLE contents (
    path     TEXT NOT NULL,              -- below the root
    from_rev INTEGER NOT NULL,
    to_rev   INTEGER,
    content  TEXT NOT NULL,
    PRIMARY KEY (path, from_rev)
) STRICT, WITHOUT ROWID;
INSERT INTO contents (path, from_rev, content) SELECT substr(name, 9), 0, value FROM meta WHERE name GLOB 'content:*';
DELETE FROM meta WHERE name GLOB 'content:*';

-- The paths that a resource's file writes, defaults too: what `get -o json` calls explicit.
ALTER TABLE resources ADD COLUMN written TEXT NOT NULL DEFAULT '';

-- Names its specials are searched under: each costs a query.
ALTER TABLE titles ADD COLUMN n_titles INTEGER NOT NULL DEFAULT 1;

-- ---- forgetting ----

-- When an item or title was found gone from its server; it is forgotten when that is long ago.
ALTER TABLE items ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE titles ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
UPDATE items SET gone = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE archived <> 0;
UPDATE titles SET gone = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE archived <> 0;
CREATE INDEX items_gone ON items (gone) WHERE archived <> 0;
CREATE INDEX titles_gone ON titles (gone) WHERE archived <> 0;
CREATE INDEX runs_at ON runs (started);
CREATE INDEX runs_of_pair ON runs (queue, instance);

-- ---- the calendar ----

-- When an item counts as released (an episode: the end of its broadcast), 0: unknown. What airs soon
-- or aired a moment ago is asked of this, not of the server.
ALTER TABLE items ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
UPDATE items SET released = CASE WHEN kind = 'episode' THEN aired WHEN digital > 0 AND physical > 0 THEN min(digital, physical)
    WHEN digital > 0 OR physical > 0 THEN max(digital, physical) WHEN in_cinemas > 0 THEN in_cinemas + 90 * 86400000 ELSE 0 END;
CREATE INDEX items_released ON items (instance, released) WHERE archived = 0 AND is_monitored = 1;

-- ---- rolling refresh ----

-- Series whose episodes were read longest ago.
CREATE INDEX titles_fetched ON titles (instance, fetched) WHERE archived = 0;

-- ---- drift ----

-- How many wanted items more a server counts than we do, as told last, and when that last made us
-- read its whole library again.
ALTER TABLE instances ADD COLUMN drift INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instances ADD COLUMN drift_repaired INTEGER NOT NULL DEFAULT 0;

-- ---- when ----

-- Why a run began (model/causes.def).
ALTER TABLE runs ADD COLUMN cause TEXT NOT NULL DEFAULT 'asked';
-- The newest that came to its end, however many were stopped at a gate since.
CREATE INDEX runs_completed ON runs (queue, instance, (cause = 'airing'), id)
    WHERE status = 'completed' AND gate = '' AND cause <> 'burst';

-- ---- custom formats ----

-- What an item's file is worth to its profile; NULL: the server did not say. A changed profile (by
-- fingerprint) has its titles read again.
ALTER TABLE items ADD COLUMN format_score INTEGER;
ALTER TABLE profiles ADD COLUMN cutoff_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE profiles ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';

-- ---- lists for people ----

-- Libraries by name, however large, without a sort.
CREATE INDEX titles_by_name ON titles (instance, sort_title) WHERE archived = 0;

-- ---- how often searches find something (model/rates.h) ----

-- Sums over judged searches, kept in the transaction that judges; in millionths of finds, searches
-- and days. seeks: 'missing' or 'upgrades'.
CREATE TABLE rates (
    instance INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    seeks    TEXT NOT NULL,
    round    INTEGER NOT NULL,           -- 0: first searches; then after 1, 2-3, more in vain
    tier     INTEGER NOT NULL,           -- of age
    finds    INTEGER NOT NULL,
    exposure INTEGER NOT NULL,
    waited   INTEGER NOT NULL,
    begun    INTEGER NOT NULL,           -- the first search of all
    PRIMARY KEY (instance, seeks, round, tier)
) STRICT, WITHOUT ROWID;

-- What searches of a title found, and what the rates of then expected of them; in millionths.
CREATE TABLE luck (
    instance INTEGER NOT NULL,
    title_id INTEGER NOT NULL,           -- the server's
    finds    INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    PRIMARY KEY (instance, title_id),
    FOREIGN KEY (instance, title_id) REFERENCES titles (instance, server_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What was expected of this one, so that it can be taken back.
ALTER TABLE attempts ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;

-- Whom nobody searched for want of indexers: they wait no longer when those are back.
CREATE INDEX memory_unreached ON memory (instance) WHERE last = 'no_indexers' AND n_soft > 0;

-- ---- by hand ----

-- When somebody asked for the item again: what was searched before then does not hold it back. Gone with
-- the next verdict.
ALTER TABLE memory ADD COLUMN retried INTEGER NOT NULL DEFAULT 0;

-- ---- health (model/health.h) ----

CREATE TABLE health (
    instance   INTEGER PRIMARY KEY REFERENCES instances (id) ON DELETE CASCADE,
    state      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    message    TEXT NOT NULL,
    version    TEXT NOT NULL,
    since      INTEGER NOT NULL,
    asked      INTEGER NOT NULL,
    took       INTEGER NOT NULL,
    failures   INTEGER NOT NULL,
    counted    INTEGER NOT NULL,
    back       INTEGER NOT NULL,
    backoff    INTEGER NOT NULL,
    resumes    INTEGER NOT NULL,
    listed     INTEGER NOT NULL,
    are_indexers_down INTEGER NOT NULL,
    n_errors   INTEGER NOT NULL,
    n_warnings INTEGER NOT NULL
) STRICT;
DELETE FROM meta WHERE name GLOB 'health/*'; -- where it was noted before

-- The timeline: transitions, not probes.
CREATE TABLE health_changes (
    id       INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    state    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    message  TEXT NOT NULL
) STRICT;
CREATE INDEX health_changes_of ON health_changes (instance, at);
CREATE INDEX health_changes_at ON health_changes (at);

-- Requests by the hour they were answered in, for a day (model/answers.h).
CREATE TABLE answers (
    instance   INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    hour       INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    n_errors   INTEGER NOT NULL,
    n_timeouts INTEGER NOT NULL,
    total      INTEGER NOT NULL,         -- ms
    by_class   TEXT NOT NULL,            -- class:count of durations
    PRIMARY KEY (instance, hour)
) STRICT, WITHOUT ROWID;

-- Runs in a row that failed for reasons of the queue's own, by 'queue/NAME@INSTANCE'.
CREATE TABLE failures (
    address TEXT PRIMARY KEY,
    n       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- what became of grabs ----

-- Releases that our searches grabbed, by the id of their download.
CREATE TABLE grabs (
    attempt  INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    download TEXT NOT NULL,              -- '' where the client gives none (blackhole)
    became   TEXT NOT NULL DEFAULT '',   -- '', 'stuck' (waits for a person), 'imported', 'failed'
    PRIMARY KEY (attempt, download)
) STRICT, WITHOUT ROWID;
CREATE INDEX grabs_open ON grabs (download, attempt) WHERE became IN ('', 'stuck');
ALTER TABLE attempts ADD COLUMN import_failed INTEGER NOT NULL DEFAULT 0;
-- When the file that was imported was deleted again, our clock.
ALTER TABLE attempts ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attempts_imported ON attempts (instance, imported) WHERE imported > 0 AND deleted = 0;
-- How far a server's history was read for it, by its clock.
ALTER TABLE instances ADD COLUMN history_read INTEGER NOT NULL DEFAULT 0;
-- How far its clock is ahead of ours, in ms.
ALTER TABLE instances ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollups ADD COLUMN n_imported INTEGER NOT NULL DEFAULT 0; -- searches whose find was imported

-- ---- seasons searched whole ----

-- The episodes that an attempt of a season (episode -1) is about: their memory moves with its verdict. When some of what was
-- lacking was found, not all (is_partial), each found one is a find of its own, the others were searched in vain.
CREATE TABLE covered (
    attempt         INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    item_id         INTEGER NOT NULL,
    identity        TEXT NOT NULL,
    episode         INTEGER NOT NULL,
    lacked          INTEGER NOT NULL, -- it had no file when the search began
    found           INTEGER NOT NULL DEFAULT 0, -- a release of it was grabbed
    imported        INTEGER NOT NULL DEFAULT 0, -- when, of a partial find
    before_searched INTEGER NOT NULL DEFAULT 0, -- what the verdict found
    PRIMARY KEY (attempt, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX covered_found ON covered (identity) WHERE found = 1;
ALTER TABLE attempts ADD COLUMN is_partial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN falls_back INTEGER NOT NULL DEFAULT 0; -- in vain: single episodes follow
-- By the server's clock: lastSearchTime of then is of a search of its season that found nothing, or of one that reached nobody.
ALTER TABLE memory ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0;

-- ---- what a sync saw ----

-- By which sync a title was seen last, apart from the title: every sync writes all of these, and of titles and movies
-- only what changed.
CREATE TABLE seen (
    instance   INTEGER NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
    server_id  INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (instance, server_id),
    FOREIGN KEY (instance, server_id) REFERENCES titles (instance, server_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
DROP INDEX titles_stale;
CREATE INDEX titles_stale ON titles (instance) WHERE fetched_fingerprint <> fingerprint;
ALTER TABLE titles DROP COLUMN generation;

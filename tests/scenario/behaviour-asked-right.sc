scenario "no server, old or new, is asked for anything that it would ignore or refuse"
# behaviour 31
# A parameter that a server does not know changes nothing in its answer: all downloads in place of one item's, all of
# history in place of the grabs. In every scenario that is a broken promise; here everything that is ever asked is.
# Fails when a filter's name is one that this endpoint, application or version has not, a list is written with commas,
# a switch as 1 or an event by its name.
fake sonarr tv wanted=2 upgradable=2 scored=2
fake radarr films wanted=2 upgradable=2 scored=120
fake sonarr old-tv old wanted=2 upgradable=2
fake radarr old-films old wanted=2 upgradable=2
season tv episodes=8 missing=5 newest=40d
season old-tv episodes=8 missing=5 newest=40d
air tv in=1h
packs tv none
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 50}, limits: {searches_per_hour: 1000, searches_per_day: 1000, min_gap: 1s}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 50}, limits: {searches_per_hour: 1000, searches_per_day: 1000, min_gap: 1s}}
  |   old-tv: {type: sonarr, url: "http://old-tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 50}, limits: {searches_per_hour: 1000, searches_per_day: 1000, min_gap: 1s}}
  |   old-films: {type: radarr, url: "http://old-films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, download_queue: {max: 50}, limits: {searches_per_hour: 1000, searches_per_day: 1000, min_gap: 1s}}
  | queues:
  |   missing: {instances: all, batch: 20, season_packs: {}, specials: true, schedule: {every: 6h, burst: {every: 30m, for: 2h}}}
  |   upgrades: {instances: all, strategy: cutoff_unmet, batch: 200, schedule: {every: 12h}}
apply
cooldown 29m
start
# A lost answer has the server's commands looked through.
fault tv POST /api/v3/command lost
fault old-films POST /api/v3/command lost
advance 30h
expect event search_failed exactly 0
expect requests tv GET /api/v3/queue least 1
expect requests films GET /api/v3/queue/details least 1
expect requests old-tv GET /api/v3/history/since least 1
expect requests films GET /api/v3/moviefile least 2
expect requests tv GET /api/v3/command least 1

scenario "which is the oldest is ours to say, whatever order a server's lists come in"
# behaviour 19
# Fails when the order of a list, or the sort key an old or a new server makes of ours, decides what is searched first.
fake sonarr tv wanted=8 quiet
fake sonarr old old quiet
fake radarr films wanted=8 quiet
season old episodes=8 missing=8 newest=40d
behave tv unstable_ties on
behave films unstable_ties on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   old: {type: sonarr, url: "http://old.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   first: {instances: all, batch: 1, order: oldest, cooldown: 168h}
  |   last: {instances: all, batch: 1, order: newest, cooldown: 168h}
apply
run first
expect searches old of=1 exactly 1
run last
expect searches old of=8 exactly 1
expect searches old exactly 2
# Its wanted list has eight by the key that both generations know, and that is what the library has.
expect event library_drift exactly 0
expect requests old GET /api/v3/wanted/missing least 1
expect event search_failed exactly 0

scenario "a movie whose better file was imported is not searched for a better one, though no list tells what it is worth"
# behaviour 28
# Fails when a movie that something happened to is read without the score of its file.
fake radarr films quiet scored=4
behave films webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   upgrades: {instances: [films], strategy: cutoff_unmet, batch: 1, schedule: {every: 1h}}
apply
start
advance 5m
# Of the two that are below one is searched in vain; the other one is found by somebody else.
expect event item_searched outcome=nothing exactly 1
grab films 3
advance 50m
expect event hook_received type=Download least 1
expect event library_touched exactly 1
advance 2h
expect searches films of=3 exactly 0
expect requests films GET /api/v3/moviefile exactly 2
# A movie without a file costs no such request.
delete films 2
advance 1m
expect event library_touched exactly 2
expect requests films GET /api/v3/moviefile exactly 2

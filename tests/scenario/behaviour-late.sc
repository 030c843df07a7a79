scenario "asked ten minutes late the server has forgotten what came of a search; history and the item have not"
# behaviour 12
# Fails when a result of "unknown" or a missing message decides.
fake sonarr tv wanted=1 quiet
fake radarr films wanted=1 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 1, order: title, schedule: {every: 24h}}
apply
release tv 1
start
advance 2s
kill
dead 20m
# One has the restart of its server behind it, too.
restart films 10s
# It is down for a moment when we are back: asked again five minutes later.
advance 10m
expect event item_searched outcome=grabbed exactly 1
expect event item_searched outcome=nothing exactly 1
expect searches tv exactly 1
expect searches films exactly 1

scenario "what a search found changed is read again, and is in the way of no other run"
# Fails when it stays as the last sync saw it: the same ones are picked again until the next sync, and nothing else is.
fake sonarr tv wanted=20 quiet
season tv episodes=6 missing=6 newest=1d
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 7d}}
  | queues:
  |   missing: {instances: [tv], batch: 2, order: newest}
apply
run missing dry
expect event item_selected item=episode/tv/26 exactly 1
remove tv 2
advance 10m
run missing
expect event search_completed reasons.preflight_changed=4 exactly 1
expect event library_touched titles=1 exactly 1
run missing
expect searches tv exactly 2
expect event search_completed reasons.preflight_changed=4 exactly 1
expect problems none

scenario "a movie that a search found changed is read again"
# Fails when it is looked up among the titles that webhooks named, of which there are none: that was the end of the program.
fake radarr films wanted=2 quiet scored=4
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, library: {sync: 7d}}
  | queues:
  |   missing: {instances: [films], batch: 1, order: title}
apply
run missing dry
expect event item_selected item=movie/films/5 exactly 1
bring films 5
run missing
expect event search_completed reasons.preflight_changed=1 exactly 1
expect event library_touched titles=1 exactly 1
expect searches films of=5 exactly 0
expect problems none

scenario "with a blackhole, which gives no ids, a grab is one grab and its import is known"
# behaviour 26
fake radarr films wanted=1
behave films blackhole on
behave films auto_redownload off
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], cooldown: 168h}
apply
release films 1
run missing
expect event item_searched grabs=1 exactly 1
advance 1h
run missing
expect event item_imported exactly 1

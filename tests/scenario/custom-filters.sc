scenario "strategy custom draws from the lists it names, and each filter holds"
# mistake: a strategy's own settings never reached it
# Fails when filters pass everything, or `sources` or `recent` is not looked at.
fake sonarr tv wanted=4 scored=6
fake sonarr young
season young episodes=1 missing=1 newest=20d
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   young: {type: sonarr, url: "http://young.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   nothing-named: {instances: [tv], strategy: custom}
  |   both: {instances: [tv], strategy: custom, filters: {sources: [missing, cutoff_unmet]}}
  |   upgrades: {instances: [tv], strategy: custom, filters: {sources: [cutoff_unmet]}}
  |   new: {instances: [tv], strategy: custom, filters: {sources: [recent]}}
  |   years: {instances: [tv], strategy: custom, filters: {sources: [missing, cutoff_unmet], years: 1990-2019}}
  |   status: {instances: [tv], strategy: custom, filters: {sources: [missing, cutoff_unmet], status: [continuing]}}
  |   profile: {instances: [tv], strategy: custom, filters: {sources: [missing, cutoff_unmet], quality_profiles: [hd-1080p]}}
  |   tags: {instances: [tv], strategy: custom, filters: {sources: [missing], tags: [kids]}}
  |   genres: {instances: [tv], strategy: custom, filters: {sources: [missing], genres: [Drama]}}
  |   type: {instances: [tv], strategy: custom, filters: {sources: [missing], series_type: [anime]}}
  |   unmonitored: {instances: [tv], strategy: custom, filters: {sources: [missing], monitored: false}}
  |   fortnight: {instances: [young], strategy: recent}
  |   month: {instances: [young], strategy: recent, recent: 30d}
  |   month-custom: {instances: [young], strategy: custom, recent: 30d, filters: {sources: [recent]}}
apply
run nothing-named dry
expect event item_selected exactly 4
run both dry
expect event item_selected exactly 11
run upgrades dry
expect event item_selected exactly 14
run new dry
run years dry
run status dry
run tags dry
run genres dry
run type dry
run unmonitored dry
expect event item_selected exactly 14
run profile dry
expect event item_selected exactly 17
run fortnight dry
expect event item_selected exactly 17
run month dry
expect event item_selected exactly 18
run month-custom dry
expect event item_selected exactly 19

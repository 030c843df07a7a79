scenario "files below the cutoff are searched by cutoff_unmet and by nothing else"
# behaviour 25
fake sonarr tv upgradable=4
fake radarr films upgradable=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
  |   upgrades: {instances: all, profile: builtin/weekly-upgrade}
apply
run missing
expect searches tv exactly 0
expect searches films exactly 0
run upgrades
expect searches tv exactly 4
expect searches films exactly 3
expect event library_drift exactly 0

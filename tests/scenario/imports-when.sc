scenario "the end of a download has the time it ended at, not the time we heard of it"
fake radarr films wanted=1 skew=3h
fake sonarr tv wanted=1 skew=-5h
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   movies: {instances: [films]}
  |   series: {instances: [tv]}
apply
release films 1
run movies
advance 10h
run movies
expect event item_imported exactly 1
expect ended films
release tv 1
run series
advance 10h
run series
expect ended tv

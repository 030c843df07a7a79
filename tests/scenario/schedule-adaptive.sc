scenario "faster for the series of which something airs soon, slower when nothing does"
fake sonarr tv wanted=4
air tv in=10d
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing:
  |     instances: [tv]
  |     batch: 1
  |     cooldown: 1h
  |     schedule: {every: 24h, adaptive: {horizon: 7d, airing: 6h, off_season: 10d}}
apply
cooldown 59m
start
# Nothing airs within seven days: the longer interval.
advance 2d23h
expect event search_started exactly 1
# From the third day on something does: every 24 h everything, every 6 h its series alone.
advance 2h
expect event search_started exactly 2
advance 24h
expect event search_started cause=airing exactly 3
expect event search_started cause=every exactly 3
# Episode 5 is the old one of that series: three times it alone, besides its turns among all.
expect searches tv of=5 least 3

scenario "exclusions that end between runs are told by the next, each with what it alone still held, and before the tree forgets them"
fake sonarr tv quiet
season tv episodes=8 missing=5 newest=40d
season tv episodes=8 missing=3 newest=40d
fake radarr films wanted=4
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv, films], batch: 1}
file tree/exclusions.yaml
  | exclusions:
  |   early: {match: [{title_glob: '*'}], for: 1h}
  |   late: {match: [{title_glob: '*'}], for: 2h, instances: [tv]}
  |   for-good: {match: [{title_glob: '*'}], instances: [films]}
  |   over: {match: [{title_glob: '*'}], until: 2026-11-01}
  |   never-there: {match: [{title: 'Nothing of that Name'}], for: 1h}
  |   set-aside: {match: [{title_glob: '*'}], for: 1h, suspend: true}
apply
run missing
expect searches tv exactly 0
advance 3h
# A dry run writes nothing. The next does: of tv `late` held both series to the end, films are held for good; what
# was over when it was applied, or is suspended, has held nothing.
run missing dry
expect audit expire exclusion/late exactly 0
run missing
expect audit expire exclusion/early "detail=expired at 2026-11-23T13:00:00Z; => nothing becomes searchable" exactly 1
expect audit expire exclusion/late "detail=expired at 2026-11-23T14:00:00Z; => 2 series become searchable again" exactly 1
expect audit expire exclusion/never-there "detail=nothing becomes searchable" exactly 1
expect audit expire exclusion/over exactly 0
expect audit expire exclusion/set-aside exactly 0
expect audit expire exclusion/for-good exactly 0
expect event exclusion_effect exactly 1
expect searches tv exactly 1
expect searches films exactly 0
# What ended is told before something else takes its place, and a new end is a new one.
file tree/exclusions.yaml
  | exclusions:
  |   again: {match: [{title_glob: '*'}], until: "2026-11-23T16:00:00Z", instances: [tv]}
apply allow-prune=6
advance 2h
file tree/exclusions.yaml
  | exclusions:
  |   again: {match: [{title_glob: '*'}], until: "2026-11-23T20:00:00Z", instances: [tv]}
apply
expect audit expire exclusion/again "detail=expired at 2026-11-23T16:00:00Z; => 2 series" exactly 1
advance 6h
run missing
expect audit expire exclusion/again "detail=expired at 2026-11-23T20:00:00Z; => 2 series" exactly 1
expect audit expire exclusion/again exactly 2
# Parts of a series are counted by episode: the season has 8, two of which the exclusion names.
file tree/exclusions.yaml
  | exclusions:
  |   part: {match: [{series_id: 1, season: 1, episode: 7}, {series_id: 1, season: 1, episode: 8}], for: 1h, instances: [tv]}
apply allow-prune=1
advance 2h
run missing
expect audit expire exclusion/part "detail==> 2 episodes become searchable again" exactly 1

scenario "what is in flight on one server is not selected on another"
# the same library twice; one episode of it may be searched
fake sonarr tv lab
fake sonarr tv2 lab
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   tv2: {type: sonarr, url: "http://tv2.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   one: {instances: [tv]}
  |   two: {instances: [tv2]}
  | exclusions:
  |   rest: {match: [{tvdb_id: 70001, season: 2}, {tvdb_id: 70001, season: 1, episode: 2}]}
apply
behave tv never_ending_commands on
run one
expect searches tv exactly 1
run two
expect searches tv2 exactly 0
expect event search_started selected=0 exactly 1
expect event search_completed reasons.searching_elsewhere=1 exactly 1
# After an hour it counts as searched there, whatever became of it; it is no longer in flight.
advance 90m
run one
run two
expect searches tv2 exactly 1

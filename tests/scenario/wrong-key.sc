scenario "a wrong key fails the queues of that instance only, with a sentence that says what to do"
# behaviour 2
fake sonarr tv wanted=2
fake radarr old old wanted=2
fake radarr films wanted=2
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_WRONG_KEY}}
  |   old: {type: radarr, url: "http://old.sim", api_key: {env: SPLINTARR_SCENARIO_WRONG_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
apply
run all fails
# A new server says nothing but 401, an old one says why.
expect event instance_misconfigured reason=Unauthorized exactly 2
expect searches tv exactly 0
expect searches old exactly 0
expect searches films exactly 2
expect event search_failed exactly 2

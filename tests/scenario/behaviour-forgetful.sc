scenario "a command that the server has forgotten is judged by what history and the item say"
# behaviour 12
fake sonarr tv wanted=1
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], batch: 3}
apply
release tv 1
start
advance 2s
kill
dead 30h
advance 5m
# Asked a day after it ended: 404 for the command, a grab in history.
expect event item_searched outcome=grabbed exactly 1
expect searches tv exactly 1

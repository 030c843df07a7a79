scenario "a season under way when the program dies is settled, not searched twice"
fake sonarr tv
season tv episodes=8 missing=5 newest=40d
packs tv all
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [tv], season_packs: {}}
apply
# The answer is lost: only the server's list of commands tells.
fault tv POST /api/v3/command lost
run missing
expect requests tv POST /api/v3/command exactly 1
expect event item_searched outcome=grabbed exactly 1
kill
run missing
expect requests tv POST /api/v3/command exactly 1
expect problems none

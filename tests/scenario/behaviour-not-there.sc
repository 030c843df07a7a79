scenario "an address with a base the server has not: whatever its UI answers, it is no API, and no search is tried"
# behaviour 3
# Fails when 200 with a page of HTML counts as an answer, or a login page as a server that is down.
fake sonarr page wanted=1
fake radarr forms wanted=1
fake sonarr basic wanted=1
fake radarr old old wanted=1
behave forms login_at_wrong_base on
behave basic basic_at_wrong_base on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   page: {type: sonarr, url: "http://page.sim/sonarr", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   forms: {type: radarr, url: "http://forms.sim/radarr", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   basic: {type: sonarr, url: "http://basic.sim/sonarr", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   old: {type: radarr, url: "http://old.sim/radarr", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all}
apply
run missing fails
expect event instance_misconfigured exactly 4
expect event instance_misconfigured reason=NotAnApi exactly 3
expect event instance_down exactly 0
expect requests page POST * exactly 0
expect requests forms POST * exactly 0
expect requests basic POST * exactly 0
expect requests old POST * exactly 0

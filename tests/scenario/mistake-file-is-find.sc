scenario "an upgrade that found nothing found nothing, though the item has a file"
# mistake: "has a file" was taken for "found"
# Fails when a search that ended well counts as a grab.
fake sonarr tv upgradable=0
fake radarr films upgradable=3
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {min_gap: 1s, searches_per_hour: 500, searches_per_day: 5000}}
  | queues:
  |   upgrades: {instances: [films], strategy: cutoff_unmet, batch: 3}
apply
run upgrades
expect searches films exactly 3
expect event item_searched outcome=nothing exactly 3
expect event content_found exactly 0

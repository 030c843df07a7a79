scenario "what people and the server itself do beside us is not ours"
# behaviour 35
# Fails when a command that was queued before we asked counts as ours, and when what downloads is searched.
fake radarr films wanted=5 quiet
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: [films], batch: 5, order: title, schedule: {every: 24h}}
apply
# The fourth by title (1 5 4 3 2) was found by RSS. The first somebody asks for a moment before us.
grab films 3
advance 2m
release films 1
user-search films 1
advance 3s
start
advance 10s
expect event item_searched item=movie/films/1 exactly 1
expect event item_searched outcome=foreign exactly 1
# The second is deleted while it is searched, the last is found.
advance 17s
expect searches films of=5 exactly 1
remove films 5
release films 2
behave films imports_fail on
advance 2m
expect event search_failed exactly 0
expect event item_searched item=movie/films/5 exactly 1
expect searches films of=3 exactly 0
expect event search_completed reasons.already_downloading=1 exactly 1
expect event item_searched outcome=grabbed exactly 1
expect event content_found "items=Silent Harbour (2020)" exactly 1
# Its download fails; the server's own second try finds another one, which is imported. It is not ours.
release films 2
behave films imports_fail off
advance 24h
expect event item_import_failed item=movie/films/2 exactly 1
expect event item_imported exactly 0
expect event item_searched outcome=grabbed exactly 1

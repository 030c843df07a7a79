scenario "the sync of a library of which twenty series changed costs two requests for each of them, and seven"
# Fails when more than ten of those that look unchanged are read again, or everything is.
fake sonarr tv quiet big=60x4
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, max_requests: 50/s, library: {sync: 1h}}
  | queues:
  |   missing: {instances: [tv], batch: 1}
apply
run missing dry
expect event library_synced changed=60 exactly 1
expect requests tv GET /api/v3/episode exactly 60
# One file of each of twenty series.
delete tv 1
delete tv 9
delete tv 13
delete tv 17
delete tv 21
delete tv 33
delete tv 37
delete tv 41
delete tv 45
delete tv 49
delete tv 53
delete tv 65
delete tv 69
delete tv 77
delete tv 85
delete tv 89
delete tv 101
delete tv 105
delete tv 117
delete tv 129
# All are a day old: besides the changed ones, ten others are read again.
advance 25h
run missing dry
expect event library_synced changed=20 refreshed=10 exactly 1
expect requests tv GET /api/v3/episode exactly 90
# 40 for the changed ones, at most 20 for the ten, and seven: status, profiles, tags, series, the count of what is wanted;
# of the run, indexers and downloads. The first one cost at most 127 by the same count.
limit requests tv 194

scenario "a server that answers 503 and asks for rests is asked as seldom as it wishes, and found out as soon as another"
fake sonarr tv wanted=60
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   series: {instances: [tv], batch: 1, schedule: {every: 24h}}
apply
start
advance 4m
# Asked at 12:05, then not every minute but after the two it asked for: 12:07, 12:09.
# Fails when the wish is not heeded (down at 12:07), and when a probe waits for the rests itself (12:11).
fault tv GET /api/v3/system/status status status=503 times=3 retry-after=120s
advance 270s
expect event instance_down exactly 0
advance 1m
expect event instance_down reason=Unreachable exactly 1
# 12:09:30. Asked again at 12:14, well from 12:24.
advance 15m
expect event instance_recovered exactly 1
expect event instance_healthy exactly 2
# A rest of a day is believed for an hour: asked at 12:29, then at 13:29 and 13:30.
fault tv GET /api/v3/system/status status status=429 times=1 retry-after=24h
advance 6m
fault tv GET /api/v3/system/status status status=500 times=2
advance 58m
expect event instance_down exactly 1
advance 3m
expect event instance_down exactly 2

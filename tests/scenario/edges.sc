scenario "everything odd in a library: what has aired is searched, however odd; nothing unreleased or unmonitored is"
# behaviour 1, 20, 21, 22, 23 and 25
# mistake: announced movies and unaired episodes were searched first
# Fails when what has not aired counts as released, `isAvailable` is not believed, an absent title or date breaks the
# reading, or an unmonitored season hides its monitored episodes. The same of old servers: edges-old.sc.
fake sonarr tv edges
fake radarr films edges
file tree/splintarr.yaml
  | version: 1
  | settings: {timezone: UTC}
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}, limits: {searches_per_hour: 1000}}
  | queues:
  |   episodes: {instances: [tv], batch: 13, specials: true, grace: 0s, order: newest}
  |   movies: {instances: [films], batch: 200, grace: 0s}
  |   upgrades: {instances: all, strategy: cutoff_unmet, batch: 200}
apply
behave tv early_releases on
behave films early_releases on
run all
# The special; the one in an unmonitored season; not of an unmonitored series, nor an unmonitored one.
expect searches tv of=1 exactly 1
expect searches tv of=2 exactly 1
expect searches tv of=3 exactly 0
expect searches tv of=4 exactly 0
# Without dates, with the day only, of next month, 10 minutes into its 45: none. Just over: yes.
expect searches tv of=5 exactly 0
expect searches tv of=6 exactly 0
expect searches tv of=7 exactly 0
expect searches tv of=8 exactly 0
expect searches tv of=9 exactly 1
# Without a title, two of one number; a daily one without a date.
expect searches tv of=10 exactly 1
expect searches tv of=11 exactly 1
expect searches tv of=12 exactly 1
expect searches tv of=13 exactly 0
# Seven titles that are no plain ones, one empty, two the same: 14 to 20. Then the oldest of 2000, which wait.
expect searches tv of=14 exactly 1
expect searches tv of=15 exactly 1
expect searches tv of=16 exactly 1
expect searches tv of=17 exactly 1
expect searches tv of=18 exactly 1
expect searches tv of=19 exactly 1
expect searches tv of=20 exactly 1
# SDTV under four profiles: below a cutoff that is a group, a quality, none (no upgrades), a group.
expect searches tv of=2021 exactly 1
expect searches tv of=2022 exactly 1
expect searches tv of=2023 exactly 0
expect searches tv of=2024 exactly 1
expect searches tv exactly 16
# Six titles, year 0, one that is deleted upstream, one in cinemas long ago: all out. Not one without dates, of next
# year, in cinemas now, streamed before its cinemas count, that is announced only, that is unmonitored: 7, 10, 11, 13 to 15.
expect searches films of=8 exactly 1
expect searches films of=9 exactly 1
expect searches films of=12 exactly 1
expect searches films of=7 exactly 0
expect searches films of=10 exactly 0
expect searches films of=11 exactly 0
expect searches films of=13 exactly 0
expect searches films of=14 exactly 0
expect searches films of=15 exactly 0
expect searches films of=18 exactly 0
expect searches films exactly 12
expect problems none
expect event library_drift exactly 0

scenario "every kind of webhook of old and new versions does what it should, and no other harm"
# behaviour 28
fake sonarr tv quiet wanted=2
fake radarr films quiet wanted=2
behave tv webhooks on
behave films webhooks on
file tree/splintarr.yaml
  | version: 1
  | instances:
  |   tv: {type: sonarr, url: "http://tv.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  |   films: {type: radarr, url: "http://films.sim", api_key: {env: SPLINTARR_SCENARIO_KEY}}
  | queues:
  |   missing: {instances: all, batch: 2, schedule: {every: 24h}}
apply
start
advance 5m
expect event library_synced exactly 2
# A renamed file of a new version, and of an old one that tells less: its series is read again, once for both.
hook tv
  | {"series":{"id":1,"title":"A","path":"/tv/a","tvdbId":1,"tags":["hd"]},"renamedEpisodeFiles":[{"id":7,"previousPath":"/tv/a/x"}],
  |  "eventType":"Rename","instanceName":"Sonarr","applicationUrl":""}
advance 20s
hook tv
  | {"series":{"id":1,"title":"A","path":"/tv/a","tvdbId":1,"type":"standard"},"eventType":"Rename"}
advance 29s
expect event library_touched exactly 0
advance 2s
expect event library_touched instance=tv titles=1 exactly 1
hook films
  | {"movie":{"id":2,"title":"B","year":2020,"folderPath":"/m/b","tmdbId":2},"renamedMovieFiles":[{"id":3}],"eventType":"Rename"}
hook films
  | {"movie":{"id":1,"title":"A","year":2020,"tmdbId":1},"addMethod":"manual","eventType":"MovieAdded"}
advance 31s
expect event library_touched instance=films titles=2 exactly 1
# Whom nobody knows is asked for, and is not there; nothing fails.
hook tv
  | {"series":{"id":999,"title":"Z","tvdbId":9},"deletedFiles":true,"eventType":"SeriesDelete"}
hook films
  | {"movie":{"id":999,"title":"Z","tmdbId":9},"deletedFiles":false,"movieFolderSize":0,"eventType":"MovieDelete"}
hook films
  | {"movie":{"id":998,"title":"Y","tmdbId":8},"movieFile":{"id":5},"deleteReason":"missingFromDisk","eventType":"MovieFileDelete"}
hook tv
  | {"series":{"id":999,"title":"Z","tvdbId":9},"episodes":[{"id":4711,"episodeNumber":1,"seasonNumber":1,"seriesId":999}],
  |  "episodeFile":{"id":5},"isUpgrade":false,"downloadId":"X","eventType":"Download"}
hook tv
  | {"series":{"id":999,"title":"Z","tvdbId":9},"episodes":[{"id":4711}],"episodeFiles":[{"id":5}],"downloadId":"X","fileCount":1,
  |  "sourcePath":"/d","destinationPath":"/tv/z","eventType":"Download"}
hook tv
  | {"series":{"id":999},"episodes":[{"id":4711}],"downloadInfo":{"title":"Z"},"downloadId":"X","downloadStatus":"Warning",
  |  "downloadStatusMessages":[],"eventType":"ManualInteractionRequired"}
advance 31s
expect event library_touched exactly 4
expect event library_failed exactly 0
expect event item_imported exactly 0
expect event item_deleted exactly 0
expect event item_import_failed exactly 0
# A test, with ids that mean others here; what only later versions send; what another application sends.
hook tv
  | {"series":{"id":1,"title":"Test Title","path":"C:\\testpath","tvdbId":1234},"episodes":[{"id":123,"episodeNumber":1,"seasonNumber":1}],
  |  "eventType":"Test"}
hook tv
  | {"series":{"id":1},"eventType":"SomethingNew"}
hook tv
  | {"movie":{"id":1,"title":"A","tmdbId":1},"movieFile":{"id":1},"isUpgrade":false,"eventType":"Download"}
hook tv
  | {"series":{"id":0},"eventType":"SeriesAdd"}
hook tv
  | {}
advance 10m
expect event library_touched exactly 4
expect event hook_received instance=tv exactly 11
expect event hook_received type=SomethingNew exactly 1
# What tells of the application itself has it asked at once, not at the next probe or list.
expect requests films GET /api/v3/health exactly 3
hook films
  | {"message":"Radarr updated from 6.0.0.1 to 6.1.0.1","previousVersion":"6.0.0.1","newVersion":"6.1.0.1","eventType":"ApplicationUpdate"}
advance 5s
expect requests films GET /api/v3/health exactly 4
hook films
  | {"level":"warning","message":"Nicht erreichbar","type":"DownloadClientStatusCheck","wikiUrl":"https://w","eventType":"Health"}
advance 5s
expect requests films GET /api/v3/health exactly 5
hook films
  | {"level":"warning","message":"Wieder da","type":"DownloadClientStatusCheck","wikiUrl":"https://w","eventType":"HealthRestored"}
advance 5s
expect requests films GET /api/v3/health exactly 6
expect event hook_received type=Health level=warning source=DownloadClientStatusCheck "message=Nicht erreichbar" exactly 1
expect problems none

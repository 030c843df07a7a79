# Values go in by standard input and come out nowhere.
$ printf 'first-value\n' | splintarr secret set sonarr-main-key
| splintarr: created the state in 'DIR/state'; its key is 'DIR/state/key': keep a copy elsewhere, a backup is worth nothing without it
| Stored the secret 'sonarr-main-key'. Refer to it as {secret: sonarr-main-key}.
$ splintarr secret set other value
| splintarr: too many arguments: splintarr secret set|list|rm|check|import
= 2
$ splintarr secret set Other < home/queues.yaml
| splintarr: a secret's name has lower-case letters, digits and '-', at most 63: sonarr-main-key
= 2
$ printf '' | splintarr secret set other
| splintarr: the value on standard input is empty; nothing was stored
= 2
$ printf 'b-key: second\na-key: third\n' | splintarr secret import -
| Stored 2 secrets.
$ printf 'not a map\n' | splintarr secret import -
| splintarr: a map is expected: one line 'name: value' for each secret
= 2
$ splintarr secret list
| NAME             CREATED               CHANGED
| a-key            DATE  DATE
| b-key            DATE  DATE
| sonarr-main-key  DATE  DATE
# Which references resolve.
$ splintarr secret check home
| REFERENCE               USED BY                       RESULT
| env:RADARR_API_KEY      instance/radarr-main api_key  the environment variable RADARR_API_KEY is not set here
| secret:sonarr-main-key  instance/sonarr-main api_key  ok
= 1
$ RADARR_API_KEY=x splintarr secret check home > /dev/null
$ splintarr secret check home -o json
| {
|   "format_version": "1.0",
|   "items": [
|     {
|       "source": "env",
|       "ref": "RADARR_API_KEY",
|       "kind": "instance",
|       "name": "radarr-main",
|       "path": "api_key",
|       "ok": false,
|       "message": "the environment variable RADARR_API_KEY is not set here"
|     },
|     {
|       "source": "secret",
|       "ref": "sonarr-main-key",
|       "kind": "instance",
|       "name": "sonarr-main",
|       "path": "api_key",
|       "ok": true,
|       "message": null
|     }
|   ]
| }
= 1
# A secret in use is not removed by accident.
$ splintarr apply home --yes > /dev/null
$ splintarr secret rm sonarr-main-key
| splintarr: instance/sonarr-main uses the secret 'sonarr-main-key'; --yes removes it anyway
= 5
$ splintarr secret rm sonarr-main-key --yes
| Removed the secret 'sonarr-main-key'.
$ splintarr secret rm sonarr-main-key
| splintarr: there is no secret 'sonarr-main-key' (splintarr secret list)
= 1
$ splintarr secret what
| splintarr: secret what? set, list, rm, check or import
= 2

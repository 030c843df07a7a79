/* store/fail.c — what SQLite's result codes mean to the one who must do something about it. */
#include <errno.h>
#include <string.h>

#include "store/handle.h"

static const struct sentence {
    int rc;
    enum err_code code;
    const char *what;
    bool has_errno;
} sentences[] = {
    {SQLITE_FULL, ERR_DB, "is on a full disk; nothing was changed: make room and try again", false},
    {SQLITE_IOERR, ERR_DB,
     "cannot be read or written; look at the disk, then run `splintarr db check`", true},
    {SQLITE_BUSY, ERR_CONFLICT,
     "is held by another process (a backup or a copy?); try again when it is done", false},
    {SQLITE_PROTOCOL, ERR_CONFLICT,
     "is held by another process (a backup or a copy?); try again when it is done", false},
    {SQLITE_LOCKED, ERR_DB, "is in use by this process itself", false},
    {SQLITE_CORRUPT, ERR_DB, "is damaged; `splintarr db check` says where, a backup brings it back",
     false},
    {SQLITE_NOTADB, ERR_DB, "is damaged or under another key; run `splintarr db check`", false},
    {SQLITE_NOMEM, ERR_DB,
     "could not be read: damaged, or no memory left; run `splintarr db check`", false},
    {SQLITE_READONLY, ERR_DB, "cannot be written: the file or its directory is read-only", false},
    {SQLITE_CANTOPEN, ERR_DB, "cannot be opened", true},
    {SQLITE_AUTH, ERR_DB, "was opened for reading; this program tried to write", false},
    {SQLITE_INTERRUPT, ERR_DB, "took too long to answer and was not waited for", false},
    {SQLITE_PERM, ERR_DB, "cannot be opened: no permission", false},
};

bool store_fail(const struct store *s, int rc, struct err *e)
{
    int os = s->db ? sqlite3_system_errno(s->db) : 0;
    for (size_t i = 0; i < COUNT(sentences); i++) {
        if (sentences[i].rc != (rc & 0xff))
            continue;
        if (sentences[i].has_errno && os)
            return err_set(e, sentences[i].code, "the database '%s' %s (%s)", s->path,
                           sentences[i].what, strerror(os));
        return err_set(e, sentences[i].code, "the database '%s' %s", s->path, sentences[i].what);
    }
    return err_set(e, ERR_DB, "the database '%s': %s", s->path,
                   s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc));
}

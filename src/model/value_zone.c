/* model/value_zone.c — names of time zones: Area/City or UTC, never abbreviations or offsets. */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "model/value_parts.h"
#include "model/when.h"

static void closedirp(DIR **dir)
{
    if (*dir)
        closedir(*dir);
}

/* The entry of a directory that `name` was meant to be: the same in other letters, else the
 * nearest. Copied into `ret`; "" when there is none. */
static void entry_near(const char *path, const char *name, char ret[static VALUE_TEXT])
{
    enum { NEAR = 3, ENTRIES_MAX = 2000 };
    CLEANUP(closedirp) DIR *dir = opendir(path);
    int best = NEAR;
    ret[0] = '\0';
    if (!dir)
        return;
    const struct dirent *entry;
    for (int i = 0; i < ENTRIES_MAX && (entry = readdir(dir)); i++) {
        int distance =
            str_case_eq(entry->d_name, name) ? -1 : str_distance(entry->d_name, name, NEAR);
        if (distance >= best || !isupper((unsigned char)entry->d_name[0]))
            continue;
        best = distance;
        snprintf(ret, VALUE_TEXT, "%.60s", entry->d_name);
    }
}

/* Right or nearly right names of the area and of what is in it. */
static bool advise_near(const char *text, struct value_problem *p)
{
    char path[sizeof ZONE_DIR + VALUE_TEXT], area[VALUE_TEXT], city[VALUE_TEXT] = "";
    char better[2 * VALUE_TEXT];
    const char *slash = strrchr(text, '/');
    if (!slash || strlen(text) >= VALUE_TEXT)
        return false;
    snprintf(area, sizeof area, "%.*s", (int)(slash - text), text);
    snprintf(path, sizeof path, ZONE_DIR "/%s", area);
    if (!file_exists(path)) {
        char typed[VALUE_TEXT];
        memcpy(typed, area, sizeof typed);
        entry_near(ZONE_DIR, typed, area);
        snprintf(path, sizeof path, ZONE_DIR "/%s", area);
    }
    entry_near(path, slash + 1, city);
    snprintf(better, sizeof better, "%s/%s", area, city);
    return zone_exists(better) && value_advise(p, "did you mean %s?", better);
}

/* Letters that stand for an offset or a rule: CET, EST5EDT, GMT+2, +02:00, Etc/GMT-2. */
static bool is_abbreviation(const char *text)
{
    size_t n = 0;
    while (isupper((unsigned char)text[n]))
        n++;
    bool is_short = n >= 1 && n <= 5 && !strchr(text, '/') && !islower((unsigned char)text[n]);
    return is_short || text[0] == '+' || text[0] == '-' || isdigit((unsigned char)text[0]) ||
           str_starts(text, "Etc/");
}

bool value_zone(const char *text, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    value_quote(text, quoted);
    if (str_eq(text, "UTC"))
        return true;
    bool is_utc = str_case_eq(text, "utc") || str_case_eq(text, "Etc/UTC") ||
                  str_case_eq(text, "GMT") || str_case_eq(text, "Z") || str_case_eq(text, "Zulu");
    if (is_utc)
        return value_refuse(p, 0, "write UTC", "%s is not the name of a time zone", quoted);
    if (is_abbreviation(text))
        return value_refuse(p, 0, "write Area/City, such as Europe/Berlin: it knows summer time",
                            "%s is an abbreviation or an offset, not a time zone", quoted);
    if (!zone_name_ok(text)) {
        value_refuse(p, 0, "write Area/City, such as Europe/Berlin",
                     "%s is not the name of a time zone", quoted);
        return false;
    }
    if (!file_exists(ZONE_DIR) || zone_exists(text))
        return true;
    value_refuse(p, 0, "write Area/City, such as Europe/Berlin; timedatectl list-timezones has all",
                 "there is no time zone %s", quoted);
    return advise_near(text, p);
}

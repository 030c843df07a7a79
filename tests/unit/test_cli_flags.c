/* The command line taken apart: expected values are the rules of the cli page, sections 2 and 3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "cli/flags.h"

struct parsed {
    bool ok;
    const struct command *command;
    struct cli_given given;
    struct err e;
};

#define PARSE(...) parse((const char *[]){"splintarr", ##__VA_ARGS__, NULL})

static struct parsed parse(const char *const *argv)
{
    struct parsed p = {0};
    int argc = 0;
    while (argv[argc])
        argc++;
    p.ok = flags_parse(argc, argv, &p.command, &p.given, &p.e);
    if (p.ok && p.command)
        p.ok = flags_check(p.command, &p.given, &p.e);
    return p;
}

static void flags_stand_anywhere(void **state UNUSED)
{
    struct parsed p = PARSE("-o", "json", "diff", "--full", "dir", "-C", "conf", "--only=queue/tv");
    assert_true(p.ok);
    assert_string_equal(p.command->name, "diff");
    assert_int_equal(p.given.args.n, 1);
    assert_string_equal(p.given.args.at[0], "dir");
    assert_string_equal(given_value(&p.given, "output"), "json");
    assert_string_equal(given_value(&p.given, "config"), "conf");
    assert_string_equal(given_value(&p.given, "only"), "queue/tv");
    assert_string_equal(given_value(&p.given, "full"), "");
    assert_null(given_value(&p.given, "exit-zero"));
    given_done(&p.given);
}

/* "-C diff validate": the value of a flag is not the command. */
static void value_before_command_is_no_command(void **state UNUSED)
{
    struct parsed p = PARSE("-C", "diff", "validate");
    assert_true(p.ok);
    assert_string_equal(p.command->name, "validate");
    given_done(&p.given);
    p = PARSE("--only", "queue", "diff"); /* a flag of the command itself, in front of it */
    assert_true(p.ok);
    assert_string_equal(p.command->name, "diff");
    assert_string_equal(given_value(&p.given, "only"), "queue");
    given_done(&p.given);
}

static void letters_bundle(void **state UNUSED)
{
    struct parsed p = PARSE("version", "-qvojson");
    assert_true(p.ok);
    assert_non_null(given_value(&p.given, "quiet"));
    assert_non_null(given_value(&p.given, "verbose"));
    assert_string_equal(given_value(&p.given, "output"), "json");
    given_done(&p.given);
}

static void dashes_end_flags(void **state UNUSED)
{
    struct parsed p = PARSE("diff", "--", "--full");
    assert_true(p.ok);
    assert_string_equal(p.given.args.at[0], "--full");
    assert_null(given_value(&p.given, "full"));
    given_done(&p.given);
}

static void last_value_counts(void **state UNUSED)
{
    struct parsed p = PARSE("diff", "-o", "json", "-o", "markdown");
    assert_true(p.ok);
    assert_string_equal(given_value(&p.given, "output"), "markdown");
    given_done(&p.given);
}

static void alias_is_the_command(void **state UNUSED)
{
    struct parsed p = PARSE("plan");
    assert_true(p.ok);
    assert_string_equal(p.command->name, "diff");
    given_done(&p.given);
}

static void expect_usage(struct parsed p, const char *part)
{
    assert_false(p.ok);
    assert_int_equal(p.e.code, ERR_USAGE);
    if (!strstr(p.e.msg, part))
        fail_msg("'%s' does not say '%s'", p.e.msg, part);
    given_done(&p.given);
}

static void wrong_use_says_what_is_meant(void **state UNUSED)
{
    expect_usage(PARSE("vaildate"), "did you mean 'validate'?");
    expect_usage(PARSE("diff", "--ful"), "did you mean '--full'?");
    expect_usage(PARSE("diff", "--only"), "'--only' needs a value");
    expect_usage(PARSE("diff", "--full=yes"), "'--full' takes no value");
    expect_usage(PARSE("diff", "-x"), "unknown flag '-x'");
    expect_usage(PARSE("diff", "a", "b"), "unexpected argument 'b'");
    expect_usage(PARSE("diff", "-o", "xml"), "'-o xml'");
    expect_usage(PARSE("diff", "--color", "blue"), "auto always never");
    expect_usage(PARSE("secret"), "splintarr secret");
}

/* What is given too much to `secret` may be the secret itself. */
static void secretive_commands_repeat_nothing(void **state UNUSED)
{
    struct parsed p = PARSE("secret", "set", "name", "hunter2-hunter2");
    assert_false(p.ok);
    assert_null(strstr(p.e.msg, "hunter2"));
    given_done(&p.given);
    p = PARSE("secret", "set", "--value=hunter2-hunter2");
    assert_false(p.ok);
    assert_null(strstr(p.e.msg, "hunter2"));
    given_done(&p.given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_stand_anywhere),
        cmocka_unit_test(value_before_command_is_no_command),
        cmocka_unit_test(letters_bundle),
        cmocka_unit_test(dashes_end_flags),
        cmocka_unit_test(last_value_counts),
        cmocka_unit_test(alias_is_the_command),
        cmocka_unit_test(wrong_use_says_what_is_meant),
        cmocka_unit_test(secretive_commands_repeat_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

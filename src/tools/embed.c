/* tools/embed.c — writes assembly that puts files into the program: a table SYMBOL of
 * `struct embedded` (store/embedded.h) in the order given and its length, SYMBOL_n. Each file is
 * followed by a NUL that its length does not count. Build-time only.
 *
 * usage: embed SYMBOL FILE... >OUT.s */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>

static void put_file(int i, char *path)
{
    printf(".Lat%d:\n    .incbin \"%s\"\n.Lend%d:\n    .byte 0\n", i, path, i);
    printf(".Lname%d:\n    .asciz \"%s\"\n", i, basename(path));
}

static void put_label(const char *symbol, const char *suffix)
{
    printf("    .balign 16\n    .globl %s%s\n    .hidden %s%s\n%s%s:\n", symbol, suffix, symbol,
           suffix, symbol, suffix);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: embed SYMBOL FILE... >OUT.s\n", stderr);
        return EXIT_FAILURE;
    }
    puts("    .section .rodata");
    for (int i = 2; i < argc; i++)
        put_file(i, argv[i]);
    put_label(argv[1], "_n");
    printf("    .dc.a %d\n    .section .data.rel.ro, \"aw\"\n", argc - 2);
    put_label(argv[1], "");
    for (int i = 2; i < argc; i++)
        printf("    .dc.a .Lname%d, .Lat%d, .Lend%d - .Lat%d\n", i, i, i, i);
    puts("    .section .note.GNU-stack, \"\", %progbits");
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

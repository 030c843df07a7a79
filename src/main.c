/* main.c — hand the command line over to a command. */
int main(void)
{
    return 0;
}

/*
 * Measures whole processes against each other: starts them in turn and prints one line for each.
 *
 * usage: spawn <rounds> [--warm <rounds>] [--before <shell command>] (--- <times> <program> <argument>...)...
 *
 * In every round each command runs <times> times, and the median of these counts; which command comes first
 * rotates. '--before' runs before every single run and is not measured. Input is empty, output and messages go
 * to /dev/null. Columns, with a tab between them:
 *
 *     median of the rounds in ms, shortest run in ms, peak memory in bytes,
 *     median over the rounds of (time of this command / time of the first command)
 *
 * In C because the system counts memory that a child had before exec(2), which it shares with its parent,
 * towards the child's peak: the parent must be smaller than anything it measures.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { most_commands = 8, most_rounds = 10000, most_times = 1000 };

struct command {
    char **arguments;
    int times;
    double shortest;
    double rounds[most_rounds];
    double ratios[most_rounds];
    long long peak;
};

static struct command commands[most_commands];
static int command_count;
static posix_spawn_file_actions_t quiet;

static void fail(const char *message, const char *detail) {
    fprintf(stderr, "spawn: error: %s '%s'\n", message, detail);
    exit(2);
}

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts the values. */
static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Returns the time from the start of the program to its end; the peak is kept if it is the highest so far. */
static double run(char **arguments, long long *peak) {
    pid_t child;
    int status;
    struct rusage usage;
    double begin = milliseconds();
    errno = posix_spawnp(&child, arguments[0], &quiet, NULL, arguments, environ);
    if (errno) fail("cannot start", arguments[0]);
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) fail("cannot wait for", arguments[0]);
    }
    double end = milliseconds();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail("this did not succeed:", arguments[0]);
#ifdef __APPLE__
    long long unit = 1;
#else
    long long unit = 1024;
#endif
    if (peak && usage.ru_maxrss * unit > *peak) *peak = usage.ru_maxrss * unit;
    return end - begin;
}

static int number(const char *text, int most) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end || end == text || value < 0 || value > most) fail("not a usable number:", text);
    return (int)value;
}

int main(int count, char **arguments) {
    int rounds = count > 1 ? number(arguments[1], most_rounds) : 0;
    int warm_rounds = 1;
    char *before[] = {"/bin/sh", "-c", NULL, NULL};
    for (int index = 2; index < count; index++) {
        int is_last = index + 1 == count;
        if (!strcmp(arguments[index], "---") && index + 2 < count && command_count < most_commands) {
            arguments[index] = NULL; /* ends the command before this one */
            struct command *command = &commands[command_count++];
            command->times = number(arguments[++index], most_times);
            command->arguments = &arguments[index + 1];
            command->shortest = 1e300;
        } else if (command_count > 0) {
            continue;
        } else if (!strcmp(arguments[index], "--warm") && !is_last) {
            warm_rounds = number(arguments[++index], most_rounds);
        } else if (!strcmp(arguments[index], "--before") && !is_last) {
            before[2] = arguments[++index];
        } else {
            fail("unexpected", arguments[index]);
        }
    }
    if (!rounds || !command_count) fail("expected rounds and commands:", "spawn 10 --- 1 true --- 1 false");

    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&quiet, 1, 2);

    for (int round = -warm_rounds; round < rounds; round++) {
        for (int turn = 0; turn < command_count; turn++) {
            struct command *command = &commands[(turn + round + warm_rounds) % command_count];
            double times[most_times];
            /* Once is enough to warm up. */
            int repeats = round < 0 ? 1 : command->times;
            for (int time = 0; time < repeats; time++) {
                if (before[2]) run(before, NULL);
                times[time] = run(command->arguments, &command->peak);
                if (times[time] < command->shortest) command->shortest = times[time];
            }
            if (round >= 0) command->rounds[round] = median(times, repeats);
        }
        for (int index = 0; index < command_count && round >= 0; index++) {
            commands[index].ratios[round] = commands[index].rounds[round] / commands[0].rounds[round];
        }
    }
    for (int index = 0; index < command_count; index++) {
        struct command *command = &commands[index];
        printf("%.4f\t%.4f\t%lld\t%.4f\n", median(command->rounds, rounds), command->shortest, command->peak,
               median(command->ratios, rounds));
    }
    return 0;
}

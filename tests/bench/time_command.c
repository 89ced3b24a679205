/* Runs a command several times, its output thrown away, and prints the least wall seconds, the least CPU
   seconds and the largest peak of resident memory in MiB. Usage: time_command RUNS COMMAND [ARGUMENT ...] */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench_data.h"

int main(int argument_count, char **arguments) {
    if (argument_count < 3)
        return 2;
    double wall = 1e9, cpu = 1e9, peak_mib = 0;
    for (int run = 0; run < atoi(arguments[1]); run++) {
        double start = bench_seconds();
        pid_t child = fork();
        if (child == 0) {
            int nothing = open("/dev/null", O_WRONLY);
            dup2(nothing, STDOUT_FILENO);
            execvp(arguments[2], arguments + 2);
            _exit(127);
        }
        int status;
        struct rusage usage;
        if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status)
            || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "time_command: %s failed\n", arguments[2]);
            return 1;
        }
        double seconds = bench_seconds() - start;
        double used = (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec
                      + (double)usage.ru_stime.tv_sec + 1e-6 * (double)usage.ru_stime.tv_usec;
        double mib = (double)usage.ru_maxrss / 1024;
        wall = seconds < wall ? seconds : wall;
        cpu = used < cpu ? used : cpu;
        peak_mib = mib > peak_mib ? mib : peak_mib;
    }
    printf("%.4f %.4f %.0f\n", wall, cpu, peak_mib);
    return 0;
}
